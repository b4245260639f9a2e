import { logPearsonFourIntegral, pearsonFour, type PearsonFourParameters } from "../numerics/index.ts";
import type { RandomSource } from "./random-source.ts";

/** Devroye's rejection from a log-concave density of maximum 1 at 0 and integral `mass`; accepts one in four. */
function drawLogConcave(logDensity: (x: number) => number, mass: number, random: RandomSource): number {
  for (;;) {
    const u = 2 * random.uniform();
    const beyond = u <= 1 ? 0 : -Math.log(u - 1);
    const x = mass * (u <= 1 ? u : 1 + beyond) * (random.uniform() < 0.5 ? -1 : 1);
    if (Math.log1p(-random.uniform()) - beyond <= logDensity(x)) return x;
  }
}

/**
 * Successive draws from a Pearson IV law: by rejection in the angle `arctan z`, of density `∝ cos^(2m-2) θ e^(-νθ)`, which is
 * log-concave for `m > 1`, and by the quantile of a uniform number otherwise.
 *
 * Source: J. Heinrich, CDF/MEMO/STATISTICS/PUBLIC/6820 (2004); L. Devroye, Non-Uniform Random Variate Generation
 * (1986), VII.2.3.
 *
 * @throws RangeError as {@link pearsonFour}.
 */
export function pearsonFourDraws(parameters: PearsonFourParameters, random: RandomSource): () => number {
  const { exponent, skewness, location, scale } = parameters;
  const law = pearsonFour(parameters);
  if (exponent <= 1) return () => law.quantile(Math.max(random.uniform(), Number.MIN_VALUE));
  const power = 2 * exponent - 2;
  const mode = Math.atan(-skewness / power);
  const logAngle = (angle: number) => (Math.abs(angle) >= Math.PI / 2 ? -Infinity : power * Math.log(Math.cos(angle)) - skewness * angle);
  const peak = logAngle(mode);
  const mass = Math.exp(logPearsonFourIntegral(exponent, skewness) - peak);
  return () => location + scale * Math.tan(mode + drawLogConcave((x) => logAngle(mode + x) - peak, mass, random));
}
