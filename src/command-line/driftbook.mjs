// The entry of every command: answers completion at once, else brings the
// packages up to date with nothing but Node and hands over to TypeScript.
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const words = process.argv.slice(2);

try {
  if (words[0] === "complete" && words[1] === "--") {
    const {candidatesOf} = await import("./candidates.mjs");
    process.stdout.write(candidatesOf(root, words.slice(2)).map((candidate) => `${candidate}\n`).join(""));
  } else {
    const {ensurePackages} = await import("../setup/packages.mjs");
    await ensurePackages({root, log: (line) => process.stderr.write(`${line}\n`)});
    const {register} = await import("tsx/esm/api");
    register();
    const {main} = await import("./main.ts");
    process.exitCode = await main(root, words);
  }
} catch (error) {
  process.stderr.write(`driftbook: ${error instanceof Error ? (process.env.DRIFTBOOK_DEBUG ? error.stack : error.message) : error}\n`);
  process.exitCode = 1;
}
