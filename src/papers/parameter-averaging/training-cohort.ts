import {initialParameters, networkOutputs, replicaParameters, stackParameters, trainEpoch, trainReplicasEpoch} from "../../models/index.ts";
import type {Network, NetworkParameters, Samples, StepRule} from "../../models/index.ts";
import type {Generator, RandomStream} from "../../random/index.ts";
import {tf} from "../../tensors/index.ts";
import type {Tensor} from "../../tensors/index.ts";
import type {SampleRows, TrainingSets} from "./training-sets.ts";

/** Loss ½|f − y|² and, for several outputs, the share of samples whose largest output is their class. */
export interface Fit {
  readonly loss: number;
  readonly accuracy: number | null;
}

/** Seeds that train at the same time, as stacked replicas, or one seed. */
export interface TrainingCohort {
  readonly initial: () => NetworkParameters;
  /** One epoch; disposes of the parameters it is given. */
  readonly train: (parameters: NetworkParameters, rule: StepRule, orders: readonly Generator[]) => NetworkParameters;
  /** One fit for each seed. */
  readonly fit: (parameters: NetworkParameters, to: "training" | "test") => readonly Fit[];
  /** Parameters and training samples of one seed by itself; the caller disposes of both. */
  readonly own: (parameters: NetworkParameters, place: number) => {readonly parameters: NetworkParameters; readonly samples: Samples};
  readonly dispose: () => void;
}

/**
 * Prepares seeds, each with samples of its own, for training at the same time: several as stacked replicas of a fully
 * connected network, which take hardly longer than one, or one seed of any network.
 *
 * @param streams of the seeds; first weights are a function of them
 */
export function trainingCohort(network: Network, sets: readonly TrainingSets[], streams: readonly RandomStream[], isStacked: boolean): TrainingCohort {
  const {dimension, outputs} = sets[0]!;
  const tensorsOf = (rows: readonly SampleRows[]): Samples => tf.tidy(() => {
    const samples = rows.map(({count, inputs, targets}) => ({inputs: tf.tensor2d(inputs, [count, dimension]) as Tensor, targets: tf.tensor2d(targets, [count, outputs]) as Tensor}));
    const joined = isStacked ? {inputs: tf.stack(samples.map(({inputs}) => inputs)), targets: tf.stack(samples.map(({targets}) => targets))} : samples[0]!;
    return joined as never;
  });
  const samples = {training: tensorsOf(sets.map(({training}) => training)), test: tensorsOf(sets.map(({test}) => test))};
  const ownOf = (tensor: Tensor, place: number) => (isStacked ? tf.tidy(() => tf.reshape(tf.slice(tensor, [place], [1]), tensor.shape.slice(1))) : tf.clone(tensor));
  return {
    initial: () => {
      const replicas = streams.map((stream) => initialParameters(network, stream));
      return isStacked ? stackParameters(replicas) : replicas[0]!;
    },
    train: (parameters, rule, orders) => (isStacked ? trainReplicasEpoch(network, parameters, samples.training, rule, orders) : trainEpoch(network, parameters, samples.training, rule, orders[0]!)),
    fit: (parameters, to) => fits(network, parameters, samples[to]),
    own: (parameters, place) => ({
      parameters: isStacked ? replicaParameters(parameters, place) : parameters.map((layer) => layer.map((tensor) => tf.clone(tensor))),
      samples: {inputs: ownOf(samples.training.inputs, place), targets: ownOf(samples.training.targets, place)}
    }),
    dispose: () => tf.dispose([samples.training, samples.test] as never)
  };
}

function fits(network: Network, parameters: NetworkParameters, {inputs, targets}: Samples): readonly Fit[] {
  const hasClasses = targets.shape.at(-1)! > 1;
  const [losses, accuracies] = tf.tidy(() => {
    const outputs = networkOutputs(network, parameters, inputs);
    const loss = tf.mul(0.5, tf.mean(tf.sum(tf.square(tf.sub(outputs, targets)), -1), -1)).dataSync();
    const isRight = () => tf.equal(tf.argMax(outputs, -1), tf.argMax(targets, -1));
    return [loss, hasClasses ? tf.mean(tf.cast(isRight(), "float32"), -1).dataSync() : null] as never;
  }) as unknown as readonly [Float32Array, Float32Array | null];
  return Array.from(losses, (loss, i) => ({loss, accuracy: accuracies === null ? null : accuracies[i]!}));
}
