import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {checkRunRecord, keptRunRecords, openRun} from "../../../src/pipeline/runs/index.ts";
import {exampleRun, hash} from "./example-run.ts";

const record = exampleRun({name: "big-step", tables: {verdicts: {object: hash("a"), content: hash("b"), csv: hash("c")}, "tails-trends": {error: "it failed"}}, entries: ["verdicts/x"]});

/** `record` with the value at a path replaced, or removed where that is undefined. */
function withValue([key, ...rest]: readonly string[], to: unknown, value: unknown = record): unknown {
  if (key === undefined) return to;
  const inner = value as Record<string, unknown>;
  return {...inner, [key]: withValue(rest, to, inner[key])};
}

const refusal = (value: unknown): string => {
  try {
    checkRunRecord(value, "run big-step");
  } catch (error) {
    assert.equal((error as Error).name, "RangeError");
    return (error as Error).message;
  }
  return "taken";
};

test("a record that went through JSON is read as it was, whatever its parameters are called", () => {
  for (const run of [record, exampleRun({name: null, preset: "full"}), exampleRun({parameters: {"heavy-tails": {seed: 0, sections: JSON.parse('{"tailTrends": {"__proto__": [null, {"<script>": 1}]}}')}}})]) assert.deepEqual(checkRunRecord(JSON.parse(JSON.stringify(run)), "run"), run);
});

const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);

const foreign: readonly (readonly [value: unknown, message: string])[] = [
  [undefined, "run big-step: expected an object, found nothing"],
  [null, "run big-step: expected an object, found null"],
  ["{}", 'run big-step: expected an object, found "{}" (text)'],
  [[record], /^run big-step: expected an object, found \[\{/.source],
  [withValue(["version"], 2), "run big-step: version: expected 1, found 2"],
  [withValue(["preset"], "slow"), 'run big-step: preset: expected one of "quick", "full", found "slow" (text)'],
  [withValue(["name"], 3), "run big-step: name: expected a string, found 3"],
  [withValue(["name"], "../x"), 'run big-step: name: expected a kebab-case name such as first-passage, found "../x"'],
  [withValue(["name"], "x".repeat(300)), `run big-step: name: expected a name of at most 80 characters, found 300: "${"x".repeat(40)}"…`],
  [withValue(["entrys"], []), "run big-step: entrys: unknown name: did you mean entries?"],
  [withValue(["entries"], {}), "run big-step: entries: expected an array, found {}"],
  [withValue(["entries"], ["a", 1]), "run big-step: entries[1]: expected a string, found 1"],
  [withValue(["parameters", "heavy-tails", "seed"], -1), "run big-step: parameters.heavy-tails.seed: expected a number of at least 0, found -1"],
  [withValue(["parameters", "heavy-tails", "sections", "tailTrends"], 4), "run big-step: parameters.heavy-tails.sections.tailTrends: expected an object, found 4"],
  [withValue(["parameters", "%2e%2e"], {seed: 1, sections: {}}), 'run big-step: parameters: expected a kebab-case name such as first-passage, found "%2e%2e"'],
  [withValue(["parameters"], JSON.parse('{"__proto__": {"seed": 1, "sections": {}}}')), 'run big-step: parameters: expected a kebab-case name such as first-passage, found "__proto__"'],
  [withValue(["tables", "/etc/passwd"], {error: "x"}), 'run big-step: tables: expected a kebab-case name such as first-passage, found "/etc/passwd"'],
  [withValue(["tables", "a\u0000b"], {error: "x"}), 'run big-step: tables: expected a kebab-case name such as first-passage, found "a\\u0000b"'],
  [withValue(["tables", "verdicts", "csv"], "../../x"), 'run big-step: tables.verdicts.csv: expected 64 hex digits, found "../../x" (text)'],
  [withValue(["tables", "verdicts"], {object: hash("a")}), "run big-step: tables.verdicts.content: expected a string, found nothing\nrun big-step: tables.verdicts.csv: expected a string, found nothing"],
  [withValue(["tables", "tails-trends"], {error: 3}), "run big-step: tables.tails-trends.error: expected a string, found 3"],
  [withValue(["parameters", "heavy-tails", "sections", "tailTrends"], {x: deep(5000)}), "run big-step: expected objects and arrays nested at most 30 deep, found one more"]
];

for (const [value, message] of foreign)
  test(`no record: ${message.slice(0, 100)}`, () => {
    if (message.startsWith("^")) assert.match(refusal(value), new RegExp(message));
    else assert.equal(refusal(value), message);
  });

test("any other JSON is refused in a few short lines that name the run", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const message = refusal(value);
      assert.ok(message.split("\n").every((line) => line.startsWith("run big-step: ") && line.length < 200), message);
    }),
    {numRuns: 300, seed: 1}
  );
});

test("the kept runs are those that a person named, sorted; a foreign one is left out with one warning", () => {
  const warnings: string[] = [];
  const [second, first] = [exampleRun({name: "big-step"}), exampleRun({name: "a-run"})];
  const runs = () => [second, exampleRun({name: "latest-quick"}), {...first, name: "odd", preset: "slow"}, first] as never;
  assert.deepEqual(keptRunRecords({runs}, (message) => warnings.push(message)), [first, second]);
  assert.deepEqual(warnings, ['run odd: preset: expected one of "quick", "full", found "slow" (text); it is left out']);
});

test("a run is opened by its name, the last of a preset too; another name is refused with the nearest", () => {
  const kept = [record, exampleRun({name: "latest-quick"})];
  const store = {runs: () => kept, run: (name: string) => kept.find((run) => run.name === name)} as never;
  assert.equal(openRun(store, "big-step"), record);
  assert.equal(openRun(store, "latest-quick"), kept[1]);
  assert.throws(() => openRun(store, "big-stp"), {name: "RangeError", message: 'run: unknown name "big-stp": did you mean big-step?'});
  assert.throws(() => openRun(store, "../x"), {name: "RangeError", message: 'run: expected a kebab-case name such as first-passage, found "../x"'});
  assert.throws(() => openRun(store, "x".repeat(300)), {name: "RangeError", message: `run: expected a name of at most 80 characters, found 300: "${"x".repeat(40)}"…`});
  assert.throws(() => openRun({runs: () => [], run: () => undefined}, "a"), {name: "RangeError", message: 'run: expected a kept run, and none is kept, found "a"'});
});
