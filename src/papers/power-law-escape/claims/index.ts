export {barrierVerdicts} from "./barrier-claims.ts";
export {clockVerdicts} from "./clock-claims.ts";
export {exponentVerdicts, kurtosisVerdicts} from "./exponent-claims.ts";
export {noiseVerdicts} from "./noise-claims.ts";
export {passageVerdicts} from "./passage-claims.ts";
