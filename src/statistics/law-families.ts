import { pearsonFour, stableLaw } from "../numerics/index.ts";
import type { TailProbabilities } from "./anderson-darling.ts";
import { fitPearsonFour } from "./fit-pearson-four.ts";
import { fitStableLaw } from "./fit-stable-law.ts";
import { drawStable } from "./draw-stable.ts";
import { fitStudentLaw } from "./fit-student-law.ts";
import { mean } from "./moments.ts";
import { normalCdf } from "./normal.ts";
import { pearsonFourDraws } from "./pearson-four-draws.ts";
import type { RandomSource } from "./random-source.ts";
import { studentLaw } from "./student-law.ts";

/** A law that was fitted: it can be held against values, and drawn from. */
export interface FittedLaw extends TailProbabilities {
  logDensity(x: number): number;
  /** Successive independent draws. */
  draws(random: RandomSource): () => number;
}

/** A parametric family with its estimator. */
export interface LawFamily<Law extends FittedLaw = FittedLaw> {
  readonly name: string;
  /** Free parameters, as they count in Akaike's criterion. */
  readonly parameterCount: number;
  /** @throws RangeError for values that the estimator refuses. */
  fit(values: Float64Array): Law;
}

/** Normal laws by maximum likelihood: the mean and the root of the mean squared deviation. */
export const normalFamily: LawFamily = {
  name: "normal",
  parameterCount: 2,
  fit: (values) => {
    const centre = mean(values);
    const scale = Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / values.length);
    return {
      logDensity: (x) => -(((x - centre) / scale) ** 2) / 2 - Math.log(2 * Math.PI) / 2 - Math.log(scale),
      cdf: (x) => normalCdf((x - centre) / scale),
      survival: (x) => normalCdf((centre - x) / scale),
      draws: (random) => () => centre + scale * random.normal(),
    };
  },
};

/** Student's laws with location and scale by {@link fitStudentLaw}. */
export const studentFamily: LawFamily = {
  name: "Student",
  parameterCount: 3,
  fit: (values) => {
    const law = studentLaw(fitStudentLaw(values));
    return { ...law, draws: (random) => () => law.draw(random) };
  },
};

/** Pearson IV, skew Student, laws by {@link fitPearsonFour}. */
export const pearsonFourFamily: LawFamily = {
  name: "Pearson IV",
  parameterCount: 4,
  fit: (values) => {
    const parameters = fitPearsonFour(values);
    return { ...pearsonFour(parameters), draws: (random) => pearsonFourDraws(parameters, random) };
  },
};

/** Relative error of a fitted stable law's table: far below the spread `1/√n` of any sample. */
const TABLE_ERROR = 1e-6;

/** α-stable laws by {@link fitStableLaw}, which is not maximum likelihood. */
export const stableFamily: LawFamily = {
  name: "α-stable",
  parameterCount: 4,
  fit: (values) => {
    const parameters = fitStableLaw(values);
    return { ...stableLaw(parameters, { tolerance: TABLE_ERROR }), draws: (random) => () => drawStable(parameters, random) };
  },
};
