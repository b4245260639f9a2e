import {defineDynamics, dot, matVec, mul, sub} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";
import {nextPhase, scheduleShapes, tracedStep} from "./step-schedule.ts";

/** One step of both layers against the gradient h with respect to the product u ⊙ v. */
const descend = (first: Real, second: Real, gradient: Real, stepSize: Real) => ({
  first: sub(first, mul(stepSize, mul(gradient, second))),
  second: sub(second, mul(stepSize, mul(gradient, first)))
});

/**
 * SGD with batch size 1 on the diagonal linear network f(x; u, v) = (u ⊙ v)·x and the square loss,
 *
 * u ← u − η r (v ⊙ x), v ← v − η r (u ⊙ x), r = f(x) − y,
 *
 * with a sample (x, y) drawn with replacement from the table `samples` (d features, then the label) and η by the
 * schedule. The state is `first` (u), `second` (v), both of shape [d], and `phase`, the step within its cycle.
 */
export function diagonalNetworkSgd(dimension: number) {
  return defineDynamics({
    name: "SGD on a diagonal linear network",
    parameters: {...scheduleShapes, firstStart: [dimension], secondStart: [dimension]},
    tables: {samples: dimension + 1},
    state: {first: [dimension], second: [dimension], phase: []},
    start: ({parameters: {firstStart, secondStart}}) => ({first: firstStart, second: secondStart}),
    step: ({first, second, phase}, {parameters, tables: {samples}, step}) => {
      const row = samples.drawRow();
      const features = samples.row(row, 0, dimension);
      const residual = sub(dot(mul(first, second), features), samples.value(row, dimension));
      return {...descend(first, second, mul(residual, features), tracedStep(parameters, step, phase)), phase: nextPhase(phase, parameters.cycleSteps)};
    }
  });
}

/**
 * Gradient descent on the same network over all samples at once: with H = XᵀX/n and labels y = X w* the gradient with
 * respect to u ⊙ v is H (u ⊙ v − w*). Parameters are `inputMoments` (H, [d, d]) and `teacher` (w*, [d]).
 */
export function diagonalNetworkDescent(dimension: number) {
  return defineDynamics({
    name: "gradient descent on a diagonal linear network",
    parameters: {...scheduleShapes, firstStart: [dimension], secondStart: [dimension], inputMoments: [dimension, dimension], teacher: [dimension]},
    state: {first: [dimension], second: [dimension], phase: []},
    start: ({parameters: {firstStart, secondStart}}) => ({first: firstStart, second: secondStart}),
    step: ({first, second, phase}, {parameters, step}) => {
      const gradient = matVec(parameters.inputMoments, sub(mul(first, second), parameters.teacher));
      return {...descend(first, second, gradient, tracedStep(parameters, step, phase)), phase: nextPhase(phase, parameters.cycleSteps)};
    }
  });
}
