export {directionalNoiseVerdicts} from "./noise-claims.ts";
export {passageSlopeVerdicts} from "./passage-claims.ts";
