import {radialFirstPassage} from "../../numerics/index.ts";

/** The covariance of the gradient noise that a diffusion of SGD is given. */
export type NoiseModel = "decoupled" | "exact";

/**
 * Mean first-passage times t from the minimum to L = c L* of the diffusion of
 * SGD on isotropic regression, L = (1 + |θ|²)/2, with the paper's decoupled
 * noise (η/B) 2L I or the exact one of Gaussian inputs,
 * (η/B) (2L I + θθᵀ), by the radial equation.
 */
export function diffusionPassageTimes(noise: NoiseModel, {stepSize, batchSize, dimension}: {readonly stepSize: number; readonly batchSize: number; readonly dimension: number}, lossRatios: readonly number[]): readonly number[] {
  const scale = stepSize / batchSize;
  const across = (r: number) => scale * (1 + r * r);
  const along = noise === "decoupled" ? across : (r: number) => scale * (1 + 2 * r * r);
  return Array.from(radialFirstPassage({dimension, drift: (r) => -r, radialVariance: along, tangentialVariance: across, radii: lossRatios.map((lossRatio) => Math.sqrt(lossRatio - 1))}).meanTimes);
}
