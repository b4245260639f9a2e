export {createEngine} from "./engine.ts";
export type {Engine, EngineOptions, EngineParts, RanReport} from "./engine.ts";
export {EnsembleError} from "./ensemble-error.ts";
export type {FailedBlock} from "./ensemble-error.ts";
