import {pearsonFour, stableLaw} from "../../numerics/index.ts";
import {drawStable, fitPearsonFour, fitStableLaw, fitStudentLaw, mean, normalFamily, normalQuantile, pearsonFourDraws, studentLaw, variance} from "../../statistics/index.ts";
import type {FittedLaw, LawFamily} from "../../statistics/index.ts";

/** The families of laws that are fitted to one coordinate of SGD. */
export type LawName = "Student" | "skew Student" | "stable" | "normal";

/** A fitted law with the parameters that the report shows. */
export interface CoordinateLaw extends FittedLaw {
  /** Index of its power tail: ν of Student's law, 2m − 1 of Pearson's type IV, α of a stable law below 2; null without a power tail. */
  readonly tailIndex: number | null;
  /** Null for a symmetric family; in the convention of its family, comparable within it alone. */
  readonly skewness: number | null;
  readonly location: number;
  readonly scale: number;
  quantile(p: number): number;
}

/** A family with its fit. */
export type CoordinateFamily = LawFamily<CoordinateLaw> & {readonly name: LawName};

/** Relative error of a stable law's table: far below what a sample shows. */
const tableError = 1e-6;

function student(values: Float64Array): CoordinateLaw {
  const law = studentLaw(fitStudentLaw(values));
  return {...law, tailIndex: law.degreesOfFreedom, skewness: null, draws: (random) => () => law.draw(random)};
}

function skewStudent(values: Float64Array): CoordinateLaw {
  const {exponent, skewness, location, scale} = fitPearsonFour(values);
  const parameters = {exponent, skewness, location, scale};
  return {...pearsonFour(parameters), tailIndex: 2 * exponent - 1, skewness, location, scale, draws: (random) => pearsonFourDraws(parameters, random)};
}

function stable(values: Float64Array): CoordinateLaw {
  const {stability, skewness, location, scale} = fitStableLaw(values);
  const parameters = {stability, skewness, location, scale};
  return {...stableLaw(parameters, {tolerance: tableError}), tailIndex: stability < 2 ? stability : null, skewness, location, scale, draws: (random) => () => drawStable(parameters, random)};
}

function normal(values: Float64Array): CoordinateLaw {
  const [location, scale] = [mean(values), Math.sqrt((variance(values) * (values.length - 1)) / values.length)];
  return {...normalFamily.fit(values), tailIndex: null, skewness: null, location, scale, quantile: (p) => location + scale * normalQuantile(p)};
}

/**
 * Student's law (location, scale, ν) and Pearson's type IV, its skew form, by maximum likelihood; α-stable laws by
 * regression of the empirical characteristic function; the normal law by maximum likelihood.
 */
export const lawFamilies: readonly CoordinateFamily[] = [
  {name: "Student", parameterCount: 3, fit: student},
  {name: "skew Student", parameterCount: 4, fit: skewStudent},
  {name: "stable", parameterCount: 4, fit: stable},
  {name: "normal", parameterCount: 2, fit: normal}
];

/** The family of a name. */
export const familyOf = (law: LawName): CoordinateFamily => lawFamilies.find(({name}) => name === law)!;
