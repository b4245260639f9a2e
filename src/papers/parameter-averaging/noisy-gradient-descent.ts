import {add, defineDynamics, div, lessEqual, matVec, mul, square, sub, sum, where} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";

/**
 * SGD with Gaussian noise of constant covariance Σ = A Aᵀ, in the paper's two readings at once:
 *
 * v = w − η ∇f(w),  w ← v − η A z,  z ~ N(0, I).
 *
 * State: `weights` w of shape [n] with its average `weightsAverage`, and the averages `aheadAverage` of v, shape [n],
 * and `squaredDistanceAverage` of |v − v*|². Parameters: `stepSize` η, `noiseFactor` A of shape [n, n], `minimiser` v*
 * of shape [n], `averagedFrom`, the number of the first step that counts in the averages, and `startWidth`: w starts
 * uniformly within it of 0, in every weight. Since the first averaged step is a parameter, and not part of the step as
 * with `withAverage`, one compiled step serves all step sizes.
 */
export function noisyGradientDescent(name: string, dimension: number, gradient: (weights: Real) => Real) {
  return defineDynamics({
    name,
    parameters: {stepSize: [], noiseFactor: [dimension, dimension], minimiser: [dimension], averagedFrom: [], startWidth: []},
    state: {weights: [dimension], weightsAverage: [dimension], aheadAverage: [dimension], squaredDistanceAverage: []},
    start: ({parameters: {startWidth}, uniform}) => ({weights: mul(startWidth, sub(mul(2, uniform(dimension)), 1)), weightsAverage: 0, aheadAverage: 0, squaredDistanceAverage: 0}),
    step: ({weights, weightsAverage, aheadAverage, squaredDistanceAverage}, {step, parameters: {stepSize, noiseFactor, minimiser, averagedFrom}, normal}) => {
      const ahead = sub(weights, mul(stepSize, gradient(weights)));
      const number = add(step, 1);
      const next = add(ahead, mul(stepSize, matVec(noiseFactor, normal(dimension))));
      const counts = lessEqual(averagedFrom, number);
      const share = div(1, add(sub(number, averagedFrom), 1));
      const averaged = (before: Real, value: Real) => where(counts, add(before, mul(share, sub(value, before))), before);
      return {
        weights: next,
        weightsAverage: averaged(weightsAverage, next),
        aheadAverage: averaged(aheadAverage, ahead),
        squaredDistanceAverage: averaged(squaredDistanceAverage, sum(square(sub(ahead, minimiser))))
      };
    }
  });
}
