/**
 * Grey images with one class label each.
 *
 * `pixels` is row-major with shape (count, height, width) and values 0..maximumPixel;
 * `labels` has shape (count,).
 */
export interface LabelledImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly maximumPixel: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/** Grey images without labels; as {@link LabelledImages}. */
export type Images = Omit<LabelledImages, "labels">;
