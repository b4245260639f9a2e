import { requireFinite, requirePositive, unexpected } from "../numerics/index.ts";
import { symmetricInterval, type Interval } from "./interval.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import type { Comparison } from "./z-test.ts";

/** The result of two one-sided tests. */
export interface EquivalenceResult {
  /** The larger of the two one-sided p-values. */
  readonly pValue: number;
  readonly equivalent: boolean;
  /** Interval of the estimate at level `1 - 2 level`; equivalence means that it lies within the margin. */
  readonly interval: Interval;
  readonly margin: number;
}

/**
 * Tests that a normal estimate is within `margin` of the expected value: both `estimate - expected <= -margin`
 * and `>= margin` must be rejected at `level`. An imprecise estimate is therefore never equivalent.
 *
 * Source: D. J. Schuirmann, J. Pharmacokin. Biopharm. 15 (1987) 657.
 *
 * @throws RangeError for values that are not finite, a standard error or margin that is not positive, or a level
 * outside (0, 0.5).
 */
export function equivalenceTest(comparison: Comparison & { readonly margin: number; readonly level?: number }): EquivalenceResult {
  const { estimate, expected, standardError, margin, level = 0.05 } = comparison;
  requirePositive("standardError", standardError);
  requirePositive("margin", margin);
  if (!(level > 0 && level < 0.5)) throw unexpected("level", "a number strictly between 0 and 0.5", level);
  const difference = requireFinite("estimate", estimate) - requireFinite("expected", expected);
  const pValue = normalCdf((Math.abs(difference) - margin) / standardError);
  const interval = symmetricInterval(estimate, standardError, normalQuantile(1 - level), 1 - 2 * level);
  return { pValue, equivalent: pValue <= level, interval, margin };
}
