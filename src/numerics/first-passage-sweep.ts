import { requireFinite, requirePositive } from "./argument-checks.ts";
import { gaussLegendre } from "./gaussian-quadrature.ts";
import { panelIntegration } from "./panel-integration.ts";

/**
 * A scalar generator `(a/2) T'' + b T'` on panels from a lower end that is never left downwards.
 * The log speed density is `Φ(x) + log(2/a)`, `Φ(x) = power log x + ∫ regularRate`.
 */
interface PassageProblem {
  readonly edges: readonly number[];
  /** Index in `edges` of the starting point. */
  readonly start: number;
  /** Variance rate `a(x) > 0`. */
  readonly variance: (x: number) => number;
  /** `2 b(x) / a(x) - power / x`. */
  readonly regularRate: (x: number) => number;
  /** `Φ(x)` in closed form, in place of the integral of the rate. */
  readonly logDensity?: ((x: number) => number) | undefined;
  /** Exponent of a regular singular point at `edges[0] = 0`; 0 if there is none. */
  readonly power: number;
}

const PANEL = panelIntegration(16);

function logAdd(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === -Infinity ? larger : larger + Math.log(Math.exp(a - larger) + Math.exp(b - larger));
}

/** Reciprocal speed factor `2/a(x)`. @throws RangeError when `a(x)` is not positive. */
function inverseVariance(problem: PassageProblem, x: number): number {
  return 2 / requirePositive(() => `variance(${x})`, problem.variance(x));
}

/** `Φ` at the panel's nodes and at its right end, relative to its left end. */
function relativeDensity(problem: PassageProblem, left: number, right: number, nodes: readonly number[]): number[] {
  const { logDensity, power } = problem;
  const points = [...nodes, right];
  if (logDensity !== undefined) {
    const base = requireFinite(() => `logDensity(${left})`, logDensity(left));
    return points.map((x) => requireFinite(() => `logDensity(${x})`, logDensity(x)) - base);
  }
  const half = (right - left) / 2;
  const rates = nodes.map((x) => requireFinite(() => `2 drift/variance at ${x}`, problem.regularRate(x)));
  return [...PANEL.running, PANEL.weights].map((row, i) => {
    const integral = rates.reduce((sum, rate, j) => sum + row[j] * rate, 0) * half;
    return power === 0 ? integral : integral + power * Math.log(points[i] / left);
  });
}

/**
 * `G` at the nodes and right end of the panel that touches a regular singular point:
 * `G(r) = r ∫_0^1 (2/a(ru)) u^power exp(ψ(ru) - ψ(r)) du`.
 */
function singularPanel(problem: PassageProblem, nodes: readonly number[], right: number): number[] {
  const rule = gaussLegendre(12 + Math.ceil(problem.power / 2), 0, 1);
  const average = (left: number, end: number, f: (x: number) => number) =>
    rule.nodes.reduce((sum, node, i) => sum + rule.weights[i] * f(left + (end - left) * node), 0);
  return [...nodes, right].map(
    (r) => r * average(0, 1, (u) => inverseVariance(problem, r * u) * u ** problem.power * Math.exp(-(r - r * u) * average(r * u, r, problem.regularRate))),
  );
}

/**
 * Logarithm of the mean first-passage time from the starting edge to every later edge, and `-Infinity`
 * before. With `G' = 2/a - (2b/a) G`, `G(edges[0]) = 0`, the mean time is `∫ G` from start to target;
 * `G` is carried from panel to panel by its logarithm, so that no barrier overflows.
 */
function sweepFirstPassage(problem: PassageProblem): Float64Array {
  const { edges, start } = problem;
  const logTimes = new Float64Array(edges.length).fill(-Infinity);
  let logG = -Infinity;
  for (let panel = 0; panel + 1 < edges.length; panel += 1) {
    const [left, right] = [edges[panel], edges[panel + 1]];
    const half = (right - left) / 2;
    const nodes = Array.from(PANEL.nodes, (node) => left + half * (node + 1));
    let scale = Math.max(logG, 0);
    let slopes: number[];
    if (panel === 0 && problem.power > 0) {
      slopes = singularPanel(problem, nodes, right);
      scale = 0;
    } else {
      const density = relativeDensity(problem, left, right, nodes);
      const carried = Math.exp(logG - scale);
      const speeds = nodes.map((x, j) => inverseVariance(problem, x) * Math.exp(density[j] - scale));
      slopes = [...PANEL.running, PANEL.weights].map((row, i) => {
        const added = speeds.reduce((sum, speed, j) => sum + row[j] * speed, 0) * half;
        return Math.exp(-density[i]) * (carried + added);
      });
    }
    logG = scale + Math.log(slopes[nodes.length]);
    if (panel < start) continue;
    const time = PANEL.weights.reduce((sum, weight, i) => sum + weight * slopes[i], 0) * half;
    logTimes[panel + 1] = logAdd(logTimes[panel], scale + Math.log(time));
  }
  return logTimes;
}

/** Mean first-passage times to the targets of a sweep, with the change at the last halving of its panels. */
export interface FirstPassageTimes {
  readonly targets: readonly number[];
  /** Mean time to each target; `Infinity` when it exceeds the largest number (see `logMeanTimes`). */
  readonly meanTimes: readonly number[];
  readonly logMeanTimes: readonly number[];
  /** Largest relative change of a mean time when every panel was halved. */
  readonly discretisationError: number;
}

/** Panels with the index of the starting edge; `halvings` is how often every panel has been halved. */
export type PanelGrid = (halvings: number) => { readonly edges: readonly number[]; readonly start: number };

/**
 * Solves a problem on panels that are halved until the times settle to `relativeTolerance`. Every target is an edge.
 *
 * @throws Error when 12 halvings do not settle them.
 */
export function settledFirstPassage(
  problem: Omit<PassageProblem, "edges" | "start">,
  grid: PanelGrid,
  targets: readonly number[],
  relativeTolerance: number,
): FirstPassageTimes {
  let previous: readonly number[] | undefined;
  for (let halvings = 0; halvings <= 12; halvings += 1) {
    const { edges, start } = grid(halvings);
    const logTimes = sweepFirstPassage({ ...problem, edges, start });
    const position = new Map(edges.map((edge, i) => [edge, i]));
    const logMeanTimes = targets.map((target) => logTimes[position.get(target) as number]);
    const changes = logMeanTimes.map((time, i) => (previous === undefined ? Infinity : Math.abs(Math.expm1(time - previous[i]))));
    const discretisationError = Math.max(...changes);
    if (discretisationError <= relativeTolerance) {
      return { targets, meanTimes: logMeanTimes.map(Math.exp), logMeanTimes, discretisationError };
    }
    previous = logMeanTimes;
  }
  throw new Error(`first passage: mean times did not settle to ${relativeTolerance} in 12 halvings of the panels`);
}
