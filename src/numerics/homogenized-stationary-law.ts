import { requireFinite, requirePositive, unexpected } from "./argument-checks.ts";
import { requireHomogenizedSgd, type HomogenizedSgd, type LeastSquaresFit } from "./homogenized-sgd.ts";
import { pearsonFour, type PearsonFourLaw } from "./pearson-four.ts";

/**
 * Exact stationary law of hSGD in one dimension, Pearson type IV:
 * `p(x) ∝ L(x)^(-1 - B(λ+δ)/(γλ²)) exp(-(Bδm/(γλ)) √(2/(λ L(m))) arctan((x - m) √(λ/(2L(m)))))`,
 * by the vanishing of the flux `-γ(λ(x - m) + δx) p - (γ²λ/B)(L p)'`. It is symmetric iff `δm = 0`; both tails have
 * the index `1 + 2B(λ+δ)/(γλ²)`.
 *
 * @throws RangeError for more than one eigenvalue, input that is not positive and finite, or a loss `L(m)` of 0,
 * with which nothing moves at the solution.
 */
export function homogenizedStationaryLaw(sgd: HomogenizedSgd, { solution, loss }: LeastSquaresFit): PearsonFourLaw {
  const { eigenvalues, ridge, stepSize, batchSize } = requireHomogenizedSgd(sgd);
  if (eigenvalues.length !== 1) throw unexpected("eigenvalues.length", "1, a law in one dimension", eigenvalues.length);
  if (solution.length !== 1) throw unexpected("fit.solution.length", "1, a law in one dimension", solution.length);
  const [curvature, location] = [eigenvalues[0], requireFinite("fit.solution[0]", solution[0])];
  requirePositive("fit.loss", loss);
  return pearsonFour({
    exponent: 1 + (batchSize * (curvature + ridge)) / (stepSize * curvature * curvature),
    skewness: ((batchSize * ridge * location) / (stepSize * curvature)) * Math.sqrt(2 / (curvature * loss)),
    location,
    scale: Math.sqrt((2 * loss) / curvature),
  });
}
