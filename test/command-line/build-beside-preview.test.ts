import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {once} from "node:events";
import {cpSync, existsSync, readFileSync, readdirSync, symlinkSync} from "node:fs";
import {availableParallelism} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {pathToFileURL} from "node:url";
import {decodeTable} from "../../src/pipeline/index.ts";
import {bareProject, checkout, experimentLoader, filesBelow} from "../pipeline/small-project.ts";

const parameterFile = "data/parameters/small.jsonc";
const parameters = (rates: readonly number[]): string => JSON.stringify({seed: 1, quick: {decay: {rates}}, full: {}});

const page = `# Decay

The largest is <b id="largest">{{ SELECT printf('%.2f', max(x)) FROM decay }}</b>.

\`\`\`js
import {selectBundle} from "npm:@duckdb/duckdb-wasm";
display(typeof selectBundle);
display((await FileAttachment("data/decay.arrow").arrayBuffer()).byteLength);
\`\`\`
`;

/** The packages that the site is made of; Framework would want pages to use more of those that are installed. */
const needed = ["@duckdb/duckdb-wasm", "apache-arrow", "flatbuffers", "katex", "tslib"];

const urlOf = (...parts: readonly string[]): string => JSON.stringify(pathToFileURL(join(checkout, ...parts)).href);
const config = `import {openReport} from ${urlOf("src", "command-line", "report-values.ts")};
import {siteConfig} from ${urlOf("src", "site", "index.ts")};
const {DRIFTBOOK_MANIFEST: manifest, DRIFTBOOK_DOCS: docsRoot = "docs", DRIFTBOOK_OUTPUT: output, DRIFTBOOK_STATUS: previewStatus} = process.env;
const loaderCommand = ["node", ${JSON.stringify(join(checkout, "src", "pipeline", "run-loader.mjs"))}];
export default siteConfig({projectRoot: import.meta.dirname, docsRoot, output, previewStatus, loaderCommand, values: await openReport(import.meta.dirname, manifest)});
`;

/** A cell that says which process asked for it and, above a rate of 2, ends when the file `go` is there. */
const body = `
  const at = (name) => join(import.meta.dirname, "..", name);
  appendFileSync(at("begun"), process.ppid + " " + reads.rate + "\\n");
  while (reads.rate > 2 && !existsSync(at("go"))) await new Promise((resolve) => setTimeout(resolve, 20));
  return [{x: reads.rate}];`;
const head = 'import {appendFileSync, existsSync} from "node:fs";\nimport {join} from "node:path";\nimport {z} from "zod";\nconst sections = {decay: z.strictObject({rates: z.array(z.number())})};';

/** A command in a process of its own, with what it says. */
interface Command {
  readonly process: ChildProcess;
  readonly words: () => string;
  readonly code: Promise<number | null>;
  /** Resolves to the first group of a pattern once it is said; rejects if the process ends first. */
  readonly said: (pattern: RegExp) => Promise<string>;
}

function startCommand(root: string, words: readonly string[]): Command {
  const child = spawn(process.execPath, ["--import", "tsx/esm", join(checkout, "test", "command-line", "command-process.ts"), root, ...words], {cwd: root, stdio: ["ignore", "inherit", "pipe"]});
  let heard = "";
  child.stderr!.on("data", (chunk: Buffer) => (heard += chunk.toString("utf8")));
  const code = once(child, "close").then(([code]) => code as number | null);
  return {
    process: child,
    words: () => heard,
    code,
    async said(pattern) {
      for (let ended = false; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
        const found = pattern.exec(heard);
        if (found !== null) return found[1] ?? "";
        if (ended) throw new Error(heard);
        ended = child.exitCode !== null || child.signalCode !== null;
      }
    }
  };
}

test("a build beside a preview that runs the same change computes each cell once; the site is whole and the preview shows it too", async (t) => {
  const {packages} = JSON.parse(readFileSync(join(checkout, "package-lock.json"), "utf8")) as {readonly packages: Readonly<Record<string, object>>};
  const small = bareProject(t, {
    [parameterFile]: parameters([1, 2]),
    "loaders/decay.arrow.ts": experimentLoader("parameters.rates.map((rate) => ({name: `rate ${rate}`, reads: {rate}}))", body, {head, parameters: 'parameters: {paper: "small", sections, section: "decay"},'}),
    "docs/index.md": page,
    "observablehq.config.ts": config,
    "package-lock.json": JSON.stringify({packages: Object.fromEntries(needed.map((name) => [`node_modules/${name}`, packages[`node_modules/${name}`]]))}),
    begun: ""
  });
  symlinkSync(join("..", "loaders"), join(small.root, "docs", "data"));
  cpSync(join(checkout, "docs", "style.css"), join(small.root, "docs", "style.css"));
  const begun = () => readFileSync(join(small.root, "begun"), "utf8").split("\n").filter(Boolean).map((line) => line.split(" ").map(Number) as [number, number]);
  const ran = (): readonly number[] => begun().map(([, rate]) => rate).sort((a, b) => a - b);

  const preview = startCommand(small.root, ["dev", "--port", "0"]);
  t.after(() => preview.process.kill("SIGKILL"));
  const address = await preview.said(/the report is at (http:\S+)/);
  const shown = async (largest: string): Promise<void> => {
    let found = "";
    for (let left = 200; left > 0 && preview.process.exitCode === null; left--) {
      found = await (await fetch(address)).text();
      if (found.includes(`<b id="largest">${largest}</b>`)) return;
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    assert.fail(`expected ${largest}, found ${found}\n${preview.words()}`);
  };
  await shown("2.00");

  const most = availableParallelism() + 4;
  const rates = Array.from({length: most}, (_, i) => i + 1);
  small.write(parameterFile, parameters(rates));
  const build = startCommand(small.root, ["build"]);
  t.after(() => build.process.kill("SIGKILL"));
  const askers = (): ReadonlySet<number> => new Set(begun().flatMap(([asker, rate]) => (rate > 2 ? [asker] : [])));
  while (askers().size < 2 && build.process.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
  small.write("go", "");
  assert.equal(await build.code, 0, build.words());
  await shown(`${most}.00`);
  assert.deepEqual([ran(), askers()], [rates, new Set([preview.process.pid, build.process.pid])]);

  const dist = join(small.root, "dist");
  assert.ok(readFileSync(join(dist, "index.html"), "utf8").includes(`<b id="largest">${most}.00</b>`));
  const [table, ...others] = filesBelow(join(dist, "_file")).filter((path) => path.endsWith(".arrow"));
  assert.deepEqual([decodeTable(readFileSync(join(dist, "_file", table!)), "decay").rows, others], [rates.map((x) => ({x})), []]);
  assert.deepEqual([readdirSync(join(small.root, ".cache", "build")).filter((name) => !name.startsWith("preview-")), existsSync(join(small.root, "docs", ".observablehq"))], [[], true]);

  preview.process.kill("SIGTERM");
  assert.equal(await preview.code, 143, preview.words());
  assert.doesNotMatch(preview.words() + build.words(), /failed|damaged|differ/);
});
