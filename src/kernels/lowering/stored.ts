import type {Lane, LaneBuilder} from "../lane-builder.ts";
import type {Scalar} from "../lane-program.ts";
import {product, sum} from "../scalar.ts";
import type {ScalarLike} from "../scalar.ts";

/** Where a value's coordinates are: in registers, or one lane value after the other in memory. */
export type Stored =
  | {readonly kind: "registers"; readonly nodes: readonly Lane[]}
  | {readonly kind: "memory"; readonly address: Scalar; readonly type: "real" | "mask"};

export const registers = (...nodes: readonly Lane[]): Stored => ({kind: "registers", nodes});

/** Address of lane value number `index` from `address` on. */
export const laneAddress = (builder: LaneBuilder, address: ScalarLike, index: ScalarLike): Scalar => sum(address, product(index, builder.laneBytes));

function loadLane(builder: LaneBuilder, address: Scalar, type: "real" | "mask"): Lane {
  return type === "real" ? builder.load("real", address) : builder.not(builder.equalWords(builder.load("word", address), builder.word(0n)));
}

/** Coordinate number `index` plus `offset` of a stored value; a value in registers has constant coordinates only. */
export function coordinate(builder: LaneBuilder, stored: Stored, index: ScalarLike, offset = 0): Lane {
  if (stored.kind === "memory") return loadLane(builder, laneAddress(builder, stored.address, sum(index, offset)), stored.type);
  if (stored.nodes.length === 1) return stored.nodes[0]!;
  if (typeof index !== "number") throw new Error("coordinate: expected a constant index of a value in registers");
  return stored.nodes[index + offset]!;
}

/** Runs `body(index, count)` so that all of 0 … length − 1 are covered by `count` coordinates from `index` on, `step` at a time in a loop. */
export function forCoordinates(builder: LaneBuilder, length: number, step: number, body: (index: ScalarLike, count: number) => void): void {
  const whole = length - (length % step);
  if (whole > step) {
    const index = builder.counter();
    builder.for(index, {op: "constant", value: 0}, {op: "constant", value: whole}, step, () => body(index, step));
  } else if (whole === step) body(0, step);
  if (whole < length) body(whole, length - whole);
}
