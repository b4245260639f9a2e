import {add, mul} from "../../kernels/index.ts";
import type {ParameterShapes, StateShapes, StateValues} from "../../kernels/index.ts";
import {unexpected} from "../../numerics/index.ts";
import type {Coefficient, ItoContext, ItoEquation} from "./ito-equation.ts";
import {moved, sumOf} from "./point.ts";
import type {FullPoint, Point} from "./point.ts";
import {schemeDynamics} from "./scheme.ts";
import type {SchemeDynamics} from "./scheme.ts";

/** The variables of an equation at half the time step, and as `<name>Coarse` those at the whole one. */
export type PairedState<S extends StateShapes> = S & {readonly [K in keyof S & string as `${K}Coarse`]: S[K]};

const coarse = (name: string) => `${name}Coarse`;

/**
 * The Euler–Maruyama scheme with steps Δ/2 and with steps Δ, `timeStep`, driven
 * by the same Wiener processes: the increment of a coarse step is the sum of
 * those of the two fine steps in it. The difference of both is the error of
 * halving, and 2 f(fine) − f(coarse) Richardson's extrapolation of a mean of f,
 * with little more scatter than f itself. Variables keep their names at Δ/2;
 * at Δ they are called `xCoarse` for `x`.
 * @throws RangeError for noise of kind "diagonal" or "constant"; write it as
 * columns of kind "general".
 */
export function eulerMaruyamaPair<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>): SchemeDynamics<P, PairedState<S>> {
  const {name, state, start, diffusion} = equation;
  if (diffusion.kind !== "general" && diffusion.kind !== "scalar") throw unexpected(`${name}: diffusion: kind`, `"general" or "scalar"`, diffusion.kind);
  const names = Object.keys(state);
  const taken = names.find((key) => coarse(key) in state);
  if (taken !== undefined) throw unexpected(`${name}: state`, `no variable called ${coarse(taken)}`, coarse(taken));
  const fineOf = (at: Point): Point => Object.fromEntries(names.filter((key) => key in at).map((key) => [key, at[key]!]));
  const coarseOf = (at: Point): Point => Object.fromEntries(names.filter((key) => coarse(key) in at).map((key) => [key, at[coarse(key)]!]));
  const both = (fine: object, other: object) => ({...fine, ...Object.fromEntries(Object.entries(other).map(([key, value]) => [coarse(key), value]))});
  const pairOf = (point: object) => both(point, point);
  const columnsAt = (at: Point, context: ItoContext<P>): readonly Coefficient<S>[] => (diffusion.kind === "general" ? diffusion.columns(at as StateValues<S>, context) : [diffusion.coefficient(at as StateValues<S>, context)]);
  const paired = {
    name,
    parameters: equation.parameters,
    state: pairOf(state) as PairedState<S>,
    ...(start === undefined ? {} : {start: (context: Parameters<typeof start>[0]) => pairOf(start(context))}),
    drift: (at: Point, context: ItoContext<P>) => both(equation.drift(fineOf(at) as StateValues<S>, context), equation.drift(coarseOf(at) as StateValues<S>, context)),
    diffusion: {
      kind: "general",
      columns: (at: Point, context: ItoContext<P>) => {
        const [fine, other] = [columnsAt(fineOf(at), context), columnsAt(coarseOf(at), context)];
        return fine.map((column, j) => both(column, other[j]!));
      }
    }
  } as unknown as ItoEquation<P, PairedState<S>>;
  return schemeDynamics(paired, (step) => {
    const {state: before, time, timeStep, rootTimeStep, drift, noise, normals} = step;
    if (noise.kind !== "columns") throw unexpected(`${name}: diffusion: kind`, `"general" or "scalar"`, noise.kind);
    const half = mul(0.5, timeStep);
    const columns = noise.columns(before, time);
    const draw = () => normals(columns.length).map((xi) => mul(Math.SQRT1_2, mul(rootTimeStep, xi)));
    const [first, second] = [draw(), draw()];
    const kick = (at: readonly Point[], increments: typeof first, part: (point: Point) => Point) => sumOf(...at.map((column, j) => [increments[j]!, part(column)] as const));
    const velocity = drift(before, time);
    const middle = moved(fineOf(before) as FullPoint, [half, fineOf(velocity)], [1, kick(columns, first, fineOf)]);
    const atMiddle = {...before, ...middle} as FullPoint;
    const middleTime = add(time, half);
    const fine = moved(middle, [half, fineOf(drift(atMiddle, middleTime))], [1, kick(noise.columns(atMiddle, middleTime), second, fineOf)]);
    const summed = first.map((increment, j) => add(increment, second[j]!));
    const other = moved(coarseOf(before) as FullPoint, [timeStep, coarseOf(velocity)], [1, kick(columns, summed, coarseOf)]);
    return both(fine, other) as Point;
  });
}
