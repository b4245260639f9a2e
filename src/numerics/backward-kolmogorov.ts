import { requireFinite, requireIntegerAtLeast, requirePositive, unexpected } from "./argument-checks.ts";

/** `∂ₜg = b g′ + ½ s g″`, `g(·, 0) = terminal`, on an interval around a point. */
export interface BackwardKolmogorov {
  /** `b(u)`. */
  readonly drift: (u: number) => number;
  /** `s(u) ≥ 0`, the square of the noise. */
  readonly variance: (u: number) => number;
  readonly terminal: (u: number) => number;
  readonly horizon: number;
  /** The point at which `g(·, horizon)` is wanted. */
  readonly at: number;
  /** The interval is `at ± halfWidth`. */
  readonly halfWidth: number;
  /** Even. */
  readonly cells: number;
  readonly timeSteps: number;
}

/**
 * `g(at, horizon) = E terminal(U_T)` for `dU = b dt + √s dW`, `U_0 = at`, by Crank and Nicolson's scheme with central
 * differences, of order 2 in both widths. At the ends `g″ = 0` with one-sided differences: the interval must be wide
 * enough that what happens there does not matter at the point, which is for the caller to check by widening.
 *
 * Source: J. Crank, P. Nicolson, Proc. Camb. Phil. Soc. 43 (1947).
 *
 * @throws RangeError for bad input, or a coefficient that is not finite or a variance below 0, with its place.
 */
export function backwardKolmogorov({ drift, variance, terminal, horizon, at, halfWidth, cells, timeSteps }: BackwardKolmogorov): number {
  requirePositive("horizon", horizon);
  requireFinite("at", at);
  requirePositive("halfWidth", halfWidth);
  requireIntegerAtLeast("timeSteps", timeSteps, 1);
  if (requireIntegerAtLeast("cells", cells, 4) % 2 !== 0) throw unexpected("cells", "an even integer", cells);
  const width = (2 * halfWidth) / cells;
  const half = horizon / timeSteps / 2;
  const point = (i: number) => at + (i - cells / 2) * width;
  const [below, above] = [new Float64Array(cells + 1), new Float64Array(cells + 1)];
  for (let i = 0; i <= cells; i += 1) {
    const b = requireFinite(() => `drift(${point(i)})`, drift(point(i))) / width;
    const s = requireFinite(() => `variance(${point(i)})`, variance(point(i))) / (width * width);
    if (s < 0) throw unexpected(`variance(${point(i)})`, "a number of at least 0", variance(point(i)));
    below[i] = i === 0 ? 0 : i === cells ? -b : (s - b) / 2;
    above[i] = i === cells ? 0 : i === 0 ? b : (s + b) / 2;
  }
  let values = Float64Array.from({ length: cells + 1 }, (_, i) => requireFinite(() => `terminal(${point(i)})`, terminal(point(i))));
  const [ratios, right] = [new Float64Array(cells + 1), new Float64Array(cells + 1)];
  for (let step = 0; step < timeSteps; step += 1) {
    for (let i = 0; i <= cells; i += 1) {
      const flow = (i > 0 ? below[i] * (values[i - 1] - values[i]) : 0) + (i < cells ? above[i] * (values[i + 1] - values[i]) : 0);
      const diagonal = 1 + half * (below[i] + above[i]);
      const pivot = diagonal + half * below[i] * (i > 0 ? ratios[i - 1] : 0);
      ratios[i] = (-half * above[i]) / pivot;
      right[i] = (values[i] + half * flow + (i > 0 ? half * below[i] * right[i - 1] : 0)) / pivot;
    }
    const next = new Float64Array(cells + 1);
    for (let i = cells; i >= 0; i -= 1) next[i] = right[i] - (i < cells ? ratios[i] * next[i + 1] : 0);
    values = next;
  }
  return values[cells / 2];
}
