export {cyclicalVerdicts} from "./cyclical-rate-claims.ts";
export {trainingCertificate, trainingVerdicts} from "./training-alignment-claims.ts";
export type {TrainingName} from "./training-alignment-claims.ts";
