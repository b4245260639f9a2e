import {eulerMaruyama, itoEquation} from "../dynamics/index.ts";
import {add, mul, neg, sqrt, square} from "../kernels/index.ts";

/** dX = −X dt + √(2T (1 + X²)) dW, noise that grows with the distance. */
const studentDiffusion = itoEquation({
  name: "Student diffusion",
  parameters: {temperature: []},
  state: {position: []},
  drift: ({position}) => ({position: neg(position)}),
  diffusion: {
    kind: "diagonal",
    coefficient: ({position}, {parameters: {temperature}}) => ({
      position: sqrt(mul(mul(2, temperature), add(1, square(position))))
    })
  }
});

/** X' = X − X Δ + √(2T (1 + X²)) √Δ ξ, for every back end. */
export const studentSteps = eulerMaruyama(studentDiffusion);
