export {cyclicalVerdicts, trainingCertificate, trainingVerdicts} from "./claims/index.ts";
export type {TrainingName} from "./claims/index.ts";
export {cyclicalPaths, cyclicalRate} from "./cyclical-rate.ts";
export type {CyclicalOutcome, CyclicalPoint} from "./cyclical-rate.ts";
export {imagesOf} from "./image-regression.ts";
export {parameterSections} from "./parameters.ts";
export {trainingAlignment} from "./training-alignment.ts";
export type {TrainingAlignmentRow} from "./training-alignment.ts";
