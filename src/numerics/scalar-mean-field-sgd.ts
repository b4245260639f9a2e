import { requireFinite, requireIntegerAtLeast, requirePositive, unexpected } from "./argument-checks.ts";
import { chebyshevTable } from "./chebyshev-table.ts";
import { scalarMeanField } from "./scalar-mean-field.ts";
import type { DataPoint } from "./scalar-mean-field.ts";

/** SGD on `f(x; Γ) = ∫θ²x Γ(dθ)`, one sample a step. */
export interface ScalarMeanFieldSgd {
  readonly data: readonly DataPoint[];
  /** `η`. */
  readonly stepSize: number;
  readonly steps: number;
  /** `m₀ = ∫θ²dΓ₀`, above 0. */
  readonly start: number;
  /** A smooth function of `m`. */
  readonly statistic: (m: number) => number;
  /** Error beyond which the result is refused. Default 1e-8. */
  readonly tolerance?: number;
}

/** A number with what halving the grid moved it by. */
export interface CheckedValue {
  readonly value: number;
  readonly error: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

type StepMap = (m: number) => number;

/** The values of `m (1 + c - dm)²`, `c = 2ηxy`, `d = 2ηx²`, on a range; its only inner maximum is at `(1 + c)/(3d)`. */
function image({ low, high }: Range, { input, label }: DataPoint, stepSize: number, step: StepMap): Range {
  const [one, d] = [1 + 2 * stepSize * input * label, 2 * stepSize * input * input];
  const zero = d === 0 ? Infinity : one / d;
  if (zero >= low && zero <= high) throw unexpected("stepSize", `a step after which no m reachable from the start is 0 (m = ${zero} is reached and goes to 0 on the point ${input}, ${label})`, stepSize);
  const peak = zero / 3;
  const values = [step(low), step(high), ...(peak > low && peak < high ? [step(peak)] : [])];
  return { low: Math.min(...values), high: Math.max(...values) };
}

/**
 * `E statistic(m_n)` for the chain `m' = m (1 - 2ηx(xm - y))²`, the sample drawn anew each step: the transfer operator
 * `P g(m) = mean over data of g(m')` is applied backwards from the statistic, each time on the range of `log m` that
 * can be reached from the start by then, with piecewise Chebyshev interpolation; the error is what panels of half the
 * width change.
 *
 * Derived here: the chain is exact, `Φ = θ²x` scales all neurons by one factor.
 *
 * @throws RangeError for bad input, or a step size with which `m = 0` can be reached, where `log m` ends.
 * @throws Error when the error exceeds the tolerance, with both numbers.
 */
export function scalarMeanFieldSgd({ data, stepSize, steps, start, statistic, tolerance = 1e-8 }: ScalarMeanFieldSgd): CheckedValue {
  scalarMeanField(data);
  requirePositive("stepSize", stepSize);
  requireIntegerAtLeast("steps", steps, 1);
  requirePositive("start", start);
  const maps = data.map(({ input, label }): StepMap => (m) => m * (1 - 2 * stepSize * input * (input * m - label)) ** 2);
  const ranges: Range[] = [{ low: start, high: start }];
  for (let step = 0; step < steps - 1; step += 1) {
    const images = data.map((point, i) => image(ranges[step], point, stepSize, maps[i]));
    ranges.push({ low: Math.min(...images.map(({ low }) => low)), high: Math.max(...images.map(({ high }) => high)) });
  }
  const valueWith = (widest: number): number => {
    let next = statistic;
    const average = (m: number) => maps.reduce((sum, map) => sum + next(map(m)), 0) / maps.length;
    for (let step = steps - 1; step > 0; step -= 1) {
      const [low, high] = [Math.log(ranges[step].low), Math.log(ranges[step].high)];
      const margin = 1e-12 * (1 + Math.abs(low) + Math.abs(high));
      const table = chebyshevTable((u) => [average(Math.exp(u))], low - margin, high + margin, { tolerance: tolerance / 100, widest });
      next = (m) => table.at(0, Math.log(m));
    }
    return requireFinite("E statistic", average(start));
  };
  const [value, coarse] = [valueWith(0.5), valueWith(1)];
  const error = Math.abs(value - coarse);
  if (!(error <= tolerance)) throw new Error(`scalarMeanFieldSgd: expected an error of at most ${tolerance}, found ${error} on panels of 0.5`);
  return { value, error };
}
