/** Width of a lane in bits: 32 computes in float32 and 32-bit words, 64 in float64 and 64-bit words. */
export type LaneBits = 32 | 64;

/**
 * The arithmetic of one lane: every operation has one meaning, in IEEE 754
 * (round to nearest even, no contraction, no flushed denormals) or on words
 * modulo 2^bits. Everything else, from exponentials to random numbers, is
 * written once in these operations, so that all back ends agree bit for bit.
 *
 * `Real`, `Word` and `Mask` are what a back end computes on: numbers in the
 * interpreter, nodes of a program in the compilers. A NaN's sign and payload
 * are not specified; nothing here depends on them.
 */
export interface LaneArithmetic<Real, Word, Mask> {
  readonly bits: LaneBits;
  /** A constant, rounded to the lane's width. */
  real(value: number): Real;
  /** A constant word, taken modulo 2^bits. */
  word(value: bigint): Word;

  add(a: Real, b: Real): Real;
  subtract(a: Real, b: Real): Real;
  multiply(a: Real, b: Real): Real;
  divide(a: Real, b: Real): Real;
  squareRoot(a: Real): Real;
  /** −a: the sign bit flipped, of zeros and infinities too. */
  negate(a: Real): Real;
  /** |a|: the sign bit cleared. */
  absolute(a: Real): Real;
  /** b < a ? b : a, so a where either is NaN. */
  minimum(a: Real, b: Real): Real;
  /** a < b ? b : a, so a where either is NaN. */
  maximum(a: Real, b: Real): Real;

  /** a < b; false where either is NaN. */
  less(a: Real, b: Real): Mask;
  /** a ≤ b; false where either is NaN. */
  lessOrEqual(a: Real, b: Real): Mask;
  /** a = b; false where either is NaN, true for +0 and −0. */
  equal(a: Real, b: Real): Mask;
  equalWords(a: Word, b: Word): Mask;
  and(a: Mask, b: Mask): Mask;
  or(a: Mask, b: Mask): Mask;
  not(a: Mask): Mask;
  /** mask ? a : b. */
  select(mask: Mask, a: Real, b: Real): Real;
  selectWord(mask: Mask, a: Word, b: Word): Word;

  addWords(a: Word, b: Word): Word;
  subtractWords(a: Word, b: Word): Word;
  /** The low `bits` bits of a·b. */
  multiplyWords(a: Word, b: Word): Word;
  /**
   * ⌊a·b / 2^32⌋ of two unsigned 32-bit numbers. Both must be below 2^32; in
   * lanes of 64 bits the upper halves must be zero.
   */
  multiplyHigh(a: Word, b: Word): Word;
  andWords(a: Word, b: Word): Word;
  orWords(a: Word, b: Word): Word;
  xorWords(a: Word, b: Word): Word;
  /** a·2^count modulo 2^bits; `count` in [0, bits). */
  shiftLeft(a: Word, count: number): Word;
  /** ⌊a / 2^count⌋, zeros shifted in; `count` in [0, bits). */
  shiftRight(a: Word, count: number): Word;

  /** The bit pattern of a number. */
  bitsOf(a: Real): Word;
  /** The number of a bit pattern. */
  realOf(a: Word): Real;
  /** The number nearest to a word read as a signed integer; in lanes of 64 bits, |a| ≤ 2^51. */
  toReal(a: Word): Real;
}
