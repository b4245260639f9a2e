import type {Tensor} from "../tensors/index.ts";

/** Samples on the native side: inputs (N, …), targets (N, outputs). */
export interface Samples {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}
