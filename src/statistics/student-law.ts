import gammaln from "@stdlib/math-base-special-gammaln";
import { requireFinite, requirePositive } from "../numerics/index.ts";
import type { RandomSource } from "./random-source.ts";
import { studentTCdf, studentTQuantile } from "./student-t.ts";

/** Parameters of Student's law on a scale of its own. */
export interface StudentParameters {
  readonly location: number;
  readonly scale: number;
  /** `ν`, the index of both tails. */
  readonly degreesOfFreedom: number;
}

/** A Student law with its functions. */
export interface StudentLaw extends StudentParameters {
  density(x: number): number;
  logDensity(x: number): number;
  /** `P(X <= x)`. */
  cdf(x: number): number;
  /** `P(X > x)`, with full relative accuracy in the far tail. */
  survival(x: number): number;
  /** For `0 < p < 1`. */
  quantile(p: number): number;
  draw(random: RandomSource): number;
}

/** Bailey's polar method: `u √(ν (w^(-2/ν) - 1)/w)` for a point `(u, v)` in the unit disc, `w = u² + v²`. */
function drawStandard(degreesOfFreedom: number, random: RandomSource): number {
  for (;;) {
    const [u, v] = [2 * random.uniform() - 1, 2 * random.uniform() - 1];
    const w = u * u + v * v;
    if (w > 0 && w <= 1) return u * Math.sqrt((degreesOfFreedom * Math.expm1((-2 / degreesOfFreedom) * Math.log(w))) / w);
  }
}

/**
 * Student's law with location `μ`, scale `σ` and `ν` degrees of freedom,
 *
 *   `p(x) = Γ((ν+1)/2) / (Γ(ν/2) √(πν) σ) (1 + z²/ν)^(-(ν+1)/2)`, `z = (x - μ)/σ`,
 *
 * whose tails fall as `|x|^-ν`.
 *
 * Source: R. W. Bailey, Math. Comp. 62 (1994) 779, for the draws.
 *
 * @throws RangeError for a location that is not finite, or a scale or degrees of freedom that are not positive.
 */
export function studentLaw({ location, scale, degreesOfFreedom }: StudentParameters): StudentLaw {
  requireFinite("location", location);
  requirePositive("scale", scale);
  const half = requirePositive("degreesOfFreedom", degreesOfFreedom) / 2;
  const constant = gammaln(half + 0.5) - gammaln(half) - Math.log(Math.PI * degreesOfFreedom) / 2 - Math.log(scale);
  const standard = (x: number) => (x - location) / scale;
  const logDensity = (x: number) => constant - (half + 0.5) * Math.log1p(standard(x) ** 2 / degreesOfFreedom);
  return {
    location,
    scale,
    degreesOfFreedom,
    logDensity,
    density: (x) => Math.exp(logDensity(x)),
    cdf: (x) => studentTCdf(standard(x), degreesOfFreedom),
    survival: (x) => studentTCdf(-standard(x), degreesOfFreedom),
    quantile: (p) => location + scale * studentTQuantile(p, degreesOfFreedom),
    draw: (random) => location + scale * drawStandard(degreesOfFreedom, random),
  };
}
