import {z} from "zod";

const count = (greatest: number) => z.number().int().min(1).max(greatest);
const epoch = z.number().int().min(0).max(10_000);
const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);

/** Parameters of E1.3 along training: one network, trained from several seeds. */
export const trainingAlignmentParameters = z
  .strictObject({
    dataSet: z.enum(["digits", "mnist"]).describe("The 8×8 digits that come with the project, or the 28×28 MNIST test images"),
    targets: z.enum(["even-odd", "classes"]).describe("even-odd: one output, even (+1) against odd (−1); classes: ten outputs, 1 for the digit's own and 0 for the others"),
    samples: z.number().int().min(2).max(10_000).describe("n, the first samples of the data set: training set and Gram matrix; at most 1797 for digits and 10000 for mnist"),
    network: z
      .discriminatedUnion("kind", [
        z.strictObject({kind: z.literal("dense"), widths: z.array(count(4000)).max(8).describe("Units of each hidden layer")}),
        z.strictObject({
          kind: z.literal("convolution"),
          stages: z
            .array(z.strictObject({filters: count(512).describe("Filters"), kernelSize: count(9).describe("Side of the square kernel, padded to keep the image's size"), pooling: count(4).describe("Side of the windows of which the maximum is taken; 1 for none")}))
            .min(1)
            .max(6)
            .describe("Convolutions in turn, each with activation and pooling; one linear layer follows")
        })
      ])
      .describe("The network that is trained: dense layers, or convolutions"),
    activation: z.enum(["relu", "tanh", "linear"]).describe("Activation of the hidden units"),
    stepSize: z.number().positive().max(10).describe("η, the step size of SGD"),
    batchSize: count(10_000).describe("B, at most n; without replacement within an epoch"),
    epochs: count(10_000).describe("Passes through the training samples"),
    recordEpochs: z.array(epoch).min(2).max(60).refine(isIncreasing, "numbers in increasing order").describe("Epochs at which alignments are computed, none greater than the number of epochs; 0 is before training"),
    directionEpochs: z.array(epoch).max(6).refine(isIncreasing, "numbers in increasing order").describe("Those of them at which the alignment along single directions is computed too; none for ten outputs"),
    directions: count(30).describe("How many of the sharpest directions"),
    seeds: count(200).describe("Independent trainings: first weights and orders of samples of their own; fewer than 10 leave verdicts inconclusive")
  })
  .describe("Alignment of noise and curvature along the training of one network on handwritten digits");

export type TrainingAlignmentParameters = z.output<typeof trainingAlignmentParameters>;
