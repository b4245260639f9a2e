export {eulerMaruyama} from "./euler-maruyama.ts";
export {itoEquation} from "./ito-equation.ts";
export type {Coefficient, Diffusion, ItoContext, ItoEquation} from "./ito-equation.ts";
export {milstein} from "./milstein.ts";
export type {MilsteinOptions} from "./milstein.ts";
export type {SchemeDynamics, SchemeParameters} from "./scheme.ts";
export {stochasticHeun} from "./stochastic-heun.ts";
export {weakSecondOrder} from "./weak-second-order.ts";
