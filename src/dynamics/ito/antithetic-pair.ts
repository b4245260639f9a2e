import {neg} from "../../kernels/index.ts";
import type {ParameterShapes, StateShapes, StateValues} from "../../kernels/index.ts";
import type {Coefficient, ItoEquation} from "./ito-equation.ts";

/** A state twice: every variable `x`, and `xMirrored`. */
export type PairState<S extends StateShapes> = S & {readonly [K in Extract<keyof S, string> as `${K}Mirrored`]: S[K]};

const mirrored = (key: string): string => `${key}Mirrored`;

/**
 * Two solutions of one equation with columns, the second driven by −W where the
 * first is driven by W: each has the equation's law, and in the mean of a
 * function of both all that is odd in the noise cancels. A replica of it is a
 * pair.
 * @throws RangeError for noise that is not given by columns, or a variable whose name is taken.
 */
export function antitheticPair<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>): ItoEquation<P, PairState<S>> {
  const {name, parameters, state, start, drift, diffusion} = equation;
  if (diffusion.kind !== "general") throw new RangeError(`${name}: diffusion: kind: expected "general", found ${JSON.stringify(diffusion.kind)}`);
  const keys = Object.keys(state);
  const taken = keys.find((key) => keys.includes(mirrored(key)));
  if (taken !== undefined) throw new RangeError(`${name}: state: expected names other than ${mirrored(taken)}, found it`);
  const renamed = (values: object): object => Object.fromEntries(Object.entries(values).map(([key, value]) => [mirrored(key), value]));
  const other = (values: object): StateValues<S> => Object.fromEntries(keys.map((key) => [key, (values as Readonly<Record<string, unknown>>)[mirrored(key)]])) as StateValues<S>;
  const own = (values: object): StateValues<S> => Object.fromEntries(keys.map((key) => [key, (values as Readonly<Record<string, unknown>>)[key]])) as StateValues<S>;
  const both = (first: object, second: object) => ({...first, ...renamed(second)});
  const negative = (column: object): object => Object.fromEntries(Object.entries(column).map(([key, value]) => [key, neg(value)]));
  return {
    name: `antithetic pair: ${name}`,
    parameters,
    state: both(state, state) as unknown as PairState<S>,
    ...(start === undefined
      ? {}
      : {
          start: (context) => {
            const from = start(context);
            return both(from, from) as Coefficient<PairState<S>>;
          }
        }),
    drift: (values, context) => both(drift(own(values), context), drift(other(values), context)) as never,
    diffusion: {
      kind: "general",
      columns: (values, context) => {
        const second = diffusion.columns(other(values), context);
        return diffusion.columns(own(values), context).map((column, j) => both(column, negative(second[j]!)) as Coefficient<PairState<S>>);
      }
    }
  };
}
