import type {Ensembles, Passages, Real, RealArray, Simulation} from "../../src/kernels/index.ts";

/** The room of kernels, as a process or a page has it. */
export type Kernels = typeof import("../../src/kernels/index.ts");

/** An ensemble whose result has the same bytes wherever it is run. */
export interface CatalogueEntry {
  readonly name: string;
  run(ensembles: Ensembles): Promise<Uint8Array>;
}

const key = [0x5eed, 0xc0ffee] as const;
const precisions = ["float32", "float64"] as const;

const joined = (arrays: readonly ArrayBufferView[]): Uint8Array => {
  const parts = arrays.map(({buffer, byteOffset, byteLength}) => new Uint8Array(buffer, byteOffset, byteLength));
  const bytes = new Uint8Array(parts.reduce((total, {length}) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

const all = (named: Readonly<Record<string, RealArray>>) => Object.values(named);

const simulationBytes = ({state, divergedAt, samples, sums, counts}: Simulation) => joined([...all(state), divergedAt, ...all(samples), ...all(sums), counts]);

const passageBytes = ({passages, ends, reasons, atPassage, atEnd}: Passages) => joined([passages, ends, new TextEncoder().encode(reasons.join()), ...all(atPassage), ...all(atEnd)]);

/** Rows of features and a label with exact values in float32. */
function sampleTable(rows: number, columns: number) {
  const values = Float64Array.from({length: rows * columns}, (_, i) => (((i * 7919) % 1021) - 510) / 256);
  return {rows, values};
}

/**
 * Ensembles that together use every operation, both precisions, samples and
 * sums, refilled lanes, tables with and without replacement, unrolled and looped
 * vectors. What a replica that diverged holds is left out: WebAssembly does not
 * say which bits a NaN has.
 */
export function checksumCatalogue(kernels: Kernels): readonly CatalogueEntry[] {
  const {abs, add, cos, defineDynamics, div, dot, element, equal, exp, fill, greater, greaterEqual, less, lessEqual, log, logicalAnd, logicalNot, logicalOr, matVec, maximum, minimum, mul, neg, notEqual, reciprocal, repeatSum, sin, sqrt, square, stack, sub, sum, tanh, where} = kernels;

  const operations = defineDynamics({
    name: "every operation",
    parameters: {scale: [], weights: [3], mixing: [3, 3]},
    state: {x: [3], s: []},
    start: ({normal, uniform}) => ({x: normal(3), s: uniform()}),
    step: ({x, s}, {parameters: {scale, weights, mixing}, normal, uniform, step}) => {
      const noise = normal(3);
      const chance = uniform();
      const waves = add(sin(mul(x, 5)), cos(mul(noise, scale)));
      const sizes = add(log(add(1, square(x))), exp(neg(abs(noise))));
      const bounded = tanh(matVec(mixing, add(waves, sizes)));
      const turned = where(logicalOr(less(chance, 0.25), logicalAnd(greaterEqual(s, 0.5), logicalNot(equal(chance, s)))), bounded, neg(div(bounded, add(2, dot(weights, weights)))));
      const clipped = minimum(maximum(turned, fill(-0.75, 3)), stack([1, add(0.5, chance), 0.875]));
      const mean = div(sum(clipped), 3);
      const kept = where(logicalAnd(lessEqual(abs(mean), 1), notEqual(step, 7)), mean, reciprocal(add(3, element(x, 1))));
      return {x: add(mul(0.5, x), clipped), s: where(greater(kept, s), sqrt(abs(kept)), mul(s, 0.5))};
    }
  });

  const regression = (dimension: number) =>
    defineDynamics({
      name: `streaming regression in ${dimension} dimensions`,
      parameters: {stepSize: []},
      state: {weights: [dimension]},
      start: () => ({weights: 1}),
      step: ({weights}, {parameters: {stepSize}, normal}) => {
        const input = normal(dimension);
        return {weights: sub(weights, mul(input, mul(stepSize, sub(dot(input, weights), normal()))))};
      }
    });

  const columns = 5;
  const features = columns - 1;
  const tableDescent = (replacement: boolean) =>
    defineDynamics({
      name: replacement ? "descent on rows drawn with replacement" : "descent on passes over the rows",
      parameters: {stepSize: []},
      tables: {samples: columns},
      state: {weights: [features]},
      step: ({weights}, {parameters: {stepSize}, tables: {samples}}) => {
        const gradient = repeatSum(3, (): Real => {
          const row = replacement ? samples.drawRow() : samples.drawRowWithoutReplacement();
          const input = samples.row(row, 0, features);
          return mul(input, sub(dot(input, weights), samples.value(row, features)));
        });
        return {weights: sub(weights, mul(stepSize, gradient))};
      }
    });

  const doubleWell = defineDynamics({
    name: "double well",
    parameters: {timeStep: [], temperature: []},
    state: {position: []},
    start: () => ({position: -1}),
    step: ({position}, {parameters: {timeStep, temperature}, normal}) => ({
      position: add(add(position, mul(timeStep, sub(position, mul(position, square(position))))), mul(sqrt(mul(mul(2, temperature), timeStep)), normal()))
    })
  });

  const growth = defineDynamics({
    name: "growth that diverges",
    parameters: {rate: []},
    state: {size: []},
    start: ({uniform}) => ({size: uniform()}),
    step: ({size}, {parameters: {rate}, uniform}) => ({size: add(size, mul(mul(rate, uniform()), mul(size, square(size))))})
  });

  const simulate = (name: string, run: (ensembles: Ensembles) => Promise<Simulation>): CatalogueEntry => ({name, run: async (ensembles) => simulationBytes(await run(ensembles))});
  const passages = (name: string, run: (ensembles: Ensembles) => Promise<Passages>): CatalogueEntry => ({name, run: async (ensembles) => passageBytes(await run(ensembles))});
  const wholePasses = sampleTable(41, columns);

  return precisions.flatMap((precision): readonly CatalogueEntry[] => [
    simulate(`${precision}: every operation, samples of replicas`, (ensembles) =>
      ensembles.simulate(operations, {parameters: {scale: 3.25, weights: [0.5, -1, 2], mixing: [0.25, -0.5, 1, 1.5, 0.125, -0.75, 0.5, 0.5, -1]}, key, replicas: 301, steps: 40, every: 9, observe: ({x, s}, {step}) => ({energy: dot(x, x), s, clock: mul(step, s), x}), precision})
    ),
    simulate(`${precision}: every operation, sums from replica 1000 on`, (ensembles) =>
      ensembles.simulate(operations, {parameters: {scale: -1.5, weights: [1, 2, 3], mixing: [1, 0, 0, 0, 1, 0, 0, 0, 1]}, key, replicas: {first: 1000, count: 523}, steps: 24, every: 5, samples: "sums", observe: ({x}) => ({energy: dot(x, x), x}), precision})
    ),
    simulate(`${precision}: streaming regression, unrolled, d = 2`, (ensembles) => ensembles.simulate(regression(2), {parameters: {stepSize: 0.0625}, key, replicas: 270, steps: 100, precision})),
    simulate(`${precision}: streaming regression, looped, d = 20`, (ensembles) =>
      ensembles.simulate(regression(20), {parameters: {stepSize: 0.03125}, key, replicas: 70, steps: 60, every: 20, samples: "sums", observe: ({weights}) => ({squaredNorm: dot(weights, weights)}), precision})
    ),
    simulate(`${precision}: table with replacement`, (ensembles) => ensembles.simulate(tableDescent(true), {parameters: {stepSize: 0.015625}, tables: {samples: wholePasses}, key, replicas: 90, steps: 50, precision})),
    simulate(`${precision}: table without replacement`, (ensembles) => ensembles.simulate(tableDescent(false), {parameters: {stepSize: 0.015625}, tables: {samples: wholePasses}, key, replicas: 90, steps: 50, precision})),
    passages(`${precision}: first passages with refilled lanes, some censored`, (ensembles) =>
      ensembles.firstPassages(doubleWell, {parameters: {timeStep: 0.0625, temperature: 0.25}, key, replicas: 530, steps: 400, quantity: ({position}) => ({position}), levels: [-0.5, 0, 0.75], record: ({position}, {step}) => ({position, step}), precision})
    ),
    passages(`${precision}: first passages, some diverged`, (ensembles) =>
      ensembles.firstPassages(growth, {parameters: {rate: 8}, key, replicas: 300, steps: 60, quantity: ({size}) => ({size: where(greater(size, 100), log(neg(size)), size)}), levels: [0.5, 50], precision})
    ),
    {
      name: `${precision}: steps of divergence, sums of the rest`,
      async run(ensembles) {
        const {divergedAt, sums, counts} = await ensembles.simulate(growth, {parameters: {rate: 0.5}, key, replicas: 300, steps: 60, every: 10, samples: "sums", observe: ({size}) => ({size}), precision});
        return joined([divergedAt, ...all(sums), counts]);
      }
    }
  ]);
}

/** The lower-case hexadecimal SHA-256 of each entry's bytes, by its name. */
export async function catalogueChecksums(entries: readonly CatalogueEntry[], ensembles: Ensembles, subtle: SubtleCrypto = globalThis.crypto.subtle): Promise<Readonly<Record<string, string>>> {
  const checksums: Record<string, string> = {};
  for (const {name, run} of entries) {
    const digest = new Uint8Array(await subtle.digest("SHA-256", new Uint8Array(await run(ensembles))));
    checksums[name] = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  return checksums;
}
