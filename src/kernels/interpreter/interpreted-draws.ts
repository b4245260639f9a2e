import type {Binding, Block, Kernel, RealArray} from "../kernel.ts";
import {float32Lanes, float64Lanes} from "../number-lanes.ts";
import {sizeOf} from "../value.ts";
import type {Value} from "../value.ts";
import {zeros} from "./interpret-simulation.ts";
import {trajectories} from "./trajectory.ts";

/** What each draw of a start or a step gave, for each of its evaluations in order: (count, coordinates), replica after replica; rows as int32. */
export type DrawnNumbers = ReadonlyMap<Value, readonly (RealArray | Int32Array)[]>;

/** The numbers that the replicas of a block draw. */
export interface InterpretedDraws {
  readonly start: DrawnNumbers;
  readonly steps: readonly DrawnNumbers[];
}

/** The numbers that the replicas of a block draw in their start and their first `steps` steps. */
export function interpretedDraws({dynamics, bits}: Kernel, binding: Binding, {first, count}: Block, steps: number): InterpretedDraws {
  const startReplica = bits === 32 ? trajectories(float32Lanes, dynamics, binding) : trajectories(float64Lanes, dynamics, binding);
  const places = Array.from({length: steps + 1}, () => new Map<Value, (RealArray | Int32Array)[]>());
  for (let r = 0; r < count; r++) {
    let place = places[0]!;
    let evaluations = new Map<Value, number>();
    const trajectory = startReplica(first + r, (value, drawn) => {
      const evaluation = evaluations.get(value) ?? 0;
      evaluations.set(value, evaluation + 1);
      const arrays = place.get(value) ?? [];
      place.set(value, arrays);
      const length = sizeOf(value.shape);
      const array = (arrays[evaluation] ??= value.kind === "index" ? new Int32Array(count) : zeros(bits, count * length));
      array.set(drawn, r * length);
    });
    for (place of places.slice(1)) {
      evaluations = new Map();
      trajectory.advance();
    }
  }
  const [start, ...rest] = places;
  return {start: start!, steps: rest};
}
