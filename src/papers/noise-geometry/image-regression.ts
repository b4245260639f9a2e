import {evenOddRegression} from "../../data-sets/index.ts";
import type {LabelledImages} from "../../data-sets/index.ts";
import type {TrainingAlignmentParameters} from "./training-alignment-parameters.ts";

/** Images as rows of pixels in [0, 1], with the targets of each. */
export interface ImageRegression {
  readonly count: number;
  readonly image: {readonly height: number; readonly width: number};
  readonly outputs: number;
  /** (n, height · width) */
  readonly inputs: Float32Array;
  /** (n, outputs) */
  readonly targets: Float32Array;
}

const classes = 10;

/**
 * The first `samples` images with their targets.
 * @throws {RangeError} if there are fewer, or their labels are all the same
 */
export function imageRegression({samples, targets}: Pick<TrainingAlignmentParameters, "samples" | "targets">, images: LabelledImages): ImageRegression {
  const {count, height, width, labels} = images;
  if (samples > count) throw new RangeError(`samples: expected at most ${count}, the size of the data set, found ${samples}`);
  const {inputs, targets: signs, dimension} = evenOddRegression(images);
  const all = targets === "even-odd" ? signs : Float32Array.from({length: count * classes}, (_, i) => (labels[Math.floor(i / classes)] === i % classes ? 1 : 0));
  const outputs = targets === "even-odd" ? 1 : classes;
  const own = all.slice(0, samples * outputs);
  const isConstant = own.every((value, i) => value === own[i % outputs]);
  if (isConstant) throw new RangeError(`samples: expected labels that differ, found one label for the first ${samples} samples`);
  return {count: samples, image: {height, width}, outputs, inputs: inputs.slice(0, samples * dimension), targets: own};
}
