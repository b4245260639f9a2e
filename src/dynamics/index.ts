export {eulerMaruyamaStep} from "./euler-maruyama.ts";
export {recordFirstPassages} from "./first-passage-recorder.ts";
export type {FirstPassageRecorder, FirstPassages} from "./first-passage-recorder.ts";
export {drawInputs, inputKurtosis} from "./input-law.ts";
export {linearRegressionSgd, squaredDistance} from "./linear-regression-sgd.ts";
export type {LinearRegressionSgd} from "./linear-regression-sgd.ts";
export {runEnsemble} from "./run-ensemble.ts";
export type {Dynamics, EnsembleRun} from "./run-ensemble.ts";
export {stochasticHeunStep} from "./stochastic-heun.ts";
