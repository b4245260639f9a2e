import {mul} from "../../kernels/index.ts";
import type {ParameterShapes, StateShapes} from "../../kernels/index.ts";
import type {Coefficient, ItoEquation} from "../ito/index.ts";
import {sumOf} from "../ito/point.ts";
import type {Point} from "../ito/point.ts";

/** Orthonormal vectors of R^N across (1, …, 1): Helmert's, N − 1 of them. */
function contrasts(count: number): readonly (readonly number[])[] {
  return Array.from({length: count - 1}, (_, row) => {
    const size = row + 1;
    const scale = 1 / Math.sqrt(size * (size + 1));
    return Array.from({length: count}, (_unused, i) => (i < size ? scale : i === size ? -size * scale : 0));
  });
}

/**
 * An equation with N columns that add up to 0, such as the stochastic modified
 * flow, written with N − 1 Wiener processes: Σᵢ σᵢ dWⁱ = Σⱼ (Σᵢ eⱼᵢ σᵢ) dBʲ for
 * orthonormal eⱼ across (1, …, 1), the same law by fewer evaluations. One
 * column, which is 0 then, is left as it is.
 *
 * Assumes that the columns add up to 0; not checked.
 * @throws RangeError for noise that is not given by columns.
 */
export function withNoiseContrasts<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>): ItoEquation<P, S> {
  const {name, diffusion} = equation;
  if (diffusion.kind !== "general") throw new RangeError(`${name}: diffusion: kind: expected "general", found ${JSON.stringify(diffusion.kind)}`);
  return {
    ...equation,
    diffusion: {
      kind: "general",
      columns: (state, context) => {
        const columns = diffusion.columns(state, context);
        if (columns.length === 1) return columns;
        return contrasts(columns.length).map((weights) => {
          const terms = columns.flatMap((column, i) => (weights[i] === 0 ? [] : [[weights[i]!, column as Point] as const]));
          return sumOf(...terms.map(([weight, column]) => [1, Object.fromEntries(Object.entries(column).map(([key, value]) => [key, mul(weight, value)]))] as const)) as Coefficient<S>;
        });
      }
    }
  };
}
