import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {checkPort} from "../../src/command-line/check-port.ts";
import {commands, presets} from "../../src/command-line/commands.mjs";
import {main} from "../../src/command-line/main.ts";
import {presets as presetsOfFiles} from "../../src/pipeline/index.ts";
import {checkout, temporaryFolder} from "../pipeline/small-project.ts";
import {runCommands} from "./run-commands.ts";

const refusals: readonly (readonly [words: readonly string[], hint: RegExp])[] = [
  [["biuld"], /^error: unknown command 'biuld'\n\(Did you mean build\?\)\n$/],
  [["verfy"], /^error: unknown command 'verfy'\n\(Did you mean verify\?\)\n$/],
  [["build", "--prest", "full"], /^error: unknown option '--prest'\n\(Did you mean --preset\?\)\n$/],
  [["prune", "--dryrun"], /^error: unknown option '--dryrun'\n\(Did you mean --dry-run\?\)\n$/],
  [["build", "--preset", "fast"], /^error: option '--preset <name>' argument 'fast' is invalid\. Allowed choices are quick, full\.\n$/],
  [["build", "--preset"], /^error: option '--preset <name>' argument missing\n$/],
  [["plan", "--set"], /^error: option '--set <paper\.section\.field=value>' argument missing\n$/],
  [["build", "everything"], /^error: too many arguments for 'build'\. Expected 0 arguments but got 1/],
  [["forget"], /^error: missing required argument 'run'\n$/],
  [["diff"], /^error: missing required argument 'runs'\n$/],
  [["verify", "--sample", "-1"], /^error: option '--sample <n>' argument '-1' is invalid\. expected a whole number, found "-1"\n$/],
  [["verify", "--seed", "1e3"], /^error: option '--seed <s>' argument '1e3' is invalid\. expected a whole number, found "1e3"\n$/],
  [["serve", "--port", "65536"], /^error: option '--port <number>' argument '65536' is invalid\. port: expected an integer from 0 to 65535, found "65536"\n$/],
  [["dev", "--port", "http"], /^error: option '--port <number>' argument 'http' is invalid\. port: expected an integer from 0 to 65535, found "http"\n$/],
  [["complete", "csh"], /^driftbook: complete: expected bash, zsh, fish, found "csh"\n$/],
  [[], /^Usage: driftbook \[options\] \[command\]\n/]
];

test("what the command line does not know is refused with a hint, exit code 2 and nothing done", async (t) => {
  const root = temporaryFolder(t);
  let said = "";
  t.mock.method(process.stderr, "write", (text: string) => Boolean((said += text)));
  for (const [words, hint] of refusals) {
    said = "";
    assert.equal(await main(root, words), 2, words.join(" "));
    assert.match(said, hint);
  }
  assert.deepEqual(readdirSync(root), []);
});

test("help is no fault, names every command that package.json runs, and gives each an example and the exit codes", async (t) => {
  const root = temporaryFolder(t);
  const [whole, ...each] = await runCommands({root}, [["--help"], ...commands.map(({name}) => [name, "--help"])]);
  assert.deepEqual([whole!.code, whole!.words], [0, ""]);
  const {scripts} = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {scripts: Record<string, string>};
  for (const [name, script] of Object.entries(scripts)) {
    assert.equal(script, `node src/command-line/driftbook.mjs ${name}`);
    assert.match(whole!.output, new RegExp(`^  ${name} `, "m"));
  }
  for (const [i, {name, example}] of commands.entries()) {
    assert.equal(each[i]!.code, 0);
    if (example === null) continue;
    assert.match(example, new RegExp(`^${name}( -- |$)`));
    assert.ok(each[i]!.output.includes(`\nExample: npm run ${example}\n`), name);
    assert.match(each[i]!.output, /\nExit codes: 0 done; 1 something failed; 2 wrong usage/);
  }
});

test("an error of the machine has code 1 and its message", async (t) => {
  let said = "";
  t.mock.method(process.stderr, "write", (text: string) => Boolean((said += text)));
  assert.equal(await main(temporaryFolder(t), ["serve"]), 1);
  assert.equal(said, "driftbook: there is no dist/ to serve; run: npm run build\n");
});

test("the presets of the command line are those of parameter files", () => {
  assert.deepEqual(presets, presetsOfFiles);
});

test("a port is an integer from 0 to 65535", () => {
  for (const [text, port] of [["0", 0], ["4173", 4173], ["65535", 65_535]] as const) assert.equal(checkPort(text), port);
  for (const text of ["", "-1", "65536", "1e3", "0x10", "80.5", " 80", "999999", "٣"]) assert.throws(() => checkPort(text), {name: "RangeError", message: `port: expected an integer from 0 to 65535, found ${JSON.stringify(text)}`});
});
