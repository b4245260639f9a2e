/** How a column's values are stored: float64, int32, dictionary-encoded text, boolean. */
export type ColumnType = "real" | "integer" | "text" | "flag";

/** A column as its loader declares it: the contract between table, SQL and page. */
export interface Column<T = unknown> {
  readonly type: ColumnType;
  /** What the column holds, with its symbol where the papers have one. */
  readonly description: string;
  readonly unit?: string;
  readonly nullable: boolean;
  /** Carries the value's type; never set. */
  readonly value?: T;
}

export type Columns = Readonly<Record<string, Column>>;

/** The row type that a set of columns declares. */
export type RowOf<C extends Columns> = {readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never};

/** Any row of any table. */
export type Row = Readonly<Record<string, number | string | boolean | null>>;

const column =
  <T>(type: ColumnType, nullable: boolean) =>
  (description: string, unit?: string): Column<T> =>
    unit === undefined ? {type, description, nullable} : {type, description, unit, nullable};

/** A finite number in float64. */
export const real = column<number>("real", false);
/** A finite number in float64, or null where the quantity has no value. */
export const realOrNull = column<number | null>("real", true);
/** An integer of 32 bits. */
export const integer = column<number>("integer", false);
/** An integer of 32 bits, or null where the quantity has no value. */
export const integerOrNull = column<number | null>("integer", true);
/** Text, dictionary-encoded. */
export const text = column<string>("text", false);
/** True or false. */
export const flag = column<boolean>("flag", false);
