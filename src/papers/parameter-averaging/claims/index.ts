export {networkVerdicts} from "./network-claims.ts";
export type {TrainedNetwork} from "./network-claims.ts";
export {tailVerdicts} from "./tail-claims.ts";
export {toyBoundVerdicts} from "./toy-bound-claims.ts";
export {judgeEveryCell, toyDistanceVerdicts} from "./toy-distance-claims.ts";
export {toyLawVerdicts} from "./toy-law-claims.ts";
export {toyOvershootVerdicts} from "./toy-overshoot-claims.ts";
export {judgeTransition, toySelectionVerdicts} from "./toy-selection-claims.ts";
