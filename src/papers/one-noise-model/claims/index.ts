export {stepLimitVerdicts} from "./limit-claims.ts";
export {directionalNoiseVerdicts} from "./noise-claims.ts";
export {passageSlopeVerdicts} from "./passage-claims.ts";
export {readingVerdicts} from "./reading-claims.ts";
export {sideBySideVerdicts} from "./side-by-side-claims.ts";
