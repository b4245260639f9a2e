import {add, div, mul, square, stack, sub} from "../../kernels/index.ts";
import type {ParameterShapes, Real, RealLike, StateShapes, StateValues} from "../../kernels/index.ts";
import type {Coefficient, ItoEquation} from "./ito-equation.ts";

/** Legendre's polynomials by which the increments of each Wiener process are weighted. */
export const momentsPerProcess = 3;

const legendre = (z: Real): readonly RealLike[] => [1, z, div(sub(mul(3, square(z)), 1), 2)];

/** The equation's parameters and T. */
export type MomentParameters<P extends ParameterShapes> = P & {readonly horizon: readonly []};

/** The equation's state and (W¹₀, W¹₁, W¹₂, W²₀, …). */
export type MomentState<S extends StateShapes> = S & {readonly wienerMoments: readonly [number]};

/**
 * An equation with columns that also keeps, of each of its `processes` Wiener
 * processes, the moments ∫₀ᵗ Pᵢ(2s/T − 1) dWˢ with Legendre's P₀, P₁, P₂ in the
 * variable `wienerMoments`, T the parameter `horizon`. They are normal with a
 * known covariance, whatever the equation does: products of them less their
 * means are control variates for what is quadratic in the noise.
 *
 * A scheme weights the increment of a step from t to t + Δ by the mean of
 * `weakSecondOrder`'s σ, ½ (Pᵢ(t) + Pᵢ(t + Δ)): `wienerMomentCovariance` is of
 * these.
 * @throws RangeError for noise that is not given by columns.
 */
export function withWienerMoments<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>, processes: number): ItoEquation<MomentParameters<P>, MomentState<S>> {
  const {name, parameters, state, drift, diffusion} = equation;
  if (diffusion.kind !== "general") throw new RangeError(`${name}: diffusion: kind: expected "general", found ${JSON.stringify(diffusion.kind)}`);
  const own = (values: object): StateValues<S> => Object.fromEntries(Object.keys(state).map((key) => [key, (values as Readonly<Record<string, unknown>>)[key]])) as StateValues<S>;
  const columns = diffusion.columns;
  return {
    ...(equation as unknown as ItoEquation<MomentParameters<P>, MomentState<S>>),
    parameters: {...parameters, horizon: []} as MomentParameters<P>,
    state: {...state, wienerMoments: [momentsPerProcess * processes]} as MomentState<S>,
    drift: (values, context) => ({...drift(own(values), context as never), wienerMoments: mul(0, values.wienerMoments as Real)}) as never,
    diffusion: {
      kind: "general",
      columns: (values, context) => {
        const found = columns(own(values), context as never);
        if (found.length !== processes) throw new RangeError(`${name}: diffusion: expected ${processes} columns, found ${found.length}`);
        const weights = legendre(sub(div(mul(2, context.time), (context.parameters as {readonly horizon: Real}).horizon), 1));
        return found.map((column, j) => ({...column, wienerMoments: add(stack(found.flatMap((_, r) => weights.map((weight) => (r === j ? weight : 0)))), mul(0, values.wienerMoments as Real))}) as Coefficient<MomentState<S>>);
      }
    }
  };
}

/**
 * Covariance of one process's `wienerMoments` at the horizon T after `steps`
 * steps of `weakSecondOrder`: Σ Δ p̄ᵢ p̄ⱼ with p̄ᵢ = ½ (Pᵢ(t) + Pᵢ(t + Δ)).
 * @returns (3, 3), row after row
 */
export function wienerMomentCovariance(horizon: number, steps: number): readonly number[] {
  const at = (z: number) => [1, z, (3 * z * z - 1) / 2];
  const total = new Array<number>(momentsPerProcess ** 2).fill(0);
  for (let step = 0; step < steps; step += 1) {
    const [before, after] = [at((2 * step) / steps - 1), at((2 * (step + 1)) / steps - 1)];
    const means = before.map((value, i) => (value + after[i]!) / 2);
    means.forEach((a, i) => means.forEach((b, j) => (total[i * momentsPerProcess + j]! += (a * b * horizon) / steps)));
  }
  return total;
}
