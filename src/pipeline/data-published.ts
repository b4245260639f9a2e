/** A data file that a table may read. */
export type DataFileName = "digits" | "mnist-images" | "mnist-labels";

/** What a published data file holds, once uncompressed. */
export interface PublishedContent {
  /** SHA-256 of the uncompressed content, hexadecimal. */
  readonly sha256: string;
  /** Its length in bytes. */
  readonly length: number;
}

/** The content that each file must have. */
export const publishedData: Readonly<Record<DataFileName, PublishedContent>> = {
  digits: {sha256: "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8", length: 264_712},
  "mnist-images": {sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", length: 7_840_016},
  "mnist-labels": {sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", length: 10_008},
};

/** The names under which the MNIST test files are published, without `.gz`. */
export const mnistFileNames = {"mnist-images": "t10k-images-idx3-ubyte", "mnist-labels": "t10k-labels-idx1-ubyte"} as const;

/** The published address of the MNIST files, then its mirrors. */
export const mnistAddresses = [
  "http://yann.lecun.com/exdb/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
] as const;
