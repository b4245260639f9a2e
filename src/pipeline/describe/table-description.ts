import {createHash} from "node:crypto";
import type {ImageSetName, ReplicaRange, RowConditions} from "../../papers/experiment.ts";
import {encodingVersion} from "../arrow-table.ts";
import type {Columns} from "../columns.ts";
import type {ResolvedParameters} from "../parameters.ts";
import {sortKeys} from "../sort-keys.ts";
import type {SourceRecord} from "./source-records.ts";

/** A cell of a table, before it is known what its input tables hold. */
export interface CellDescription {
  readonly name: string;
  /** The parameters that it reads. */
  readonly reads: unknown;
  /** Number of replicas, null where its rows do not come replica after replica. */
  readonly replicas: number | null;
  readonly imageSets: readonly ImageSetName[];
  /** SHA-256 of each data file that it reads. */
  readonly data: Readonly<Record<string, string>>;
  /** Which rows of each input of its table it reads, null for none of them; null for all rows of all inputs. */
  readonly rows: readonly (RowConditions | null)[] | null;
}

/**
 * What all cells of a table share that decides their rows: experiment and
 * seed, the digest of their source, packages, JavaScript engine, tensor
 * library, the source of what runs ensembles, and the columns' types.
 */
export type CellBasis = Readonly<Record<string, string>>;

/** All that a run needs to know of a table. */
export interface TableDescription {
  readonly name: string;
  readonly title: string;
  /** Whether cells simulate, or rows are derived from other tables. */
  readonly kind: "experiment" | "derived";
  readonly inputs: readonly string[];
  readonly columns: Columns;
  readonly basis: CellBasis;
  readonly cells: readonly CellDescription[];
  /** Paper and section of its parameters, null for none. */
  readonly paper: string | null;
  readonly section: string | null;
  readonly seed: number;
  /** Metadata of the published table. */
  readonly provenance: Readonly<Record<string, string>>;
}

/** A table that cannot be described, and so not computed. */
export interface FailedDescription {
  readonly error: string;
  /** Whether the fault is in what a person sets: a parameter file or a setting. */
  readonly isInput: boolean;
  /** Paper and section of its parameters, null for none or where its loader does not say. */
  readonly paper: string | null;
  readonly section: string | null;
}

/** Every table of a project, the parameters they follow from, and the code. */
export interface ProjectDescription {
  /** Fingerprint of the code that was described. */
  readonly code: string;
  readonly tables: Readonly<Record<string, TableDescription | FailedDescription>>;
  readonly parameters: Readonly<Record<string, ResolvedParameters>>;
  /** Source records by their digest. */
  readonly sources: Readonly<Record<string, SourceRecord>>;
}

/** The digests of rows of input tables by their names. */
export type InputContents = Readonly<Record<string, string>>;

/** What a cell's key is the digest of. */
export interface CellIngredients {
  readonly basis: CellBasis;
  readonly reads: unknown;
  readonly data: Readonly<Record<string, string>>;
  /** The digests of the rows that it reads. */
  readonly inputs: InputContents;
}

const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(sortKeys(value))).digest("hex");

/** The key of a cell: SHA-256 of its ingredients. Neither its name nor its number of replicas counts. */
export function cellKey(ingredients: CellIngredients): string {
  return digest(["cell", ingredients.basis, ingredients.reads, ingredients.data, ingredients.inputs]);
}

/** The key of an assembled table: SHA-256 of its columns, its metadata and the objects of its cells, in order. */
export function tableKey({columns, provenance}: Pick<TableDescription, "columns" | "provenance">, inputs: InputContents, objects: readonly string[]): string {
  return digest(["table", columns, provenance, inputs, objects]);
}

/** The key of rows chosen from a table: SHA-256 of the content that they are chosen from and the conditions. */
export function rowsKey(content: string, conditions: RowConditions): string {
  return digest(["rows", encodingVersion, content, conditions]);
}

/** A range of replicas in words, `0–199`. */
export const rangeText = ({first, count}: ReplicaRange): string => `${first}–${first + count - 1}`;
