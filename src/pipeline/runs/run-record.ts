import {z} from "zod";
import {checkName} from "../names.ts";
import {explain, pathText} from "../parameter-faults.ts";
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

const deepest = 30;
const digest = z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits");
const schema = z.strictObject({
  version: z.literal(1),
  name: z.string().nullable(),
  preset: z.enum(presets),
  parameters: z.record(z.string(), z.strictObject({seed: z.int().min(0), sections: z.record(z.string(), z.looseObject({}))})),
  tables: z.record(z.string(), z.union([z.strictObject({error: z.string()}), z.strictObject({object: digest, content: digest, csv: digest})])),
  entries: z.array(z.string())
});

const isNestedWithin = (value: unknown, left: number): boolean => value === null || typeof value !== "object" || (left > 0 && Object.values(value).every((inner) => isNestedWithin(inner, left - 1)));

/**
 * Returns `value`, read from JSON, as the record of a run.
 * @param where names the file or the run in the message
 * @throws RangeError for anything else, with the place, what was expected and what was found
 */
export function checkRunRecord(value: unknown, where: string): RunRecord {
  if (!isNestedWithin(value, deepest)) throw new RangeError(`${where}: expected objects and arrays nested at most ${deepest} deep, found one more`);
  const checked = schema.safeParse(value);
  const place = (path: readonly PropertyKey[]): string => (path.length === 0 ? where : `${where}: ${pathText(path)}`);
  if (!checked.success) throw new RangeError(explain(checked.error.issues, value, schema, place));
  const record = value as RunRecord;
  if (record.name !== null) checkName(record.name, `${where}: name`);
  for (const paper of Object.keys(record.parameters)) checkName(paper, `${where}: parameters`);
  for (const table of Object.keys(record.tables)) checkName(table, `${where}: tables`);
  return record;
}
