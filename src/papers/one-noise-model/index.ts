export {directionalNoiseVerdicts, passageSlopeVerdicts} from "./claims/index.ts";
export {isotropicTailIndex} from "./isotropic-tail-index.ts";
export {directionalAlignment, noiseAlongGradient} from "./noise-along-gradient.ts";
export type {DirectionalNoise, Direction} from "./noise-along-gradient.ts";
export {parameterSections} from "./parameters.ts";
export {passageSlopes} from "./passage-slopes.ts";
export type {PassageSlope} from "./passage-slopes.ts";
