import { unexpected } from "../numerics/index.ts";

/** Lower and upper probabilities of a law, each accurate where it is small. */
export interface TailProbabilities {
  cdf(x: number): number;
  survival(x: number): number;
}

/**
 * Anderson and Darling's `A² = n ∫ (F_n - F)²/(F(1 - F)) dF = -n - 1/n Σ (2i - 1) [log F(x_i) + log(1 - F(x_{n+1-i}))]` of
 * values in increasing order, which weighs both tails; infinite where the law gives a value no chance. Not checked: the
 * order.
 *
 * Source: T. W. Anderson, D. A. Darling, J. Am. Stat. Assoc. 49 (1954) 765.
 *
 * @throws RangeError for probabilities outside `[0, 1]`.
 */
export function andersonDarling(sorted: Float64Array, { cdf, survival }: TailProbabilities): number {
  const count = sorted.length;
  const logarithm = (name: string, p: number) => {
    if (!(p >= 0 && p <= 1)) throw unexpected(name, "a number in [0, 1]", p);
    return Math.log(p);
  };
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const x = sorted[i];
    sum += (2 * i + 1) * logarithm(`cdf(${x})`, cdf(x)) + (2 * (count - i) - 1) * logarithm(`survival(${x})`, survival(x));
  }
  return -count - sum / count;
}
