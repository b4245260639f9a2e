import { requireEqualLengths, requirePositive, unexpected } from "./argument-checks.ts";

/** How fast errors fall with the step size. */
export interface ConvergenceOrder {
  /** Slopes of log error over log step size between neighbouring step sizes, from the largest pair to the smallest. */
  readonly localSlopes: readonly LocalSlope[];
  /** The slope in the limit of small steps. */
  readonly order: number;
  /** How far the limit moves when the smallest step size is left out. */
  readonly uncertainty: number;
}

export interface LocalSlope {
  /** Geometric mean of the two step sizes. */
  readonly stepSize: number;
  readonly slope: number;
}

const limitOf = (coarse: LocalSlope, fine: LocalSlope): number => fine.slope + ((fine.slope - coarse.slope) * fine.stepSize) / (coarse.stepSize - fine.stepSize);

/**
 * The order p of errors e(η) = c η^p (1 + O(η)): local slopes, and their limit η → 0 by Richardson's extrapolation, a
 * straight line in η through the last two of them. Any ratio of step sizes will do.
 *
 * @throws RangeError for fewer than 4 step sizes, step sizes that do not fall strictly, or an error that is not above 0.
 */
export function convergenceOrder(stepSizes: ArrayLike<number>, errors: ArrayLike<number>): ConvergenceOrder {
  if (stepSizes.length < 4) throw unexpected("stepSizes.length", "at least 4 step sizes for an order", stepSizes.length);
  requireEqualLengths("errors", errors, "stepSizes", stepSizes);
  for (let i = 0; i < stepSizes.length; i += 1) {
    requirePositive(`stepSizes[${i}]`, stepSizes[i]);
    requirePositive(`errors[${i}]`, errors[i]);
    if (i > 0 && stepSizes[i] >= stepSizes[i - 1]) throw unexpected(`stepSizes[${i}]`, `a number below stepSizes[${i - 1}] = ${stepSizes[i - 1]}`, stepSizes[i]);
  }
  const localSlopes = Array.from({ length: stepSizes.length - 1 }, (_, i): LocalSlope => ({
    stepSize: Math.sqrt(stepSizes[i] * stepSizes[i + 1]),
    slope: Math.log(errors[i] / errors[i + 1]) / Math.log(stepSizes[i] / stepSizes[i + 1]),
  }));
  const [earlier, coarse, fine] = localSlopes.slice(-3);
  const order = limitOf(coarse, fine);
  return { localSlopes, order, uncertainty: Math.abs(order - limitOf(earlier, coarse)) };
}
