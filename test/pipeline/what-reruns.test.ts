import assert from "node:assert/strict";
import {readFileSync, rmSync, utimesSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {gunzipSync, gzipSync} from "node:zlib";
import {decodeTable} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {checkout, filesBelow, loader, smallProject} from "./small-project.ts";

const head = (imports: string) => `${imports}\nimport {z} from "zod";
const sections = {decay: z.strictObject({rate: z.number()}), escape: z.strictObject({barrier: z.number()}), unread: z.strictObject({level: z.number()})};`;
const parameters = (section: string) => `parameters: {paper: "small", sections, section: "${section}"},`;

const near = 'export {half} from "./deep.ts";\n';
const deep = "export const half = (x: number) => x / 2;\nexport const unused = (x: number) => x / 3;\n";
const file = `{
  // a comment
  "seed": 7,
  "quick": {"decay": {"rate": 0.5}, "escape": {"barrier": 2}, "unread": {"level": 1}},
  "full": {"decay": {"rate": 0.25}}
}
`;
const decay = loader("return [{x: half(parameters.rate)}];", {title: "Decay", head: head('import {half} from "../models/near.ts";'), parameters: parameters("decay")});
const escape = loader("return [{x: isoformat(new Date(0)) === undefined ? 0 : parameters.barrier}];", {title: "Escape", head: head('import {format as isoformat} from "isoformat";'), parameters: parameters("escape")});
const ratio = loader('return [{x: input("decay")[0].x}];', {title: "Ratio", inputs: ["decay"]});
const walk = loader(
  'const {state} = await context.ensembles.simulate(walker, {parameters: {}, key: context.stream("walk", 0).ensembleKey(), replicas: 3, steps: 9}); return Array.from(state.x, (x) => ({x}));',
  {title: "Walk", head: 'import {add, defineDynamics} from "../src/kernels/index.ts";\nconst walker = defineDynamics({name: "walk", parameters: {}, state: {x: []}, step: ({x}, {normal}) => ({x: add(x, normal())})});'}
);
const pixels = loader('return [{x: images("digits").labels.length}];', {title: "Pixels"}).replace("columns:", 'imageSets: () => ["digits"],\n  columns:');

test("exactly the tables that a change concerns are computed again", async (t) => {
  const small = smallProject(t, {
    "models/near.ts": near,
    "models/deep.ts": deep,
    "loaders/decay.arrow.ts": decay,
    "loaders/escape.arrow.ts": escape,
    "loaders/ratio.arrow.ts": ratio,
    "loaders/pixels.arrow.ts": pixels,
    "loaders/walk.arrow.ts": walk,
    "data/parameters/small.jsonc": file,
    "docs/index.md": "# Results\n"
  });
  const digits = readFileSync(join(checkout, "data", "digits", "digits.csv.gz"));
  small.write("data/digits/digits.csv.gz", digits);
  const lock = readFileSync(join(small.root, "package-lock.json"), "utf8");
  const locked = (name: string) => {
    const changed = JSON.parse(lock) as {packages: Record<string, {version: string}>};
    changed.packages[`node_modules/${name}`]!.version = "99.0.0";
    return JSON.stringify(changed);
  };
  const all = ["decay", "escape", "pixels", "ratio", "walk"];
  const normals = "src/kernels/functions/normal-radius.ts";
  const normalsText = readFileSync(join(small.root, normals), "utf8");
  const expectComputed = async (what: string, expected: readonly string[]) => {
    const {computed, kept, failed} = await small.run();
    assert.deepEqual([computed, kept, failed], [expected, all.filter((table) => !expected.includes(table)), []], what);
  };
  await expectComputed("the first run", all);

  const changes: readonly (readonly [what: string, path: string, content: string | Uint8Array, expected: readonly string[]])[] = [
    ["a parameter that is read", "data/parameters/small.jsonc", file.replace('"rate": 0.5', '"rate": 0.75'), ["decay", "ratio"]],
    ["a parameter that is not read", "data/parameters/small.jsonc", file.replace('"level": 1', '"level": 9'), []],
    ["a parameter of the other preset", "data/parameters/small.jsonc", file.replace("0.25", "0.125"), []],
    ["comments, order and notation of parameters", "data/parameters/small.jsonc", file.replace("// a comment", "/* another */").replace('"decay": {"rate": 0.5}, "escape": {"barrier": 2}', '"escape": {"barrier": 2.0}, "decay": {"rate": 5e-1}'), []],
    ["the seed", "data/parameters/small.jsonc", file.replace("7", "8"), ["decay", "escape", "ratio"]],
    ["an import two levels deep", "models/deep.ts", deep.replace("x / 2", "0.5 * x"), ["decay", "ratio"]],
    ["a comment in that import", "models/deep.ts", `// half of it\n${deep}`, []],
    ["the formatting of that import", "models/deep.ts", deep.replaceAll("(x: number) => x / 2", "(\n  x:  number\n) =>\n  x/2"), []],
    ["an export of it that no loader reaches", "models/deep.ts", deep.replace("x / 3", "x / 4"), []],
    ["a type alone", "models/deep.ts", `export type Half = number;\n${deep.replace("(x: number) => x / 2", "(x: number): Half => x / 2")}`, []],
    ["what lies between", "models/near.ts", 'import {half as h} from "./deep.ts";\nexport const half = (x: number) => h(x) + 0;\n', ["decay", "ratio"]],
    ["the version of a package that is imported", "package-lock.json", locked("isoformat"), ["escape"]],
    ["the version of a package that is not", "package-lock.json", locked("katex"), []],
    ["a title", "loaders/escape.arrow.ts", escape.replace("Escape", "Escape, renamed"), ["escape"]],
    ["a column's description", "loaders/ratio.arrow.ts", ratio.replace("A number", "Another number"), ["ratio"]],
    ["a comment in a loader", "loaders/decay.arrow.ts", `// Section 4.2\n${decay}`, []],
    ["what runs ensembles, which no loader imports", normals, normalsText.replace("-0.499999910593", "-0.499999910594"), ["walk"]],
    ["a comment in what runs ensembles", normals, `// normal numbers\n${normalsText}`, []],
    ["the text of a page", "docs/index.md", "# Findings\n", []],
    ["how a data file is packed", "data/digits/digits.csv.gz", gzipSync(gunzipSync(digits), {level: 1}), []]
  ];
  const rounds: (typeof changes)[number][][] = [];
  for (const change of changes) {
    const [, path, , expected] = change;
    const together = rounds.find((round) => expected.length === 0 && round.every((other) => other[3].length === 0 && other[1] !== path));
    if (together === undefined) rounds.push([change]);
    else together.push(change);
  }
  assert.equal(rounds.length, 12);
  for (const round of rounds) {
    const before = round.map(([, path]) => [path, readFileSync(join(small.root, path))] as const);
    for (const [, path, content] of round) small.write(path, content);
    await expectComputed(round.map(([what]) => what).join("; "), round[0]![3]);
    for (const [path, content] of before) small.write(path, content);
  }

  const days = 86_400;
  for (const shift of [-400 * days, 400 * days]) {
    const time = Date.now() / 1000 + shift;
    for (const path of filesBelow(small.root)) utimesSync(join(small.root, path), time, time);
    await expectComputed("everything as it was at first, every file touched, the clock set back or forward", []);
  }

  const {manifest} = await small.run();
  const {object} = manifest.tables.decay as {object: string};
  rmSync(join(small.project.storeFolder, "objects", `${object}.arrow`));
  const restored = await small.run();
  assert.deepEqual([restored.computed, restored.kept], [["decay"], ["escape", "pixels", "ratio", "walk"]]);
  assert.deepEqual(restored.lines, ["the cached table that the entry for decay names is gone; it is computed again"]);
  assert.deepEqual(restored.manifest.tables, manifest.tables);

  small.write("data/digits/digits.csv.gz", gzipSync(gunzipSync(digits).fill("7", 0, 1)));
  const damaged = await small.run();
  assert.deepEqual([damaged.kept, damaged.failed], [["decay", "escape", "ratio", "walk"], ["pixels"]]);
  assert.match((damaged.manifest.tables.pixels as {error: string}).error, /^\S*digits\.csv\.gz: expected uncompressed content with sha256 /);
});

test("two projects in different places, another time zone and another number of workers give the same bytes", async (t) => {
  const objects = async (workers: number) => {
    const small = smallProject(t, {"models/near.ts": near, "models/deep.ts": deep, "loaders/decay.arrow.ts": decay, "loaders/ratio.arrow.ts": ratio, "data/parameters/small.jsonc": file});
    const {manifest} = await small.run(undefined, {workers});
    assert.equal(decodeTable(manifestTable(manifest, "ratio"), "ratio").rows[0]!.x, 0.25);
    return manifest.tables;
  };
  const first = await objects(1);
  const {TZ, LC_ALL} = process.env;
  t.after(() => {
    for (const [name, value] of Object.entries({TZ, LC_ALL})) if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });
  Object.assign(process.env, {TZ: "Pacific/Kiritimati", LC_ALL: "de_DE.UTF-8"});
  assert.deepEqual(await objects(3), first);
});
