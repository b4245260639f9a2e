import {mul, sqrt} from "../kernels/index.ts";
import type {DrawingContext, Shape} from "../kernels/index.ts";
import {requireInputLaw} from "../numerics/index.ts";
import type {InputLaw} from "../numerics/index.ts";
import {drawFeatures} from "./draw-features.ts";
import type {SampleSource} from "./sample-source.ts";
import type {When} from "./when.ts";

/** The law of samples that are drawn afresh at every step. */
export interface StreamingSamples<Spectrum extends boolean> {
  /** d, the number of features. */
  readonly dimension: number;
  /** The law of every coordinate of the inputs before scaling, independent of the others. */
  readonly inputs: InputLaw;
  /** Whether coordinate i is scaled to the variance λᵢ of a parameter `spectrum`; otherwise every variance is 1. */
  readonly spectrum?: Spectrum;
}

/** What streaming samples are bound with: σ, the standard deviation of the labels, and the spectrum λ of shape [d]. */
export type StreamingParameters<Spectrum extends boolean> = {readonly labelNoise: readonly []} & When<Spectrum, {readonly spectrum: readonly [number]}>;

/**
 * Fresh samples of linear regression, one pass over endless data: inputs with
 * independent coordinates xᵢ = √λᵢ zᵢ, labels y = x·θ* + ε with ε ~ N(0, σ²)
 * independent of x. Weights are measured from θ*, which makes θ* = 0 and y = ε:
 * the loss is L(θ) = ½ (σ² + Σᵢ λᵢ θᵢ²), its Hessian diag(λ).
 * @throws RangeError for an input law that is none.
 */
export function streamingSamples<const Spectrum extends boolean = false>({dimension, inputs, spectrum}: StreamingSamples<Spectrum>): SampleSource<StreamingParameters<Spectrum>, Record<never, never>> {
  requireInputLaw("inputs", inputs);
  const parameters: Readonly<Record<string, Shape>> = spectrum === true ? {labelNoise: [], spectrum: [dimension]} : {labelNoise: []};
  return {
    dimension,
    parameters: parameters as StreamingParameters<Spectrum>,
    tables: {},
    draw: (context) => {
      const {parameters: bound, normal} = context as unknown as DrawingContext<StreamingParameters<true>, Record<never, never>>;
      const drawn = drawFeatures(inputs, dimension, context);
      return {features: spectrum === true ? mul(sqrt(bound.spectrum), drawn) : drawn, label: mul(bound.labelNoise, normal())};
    }
  };
}
