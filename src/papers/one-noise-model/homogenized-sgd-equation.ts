import {itoEquation, weakSecondOrder} from "../../dynamics/index.ts";
import {add, mul, neg, sqrt, square} from "../../kernels/index.ts";

/**
 * Homogenized SGD in one dimension at curvature 1, without ridge, one sample a
 * step, in the heavy-tails paper's time, one unit a step of SGD:
 *
 * dX = −γ X dt + γ √(1 + X²) dW,  2L = 1 + X².
 *
 * With t′ = γ t it is the escape paper's dθ = −θ dt′ + √(γ (1 + θ²)) dW.
 * Platen's explicit scheme of weak order 2. Parameters: `stepSize` γ,
 * `timeStep`. State: `position`.
 */
export const homogenizedSgdEquation = weakSecondOrder(
  itoEquation({
    name: "homogenized SGD",
    parameters: {stepSize: []},
    state: {position: []},
    drift: ({position}, {parameters: {stepSize}}) => ({position: neg(mul(stepSize, position))}),
    diffusion: {kind: "diagonal", coefficient: ({position}, {parameters: {stepSize}}) => ({position: mul(stepSize, sqrt(add(1, square(position))))})}
  })
);
