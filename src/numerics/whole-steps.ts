import { requirePositive, unexpected } from "./argument-checks.ts";

/**
 * The number n of steps of size η that make up the horizon T = nη.
 *
 * @throws RangeError unless both are above 0 and n is a whole number of at least 1, up to rounding.
 */
export function wholeSteps(horizon: number, stepSize: number): number {
  requirePositive("horizon", horizon);
  requirePositive("stepSize", stepSize);
  const steps = Math.round(horizon / stepSize);
  if (steps < 1 || Math.abs(steps * stepSize - horizon) > 1e-9 * horizon) throw unexpected("stepSize", `a whole number of steps in the horizon ${horizon}`, stepSize);
  return steps;
}
