import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import type {SampleSource} from "../../dynamics/index.ts";

/** What SGD near a minimum is bound with: σ = 0, the spectrum, and the weights it starts from. */
type EscapeShapes = {
  readonly labelNoise: readonly [];
  readonly spectrum: readonly [number];
  readonly initialWeights: readonly [number];
};

/**
 * SGD on the linearised loss L(w) = ½ wᵀGw, G = diag(λ): regression on one fresh normal sample x ~ N(0, G) a step
 * without label noise, w ← w − η (w·x) x, from given weights.
 */
export function escapeSgd(dimension: number) {
  const samples = streamingSamples({dimension, inputs: {kind: "gaussian"}, spectrum: true});
  const started = {...samples, parameters: {...samples.parameters, initialWeights: [dimension]}} as unknown as SampleSource<EscapeShapes, Record<never, never>>;
  return linearSgd({name: "escaping SGD", samples: started, start: ({parameters}) => parameters.initialWeights});
}

/** Weights with a sharp part √λ₁|w₁| and a flat part √Σ_{i>1}λᵢwᵢ² of one size, the flat directions alike. */
export function evenStart(eigenvalues: readonly number[], size: number): readonly number[] {
  const flat = eigenvalues.slice(1).reduce((sum, value) => sum + value, 0);
  return eigenvalues.map((value, i) => size / Math.sqrt(i === 0 ? value : flat));
}

/** 1, then `count` equal eigenvalues. */
export const twoLevelSpectrum = (eigenvalue: number, count: number): readonly number[] => [1, ...Array.from({length: count}, () => eigenvalue)];

/** ‖G‖_F. */
export const frobeniusNorm = (eigenvalues: readonly number[]): number => Math.sqrt(eigenvalues.reduce((sum, value) => sum + value * value, 0));
