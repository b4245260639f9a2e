import gammaln from "@stdlib/math-base-special-gammaln";
import { evenPanels, gradedPanels, pointsOn, type Panel, type WeightedPoint } from "./graded-panels.ts";
import type { IsotropicRegression } from "./isotropic-regression.ts";
import type { LogFactorLaw } from "./log-factor-law.ts";

interface Resolution {
  readonly nodes: number;
  readonly levels: number;
  readonly width: number;
}

const ON_A_LINE: Resolution = { nodes: 16, levels: 60, width: 1 / 8 };
const ON_A_PLANE: Resolution = { nodes: 10, levels: 24, width: 1 / 2 };
/** Weights below `exp(-50)` of factors that do not expand matter to no moment. */
const NEGLIGIBLE = -50;

const power = (exponent: number, logarithm: number) => (exponent === 0 ? 0 : exponent * logarithm);

/** The chi law up to `reach` and more, by the distance from `zero >= 0`. */
function chiAround(degrees: number, zero: number, reach: number, { nodes, levels, width }: Resolution): WeightedPoint[] {
  const below = Math.min(zero, 4 * width);
  const above = zero === 0 ? 4 * width : below;
  const panels = [
    ...(zero === 0 ? [] : gradedPanels(below, levels).map(([near, far]): Panel => [-far, -near])),
    ...gradedPanels(above, levels),
    ...evenPanels(-zero, -below, width),
    ...evenPanels(above, reach + Math.sqrt(degrees) + 40, width),
  ];
  const constant = (1 - degrees / 2) * Math.LN2 - gammaln(degrees / 2);
  return pointsOn(panels, nodes, (distance) => constant + power(degrees - 1, Math.log(zero + distance)) - (zero + distance) ** 2 / 2);
}

/** The angle `ψ` with `cos² ψ ~ Beta(along/2, across/2)`, graded towards 0. */
function angles(along: number, across: number, { nodes, levels }: Resolution): WeightedPoint[] {
  const width = Math.min(Math.PI / 4, 1.5 / Math.sqrt(along + across));
  const constant = Math.LN2 + gammaln((along + across) / 2) - gammaln(along / 2) - gammaln(across / 2);
  const panels = [...gradedPanels(width, levels), ...evenPanels(width, Math.PI / 2, width)];
  return pointsOn(panels, nodes, (psi) => constant + power(along - 1, Math.log(Math.cos(psi))) + power(across - 1, Math.log(Math.sin(psi))));
}

/**
 * The law of `M = ‖(I - γ(H_B + δ))u‖` for any unit vector `u`, `H_B` the mean of `x xᵀ` over `B` inputs `x ~ N(0, λI)`.
 * With `z` the inputs' components along `u`, `‖z‖² = λS`, `H_B u` is `λS/B` along `u` and `λ√(SS')/B` across it,
 * `S ~ χ²_B`, `S' ~ χ²_{d-1}`: `M² = (c - gS)² + g²SS'`, `c = 1 - γδ`, `g = γλ/B`. In `T = S + S' ~ χ²_{B+d-1}` and
 * `S/T = cos²ψ`, which are independent, `M² = c² sin²ψ + (c - gT)² cos²ψ`. Panels are graded towards its zero.
 */
export function isotropicFactors({ dimension, curvature, ridge, stepSize, batchSize }: IsotropicRegression): LogFactorLaw {
  const [kept, gain] = [1 - stepSize * ridge, (stepSize * curvature) / batchSize];
  const zero = kept > 0 ? Math.sqrt(kept / gain) : 0;
  const resolution = dimension === 1 ? ON_A_LINE : ON_A_PLANE;
  const radii = chiAround(batchSize + dimension - 1, zero, 4 * Math.sqrt(Math.max(1, Math.abs(kept)) / gain), resolution);
  const turns = dimension === 1 ? [{ at: 0, logWeight: 0 }] : angles(batchSize, dimension - 1, resolution);
  const directions = turns.map(({ at, logWeight }) => ({ across: (kept * Math.sin(at)) ** 2, along: Math.cos(at) ** 2, logWeight }));
  const [logFactors, logWeights] = [new Float64Array(radii.length * turns.length), new Float64Array(radii.length * turns.length)];
  let size = 0;
  for (const radius of radii) {
    const rest = kept > 0 ? gain * radius.at * (2 * zero + radius.at) : gain * radius.at ** 2 - kept;
    for (const { across, along, logWeight } of directions) {
      const weight = radius.logWeight + logWeight;
      const square = across + along * rest * rest;
      if (weight === -Infinity || (weight < NEGLIGIBLE && square <= 1)) continue;
      logFactors[size] = dimension === 1 ? Math.log(Math.abs(rest)) : Math.log(square) / 2;
      logWeights[size] = weight;
      size += 1;
    }
  }
  return { logFactors: logFactors.slice(0, size), logWeights: logWeights.slice(0, size) };
}
