import {gaussianStepMoments, pearsonStepMoments, sgdStepMoments} from "../../numerics/index.ts";
import type {AffineStepMoments, InputLaw} from "../../numerics/index.ts";

/**
 * What stands in for SGD on L = (1 + w²)/2 with one sample a step, inputs of kurtosis κ:
 *
 * - decoupled diffusion, of escape and of homogenized SGD: dw = −w dt + √(η(w² + 1)) dW;
 * - exact-covariance diffusion, a control: the same with noise geometry's covariance, (κ − 1)w² + 1;
 * - exact-covariance recursion, of noise geometry: w ← (1 − η)w + η√((κ − 1)w² + 1) ξ;
 * - frozen-noise recursion, of parameter averaging: w ← (1 − η)w + ηξ, whose noise has one law, that at the minimum;
 * - modified flow, dw = −(1 + η/2)w dt + √η(√(κ − 1) w dW₁ + dW₂).
 */
export const noiseModels = ["decoupled diffusion", "exact-covariance diffusion", "exact-covariance recursion", "frozen-noise recursion", "modified flow"] as const;

export type NoiseModel = (typeof noiseModels)[number];

/** Fourth moment of normal inputs. */
export const gaussianKurtosis = 3;

/** The law of inputs of a kurtosis: normal at 3, else on three points. */
export const inputsOf = (kurtosis: number): InputLaw => (kurtosis === gaussianKurtosis ? {kind: "gaussian"} : {kind: "three-point", kurtosis});

/** Moments over one step of SGD, or over its time of what stands in for it. */
export function stepMomentsOf(model: NoiseModel | "SGD", {stepSize, kurtosis}: {readonly stepSize: number; readonly kurtosis: number}): AffineStepMoments {
  const noise = {stepSize, labelNoise: 1};
  const exact = kurtosis - 1;
  if (model === "SGD") return sgdStepMoments({...noise, inputs: inputsOf(kurtosis)});
  if (model === "decoupled diffusion") return pearsonStepMoments({...noise, restoring: 1, multiplicative: 1});
  if (model === "exact-covariance diffusion") return pearsonStepMoments({...noise, restoring: 1, multiplicative: exact});
  if (model === "exact-covariance recursion") return gaussianStepMoments({...noise, multiplicative: exact});
  if (model === "frozen-noise recursion") return gaussianStepMoments({...noise, multiplicative: 0});
  return pearsonStepMoments({...noise, restoring: 1 + stepSize / 2, multiplicative: exact});
}
