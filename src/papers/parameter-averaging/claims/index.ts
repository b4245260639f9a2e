export {networkVerdicts} from "./network-claims.ts";
export type {TrainedNetwork} from "./network-claims.ts";
export {tailVerdicts} from "./tail-claims.ts";
