import {add, mul, square, sub} from "../../kernels/index.ts";
import type {ParameterShapes, Real, RealLike, StateShapes} from "../../kernels/index.ts";
import type {ItoEquation} from "./ito-equation.ts";
import {mapPoint, moved, mulPoints, sumOf} from "./point.ts";
import type {FullPoint, Point} from "./point.ts";
import {requireSeparable} from "./require-dependence.ts";
import {schemeDynamics} from "./scheme.ts";
import type {SchemeDynamics, SchemeNoise, SchemeStep} from "./scheme.ts";

/** ½ (b(X, t) + b(X̃, t + Δ)) Δ with X̃ = X + b Δ + kick. */
function driftIncrement({state, nextTime, timeStep, drift}: SchemeStep, before: Point, kick: Point): Point {
  const after = drift(moved(state, [timeStep, before], [1, kick]), nextTime);
  return sumOf([mul(0.5, timeStep), sumOf([1, before], [1, after])]);
}

function diagonalStep(step: SchemeStep, coefficientAt: Extract<SchemeNoise, {readonly kind: "diagonal"}>["coefficient"]): Point {
  const {name, state, time, nextTime, timeStep, rootTimeStep, drift, normalsFor} = step;
  const [b, sigma] = [drift(state, time), coefficientAt(state, time)];
  requireSeparable(name, state, sigma);
  const xi = normalsFor(sigma);
  const support = (sign: 1 | -1) => coefficientAt(moved(state, [timeStep, b], [sign === 1 ? rootTimeStep : mul(-1, rootTimeStep), sigma]), nextTime);
  const [above, below] = [support(1), support(-1)];
  const even = mulPoints(sumOf([1, above], [1, below], [2, sigma]), xi);
  const odd = mulPoints(sumOf([1, above], [-1, below]), mapPoint(xi, (value) => sub(square(value), 1)));
  const kick = sumOf([rootTimeStep, mulPoints(sigma, xi)]);
  return moved(state, [1, driftIncrement(step, b, kick)], [mul(0.25, rootTimeStep), sumOf([1, even], [1, odd])]);
}

/** V: V_jj = −1, V_rj = ±1 with probability ½ for r < j, V_jr = −V_rj; in units of Δ. */
function levySigns(count: number, sign: () => Real): (r: number, j: number) => RealLike {
  const signs = Array.from({length: count}, (_, r) => Array.from({length: count}, (_, j) => (r < j ? sign() : -1)));
  return (r, j) => (r <= j ? signs[r]![j]! : mul(-1, signs[j]![r]!));
}

function columnsStep(step: SchemeStep, columnsAt: Extract<SchemeNoise, {readonly kind: "columns"}>["columns"]): Point {
  const {state, time, nextTime, timeStep, rootTimeStep, drift, normals, sign} = step;
  const [b, columns] = [drift(state, time), columnsAt(state, time)];
  const xi = normals(columns.length);
  const increments = xi.map((value) => mul(rootTimeStep, value));
  const levy = levySigns(columns.length, sign);
  const drifted = moved(state, [timeStep, b]);
  const supports = (from: FullPoint, at: Real, along: Point) => [columnsAt(moved(from, [rootTimeStep, along]), at), columnsAt(moved(from, [mul(-1, rootTimeStep), along]), at)] as const;
  const terms = columns.flatMap((along, r) => {
    const own = supports(drifted, nextTime, along);
    const others = columns.length > 1 ? supports(state, time, along) : own;
    return columns.flatMap((column, j) => {
      const [above, below] = (r === j ? own : others).map((values) => values[j]!) as [Point, Point];
      const iterated = mul(rootTimeStep, add(mul(xi[r]!, xi[j]!), levy(r, j)));
      return [[increments[j]!, sumOf([1, above], [1, below], [r === j ? 2 : -2, column])], [iterated, sumOf([1, above], [-1, below])]] as const;
    });
  });
  const kick = sumOf(...columns.map((column, j) => [increments[j]!, column] as const));
  return moved(state, [1, driftIncrement(step, b, kick)], [0.25, sumOf(...terms)]);
}

/**
 * Platen's explicit scheme of weak order 2. For diagonal and scalar noise,
 * coordinate by coordinate,
 *
 * X' = X + ½ (b(X̃) + b) Δ + ¼ (σ(X⁺) + σ(X⁻) + 2σ) ΔW + ¼ (σ(X⁺) − σ(X⁻)) (ΔW² − Δ)/√Δ,
 * X̃ = X + b Δ + σ ΔW,  X± = X + b Δ ± σ√Δ;
 *
 * for columns σⱼ the version for several Wiener processes, whose iterated
 * integrals are ½ (ΔWᵣ ΔWⱼ + Vᵣⱼ) with two-point variables Vᵣⱼ = −Vⱼᵣ = ±Δ,
 * Vⱼⱼ = −Δ, and which evaluates σ 4 m + 1 times for m of them. ΔW are normal.
 * X̃ and X± are taken at t + Δ. With a constant matrix it is the stochastic
 * Heun scheme. Columns need not commute. A diagonal σᵢ must depend on xᵢ only,
 * which is checked.
 *
 * Assumes that b and σ have four bounded derivatives; not checked.
 *
 * Source: Kloeden and Platen, Numerical Solution of Stochastic Differential
 * Equations, equations 15.1.1 and 15.1.3.
 * @throws RangeError for diagonal noise that mixes coordinates.
 */
export function weakSecondOrder<P extends ParameterShapes, S extends StateShapes>(equation: ItoEquation<P, S>): SchemeDynamics<P, S> {
  return schemeDynamics(equation, (step) => {
    const {noise, state, time, drift} = step;
    if (noise.kind === "diagonal") return diagonalStep(step, noise.coefficient);
    if (noise.kind === "columns") return columnsStep(step, noise.columns);
    const kick = noise.increment();
    return moved(state, [1, driftIncrement(step, drift(state, time), kick)], [1, kick]);
  });
}
