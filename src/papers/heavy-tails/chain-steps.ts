import type {TailIndex} from "../../numerics/index.ts";

/** What decides how long a chain must be. */
export interface Equilibration {
  readonly index: TailIndex;
  /** Rate per step of the slowest mean motion. */
  readonly slowestRate: number;
  readonly relaxationTimes: number;
  /** Independent draws whose tail is to be at stationarity. */
  readonly draws: number;
}

/**
 * Steps after which the tail that `draws` independent draws can show is at stationarity: `relaxationTimes` of the slowest mean
 * motion, and far out, where log‖X‖ drifts by the Lyapunov exponent Λ < 0, (relaxationTimes + 2 ln(draws)/α)/|Λ|. The
 * tail of index α reaches ln(draws)/α in log‖X‖, which rare paths climb at about the speed |Λ| at which others fall;
 * twice that is allowed. Chains half as long are the check.
 * @throws RangeError where there is no tail index.
 */
export function chainSteps({index, slowestRate, relaxationTimes, draws}: Equilibration): number {
  if (index.kind !== "power law") throw new RangeError(`chain: expected a process with a tail index, but ${index.reason}`);
  return Math.ceil(Math.max(relaxationTimes / slowestRate, (relaxationTimes + (2 * Math.log(draws)) / index.index) / -index.lyapunovExponent));
}
