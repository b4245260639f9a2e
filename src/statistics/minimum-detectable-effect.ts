import { requirePositive, requireProbability } from "../numerics/index.ts";
import { normalQuantile } from "./normal.ts";

/**
 * The smallest difference that a two-sided z-test at `level` finds with probability `power`:
 * `(z_{1-level/2} + z_{power}) standardError` (the far tail is neglected).
 *
 * @throws RangeError for a standard error that is not positive, or a level or power outside (0, 1).
 */
export function minimumDetectableEffect(standardError: number, { level = 0.05, power = 0.8 } = {}): number {
  requirePositive("standardError", standardError);
  requireProbability("level", level);
  requireProbability("power", power);
  return (normalQuantile(1 - level / 2) + normalQuantile(power)) * standardError;
}
