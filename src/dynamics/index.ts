export {eulerMaruyama, itoEquation, milstein, stochasticHeun, weakSecondOrder} from "./ito/index.ts";
export type {Coefficient, Diffusion, ItoContext, ItoEquation, MilsteinOptions, SchemeDynamics, SchemeParameters} from "./ito/index.ts";
export {linearSgd} from "./linear-sgd.ts";
export type {LinearSgd, SgdParameters} from "./linear-sgd.ts";
export type {Sample, SampleSource} from "./sample-source.ts";
export {streamingSamples} from "./streaming-samples.ts";
export type {StreamingParameters, StreamingSamples} from "./streaming-samples.ts";
export {tableSamples} from "./table-samples.ts";
export type {TableSamples} from "./table-samples.ts";
