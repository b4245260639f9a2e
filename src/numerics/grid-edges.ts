import { requireIntegerAtLeast, requirePositive, unexpected } from "./argument-checks.ts";

/**
 * `cells + 1` edges from 0 to `upper`, evenly spaced in `asinh(x / scale)`: uniform below `scale`, a constant
 * ratio above it, for laws with heavy tails.
 *
 * @throws RangeError for fewer than one cell or a scale or upper end that is not positive.
 */
export function sinhEdges(cells: number, upper: number, scale: number): Float64Array {
  requireIntegerAtLeast("cells", cells, 1);
  const last = Math.asinh(requirePositive("upper", upper) / requirePositive("scale", scale));
  return Float64Array.from({ length: cells + 1 }, (_, i) => (i === cells ? upper : scale * Math.sinh((last * i) / cells)));
}

/**
 * `cells + 1` evenly spaced edges from `lower` to `upper`.
 *
 * @throws RangeError for fewer than one cell or an empty or unbounded interval.
 */
export function uniformEdges(cells: number, lower: number, upper: number): Float64Array {
  requireIntegerAtLeast("cells", cells, 1);
  if (!(Number.isFinite(lower) && Number.isFinite(upper) && upper > lower)) throw unexpected("upper", `a finite number above lower = ${lower}`, upper);
  return Float64Array.from({ length: cells + 1 }, (_, i) => (i === cells ? upper : lower + ((upper - lower) * i) / cells));
}
