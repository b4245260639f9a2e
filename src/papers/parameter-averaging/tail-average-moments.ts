/** One direction of a quadratic minimum. */
export interface RegressionMoments {
  /** Variances h_i of independent Gaussian input coordinates. */
  readonly curvatures: readonly number[];
  /** η */
  readonly stepSize: number;
  /** Variance σ² of the label noise. */
  readonly noiseVariance: number;
  /** Distances of the start from the minimum along each coordinate. */
  readonly start: readonly number[];
}

/** Mean excess risks E ½ Σ h_i w_i², of the last of T iterates and of the mean of those after `burnIn` steps. */
export interface AverageRisk {
  readonly last: number;
  readonly average: number;
}

/**
 * The sum Σ ηh_i / (2 − 2ηh_i), below 1 exactly where single-sample SGD with Gaussian inputs is stable in mean square;
 * infinite from ηh_i = 1 on.
 */
export function meanSquareLoad({curvatures, stepSize}: Pick<RegressionMoments, "curvatures" | "stepSize">): number {
  return curvatures.reduce((sum, h) => sum + (stepSize * h < 1 ? (stepSize * h) / (2 - 2 * stepSize * h) : Infinity), 0);
}

/**
 * Exact excess risk of SGD w_{t+1} = w_t − η x_t (x_t · w_t − ξ_t) with x ~ N(0, diag h), ξ ~ N(0, σ²), and of the mean of
 * w_t over burnIn ≤ t < T, by three recursions of second moments in float64. With m_i = E w_i² (Isserlis)
 *
 *     m_i ← m_i (1 − 2ηh_i + 2η²h_i²) + η²h_i (Σ_j h_j m_j + σ²),
 *
 * and with the sum S of the iterates so far, E S w ← (1 − ηh)(E S w + m) and E S² ← E S² + 2 E S w + m.
 *
 * @throws {RangeError} if SGD is unstable in mean square, or 0 ≤ burnIn < steps does not hold
 */
export function averageRisk(problem: RegressionMoments, steps: number, burnIn: number): AverageRisk {
  const load = meanSquareLoad(problem);
  if (!(load < 1)) throw new RangeError(`stepSize: expected Σ ηh/(2 − 2ηh) < 1, where SGD is stable in mean square, found ${load} at ${problem.stepSize}`);
  if (!(Number.isInteger(burnIn) && burnIn >= 0 && burnIn < steps)) throw new RangeError(`burnIn: expected an integer from 0 to ${steps - 1}, found ${burnIn}`);
  const {curvatures, stepSize, noiseVariance, start} = problem;
  let moments = start.map((w) => w * w);
  let crossed = curvatures.map(() => 0);
  let squares = curvatures.map(() => 0);
  let last = moments;
  for (let t = 0; t < steps; t++) {
    const before = moments;
    const power = before.reduce((sum, m, i) => sum + curvatures[i]! * m, noiseVariance);
    if (t >= burnIn) {
      squares = squares.map((square, i) => square + 2 * crossed[i]! + before[i]!);
      crossed = crossed.map((cross, i) => (1 - stepSize * curvatures[i]!) * (cross + before[i]!));
    }
    last = before;
    moments = before.map((m, i) => m * (1 - 2 * stepSize * curvatures[i]! + 2 * (stepSize * curvatures[i]!) ** 2) + stepSize ** 2 * curvatures[i]! * power);
  }
  const risk = (values: readonly number[]) => values.reduce((sum, value, i) => sum + 0.5 * curvatures[i]! * value, 0);
  return {last: risk(last), average: risk(squares) / (steps - burnIn) ** 2};
}
