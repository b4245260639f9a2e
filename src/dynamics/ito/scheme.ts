import {add, defineDynamics, less, matVec, mul, sqrt, where} from "../../kernels/index.ts";
import type {Dynamics, Matrix, ParameterShapes, ParameterValues, Real, RealLike, StateShapes, StateValues, StepContext} from "../../kernels/index.ts";
import type {ItoContext, ItoEquation} from "./ito-equation.ts";
import {checkedPoint} from "./point.ts";
import type {FullPoint, Point} from "./point.ts";

/** The parameters of an equation and Δ, `timeStep`. */
export type SchemeParameters<P extends ParameterShapes> = P & {readonly timeStep: readonly []};

/** An equation made into dynamics by a scheme. */
export type SchemeDynamics<P extends ParameterShapes, S extends StateShapes> = Dynamics<SchemeParameters<P>, S, Record<never, never>>;

/** The noise of one equation within a traced step. */
export type SchemeNoise =
  | {readonly kind: "diagonal"; readonly coefficient: (at: FullPoint, time: Real) => Point}
  | {readonly kind: "columns"; readonly columns: (at: FullPoint, time: Real) => readonly Point[]}
  | {readonly kind: "constant"; /** σ ΔW. */ readonly increment: () => Point};

/** What a scheme writes one step with. */
export interface SchemeStep {
  readonly name: string;
  readonly state: FullPoint;
  readonly parameters: ParameterValues<ParameterShapes>;
  /** t at the beginning and at the end of the step, Δ and √Δ. */
  readonly time: Real;
  readonly nextTime: Real;
  readonly timeStep: Real;
  readonly rootTimeStep: Real;
  readonly drift: (at: FullPoint, time: Real) => Point;
  readonly noise: SchemeNoise;
  /** Standard normals for every coordinate of the variables that a point names. */
  readonly normalsFor: (point: Point) => Point;
  /** `count` independent scalars, standard normal. */
  readonly normals: (count: number) => readonly Real[];
  /** ±1 with probability ½ each. */
  readonly sign: () => Real;
}

type AnyContext = StepContext<ParameterShapes, Record<never, never>>;
type AnyEquation = ItoEquation<ParameterShapes, StateShapes>;

function noiseOf({name, state, diffusion}: AnyEquation, parameters: ParameterValues<ParameterShapes>, {normal}: AnyContext, rootTimeStep: Real): SchemeNoise {
  const where = `${name}: diffusion`;
  const {kind} = diffusion;
  if (kind === "diagonal") return {kind, coefficient: (at, time) => checkedPoint(where, state, diffusion.coefficient(at, {parameters, time}), "some")};
  if (kind === "scalar") return {kind: "columns", columns: (at, time) => [checkedPoint(where, state, diffusion.coefficient(at, {parameters, time}), "some")]};
  if (kind === "general")
    return {
      kind: "columns",
      columns: (at, time) => {
        const columns = diffusion.columns(at, {parameters, time});
        if (!Array.isArray(columns) || columns.length === 0) throw new RangeError(`${where}: expected at least one column, found ${Array.isArray(columns) ? "none" : typeof columns}`);
        return columns.map((column: Point, j) => checkedPoint(`${where}: column ${j}`, state, column, "some"));
      }
    };
  if (kind === "constant")
    return {
      kind,
      increment: () => {
        const matrices = Object.entries(diffusion.matrices(parameters)).filter((entry): entry is [string, Matrix] => entry[1] !== undefined);
        return checkedPoint(where, state, Object.fromEntries(matrices.map(([key, matrix]) => [key, mul(rootTimeStep, matVec(matrix, normal(matrix.columns)))])), "some");
      }
    };
  throw new RangeError(`${where}: kind: expected "diagonal", "scalar", "general" or "constant", found ${JSON.stringify(kind)}`);
}

/**
 * Makes an equation into dynamics with one more parameter, `timeStep`: `write`
 * gives the state after a step of length Δ. Time is the number of steps times Δ.
 * @throws TypeError or RangeError that names the equation, as defineDynamics does.
 */
export function schemeDynamics<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>, write: (step: SchemeStep) => Point): SchemeDynamics<P, S> {
  const {name, state, start} = equation;
  if ("timeStep" in equation.parameters) throw new RangeError(`${name}: parameter timeStep: expected to be left to the scheme, found it in the equation`);
  const untyped = equation as unknown as AnyEquation;
  return defineDynamics<SchemeParameters<P>, S>({
    name,
    parameters: {...equation.parameters, timeStep: []},
    state,
    ...(start === undefined ? {} : {start: (context) => start(context as unknown as Parameters<typeof start>[0])}),
    step: (values, typedContext) => {
      const context = typedContext as unknown as AnyContext;
      const {parameters, normal, uniform, step} = context;
      const timeStep = parameters.timeStep as Real;
      const time = mul(step, timeStep);
      const rootTimeStep = sqrt(timeStep);
      const itoContext = (at: Real): ItoContext<ParameterShapes> => ({parameters, time: at});
      const next = write({
        name,
        state: {...values} as FullPoint,
        parameters,
        time,
        nextTime: add(time, timeStep),
        timeStep,
        rootTimeStep,
        drift: (at, moment) => checkedPoint(`${name}: drift`, state, untyped.drift(at as StateValues<StateShapes>, itoContext(moment)), "all"),
        noise: noiseOf(untyped, parameters, context, rootTimeStep),
        normalsFor: (point) => Object.fromEntries(Object.keys(point).map((key) => [key, normal(state[key]![0])])),
        normals: (count) => Array.from({length: count}, () => normal()),
        sign: () => where(less(uniform(), 0.5), 1, -1)
      });
      return next as {readonly [K in keyof S]: RealLike};
    }
  });
}
