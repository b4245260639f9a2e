import { gaussLegendre } from "./gaussian-quadrature.ts";

/** Collocation of running integrals on `[-1, 1]`: Gauss–Legendre nodes, weights, and `running[i][j] = ∫_{-1}^{nodes[i]} ℓ_j`. */
export interface PanelIntegration {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  readonly running: readonly Float64Array[];
}

function legendreValues(x: number, degree: number): number[] {
  const values = [1, x];
  for (let k = 1; k < degree; k += 1) values.push(((2 * k + 1) * x * values[k] - k * values[k - 1]) / (k + 1));
  return values;
}

/**
 * The matrix that turns values at `count` Gauss–Legendre nodes into integrals from the left end to each
 * node, exact for polynomials of degree `count - 1`.
 */
export function panelIntegration(count: number): PanelIntegration {
  const { nodes, weights } = gaussLegendre(count);
  const legendre = Array.from(nodes, (x) => legendreValues(x, count));
  const running = legendre.map((upper, i) =>
    weights.map((weight, j) => {
      let sum = (nodes[i] + 1) / 2;
      for (let k = 1; k < count; k += 1) sum += (legendre[j][k] * (upper[k + 1] - upper[k - 1])) / 2;
      return weight * sum;
    }),
  );
  return { nodes, weights, running };
}
