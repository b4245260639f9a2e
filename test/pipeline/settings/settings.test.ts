import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import fc from "fast-check";
import {z} from "zod";
import {parameterSectionsOf} from "../../../src/papers/index.ts";
import {ParameterError, presets, resolveParameters} from "../../../src/pipeline/index.ts";
import type {Preset} from "../../../src/pipeline/index.ts";
import {parameterChanges} from "../../../src/pipeline/runs/index.ts";
import {parseSettings, settingText} from "../../../src/pipeline/settings/index.ts";
import type {Setting} from "../../../src/pipeline/settings/index.ts";
import {checkout} from "../small-project.ts";
import {pathText, print, within, written} from "../written-value.ts";

const cell = z.strictObject({name: z.string(), stepSize: z.number().gt(0)});
const sections = {
  escape: z
    .strictObject({
      stepSizes: z.array(z.number().gt(0).lt(2)).min(1).max(4),
      replicas: z.number().int().min(40).max(100_000),
      least: z.number().optional(),
      range: z.strictObject({low: z.number()}).optional(),
      dataSet: z.enum(["digits", "mnist"]),
      cells: z.array(cell).max(3),
      inputs: z.discriminatedUnion("kind", [z.strictObject({kind: z.literal("gaussian")}), z.strictObject({kind: z.literal("three-point"), kurtosis: z.number().min(1)})])
    })
    .refine(({least, stepSizes}) => least === undefined || least <= stepSizes[0]!, {message: "a number of at most the first step size", path: ["least"]})
};

const file = `{
  "seed": 7,
  "quick": {"escape": {"stepSizes": [0.1, 0.5], "replicas": 100, "dataSet": "digits", "cells": [{"name": "a", "stepSize": 1}], "inputs": {"kind": "gaussian"}}},
  "full": {"escape": {"replicas": 4000}}
}`;
const quick = {stepSizes: [0.1, 0.5], replicas: 100, dataSet: "digits", cells: [{name: "a", stepSize: 1}], inputs: {kind: "gaussian"}};
const papers = ["escape-rate", "heavy-tails"];

const resolve = (texts: readonly string[], preset: Preset = "quick") => resolveParameters(file, "p.jsonc", sections, preset, parseSettings(texts.map((text) => `escape-rate.${text}`), papers));

const taken: readonly (readonly [settings: readonly string[], changes: object, seed?: number])[] = [
  [[], {}],
  [["seed=0"], {}, 0],
  [["seed=-0"], {}, 0],
  [["escape.stepSizes[1]=0.55"], {stepSizes: [0.1, 0.55]}],
  [["escape.stepSizes=[1, 1.5, 0.25]"], {stepSizes: [1, 1.5, 0.25]}],
  [["escape.stepSizes=[1, 1.5]", "escape.stepSizes[0]=0.5"], {stepSizes: [0.5, 1.5]}],
  [["escape.dataSet=mnist"], {dataSet: "mnist"}],
  [['escape.dataSet="mnist"'], {dataSet: "mnist"}],
  [['escape.cells[0].name="two = words"'], {cells: [{name: "two = words", stepSize: 1}]}],
  [[`escape.cells[0].name=${"x".repeat(300)}`], {cells: [{name: "x".repeat(300), stepSize: 1}]}],
  [["escape.cells[0].name=NaN"], {cells: [{name: "NaN", stepSize: 1}]}],
  [["escape.cells=[]"], {cells: []}],
  [["escape.least=0.05"], {least: 0.05}],
  [["escape.range={\"low\": 1}", "escape.range.low=2"], {range: {low: 2}}],
  [["escape.inputs.kurtosis=3", "escape.inputs.kind=three-point"], {inputs: {kind: "three-point", kurtosis: 3}}],
  [["escape.replicas=1e3", "seed=9007199254740991"], {replicas: 1000}, 9007199254740991]
];

for (const [settings, changes, seed = 7] of taken)
  test(`${settings.join(" ").slice(0, 80) || "no setting"} changes what it names and nothing else`, () => {
    assert.deepEqual(resolve(settings), {seed, sections: {escape: {...quick, ...changes}}});
    assert.ok(!Object.is(resolve(settings).seed, -0));
  });

test("settings are laid over full where that is the preset", () => {
  assert.deepEqual(resolve(["escape.stepSizes[0]=0.2"], "full").sections.escape, {...quick, replicas: 4000, stepSizes: [0.2, 0.5]});
  assert.equal(resolve(["escape.replicas=50"], "full").sections.escape.replicas, 50);
});

const refused: readonly (readonly [settings: readonly string[], message: string])[] = [
  [["escape.replicas=many"], '--set escape-rate.escape.replicas="many": expected a number, found "many" (text)'],
  [["escape.replicas=NaN"], '--set escape-rate.escape.replicas="NaN": expected a number, found "NaN" (text)'],
  [["escape.replicas=100.5"], "--set escape-rate.escape.replicas=100.5: expected an integer, found 100.5"],
  [["escape.replicas=1e309"], "--set escape-rate.escape.replicas=Infinity: expected a number, found Infinity"],
  [["escape.replicas=null"], "--set escape-rate.escape.replicas=null: expected a number, found null"],
  [["escape.replicas=1"], "--set escape-rate.escape.replicas=1: expected a number of at least 40, found 1"],
  [[`escape.replicas="${"x".repeat(300)}"`], `--set escape-rate.escape.replicas="${"x".repeat(78)}…: expected a number, found "${"x".repeat(56)}… (text)`],
  [["seed=2.5"], "--set escape-rate.seed=2.5: expected an integer, found 2.5"],
  [["seed=9007199254740992"], "--set escape-rate.seed=9007199254740992: expected a number of at most 9007199254740991, found 9007199254740992"],
  [["seed[0]=1"], "--set escape-rate.seed[0]=1: expected nothing after seed, which is 7"],
  [["sed=1"], "--set escape-rate.sed=1: unknown name: did you mean seed?"],
  [["escpe.replicas=50"], "--set escape-rate.escpe.replicas=50: escpe: unknown name: did you mean escape?"],
  [["escape.replica=50"], "--set escape-rate.escape.replica=50: unknown name: did you mean replicas?"],
  [["escape.zzzzzzzz=50"], "--set escape-rate.escape.zzzzzzzz=50: unknown name: expected one of stepSizes, replicas, least, range, dataSet, cells, inputs"],
  [["escape.input.kind=gaussian"], '--set escape-rate.escape.input.kind="gaussian": escape.input: unknown name: did you mean inputs?'],
  [["escape.range.low=2"], "--set escape-rate.escape.range.low=2: expected escape.range set whole, for there is none yet"],
  [["escape=3"], "--set escape-rate.escape=3: expected an object, found 3"],
  [["escape[0]=3"], "--set escape-rate.escape[0]=3: expected a name after escape, one of stepSizes, replicas, least, range, dataSet, cells, inputs, found [0]"],
  [["escape.stepSizes[2]=0.5"], "--set escape-rate.escape.stepSizes[2]=0.5: expected an index from 0 to 1, found 2"],
  [["escape.cells=[]", "escape.cells[0]=1"], "--set escape-rate.escape.cells[0]=1: expected no index, escape.cells is []"],
  [["escape.stepSizes.first=0.5"], "--set escape-rate.escape.stepSizes.first=0.5: expected an index such as [0] after escape.stepSizes, found .first"],
  [["escape.stepSizes.length=0"], "--set escape-rate.escape.stepSizes.length=0: expected an index such as [0] after escape.stepSizes, found .length"],
  [["escape.replicas.low=1"], "--set escape-rate.escape.replicas.low=1: expected nothing after escape.replicas, which is 100"],
  [[`escape.stepSizes=[${Array.from({length: 5000}, () => 1).join(",")}]`], `--set escape-rate.escape.stepSizes=[${"1,".repeat(39)}…: expected at most 4 entries, found [${"1,".repeat(28)}…`],
  [[`escape.stepSizes=${"[".repeat(5000)}`], "--set escape-rate.escape.stepSizes:1:21: expected objects and arrays nested at most 20 deep, found one more"],
  [["escape.stepSizes=[0.5"], '--set escape-rate.escape.stepSizes:1:5: not valid JSON with comments: CloseBracketExpected, found ""'],
  [["escape.dataSet=<script>"], '--set escape-rate.escape.dataSet:1:1: not valid JSON with comments: InvalidSymbol, found "<script>"'],
  [["escape.replicas="], "--set escape-rate.escape.replicas: expected a value after =, found nothing"],
  [["escape.replicas= "], "--set escape-rate.escape.replicas: expected a value after =, found nothing"],
  [["escape.replicas"], '--set: expected paper.section.field=value, found "escape-rate.escape.replicas"'],
  [["escape..replicas=50"], '--set: expected paper.section.field=value, found "escape-rate.escape..replicas=50"'],
  [["escape.stepSizes[-1]=1"], '--set: expected paper.section.field=value, found "escape-rate.escape.stepSizes[-1]=1"'],
  [["escape.stepSizes[1=1"], '--set: expected paper.section.field=value, found "escape-rate.escape.stepSizes[1=1"'],
  [["escape.a\u001b[31m=1"], '--set: expected paper.section.field=value, found "escape-rate.escape.a\\u001b[31m=1"'],
  [["escape.inputs.kind=three-point"], '--set escape-rate.escape.inputs.kind="three-point": escape.inputs.kurtosis: expected a number, found nothing'],
  [["escape.inputs={\"kind\": \"gaussian\", \"kurtosi\": 2}"], '--set escape-rate.escape.inputs={"kind":"gaussian","kurtosi":2}: escape.inputs.kurtosi: unknown name: did you mean kurtosis?'],
  [["seed=1", "escape.least=3"], "--set escape-rate.escape.least=3: expected a number of at most the first step size, found 3"],
  [["escape.least=0.05", "escape.stepSizes[0]=0.01"], "--set escape-rate.escape.least=0.05: expected a number of at most the first step size, found 0.05"],
  [["escape.replicas=50", "escape.replicas=60"], "--set escape-rate.escape.replicas=60: expected each value set once, found --set escape-rate.escape.replicas=50 before it"],
  [["escape.stepSizes[0]=1", "escape.stepSizes=[1]"], "--set escape-rate.escape.stepSizes=[1]: expected each value set once, found --set escape-rate.escape.stepSizes[0]=1 before it"],
  [["__proto__.polluted=1"], "--set escape-rate.__proto__.polluted=1: __proto__: unknown name: expected one of seed, escape"],
  [["escape.__proto__=1"], "--set escape-rate.escape.__proto__=1: unknown name: expected one of stepSizes, replicas, least, range, dataSet, cells, inputs"],
  [["constructor.prototype=1"], "--set escape-rate.constructor.prototype=1: constructor: unknown name: expected one of seed, escape"],
  [['escape.cells[0]={"name": "a", "stepSize": 1, "__proto__": {"polluted": 1}}'], '--set escape-rate.escape.cells[0]={"name":"a","stepSize":1,"__proto__":{"polluted":1}}: escape.cells[0].__proto__: unknown name: expected one of name, stepSize'],
  [['escape.cells[0]={"name": "a", "name": "b"}'], "--set escape-rate.escape.cells[0]:1:15 name: expected each name once, found it twice"]
];

for (const [settings, message] of refused)
  test(`${settings.join(" ").slice(0, 80)} is refused with the setting and what was expected`, () => {
    assert.throws(() => resolve(settings), (error: Error) => {
      assert.equal(error.message, message);
      return error instanceof ParameterError;
    });
    assert.equal(({} as {polluted?: unknown}).polluted, undefined);
  });

test("a setting of an unknown paper is refused, and one without a paper, with what was sought", () => {
  const message = (text: string): string => {
    try {
      parseSettings([text], papers);
    } catch (error) {
      assert.ok(error instanceof ParameterError);
      return error.message;
    }
    return "taken";
  };
  assert.equal(message("heavy-tail.a.b=1"), "--set heavy-tail.a.b: unknown paper: did you mean heavy-tails?");
  assert.equal(message("__proto__.a=1"), "--set __proto__.a: unknown paper: expected one of escape-rate, heavy-tails");
  for (const text of ["", "=", "=1", "heavy-tails=1", "heavy-tails[0]=1", "heavy-tails[0].a=1", ".a.b=1", "heavy-tails.=1", "\u0000"]) assert.equal(message(text), `--set: expected paper.section.field=value, found ${JSON.stringify(text)}`);
  assert.equal(message("x".repeat(300)), `--set: expected paper.section.field=value, found "${"x".repeat(56)}…`);
});

test("a file that is wrong is refused for itself, whatever is set", () => {
  const settings = parseSettings(["escape-rate.escape.replicas=50"], papers);
  assert.throws(() => resolveParameters(file.replace("100", "1"), "p.jsonc", sections, "quick", settings), {name: "ParameterError", message: "p.jsonc:3:49 quick.escape.replicas: expected a number of at least 40, found 1"});
});

test("what settings change is exactly what they name, with both values", () => {
  interface Change {
    readonly path: string;
    readonly first: number | string;
    readonly second: number | string;
  }
  const number = (path: string, first: number): fc.Arbitrary<Change> => fc.double({min: 0.01, max: 1.99, noNaN: true}).filter((second) => second !== first).map((second) => ({path, first, second}));
  const leaves: readonly fc.Arbitrary<Change>[] = [
    number("escape.stepSizes[0]", 0.1),
    number("escape.stepSizes[1]", 0.5),
    number("escape.cells[0].stepSize", 1),
    fc.string().filter((text) => text !== "a").map((second) => ({path: "escape.cells[0].name", first: "a", second})),
    fc.integer({min: 40, max: 100_000}).filter((second) => second !== 100).map((second) => ({path: "escape.replicas", first: 100, second})),
    fc.nat().filter((second) => second !== 7).map((second) => ({path: "seed", first: 7, second}))
  ];
  const subset = fc.tuple(...leaves.map((leaf) => fc.option(leaf, {nil: undefined}))).map((changes) => changes.filter((change) => change !== undefined));
  fc.assert(
    fc.property(subset, (changes) => {
      const {seed, sections} = resolve(changes.map(({path, second}) => `${path}=${JSON.stringify(second)}`));
      const order = ({path}: {path: string}) => ["seed", "escape.stepSizes[0]", "escape.stepSizes[1]", "escape.replicas", "escape.cells[0].name", "escape.cells[0].stepSize"].indexOf(path);
      assert.deepEqual(parameterChanges({seed: 7, escape: quick}, {seed, ...sections}), [...changes].sort((a, b) => order(a) - order(b)));
    }),
    {numRuns: 300, seed: 6}
  );
});

interface Base {
  readonly paper: keyof typeof parameterSectionsOf;
  readonly text: string;
  readonly resolved: {readonly seed: number; readonly sections: Readonly<Record<string, unknown>>};
}

const allPapers = Object.keys(parameterSectionsOf) as Base["paper"][];
const base = (paper: Base["paper"], preset: Preset = "quick"): Base => {
  const text = readFileSync(join(checkout, "data", "parameters", `${paper}.jsonc`), "utf8");
  return {paper, text, resolved: resolveParameters(text, `${paper}.jsonc`, parameterSectionsOf[paper], preset)};
};
const placesOf = ({resolved}: Base) => within(written({seed: resolved.seed, ...resolved.sections})).filter(([path]) => path.length > 0);

test("every number and word of every paper can be set, and set to itself changes nothing", () => {
  for (const paper of allPapers)
    for (const preset of presets) {
      const {text, resolved, ...rest} = base(paper, preset);
      const texts = placesOf({text, resolved, ...rest}).flatMap(([path, value]) => ("raw" in value ? [`${paper}.${pathText(path)}=${value.raw}`] : []));
      assert.ok(texts.length > 10);
      const settings = parseSettings(texts, allPapers);
      assert.deepEqual(resolveParameters(text, `${paper}.jsonc`, parameterSectionsOf[paper], preset, settings), resolved);
    }
});

const everyNumberFinite = (value: unknown): boolean => (typeof value === "number" ? Number.isFinite(value) : value === null || typeof value !== "object" || Object.values(value).every(everyNumberFinite));

/** Resolves a paper with a setting: what is refused must be refused well, what is taken must be valid. */
function refusal({paper, text}: Base, setting: string): string | null {
  const sections = parameterSectionsOf[paper];
  try {
    const found = resolveParameters(text, "p.jsonc", sections, "quick", parseSettings([setting], allPapers) as readonly Setting[]);
    for (const [name, section] of Object.entries(sections)) assert.deepEqual(section.parse(found.sections[name as keyof typeof sections]), found.sections[name as keyof typeof sections]);
    assert.ok(everyNumberFinite(found));
    return null;
  } catch (error) {
    const {name, message, stack} = error as Error;
    assert.equal(name, "ParameterError", stack);
    assert.ok(message.length < 6000 && message.split("\n").length <= 20, message);
    for (const line of message.split("\n")) assert.match(line, /^--set(:| .*(=|:)).*(expected .*, found |not valid JSON|unknown (name|paper): (did you mean|expected one of \S)|expected no|expected nothing|expected a value)/s);
    return message;
  } finally {
    assert.equal(({} as {polluted?: unknown}).polluted, undefined);
  }
}

const wrongValues = ["1e309", "-1e309", "NaN", "-Infinity", "[[[]]]", "{}", '{"__proto__": {"polluted": 1}}', '{"constructor": {"prototype": {"polluted": 1}}}', '"<script>alert(1)</script>"', `[${"{},".repeat(5000)}{}]`, "", "{", "1 2"];

test("a value that no parameter can have is refused wherever it is set, with its place", () => {
  for (const paper of allPapers) {
    const file = base(paper);
    const places = placesOf(file).filter(([, value]) => "raw" in value && /^[-\d]/.test(value.raw));
    const chosen = places.filter((_, i) => i % Math.ceil(places.length / 12) === 0);
    for (const [path] of chosen)
      for (const value of wrongValues) {
        const message = refusal(file, `${paper}.${pathText(path)}=${value}`);
        assert.ok(message?.startsWith(`--set ${paper}.${pathText(path)}`), `${pathText(path)}=${value.slice(0, 40)}: ${message}`);
      }
  }
});

test("2,000 settings changed at random are refused well or valid", () => {
  const bases = allPapers.map((paper) => base(paper));
  const texts = bases.map((file) => placesOf(file).map(([path, value]) => `${file.paper}.${pathText(path)}=${print(value)}`));
  const character = fc.constantFrom(..."{}[]\",:0-9eE.=+\\/*\n\r\u0000\u001b\ufeff\ud800é☃x ".split(""), "__proto__", "1e309", "null", "NaN");
  const edit = fc.record({at: fc.double({min: 0, max: 1, noNaN: true}), remove: fc.nat(6), insert: fc.array(character, {maxLength: 3})});
  const which = fc.double({min: 0, max: 0.999, noNaN: true});
  fc.assert(
    fc.property(which, which, fc.array(edit, {minLength: 1, maxLength: 2}), (paper, place, edits) => {
      const i = Math.floor(paper * bases.length);
      const start = texts[i]![Math.floor(place * texts[i]!.length)]!.slice(0, 3000);
      const setting = edits.reduce((before, {at, remove, insert}) => {
        const from = Math.floor(at * before.length);
        return before.slice(0, from) + insert.join("") + before.slice(from + remove);
      }, start);
      refusal(bases[i]!, setting);
    }),
    {numRuns: 2000, seed: 15}
  );
});

test("a setting reads back from its text", () => {
  const settings: readonly Setting[] = [{paper: "heavy-tails", path: ["seed"], value: 7}, {paper: "heavy-tails", path: ["tailTrends", "stepSizes", 1], value: 0.55}, {paper: "escape-rate", path: ["a", "b"], value: {c: [1, "two"]}}];
  assert.deepEqual(settings.map(settingText), ["--set heavy-tails.seed=7", "--set heavy-tails.tailTrends.stepSizes[1]=0.55", '--set escape-rate.a.b={"c":[1,"two"]}']);
  assert.deepEqual(JSON.parse(JSON.stringify(parseSettings(settings.map((setting) => settingText(setting).slice("--set ".length)), papers))), settings);
});
