import { requireFinite, requireIntegerAtLeast, requirePositive, unexpected } from "./argument-checks.ts";

/** Several smooth functions of one variable, interpolated on an interval. */
export interface ChebyshevTable {
  readonly lower: number;
  readonly upper: number;
  /** Points at which the functions were computed. */
  readonly evaluations: number;
  /** Function number `component` at `x` of the interval; not checked: the range. */
  at(component: number, x: number): number;
}

interface Panel {
  readonly lower: number;
  readonly upper: number;
  readonly coefficients: readonly Float64Array[];
}

function chebyshevCoefficients(values: readonly number[]): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: n }, (_, k) => {
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += values[j] * Math.cos((Math.PI * k * (j + 0.5)) / n);
    return ((k === 0 ? 1 : 2) * sum) / n;
  });
}

/** Clenshaw's recurrence at `x` in `[-1, 1]`. */
function chebyshevSum(coefficients: Float64Array, x: number): number {
  let [next, afterNext] = [0, 0];
  for (let k = coefficients.length - 1; k > 0; k -= 1) [next, afterNext] = [2 * x * next - afterNext + coefficients[k], next];
  return x * next - afterNext + coefficients[0];
}

/**
 * Piecewise Chebyshev interpolation of functions that are computed together: panels of at most `widest` are halved
 * until the last three of their `count` coefficients are below `tolerance`, the checked absolute error.
 *
 * @throws RangeError for an empty or unbounded interval, fewer than 4 coefficients, a tolerance or width that is not
 * positive, or a value that is not finite.
 * @throws Error when a panel 1e-6 wide misses the tolerance, as at a jump.
 */
export function chebyshevTable(
  functions: (x: number) => readonly number[],
  lower: number,
  upper: number,
  { tolerance = 1e-9, count = 14, widest = 2 } = {},
): ChebyshevTable {
  requireFinite("lower", lower);
  if (!(requireFinite("upper", upper) > lower)) throw unexpected("upper", `a number above lower = ${lower}`, upper);
  requirePositive("tolerance", tolerance);
  requirePositive("widest", widest);
  requireIntegerAtLeast("count", count, 4);
  const panels: Panel[] = [];
  let evaluations = 0;
  const add = (from: number, to: number): void => {
    const rows = Array.from({ length: count }, (_, j) => {
      const x = (from + to) / 2 + ((to - from) / 2) * Math.cos((Math.PI * (j + 0.5)) / count);
      return functions(x).map((value, i) => requireFinite(() => `functions(${x})[${i}]`, value));
    });
    evaluations += count;
    const coefficients = rows[0].map((_, component) => chebyshevCoefficients(rows.map((row) => row[component])));
    const missed = coefficients.some((found) => found.slice(-3).some((value) => Math.abs(value) > tolerance));
    if (!missed) panels.push({ lower: from, upper: to, coefficients });
    else if (to - from < 1e-6) throw new Error(`chebyshevTable: no ${tolerance} on [${from}, ${to}]`);
    else {
      add(from, (from + to) / 2);
      add((from + to) / 2, to);
    }
  };
  const parts = Math.ceil((upper - lower) / widest);
  for (let i = 0; i < parts; i += 1) add(lower + ((upper - lower) * i) / parts, lower + ((upper - lower) * (i + 1)) / parts);
  const at = (component: number, x: number): number => {
    let [low, high] = [0, panels.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x > panels[middle].upper) low = middle + 1;
      else high = middle;
    }
    const panel = panels[low];
    return chebyshevSum(panel.coefficients[component], (2 * x - panel.lower - panel.upper) / (panel.upper - panel.lower));
  };
  return { lower, upper, evaluations, at };
}
