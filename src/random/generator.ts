import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { checkInteger } from "./check-integer.ts";

/** A sequential source of float64 random numbers: each call continues where the last one ended. */
export interface Generator {
  /** A uniform number in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** An integer uniform on {0, …, count - 1}, exactly; `count` in [1, 2^32]. */
  integer(count: number): number;
  /** A standard normal number. */
  normal(): number;
  /** A shuffled copy of `values`, every order equally likely. */
  shuffle<T>(values: Iterable<T>): T[];
  /** `count` standard normal numbers. */
  normals(count: number): Float64Array;
}

const twoTo26 = 2 ** 26;
const twoToMinus53 = 2 ** -53;

/**
 * A generator that starts from 128 bits of state given as four 32-bit words.
 *
 * The source is xoroshiro128+ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47,
 * 2021), period 2^128 - 1. Its lowest bits are linear, so only the upper bits of each word are used. Normals are
 * Marsaglia's polar method, which calls no trigonometric function: those differ by an ulp between versions of V8,
 * logarithm and square root do not.
 * @throws RangeError if all four words are zero, the one state the generator cannot leave.
 */
export const createGenerator = (state: readonly [number, number, number, number]): Generator => {
  if (state.every((word) => (word | 0) === 0)) {
    throw new RangeError("state: expected at least one word that is not zero, found [0, 0, 0, 0]");
  }
  const source = xoroshiro128plusFromState(state.map((word) => word | 0));
  let spare: number | undefined;

  const uniform = (): number => ((source.next() >>> 5) * twoTo26 + (source.next() >>> 6)) * twoToMinus53;

  const integer = (count: number): number => {
    checkInteger(count, "count", 1, 2 ** 32);
    if (count === 1) return 0;
    const shift = Math.clz32(count - 1);
    let value = source.next() >>> shift;
    while (value >= count) value = source.next() >>> shift;
    return value;
  };

  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    let x = 0;
    let y = 0;
    let radius = 0;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      radius = x * x + y * y;
    } while (radius >= 1 || radius === 0);
    const scale = Math.sqrt((-2 * Math.log(radius)) / radius);
    spare = y * scale;
    return x * scale;
  };

  const shuffle = <T>(values: Iterable<T>): T[] => {
    const shuffled = [...values];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = integer(last + 1);
      const value = shuffled[last] as T;
      shuffled[last] = shuffled[other] as T;
      shuffled[other] = value;
    }
    return shuffled;
  };

  const normals = (count: number): Float64Array => Float64Array.from({ length: checkInteger(count, "count") }, normal);

  return { uniform, integer, normal, shuffle, normals };
};
