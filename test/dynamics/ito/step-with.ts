import type {ParameterShapes, Real, RealLike, StateShapes} from "../../../src/kernels/index.ts";
import {add, mul, stack} from "../../../src/kernels/index.ts";
import type {SchemeDynamics} from "../../../src/dynamics/index.ts";

type Point = Readonly<Record<string, Real>>;

/** What one step of a scheme is given instead of its draws. */
export interface GivenStep {
  readonly timeStep: RealLike;
  /** Number of steps of this length before it. */
  readonly stepsBefore?: Real;
  /** Standard normals in the order of drawing. */
  readonly normals: readonly RealLike[];
  readonly uniforms?: readonly number[];
}

/** One step of a scheme inside another step, with normals of the caller's choice. */
export function stepWith<P extends ParameterShapes, S extends StateShapes>(dynamics: SchemeDynamics<P, S>, state: Point, context: object, {timeStep, stepsBefore, normals, uniforms = []}: GivenStep): Point {
  const {parameters, step} = context as {readonly parameters: object; readonly step: Real};
  const [left, others] = [[...normals], [...uniforms]];
  const asTraced = (value: RealLike): Real => add(value, 0);
  const normal = (length?: number): Real => (length === undefined ? asTraced(left.shift()!) : stack(left.splice(0, length)));
  const uniform = (): Real => asTraced(others.shift()!);
  const given = {parameters: {...parameters, timeStep: asTraced(timeStep)}, tables: {}, step: stepsBefore ?? step, normal, uniform};
  const next = dynamics.definition.step(state as never, given as never) as Readonly<Record<string, RealLike>>;
  if (left.length + others.length > 0) throw new Error(`${left.length} normals and ${others.length} uniforms are left`);
  return Object.fromEntries(Object.entries(next).map(([key, value]) => [key, asTraced(value)]));
}

/** Σ cₖ xₖ. */
export const weighted = (terms: readonly (readonly [number, Real])[]): Real => terms.map(([weight, value]) => mul(weight, value)).reduce((sum, term) => add(sum, term));

/** Three nodes that integrate polynomials up to degree 5 against the standard normal law. */
export const hermiteNodes: readonly (readonly [node: number, weight: number])[] = [[-Math.sqrt(3), 1 / 6], [0, 2 / 3], [Math.sqrt(3), 1 / 6]];
