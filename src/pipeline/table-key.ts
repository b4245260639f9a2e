import {createHash} from "node:crypto";

/** All that decides a table's content but the content of its inputs. */
export interface TableDescription {
  readonly name: string;
  readonly inputs: readonly string[];
  /** Metadata of the table: also what its key digests. */
  readonly provenance: Readonly<Record<string, string>>;
}

/** The value with the keys of every object in order, so that equal values have equal JSON. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sortKeys(inner)]));
}

/** The key of a table: SHA-256 of its provenance and the objects of its inputs. */
export function tableKey({provenance}: TableDescription, inputs: Readonly<Record<string, string>>): string {
  return createHash("sha256").update(JSON.stringify([sortKeys(provenance), sortKeys(inputs)])).digest("hex");
}
