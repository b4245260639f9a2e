export type { PeriodicSamples } from "./periodic-samples.ts";
export { halvedTorus, refinedTorus, torusDifference, torusSupremum } from "./torus-function.ts";
export type { TorusFunction } from "./torus-function.ts";
export { sgdExpectation } from "./sgd-expectation.ts";
export type { TorusExpectation } from "./sgd-expectation.ts";
export { modifiedEquationExpectation } from "./modified-equation-expectation.ts";
export type { CommonNoise, ModifiedEquation } from "./modified-equation-expectation.ts";
