import type { LaneArithmetic } from "../lane-arithmetic.ts";

/** π/2 in parts; all but the last have so few bits that their products with n are exact. */
const single = { rounder: 1.5 * 2 ** 23, quadrant: [1.5703125, 4.837512969970703125e-4, 7.54978995489188216e-8] };

const double = { rounder: 1.5 * 2 ** 52, quadrant: [1.57079632673412561417, 6.07710050650619224932e-11] };

/**
 * x = n π/2 + remainder with |remainder| ≤ π/4, up to rounding: reduction by Cody and Waite with π/2 in three
 * parts (Cephes, `sinf`) or, in lanes of 64 bits, two (fdlibm, `e_rem_pio2.c`). The two lowest bits of `quadrant` are
 * those of n.
 *
 * The remainder's error is below ½ ulp + 2e-11 for |x| ≤ 8192 (½ ulp + 1e-20 for |x| ≤ 10^6 in lanes of 64), and about
 * |x|·2^−24 (2^−53) from there to 2^21 (2^50).
 */
export const quadrantRemainder = <R, W, M>(
  lanes: LaneArithmetic<R, W, M>,
  x: R,
): { readonly remainder: R; readonly quadrant: W } => {
  const { rounder, quadrant } = lanes.bits === 32 ? single : double;
  const rounded = lanes.add(lanes.multiply(x, lanes.real(2 / Math.PI)), lanes.real(rounder));
  const n = lanes.subtract(rounded, lanes.real(rounder));
  const remainder = quadrant.reduce((rest, part) => lanes.subtract(rest, lanes.multiply(n, lanes.real(part))), x);
  return { remainder, quadrant: lanes.bitsOf(rounded) };
};
