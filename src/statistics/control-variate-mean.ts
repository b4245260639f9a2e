import { Matrix, solve } from "ml-matrix";
import { requireEqualLengths, requireFiniteEntries, unexpected } from "../numerics/index.ts";
import { mean } from "./moments.ts";

/** A mean by control variates. */
export interface ControlVariateMean {
  readonly estimate: number;
  readonly standardError: number;
  /** (replicas): the values less what the controls explain of them; their mean is the estimate. */
  readonly adjusted: Float64Array;
}

/**
 * Mean of independent values `y` with the help of `controls` of known mean 0: the intercept of the least-squares fit
 * `y = μ + Σ cⱼ controlⱼ`, whose bias is of order 1/replicas. Values adjusted by the same controls may be combined
 * linearly before they are averaged.
 *
 * @throws RangeError for fewer than 2 replicas a coefficient, unequal lengths, values that are not finite, or controls
 * that depend on each other linearly.
 */
export function controlVariateMean(values: ArrayLike<number>, controls: readonly ArrayLike<number>[]): ControlVariateMean {
  requireFiniteEntries("values", values, 2 * (controls.length + 1));
  controls.forEach((control, j) => {
    requireEqualLengths(`controls[${j}]`, control, "values", values);
    requireFiniteEntries(`controls[${j}]`, control);
  });
  const count = values.length;
  const centre = mean(values);
  const means = controls.map(mean);
  const product = (a: ArrayLike<number>, meanA: number, b: ArrayLike<number>, meanB: number) => {
    let sum = 0;
    for (let i = 0; i < count; i += 1) sum += (a[i] - meanA) * (b[i] - meanB);
    return sum;
  };
  const adjusted = Float64Array.from(values);
  if (controls.length > 0) {
    const squares = controls.map((a, j) => controls.map((b, k) => product(a, means[j], b, means[k])));
    const scales = squares.map((row, j) => Math.sqrt(row[j]));
    if (scales.some((scale) => !(scale > 0))) throw unexpected(`controls[${scales.findIndex((scale) => !(scale > 0))}]`, "a control that varies", 0);
    const correlations = new Matrix(squares.map((row, j) => row.map((value, k) => value / (scales[j] * scales[k]))));
    const moments = Matrix.columnVector(controls.map((control, j) => product(control, means[j], values, centre) / scales[j]));
    const coefficients = solve(correlations, moments).to1DArray().map((value, j) => value / scales[j]);
    if (!coefficients.every(Number.isFinite)) throw unexpected("controls", "controls that do not depend on each other", coefficients.join());
    controls.forEach((control, j) => {
      for (let i = 0; i < count; i += 1) adjusted[i] -= coefficients[j] * control[i];
    });
  }
  const estimate = mean(adjusted);
  const rest = product(adjusted, estimate, adjusted, estimate);
  return { estimate, standardError: Math.sqrt(rest / (count - controls.length - 1) / count), adjusted };
}
