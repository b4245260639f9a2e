import assert from "node:assert/strict";
import {test} from "node:test";
import {z} from "zod";
import {ParameterError, jsonSchema, resolveParameters} from "../../src/pipeline/index.ts";
import type {Preset} from "../../src/pipeline/index.ts";

const sections = {
  escape: z.strictObject({
    stepSizes: z.array(z.number().gt(0).lt(2)).min(1).max(4),
    replicas: z.number().int().min(40).max(100_000),
    dataSet: z.enum(["digits", "mnist"]),
    inputs: z.discriminatedUnion("kind", [z.strictObject({kind: z.literal("gaussian")}), z.strictObject({kind: z.literal("three-point"), kurtosis: z.number().min(1)})])
  })
};

const good = `// a comment
{
  "seed": 7,
  "quick": {
    "escape": {
      "stepSizes": [0.1, 0.5,],
      "replicas": 100, /* a comment */
      "dataSet": "digits",
      "inputs": {"kind": "gaussian"}
    }
  },
  "full": {"escape": {"replicas": 4000, "inputs": {"kind": "three-point", "kurtosis": 2}}}
}
`;

const resolve = (text: string, preset: Preset = "quick") => resolveParameters(text, "p.jsonc", sections, preset);

function refusal(from: string, to: string, preset: Preset = "quick"): string {
  const changed = good.replace(from, to);
  assert.notEqual(changed, good);
  let message = "";
  assert.throws(() => resolve(changed, preset), (error: Error) => {
    message = error.message;
    return error instanceof ParameterError;
  });
  return message;
}

test("a parameter file gives the values of quick, and of full laid over quick", () => {
  const quick = {stepSizes: [0.1, 0.5], replicas: 100, dataSet: "digits", inputs: {kind: "gaussian"}};
  assert.deepEqual(resolve(good), {seed: 7, sections: {escape: quick}});
  assert.deepEqual(resolve(good, "full"), {seed: 7, sections: {escape: {...quick, replicas: 4000, inputs: {kind: "three-point", kurtosis: 2}}}});
});

test("full replaces an array whole and may leave an experiment out", () => {
  const shorter = good.replace(`"full": {"escape": {"replicas": 4000,`, `"full": {"escape": {"stepSizes": [1],`);
  assert.deepEqual(resolve(shorter, "full").sections.escape.stepSizes, [1]);
  const empty = good.replace(/"full": .*/, `"full": {}`);
  assert.deepEqual(resolve(empty, "full"), resolve(empty, "quick"));
});

test("a default of full does not replace what quick says", () => {
  const withDefault = {escape: z.strictObject({replicas: z.number().default(3), bins: z.number()})};
  const text = `{"seed": 1, "quick": {"escape": {"replicas": 9, "bins": 1}}, "full": {"escape": {"bins": 2}}}`;
  assert.deepEqual(resolveParameters(text, "p.jsonc", withDefault, "full").sections.escape, {replicas: 9, bins: 2});
});

test("a condition over several values holds for full laid over quick", () => {
  const both = {escape: z.strictObject({low: z.number(), high: z.number()}).refine(({low, high}) => low < high, {message: "a number above low", path: ["high"]})};
  const text = `{"seed": 1, "quick": {"escape": {"low": 1, "high": 2}}, "full": {"escape": {"low": 3}}}`;
  assert.equal(resolveParameters(text, "p.jsonc", both, "quick").sections.escape.high, 2);
  assert.throws(() => resolveParameters(text, "p.jsonc", both, "full"), {name: "ParameterError", message: "p.jsonc:1:66 full.escape.high: expected a number above low, found 2"});
});

const refusals: readonly (readonly [name: string, from: string, to: string, message: string])[] = [
  ["text for a number", `"replicas": 100`, `"replicas": "100"`, `p.jsonc:7:7 quick.escape.replicas: expected a number, found "100" (text)`],
  ["a fraction for an integer", `"replicas": 100`, `"replicas": 100.5`, `p.jsonc:7:7 quick.escape.replicas: expected an integer, found 100.5`],
  ["a number too small", `"replicas": 100`, `"replicas": 1`, `p.jsonc:7:7 quick.escape.replicas: expected a number of at least 40, found 1`],
  ["a negative step", "[0.1, 0.5,]", "[0.1, -0.5]", "p.jsonc:6:26 quick.escape.stepSizes[1]: expected a number greater than 0, found -0.5"],
  ["a step on the open end", "[0.1, 0.5,]", "[2]", "p.jsonc:6:21 quick.escape.stepSizes[0]: expected a number less than 2, found 2"],
  ["a number that overflows", "[0.1, 0.5,]", "[1e309]", "p.jsonc:6:21 quick.escape.stepSizes[0]: expected a number, found Infinity"],
  ["an empty list", "[0.1, 0.5,]", "[]", "p.jsonc:6:7 quick.escape.stepSizes: expected at least 1 entries, found []"],
  ["a long list", "[0.1, 0.5,]", "[1, 1, 1, 1, 1]", "p.jsonc:6:7 quick.escape.stepSizes: expected at most 4 entries, found [1,1,1,1,1]"],
  ["a number for a list", "[0.1, 0.5,]", "0.1", "p.jsonc:6:7 quick.escape.stepSizes: expected an array, found 0.1"],
  ["null", `"replicas": 100`, `"replicas": null`, "p.jsonc:7:7 quick.escape.replicas: expected a number, found null"],
  ["an unknown choice", `"digits"`, `"digit"`, `p.jsonc:8:7 quick.escape.dataSet: expected one of "digits", "mnist", found "digit" (text)`],
  ["an unknown kind", `{"kind": "gaussian"}`, `{"kind": "normal"}`, `p.jsonc:9:18 quick.escape.inputs.kind: expected one of "gaussian", "three-point", found "normal" (text)`],
  ["a value of another kind", `{"kind": "gaussian"}`, `{"kind": "gaussian", "kurtosi": 2}`, "p.jsonc:9:38 quick.escape.inputs.kurtosi: unknown name: did you mean kurtosis?"],
  ["a missing value", `"replicas": 100, /* a comment */`, "", "p.jsonc:5:5 quick.escape.replicas: expected a number, found nothing"],
  ["a misspelt name", `"replicas": 100`, `"replicas": 100, "stepSize": 1`, "p.jsonc:7:24 quick.escape.stepSize: unknown name: did you mean stepSizes?"],
  ["a name far from any", `"replicas": 100`, `"replicas": 100, "zzzzzzzz": 1`, "p.jsonc:7:24 quick.escape.zzzzzzzz: unknown name: expected one of stepSizes, replicas, dataSet, inputs"],
  ["a misspelt experiment", `"full": {"escape"`, `"full": {"escpe"`, "p.jsonc:12:12 full.escpe: unknown name: did you mean escape?"],
  ["a fault in full under quick", `"replicas": 4000`, `"replicas": 4`, "p.jsonc:12:23 full.escape.replicas: expected a number of at least 40, found 4"],
  ["a name twice", `"replicas": 100`, `"replicas": 100, "replicas": 200`, "p.jsonc:7:24 quick.escape.replicas: expected each name once, found it twice"],
  ["a prototype", `"replicas": 100`, `"replicas": 100, "__proto__": {"polluted": 1}`, "p.jsonc:7:24 quick.escape.__proto__: unknown name: expected one of stepSizes, replicas, dataSet, inputs"],
  ["a name that would break the line", `"seed": 7`, `"seed": 7, "a\\nb\\u001b[31m": 1`, `p.jsonc:3:14 "a\\nb\\u001b[31m": unknown name: expected one of seed, quick, full`],
  ["script in a value", `"digits"`, `"<script>alert(1)</script>"`, `p.jsonc:8:7 quick.escape.dataSet: expected one of "digits", "mnist", found "<script>alert(1)</script>" (text)`],
  ["NaN", `"replicas": 100`, `"replicas": NaN`, `p.jsonc:7:19: not valid JSON with comments: InvalidSymbol, found "NaN, /* a comment */"`],
  ["a list for the file", good, "[]", "p.jsonc:1:1 (file): expected an object, found []"],
  ["nothing for the file", good, "", `p.jsonc:1:1: not valid JSON with comments: ValueExpected, found ""`],
  ["something after the end", good, `${good}{}`, `p.jsonc:14:1: not valid JSON with comments: EndOfFileExpected, found "{}"`],
  ["nesting that would exhaust the stack", good, "[".repeat(500_000), "p.jsonc:1:21: expected objects and arrays nested at most 20 deep, found one more"],
  ["a file too long", good, `"${"x".repeat(1_000_000)}"`, "p.jsonc: expected at most 1000000 characters, found 1000002"]
];

for (const [name, from, to, message] of refusals) test(`refused with its place: ${name}`, () => assert.equal(refusal(from, to), message));

test("every fault has its line, up to twenty", () => {
  const two = good.replace(`"replicas": 100`, `"replicas": 1`).replace(`"digits"`, "8");
  assert.throws(() => resolve(two), {message: "p.jsonc:7:7 quick.escape.replicas: expected a number of at least 40, found 1\np.jsonc:8:7 quick.escape.dataSet: expected one of \"digits\", \"mnist\", found 8"});
  const names = Array.from({length: 30_000}, (_, i) => `"x${i}": 1`).join(", ");
  assert.equal(refusal(`"replicas": 100`, `"replicas": 100, ${names}`).split("\n").length, 20);
});

test("a long value is shown by its beginning", () => {
  const message = refusal(`"digits"`, JSON.stringify("y".repeat(10_000)));
  assert.ok(message.length < 200, message);
});

const places: readonly (readonly [name: string, text: string])[] = [
  ["Windows line ends", good.replaceAll("\n", "\r\n")],
  ["a byte-order mark", `\ufeff${good}`]
];

for (const [name, text] of places)
  test(`${name} change neither values nor places`, () => {
    assert.deepEqual(resolve(text), resolve(good));
    assert.throws(() => resolve(text.replace(`"replicas": 100`, `"replicas": 1`)), /^ParameterError: p\.jsonc:7:7 quick/);
  });

const seeds: readonly (readonly [written: string, outcome: number | string])[] = [
  ["0", 0],
  ["-0", 0],
  ["9007199254740991", 9007199254740991],
  ["9007199254740992", "p.jsonc:3:3 seed: expected a number of at most 9007199254740991, found 9007199254740992"],
  ["-1", "p.jsonc:3:3 seed: expected a number of at least 0, found -1"],
  ["0.5", "p.jsonc:3:3 seed: expected an integer, found 0.5"],
  ['"7"', 'p.jsonc:3:3 seed: expected a number, found "7" (text)'],
  ["null", "p.jsonc:3:3 seed: expected a number, found null"]
];

for (const [written, outcome] of seeds)
  test(`seed ${written} has a defined outcome`, () => {
    const text = good.replace(`"seed": 7`, `"seed": ${written}`);
    if (typeof outcome === "string") assert.throws(() => resolve(text), {name: "ParameterError", message: outcome});
    else assert.ok(Object.is(resolve(text).seed, outcome));
  });

test("seed NaN is refused as no number of JSON", () => {
  assert.match(refusal(`"seed": 7`, `"seed": NaN`), /^p\.jsonc:3:11: not valid JSON/);
});

test("the JSON Schema refuses unknown names and asks for a whole quick and any part of full", () => {
  const {properties, required, additionalProperties} = jsonSchema(sections) as {properties: Record<string, any>; required: string[]; additionalProperties: boolean};
  assert.deepEqual(required, ["seed", "quick", "full"]);
  assert.equal(additionalProperties, false);
  assert.deepEqual(properties.quick.properties.escape.required, ["stepSizes", "replicas", "dataSet", "inputs"]);
  assert.equal(properties.quick.properties.escape.additionalProperties, false);
  assert.equal(properties.full.properties.escape.required, undefined);
  assert.deepEqual([properties.seed.minimum, properties.seed.maximum], [0, Number.MAX_SAFE_INTEGER]);
});
