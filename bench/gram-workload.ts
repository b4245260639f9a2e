import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { parseDigits } from "../src/data-sets/index.ts";
import { disposeParameters, initialParameters, parameterCount, perceptron } from "../src/models/index.ts";
import { createStream } from "../src/random/index.ts";

/** Units of the layers of the network whose Gram matrix is measured, ReLU between them. */
export const gramUnits = [64, 1_000, 1_000, 1] as const;
export const gramSamples = 1_797;

/** The network of the workload. */
export const gramNetwork = perceptron({ inputs: gramUnits[0], widths: [gramUnits[1], gramUnits[2]], activation: "relu", outputs: gramUnits[3] });

/**
 * Writes the pixels of the digits over 16 (1797, 64) and, layer after layer, initial weights (inputs, outputs) and
 * biases (outputs,), always the same; little-endian float32. Returns the number of parameters.
 */
export function writeGramWorkload(path: string): number {
  const digits = readFileSync(fileURLToPath(new URL("../data/digits/digits.csv.gz", import.meta.url)));
  const { pixels } = parseDigits(gunzipSync(digits), "digits.csv.gz");
  const parameters = initialParameters(gramNetwork, createStream({ seed: 1, experiment: "bench", cell: "gram", block: 0 }));
  const parts = [Float32Array.from(pixels, (pixel) => pixel / 16), ...parameters.flat().map((tensor) => tensor.dataSync() as Float32Array)];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.concat(parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))));
  const count = parameterCount(parameters);
  disposeParameters(parameters);
  return count;
}
