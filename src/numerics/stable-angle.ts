/** The law's integrand over the angle `θ`, given by its distances `s` and `t` to the two ends; `s + t = length`. */
export interface StableAngle {
  /** Length of the interval of angles, `π/2 + θ₀`. */
  readonly length: number;
  /** `P(X <= ζ)`. */
  readonly below: number;
  /** Whether `g` falls to its least value as `s → 0` (`α > 1`) or as `t → 0`. */
  readonly fallsTowards: "s" | "t";
  /** The density over `∫ g e^(-g) dθ`. */
  readonly densityFactor: number;
  /** `log g`, monotone in the angle. */
  readonly logExponent: (s: number, t: number) => number;
}

/** `α` or `|β|` nearer than this to the case 1 or 0 that has formulas of its own is taken as it. */
export const NEAR_SPECIAL = 1e-8;

/** Beyond this angle a sine is taken from the distance to `π`. */
const OBTUSE = 2;

/** The shift `ζ = -β tan(πα/2)` from Nolan's `S0` to the parametrisation with strictly stable powers; 0 for `α = 1`. */
export function stableShift(index: number, skewness: number): number {
  return Math.abs(index - 1) < NEAR_SPECIAL || index === 2 ? 0 : skewness / Math.tan((Math.PI / 2) * (index - 1));
}

/** `α = 1`, `β > 0`: `g = e^(-πx/2β) V(θ)`. */
function unitAngle(x: number, skewness: number): StableAngle {
  const rest = (Math.PI / 2) * (1 - skewness);
  const constant = (-Math.PI * x) / (2 * skewness) + Math.log(2 / Math.PI);
  return {
    length: Math.PI,
    below: 0,
    fallsTowards: "t",
    densityFactor: 1 / (2 * skewness),
    logExponent: (s, t) => {
      const [sine, cotangent] = s < t ? [Math.sin(s), 1 / Math.tan(s)] : [Math.sin(t), -1 / Math.tan(t)];
      return constant + Math.log((rest + skewness * t) / sine) + (rest / skewness + t) * cotangent;
    },
  };
}

/**
 * Nolan's integral at the positive `position = x - ζ`: `g(θ) = (x - ζ)^(α/(α-1)) V(θ; α, β)`, and for `α = 1` and `β > 0`
 * at any position `x`. Then
 * `π P(X > x) = ∫ e^(-g) dθ` for `α > 1` and `∫ (1 - e^(-g)) dθ` otherwise. Angles near an end are kept as distances
 * from it, and the differences `δ` that vanish for `|β| = 1` are computed without cancellation.
 *
 * Source: J. P. Nolan, Numerical calculation of stable densities and distribution functions, Commun. Stat. Stoch.
 * Models 13 (1997) 759, theorem 1.
 */
export function stableAngle(index: number, skewness: number, position: number): StableAngle {
  if (Math.abs(index - 1) < NEAR_SPECIAL) return unitAngle(position, skewness);
  const above = index > 1;
  const offUnit = (Math.PI / 2) * Math.abs(index - 1);
  const [sine, cosine] = index === 2 ? [0, 1] : [Math.cos(offUnit), Math.sin(offUnit)];
  const towards = Math.atan2((1 + skewness) * sine * cosine, cosine ** 2 - skewness * sine ** 2);
  const length = (above ? Math.PI - towards : towards) / index;
  const gap = above ? Math.PI - length : Math.atan2((1 - skewness) * sine * cosine, cosine ** 2 + skewness * sine ** 2) / index;
  const constant = Math.log(position) - Math.log1p(((skewness * sine) / cosine) ** 2) / (2 * index);
  const power = index / (index - 1);
  return {
    length,
    below: gap / Math.PI,
    fallsTowards: above ? "s" : "t",
    densityFactor: index / (Math.PI * Math.abs(index - 1) * position),
    logExponent: (s, t) => {
      const cosAngle = Math.sin(s < OBTUSE ? s : gap + t);
      const sinTurned = Math.sin(above && index * t > OBTUSE ? towards + index * s : index * t);
      const turned = above ? towards + (index - 1) * s : gap + (1 - index) * t;
      const cosTurned = Math.sin(turned < OBTUSE ? turned : s + index * t);
      return power * (constant + Math.log(cosAngle / sinTurned)) + Math.log(cosTurned / cosAngle);
    },
  };
}
