import { requireFinite, requireIncreasing, requireNonNegative, unexpected } from "./argument-checks.ts";
import { NORMAL_CUT_OFF, normalTail } from "./normal-tail.ts";

/** One normal component of a transition law; a standard deviation of 0 is a point mass. */
export interface GaussianComponent {
  readonly weight: number;
  readonly mean: number;
  readonly standardDeviation: number;
}

/** The law of the next state given the present one, a mixture whose weights add up to 1. */
export type TransitionLaw = (x: number) => readonly GaussianComponent[];

/** How a chain on the line becomes one on cells. */
export interface KernelGrid {
  /** Increasing cell edges; cell `j` is `[edges[j], edges[j + 1])`. */
  readonly edges: ArrayLike<number>;
  readonly transition: TransitionLaw;
  /** Mass beyond the outer edges leaves the chain (`"absorbing"`) or stays in the outer cells (`"lumped"`). */
  readonly ends: "absorbing" | "lumped";
  /** Follow `|x|` of a chain whose law is symmetric under `x → -x`; then `edges[0]` is 0 and only the upper end is open. */
  readonly reflected?: boolean;
}

/** A chain on `size` cells: `matrix[i * size + j]` is the probability of cell `j` from the midpoint of cell `i`. */
export interface MarkovKernel {
  readonly size: number;
  readonly edges: Float64Array;
  readonly midpoints: Float64Array;
  readonly matrix: Float64Array;
  /** Probability of leaving the grid from each cell in one step, computed by itself and not as a difference from 1. */
  readonly exit: Float64Array;
  /** Writes the cell probabilities from any state into `row` and returns the probability of leaving. */
  readonly rowFrom: (x: number, row: Float64Array) => number;
}

const NEGLIGIBLE = 1e-100;

/** Index of the first edge above `x`; `edges.length` if there is none. */
function firstEdgeAbove(edges: Float64Array, x: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Adds a component's mass to `masses`, whose entry `j + 1` is cell `j`, entry 0 all below, the last all above.
 * Differences are taken in the nearer tail, so that each mass keeps its relative accuracy.
 */
function addComponent(masses: Float64Array, edges: Float64Array, weight: number, mean: number, deviation: number): void {
  if (deviation === 0) {
    masses[firstEdgeAbove(edges, mean)] += weight;
    return;
  }
  const highest = mean + NORMAL_CUT_OFF * deviation;
  const scale = 1 / deviation;
  let [previousTail, previousBelow] = [0, true];
  let edge = firstEdgeAbove(edges, mean - NORMAL_CUT_OFF * deviation);
  for (; edge < edges.length && edges[edge] < highest; edge += 1) {
    const z = (edges[edge] - mean) * scale;
    const below = z < 0;
    const tail = normalTail(below ? -z : z);
    const mass = previousBelow ? (below ? tail - previousTail : 1 - previousTail - tail) : previousTail - tail;
    if (mass > NEGLIGIBLE) masses[edge] += weight * mass;
    previousTail = tail;
    previousBelow = below;
  }
  masses[edge] += weight * (previousBelow ? 1 - previousTail : previousTail);
}

function requireMixture(x: number, components: readonly GaussianComponent[]): void {
  let total = 0;
  components.forEach(({ weight, mean, standardDeviation }, i) => {
    total += requireNonNegative(() => `transition(${x})[${i}].weight`, weight);
    requireFinite(() => `transition(${x})[${i}].mean`, mean);
    requireNonNegative(() => `transition(${x})[${i}].standardDeviation`, standardDeviation);
  });
  if (!(Math.abs(total - 1) <= 1e-9)) throw unexpected(`transition(${x})`, "weights that add up to 1", total);
}

/**
 * Discretises a Markov chain on the line. The next state's law is integrated exactly over each cell
 * (differences of the normal distribution function, cut off at 8.5 standard deviations, where 1e-17 is left);
 * the present state is taken at its cell's midpoint, so that functionals converge with the square of the cell width.
 *
 * @throws RangeError for fewer than two edges, edges that do not increase, a reflected grid that does not start
 * at 0, or a transition law that is no mixture of normal components.
 */
export function markovKernel({ edges: givenEdges, transition, ends, reflected = false }: KernelGrid): MarkovKernel {
  const edges = Float64Array.from(requireIncreasing("edges", givenEdges, 2));
  if (reflected && edges[0] !== 0) throw unexpected("edges[0]", "0 on a reflected grid", edges[0]);
  const size = edges.length - 1;
  const midpoints = Float64Array.from({ length: size }, (_, i) => (edges[i] + edges[i + 1]) / 2);
  const masses = new Float64Array(size + 2);
  const rowFrom = (x: number, row: Float64Array): number => {
    const components = transition(requireFinite("x", x));
    requireMixture(x, components);
    masses.fill(0);
    for (const { weight, mean, standardDeviation } of components) {
      if (reflected && standardDeviation > 0) {
        addComponent(masses, edges, weight, mean, standardDeviation);
        addComponent(masses, edges, weight, -mean, standardDeviation);
      } else {
        addComponent(masses, edges, weight, reflected ? Math.abs(mean) : mean, standardDeviation);
      }
    }
    if (reflected) masses[0] = 0;
    row.set(masses.subarray(1, size + 1));
    if (ends === "absorbing") return masses[0] + masses[size + 1];
    row[0] += masses[0];
    row[size - 1] += masses[size + 1];
    return 0;
  };
  const matrix = new Float64Array(size * size);
  const exit = midpoints.map((x, i) => rowFrom(x, matrix.subarray(i * size, (i + 1) * size)));
  return { size, edges, midpoints, matrix, exit, rowFrom };
}
