import {averagedStates, localMinima, lowestMinimum, noisyDescent, onePointConvexity} from "../../numerics/index.ts";
import type {AverageMoments, Basin, DescentLaw, LineObjective, OnePointConvexity} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {burnInSteps} from "./burn-in-steps.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import {toyCellName, toyCells} from "./toy-shapes.ts";
import type {ToyCell, ToyName} from "./toy-shapes.ts";
import {toyOf} from "./toys.ts";
import type {ToyWeight} from "./toys.ts";

/** Everything exact about one objective at one step size. Vectors' first weights stand for them where a number is signed. */
export interface ToyReference {
  readonly objective: ToyName;
  readonly stepSize: number;
  /** w*, the lowest minimum of f, in the first weight. */
  readonly minimiser: number;
  /** v*, the lowest minimum of F, in the first weight. */
  readonly smoothedMinimiser: number;
  /** Local minima of F. */
  readonly smoothedMinima: number;
  /** The basin of v* in F. */
  readonly basinLower: number;
  readonly basinUpper: number;
  /** c and ℓ of F about v* on the support; c of 0 or less: F is not one-point convex. */
  readonly leastConvexity: number;
  readonly greatestConvexity: number;
  /** μ, the least curvature of F at v*. */
  readonly curvature: number;
  /** M, of the remainder of F's gradient on the support. */
  readonly remainder: number;
  readonly supportLower: number;
  readonly supportUpper: number;
  /** E w, of the first weight. */
  readonly mean: number;
  /** √E|w − v*|², the distance of SGD. */
  readonly distance: number;
  /** D∞ = E|v − v*|². */
  readonly squaredDistance: number;
  /** S² */
  readonly meanSquareStep: number;
  /** |E w − v*| */
  readonly bias: number;
  /** The largest over the weights of |E F′(v)| over √E F′(v)². */
  readonly identityDefect: number;
  /** Error of the laws' moments by halving their cells. */
  readonly gridError: number;
  /** Mean of an average of T iterates from the experiment's start, first weight; null where it is not computed. */
  readonly averageMean: number | null;
  /** Mean squared distance of that average from v*. */
  readonly averageSquare: number | null;
  /** Variance of that average, first weight. */
  readonly averageVariance: number | null;
  /** T Var over σ²/F″(v*)², first weight: 1 by the formula σ²/(μ²T). */
  readonly fluctuation: number | null;
  /** The same by the formula for quadratic F: [Var ξ/μ² + 2ησ²(1 − η E f″)/μ + η²σ²]/(σ²/μ²). */
  readonly quadraticFluctuation: number;
  /** E F(w) − F(v*) of SGD. */
  readonly excess: number;
}

interface WeightReference {
  readonly smoothed: LineObjective;
  readonly basins: readonly Basin[];
  readonly target: Basin;
  readonly constants: OnePointConvexity;
  readonly law: DescentLaw;
  readonly support: readonly [number, number];
  readonly minimiser: number;
  readonly average: AverageMoments | null;
}

/** The stationary mass below which a cell is left out of the support of v. */
const leastMass = 1e-9;

function uniformStart({edges}: DescentLaw, width: number): Float64Array {
  const shares = Float64Array.from({length: edges.length - 1}, (_, i) => Math.max(0, Math.min(width, edges[i + 1]!) - Math.max(-width, edges[i]!)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

type Averaging = Pick<ToyParameters, "averagedSteps" | "burnInTime">;

function referenceOf({objective, smoothed: smoothedBy, noise}: ToyWeight, stepSize: number, startWidth: number, averaging: Averaging | null): WeightReference {
  const around = [-startWidth, startWidth] as const;
  const smoothed = smoothedBy(stepSize * noise);
  const law = noisyDescent({objective, stepSize, noise, around});
  const [lower, upper] = [law.edges[0]!, law.edges.at(-1)!];
  const basins = localMinima(smoothed, lower, upper);
  const target = lowestMinimum(basins);
  const ahead = Array.from(law.midpoints.filter((_, i) => law.masses[i]! > leastMass), (w) => w - stepSize * objective.gradient(w));
  const support = [Math.min(-startWidth, ...ahead), Math.max(startWidth, ...ahead)] as const;
  return {
    smoothed,
    basins,
    target,
    constants: onePointConvexity(smoothed, target.minimiser, ...support),
    law,
    support,
    minimiser: lowestMinimum(localMinima(objective, lower, upper)).minimiser,
    average: averaging === null ? null : averagedStates({kernel: law.kernel, start: uniformStart(law, startWidth), burnIn: burnInSteps(averaging, stepSize), steps: averaging.averagedSteps})
  };
}

function quadraticFluctuation({objective, noise}: ToyWeight, {law, smoothed, constants: {curvature}}: WeightReference, stepSize: number): number {
  const innovation = law.meanSquareStep - law.expectationAhead((v) => smoothed.gradient(v) ** 2);
  const variance = noise * noise;
  return (innovation + 2 * curvature * stepSize * variance * (1 - stepSize * law.expectation(objective.curvature)) + (stepSize * curvature) ** 2 * variance) / variance;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** What an exact reference reads; no average where the chain is too slow for one. */
export type ReferenceCell = ToyCell & Pick<ToyParameters, "startWidth"> & {readonly averaging: Averaging | null};

/**
 * The exact references of an objective at one step size: its smoothing, the stationary law, the constants of the
 * bounds on the interval that holds all starts and all but 1e-9 of every cell's mass of v, and the average of T iterates.
 * Weights are independent at given step size but for the correlation of their noise, on which nothing here depends.
 */
export function toyReference({toy, stepSize, startWidth, averaging}: ReferenceCell): ToyReference {
  const {name, weights} = toyOf(toy);
  const parts = weights.map((weight) => referenceOf(weight, stepSize, startWidth, averaging));
  const [first] = parts as [WeightReference];
  const biases = parts.map(({law, target}) => law.mean - target.minimiser);
  const squareOf = ({average, target}: WeightReference) => average!.variance + (average!.mean - target.minimiser) ** 2;
  return {
    objective: name,
    stepSize,
    minimiser: first.minimiser,
    smoothedMinimiser: first.target.minimiser,
    smoothedMinima: first.basins.length,
    basinLower: first.target.lower,
    basinUpper: first.target.upper,
    leastConvexity: Math.min(...parts.map(({constants}) => constants.least)),
    greatestConvexity: Math.max(...parts.map(({constants}) => constants.greatest)),
    curvature: Math.min(...parts.map(({constants}) => constants.curvature)),
    remainder: Math.max(...parts.map(({constants}) => constants.remainder)),
    supportLower: first.support[0],
    supportUpper: first.support[1],
    mean: first.law.mean,
    distance: Math.sqrt(total(parts.map(({law, target}) => law.expectation((w) => (w - target.minimiser) ** 2)))),
    squaredDistance: total(parts.map(({law, target}) => law.expectationAhead((v) => (v - target.minimiser) ** 2))),
    meanSquareStep: total(parts.map(({law}) => law.meanSquareStep)),
    bias: Math.hypot(...biases),
    identityDefect: Math.max(...parts.map(({law, smoothed}) => Math.abs(law.expectationAhead(smoothed.gradient)) / Math.sqrt(law.expectationAhead((v) => smoothed.gradient(v) ** 2)))),
    gridError: Math.max(...parts.map(({law}) => law.error)),
    averageMean: first.average === null ? null : first.average.mean,
    averageSquare: averaging !== null ? total(parts.map(squareOf)) : null,
    averageVariance: first.average === null ? null : first.average.variance,
    fluctuation: averaging === null ? null : (first.average!.variance * averaging.averagedSteps * first.constants.curvature ** 2) / weights[0]!.noise ** 2,
    quadraticFluctuation: quadraticFluctuation(weights[0]!, first, stepSize),
    excess: total(parts.map(({law, smoothed, target}) => law.expectation(smoothed.value) - target.value))
  };
}

/** E3.1: {@link toyReference} of every objective at every step size, but for averages between two wells. A cell is one of them. */
export const toyReferences = /* @__PURE__ */ defineExperiment({
  cells: (parameters: ToyParameters) => {
    const {startWidth, averagedSteps, burnInTime} = parameters;
    return toyCells(parameters).map((cell) => {
      const reads: ReferenceCell = {...cell, startWidth, averaging: cell.toy.name === "two wells" ? null : {averagedSteps, burnInTime}};
      return {name: toyCellName(cell), reads};
    });
  },

  run: (cell: ReferenceCell): readonly ToyReference[] => [toyReference(cell)]
});
