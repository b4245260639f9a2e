import type {ParameterShapes, StateShapes} from "../../kernels/index.ts";
import type {ItoEquation} from "./ito-equation.ts";
import {noiseIncrement} from "./noise-increment.ts";
import {moved} from "./point.ts";
import {schemeDynamics} from "./scheme.ts";
import type {SchemeDynamics} from "./scheme.ts";

/**
 * The Euler–Maruyama scheme,
 *
 * X' = X + b(X, t) Δ + σ(X, t) √Δ ξ,
 *
 * with standard normals ξ, for every kind of diffusion. Strong order ½ (1 for
 * additive noise), weak order 1.
 *
 * Source: Kloeden and Platen, Numerical Solution of Stochastic Differential
 * Equations, sections 10.2 and 14.1.
 */
export function eulerMaruyama<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>): SchemeDynamics<P, S> {
  return schemeDynamics(equation, (step) => moved(step.state, [step.timeStep, step.drift(step.state, step.time)], [1, noiseIncrement(step)]));
}
