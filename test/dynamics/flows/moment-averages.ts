import {ensemblesHere} from "../../../src/kernels/index.ts";
import type {TwoPointMoments} from "../../../src/numerics/index.ts";

/** What the flows of a test are followed with. */
export const key = [5, 8] as const;

type State = Readonly<Record<string, ArrayLike<number>>>;

/** By how many standard errors the means of the entries of x yᵀ, x and y over replicas lie from exact ones. */
export function deviationsFrom(state: State, {first, second, product}: TwoPointMoments): readonly number[] {
  const [d, replicas] = [first.length, state.x!.length / first.length];
  const deviation = (value: (replica: number) => number, expected: number) => {
    let [sum, squares] = [0, 0];
    for (let replica = 0; replica < replicas; replica++) {
      sum += value(replica);
      squares += value(replica) ** 2;
    }
    const mean = sum / replicas;
    return (mean - expected) / Math.sqrt((squares / replicas - mean ** 2) / replicas);
  };
  const at = (name: "x" | "y", i: number) => (replica: number) => state[name]![replica * d + i]!;
  return first.flatMap((mean, i) => [deviation(at("x", i), mean), deviation(at("y", i), second[i]!), ...second.map((_, j) => deviation((replica) => at("x", i)(replica) * at("y", j)(replica), product[i]![j]!))]);
}

/** Runs dynamics whose types are of no interest. */
export const simulate = (dynamics: unknown, request: object) => ensemblesHere.simulate(dynamics as Parameters<typeof ensemblesHere.simulate>[0], {key, precision: "float64", ...request} as unknown as Parameters<typeof ensemblesHere.simulate>[1]);
