import type {DrawingContext, Matrix, ParameterShapes, ParameterValues, Real, RealLike, StateShapes, StateValues} from "../../kernels/index.ts";

/** What drift and diffusion are given beside the state. */
export interface ItoContext<P extends ParameterShapes> {
  readonly parameters: ParameterValues<P>;
  /** t, from 0 on. */
  readonly time: Real;
}

/** Values for some of the state's variables; a scalar counts for every coordinate of a vector. */
export type Coefficient<S extends StateShapes> = {readonly [K in keyof S]?: RealLike};

/**
 * How the noise enters dX = b dt + σ dW.
 *
 * - diagonal: every coordinate of the variables that `coefficient` names has a
 *   Wiener process of its own, dXᵢ = bᵢ dt + σᵢ dWᵢ. Variables left out have
 *   no noise.
 * - scalar: one Wiener process moves all coordinates, dX = b dt + σ dW.
 * - general: dX = b dt + Σⱼ σⱼ dWⱼ, one column σⱼ for each Wiener process.
 * - constant: σ is a matrix parameter (n, m), one for each variable named,
 *   each with m Wiener processes of its own.
 */
export type Diffusion<P extends ParameterShapes, S extends StateShapes> =
  | {readonly kind: "diagonal" | "scalar"; readonly coefficient: (state: StateValues<S>, context: ItoContext<P>) => Coefficient<S>}
  | {readonly kind: "general"; readonly columns: (state: StateValues<S>, context: ItoContext<P>) => readonly Coefficient<S>[]}
  | {readonly kind: "constant"; readonly matrices: (parameters: ParameterValues<P>) => {readonly [K in keyof S]?: Matrix}};

/** An Itô equation dX = b(X, t) dt + σ(X, t) dW of one or more named variables. */
export interface ItoEquation<P extends ParameterShapes, S extends StateShapes> {
  /** Name in messages. */
  readonly name: string;
  /** Shapes of the parameters; `timeStep` is added by the scheme. */
  readonly parameters: P;
  /** Shapes of the variables: [] for a scalar, [n] for a vector. */
  readonly state: S;
  /** X at t = 0; what it leaves out starts at 0. */
  readonly start?: (context: DrawingContext<P, Record<never, never>>) => Coefficient<S>;
  /** b(X, t), for every variable. */
  readonly drift: (state: StateValues<S>, context: ItoContext<P>) => {readonly [K in keyof S]: RealLike};
  /** σ(X, t). */
  readonly diffusion: Diffusion<P, S>;
}

/**
 * An Itô equation, written in the named operations and given to a scheme:
 *
 *     const geometricBrownianMotion = itoEquation({
 *       name: "geometric Brownian motion",
 *       parameters: {growth: [], volatility: [], price: []},
 *       state: {x: []},
 *       start: ({parameters: {price}}) => ({x: price}),
 *       drift: ({x}, {parameters: {growth}}) => ({x: mul(growth, x)}),
 *       diffusion: {kind: "diagonal", coefficient: ({x}, {parameters: {volatility}}) => ({x: mul(volatility, x)})}
 *     });
 *     const dynamics = milstein(geometricBrownianMotion);
 *     ensembles.simulate(dynamics, {parameters: {growth: 0.1, volatility: 0.3, price: 1, timeStep: 0.01}, key, replicas: 1000, steps: 100});
 *
 * It is checked when a scheme is made of it. A quantity along the path, such
 * as a clock ∫ f(X) dt, is one more variable with the drift f and no noise.
 */
export function itoEquation<const P extends ParameterShapes, const S extends StateShapes>(equation: ItoEquation<P, S>): ItoEquation<P, S> {
  return equation;
}
