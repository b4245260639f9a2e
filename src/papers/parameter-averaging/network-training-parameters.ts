import {z} from "zod";

const count = (greatest: number) => z.number().int().min(1).max(greatest);
const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);
const fraction = z.number().min(0.0001).max(10);

/** Parameters of E3.2: one network trained from paired seeds by several methods. */
export const networkTrainingParameters = z
  .strictObject({
    dataSet: z.enum(["teacher", "digits", "mnist"]).describe("Gaussian points labelled by a random two-layer network with label noise; or ten digits, one-hot: the 8×8 ones that come with the project, or the 28×28 MNIST test images"),
    samples: z.number().int().min(2).max(5000).describe("n, training samples of a seed, each seed's its own; with the test samples at most 1797 for digits and 10000 for mnist"),
    testSamples: count(5000).describe("Samples of a seed that it does not train on; those of a teacher carry no label noise"),
    teacherInputs: count(500).describe("Dimension of the Gaussian points of teacher data; not used by images"),
    teacherWidth: count(500).describe("Hidden tanh units of the teacher; not used by images"),
    labelNoise: z.number().min(0).max(10).describe("Standard deviation of the noise on training labels of teacher data, whose own is 1; not used by images"),
    network: z
      .discriminatedUnion("kind", [
        z.strictObject({kind: z.literal("dense"), widths: z.array(count(2000)).max(8).describe("Units of each hidden layer")}),
        z.strictObject({
          kind: z.literal("convolution"),
          stages: z
            .array(z.strictObject({filters: count(256).describe("Filters"), kernelSize: count(9).describe("Side of the square kernel, padded to keep the image's size"), pooling: count(4).describe("Side of the windows of which the maximum is taken; 1 for none")}))
            .min(1)
            .max(6)
            .describe("Convolutions in turn, each with activation and pooling; one linear layer follows")
        })
      ])
      .describe("The network that is trained: dense layers, or convolutions of images"),
    activation: z.enum(["relu", "tanh", "linear"]).describe("Activation of the hidden units"),
    batchSize: count(5000).describe("B, at most n; without replacement within an epoch"),
    epochs: z.number().int().min(4).max(5000).describe("Passes through the training samples, the same for every method"),
    recordEpochs: z.array(z.number().int().min(1).max(5000)).max(40).refine(isIncreasing, "numbers in increasing order").describe("Epochs at which losses, and the trace along the large step, are recorded beside 0 and the last one; sharpness at matched loss is read between them"),
    seeds: count(60).describe("Paired seeds: data, first weights and order of samples of their own, the same for every method; fewer than 6 leave verdicts inconclusive"),
    smallFraction: fraction.describe("The small step over the instability step 2/(λ₁ + tr H/(cB)) at the first seed's first weights, c the number of outputs"),
    largeFraction: fraction.describe("The large step over the same; above the small one"),
    ascentRadius: z.number().min(0).max(10).describe("ρ of SAM, how far it ascends before it takes its gradient"),
    probes: z.number().int().min(2).max(1000).describe("Rademacher vectors by which the trace of a Hessian is estimated")
  })
  .describe("Training and test loss and sharpness of one network trained by SGD at a small and a large step, its averages, and SAM");

export type NetworkTrainingParameters = z.output<typeof networkTrainingParameters>;
