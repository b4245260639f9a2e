import type {LabelledImages} from "./labelled-images.ts";
import type {RegressionData} from "./regression-data.ts";

/**
 * Even against odd digits as a regression: target +1 for an even label, −1 for an odd one; inputs are the pixels
 * divided by the largest possible pixel, hence in [0, 1].
 *
 * Source: Mori, Ziyin, Liu, Ueda, *Power-law escape rate of SGD* (ICML 2022), section 4: MNIST with even and odd
 * digits labelled ±1. The scaling of the pixels is not stated there.
 */
export function evenOddRegression(images: LabelledImages): RegressionData {
  return {
    count: images.count,
    dimension: images.height * images.width,
    inputs: Float32Array.from(images.pixels, (pixel) => pixel / images.maximumPixel),
    targets: Float32Array.from(images.labels, (label) => (label % 2 === 0 ? 1 : -1)),
  };
}
