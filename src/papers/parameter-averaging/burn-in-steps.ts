import type {ToyParameters} from "./toy-parameters.ts";

/** Steps before the first averaged iterate. */
export const burnInSteps = ({burnInTime}: Pick<ToyParameters, "burnInTime">, stepSize: number): number => Math.round(burnInTime / stepSize);
