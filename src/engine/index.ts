export {createEngine} from "./engine.ts";
export type {Engine, EngineOptions, EngineParts} from "./engine.ts";
export {EnsembleError} from "./ensemble-error.ts";
export type {FailedBlock} from "./ensemble-error.ts";
export type {RanReport} from "./ran-report.ts";
export {threadPoolEnvironment} from "./native/index.ts";
