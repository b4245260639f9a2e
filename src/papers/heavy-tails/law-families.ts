import {pearsonFour, stableLaw} from "../../numerics/index.ts";
import {drawStable, fitPearsonFour, fitStableLaw, fitStudentLaw, mean, normalCdf, normalQuantile, pearsonFourDraws, studentLaw, variance} from "../../statistics/index.ts";
import type {RandomSource} from "../../statistics/index.ts";

/** The families of laws that are fitted to one coordinate of SGD. */
export type LawName = "Student" | "skew Student" | "stable" | "normal";

/** A law with parameters fitted to values. */
export interface FittedLaw {
  /** Index of its power tail: ν of Student's law, 2m − 1 of Pearson's type IV, α of a stable law below 2; null without a power tail. */
  readonly tailIndex: number | null;
  /** Null for a symmetric family; in the convention of its family, comparable within it alone. */
  readonly skewness: number | null;
  readonly location: number;
  readonly scale: number;
  logDensity(x: number): number;
  cdf(x: number): number;
  quantile(p: number): number;
  /** `count` independent draws. */
  draws(count: number, random: RandomSource): Float64Array;
}

/** A family with its fit. */
export interface LawFamily {
  readonly name: LawName;
  readonly parameters: number;
  readonly fit: (values: ArrayLike<number>) => FittedLaw;
}

const repeated = (draw: (random: RandomSource) => number) => (count: number, random: RandomSource) => Float64Array.from({length: count}, () => draw(random));

function student(values: ArrayLike<number>): FittedLaw {
  const law = studentLaw(fitStudentLaw(values));
  const {degreesOfFreedom, location, scale, logDensity, cdf, quantile} = law;
  return {tailIndex: degreesOfFreedom, skewness: null, location, scale, logDensity, cdf, quantile, draws: repeated((random) => law.draw(random))};
}

function skewStudent(values: ArrayLike<number>): FittedLaw {
  const {exponent, skewness, location, scale} = fitPearsonFour(values);
  const parameters = {exponent, skewness, location, scale};
  const {logDensity, cdf, quantile} = pearsonFour(parameters);
  return {tailIndex: 2 * exponent - 1, skewness, location, scale, logDensity, cdf, quantile, draws: (count, random) => Float64Array.from({length: count}, pearsonFourDraws(parameters, random))};
}

function stable(values: ArrayLike<number>): FittedLaw {
  const {stability, skewness, location, scale} = fitStableLaw(values);
  const parameters = {stability, skewness, location, scale};
  const {logDensity, cdf, quantile} = stableLaw(parameters);
  return {tailIndex: stability < 2 ? stability : null, skewness, location, scale, logDensity, cdf, quantile, draws: repeated((random) => drawStable(parameters, random))};
}

function normal(values: ArrayLike<number>): FittedLaw {
  const location = mean(values);
  const scale = Math.sqrt((variance(values) * (values.length - 1)) / values.length);
  return {
    tailIndex: null,
    skewness: null,
    location,
    scale,
    logDensity: (x) => -0.5 * ((x - location) / scale) ** 2 - Math.log(scale * Math.sqrt(2 * Math.PI)),
    cdf: (x) => normalCdf((x - location) / scale),
    quantile: (p) => location + scale * normalQuantile(p),
    draws: repeated((random) => location + scale * random.normal())
  };
}

/**
 * Student's law (location, scale, ν) and Pearson's type IV, its skew form, by maximum likelihood; α-stable laws by
 * regression of the empirical characteristic function; the normal law by moments.
 */
export const lawFamilies: readonly LawFamily[] = [
  {name: "Student", parameters: 3, fit: student},
  {name: "skew Student", parameters: 4, fit: skewStudent},
  {name: "stable", parameters: 4, fit: stable},
  {name: "normal", parameters: 2, fit: normal}
];
