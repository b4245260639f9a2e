import type { LaneArithmetic } from "../lane-arithmetic.ts";

/** Half a circle's half in three parts; all but the last have so few bits that their products with n are exact. */
const single = { rounder: 1.5 * 2 ** 23, quadrant: [1.5703125, 4.837512969970703125e-4, 7.54978995489188216e-8] };

const double = {
  rounder: 1.5 * 2 ** 52,
  quadrant: [1.57079632673412561417, 6.0771005063039659776e-11, 2.02226624879595063154e-21],
};

/**
 * x = n π/2 + remainder with |remainder| ≤ π/4, up to rounding: reduction by Cody and Waite with π/2 in three parts
 * (Cephes, `sinf`; fdlibm, `e_rem_pio2.c`). `quadrant` is a word with the two lowest bits of n.
 *
 * The remainder is accurate to 1 ulp or 1e-11 (1e-22 in lanes of 64 bits), whichever is more, for |x| ≤ 8192 (1e6), and
 * to about |x|·2^−24 (2^−53) from there to 2^21 (2^50).
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
