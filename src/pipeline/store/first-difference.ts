import {tableFromIPC} from "apache-arrow";
import {checkArrowStream, decodeTable} from "../arrow-table.ts";
import type {Row} from "../columns.ts";

/** Where two encodings of what should be the same rows part. */
export interface Difference {
  /** In words, for a message. */
  readonly text: string;
  /** Number of the first row that differs, from 0; null where the schema or the encoding differs. */
  readonly row: number | null;
  readonly column: string | null;
  /** The values there, or the numbers of rows. */
  readonly kept: unknown;
  readonly computed: unknown;
}

const shown = (value: unknown): string => (value === undefined ? "nothing" : Object.is(value, -0) ? "-0" : typeof value === "string" ? JSON.stringify(value) : String(value));

const difference = (where: string, row: number | null, column: string | null, kept: unknown, computed: unknown): Difference => ({
  text: `${where}: ${shown(kept)} is kept, ${shown(computed)} was computed`,
  row,
  column,
  kept,
  computed
});

const schemaOf = (bytes: Uint8Array): ReadonlyMap<string, string> => {
  checkArrowStream(bytes, "schema");
  const {schema} = tableFromIPC(bytes);
  const described = (type: unknown, metadata: ReadonlyMap<string, string>) => `${String(type)} ${JSON.stringify([...metadata])}`;
  return new Map([...schema.fields.map((field) => [`column ${field.name}`, `${described(field.type, field.metadata)}${field.nullable ? " nullable" : ""}`] as const), ["metadata", JSON.stringify([...schema.metadata])] as const]);
};

function ofSchemas(kept: Uint8Array, computed: Uint8Array): Difference | undefined {
  const [before, after] = [schemaOf(kept), schemaOf(computed)];
  const name = [...before.keys(), ...after.keys()].find((key) => before.get(key) !== after.get(key));
  if (name !== undefined) return difference(`schema, ${name}`, null, name === "metadata" ? null : name.slice("column ".length), before.get(name), after.get(name));
  const [one, other] = [[...before.keys()].join(", "), [...after.keys()].join(", ")];
  return one === other ? undefined : difference("order of columns", null, null, one, other);
}

function ofRows(kept: readonly Row[], computed: readonly Row[]): Difference | undefined {
  for (const [i, row] of kept.entries()) {
    const other = computed[i];
    if (other === undefined) break;
    const column = Object.keys(row).find((name) => !Object.is(row[name], other[name]));
    if (column !== undefined) return difference(`row ${i}, column ${column}`, i, column, row[column], other[column]);
  }
  return kept.length === computed.length ? undefined : difference("number of rows", Math.min(kept.length, computed.length), null, kept.length, computed.length);
}

/** The first difference of two Arrow streams: of their schemas, else of their rows, else of their bytes. */
export function firstDifference(kept: Uint8Array, computed: Uint8Array): Difference {
  try {
    const found = ofSchemas(kept, computed) ?? ofRows(decodeTable(kept, "kept").rows, decodeTable(computed, "computed").rows);
    if (found !== undefined) return found;
  } catch {}
  const shorter = Math.min(kept.length, computed.length);
  let byte = 0;
  while (byte < shorter && kept[byte] === computed[byte]) byte++;
  return difference(`byte ${byte}`, null, null, kept[byte], computed[byte]);
}
