import {checkName} from "../names.ts";
import {nearest, pathText, show} from "../parameter-faults.ts";
import {presets} from "../parameters.ts";
import type {Preset, ResolvedParameters} from "../parameters.ts";

/** A table of a run: where its objects stand in the store, all by SHA-256, or why it has none. */
export type RunTable =
  | {
      /** The Arrow stream as it is published, with its provenance. */
      readonly object: string;
      /** Its rows alone: equal for equal rows. */
      readonly content: string;
      /** Its rows as CSV. */
      readonly csv: string;
    }
  | {readonly error: string};

/** What one run was given and what it left: plain JSON. */
export interface RunRecord {
  readonly version: 1;
  /** The name under which it is kept, or null. */
  readonly name: string | null;
  readonly preset: Preset;
  /** The parameters of each paper as the run took them, settings included. */
  readonly parameters: Readonly<Record<string, ResolvedParameters>>;
  readonly tables: Readonly<Record<string, RunTable>>;
  /** The index entries of the store that it used. */
  readonly entries: readonly string[];
}

type Path = readonly (string | number)[];
type Check = (value: unknown, path: Path) => void;

const deepest = 30;
const digest = /^[0-9a-f]{64}$/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === "object" && !Array.isArray(value);

const isNestedWithin = (value: unknown, left: number): boolean => value === null || typeof value !== "object" || (left > 0 && Object.values(value).every((inner) => isNestedWithin(inner, left - 1)));

/**
 * Returns `value`, read from JSON, as the record of a run.
 * @param where names the file or the run in the message
 * @throws RangeError of one line for anything else, with the place, what was expected and what was found
 */
export function checkRunRecord(value: unknown, where: string): RunRecord {
  const refuse = (path: Path, expected: string, found: unknown): never => {
    throw new RangeError(`${where}${path.length === 0 ? "" : `, ${pathText(path)}`}: expected ${expected}, found ${show(found)}`);
  };
  const one = (expected: string, fits: (value: unknown) => boolean): Check => (found, path) => void (fits(found) || refuse(path, expected, found));
  const object = (fields: Readonly<Record<string, Check>>): Check => (found, path) => {
    if (!isObject(found)) return refuse(path, "an object", found);
    for (const name of Object.keys(found)) if (!Object.hasOwn(fields, name)) throw new RangeError(`${where}, ${pathText([...path, name])}: unknown name${nearest(name, Object.keys(fields))}`);
    for (const [name, check] of Object.entries(fields)) check(found[name], [...path, name]);
  };
  const named = (check: Check, checkKey: (name: string, where: string) => unknown = () => {}): Check => (found, path) => {
    if (!isObject(found)) return refuse(path, "an object", found);
    for (const [name, inner] of Object.entries(found)) {
      checkKey(name, `${where}, ${pathText(path)}`);
      check(inner, [...path, name]);
    }
  };
  const list = (check: Check): Check => (found, path) => (Array.isArray(found) ? found.forEach((inner, i) => check(inner, [...path, i])) : refuse(path, "an array", found));

  const text = one("text", (found) => typeof found === "string");
  const hash = one("64 hex digits", (found) => typeof found === "string" && digest.test(found));
  const section = one("an object", isObject);
  const runName: Check = (found, path) => {
    if (found === null) return;
    text(found, path);
    checkName(found as string, `${where}, name`);
  };
  const table: Check = (found, path) => (isObject(found) && "error" in found ? object({error: text}) : object({object: hash, content: hash, csv: hash}))(found, path);

  if (!isNestedWithin(value, deepest)) throw new RangeError(`${where}: expected objects and arrays nested at most ${deepest} deep, found one more`);
  object({
    version: one("1", (found) => found === 1),
    name: runName,
    preset: one(presets.map((preset) => JSON.stringify(preset)).join(" or "), (found) => presets.some((preset) => preset === found)),
    parameters: named(object({seed: one("an integer of at least 0", (found) => Number.isSafeInteger(found) && (found as number) >= 0), sections: named(section)}), checkName),
    tables: named(table, checkName),
    entries: list(text)
  })(value, []);
  return value as RunRecord;
}
