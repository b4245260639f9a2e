import {randomUUID} from "node:crypto";
import * as fs from "node:fs";
import {join} from "node:path";
import envPaths from "env-paths";
import {labelImages, parseDigits, parseIdxImages, parseIdxLabels} from "../data-sets/index.ts";
import type {LabelledImages} from "../data-sets/index.ts";
import {contentDigest, decompress, verifiedContent} from "./data-content.ts";
import type {PublishedContent} from "./data-content.ts";
import {downloadFirst} from "./data-download.ts";
import {DataFileError} from "./data-file-error.ts";

/** The data files that loaders may read. */
export type DataFileName = "digits" | "mnist-images" | "mnist-labels";

/** A file that a loader depends on. */
export interface DataFile {
  /** Where it is, or where it will be once downloaded. */
  readonly path: string;
  /** SHA-256 of its uncompressed content: as found, or as published where it is not there yet. */
  readonly sha256: string;
}

/** Files, network and environment, so that their failures can be tried. */
export interface DataEffects {
  readonly files: Pick<typeof fs, "existsSync" | "statSync" | "readFileSync" | "mkdirSync" | "writeFileSync" | "renameSync" | "rmSync">;
  readonly fetch: typeof fetch;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's cache folder of this project. */
  readonly cacheFolder: string;
}

/** Where data is looked for. */
export interface DataOptions {
  /** The project's folder. */
  readonly root: string;
  readonly timeoutSeconds?: number;
  /** What the files must hold; the published content unless a test has its own. */
  readonly published?: Readonly<Record<DataFileName, PublishedContent>>;
}

/** The content that each file must have. */
export const publishedData: Readonly<Record<DataFileName, PublishedContent>> = {
  digits: {sha256: "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8", length: 264_712},
  "mnist-images": {sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", length: 7_840_016},
  "mnist-labels": {sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", length: 10_008},
};

/** The environment variable that names a folder with the MNIST test files. */
export const mnistVariable = "DRIFTBOOK_MNIST";

const mnistNames = {"mnist-images": "t10k-images-idx3-ubyte", "mnist-labels": "t10k-labels-idx1-ubyte"} as const;
type MnistName = keyof typeof mnistNames;

const mnistMirrors = [
  "http://yann.lecun.com/exdb/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
] as const;

const realEffects: DataEffects = {
  files: fs,
  fetch: (...request) => fetch(...request),
  environment: process.env,
  cacheFolder: envPaths("driftbook", {suffix: ""}).cache,
};

/** Compression adds at most a header and a few bytes a block. */
const longestFile = (published: PublishedContent) => published.length + 65_536;

/**
 * The path of a data file and the digest of what a loader would read from it, for the key of that loader's tables.
 * Downloads nothing.
 *
 * @throws {DataFileError} if the file should be there and is not, or cannot be read
 */
export function dataFile(name: DataFileName, options: DataOptions, effects: DataEffects = realEffects): DataFile {
  const published = (options.published ?? publishedData)[name];
  const {path, present} = locate(name, options, effects);
  if (!present) return {path, sha256: published.sha256};
  const content = decompress(readWhole(path, published, effects), path, published.length);
  return {path, sha256: contentDigest(content)};
}

/**
 * The 1,797 handwritten 8×8 digits that come with the project.
 *
 * @throws {DataFileError} if the file is missing or is not the published one
 */
export function readDigits(options: DataOptions, effects: DataEffects = realEffects): LabelledImages {
  const published = (options.published ?? publishedData).digits;
  const {path} = locate("digits", options, effects);
  return parseDigits(verifiedContent(readWhole(path, published, effects), path, published), path);
}

/**
 * The 10,000 MNIST test images, 28×28, from the folder that the environment variable DRIFTBOOK_MNIST names
 * (`t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, each with or without `.gz`); if it names none, from the
 * user's cache, and downloaded there first if need be. The content is verified wherever it comes from.
 *
 * @throws {DataFileError} if a file is missing in the named folder, is not the published one or cannot be downloaded
 */
export async function readMnistTest(options: DataOptions, effects: DataEffects = realEffects): Promise<LabelledImages> {
  const images = await readMnistFile("mnist-images", options, effects);
  const labels = await readMnistFile("mnist-labels", options, effects);
  return labelImages(
    parseIdxImages(images.content, images.path),
    parseIdxLabels(labels.content, labels.path),
    `${images.path} and ${labels.path}`,
  );
}

async function readMnistFile(name: MnistName, options: DataOptions, effects: DataEffects) {
  const published = (options.published ?? publishedData)[name];
  const {path, present, named} = locate(name, options, effects);
  if (present) {
    try {
      return {path, content: verifiedContent(readWhole(path, published, effects), path, published)};
    } catch (error) {
      if (named) throw error;
    }
  }
  const fileName = `${mnistNames[name]}.gz`;
  const target = join(effects.cacheFolder, "mnist", fileName);
  const bytes = await downloadFirst(
    mnistMirrors.map((mirror) => mirror + fileName),
    (found, where) => verifiedContent(found, where, published),
    {maximumBytes: longestFile(published), timeoutSeconds: options.timeoutSeconds ?? 60},
    effects.fetch,
  ).catch((cause: Error) => {
    const remedy = `put ${Object.values(mnistNames).join(" and ")} (or their .gz) into a folder and name it in ${mnistVariable}`;
    throw new DataFileError(`the MNIST test set could not be downloaded; ${remedy}\n${cause.message}`, {cause});
  });
  keep(target, bytes, effects);
  return {path: target, content: verifiedContent(bytes, target, published)};
}

/** `named`: the user said that the file is there. */
function locate(name: DataFileName, {root}: DataOptions, {files, environment, cacheFolder}: DataEffects) {
  if (name === "digits") {
    const path = join(root, "data", "digits", "digits.csv.gz");
    if (!files.existsSync(path)) throw new DataFileError(`${path}: missing; it belongs to the project, restore it with git`);
    return {path, present: true, named: true};
  }
  const folder = environment[mnistVariable];
  const named = folder !== undefined && folder !== "";
  const base = join(named ? folder : join(cacheFolder, "mnist"), mnistNames[name]);
  const path = [base, `${base}.gz`].find((candidate) => files.existsSync(candidate));
  if (path === undefined && named) {
    throw new DataFileError(`${mnistVariable}: expected a folder with ${mnistNames[name]} or ${mnistNames[name]}.gz, found neither in "${folder}"`);
  }
  return {path: path ?? `${base}.gz`, present: path !== undefined, named};
}

function readWhole(path: string, published: PublishedContent, {files}: DataEffects): Uint8Array {
  const longest = longestFile(published);
  try {
    const {size} = files.statSync(path);
    if (size > longest) throw new DataFileError(`${path}: expected at most ${longest} bytes, found ${size}`);
    return files.readFileSync(path);
  } catch (cause) {
    if (cause instanceof DataFileError) throw cause;
    throw new DataFileError(`${path}: could not be read (${(cause as Error).message})`, {cause});
  }
}

function keep(path: string, bytes: Uint8Array, {files}: DataEffects): void {
  const temporary = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    files.mkdirSync(join(path, ".."), {recursive: true});
    files.writeFileSync(temporary, bytes, {flag: "wx", flush: true});
    files.renameSync(temporary, path);
  } catch (cause) {
    files.rmSync(temporary, {force: true});
    throw new DataFileError(`could not write ${bytes.length} bytes to ${path} (${(cause as Error).message})`, {cause});
  }
}
