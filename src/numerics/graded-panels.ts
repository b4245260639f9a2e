import { gaussLegendre } from "./gaussian-quadrature.ts";

export type Panel = readonly [from: number, to: number];

/** A point of a composite rule and the logarithm of its weight times the density there. */
export interface WeightedPoint {
  readonly at: number;
  readonly logWeight: number;
}

/** Panels of `[0, length]` that halve towards 0. */
export function gradedPanels(length: number, levels: number): Panel[] {
  return Array.from({ length: levels + 1 }, (_, k) => [k === levels ? 0 : length * 2 ** (-k - 1), length * 2 ** -k]);
}

/** Panels of equal width, at most `width`. */
export function evenPanels(from: number, to: number, width: number): Panel[] {
  const count = Math.ceil((to - from) / width);
  return Array.from({ length: count }, (_, i) => [from + ((to - from) * i) / count, from + ((to - from) * (i + 1)) / count]);
}

/** Gauss–Legendre points of a density on each panel. */
export function pointsOn(panels: readonly Panel[], nodes: number, logDensity: (at: number) => number): WeightedPoint[] {
  const rule = gaussLegendre(nodes, 0, 1);
  return panels.flatMap(([from, to]) => Array.from(rule.nodes, (node, i) => {
    const at = from + (to - from) * node;
    return { at, logWeight: Math.log((to - from) * rule.weights[i]) + logDensity(at) };
  }));
}
