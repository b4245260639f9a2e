import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before} from "node:test";
import {createEngine} from "../../src/engine/index.ts";
import type {Engine, EngineOptions, EngineParts, RanReport} from "../../src/engine/index.ts";
import {kernelEffects} from "../../src/engine/native/index.ts";
import type {KernelEffects} from "../../src/engine/native/index.ts";
import * as kernels from "../../src/kernels/index.ts";
import {checksumCatalogue} from "../kernels/checksum-catalogue.ts";
import type {CatalogueEntry} from "../kernels/checksum-catalogue.ts";

const {add, defineDynamics, mul} = kernels;

/** An engine that takes even small ensembles to its threads and to the compiler, and the reports of what it ran. */
export function smallWorkEngine(options: EngineOptions, parts: Partial<EngineParts> = {}): {readonly engine: Engine; readonly reports: readonly RanReport[]} {
  const reports: RanReport[] = [];
  return {engine: createEngine({report: (ran) => reports.push(ran), ...options}, {worth: {threads: 0, looking: 0, compiling: 0}, ...parts}), reports};
}

/** The real machine with a cache of kernels that the tests of one file share. */
export function sharedKernelCache(): () => KernelEffects {
  let cacheFolder: string;
  before(async () => void (cacheFolder = await mkdtemp(join(tmpdir(), "kernels-"))));
  after(() => rm(cacheFolder, {recursive: true, force: true, maxRetries: 10, retryDelay: 200}));
  return () => ({...kernelEffects, cacheFolder});
}

/** A random walk with a drift: the cheapest of ensembles. */
export const walk = defineDynamics({
  name: "walk",
  parameters: {scale: []},
  state: {x: []},
  step: ({x}, {parameters: {scale}, normal}) => ({x: add(add(x, 0.125), mul(scale, normal()))})
});

export const position = ({x}: {readonly x: kernels.Real}) => ({x});

/** Eight blocks on two threads or three. */
export const walkRequest = {parameters: {scale: 0.5}, key: [3, 4], replicas: 2000, steps: 20} as const;
export const walkBlocks = 8;

export const catalogue: readonly CatalogueEntry[] = checksumCatalogue(kernels);
