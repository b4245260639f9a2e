import {z} from "zod";

const positiveInteger = (greatest: number) => z.number().int().min(1).max(greatest);
const widths = (greatest: number) => z.array(positiveInteger(greatest)).max(8);

/** Parameters of {@link noiseAlongTraining}. */
export const noiseAlongTrainingParameters = z.strictObject({
  dataSet: z.enum(["digits", "teacher", "mnist"]).describe(
    "What the network learns: even (+1) against odd (-1) on the 8x8 digits that come with the project or on the 28x28 MNIST test images, or Gaussian points labelled by a random teacher network",
  ),
  samples: z.number().int().min(2).max(10_000).describe("N, the number of training samples: the first ones of the data set, at most 1797 for digits and 10000 for mnist"),
  teacherInputs: positiveInteger(2000).describe("Dimension of the Gaussian points of the teacher data; not used by the other data sets"),
  teacherWidths: widths(1000).describe("Units in each hidden layer of the teacher network; not used by the other data sets"),
  widths: widths(4000).describe("Units in each hidden layer of the trained network; empty for a linear model"),
  activation: z.enum(["relu", "tanh", "linear"]).describe("Activation of the hidden units, of the trained network and of the teacher"),
  stepSize: z.number().positive().max(10).describe("eta, the step size of SGD"),
  batchSize: positiveInteger(10_000).describe("B, the number of samples in a batch, at most N; every step uses exactly B samples, without replacement within an epoch"),
  epochs: positiveInteger(10_000).describe("Number of passes through the training samples"),
  recordEvery: positiveInteger(10_000).describe("Loss and noise are recorded at epoch 0, at every multiple of this and at the last epoch"),
  runs: positiveInteger(100).describe("Independent trainings on the same samples, each from first weights and with an order of samples of its own; fewer than 10 leave verdicts inconclusive"),
  spectrumEpochs: z.array(z.number().int().min(0).max(10_000)).max(20).describe("Epochs at which both noise spectra of the first run are computed in full, none greater than the number of epochs; 0 is before training"),
  spectrumSamples: z.number().int().min(2).max(4000).describe("The first this many training samples form the Gram matrix of the first run behind spectra, greatest eigenvalues and alignments; at most N, time grows with its cube"),
});

export type NoiseAlongTrainingParameters = z.output<typeof noiseAlongTrainingParameters>;
