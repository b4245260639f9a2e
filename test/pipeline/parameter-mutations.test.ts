import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import fc from "fast-check";
import {parse} from "jsonc-parser";
import {parameterSectionsOf} from "../../src/papers/index.ts";
import {presets, resolveParameters} from "../../src/pipeline/index.ts";
import {checkout} from "./small-project.ts";
import {changed, pathText, print, within, written} from "./written-value.ts";
import type {Path, WrittenValue} from "./written-value.ts";

interface Mutation {
  readonly name: string;
  /** Whether the value at `path` can be changed so. */
  readonly applies: (value: WrittenValue, path: Path) => boolean;
  readonly change: (value: WrittenValue, path: Path) => WrittenValue;
  /** What the message must say about the place, given the path of the value changed. */
  readonly says: (path: Path) => string;
  /** That two of it make a file too long to be read. */
  readonly alone?: true;
}

const isNumber = (value: WrittenValue) => "raw" in value && /^[-\d]/.test(value.raw);
const isText = (value: WrittenValue) => "raw" in value && value.raw.startsWith('"');
const first = (value: WrittenValue) => ("items" in value ? value.items[0]! : value);
const names = (value: WrittenValue) => ("names" in value ? value.names : []);
const raw = (text: string) => (): WrittenValue => ({raw: text});
const isFile = (path: Path) => path.length === 0;

const numberTo = (name: string, to: (value: WrittenValue) => WrittenValue): Mutation => ({name, applies: isNumber, change: to, says: pathText});
const swapTo = (name: string, applies: Mutation["applies"], text: string): Mutation => ({name, applies: (value, path) => !isFile(path) && applies(value, path), change: raw(text), says: pathText});

/** Changes after which no parameter file is valid. */
const mutations: readonly Mutation[] = [
  numberTo("a number as text", (value) => ({raw: JSON.stringify((value as {raw: string}).raw)})),
  numberTo("a number in a list", (value) => ({items: [value]})),
  numberTo("a negative number", raw("-0.125")),
  numberTo("an overflowing number", raw("1e309")),
  numberTo("a huge number", raw("1e300")),
  numberTo("NaN", raw("NaN")),
  numberTo("Infinity", raw("-Infinity")),
  swapTo("a number to null", isNumber, "null"),
  swapTo("a number to true", isNumber, "true"),
  swapTo("a number to an object", isNumber, "{}"),
  swapTo("text to a number", isText, "3"),
  swapTo("text to script", isText, '"<script>alert(1)</script>"'),
  swapTo("a list to text", (value) => "items" in value, '"[1, 2]"'),
  swapTo("a list to an object", (value) => "items" in value, '{"0": 1, "length": 1}'),
  swapTo("an object to a list", (value) => "names" in value, "[]"),
  swapTo("an object to null", (value) => "names" in value, "null"),
  {name: "a huge list", applies: (value) => "items" in value && value.items.length > 0, change: (value) => ({items: Array.from({length: 5000}, () => first(value))}), says: pathText, alone: true},
  {name: "an unknown name", applies: (value) => "names" in value, change: (value) => ({names: [...names(value), ["replicaz", {raw: "1"}]]}), says: (path) => pathText([...path, "replicaz"])},
  {name: "__proto__", applies: (value) => "names" in value, change: (value) => ({names: [["__proto__", written({polluted: 1})], ...names(value)]}), says: (path) => pathText([...path, "__proto__"])},
  {name: "constructor", applies: (value) => "names" in value, change: (value) => ({names: [["constructor", written({prototype: {polluted: 1}})], ...names(value)]}), says: (path) => pathText([...path, "constructor"])},
  {name: "a name twice", applies: (value) => names(value).length > 0, change: (value) => ({names: [...names(value), names(value)[0]!]}), says: pathText},
  {name: "a missing value", applies: (value, path) => names(value).length > 0 && path[0] !== "full", change: (value) => ({names: names(value).slice(1)}), says: pathText}
];

const schemaName = (value: WrittenValue, path: Path) => path.at(-1) === "$schema" && isText(value);

interface Base {
  readonly paper: keyof typeof parameterSectionsOf;
  readonly text: string;
  readonly value: WrittenValue;
}

const bases: readonly Base[] = (Object.keys(parameterSectionsOf) as Base["paper"][]).map((paper) => {
  const text = readFileSync(join(checkout, "data", "parameters", `${paper}.jsonc`), "utf8");
  const {$schema: _, ...rest} = parse(text) as Record<string, unknown>;
  return {paper, text, value: written(rest)};
});

const everyNumberFinite = (value: unknown): boolean => (typeof value === "number" ? Number.isFinite(value) : value === null || typeof value !== "object" || Object.values(value).every(everyNumberFinite));

/** Resolves a text under both presets; what is refused must be refused well, what is accepted must be valid. */
function outcome({paper}: Base, text: string): string | null {
  const sections = parameterSectionsOf[paper];
  let refused: string | null = null;
  for (const preset of presets) {
    try {
      const resolved = resolveParameters(text, "p.jsonc", sections, preset);
      assert.ok(Number.isSafeInteger(resolved.seed) && resolved.seed >= 0);
      assert.deepEqual(Object.keys(resolved.sections).sort(), Object.keys(sections).sort());
      for (const [name, section] of Object.entries(sections)) {
        const found = resolved.sections[name as keyof typeof sections];
        assert.deepEqual(section.parse(found), found);
        assert.ok(everyNumberFinite(found));
      }
    } catch (error) {
      assert.equal((error as Error).name, "ParameterError", (error as Error).stack);
      refused = (error as Error).message;
      const lines = refused.split("\n");
      assert.ok(lines.length <= 20 && refused.length < 5000, refused);
      for (const line of lines) assert.match(line, /^p\.jsonc:\d+:\d+(:| \S+:) (.*expected .*, found |expected each name once, found it twice|not valid JSON|unknown name: (did you mean|expected one of \S))/);
    }
  }
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.equal(({} as {polluted?: unknown}).polluted, undefined);
  return refused;
}

/** Places that are changed in one file: a message names up to 20. What it does not name is changed alone. */
const mostAtOnce = 12;

const candidatesOf = ({value}: Base, {applies}: Mutation) => within(value).filter(([path, inner]) => applies(inner, path) && !schemaName(inner, path));

/** The places in parts of at most `most`, far from each other. */
function apart(paths: readonly Path[], most: number): readonly (readonly Path[])[] {
  const parts = Math.ceil(paths.length / most);
  return Array.from({length: parts}, (_, part) => paths.filter((_, i) => i % parts === part));
}

test("every mutation has a place in some file", () => {
  for (const mutation of mutations) assert.ok(bases.some((base) => candidatesOf(base, mutation).length > 0), mutation.name);
});

for (const base of bases) {

  test(`${base.paper}: the file itself is accepted, printed with Windows line ends or a byte-order mark too`, () => {
    for (const text of [base.text, print(base.value), base.text.replaceAll("\n", "\r\n"), `\ufeff${base.text}`]) assert.equal(outcome(base, text), null);
  });

  for (const mutation of mutations.filter((each) => candidatesOf(base, each).length > 0))
    test(`${base.paper}: ${mutation.name} is refused wherever it stands, with its path`, () => {
      const said = (paths: readonly Path[]): string | null => outcome(base, print(paths.reduce((value, path) => changed(value, path, (inner) => mutation.change(inner, path)), base.value)));
      const paths = candidatesOf(base, mutation).map(([path]) => path);
      for (const several of apart(paths, mutation.alone === true ? 1 : mostAtOnce)) {
        const together = said(several) ?? "";
        for (const path of several) {
          if (together.includes(`${mutation.says(path)}: `)) continue;
          const message = said([path]);
          assert.ok(message !== null, `accepted at ${pathText(path)}`);
          if (!message.includes("not valid JSON")) assert.ok(message.includes(mutation.says(path)), `${pathText(path)}: ${message}`);
        }
      }
    });

  test(`${base.paper}: 500 files changed at random are refused well or valid`, () => {
    const character = fc.constantFrom(..."{}[]\",:0-9eE.+\\/*\n\r\t\u0000\ufeff\ud800é☃x".split(""), "__proto__", "1e309", "null", "//", "/*");
    const edit = fc.record({at: fc.double({min: 0, max: 1, noNaN: true}), remove: fc.nat(12), insert: fc.array(character, {maxLength: 3})});
    fc.assert(
      fc.property(fc.array(edit, {minLength: 1, maxLength: 3}), (edits) => {
        const text = edits.reduce((before, {at, remove, insert}) => {
          const start = Math.floor(at * before.length);
          return before.slice(0, start) + insert.join("") + before.slice(start + remove);
        }, base.text);
        outcome(base, text);
      }),
      {numRuns: 500, seed: 15}
    );
  });
}
