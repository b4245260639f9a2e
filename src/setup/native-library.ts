import path from "node:path";
import { explainFileError } from "./explain-file-error.ts";
import {
  bindingEnvironment,
  buildBinding,
  describeBinding,
  loadedVersion,
  missingCompilerTool,
} from "./native-binding.ts";
import { nativeEffects } from "./native-effects.ts";
import type { NativeEffects } from "./native-effects.ts";
import { linkLibraries } from "./link-libraries.ts";
import { SetupError } from "./setup-error.mjs";
import { ensureWheelLibrary, tensorflowWheel } from "./tensorflow-wheel.ts";
import type { Wheel } from "./tensorflow-wheel.ts";

/** Which native library was set up: the record `node_modules/.driftbook/native-library.json`. */
export interface NativeLibrary {
  /** A published wheel, a folder that the user named, or tfjs-node's own installation. */
  readonly source: "wheel" | "folder" | "package";
  /** Version of libtensorflow, as the library reports it. */
  readonly tensorflow: string;
  /** Version of tfjs-node. */
  readonly tfjs: string;
  /** SHA-256 of the wheel, or else of the library. */
  readonly sha256: string;
  /** What was asked for; another request is set up anew. */
  readonly request: string;
  /** The main library, below tfjs-node's folder. */
  readonly library: string;
}

export interface NativeLibraryOptions {
  /** The checkout's folder. */
  readonly root: string;
  readonly log: (line: string) => void;
  /** A folder that already holds libtensorflow and its headers; by default what DRIFTBOOK_LIBTENSORFLOW names. */
  readonly libraryFolder?: string;
  /** By default the user's cache folder. */
  readonly cacheFolder?: string;
  /** By default the pinned wheel of tensorflow-cpu. */
  readonly wheel?: Wheel;
}

type Binding = Awaited<ReturnType<typeof describeBinding>>;
type Found = Pick<NativeLibrary, "source" | "tensorflow" | "sha256" | "library">;
type Settings = Required<Pick<NativeLibraryOptions, "root" | "log" | "cacheFolder" | "wheel">>;

const exists = (file: string, effects: NativeEffects): Promise<boolean> =>
  effects.files.access(file).then(
    () => true,
    () => false,
  );

const writeAtOnce = async (file: string, effects: NativeEffects, write: (file: string) => Promise<void>) => {
  const partial = `${file}.${effects.processId}.partial`;
  await effects.files.mkdir(path.dirname(file), { recursive: true });
  await write(partial);
  await effects.files.rename(partial, file);
};

const compiled = async (root: string, binding: Binding, effects: NativeEffects): Promise<string> => {
  await buildBinding(root, binding, effects);
  const version = await loadedVersion(binding, effects);
  if (version === undefined) throw new SetupError("tfjs-node's binding was compiled but does not load; run again");
  return version;
};

const fromFolder = async (
  folder: string,
  { root, log }: Settings,
  binding: Binding,
  effects: NativeEffects,
): Promise<Found> => {
  const library = await linkLibraries(folder, binding.packageFolder, effects);
  log(`compiling tfjs-node's binding against ${folder}`);
  const tensorflow = await compiled(root, binding, effects);
  const sha256 = await effects.sha256(path.join(binding.packageFolder, library));
  return { source: "folder", tensorflow, sha256, library };
};

const fromPackage = async (
  { root, log }: Settings,
  binding: Binding,
  effects: NativeEffects,
  otherwise?: string,
): Promise<Found> => {
  log("running tfjs-node's own installation");
  const { code } = await effects.run(effects.nodeExecutable, [path.join("scripts", "install.js"), "cpu"], {
    cwd: binding.packageFolder,
    environment: await bindingEnvironment(root, effects),
  });
  const tensorflow = code === 0 ? await loadedVersion(binding, effects) : undefined;
  const names = ["libtensorflow.so", "libtensorflow.2.dylib", "libtensorflow.dylib", "tensorflow.dll"];
  for (const name of tensorflow === undefined ? [] : names) {
    const library = path.join("deps", "lib", name);
    const file = path.join(binding.packageFolder, library);
    if (tensorflow === undefined || !(await exists(file, effects))) continue;
    return { source: "package", tensorflow, sha256: await effects.sha256(file), library };
  }
  throw new SetupError(
    otherwise ??
      "tfjs-node's own installation failed; check the network, " +
        "or set DRIFTBOOK_LIBTENSORFLOW to a folder with libtensorflow",
  );
};

const missingTool = async (
  cachedBinding: string,
  cachedLibrary: string,
  effects: NativeEffects,
): Promise<string | undefined> => {
  const missing = (await exists(cachedBinding, effects)) ? undefined : await missingCompilerTool(effects);
  if (missing !== undefined || (await exists(cachedLibrary, effects))) return missing;
  const { code } = await effects.run("python3", ["-m", "pip", "--version"]);
  return code === 0 ? undefined : "pip: not found; install it (Debian: apt-get install python3-pip) and run again";
};

const fromWheel = async (settings: Settings, binding: Binding, effects: NativeEffects): Promise<Found> => {
  const { root, log, cacheFolder, wheel } = settings;
  const cache = path.join(cacheFolder, "native-library", wheel.sha256);
  const cachedBinding = path.join(cache, `tfjs-node-${binding.version}-napi-v${binding.nodeApi}.node`);
  const missing = await missingTool(cachedBinding, path.join(cache, "lib"), effects);
  if (missing !== undefined) return fromPackage(settings, binding, effects, missing);

  const folder = await ensureWheelLibrary({ cacheFolder, log, wheel }, effects);
  const library = await linkLibraries(folder, binding.packageFolder, effects);
  const found = (tensorflow: string): Found => ({ source: "wheel", tensorflow, sha256: wheel.sha256, library });
  if (await exists(cachedBinding, effects)) {
    await writeAtOnce(binding.binding, effects, (file) => effects.files.copyFile(cachedBinding, file));
    const version = await loadedVersion(binding, effects);
    if (version !== undefined) return found(version);
  }
  log("compiling tfjs-node's binding");
  const version = await compiled(root, binding, effects);
  await writeAtOnce(cachedBinding, effects, (file) => effects.files.copyFile(binding.binding, file));
  return found(version);
};

const readRecord = async (file: string, effects: NativeEffects): Promise<Partial<NativeLibrary>> => {
  try {
    return JSON.parse(await effects.files.readFile(file, "utf8")) as Partial<NativeLibrary>;
  } catch {
    return {};
  }
};

const folderRequest = async (folder: string, effects: NativeEffects): Promise<string> => {
  const real = await effects.files.realpath(folder).catch(() => {
    const found = JSON.stringify(folder);
    throw new SetupError(`DRIFTBOOK_LIBTENSORFLOW: expected a folder that holds libtensorflow, found ${found}`);
  });
  return `folder ${real}`;
};

/**
 * Makes tfjs-node's native library work, and says which one it is.
 *
 * On Linux x86-64 it is the libtensorflow of a published wheel, kept in the user's cache under its checksum, and linked
 * from there; the binding is compiled once and kept beside it. A folder that the user names comes before. Elsewhere,
 * and where a tool is missing, it is what tfjs-node's own installation downloads. If the record shows that just this
 * is in place, nothing is done.
 * @throws SetupError, one line that says what to do: a missing tool, no space, a wrong checksum, an unusable folder.
 */
export const ensureNativeLibrary = async (
  { root, log, libraryFolder, cacheFolder, wheel = tensorflowWheel }: NativeLibraryOptions,
  effects: NativeEffects = nativeEffects,
): Promise<NativeLibrary> => {
  const settings: Settings = { root, log, cacheFolder: cacheFolder ?? effects.cacheFolder, wheel };
  const folder = libraryFolder ?? (effects.environment["DRIFTBOOK_LIBTENSORFLOW"] || undefined);
  try {
    const binding = await describeBinding(root, effects);
    const request = folder === undefined ? `default ${wheel.sha256}` : await folderRequest(folder, effects);
    const recordFile = path.join(root, "node_modules", ".driftbook", "native-library.json");
    const record = await readRecord(recordFile, effects);
    const inPlace =
      record.request === request &&
      record.tfjs === binding.version &&
      record.library !== undefined &&
      (await exists(binding.binding, effects)) &&
      (await exists(path.join(binding.packageFolder, record.library), effects));
    if (inPlace) return record as NativeLibrary;

    await effects.files.rm(recordFile, { force: true });
    const set = async (): Promise<Found> => {
      if (folder !== undefined) return fromFolder(path.resolve(folder), settings, binding, effects);
      return effects.platform === "linux-x64"
        ? fromWheel(settings, binding, effects)
        : fromPackage(settings, binding, effects);
    };
    const library: NativeLibrary = { ...(await set()), tfjs: binding.version, request };
    const text = `${JSON.stringify(library, null, 2)}\n`;
    await writeAtOnce(recordFile, effects, (file) => effects.files.writeFile(file, text));
    return library;
  } catch (error) {
    throw explainFileError(error, settings.cacheFolder, wheel.bytesNeeded);
  }
};
