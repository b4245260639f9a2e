/** A row that Vega can read: plain values, no Arrow proxies and no big integers. */
export type PlainRow = Readonly<Record<string, unknown>>;

/** What a figure takes: rows, or an Arrow table as `sql` and `FileAttachment(…).arrow()` give it. */
export type Rows = Iterable<unknown> | {toArray(): Iterable<unknown>};

/**
 * Copies rows or an Arrow table into plain objects: big integers become numbers (beyond 2^53 the nearest), typed lists
 * become arrays, dates and text stay.
 *
 * @throws when a value is not rows, naming what was found, and when there are none, unless there may be none.
 */
export function plainRows(rows: Rows, name = "the data", {mayBeEmpty = false} = {}): readonly PlainRow[] {
  if (rows === null || typeof rows !== "object") throw new Error(`${name}: expected rows or an Arrow table, found ${String(rows)}`);
  const items = "toArray" in rows ? rows.toArray() : rows;
  if (typeof items[Symbol.iterator] !== "function") throw new Error(`${name}: expected rows or an Arrow table, found an object`);
  const plain = Array.from(items, (row, index) => plainRow(row, `${name}, row ${index}`));
  if (plain.length === 0 && !mayBeEmpty) throw new Error(`${name}: there are no rows`);
  return plain;
}

function plainRow(row: unknown, place: string): PlainRow {
  if (row === null || typeof row !== "object") throw new Error(`${place}: expected an object, found ${String(row)}`);
  return Object.fromEntries(Object.entries({...row}).map(([column, value]) => [column, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  const iterable = value as Iterable<unknown>;
  return typeof iterable[Symbol.iterator] === "function" ? Array.from(iterable, plainValue) : value;
}
