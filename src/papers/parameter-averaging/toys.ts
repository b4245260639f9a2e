import {add, element, exp, mul, sin, stack, sub, tanh} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";
import {asymmetricValley, gaussianWells, rippledBowl, smoothedObjective} from "../../numerics/index.ts";
import type {GaussianWell, LineObjective} from "../../numerics/index.ts";
import type {Bowl, ToyName, ToyShape, Valley, Wells} from "./toy-shapes.ts";

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
  /** The gradient in the named operations, of the weights' vector. */
  readonly gradient: (weights: Real) => Real;
}

const waves = (bowl: Bowl) => (w: Real) => add(mul(bowl.curvature, w), mul(bowl.ripple * bowl.waveNumber, sin(add(mul(bowl.waveNumber, w), bowl.phase))));

const slopes = ({rightSlope, leftSlope}: Valley) => {
  const half = (rightSlope + leftSlope) / 2;
  return (w: Real) => add(mul(half, tanh(mul(half, w))), half - leftSlope);
};

/** The two wells, the sharp one first. */
export const wellsOf = ({distance, sharpDepth, sharpWidth, flatDepth, flatWidth}: Wells): readonly GaussianWell[] => [
  {position: distance, depth: sharpDepth, width: sharpWidth},
  {position: -distance, depth: flatDepth, width: flatWidth}
];

const pull = (curvature: number, wells: readonly GaussianWell[]) => (w: Real) =>
  wells.reduce((sum, {position, depth, width}) => {
    const offset = sub(w, position);
    return add(sum, mul(mul(depth / width ** 2, offset), exp(mul(-0.5 / width ** 2, mul(offset, offset)))));
  }, mul(curvature, w));

function line(name: ToyName, noise: number, objective: LineObjective, smoothed: ToyWeight["smoothed"], gradient: Toy["gradient"]): Toy {
  return {name, weights: [{objective, smoothed, noise}], covariance: [[noise * noise]], gradient};
}

const flat = ({curvature}: {readonly curvature: number}) => (width: number) => rippledBowl({curvature, ripple: 0, waveNumber: 1, phase: 0}, width);

const smoothedValley = (valley: Valley) => {
  const objective = asymmetricValley(valley);
  return (width: number) => smoothedObjective({objective, width});
};

/** The objective of a shape. */
export function toyOf(shape: ToyShape): Toy {
  switch (shape.name) {
    case "rippled bowl":
      return line(shape.name, shape.noise, rippledBowl(shape), (width) => rippledBowl(shape, width), waves(shape));
    case "asymmetric valley":
      return line(shape.name, shape.noise, asymmetricValley(shape), smoothedValley(shape), slopes(shape));
    case "two wells": {
      const [{curvature}, wells] = [shape, wellsOf(shape)];
      return line(shape.name, shape.noise, gaussianWells({curvature, wells}), (width) => gaussianWells({curvature, wells}, width), pull(curvature, wells));
    }
    case "parabola":
      return line(shape.name, shape.noise, flat(shape)(0), flat(shape), (w) => mul(shape.curvature, w));
    case "plane": {
      const {firstVariance, secondVariance, covariance, curvature} = shape;
      return {
        name: "plane",
        weights: [
          {objective: asymmetricValley(shape), smoothed: smoothedValley(shape), noise: Math.sqrt(firstVariance)},
          {objective: flat(shape)(0), smoothed: flat(shape), noise: Math.sqrt(secondVariance)}
        ],
        covariance: [[firstVariance, covariance], [covariance, secondVariance]],
        gradient: (w) => stack([slopes(shape)(element(w, 0)), mul(curvature, element(w, 1))])
      };
    }
  }
}
