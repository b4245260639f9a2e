import {itoEquation, weakSecondOrder} from "../../dynamics/index.ts";
import {add, defineDynamics, mul, neg, sqrt, square, sub} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";

/** Two points of one weight, moved by one noise, on L = (1 + w²)/2 with Gaussian inputs and one sample a step. */
const pair = {
  parameters: {stepSize: [], starts: [2]},
  state: {points: [2]}
} as const;

const start = ({parameters: {starts}}: {readonly parameters: {readonly starts: Real}}) => ({points: starts});
/** √(m p² + 1). */
const spread = (multiplicative: number, points: Real) => sqrt(add(1, mul(multiplicative, square(points))));

/** SGD itself: both points meet the same sample, w ← w − ηx(xw − ζ). */
export const sgdPair = defineDynamics({
  ...pair,
  name: "SGD at two points",
  start,
  step: ({points}, {parameters: {stepSize}, normal}) => {
    const input = normal();
    return {points: sub(points, mul(mul(stepSize, input), sub(mul(input, points), normal())))};
  }
});

/** Noise geometry's covariance in a recursion with normal noise that both points share: w ← (1 − η)w + η√(2w² + 1) ξ. */
export const covarianceRecursionPair = defineDynamics({
  ...pair,
  name: "exact-covariance recursion at two points",
  start,
  step: ({points}, {parameters: {stepSize}, normal}) => ({points: add(mul(sub(1, stepSize), points), mul(mul(stepSize, normal()), spread(2, points)))})
});

/** Homogenized SGD in its own time, one unit a step of SGD, by one Wiener process: dX = −γX dt + γ√(1 + X²) dW. */
export const homogenizedPair = weakSecondOrder(
  itoEquation({
    ...pair,
    name: "homogenized SGD at two points",
    start,
    drift: ({points}, {parameters: {stepSize}}) => ({points: neg(mul(stepSize, points))}),
    diffusion: {kind: "scalar", coefficient: ({points}, {parameters: {stepSize}}) => ({points: mul(stepSize, spread(1, points))})}
  })
);

/** The stochastic modified equation with √Σ and one Wiener process: dY = −(1 + η/2)Y dt + √(η(2Y² + 1)) dB. */
export const modifiedEquationPair = weakSecondOrder(
  itoEquation({
    ...pair,
    name: "stochastic modified equation at two points",
    start,
    drift: ({points}, {parameters: {stepSize}}) => ({points: neg(mul(add(1, mul(0.5, stepSize)), points))}),
    diffusion: {kind: "scalar", coefficient: ({points}, {parameters: {stepSize}}) => ({points: mul(sqrt(stepSize), spread(2, points))})}
  })
);
