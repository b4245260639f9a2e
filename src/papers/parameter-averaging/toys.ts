import {add, element, exp, mul, sin, stack, sub, tanh} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";
import {asymmetricValley, gaussianWells, rippledBowl, smoothedObjective} from "../../numerics/index.ts";
import type {GaussianWell, LineObjective} from "../../numerics/index.ts";
import type {ToyParameters} from "./toy-parameters.ts";

/** The names of the objectives, in the order of the page. */
export const toyNames = ["rippled bowl", "asymmetric valley", "two wells", "parabola", "plane"] as const;
export type ToyName = (typeof toyNames)[number];

/** One weight of a toy: its part of the objective and the noise on it. */
export interface ToyWeight {
  readonly objective: LineObjective;
  /** The part's mean over a Gaussian of standard deviation `width`. */
  readonly smoothed: (width: number) => LineObjective;
  /** σ of this weight's noise. */
  readonly noise: number;
}

/** An objective that is a sum over its weights, with the covariance of its gradient's noise. */
export interface Toy {
  readonly name: ToyName;
  readonly weights: readonly ToyWeight[];
  readonly covariance: readonly (readonly number[])[];
  readonly stepSizes: readonly number[];
  /** The gradient in the named operations, of the weights' vector. */
  readonly gradient: (weights: Real) => Real;
}

const waves = (bowl: ToyParameters["rippledBowl"]) => (w: Real) => add(mul(bowl.curvature, w), mul(bowl.ripple * bowl.waveNumber, sin(add(mul(bowl.waveNumber, w), bowl.phase))));

const slopes = ({rightSlope, leftSlope}: ToyParameters["asymmetricValley"]) => {
  const half = (rightSlope + leftSlope) / 2;
  return (w: Real) => add(mul(half, tanh(mul(half, w))), half - leftSlope);
};

/** The two wells, the sharp one first. */
export const wellsOf = ({distance, sharpDepth, sharpWidth, flatDepth, flatWidth}: ToyParameters["twoWells"]): readonly GaussianWell[] => [
  {position: distance, depth: sharpDepth, width: sharpWidth},
  {position: -distance, depth: flatDepth, width: flatWidth}
];

const pull = (curvature: number, wells: readonly GaussianWell[]) => (w: Real) =>
  wells.reduce((sum, {position, depth, width}) => {
    const offset = sub(w, position);
    return add(sum, mul(mul(depth / width ** 2, offset), exp(mul(-0.5 / width ** 2, mul(offset, offset)))));
  }, mul(curvature, w));

function line(name: ToyName, stepSizes: readonly number[], noise: number, objective: LineObjective, smoothed: ToyWeight["smoothed"], gradient: Toy["gradient"]): Toy {
  return {name, weights: [{objective, smoothed, noise}], covariance: [[noise * noise]], stepSizes, gradient};
}

/** All objectives of E3.1. */
export function toysOf({noise, rippledBowl: bowl, asymmetricValley: valley, twoWells, parabola, plane}: ToyParameters): readonly Toy[] {
  const wells = wellsOf(twoWells);
  const shape = asymmetricValley(valley);
  const smoothedValley = (width: number) => smoothedObjective({objective: shape, width});
  const flat = ({curvature}: {readonly curvature: number}) => (width: number) => rippledBowl({curvature, ripple: 0, waveNumber: 1, phase: 0}, width);
  return [
    line("rippled bowl", bowl.stepSizes, noise, rippledBowl(bowl), (width) => rippledBowl(bowl, width), waves(bowl)),
    line("asymmetric valley", valley.stepSizes, noise, shape, smoothedValley, slopes(valley)),
    line("two wells", twoWells.stepSizes, noise, gaussianWells({curvature: twoWells.curvature, wells}), (width) => gaussianWells({curvature: twoWells.curvature, wells}, width), pull(twoWells.curvature, wells)),
    line("parabola", parabola.stepSizes, noise, flat(parabola)(0), flat(parabola), (w) => mul(parabola.curvature, w)),
    {
      name: "plane",
      weights: [
        {objective: shape, smoothed: smoothedValley, noise: Math.sqrt(plane.firstVariance)},
        {objective: flat(plane)(0), smoothed: flat(plane), noise: Math.sqrt(plane.secondVariance)}
      ],
      covariance: [[plane.firstVariance, plane.covariance], [plane.covariance, plane.secondVariance]],
      stepSizes: plane.stepSizes,
      gradient: (w) => stack([slopes(valley)(element(w, 0)), mul(plane.curvature, element(w, 1))])
    }
  ];
}
