import assert from "node:assert/strict";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import fc from "fast-check";
import {kernelEffects, openNative, vectorBits} from "../../src/engine/native/index.ts";
import type {VectorBits} from "../../src/engine/native/index.ts";
import {dynamicsArbitrary, operationsOf} from "../kernels/random-dynamics.ts";
import {bitsOf, callsOf, interpretBlock, runNatively} from "../kernels/run-block.ts";

let cacheFolder: string;
before(async () => void (cacheFolder = await mkdtemp(join(tmpdir(), "kernels-"))));
after(() => rm(cacheFolder, {recursive: true, force: true, maxRetries: 10, retryDelay: 200}));

const widest = await vectorBits();
const widths = ([128, 256, 512] as const).filter((width) => width <= widest);

test(`random dynamics that have all operations give the same bits interpreted and in C with vectors of ${widths.join(", ")} bits`, async () => {
  const open = (width: VectorBits) => async (source: string) => (await openNative(source, {vectorBits: width}, {...kernelEffects, cacheFolder})).kernel;
  const sample = fc.sample(dynamicsArbitrary, {seed: 131, numRuns: 6});
  assert.equal(operationsOf(sample).size, 35);
  const cases = sample.flatMap((random, i) => callsOf(random, i % 2 === 0 ? 32 : 64).map((call, j) => ({call, width: widths[(j + Math.floor(i / 2)) % widths.length]!})));
  const next = cases.values();
  const work = async () => {
    for (const {call, width} of next) assert.deepEqual(bitsOf(await runNatively(call, width / call.kernel.bits, open(width))), bitsOf(interpretBlock(call)), `${call.kernel.kind}, ${width} bits`);
  };
  await Promise.all([work(), work()]);
});
