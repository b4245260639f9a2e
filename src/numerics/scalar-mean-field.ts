import { requireFinite, requirePositive, unexpected } from "./argument-checks.ts";

/** One data point of a network with one input and one output. */
export interface DataPoint {
  readonly input: number;
  readonly label: number;
}

/** What the equations of `m = ∫θ²dΓ` are made of, for data points that are equally likely. */
export interface ScalarMeanField {
  readonly data: readonly DataPoint[];
  /** `a`, the mean of `x²`. */
  readonly meanSquare: number;
  /** `q(m) = a m - b`, `b` the mean of `xy`. */
  readonly meanResidual: (m: number) => number;
  /** `v(m) = Var(x²m - xy)`. */
  readonly residualVariance: (m: number) => number;
}

/** Returns data points unchanged. @throws RangeError unless there is at least one and all are finite. */
export function requireDataPoints(data: readonly DataPoint[]): readonly DataPoint[] {
  if (!(data.length >= 1)) throw unexpected("data.length", "at least 1 data point", data.length);
  data.forEach(({ input, label }, i) => {
    requireFinite(() => `data[${i}].input`, input);
    requireFinite(() => `data[${i}].label`, label);
  });
  return data;
}

/**
 * The network `f(x; Γ) = ∫θ²x Γ(dθ)` with square loss: all neurons are scaled by one factor, so that
 * `m = ∫θ²dΓ` is a chain of its own, `m' = m (1 - 2ηx(xm - y))²` for the sample `(x, y)`. Shapes: scalars.
 *
 * @throws RangeError for no data, entries that are not finite, or inputs that are all 0.
 */
export function scalarMeanField(data: readonly DataPoint[]): ScalarMeanField {
  requireDataPoints(data);
  const mean = (f: (point: DataPoint) => number) => data.reduce((sum, point) => sum + f(point), 0) / data.length;
  const meanSquare = requirePositive("the mean of input²", mean(({ input }) => input * input));
  const meanProduct = mean(({ input, label }) => input * label);
  const meanResidual = (m: number) => meanSquare * m - meanProduct;
  return {
    data,
    meanSquare,
    meanResidual,
    residualVariance: (m) => mean(({ input, label }) => (input * input * m - input * label - meanResidual(m)) ** 2),
  };
}
