import { checkInteger } from "./check-integer.ts";

/**
 * Returns a valid seed: an integer in [0, 2^53 - 1]. Zero is a seed like any other and -0 is 0.
 * A fraction, a negative number, NaN, 2^53 (from which integers are no longer told apart) and
 * anything that is not a number, a numeral in a string included, are refused.
 * @param where names the value in the message, such as `escape-rate.seed`.
 * @throws RangeError naming the place, what was expected and what was found.
 */
export const checkSeed = (value: unknown, where = "seed"): number => checkInteger(value, where);
