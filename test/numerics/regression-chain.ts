import { batchEnergy, type InputLaw, type TransitionLaw } from "../../src/numerics/index.ts";

/** One step of SGD on `y = ζ`, `ζ ~ N(0, 1)`, inputs of unit variance, as a mixture over the batch energy. */
export function regressionTransition(stepSize: number, batchSize: number, inputs: InputLaw, nodes = 32): TransitionLaw {
  const { values, weights } = batchEnergy(inputs, batchSize, nodes);
  return (x) =>
    Array.from(values, (energy, i) => ({
      weight: weights[i],
      mean: x * (1 - stepSize * energy),
      standardDeviation: stepSize * Math.sqrt(energy / batchSize),
    }));
}
