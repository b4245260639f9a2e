import type {Dynamics} from "../dynamics.ts";
import type {Lane, LaneBuilder, LaneVariable} from "../lane-builder.ts";
import type {Scalar} from "../lane-program.ts";
import {longestUnrolled} from "../region.ts";
import {product, sum} from "../scalar.ts";
import type {ScalarLike} from "../scalar.ts";
import {sizeOf} from "../value.ts";
import {coordinate, forCoordinates, laneAddress, registers} from "./stored.ts";
import type {Stored} from "./stored.ts";

/** The state of the lanes between steps: short vectors in variables, long ones in memory. */
export interface StateMemory {
  /** The state as it is here. */
  now(): ReadonlyMap<string, Stored>;
  /** Sets the state, in the lanes for which `mask` holds or in all. */
  set(values: ReadonlyMap<string, Stored>, mask?: Lane): void;
  /** Where a long vector lies. */
  addressOf(name: string): Scalar | undefined;
}

/** Memory for the state of `dynamics`. */
export function stateMemory(builder: LaneBuilder, dynamics: Dynamics, scratch: (count: number) => Scalar): StateMemory {
  const shapes = Object.entries(dynamics.state).map(([name, shape]) => ({name, length: sizeOf(shape)}));
  const variables = new Map<string, readonly LaneVariable[]>();
  const addresses = new Map<string, Scalar>();
  for (const {name, length} of shapes) {
    if (length > longestUnrolled) addresses.set(name, scratch(length));
    else variables.set(name, Array.from({length}, () => builder.variable("real")));
  }
  const now = () =>
    new Map<string, Stored>(
      shapes.map(({name}) => {
        const address = addresses.get(name);
        return [name, address === undefined ? registers(...variables.get(name)!.map((variable) => builder.read(variable))) : {kind: "memory", address, type: "real"}];
      })
    );
  return {
    now,
    addressOf: (name) => addresses.get(name),
    set(values, mask) {
      const chosen = (value: Lane, before: () => Lane) => (mask === undefined ? value : builder.select(mask, value, before()));
      for (const {name, length} of shapes) {
        const address = addresses.get(name);
        const value = values.get(name)!;
        if (address === undefined || (value.kind === "memory" && value.address === address)) continue;
        forCoordinates(builder, length, 4, (index, count) => {
          for (let i = 0; i < count; i++) {
            const to = laneAddress(builder, address, sum(index, i));
            builder.store(to, chosen(coordinate(builder, value, index, i), () => builder.load("real", to)));
          }
        });
      }
      const assignments = [...variables].flatMap(([name, targets]) => targets.map((variable, i) => [variable, chosen(coordinate(builder, values.get(name)!, i), () => builder.read(variable))] as const));
      if (assignments.length > 0) builder.set(...assignments);
    }
  };
}

/** Runs `write(node, component)` for every coordinate of the named values, one after the other; `component` counts all of them. */
export function forComponents(builder: LaneBuilder, values: readonly {readonly stored: Stored; readonly length: number}[], write: (node: Lane, component: Scalar) => void): void {
  let first = 0;
  for (const {stored, length} of values) {
    const before = first;
    const each = (index: ScalarLike, count: number) => {
      for (let i = 0; i < count; i++) write(coordinate(builder, stored, index, i), sum(product(index, 1), before + i));
    };
    if (stored.kind === "memory") forCoordinates(builder, length, 4, each);
    else for (let index = 0; index < length; index++) each(index, 1);
    first += length;
  }
}
