export type {DataParameters, Flow, FlowParameters, FlowState} from "./flow-points.ts";
export {gradientFlow} from "./gradient-flow.ts";
export type {GradientFlow} from "./gradient-flow.ts";
export {leastSquaresModel} from "./least-squares-model.ts";
export type {SampleModel, SampleRow} from "./sample-model.ts";
export {sgdFlow} from "./sgd-flow.ts";
export {stochasticModifiedEquation} from "./stochastic-modified-equation.ts";
export {stochasticModifiedFlow} from "./stochastic-modified-flow.ts";
