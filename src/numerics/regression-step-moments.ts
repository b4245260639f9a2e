import type { AffineStepMoments } from "./affine-step-moments.ts";
import { requireNonNegative, requirePositive } from "./argument-checks.ts";
import { requireInputLaw, type InputLaw } from "./input-law.ts";

/** Fourth and sixth moment of an input of unit variance. */
function inputMoments(inputs: InputLaw): { readonly fourth: number; readonly sixth: number } {
  requireInputLaw("inputs", inputs);
  return inputs.kind === "gaussian" ? { fourth: 3, sixth: 15 } : { fourth: inputs.kurtosis, sixth: inputs.kurtosis ** 2 };
}

/**
 * Moments over one step of SGD on streaming linear regression with one weight, curvature 1 and one fresh sample,
 * `w' = (1 - ηx²) w + ησxζ` with `ζ` normal; with `κ = E x⁴` squares have the factor `1 - 2η + κη²`.
 *
 * Derived here.
 *
 * @throws RangeError for a step size that is not positive, label noise below 0 or an unknown input law.
 */
export function sgdStepMoments({ stepSize, labelNoise, inputs }: { readonly stepSize: number; /** `σ`. */ readonly labelNoise: number; readonly inputs: InputLaw }): AffineStepMoments {
  requirePositive("stepSize", stepSize);
  const noise = (stepSize * requireNonNegative("labelNoise", labelNoise)) ** 2;
  const { fourth, sixth } = inputMoments(inputs);
  return {
    mean: 1 - stepSize,
    square: { factor: 1 - 2 * stepSize + fourth * stepSize ** 2, increment: noise },
    cube: { factor: 1 - 3 * stepSize + 3 * fourth * stepSize ** 2 - sixth * stepSize ** 3, fromMean: 3 * noise * (1 - fourth * stepSize) },
  };
}

/** Noise of variance `m w² + σ²` in units of one gradient's: `m = κ - 1` is exact, 1 decoupled, 0 frozen at the minimum. */
export interface QuadraticNoise {
  readonly stepSize: number;
  /** `σ`. */
  readonly labelNoise: number;
  /** `m`. */
  readonly multiplicative: number;
}

function requireQuadraticNoise({ stepSize, labelNoise, multiplicative }: QuadraticNoise): void {
  requirePositive("stepSize", stepSize);
  requireNonNegative("labelNoise", labelNoise);
  requireNonNegative("multiplicative", multiplicative);
}

/**
 * Moments over one step of gradient descent with normal noise, `w' = (1 - η) w + η √(m w² + σ²) ξ`.
 *
 * Derived here.
 *
 * @throws RangeError for a step size that is not positive, or noise below 0.
 */
export function gaussianStepMoments(noise: QuadraticNoise): AffineStepMoments {
  requireQuadraticNoise(noise);
  const { stepSize, labelNoise, multiplicative } = noise;
  const mean = 1 - stepSize;
  const [relative, additive] = [multiplicative * stepSize ** 2, (stepSize * labelNoise) ** 2];
  return { mean, square: { factor: mean ** 2 + relative, increment: additive }, cube: { factor: mean ** 3 + 3 * mean * relative, fromMean: 3 * mean * additive } };
}

/**
 * Moments over the time `η` of one step of the Pearson diffusion `dw = -c w dt + √(η (m w² + σ²)) dW`, `c` = `restoring`:
 * `E w^j` has the rate `-cj + ηm j(j-1)/2`. With `c = 1 + η/2` and `m = κ - 1` it is the stochastic modified equation
 * of SGD on linear regression with one weight, with `c = m = 1` the decoupled diffusion.
 *
 * Derived here.
 *
 * @throws RangeError for a step size or restoring force that is not positive, or noise below 0.
 */
export function pearsonStepMoments({ restoring, ...noise }: QuadraticNoise & { readonly restoring: number }): AffineStepMoments {
  requireQuadraticNoise(noise);
  requirePositive("restoring", restoring);
  const { stepSize, labelNoise, multiplicative } = noise;
  const rate = (power: number) => -restoring * power + (stepSize * multiplicative * power * (power - 1)) / 2;
  /** `∫₀^η e^{a(η - t)} e^{bt} dt`. */
  const shared = (a: number, b: number) => (Math.abs(a - b) < 1e-12 ? stepSize * Math.exp(a * stepSize) : (Math.exp(b * stepSize) * Math.expm1((a - b) * stepSize)) / (a - b));
  const additive = stepSize * labelNoise ** 2;
  return {
    mean: Math.exp(rate(1) * stepSize),
    square: { factor: Math.exp(rate(2) * stepSize), increment: additive * shared(rate(2), 0) },
    cube: { factor: Math.exp(rate(3) * stepSize), fromMean: 3 * additive * shared(rate(3), rate(1)) },
  };
}
