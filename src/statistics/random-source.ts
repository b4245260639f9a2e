/** The randomness that a resampling estimate is given; nothing here draws from anywhere else. */
export interface RandomSource {
  /** Uniform on `[0, 1)`. */
  uniform(): number;
  /** Uniform integer in `0 .. n - 1`. */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
}
