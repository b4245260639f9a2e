import {main} from "../../src/command-line/main.ts";

/** Runs the commands of its arguments (`root`, then each command's words as JSON) one after the other and prints how each ended. */
const [, , root, ...commands] = process.argv;
const streams = {output: process.stdout, words: process.stderr};
const ended = [];
for (const command of commands) {
  const printed = {output: "", words: ""};
  const real = new Map(Object.entries(streams).map(([name, stream]) => [name, stream.write]));
  for (const [name, stream] of Object.entries(streams)) stream.write = (text: string | Uint8Array) => Boolean((printed[name as keyof typeof printed] += String(text)));
  const code = await main(root!, JSON.parse(command) as string[]);
  for (const [name, stream] of Object.entries(streams)) stream.write = real.get(name)!;
  ended.push({code, ...printed});
}
process.stdout.write(JSON.stringify(ended));
