import {mul} from "../../kernels/index.ts";
import type {ParameterShapes, StateShapes} from "../../kernels/index.ts";
import type {ItoEquation} from "./ito-equation.ts";
import {noiseIncrement} from "./noise-increment.ts";
import {moved, sumOf} from "./point.ts";
import {requireAdditive} from "./require-dependence.ts";
import {schemeDynamics} from "./scheme.ts";
import type {SchemeDynamics} from "./scheme.ts";

/**
 * The stochastic Heun scheme for additive noise, dX = b(X, t) dt + σ dW:
 *
 * X̃ = X + b(X, t) Δ + σ√Δ ξ,  X' = X + ½ (b(X, t) + b(X̃, t + Δ)) Δ + σ√Δ ξ,
 *
 * of weak order 2 and strong order 1.
 *
 * Source: Kloeden and Platen, Numerical Solution of Stochastic Differential
 * Equations, equation 15.1.1 for a constant σ.
 * @throws RangeError if σ depends on the state or on time.
 */
export function stochasticHeun<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>): SchemeDynamics<P, S> {
  return schemeDynamics(equation, (step) => {
    const {state, time, nextTime, timeStep} = step;
    const kick = noiseIncrement(step, (coefficient) => requireAdditive(step.name, state, time, coefficient));
    const before = step.drift(state, time);
    const after = step.drift(moved(state, [timeStep, before], [1, kick]), nextTime);
    return moved(state, [mul(0.5, timeStep), sumOf([1, before], [1, after])], [1, kick]);
  });
}
