import { requirePositive } from "./argument-checks.ts";
import type { LineObjective } from "./line-objective.ts";

/** A convex valley whose walls have the slopes `p` on the right and `-q` on the left. */
export interface AsymmetricValley {
  /** `p` */
  readonly rightSlope: number;
  /** `q` */
  readonly leftSlope: number;
}

/** Minimiser, and second and third derivative there, of an {@link asymmetricValley}. */
export interface ValleyFloor {
  readonly minimiser: number;
  readonly curvature: number;
  readonly thirdDerivative: number;
}

/**
 * `f(w) = log(e^(p w) + e^(-q w))`, with a bounded derivative from `-q` to `p`.
 *
 * @throws RangeError for slopes that are not positive.
 */
export function asymmetricValley({ rightSlope, leftSlope }: AsymmetricValley): LineObjective {
  const sum = requirePositive("rightSlope", rightSlope) + requirePositive("leftSlope", leftSlope);
  const share = (w: number) => 1 / (1 + Math.exp(-sum * w));
  return {
    value: (w) => (w > 0 ? rightSlope * w + Math.log1p(Math.exp(-sum * w)) : -leftSlope * w + Math.log1p(Math.exp(sum * w))),
    gradient: (w) => sum * share(w) - leftSlope,
    curvature: (w) => sum * sum * share(w) * share(-w),
  };
}

/**
 * The floor of the valley in closed form: `w* = ln(q/p)/(p + q)`, `f'' = p q`, `f''' = p q (p - q)`.
 *
 * @throws RangeError for slopes that are not positive.
 */
export function valleyFloor({ rightSlope, leftSlope }: AsymmetricValley): ValleyFloor {
  const product = requirePositive("rightSlope", rightSlope) * requirePositive("leftSlope", leftSlope);
  return { minimiser: Math.log(leftSlope / rightSlope) / (rightSlope + leftSlope), curvature: product, thirdDerivative: product * (rightSlope - leftSlope) };
}
