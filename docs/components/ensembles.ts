import {ensemblesByWorkers} from "../live.js";
import type {Ensembles} from "../../src/live/index.ts";

/**
 * Runs ensembles in the reader's browser, each run in a worker of its own: the
 * same interface, and the same bits, as in Node. A run takes `{progress, signal}`;
 * aborting the signal ends it at once.
 */
export const ensembles: Ensembles = ensemblesByWorkers(() => new Worker(import.meta.resolve("./kernel-worker.js"), {type: "module"}));
