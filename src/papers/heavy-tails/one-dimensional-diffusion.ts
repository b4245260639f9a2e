import {itoEquation, weakSecondOrder} from "../../dynamics/index.ts";
import {add, div, mul, neg, sqrt, square} from "../../kernels/index.ts";

/**
 * hSGD in one dimension by a scheme of weak order 2, z = x − m:
 *
 * dz = −γ (λ z + δ (z + m)) dt + γ √(2 L λ/B) dW,  L = L₀ + ½ λ z²,
 *
 * from z = −δ m/(λ + δ). State: the `deviation` z. Parameters as of homogenizedDiffusion, all scalars.
 */
export const oneDimensionalDiffusion = weakSecondOrder(
  itoEquation({
    name: "one-dimensional homogenized SGD",
    parameters: {stepSize: [], batchSize: [], curvature: [], solution: [], ridge: [], minimumLoss: []},
    state: {deviation: []},
    start: ({parameters: {curvature, solution, ridge}}) => ({deviation: neg(div(mul(ridge, solution), add(curvature, ridge)))}),
    drift: ({deviation}, {parameters: {stepSize, curvature, solution, ridge}}) => ({deviation: mul(neg(stepSize), add(mul(curvature, deviation), mul(ridge, add(deviation, solution))))}),
    diffusion: {
      kind: "diagonal",
      coefficient: ({deviation}, {parameters: {stepSize, batchSize, curvature, minimumLoss}}) => ({
        deviation: mul(stepSize, sqrt(div(mul(mul(2, curvature), add(minimumLoss, mul(mul(0.5, curvature), square(deviation)))), batchSize)))
      })
    }
  })
);
