export {networkVerdicts, tailVerdicts} from "./claims/index.ts";
export type {TrainedNetwork} from "./claims/index.ts";
export {networkTraining} from "./network-training.ts";
export type {NetworkTrainingRow} from "./network-training.ts";
export {parameterSections} from "./parameters.ts";
export {tailAverages} from "./tail-averages.ts";
export type {TailAverageRow} from "./tail-averages.ts";
export {trainingImagesOf} from "./training-sets.ts";
