import { requireFinite, requirePositive, unexpected } from "./argument-checks.ts";

/** An integral with an estimate of its absolute error and the number of evaluations it took. */
export interface Integral {
  readonly value: number;
  readonly absoluteError: number;
  readonly evaluations: number;
}

const KRONROD_NODES = [
  0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926,
  0.741531185599394439863864773280788, 0.58608723546769113029414483825873, 0.405845151377397166906606412076961,
  0.207784955007898467600689403773245, 0,
];
const KRONROD_WEIGHTS = [
  0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
  0.140653259715525918745189590510238, 0.16900472663926790282829543641338, 0.190350578064785409913256402421014,
  0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
];
const GAUSS_WEIGHTS = [0.129484966168869693270611432679082, 0.27970539148927666790146777142378, 0.381830050505118944950369775488975, 0.417959183673469387755102040816327];

interface Piece {
  readonly lower: number;
  readonly upper: number;
  readonly value: number;
  readonly error: number;
}

function gaussKronrod(integrand: (x: number) => number, lower: number, upper: number): Piece {
  const [middle, half] = [(lower + upper) / 2, (upper - lower) / 2];
  let [kronrod, gauss] = [0, 0];
  KRONROD_NODES.forEach((node, i) => {
    const sum = node === 0 ? integrand(middle) : integrand(middle - half * node) + integrand(middle + half * node);
    kronrod += KRONROD_WEIGHTS[i] * sum;
    if (i % 2 === 1) gauss += GAUSS_WEIGHTS[(i - 1) / 2] * sum;
  });
  return { lower, upper, value: half * kronrod, error: Math.abs(half * (kronrod - gauss)) };
}

/** A map of an unbounded interval to a bounded one: `x = c ± t / (1 - t)`, or `x = t / (1 - t²)` for the whole line. */
function bounded(integrand: (x: number) => number, lower: number, upper: number) {
  if (Number.isFinite(lower) && Number.isFinite(upper)) return { integrand, lower, upper };
  if (Number.isFinite(lower)) return { integrand: (t: number) => integrand(lower + t / (1 - t)) / (1 - t) ** 2, lower: 0, upper: 1 };
  if (Number.isFinite(upper)) return { integrand: (t: number) => integrand(upper - t / (1 - t)) / (1 - t) ** 2, lower: 0, upper: 1 };
  return { integrand: (t: number) => (integrand(t / (1 - t * t)) * (1 + t * t)) / (1 - t * t) ** 2, lower: -1, upper: 1 };
}

/**
 * Adaptive integral of a function of one variable by 7–15 point Gauss–Kronrod pieces; the piece with
 * the largest error is halved until the summed error is below `absoluteTolerance` or `relativeTolerance`
 * of the value. Either bound may be infinite. The integrand is never evaluated at a bound.
 *
 * @throws RangeError for bounds that are not numbers or a value of the integrand that is not finite.
 * @throws Error when 2000 pieces do not reach the tolerance.
 */
export function integrate(
  integrand: (x: number) => number,
  lower: number,
  upper: number,
  { relativeTolerance = 1e-10, absoluteTolerance = 1e-300 } = {},
): Integral {
  if (Number.isNaN(lower) || lower === Infinity) throw unexpected("lower", "a number or -Infinity", lower);
  if (Number.isNaN(upper) || upper < lower) throw unexpected("upper", `a number of at least lower = ${lower}`, upper);
  requirePositive("relativeTolerance", relativeTolerance);
  if (lower === upper) return { value: 0, absoluteError: 0, evaluations: 0 };
  const mapped = bounded((x) => requireFinite(() => `integrand(${x})`, integrand(x)), lower, upper);
  const pieces = [gaussKronrod(mapped.integrand, mapped.lower, mapped.upper)];
  for (;;) {
    const value = pieces.reduce((sum, piece) => sum + piece.value, 0);
    const absoluteError = pieces.reduce((sum, piece) => sum + piece.error, 0);
    const magnitude = pieces.reduce((sum, piece) => sum + Math.abs(piece.value), 0);
    const attainable = Math.max(absoluteTolerance, relativeTolerance * Math.abs(value), 4 * Number.EPSILON * magnitude);
    if (absoluteError <= attainable) return { value, absoluteError, evaluations: 15 * (2 * pieces.length - 1) };
    if (pieces.length === 2000) throw new Error(`integrate: error ${absoluteError} of ${value} after 2000 pieces on [${lower}, ${upper}]`);
    const worst = pieces.reduce((best, piece, i) => (piece.error > pieces[best].error ? i : best), 0);
    const piece = pieces[worst];
    const middle = (piece.lower + piece.upper) / 2;
    pieces[worst] = gaussKronrod(mapped.integrand, piece.lower, middle);
    pieces.push(gaussKronrod(mapped.integrand, middle, piece.upper));
  }
}
