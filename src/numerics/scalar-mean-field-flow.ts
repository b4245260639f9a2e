import { requireNonNegative, requirePositive } from "./argument-checks.ts";
import { backwardKolmogorov } from "./backward-kolmogorov.ts";
import { scalarMeanField } from "./scalar-mean-field.ts";
import type { DataPoint } from "./scalar-mean-field.ts";
import type { CheckedValue } from "./scalar-mean-field-sgd.ts";

/** Which parts of the drift's correction of order `η` an equation has. */
export type FlowCorrection = "full" | "without Lions term" | "none";

/** The distribution-dependent flow of `f(x; Γ) = ∫θ²x Γ(dθ)`. */
export interface ScalarMeanFieldFlow {
  readonly data: readonly DataPoint[];
  /** `η`; 0 gives the mean-field limit. */
  readonly stepSize: number;
  readonly horizon: number;
  /** `m₀`, above 0. */
  readonly start: number;
  /** A smooth function of `m`. */
  readonly statistic: (m: number) => number;
  readonly correction: FlowCorrection;
  /** Half the width of the grid in `log m`. Default 4. */
  readonly halfWidth?: number;
  /** Error beyond which the result is refused. Default 1e-6. */
  readonly tolerance?: number;
}

/**
 * Drift of `m` by the flow's correction,
 *
 *     -4mq - η(4mq² + 8am²q) + 4ηm v,   noise 4m√(ηv) dW,
 *
 * of which `4mq²` comes from the neuron's own derivative, `8am²q` from the Lions derivative, and `4ηmv` is Itô's term of
 * `m = ∫θ²dΛ`, which every equation with this noise has.
 *
 * Derived here.
 */
export function scalarMeanFieldDrift(data: readonly DataPoint[], stepSize: number, correction: FlowCorrection): (m: number) => number {
  const { meanSquare, meanResidual, residualVariance } = scalarMeanField(data);
  return (m) => {
    const q = meanResidual(m);
    const own = correction === "none" ? 0 : 4 * m * q * q;
    const lions = correction === "full" ? 8 * meanSquare * m * m * q : 0;
    return -4 * m * q - stepSize * (own + lions - 4 * m * residualVariance(m));
  };
}

const cells = 400;

/**
 * `E statistic(m_T)` for the flow of `m`, by its backward Kolmogorov equation in `u = log m` on grids of 400, 800 and
 * 1600 cells with as many time steps, extrapolated. The error is the difference of the last two extrapolations, and
 * what a grid one quarter wider changes.
 *
 * @throws RangeError for bad input.
 * @throws Error when the error exceeds the tolerance, with both numbers.
 */
export function scalarMeanFieldFlow({ data, stepSize, horizon, start, statistic, correction, halfWidth = 4, tolerance = 1e-6 }: ScalarMeanFieldFlow): CheckedValue {
  requireNonNegative("stepSize", stepSize);
  requirePositive("start", start);
  const { residualVariance } = scalarMeanField(data);
  const drift = scalarMeanFieldDrift(data, stepSize, correction);
  const variance = (u: number) => 16 * stepSize * residualVariance(Math.exp(u));
  const onGrid = (scale: number, width: number) =>
    backwardKolmogorov({
      drift: (u) => drift(Math.exp(u)) / Math.exp(u) - variance(u) / 2,
      variance,
      terminal: (u) => statistic(Math.exp(u)),
      horizon,
      at: Math.log(start),
      halfWidth: halfWidth * width,
      cells: cells * scale * width,
      timeSteps: cells * scale,
    });
  const [coarse, middle, fine, wide] = [onGrid(1, 1), onGrid(2, 1), onGrid(4, 1), onGrid(1, 1.25)];
  const [before, value] = [(4 * middle - coarse) / 3, (4 * fine - middle) / 3];
  const error = Math.abs(value - before) + Math.abs(wide - coarse);
  if (!(error <= tolerance)) throw new Error(`scalarMeanFieldFlow: expected an error of at most ${tolerance}, found ${error}: on a grid of ±${halfWidth} in log m, halved twice and widened`);
  return { value, error };
}
