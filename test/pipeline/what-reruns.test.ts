import assert from "node:assert/strict";
import {readFileSync, readdirSync, rmSync, utimesSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {decodeTable} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {bareProject, derivedLoader, experimentLoader, filesBelow} from "./small-project.ts";
import type {SmallProject} from "./small-project.ts";
import {startInProcess} from "./worker-in-process.ts";

const here = {startWorker: startInProcess};
const sections = `import {z} from "zod";
const sections = {decay: z.strictObject({rates: z.array(z.number()), shift: z.number()}), escape: z.strictObject({barrier: z.number(), note: z.string()}), unread: z.strictObject({level: z.number()})};`;
const parameters = (section: string, more = "") => `parameters: {paper: "small", sections, section: "${section}"${more}},`;

const file = `{
  // a comment
  "seed": 7,
  "quick": {"decay": {"rates": [0.5, 2], "shift": 1}, "escape": {"barrier": 2, "note": "low"}, "unread": {"level": 1}},
  "full": {"decay": {"shift": 9}}
}
`;
const near = 'export {half} from "./deep.ts";\n';
const deep = "export const half = (x: number) => x / 2;\nexport const unused = (x: number) => x / 3;\n";
const paper = `import {half} from "../../models/near.ts";
export const decay = {
  cells: (parameters) => parameters.rates.map((rate) => ({name: "rate " + rate, reads: {rate, shift: parameters.shift}})),
  run: (reads) => [{rate: reads.rate, x: half(reads.rate) + reads.shift}]
};
export {claim} from "./claim.ts";
`;
const claim = 'export const claim = {statement: "It decays."};\n';
const decay = `import {decay} from "../src/papers/small/index.ts";
${sections}
export default {
  title: "Decay",
  columns: {rate: {type: "real", description: "A rate", nullable: false}, x: {type: "real", description: "A number", nullable: false}},
  inputs: [],
  imageSets: () => [],
  ${parameters("decay")}
  run: null,
  experiment: decay
};
`;
const fits = experimentLoader('parameters.rates.map((rate) => ({name: "rate " + rate, reads: {}, rows: [{rate}]}))', "return inputs[0].map(({x}) => ({x: 2 * x}));", {inputs: ["decay"], head: sections, parameters: parameters("decay")});
const kernels = "export const add = (x: number, y: number) => x + y;\n";
const escape = experimentLoader('[{name: "barrier", reads: {barrier: parameters.barrier}}]', "return [{x: add(format === undefined ? 0 : reads.barrier, 0)}];", {
  title: "Escape",
  head: `import {format} from "isoformat";\nimport {add} from "../src/kernels/index.ts";\n${sections}`,
  parameters: parameters("escape")
});
const verdicts = derivedLoader('return [{x: input("decay")[0].x + claim.statement.length + parameters.barrier}];', {
  title: "Verdicts",
  inputs: ["decay"],
  head: `import {claim} from "../src/papers/small/index.ts";\n${sections}`,
  parameters: parameters("escape", ', reads: ["barrier"]')
});

const files: Readonly<Record<string, string>> = {
  "src/models/near.ts": near,
  "src/models/deep.ts": deep,
  "src/kernels/index.ts": kernels,
  "src/papers/small/index.ts": paper,
  "src/papers/small/claim.ts": claim,
  "loaders/decay.arrow.ts": decay,
  "loaders/fits.arrow.ts": fits,
  "loaders/escape.arrow.ts": escape,
  "loaders/verdicts.arrow.ts": verdicts,
  "data/parameters/small.jsonc": file,
  "docs/index.md": "# Results\n"
};
const cells = {half: "decay rate 0.5", two: "decay rate 2", halfFit: "fits rate 0.5", twoFit: "fits rate 2", escape: "escape barrier", verdicts: "verdicts Verdicts"};

/** A change of a file, the cells that are computed after it, and why each of an experiment is, by the plan. */
interface Change {
  readonly what: string;
  readonly path: string;
  readonly content: (before: string) => string;
  readonly computed: readonly string[];
  readonly reasons: Readonly<Record<string, string>>;
}

const change = (what: string, path: string, content: Change["content"], computed: readonly string[] = [], reasons: Change["reasons"] = {}): Change => ({what, path, content, computed, reasons});
const parameterFile = "data/parameters/small.jsonc";
const module = "src/models/deep.ts";
const moved = (path: string) => ({[cells.half]: path, [cells.two]: path});
const locked = (name: string) => (text: string) => {
  const lock = JSON.parse(text) as {packages: Record<string, {version: string}>};
  lock.packages[`node_modules/${name}`]!.version = "99.0.0";
  return JSON.stringify(lock);
};

const changes: readonly Change[] = [
  change("a value that one cell reads", parameterFile, (text) => text.replace("[0.5, 2]", "[0.5, 3]"), ["decay rate 3", "fits rate 3", cells.verdicts], {"decay rate 3": 'no earlier run had the cell "rate 3"'}),
  change("a value that all cells of a table read", parameterFile, (text) => text.replace('"shift": 1', '"shift": 1.5'), [cells.half, cells.two, cells.halfFit, cells.twoFit, cells.verdicts], moved("shift: 1 → 1.5")),
  change("a value that a cell and a derived table read", parameterFile, (text) => text.replace('"barrier": 2', '"barrier": 3'), [cells.escape, cells.verdicts], {[cells.escape]: "barrier: 2 → 3", [cells.verdicts]: "barrier: 2 → 3"}),
  change("a value of a section that no cell reads", parameterFile, (text) => text.replace('"note": "low"', '"note": "high"')),
  change("a section that no table reads", parameterFile, (text) => text.replace('"level": 1', '"level": 9')),
  change("a value of the other preset", parameterFile, (text) => text.replace('"shift": 9', '"shift": 8')),
  change("comments, order and notation of parameters", parameterFile, (text) => text.replace("// a comment", "/* another */").replace('"rates": [0.5, 2], "shift": 1', '"shift": 1.0, "rates": [5e-1, 2]')),
  change("a value taken back", parameterFile, (text) => text.replace("[0.5, 2]", "[2, 0.5]"), [cells.verdicts]),
  change("the seed", parameterFile, (text) => text.replace("7", "8"), [cells.half, cells.two, cells.halfFit, cells.twoFit, cells.escape], {...moved("seed: 7 → 8"), [cells.halfFit]: "seed: 7 → 8", [cells.twoFit]: "seed: 7 → 8", [cells.escape]: "seed: 7 → 8"}),
  change("an import two levels deep", module, (text) => text.replace("x / 2", "0.5 * x"), [cells.half, cells.two], moved(module)),
  change("a comment in that import", module, (text) => `// half of it\n${text}`),
  change("the formatting of that import", module, (text) => text.replaceAll("(x: number) => x / 2", "(\n  x:  number\n) =>\n  x/2")),
  change("an export of it that no loader reaches", module, (text) => text.replace("x / 3", "x / 4")),
  change("a type alone", module, (text) => `export type Half = number;\n${text.replace("(x: number) => x / 2", "(x: number): Half => x / 2")}`),
  change("what lies between", "src/models/near.ts", () => 'import {half as h} from "./deep.ts";\nexport const half = (x: number) => h(x) + 0;\n', [cells.half, cells.two], moved("src/models/near.ts (new)")),
  change("the text of a claim", "src/papers/small/claim.ts", (text) => text.replace("decays", "falls"), [cells.verdicts], {[cells.verdicts]: "src/papers/small/claim.ts"}),
  change("what runs ensembles", "src/kernels/index.ts", (text) => text.replace("x + y", "y + x"), [cells.escape], {[cells.escape]: "src/kernels/index.ts, which runs its ensembles"}),
  change("the version of a package that is imported", "package-lock.json", locked("isoformat"), [cells.escape], {[cells.escape]: "isoformat: 0.2.1 → 99.0.0"}),
  change("the version of a package that is not", "package-lock.json", locked("katex")),
  change("the text of a page", "docs/index.md", () => "# Findings\n")
];

/** What the plan says of each piece, and the cells that a run then computes. */
async function planAndRun(small: SmallProject): Promise<{readonly reasons: Readonly<Record<string, string>>; readonly computed: readonly string[]; readonly failed: readonly string[]}> {
  const session = small.session(here);
  const {tables} = await session.plan();
  session.close();
  const reasons = tables.flatMap(({table, status, pieces}) => (status === "computed" ? pieces.filter(({isCertain}) => isCertain).map(({cell, reasons}) => [`${table} ${cell}`, reasons.map(({text}) => text).join("; ")] as const) : []));
  const {cells, failed} = await small.run(undefined, here);
  return {reasons: Object.fromEntries(reasons), computed: cells, failed};
}

test("exactly the cells that a change concerns are computed again, and the plan says why", async (t) => {
  const small = bareProject(t, files);
  const first = await planAndRun(small);
  assert.deepEqual([first.computed, first.failed], [Object.values(cells).sort(), []]);
  assert.ok(Object.values(first.reasons).every((reason) => reason === "its table was never computed"));
  for (const {what, path, content, computed, reasons} of changes) {
    const before = readFileSync(join(small.root, path), "utf8");
    assert.notEqual(content(before), before, what);
    small.write(path, content(before));
    const after = await planAndRun(small);
    assert.deepEqual([after.computed, after.failed], [[...computed].sort(), []], what);
    assert.deepEqual(after.reasons, reasons, what);
    small.write(path, before);
    assert.deepEqual((await planAndRun(small)).computed, [], `${what}, taken back`);
  }
});

test("nothing is computed again when every file is touched and the clock set back or forward", async (t) => {
  const small = bareProject(t, files);
  await small.run(undefined, here);
  for (const days of [-400, 400]) {
    const time = Date.now() / 1000 + days * 86_400;
    for (const path of filesBelow(small.root)) utimesSync(join(small.root, path), time, time);
    t.mock.timers.enable({apis: ["Date"], now: time * 1000});
    const run = await small.run(undefined, here);
    t.mock.timers.reset();
    assert.deepEqual([run.cells, run.computed, run.failed], [[], [], []]);
  }
  for (const part of ["descriptions", "sources"]) rmSync(join(small.project.storeFolder, part), {recursive: true});
  assert.deepEqual((await small.run(undefined, here)).computed, []);
});

test("another tensor library runs again the cells that reach it, and no others", async (t) => {
  const reaching = 'import {one} from "../src/tensors/index.ts";';
  const small = bareProject(t, {"src/tensors/index.ts": "export const one = 1;\n", "loaders/norm.arrow.ts": experimentLoader('[{name: "norm", reads: {}}]', "return [{x: one}];", {head: reaching}), "loaders/sum.arrow.ts": derivedLoader("return [{x: 1}];")});
  const {description} = await describedHere(small);
  const {basis} = description.tables.norm as {basis: Readonly<Record<string, string>>};
  assert.deepEqual(Object.keys(JSON.parse(basis.tensorLibrary!) as object), ["sha256", "source", "tensorflow", "tfjs"]);
  assert.equal((description.tables.sum as {basis: Readonly<Record<string, string>>}).basis.tensorLibrary, undefined);
  await small.run(undefined, here);
  const descriptions = join(small.project.storeFolder, "descriptions");
  const [name] = readdirSync(descriptions);
  const session = small.session({startWorker: () => ({...startInProcess(), ask: async (request, hear) => (request.kind === "describe" ? {kind: "described" as const, description: withLibrary(description, "99")} : startInProcess().ask(request, hear))})});
  rmSync(join(descriptions, name!));
  const {tables} = await session.plan();
  assert.deepEqual(tables.flatMap(({table, pieces}) => pieces.flatMap(({reasons}) => reasons.map(({kind, text}) => [table, kind, text.endsWith(' → {"tfjs":"99"}')]))), [["norm", "tensor library", true]]);
});

type Described = Awaited<ReturnType<ReturnType<SmallProject["session"]>["describe"]>>;

async function describedHere(small: SmallProject): Promise<{readonly description: Described}> {
  return {description: await small.session(here).describe()};
}

/** The description with another tensor library, where there is one. */
function withLibrary(description: Described, tfjs: string): Described {
  const tables = Object.entries(description.tables).map(([name, table]) => [name, "basis" in table && table.basis.tensorLibrary !== undefined ? {...table, basis: {...table.basis, tensorLibrary: JSON.stringify({tfjs})}} : table]);
  return {...description, tables: Object.fromEntries(tables) as Described["tables"]};
}

test("edited code is run, in workers of its own; titles and descriptions of columns compute no cell", async (t) => {
  const small = bareProject(t, files);
  const values = ({manifest}: {readonly manifest: Parameters<typeof manifestTable>[0]}) => decodeTable(manifestTable(manifest, "decay"), "decay").rows.map(({x}) => x);
  const session = small.session();
  const first = await session.run();
  assert.deepEqual(values(first), [1.25, 2]);
  small.write(module, deep.replace("x / 2", "x / 4"));
  const edited = await session.run();
  assert.deepEqual([edited.computed, edited.kept, values(edited), edited.pieces], [["decay", "fits", "verdicts"], ["escape"], [1.125, 1.5], {computed: 4, known: 1}]);
  small.write("loaders/decay.arrow.ts", decay.replace('"Decay"', '"Decay, renamed"').replace("A number", "Another number"));
  const renamed = await session.run();
  assert.deepEqual([renamed.computed, renamed.kept, values(renamed), renamed.pieces], [["decay"], ["escape", "fits", "verdicts"], [1.125, 1.5], {computed: 0, known: 5}]);
  const {metadata} = decodeTable(manifestTable(renamed.manifest, "decay"), "decay");
  assert.equal(metadata.title, "Decay, renamed");
  assert.equal((renamed.manifest.run.tables.decay as {content: string}).content, (edited.manifest.run.tables.decay as {content: string}).content);
});

test("a value that changes during a run counts from the next one; code that changes is refused by name", async (t) => {
  const small = bareProject(t, files);
  const session = small.session({
    ...here,
    report(event) {
      if (event.kind === "started") small.write(parameterFile, file.replace('"shift": 1', '"shift": 5'));
    }
  });
  const during = await session.run(["decay"]);
  assert.deepEqual(decodeTable(manifestTable(during.manifest, "decay"), "decay").rows, [{rate: 0.5, x: 1.25}, {rate: 2, x: 2}]);
  const next = await session.run(["decay"]);
  assert.deepEqual(decodeTable(manifestTable(next.manifest, "decay"), "decay").rows, [{rate: 0.5, x: 5.25}, {rate: 2, x: 6}]);

  const edited = small.session({
    ...here,
    workers: 1,
    report(event) {
      if (event.kind === "planned") small.write("src/papers/small/claim.ts", claim.replace("decays", "falls"));
    }
  });
  const {failed, manifest} = await edited.run(["escape"]);
  assert.deepEqual(failed, ["escape"]);
  assert.match((manifest.run.tables.escape as {error: string}).error, /^cell "barrier": table escape: its code changed during the run; run again\n/);
  assert.deepEqual((await small.run(["escape"], here)).failed, []);
});

test("a parameter that was wrong and is mended is taken up by the same worker", async (t) => {
  const small = bareProject(t, {...files, [parameterFile]: file.replace('"shift": 1', '"shift": "one"')});
  const session = small.session(here);
  const wrong = await session.run();
  assert.deepEqual(wrong.failed, ["decay", "escape", "fits", "verdicts"]);
  small.write(parameterFile, file);
  assert.deepEqual((await session.run()).failed, []);
});

test("projects in different places, another time zone and another number of workers give the same bytes", async (t) => {
  const tables = async (workers: number) => (await bareProject(t, files).run(undefined, {workers, ...(workers === 1 ? here : {})})).manifest.run.tables;
  const first = await tables(1);
  const {TZ, LC_ALL} = process.env;
  t.after(() => {
    for (const [name, value] of Object.entries({TZ, LC_ALL})) if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });
  Object.assign(process.env, {TZ: "Pacific/Kiritimati", LC_ALL: "de_DE.UTF-8"});
  assert.deepEqual(await tables(2), first);
});
