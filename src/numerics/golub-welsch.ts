/** Nodes in increasing order with their weights: `integral ≈ sum_i weights[i] f(nodes[i])`. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Recurrence of monic orthogonal polynomials, `p_{k+1} = (x - centre(k)) p_k - square(k) p_{k-1}`. */
export interface Recurrence {
  readonly centre: (k: number) => number;
  readonly square: (k: number) => number;
}

/** Eigenvalues of a symmetric tridiagonal matrix by implicit QL, unsorted. Overwrites its arguments. */
function tridiagonalEigenvalues(diagonal: Float64Array, offDiagonal: Float64Array): Float64Array {
  const size = diagonal.length;
  for (let l = 0; l < size; l += 1) {
    for (let sweep = 0; ; sweep += 1) {
      let m = l;
      for (; m < size - 1; m += 1) {
        const scale = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
        if (Math.abs(offDiagonal[m]) <= Number.EPSILON * scale) break;
      }
      if (m === l) break;
      if (sweep === 60) throw new Error(`quadrature nodes: QL did not converge for eigenvalue ${l} of ${size}`);
      let g = (diagonal[l + 1] - diagonal[l]) / (2 * offDiagonal[l]);
      let r = Math.hypot(g, 1);
      g = diagonal[m] - diagonal[l] + offDiagonal[l] / (g + (g >= 0 ? r : -r));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i -= 1) {
        const f = s * offDiagonal[i];
        const b = c * offDiagonal[i];
        r = Math.hypot(f, g);
        offDiagonal[i + 1] = r;
        if (r === 0) {
          diagonal[i + 1] -= p;
          offDiagonal[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = diagonal[i + 1] - p;
        r = (diagonal[i] - g) * s + 2 * c * b;
        p = s * r;
        diagonal[i + 1] = g + p;
        g = c * r - b;
      }
      if (r === 0 && i >= l) continue;
      diagonal[l] -= p;
      offDiagonal[l] = g;
      offDiagonal[m] = 0;
    }
  }
  return diagonal;
}

/** Newton step on the last orthonormal polynomial, and the Christoffel number `1 / sum_k p_k(x)^2`. */
function christoffel(recurrence: Recurrence, count: number, x: number): { step: number; number: number } {
  let [previous, current, previousSlope, currentSlope] = [0, 1, 0, 0];
  let sum = 0;
  for (let k = 0; k < count; k += 1) {
    sum += current * current;
    if (sum > 1e290) return { step: 0, number: 0 };
    const below = k === 0 ? 0 : Math.sqrt(recurrence.square(k));
    const above = Math.sqrt(recurrence.square(k + 1));
    const shift = x - recurrence.centre(k);
    const next = (shift * current - below * previous) / above;
    const nextSlope = (shift * currentSlope + current - below * previousSlope) / above;
    [previous, current, previousSlope, currentSlope] = [current, next, currentSlope, nextSlope];
  }
  return { step: current / currentSlope, number: 1 / sum };
}

/** Gauss rule of the given recurrence with unit total weight (Golub–Welsch nodes, polished by Newton). */
export function gaussRule(recurrence: Recurrence, count: number): QuadratureRule {
  const diagonal = Float64Array.from({ length: count }, (_, k) => recurrence.centre(k));
  const offDiagonal = Float64Array.from({ length: count }, (_, k) => Math.sqrt(recurrence.square(k + 1)));
  const nodes = tridiagonalEigenvalues(diagonal, offDiagonal).sort();
  const weights = new Float64Array(count);
  nodes.forEach((node, i) => {
    let x = node;
    for (let polish = 0; polish < 2; polish += 1) {
      const { step } = christoffel(recurrence, count, x);
      if (Number.isFinite(step)) x -= step;
    }
    nodes[i] = x;
    weights[i] = christoffel(recurrence, count, x).number;
  });
  return { nodes, weights };
}
