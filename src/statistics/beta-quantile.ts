import { findRoot, incompleteBeta, requirePositive, requireProbability } from "../numerics/index.ts";

/** `P(X <= x)` of the Beta law at `x = 1/(1 + e^-logit)`, by the tail in which the argument keeps its digits. */
function betaCdf(logit: number, a: number, b: number): number {
  return logit < 0 ? incompleteBeta(a, b, 1 / (1 + Math.exp(-logit))) : 1 - incompleteBeta(b, a, 1 / (1 + Math.exp(logit)));
}

/** The `p`-quantile of the Beta law with shapes `a` and `b`, `0 < p < 1`. @throws RangeError for another `p` or shapes that are not positive. */
export function betaQuantile(p: number, a: number, b: number): number {
  requireProbability("p", p);
  const centre = Math.log(requirePositive("a", a) / requirePositive("b", b));
  const excess = (logit: number) => betaCdf(logit, a, b) - p;
  let [low, high, stride] = [centre, centre, Math.sqrt(1 / a + 1 / b)];
  for (; excess(low) > 0; stride *= 2) low -= stride;
  for (stride = Math.sqrt(1 / a + 1 / b); excess(high) < 0; stride *= 2) high += stride;
  if (low === high) return 1 / (1 + Math.exp(-low));
  return 1 / (1 + Math.exp(-findRoot(excess, low, high)));
}
