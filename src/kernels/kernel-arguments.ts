import type {Scalar} from "./lane-program.ts";
import {argument} from "./scalar.ts";

const common = ["first", "count", "stride", "steps", "parameters", "key", "scratch"] as const;

/** The int32 arguments of a call, in order; addresses are byte offsets. Tables follow, four arguments each. */
export const argumentNames = {
  /** Final states, steps of divergence, and samples every `every` steps or their sums. */
  simulation: [...common, "every", "states", "divergences", "samples"],
  /** Steps of passage over each level, the end of each replica, and records at both. */
  passages: [...common, "levels", "levelCount", "passages", "ends", "reasons", "records"]
} as const;

export type KernelKind = keyof typeof argumentNames;

export type ArgumentName<Kind extends KernelKind> = (typeof argumentNames)[Kind][number];

/** Argument `name` of a call. */
export function namedArgument<Kind extends KernelKind>(kind: Kind, name: ArgumentName<Kind>): Scalar {
  return argument((argumentNames[kind] as readonly string[]).indexOf(name));
}

/** Arguments for each table: address, number of rows, bytes of a row, and address of the shuffled rows of the lanes. */
export const argumentsOfTable = 4;

/** The arguments of table number `table`. */
export function tableArguments(kind: KernelKind, table: number): {readonly address: Scalar; readonly rows: Scalar; readonly rowBytes: Scalar; readonly passes: Scalar} {
  const first = argumentNames[kind].length + argumentsOfTable * table;
  return {address: argument(first), rows: argument(first + 1), rowBytes: argument(first + 2), passes: argument(first + 3)};
}

/** Replicas whose sums are kept apart: replica r adds to sum r mod 16, whatever the width of vectors. */
export const sumLanes = 16;

/** How a replica's passage run ended. */
export const endReasons = ["passed", "censored", "diverged"] as const;
export type EndReason = (typeof endReasons)[number];
