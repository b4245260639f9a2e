import type {Graph, SimulationKernel} from "../../kernels/index.ts";
import {sizeOf, sumLanes} from "../../kernels/index.ts";
import {tf} from "../../tensors/index.ts";
import type {Tensor} from "../../tensors/index.ts";

/** Keeps what is read of a simulation, laid out as in a SimulationBlock. */
export interface SampleRecorder {
  /** Records the observables, (R, n) each, of replicas that diverged after the given steps, 0 for not. */
  record(values: readonly Tensor[], divergences: Tensor): void;
  readonly samples: Float32Array;
}

/** A recorder of `sampleCount` samples of `count` replicas. Sums are the library's, put into the first of a block's lanes. */
export function sampleRecorder(observables: Graph, kind: SimulationKernel["samples"], count: number, sampleCount: number): SampleRecorder {
  const components = Object.values(observables).reduce((total, {shape}) => total + sizeOf(shape), 0);
  const isSum = kind === "sums";
  const size = isSum ? (components + 1) * sumLanes : components * count;
  const samples = new Float32Array(sampleCount * size);
  let recorded = 0;
  return {
    samples,
    record(values, divergences) {
      const all = tf.concat([...values], 1);
      if (!isSum) samples.set(tf.transpose(all).dataSync() as Float32Array, recorded * size);
      else {
        const alive = tf.equal(divergences, tf.scalar(0, "int32"));
        const counted = tf.concat([tf.where(alive, all, 0), tf.cast(alive, "float32")], 1);
        tf.sum(counted, 0).dataSync().forEach((sum, component) => (samples[recorded * size + component * sumLanes] = sum));
      }
      recorded++;
    }
  };
}
