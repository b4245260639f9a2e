export {givenDraws} from "./given-draws.ts";
export type {GivenNumbers} from "./given-draws.ts";
export {tensorOf} from "./kernel-tensor.ts";
export {runOnTensors} from "./run-on-tensors.ts";
export {statelessDraws} from "./stateless-draws.ts";
export type {DrawRequest, TensorDraws} from "./tensor-draws.ts";
