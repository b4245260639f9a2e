import {hessianEigenvalues, hessianTrace, lossHessian} from "../../models/index.ts";
import type {Network, NetworkParameters, Samples, TraceProbes} from "../../models/index.ts";

/** What the Hessian of the training loss says of a place. */
export interface NetworkCurvature {
  /** tr H, by Hutchinson's estimator. */
  readonly trace: number;
  readonly traceError: number;
  /** λ₁(H), the algebraically largest eigenvalue. */
  readonly sharpness: number | null;
  /** The most negative curvature that Lanczos' iteration met on its way to λ₁. */
  readonly leastCurvature: number | null;
}

/** Trace of the Hessian of the mean loss over the samples and, unless the trace alone is asked for, its largest eigenvalue. */
export function networkCurvature(network: Network, parameters: NetworkParameters, samples: Samples, {probes, stream}: TraceProbes, traceAlone = false): NetworkCurvature {
  const hessian = lossHessian(network, parameters, samples);
  try {
    const {estimate, standardError} = hessianTrace(network, parameters, samples.inputs, hessian, {probes, stream});
    const trace = {trace: estimate, traceError: standardError};
    if (traceAlone) return {...trace, sharpness: null, leastCurvature: null};
    const {largest, leastFound} = hessianEigenvalues(network, parameters, hessian);
    return {...trace, sharpness: largest, leastCurvature: leastFound};
  } finally {
    hessian.dispose();
  }
}

/**
 * The step size η = 2/(λ₁ + tr/(cB)) beyond which SGD with batches of B leaves a quadratic minimum of c outputs with
 * Gaussian inputs in mean square: along an eigenvector, E|1 − ηĥ|² < 1 needs η (λ + tr/B) < 2 where the noise of a
 * batch adds λ tr/B to λ²; and a linear model of c outputs is c regressions, each with its own part tr/c of the trace.
 *
 * Source: derived here; λ/B, the noise of the direction itself, is left out.
 */
export function instabilityStep({trace, sharpness}: {readonly trace: number; readonly sharpness: number}, {batchSize, outputs}: {readonly batchSize: number; readonly outputs: number}): number {
  return 2 / (sharpness + trace / (outputs * batchSize));
}
