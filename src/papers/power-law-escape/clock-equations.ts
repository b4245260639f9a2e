import {itoEquation, stochasticHeun, weakSecondOrder} from "../../dynamics/index.ts";
import {add, div, mul, neg, sqrt, square} from "../../kernels/index.ts";

/** The clock that a chain is run in: t of the multiplicative-noise equation, τ of the additive-noise one. */
export type Clock = "t" | "tau";

/**
 * The two equations on the bowl L = (1 + θ²)/2, from θ = 0, each by a scheme of
 * weak order 2:
 *
 * dθ = −θ dt + √(T (1 + θ²)) dW  and  dθ = −2θ/(1 + θ²) dτ + √(2T) dW.
 *
 * Parameters: `temperature` T, `timeStep` in the equation's clock. State: the
 * `position` θ.
 *
 * Source: Mori et al., Power-law escape rate of SGD, section 4.
 */
export const clockEquations = {
  t: weakSecondOrder(
    itoEquation({
      name: "multiplicative-noise equation",
      parameters: {temperature: []},
      state: {position: []},
      drift: ({position}) => ({position: neg(position)}),
      diffusion: {kind: "diagonal", coefficient: ({position}, {parameters: {temperature}}) => ({position: sqrt(mul(temperature, add(1, square(position))))})}
    })
  ),
  tau: stochasticHeun(
    itoEquation({
      name: "additive-noise equation",
      parameters: {temperature: []},
      state: {position: []},
      drift: ({position}) => ({position: div(mul(-2, position), add(1, square(position)))}),
      diffusion: {kind: "diagonal", coefficient: (_state, {parameters: {temperature}}) => ({position: sqrt(mul(2, temperature))})}
    })
  )
};
