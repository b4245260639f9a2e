import {readFile} from "node:fs/promises";
import {defineDynamics, add, assemble, dot, lowerKernel, mul, planSimulation, sqrt, square, sub} from "../src/kernels/index.ts";
import type {Ensembles} from "../src/kernels/index.ts";
import {linearSgd, streamingSamples, tableSamples} from "../src/dynamics/index.ts";
import {createEngine} from "../src/engine/index.ts";
import {runOnTensors, statelessDraws} from "../src/engine/tensor-program/index.ts";
import {createStream} from "../src/random/index.ts";
import type {BenchProgram, BenchRequest, BenchResult} from "./program.ts";

const homogenizedSgd = (dimension: number) =>
  defineDynamics({
    name: "homogenized SGD",
    parameters: {stepSize: [], spectrum: [dimension], leastLoss: []},
    state: {x: [dimension]},
    step: ({x}, {parameters: {stepSize, spectrum, leastLoss}, normal}) => {
      const loss = add(leastLoss, mul(0.5, dot(spectrum, square(x))));
      const noise = mul(mul(stepSize, sqrt(mul(2, spectrum))), normal(dimension));
      return {x: add(mul(sub(1, mul(stepSize, spectrum)), x), mul(sqrt(loss), noise))};
    }
  });

const doubleWell = defineDynamics({
  name: "double-well Langevin",
  parameters: {timeStep: [], temperature: []},
  state: {x: []},
  start: () => ({x: -1}),
  step: ({x}, {parameters: {timeStep, temperature}, normal}) => ({
    x: add(sub(x, mul(mul(x, sub(square(x), 1)), timeStep)), mul(sqrt(mul(mul(2, temperature), timeStep)), normal()))
  })
});

const streaming = (dimension: number) => linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}})});
const onTable = linearSgd({samples: tableSamples({dimension: 20, replacement: "with"}), batchSize: 10});
const streamingParameters = (dimension: number) => ({stepSize: dimension >= 50 ? 0.01 : 0.1, labelNoise: 1});
const homogenizedParameters = (dimension: number) => ({stepSize: 0.1, spectrum: Array.from({length: dimension}, (_, i) => 1 / (i + 1)), leastLoss: 0.5});

function meanOf(values: ArrayLike<number>): {readonly mean: number; readonly standardError: number} {
  const count = values.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < count; i++) sum += values[i]!;
  const mean = sum / count;
  for (let i = 0; i < count; i++) squares += (values[i]! - mean) ** 2;
  return {mean, standardError: Math.sqrt(squares / (count - 1) / count)};
}

const rowsOfTable = 10_000;
let table: Promise<Float32Array> | undefined;
const readTable = (path: string) => (table ??= readFile(path).then((bytes) => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)));

/** Mean over the table's rows of ½ (θ·x − y)² for each replica, through the rows' second moments. */
function tableLosses(weights: ArrayLike<number>, values: Float32Array): Float64Array {
  const columns = 21;
  const moments = new Float64Array(columns * columns);
  for (let row = 0; row < rowsOfTable; row++) for (let i = 0; i < columns; i++) for (let j = 0; j < columns; j++) moments[i * columns + j]! += (values[row * columns + i]! * values[row * columns + j]!) / rowsOfTable;
  return Float64Array.from({length: weights.length / 20}, (_, replica) => {
    const z = Float64Array.from({length: columns}, (_, i) => (i === 20 ? -1 : weights[replica * 20 + i]!));
    return 0.5 * z.reduce((total, zi, i) => total + zi * z.reduce((sum, zj, j) => sum + zj * moments[i * columns + j]!, 0), 0);
  });
}

const keyOf = (seed: number) => createStream({seed, experiment: "bench", cell: "bench", block: 0}).ensembleKey();

async function timed<T>(work: () => Promise<T>, statistic: (result: T) => ArrayLike<number>): Promise<BenchResult & {readonly result: T}> {
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  return {seconds, ...meanOf(statistic(result)), result};
}

async function runOnEngine(ensembles: Ensembles, {workload, dimension, replicas, steps, seed, table: path}: BenchRequest): Promise<BenchResult> {
  const shared = {key: keyOf(seed), replicas, steps};
  switch (workload) {
    case "W1":
    case "W2":
      return timed(
        () => ensembles.simulate(homogenizedSgd(dimension), {...shared, parameters: homogenizedParameters(dimension), every: steps, observe: ({x}, {parameters: {spectrum, leastLoss}}) => ({loss: add(leastLoss, mul(0.5, dot(spectrum, square(x))))})}),
        ({samples}) => samples["loss"]!
      );
    case "W3":
      return timed(
        () => ensembles.simulate(streaming(dimension), {...shared, parameters: streamingParameters(dimension), every: steps, observe: ({weights}) => ({square: dot(weights, weights)})}),
        ({samples}) => samples["square"]!
      );
    case "W4": {
      const {result, ...measured} = await timed(
        () => ensembles.firstPassages(streaming(dimension), {...shared, parameters: streamingParameters(dimension), levels: [0.85], quantity: ({weights}) => ({square: dot(weights, weights)})}),
        ({ends}) => ends
      );
      return {...measured, censoredShare: result.reasons.filter((reason) => reason !== "passed").length / replicas};
    }
    case "W5":
      return timed(
        () => ensembles.simulate(doubleWell, {...shared, precision: "float64", parameters: {timeStep: 0.01, temperature: 0.25}, every: steps, observe: ({x}) => ({square: square(x)})}),
        ({samples}) => samples["square"]!
      );
    case "W6": {
      const values = await readTable(path);
      return timed(
        () => ensembles.simulate(onTable, {...shared, parameters: {stepSize: 0.02}, tables: {samples: {rows: rowsOfTable, values}}}),
        ({state}) => tableLosses(state["weights"]!, values)
      );
    }
  }
}

const plain = ({seconds, mean, standardError, censoredShare}: BenchResult): BenchResult => ({seconds, mean, standardError, ...(censoredShare === undefined ? {} : {censoredShare})});

function onEngine(name: string, native: "never" | "always"): BenchProgram {
  const engine = createEngine({native});
  return {
    name,
    scaling: true,
    async run(request) {
      if (!request.warm) return plain(await runOnEngine(engine, request));
      const start = performance.now();
      const first = await runOnEngine(engine, request);
      return {...plain(first), warmup: (performance.now() - start) / 1000};
    },
    close: () => engine.close(),
    async peakMemory({dimension, replicas, steps}) {
      const plan = planSimulation(homogenizedSgd(dimension), {parameters: homogenizedParameters(dimension), key: [1, 2], replicas, steps});
      return plan.layout(lowerKernel(plan.kernel, 4), 256).bytes;
    },
    ...(native === "always"
      ? {}
      : {
          async traceAndEmit({dimension, replicas, steps}: BenchRequest) {
            const start = performance.now();
            const plan = planSimulation(homogenizedSgd(dimension), {parameters: homogenizedParameters(dimension), key: [1, 2], replicas, steps});
            assemble(lowerKernel(plan.kernel, 4).program);
            return performance.now() - start;
          }
        })
  };
}

const onTensors: BenchProgram = {
  name: "tfjs-node",
  workloads: ["W1", "W2", "W3"],
  async run({workload, dimension, replicas, steps, seed}) {
    const shared = {key: [0, 0] as const, replicas, steps, every: steps};
    const draws = statelessDraws(createStream({seed, experiment: "bench", cell: "tensors", block: 0}));
    const run = async () =>
      workload === "W3"
        ? runOnTensors(streaming(dimension), {...shared, parameters: streamingParameters(dimension), observe: ({weights}) => ({statistic: dot(weights, weights)})}, draws)
        : runOnTensors(homogenizedSgd(dimension), {...shared, parameters: homogenizedParameters(dimension), observe: ({x}, {parameters: {spectrum, leastLoss}}) => ({statistic: add(leastLoss, mul(0.5, dot(spectrum, square(x))))})}, draws);
    return plain(await timed(run, ({samples}) => samples["statistic"]!));
  },
  close: async () => {}
};

/** The programs of this project. */
export const ours = async (): Promise<readonly BenchProgram[]> => [onTensors, onEngine("WebAssembly", "never"), onEngine("native", "always")];
