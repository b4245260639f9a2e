import type {LabelledImages} from "../data-sets/index.ts";
import type {ImageSetName} from "../papers/experiment.ts";
import {dataFile, readDigits, readMnistTest} from "./data-files.ts";
import type {DataFileName} from "./data-files.ts";

const files: Readonly<Record<ImageSetName, readonly DataFileName[]>> = {
  digits: ["digits"],
  mnist: ["mnist-images", "mnist-labels"]
};

/** The digest of each file of an image set, for the key of the tables that read it. */
export function imageSetDigests(root: string, name: ImageSetName): Readonly<Record<string, string>> {
  return Object.fromEntries(files[name].map((file) => [`data:${file}`, dataFile(file, {root}).sha256]));
}

/** The verified images of a set; MNIST is downloaded if no folder has it. */
export async function readImageSet(root: string, name: ImageSetName): Promise<LabelledImages> {
  return name === "digits" ? readDigits({root}) : readMnistTest({root});
}
