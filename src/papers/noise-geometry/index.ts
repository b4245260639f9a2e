export {cyclicalPaths, cyclicalRate} from "./cyclical-rate.ts";
export type {CyclicalOutcome, CyclicalPoint} from "./cyclical-rate.ts";
export {parameterSections} from "./parameters.ts";
