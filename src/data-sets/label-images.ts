import type {Images, LabelledImages} from "./labelled-images.ts";
import {MalformedDataError} from "./malformed-data-error.ts";

/**
 * Joins images with their labels.
 *
 * @param where the names of the two files, for messages
 * @throws {MalformedDataError} if there are not as many labels as images
 */
export function labelImages(images: Images, labels: Uint8Array, where: string): LabelledImages {
  if (labels.length !== images.count) {
    throw new MalformedDataError(where, "count", `one label for each of ${images.count} images`, `${labels.length} labels`);
  }
  return {...images, labels};
}
