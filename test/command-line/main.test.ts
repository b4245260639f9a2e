import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {decodeTable, readManifest} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {main} from "../../src/command-line/main.ts";
import {checkPort} from "../../src/command-line/check-port.ts";
import {loader, smallProject, temporaryFolder} from "../pipeline/small-project.ts";
import {runCommand} from "./run-command.ts";

const refusals: readonly (readonly [words: readonly string[], hint: RegExp])[] = [
  [["biuld"], /^error: unknown command 'biuld'\n\(Did you mean build\?\)\n$/],
  [["build", "--prest", "full"], /^error: unknown option '--prest'\n\(Did you mean --preset\?\)\n$/],
  [["build", "--preset", "fast"], /^error: option '--preset <name>' argument 'fast' is invalid\. Allowed choices are quick, full\.\n$/],
  [["build", "--preset"], /^error: option '--preset <name>' argument missing\n$/],
  [["build", "everything"], /^error: too many arguments for 'build'\. Expected 0 arguments but got 1/],
  [["serve", "--port", "65536"], /^error: option '--port <number>' argument '65536' is invalid\. port: expected an integer from 0 to 65535, found "65536"\n$/],
  [["dev", "--port", "http"], /^error: option '--port <number>' argument 'http' is invalid\. port: expected an integer from 0 to 65535, found "http"\n$/],
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

test("help is no fault, and names every command that package.json runs", async (t) => {
  const small = smallProject(t, {});
  const {code, output, words} = await runCommand(small, ["--help"]);
  assert.deepEqual([code, words], [0, ""]);
  const {scripts} = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8")) as {scripts: Record<string, string>};
  for (const [name, script] of Object.entries(scripts)) {
    assert.equal(script, `node src/command-line/driftbook.mjs ${name}`);
    assert.match(output, new RegExp(`^  ${name} `, "m"));
  }
});

test("serve without a built site says what to do", async (t) => {
  await assert.rejects(main(temporaryFolder(t), ["serve"]), {message: "there is no dist/ to serve; run: npm run build"});
});

test("a port is an integer from 0 to 65535", () => {
  for (const [text, port] of [["0", 0], ["4173", 4173], ["65535", 65_535]] as const) assert.equal(checkPort(text), port);
  for (const text of ["", "-1", "65536", "1e3", "0x10", "80.5", " 80", "999999", "٣"]) assert.throws(() => checkPort(text), {name: "RangeError", message: `port: expected an integer from 0 to 65535, found ${JSON.stringify(text)}`});
});

const file = '{"seed": 1, "quick": {"escape": {"rate": 0.5}}, "full": {"escape": {"rate": 0.25}}}';
const tableLoader = loader("return [{x: parameters.rate}];", {
  head: 'import {z} from "zod";\nconst sections = {escape: z.strictObject({rate: z.number()})};',
  parameters: 'parameters: {paper: "small", sections, section: "escape"},'
});

test("tables brings the named tables up to date under a preset and a folder of parameters", async (t) => {
  const small = smallProject(t, {
    "loaders/escape.arrow.ts": tableLoader,
    "loaders/throws.arrow.ts": loader('throw new Error("the chain diverged");'),
    "data/parameters/small.jsonc": file,
    "mine/small.jsonc": file.replace("0.25", "0.125")
  });
  const run = async (...words: string[]) => {
    const ended = await runCommand(small, ["tables", ...words, "--manifest", "manifest.json"]);
    return {...ended, manifest: readManifest(join(small.root, "manifest.json"))};
  };
  const value = ({manifest}: Awaited<ReturnType<typeof run>>) => decodeTable(manifestTable(manifest, "escape"), "escape").rows[0]!.x;

  const quick = await run("escape");
  assert.deepEqual([quick.code, quick.output, value(quick), quick.manifest.preset], [0, "", 0.5, "quick"]);
  assert.match(quick.words, /^ {2}escape {2}computed in \d+\.\d s\ntables \(quick\): 1 computed, 0 unchanged in \d+\.\d s\n$/);
  const mine = await run("escape", "--preset", "full", "--parameters", "mine");
  assert.deepEqual([mine.code, value(mine), mine.manifest.preset], [0, 0.125, "full"]);

  const all = await run();
  assert.deepEqual([all.code, all.output, value(all)], [1, "", 0.5]);
  assert.match(all.words, /table throws failed: Error: the chain diverged\n[^]*\n {4}parameters: none\ntables \(quick\): 0 computed, 1 unchanged, 1 failed in /);
});

test("a bad name of a table is refused before anything is touched", async (t) => {
  const root = temporaryFolder(t);
  for (const name of ["../x", "/etc/passwd", "%2e%2e", "a\u0000", "x".repeat(300)]) await assert.rejects(main(root, ["tables", name]), /^RangeError: table: expected a (kebab-case )?name (such as|of at most)/);
  assert.deepEqual(readdirSync(root), []);
});
