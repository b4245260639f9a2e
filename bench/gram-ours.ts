/**
 * The Gram matrix by this project, as a process of its own: answers every line on stdin by one line of JSON, the run's
 * seconds with trace and Frobenius norm of the matrix, and the process' memory before the first run and at its peak.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { gramMatrix } from "../src/models/index.ts";
import { tensorLibrary, tf } from "../src/tensors/index.ts";
import type { Tensor } from "../src/tensors/index.ts";
import { gramNetwork, gramSamples, gramUnits } from "./gram-workload.ts";

const bytes = readFileSync(process.argv[2]);
const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
let offset = 0;

function take(shape: readonly number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  offset += size;
  return tf.tensor(numbers.slice(offset - size, offset), [...shape]);
}

const inputs = take([gramSamples, gramUnits[0]]);
const parameters = gramNetwork.layers.map((layer, i) =>
  layer.parameterGradients === undefined ? [] : [take([gramUnits[i / 2], gramUnits[i / 2 + 1]]), take([gramUnits[i / 2 + 1]])]);

const peakBytes = (): number => 1_024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
const loadedBytes = peakBytes();

function run(): object {
  const start = performance.now();
  const gram = gramMatrix(gramNetwork, parameters, inputs);
  const seconds = (performance.now() - start) / 1_000;
  const peak = peakBytes();
  const statistics = tf.tidy(() => {
    const diagonal = tf.gather(tf.reshape(gram, [-1]), tf.range(0, gramSamples ** 2, gramSamples + 1, "int32"));
    return { trace: tf.sum(diagonal).dataSync()[0], norm: Math.sqrt(tf.sum(tf.square(gram)).dataSync()[0]) };
  });
  gram.dispose();
  return { seconds, ...statistics, loadedBytes, peakBytes: peak };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { tfjs, tensorflow } = tensorLibrary();
  console.log(JSON.stringify(line === "describe" ? { versions: { "tfjs-node": tfjs, libtensorflow: tensorflow } } : run()));
}
