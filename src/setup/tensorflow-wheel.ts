import path from "node:path";
import type { NativeEffects } from "./native-effects.ts";
import { SetupError } from "./setup-error.mjs";

/** A published wheel that holds libtensorflow. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** Bytes on the disk while it is downloaded and unpacked: pip's copy and ours, and the libraries. */
  readonly bytesNeeded: number;
}

/** The wheel that is used on Linux x86-64. */
export const tensorflowWheel: Wheel = {
  name: "tensorflow-cpu",
  version: "2.21.0",
  sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
  bytesNeeded: 2 * 274_000_000 + 860_000_000,
};

const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/** The headers that tfjs-node's binding includes, with what they include themselves. */
const headerFolders = ["tensorflow/c/", "tensorflow/core/platform/", "tsl/platform/", "xla/tsl/c/"];

/** Where a member of the wheel goes below `folder`, undefined if it is not needed. */
export const wheelMemberTarget = (member: string, folder: string): string | undefined => {
  const library = libraries.find((name) => member === `tensorflow/${name}`);
  if (library !== undefined) return path.join(folder, "lib", library);
  const header = member.startsWith("tensorflow/include/") ? member.slice("tensorflow/include/".length) : "";
  return headerFolders.some((prefix) => header.startsWith(prefix)) ? path.join(folder, "include", header) : undefined;
};

const checkSpace = async (folder: string, bytes: number, effects: NativeEffects): Promise<void> => {
  const { bavail, bsize } = await effects.files.statfs(folder);
  if (bavail * bsize < bytes) {
    throw new SetupError(
      `${folder}: expected ${bytes} free bytes for the native library, found ${bavail * bsize}; free some space`,
    );
  }
};

const explainPip = (output: string, wheel: Wheel, folder: string): string => {
  if (/No module named pip/.test(output)) {
    return "pip: not found; install it (Debian: apt-get install python3-pip) and run again";
  }
  if (/ENOSPC|No space left/i.test(output)) {
    return `${folder}: the disk is full, ${wheel.bytesNeeded} bytes are needed for the native library; free some space`;
  }
  if (/No matching distribution|Could not find a version/.test(output)) {
    return `pip: ${wheel.name} ${wheel.version} was not found; check the network or pip's index settings and run again`;
  }
  const line = output.split("\n").findLast((text) => /ERROR|error/.test(text)) ?? output.trim().split("\n").at(-1) ?? "";
  return `pip: ${wheel.name} could not be downloaded (${line.replace(/^ERROR:\s*/, "").trim()}); run again`;
};

const download = async (folder: string, wheel: Wheel, effects: NativeEffects): Promise<string> => {
  const args = ["-m", "pip", "download", "--no-deps", "--no-cache-dir", "--disable-pip-version-check"];
  const platform = ["--only-binary=:all:", "--python-version", "3.11", "--implementation", "cp"];
  const { code, missing, output } = await effects.run(
    "python3",
    [...args, ...platform, "--platform", "manylinux_2_27_x86_64", "--dest", folder, `${wheel.name}==${wheel.version}`],
    { cwd: folder, environment: { ...effects.environment, TMPDIR: folder } },
  );
  if (missing) throw new SetupError("python3: not found; install it (Debian: apt-get install python3-pip) and run again");
  if (code !== 0) throw new SetupError(explainPip(output, wheel, path.dirname(folder)));
  const file = (await effects.files.readdir(folder)).find((name) => name.endsWith(".whl"));
  if (file === undefined) throw new SetupError(`pip: reported success but left no wheel of ${wheel.name}; run again`);
  return path.join(folder, file);
};

const removeAbandoned = async (parent: string, effects: NativeEffects): Promise<void> => {
  for (const name of await effects.files.readdir(parent)) {
    const processId = /^partial-(\d+)-/.exec(name)?.[1];
    if (processId !== undefined && !effects.isAlive(Number(processId))) {
      await effects.files.rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
};

const exists = (file: string, effects: NativeEffects): Promise<boolean> =>
  effects.files.access(file).then(
    () => true,
    () => false,
  );

/**
 * The folder that holds the wheel's libraries (`lib`) and headers (`include`), under the SHA-256 of the wheel.
 *
 * If it is not there, the wheel is downloaded with pip by its name (no Python package is installed), its checksum is
 * verified, the members that are needed are unpacked next to the folder's place, and moved there at once: a killed run
 * leaves nothing that counts, and the next one removes what it left.
 * @throws SetupError for no python3, pip, network or space, and for a checksum that differs.
 */
export const ensureWheelLibrary = async (
  { cacheFolder, log, wheel = tensorflowWheel }: {
    readonly cacheFolder: string;
    readonly log: (line: string) => void;
    readonly wheel?: Wheel;
  },
  effects: NativeEffects,
): Promise<string> => {
  const parent = path.join(cacheFolder, "native-library");
  const folder = path.join(parent, wheel.sha256);
  if (await exists(path.join(folder, "lib"), effects)) return folder;

  await effects.files.mkdir(parent, { recursive: true });
  await removeAbandoned(parent, effects);
  await checkSpace(parent, wheel.bytesNeeded, effects);
  const partial = await effects.files.mkdtemp(path.join(parent, `partial-${effects.processId}-`));
  try {
    log(`downloading ${wheel.name} ${wheel.version} for its native library (274 MB)`);
    const file = await download(partial, wheel, effects);
    const found = await effects.sha256(file);
    if (found !== wheel.sha256) {
      throw new SetupError(
        `${path.basename(file)}: expected the SHA-256 ${wheel.sha256}, found ${found}; the file was removed, run again`,
      );
    }
    log("unpacking the native library");
    const unpacked = path.join(partial, "unpacked");
    await effects.unzip(file, (member) => wheelMemberTarget(member, unpacked));
    await effects.files.rename(unpacked, folder).catch(async (error: unknown) => {
      if (!(await exists(path.join(folder, "lib"), effects))) throw error;
    });
    return folder;
  } finally {
    await effects.files.rm(partial, { recursive: true, force: true });
  }
};
