/** The kernels on plain numbers: slow, and what they mean. */
export {interpretPassages} from "./interpret-passages.ts";
export {interpretSimulation} from "./interpret-simulation.ts";
export {interpretedDraws} from "./interpreted-draws.ts";
export type {DrawnNumbers, InterpretedDraws} from "./interpreted-draws.ts";
