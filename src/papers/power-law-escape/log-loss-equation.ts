import {itoEquation, stochasticHeun} from "../../dynamics/index.ts";
import {add, mul, reciprocal, sqrt, square, sub} from "../../kernels/index.ts";

/**
 * The log-loss equation in the double well L = L₀ + (θ² − 1)², with the time t
 * carried along:
 *
 * dθ = −(log L)′ dτ + √(2T) dW,  dt = dτ/L,  θ = −1 and t = 0 at the start.
 *
 * Its noise is additive in τ, so that the stochastic Heun scheme is of weak
 * order 2. Parameters: `minimumLoss` L₀, `temperature` T, `timeStep` in τ. State:
 * the `position` θ and the `time` t.
 *
 * Source: Mori et al., Power-law escape rate of SGD, section 4.
 */
export const logLossEquation = stochasticHeun(
  itoEquation({
    name: "log-loss equation",
    parameters: {minimumLoss: [], temperature: []},
    state: {position: [], time: []},
    start: () => ({position: -1}),
    drift: ({position}, {parameters: {minimumLoss}}) => {
      const well = sub(square(position), 1);
      const inverseLoss = reciprocal(add(minimumLoss, square(well)));
      return {position: mul(mul(-4, mul(position, well)), inverseLoss), time: inverseLoss};
    },
    diffusion: {kind: "diagonal", coefficient: (_state, {parameters: {temperature}}) => ({position: sqrt(mul(2, temperature))})}
  })
);
