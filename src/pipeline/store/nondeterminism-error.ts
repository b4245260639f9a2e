import type {Entry} from "./entry.ts";
import type {Difference} from "./first-difference.ts";

/** The same key gave other rows: something that the key does not hold decides the result. */
export class NondeterminismError extends Error {
  override readonly name = "NondeterminismError";
  readonly table: string;
  /** The cell, where the note of its entry names it. */
  readonly cell: string | null;
  readonly key: string;
  /** The first difference, or null if what was kept is lost and cannot be compared. */
  readonly difference: Difference | null;

  constructor({table, key, range, note}: Pick<Entry, "table" | "key" | "range" | "note">, difference: Difference | null) {
    const cell = typeof note["cell"] === "string" ? note["cell"] : null;
    const place = `table ${table}${cell === null ? "" : `, cell ${cell}`}${range === null ? "" : `, replicas ${range.first} to ${range.first + range.count - 1}`}`;
    const what = difference === null ? "the rows that were kept are lost, and the ones computed again are others; run again to keep the new ones" : `${difference.text}; the kept rows stay`;
    super(`${place}: the same parameters, seed and code gave other rows. ${what[0]!.toUpperCase()}${what.slice(1)}`);
    this.table = table;
    this.cell = cell;
    this.key = key;
    this.difference = difference;
  }
}
