import {randomUUID} from "node:crypto";
import * as fs from "node:fs";
import {join} from "node:path";
import envPaths from "env-paths";
import {labelImages, parseDigits, parseIdxImages, parseIdxLabels} from "../data-sets/index.ts";
import type {LabelledImages} from "../data-sets/index.ts";
import {contentDigest, decompress, verifiedContent} from "./data-content.ts";
import {openFileMemo} from "./file-memo.ts";
import {downloadFirst} from "./data-download.ts";
import type {FetchAddress} from "./data-download.ts";
import {DataFileError} from "./data-file-error.ts";
import {mnistAddresses, mnistFileNames, publishedData} from "./data-published.ts";
import type {DataFileName, PublishedContent} from "./data-published.ts";

export type {DataFileName} from "./data-published.ts";

/** Where the project is. */
export interface DataOptions {
  readonly root: string;
}

/** A file that a table depends on. */
export interface DataFile {
  /** Where it is, or where it will be once downloaded. */
  readonly path: string;
  /** SHA-256 of the uncompressed content that a table would read. */
  readonly sha256: string;
}

/** Files, network, environment and what the files must hold, so that faults can be tried. */
export interface DataEffects {
  readonly files: Pick<typeof fs, "existsSync" | "statSync" | "readFileSync" | "mkdirSync" | "writeFileSync" | "renameSync" | "rmSync">;
  readonly fetch: FetchAddress;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's cache folder of this project. */
  readonly cacheFolder: string;
  readonly published: Readonly<Record<DataFileName, PublishedContent>>;
  /** For the whole transfer from one address. */
  readonly timeoutSeconds: number;
}

/** The environment variable that names a folder with the MNIST test files. */
export const mnistVariable = "DRIFTBOOK_MNIST";

const realEffects: DataEffects = {
  files: fs,
  fetch,
  environment: process.env,
  cacheFolder: envPaths("driftbook", {suffix: ""}).cache,
  published: publishedData,
  timeoutSeconds: 60,
};

/** Where a file is looked for; `mustBeThere` unless it can be downloaded to that place. */
interface Location {
  readonly path: string;
  readonly mustBeThere: boolean;
}

const digests = openFileMemo<string>();

/** A gzip stream of incompressible content is longer than it by a header and a few bytes a block. */
const longestFile = ({length}: PublishedContent): number => length + 65_536;

/**
 * The path of a data file and the digest of what a table reads from it, for the key of that table. Downloads nothing:
 * a file in the user's cache is only ever read as the published content, whether it is there yet or not.
 *
 * @throws {DataFileError} if the project or the user says that the file is there and it is not, or cannot be read
 */
export function dataFile(name: DataFileName, {root}: DataOptions, effects: DataEffects = realEffects): DataFile {
  const published = effects.published[name];
  const {path, mustBeThere} = locate(root, name, effects);
  if (!mustBeThere) return {path, sha256: published.sha256};
  return {path, sha256: digests(path, () => contentDigest(decompress(readWhole(path, published, effects), path, published.length)))};
}

/**
 * The uncompressed content of a data file, verified against the published checksum.
 *
 * `digits` comes with the project. `mnist-images` and `mnist-labels`, the 10,000 test images of MNIST, are read from
 * the folder that the environment variable DRIFTBOOK_MNIST names (`t10k-images-idx3-ubyte` and
 * `t10k-labels-idx1-ubyte`, each with or without `.gz`); if it names none, from the user's cache, where they are
 * downloaded first if need be.
 *
 * @throws {DataFileError} if the file is missing, is not the published one or cannot be downloaded
 */
export async function readDataFile(name: DataFileName, {root}: DataOptions, effects: DataEffects = realEffects): Promise<Uint8Array> {
  const published = effects.published[name];
  const {path, mustBeThere} = locate(root, name, effects);
  if (mustBeThere) return verifiedContent(readWhole(path, published, effects), path, published);
  if (effects.files.existsSync(path)) {
    try {
      return verifiedContent(readWhole(path, published, effects), path, published);
    } catch {
      effects.files.rmSync(path, {force: true});
    }
  }
  return download(path, name as keyof typeof mnistFileNames, published, effects);
}

/**
 * The 1,797 handwritten 8×8 digits that come with the project.
 *
 * @throws {DataFileError} as {@link readDataFile}
 */
export async function readDigits(options: DataOptions, effects: DataEffects = realEffects): Promise<LabelledImages> {
  return parseDigits(await readDataFile("digits", options, effects), "digits.csv");
}

/**
 * The 10,000 MNIST test images, 28×28.
 *
 * @throws {DataFileError} as {@link readDataFile}
 */
export async function readMnistTest(options: DataOptions, effects: DataEffects = realEffects): Promise<LabelledImages> {
  const {"mnist-images": imagesName, "mnist-labels": labelsName} = mnistFileNames;
  const images = parseIdxImages(await readDataFile("mnist-images", options, effects), imagesName);
  const labels = parseIdxLabels(await readDataFile("mnist-labels", options, effects), labelsName);
  return labelImages(images, labels, `${imagesName} and ${labelsName}`);
}

async function download(path: string, name: keyof typeof mnistFileNames, published: PublishedContent, effects: DataEffects) {
  const limits = {maximumBytes: longestFile(published), timeoutSeconds: effects.timeoutSeconds};
  const addresses = mnistAddresses.map((folder) => `${folder}${mnistFileNames[name]}.gz`);
  try {
    const bytes = await downloadFirst(addresses, (found, where) => verifiedContent(found, where, published), limits, effects.fetch);
    keep(path, bytes, effects);
    return verifiedContent(bytes, path, published);
  } catch (cause) {
    const files = Object.values(mnistFileNames).join(" and ");
    const remedy = `put ${files} (as they are or with .gz) into a folder and name that folder in ${mnistVariable}`;
    throw new DataFileError(`the MNIST test set could not be downloaded; ${remedy}\n${(cause as Error).message}`, {cause});
  }
}

function locate(root: string, name: DataFileName, {files, environment, cacheFolder}: DataEffects): Location {
  if (name === "digits") return {path: join(root, "data", "digits", "digits.csv.gz"), mustBeThere: true};
  const fileName = mnistFileNames[name];
  const folder = environment[mnistVariable];
  if (folder === undefined || folder === "") return {path: join(cacheFolder, "mnist", `${fileName}.gz`), mustBeThere: false};
  const path = [fileName, `${fileName}.gz`].map((candidate) => join(folder, candidate)).find((candidate) => files.existsSync(candidate));
  if (path !== undefined) return {path, mustBeThere: true};
  throw new DataFileError(`${mnistVariable}: expected a folder with ${fileName} or ${fileName}.gz, found neither in ${JSON.stringify(folder)}`);
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
