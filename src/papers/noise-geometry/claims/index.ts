export {alignmentVerdicts, widthVerdicts} from "./alignment-claims.ts";
export {cyclicalVerdicts} from "./cyclical-rate-claims.ts";
export {angularVerdicts, directionVerdicts} from "./direction-claims.ts";
export {escapeVerdicts, thresholdVerdicts} from "./escape-claims.ts";
export {trainingCertificate, trainingVerdicts} from "./training-alignment-claims.ts";
export type {TrainingName} from "./training-alignment-claims.ts";
