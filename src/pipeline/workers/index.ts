export type {CellAddress, Reply, Request} from "./messages.ts";
export {openWorkers} from "./open-workers.ts";
export type {Workers} from "./open-workers.ts";
export {startWorker} from "./worker-process.ts";
export type {StartWorker, Worker} from "./worker-process.ts";
