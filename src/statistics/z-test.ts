import { requireFinite, requirePositive } from "../numerics/index.ts";
import { normalCdf } from "./normal.ts";

/** An estimate to hold against an expected value. */
export interface Comparison {
  readonly estimate: number;
  readonly expected: number;
  /** Standard error of the estimate, the expected value being exact. */
  readonly standardError: number;
}

/**
 * Two-sided z-test that an approximately normal estimate has the expected value.
 *
 * @throws RangeError for values that are not finite or a standard error that is not positive.
 */
export function zTest({ estimate, expected, standardError }: Comparison): { readonly z: number; readonly pValue: number } {
  const difference = requireFinite("estimate", estimate) - requireFinite("expected", expected);
  const z = difference / requirePositive("standardError", standardError);
  return { z, pValue: 2 * normalCdf(-Math.abs(z)) };
}
