import {element, stack} from "../../kernels/index.ts";
import type {ParameterShapes, ParameterValues, Real, RealLike, StateValues} from "../../kernels/index.ts";
import {requireIntegerAtLeast, unexpected} from "../../numerics/index.ts";
import type {SampleModel, SampleRow} from "./sample-model.ts";

/** A flow: how every point of R^d moves under one and the same noise, followed at m points. */
export interface Flow<P extends ParameterShapes, Points extends string> {
  readonly model: SampleModel<P>;
  /** Names of the m points, each a variable of shape [d] of the state. */
  readonly points: readonly Points[];
}

/** η, and where each point starts: `xStart` for the point `x`. */
export type FlowParameters<P extends ParameterShapes, Points extends string> = P & {readonly stepSize: readonly []} & {readonly [K in `${Points}Start`]: readonly [number]};

/** The data row after row, N times the columns of a row, where they are read without being drawn. */
export type DataParameters<P extends ParameterShapes, Points extends string> = FlowParameters<P, Points> & {readonly samples: readonly [number]};

/** The points, each of shape [d]. */
export type FlowState<Points extends string> = {readonly [K in Points]: readonly [number]};

type Vectors = Readonly<Record<string, Real>>;

/** What a flow has in common with the others: its shapes and its start. */
export interface FlowShapes<P extends ParameterShapes, Points extends string> {
  readonly parameters: FlowParameters<P, Points>;
  readonly dataParameters: DataParameters<P, Points>;
  readonly state: FlowState<Points>;
  readonly start: (context: {readonly parameters: object}) => {readonly [K in Points]: Real};
}

/**
 * Checks a flow and says its shapes.
 * @throws RangeError for M, N, d or columns that are no positive integer, two
 * points of one name, and a parameter of the model with a name of the flow's own.
 */
export function flowShapes<P extends ParameterShapes, Points extends string>(kind: string, {model, points}: Flow<P, Points>): FlowShapes<P, Points> {
  const name = `${kind}: ${model.name}`;
  requireIntegerAtLeast(`${name}: samples`, model.samples, 1);
  requireIntegerAtLeast(`${name}: dimension`, model.dimension, 1);
  requireIntegerAtLeast(`${name}: columns`, model.columns, 1);
  requireIntegerAtLeast(`${name}: points.length`, points.length, 1);
  const twice = points.find((point, i) => points.indexOf(point) !== i);
  if (twice !== undefined) throw unexpected(`${name}: points`, "names that differ", twice);
  const starts = Object.fromEntries(points.map((point) => [`${point}Start`, [model.dimension]]));
  const own = {stepSize: [], ...starts, samples: [model.samples * model.columns]};
  const taken = Object.keys(model.parameters).find((parameter) => parameter in own || parameter === "timeStep");
  if (taken !== undefined) throw unexpected(`${name}: parameters`, "names other than those of the flow", taken);
  const {samples: _samples, ...bound} = {...model.parameters, ...own};
  return {
    parameters: bound as unknown as FlowParameters<P, Points>,
    dataParameters: {...model.parameters, ...own} as unknown as DataParameters<P, Points>,
    state: Object.fromEntries(points.map((point) => [point, [model.dimension]])) as unknown as FlowState<Points>,
    start: ({parameters}) => Object.fromEntries(points.map((point) => [point, (parameters as Vectors)[`${point}Start`]!])) as {readonly [K in Points]: Real}
  };
}

/** The rows of the data within a traced step, from the parameter `samples`. */
export function rowsOf({samples: count, columns}: SampleModel<ParameterShapes>, data: Real): readonly SampleRow[] {
  return Array.from({length: count}, (_, row) => {
    const value = (column: number): Real => element(data, row * columns + column);
    return {value, slice: (from, length) => stack(Array.from({length}, (_unused, i) => value(from + i)))};
  });
}

/** The points of a traced state with their names. */
export function namedPoints<Points extends string>(state: StateValues<FlowState<Points>>, points: readonly Points[]): readonly (readonly [name: Points, point: Real])[] {
  return points.map((name) => [name, state[name] as Real]);
}

/** What a flow reads within a traced step. */
export interface BoundFlow {
  readonly stepSize: Real;
  readonly data: Real;
  readonly parameters: ParameterValues<ParameterShapes>;
}

/** The bound values of a flow. */
export function boundFlow(parameters: object): BoundFlow {
  const {stepSize, samples} = parameters as {readonly stepSize: Real; readonly samples: Real};
  return {stepSize, data: samples, parameters: parameters as ParameterValues<ParameterShapes>};
}

/** A value for each point, by name. */
export function byPoint<Points extends string>(entries: readonly (readonly [Points, RealLike])[]): {readonly [K in Points]: RealLike} {
  return Object.fromEntries(entries) as {readonly [K in Points]: RealLike};
}
