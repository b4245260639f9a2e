import type { LaneArithmetic } from "../lane-arithmetic.ts";
import { polynomial } from "./polynomial.ts";

/** Minimax for sin(πg/2) = g S(g²), relative error 3.2e-9, and cos(πg/2) = C(g²), 3.2e-8, on |g| ≤ ½. */
const singleSine = [1.57079637051, -0.645963490009, 0.0796800330281, -0.00460165785626];
const singleCosine = [1, -1.23369801044, 0.25360634923, -0.0204262491316];

/** The same to 3.3e-18 and 3.3e-20. */
const doubleSine = [
  1.570796326794896558, -0.6459640975062442836, 0.07969262624603956624, -0.00468175413228257703,
  0.0001604411502928408803, -3.598641758521564574e-6, 5.633721534719764292e-8,
];
const doubleCosine = [
  1, -1.233700550136169749, 0.25366950790104692, -0.02086348076331544232, 0.0009192602742250169118,
  -0.0000252020369914260257, 4.710615654225485235e-7, -6.321892026782736552e-9,
];

/**
 * (cos θ, sin θ), or (sin θ, cos θ) where the second highest bit of the uniform word is set: an angle on half a circle,
 * θ in [−π/4, π/4) and π/2 − θ, uniform on the multiples of 2^−31 π (2^−53 π in lanes of 64 bits). The highest bit is
 * left for the other half, the sign of both. No reduction is needed, as the angle is made within the quadrant that the
 * polynomials cover.
 *
 * In lanes of 32 bits θ / (π/2) is the signed 32-bit number 4·word, rounded to float32, times 2^−32; in lanes of 64
 * it is the word's 52 lowest bits times 2^−52, less ½. The error of either coordinate is below 1.5e-7 (3e-16).
 */
export const normalDirection = <R, W, M>(lanes: LaneArithmetic<R, W, M>, word: W): readonly [R, R] => {
  const wide = lanes.bits === 64;
  const fraction = (): R => lanes.multiply(lanes.toReal(lanes.shiftLeft(word, 2)), lanes.real(2 ** -32));
  const wideFraction = (): R => {
    const mantissa = lanes.andWords(word, lanes.word(0x000fffffffffffffn));
    return lanes.subtract(lanes.realOf(lanes.orWords(mantissa, lanes.word(0x3ff0000000000000n))), lanes.real(1.5));
  };
  const g = wide ? wideFraction() : fraction();
  const square = lanes.multiply(g, g);
  const sine = lanes.multiply(g, polynomial(lanes, square, wide ? doubleSine : singleSine));
  const cosine = polynomial(lanes, square, wide ? doubleCosine : singleCosine);
  const secondBit = lanes.andWords(word, lanes.word(1n << BigInt(lanes.bits - 2)));
  const keep = lanes.equalWords(secondBit, lanes.word(0n));
  return [lanes.select(keep, cosine, sine), lanes.select(keep, sine, cosine)];
};
