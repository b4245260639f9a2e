import { requireFinite, requireIntegerAtLeast, requirePositive } from "./argument-checks.ts";
import { meanFieldDrift, requireNetwork, requireParticles } from "./mean-field-network.ts";
import type { DriftCorrection, MeanFieldNetwork } from "./mean-field-network.ts";
import type { CheckedValue } from "./scalar-mean-field-sgd.ts";

/** The flow of the particles without noise. */
export interface MeanFieldFlow {
  readonly network: MeanFieldNetwork;
  /** (M) */
  readonly particles: ArrayLike<number>;
  readonly horizon: number;
  readonly correction: DriftCorrection;
  /** A function of one neuron, whose mean over neurons is the statistic. */
  readonly statistic: (parameter: number) => number;
  /** Steps of the finer of two runs, even. Default 128. */
  readonly steps?: number;
}

/**
 * `∫s dΛ_T` of `dθ = drift dt` from the particles, by the classical Runge-Kutta scheme, extrapolated from two step
 * widths; the error is what the extrapolation changes. With no correction it is the mean-field limit of SGD.
 *
 * @throws RangeError for bad input, or a flow that does not stay finite.
 */
export function meanFieldFlow({ network, particles, horizon, correction, statistic, steps = 128 }: MeanFieldFlow): CheckedValue {
  requireNetwork(network);
  requireParticles(particles);
  requirePositive("horizon", horizon);
  requireIntegerAtLeast("steps", steps, 2);
  const drift = (at: ArrayLike<number>) => meanFieldDrift(network, at, correction);
  const end = (count: number): number => {
    const width = horizon / count;
    let at = Float64Array.from(particles);
    const moved = (by: number, along: Float64Array) => at.map((value, k) => value + by * along[k]);
    for (let step = 0; step < count; step += 1) {
      const first = drift(at);
      const second = drift(moved(width / 2, first));
      const third = drift(moved(width / 2, second));
      const fourth = drift(moved(width, third));
      at = at.map((value, k) => value + (width / 6) * (first[k] + 2 * second[k] + 2 * third[k] + fourth[k]));
    }
    return requireFinite("the statistic at the horizon", at.reduce((sum, value) => sum + statistic(value), 0) / at.length);
  };
  const [coarse, fine] = [end(Math.ceil(steps / 2)), end(steps)];
  return { value: fine + (fine - coarse) / 15, error: Math.abs(fine - coarse) / 15 };
}

/**
 * First-order coefficient of the error that the flow makes without the Lions term: the derivative by `η` at 0 of the
 * statistic without the term less that with it. Noise does not enter at this order. By a central difference.
 *
 * Derived here.
 */
export function lionsTermEffect(flow: Omit<MeanFieldFlow, "correction">): number {
  const width = 1e-3;
  const at = (lions: number) => meanFieldFlow({ ...flow, correction: { own: 0, lions } }).value;
  return (at(-width) - at(width)) / (2 * width);
}
