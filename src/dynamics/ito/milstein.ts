import {div, mul, square, sub} from "../../kernels/index.ts";
import type {ParameterShapes, StateShapes, StateValues} from "../../kernels/index.ts";
import type {Coefficient, ItoContext, ItoEquation} from "./ito-equation.ts";
import {noiseIncrement} from "./noise-increment.ts";
import {checkedPoint, mapPoint, moved, mulPoints, sumOf} from "./point.ts";
import type {FullPoint, Point} from "./point.ts";
import {requireSeparable} from "./require-dependence.ts";
import {schemeDynamics} from "./scheme.ts";
import type {SchemeDynamics, SchemeNoise, SchemeStep} from "./scheme.ts";

/** What Milstein's scheme may be given. */
export interface MilsteinOptions<P extends ParameterShapes, S extends StateShapes> {
  /**
   * (σ·∇)σ, the derivative of σ along itself, for diagonal and scalar noise:
   * σᵢ ∂σᵢ/∂xᵢ if it is diagonal. Without it the derivative is taken by a
   * finite difference over √Δ, of the same order.
   */
  readonly derivativeAlongNoise?: (state: StateValues<S>, context: ItoContext<P>) => Coefficient<S>;
}

type AlongNoise = (at: FullPoint) => Point;

const hermite = (xi: Point): Point => mapPoint(xi, (value) => sub(square(value), 1));

function diagonalStep(step: SchemeStep, coefficientAt: Extract<SchemeNoise, {readonly kind: "diagonal"}>["coefficient"], alongNoise: AlongNoise | undefined): Point {
  const {name, state, time, nextTime, timeStep, rootTimeStep, drift, normalsFor} = step;
  const [b, sigma] = [drift(state, time), coefficientAt(state, time)];
  requireSeparable(name, state, sigma);
  const xi = normalsFor(sigma);
  const difference = () => sumOf([1, coefficientAt(moved(state, [timeStep, b], [rootTimeStep, sigma]), nextTime)], [-1, sigma]);
  const correction = alongNoise === undefined ? sumOf([mul(0.5, rootTimeStep), difference()]) : sumOf([mul(0.5, timeStep), alongNoise(state)]);
  return moved(state, [timeStep, b], [rootTimeStep, mulPoints(sigma, xi)], [1, mulPoints(correction, hermite(xi))]);
}

function columnsStep(step: SchemeStep, columnsAt: Extract<SchemeNoise, {readonly kind: "columns"}>["columns"], alongNoise: AlongNoise | undefined): Point {
  const {state, time, nextTime, timeStep, rootTimeStep, drift, normals} = step;
  const [b, columns] = [drift(state, time), columnsAt(state, time)];
  const increments = normals(columns.length).map((xi) => mul(rootTimeStep, xi));
  const product = (r: number, j: number) => (r === j ? sub(square(increments[j]!), timeStep) : mul(increments[r]!, increments[j]!));
  const kicks = columns.map((column, j) => [increments[j]!, column] as const);
  if (alongNoise !== undefined) return moved(state, [timeStep, b], ...kicks, [mul(0.5, product(0, 0)), alongNoise(state)]);
  const corrections = columns.flatMap((along, r) => {
    const displaced = columnsAt(moved(state, [timeStep, b], [rootTimeStep, along]), nextTime);
    return columns.map((column, j) => [div(mul(0.5, product(r, j)), rootTimeStep), sumOf([1, displaced[j]!], [-1, column])] as const);
  });
  return moved(state, [timeStep, b], ...kicks, ...corrections);
}

/**
 * Milstein's scheme of strong order 1 for diagonal, scalar and commutative
 * noise (weak order 1),
 *
 * X' = X + b Δ + Σⱼ σⱼ ΔWⱼ + ½ Σᵣⱼ (σᵣ·∇)σⱼ (ΔWᵣ ΔWⱼ − δᵣⱼ Δ),
 *
 * where (σᵣ·∇)σⱼ is given by the caller or replaced by the difference
 * (σⱼ(X + b Δ + σᵣ √Δ, t + Δ) − σⱼ(X, t)) / √Δ.
 *
 * Columns of kind "general" must commute, (σᵣ·∇)σⱼ = (σⱼ·∇)σᵣ, which is not
 * checked: otherwise the order is ½. A diagonal σᵢ must depend on xᵢ only,
 * which is checked.
 *
 * Source: Kloeden and Platen, Numerical Solution of Stochastic Differential
 * Equations, sections 10.3 and, for the differences, 11.1.
 * @throws RangeError for diagonal noise that mixes coordinates, and for a
 * derivative given with noise that is neither diagonal nor scalar.
 */
export function milstein<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>, {derivativeAlongNoise}: MilsteinOptions<P, S> = {}): SchemeDynamics<P, S> {
  const {name, state, diffusion} = equation;
  if (derivativeAlongNoise !== undefined && diffusion.kind !== "diagonal" && diffusion.kind !== "scalar") throw new RangeError(`${name}: derivativeAlongNoise: expected diagonal or scalar noise, found ${diffusion.kind}`);
  return schemeDynamics(equation, (step) => {
    const alongNoise = derivativeAlongNoise === undefined ? undefined : (at: FullPoint) => checkedPoint(`${name}: derivativeAlongNoise`, state, derivativeAlongNoise(at as StateValues<S>, {parameters: step.parameters as ItoContext<P>["parameters"], time: step.time}), "some");
    if (step.noise.kind === "diagonal") return diagonalStep(step, step.noise.coefficient, alongNoise);
    if (step.noise.kind === "columns") return columnsStep(step, step.noise.columns, alongNoise);
    return moved(step.state, [step.timeStep, step.drift(step.state, step.time)], [1, noiseIncrement(step)]);
  });
}
