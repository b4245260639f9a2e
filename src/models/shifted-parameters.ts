import {tf} from "../tensors/index.ts";
import type {NetworkParameters} from "./network.ts";

/** Parameters plus steps; a frozen layer, which has no step, is copied. In a tidy, or the caller disposes of them. */
export function shiftedParameters(parameters: NetworkParameters, steps: NetworkParameters): NetworkParameters {
  return parameters.map((layer, i) => layer.map((tensor, j) => (steps[i]![j] === undefined ? tf.clone(tensor) : tf.add(tensor, steps[i]![j]!))));
}
