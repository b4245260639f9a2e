import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {parameterChanges} from "../../../src/pipeline/runs/index.ts";
import type {ParameterChange} from "../../../src/pipeline/runs/index.ts";

const cases: readonly (readonly [name: string, before: unknown, after: unknown, changes: readonly ParameterChange[]])[] = [
  ["equal values", {a: [1, {b: "x"}], c: null}, {c: null, a: [1, {b: "x"}]}, []],
  ["0 and -0", {a: [0]}, {a: [-0]}, []],
  ["a number", {a: {b: 1}}, {a: {b: 2}}, [{path: "a.b", first: 1, second: 2}]],
  ["an entry", {a: [1, 2, 3]}, {a: [1, 5, 3]}, [{path: "a[1]", first: 2, second: 5}]],
  ["an entry more", {a: [1]}, {a: [1, 2]}, [{path: "a[1]", second: 2}]],
  ["an entry less", {a: [1, 2]}, {a: [1]}, [{path: "a[1]", first: 2}]],
  ["the last entry less", {a: [1]}, {a: []}, [{path: "a[0]", first: 1}]],
  ["a field of an entry", {a: [{b: 1}, {b: 2}]}, {a: [{b: 1}, {b: 3}]}, [{path: "a[1].b", first: 2, second: 3}]],
  ["an object more", {a: 1}, {a: 1, b: {c: 2}}, [{path: "b", second: {c: 2}}]],
  ["an empty list more", {}, {a: []}, [{path: "a", second: []}]],
  ["null for nothing", {}, {a: null}, [{path: "a", second: null}]],
  ["null for a number", {a: 1}, {a: null}, [{path: "a", first: 1, second: null}]],
  ["text for a number", {a: 1}, {a: "1"}, [{path: "a", first: 1, second: "1"}]],
  ["a list for an object", {a: {0: 1}}, {a: [1]}, [{path: "a", first: {0: 1}, second: [1]}]],
  ["the whole", 1, 2, [{path: "", first: 1, second: 2}]],
  ["what the first lacks, last", {b: 1, c: 1}, {a: 1, c: 2, b: 2}, [{path: "b", first: 1, second: 2}, {path: "c", first: 1, second: 2}, {path: "a", second: 1}]],
  ["names that look like paths", {"a.b": 1, "c[0]": 1, "": 1, "<script>": 1, "\u001b[31m": 1}, {}, [{path: '"a.b"', first: 1}, {path: '"c[0]"', first: 1}, {path: '""', first: 1}, {path: '"<script>"', first: 1}, {path: '"\\u001b[31m"', first: 1}]],
  ["names of prototypes", JSON.parse('{"__proto__": 1, "constructor": 1}'), {toString: 2}, [{path: "__proto__", first: 1}, {path: "constructor", first: 1}, {path: "toString", second: 2}]],
  ["what a prototype has", {}, JSON.parse('{"constructor": {"name": "Object"}, "a": {"length": 0}}'), [{path: "constructor", second: {name: "Object"}}, {path: "a", second: {length: 0}}]],
  ["long names and values, whole", {["n".repeat(300)]: "x".repeat(300)}, {["n".repeat(300)]: "y".repeat(300)}, [{path: "n".repeat(300), first: "x".repeat(300), second: "y".repeat(300)}]]
];

for (const [name, before, after, changes] of cases) test(`changes: ${name}`, () => assert.deepEqual(parameterChanges(before, after), changes));

const name = fc.constantFrom("a", "b", "stepSizes", "a.b", "[0]", "0", "__proto__", "<b>");
const {json} = fc.letrec<{json: unknown}>((tie) => ({
  json: fc.oneof({maxDepth: 4}, fc.constantFrom(null, true, 0, 1, 0.5, "", "x"), fc.array(tie("json"), {maxLength: 3}), fc.array(fc.tuple(name, tie("json")), {maxLength: 3}).map((entries) => Object.fromEntries(entries)))
}));

/** Independent of the function under test: a value's leaves, empty objects and lists among them, by their keys. */
function leaves(value: unknown, path = ""): Map<string, unknown> {
  const inner = Array.isArray(value) ? value.map((entry, i) => [`${path}/${i}`, entry] as const) : value !== null && typeof value === "object" ? Object.entries(value).map(([key, entry]) => [`${path}/${JSON.stringify(key)}`, entry] as const) : undefined;
  if (inner === undefined || inner.length === 0) return new Map([[path, value]]);
  return new Map(inner.flatMap(([at, entry]) => [...leaves(entry, at)]));
}

test("there are changes between two values exactly if their JSON differs, on as many paths as changes, and turned round they are the same", () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      const changes = parameterChanges(before, after);
      const [first, second] = [leaves(before), leaves(after)];
      const differs = first.size !== second.size || [...first].some(([path, value]) => !second.has(path) || JSON.stringify(second.get(path)) !== JSON.stringify(value));
      assert.equal(changes.length > 0, differs);
      assert.equal(new Set(changes.map(({path}) => path)).size, changes.length);
      for (const change of changes) assert.notDeepEqual(change.first, change.second);
      const back = parameterChanges(after, before).map(({path, ...values}) => JSON.stringify([path, "second" in values ? values.second : "nothing", "first" in values ? values.first : "nothing"]));
      assert.deepEqual(back.sort(), changes.map(({path, ...values}) => JSON.stringify([path, "first" in values ? values.first : "nothing", "second" in values ? values.second : "nothing"])).sort());
    }),
    {numRuns: 1000, seed: 3}
  );
});
