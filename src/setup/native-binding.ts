import path from "node:path";
import type { NativeEffects } from "./native-effects.ts";
import { SetupError } from "./setup-error.mjs";

/** Where tfjs-node keeps its parts. */
export interface BindingPlace {
  /** The folder of the package tfjs-node. */
  readonly packageFolder: string;
  /** The compiled binding. */
  readonly binding: string;
}

interface PackageDescription {
  readonly version: string;
  readonly binary: { readonly module_path: string; readonly napi_versions: readonly number[] };
}

/** Reads where tfjs-node's binding belongs for this Node, and its version. */
export const describeBinding = async (
  root: string,
  effects: NativeEffects,
): Promise<BindingPlace & { readonly version: string; readonly nodeApi: number }> => {
  const packageFolder = path.join(root, "node_modules", "@tensorflow", "tfjs-node");
  const text = await effects.files.readFile(path.join(packageFolder, "package.json"), "utf8").catch(() => {
    throw new SetupError("@tensorflow/tfjs-node: not installed; run `npm run setup`");
  });
  const { version, binary } = JSON.parse(text) as PackageDescription;
  const nodeApi = Math.max(...binary.napi_versions.filter((supported) => supported <= effects.nodeApi));
  const folder = binary.module_path.replace("{napi_build_version}", String(nodeApi));
  return { packageFolder, binding: path.join(packageFolder, folder, "tfjs_binding.node"), version, nodeApi };
};

const compilerTools: readonly (readonly [program: string, debian: string])[] = [
  ["python3", "python3"],
  ["make", "make"],
  ["g++", "g++"],
];

/** The first tool of the compilation that is missing, as one line that says what to do; undefined if all are there. */
export const missingCompilerTool = async (effects: NativeEffects): Promise<string | undefined> => {
  for (const [program, debian] of compilerTools) {
    const { missing } = await effects.run(program, ["--version"]);
    if (missing) return `${program}: not found; install it (Debian: apt-get install ${debian}) and run again`;
  }
  return undefined;
};

const firstExisting = async (candidates: readonly string[], effects: NativeEffects): Promise<string | undefined> => {
  for (const candidate of candidates) {
    const found = await effects.files.access(candidate).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  return undefined;
};

/** The environment in which tfjs-node's own tools find npm's node-gyp and, offline, the headers of this Node. */
export const bindingEnvironment = async (
  root: string,
  effects: NativeEffects,
): Promise<Readonly<Record<string, string | undefined>>> => {
  const prefix = path.resolve(effects.nodeExecutable, "..", "..");
  const npm = effects.environment["npm_execpath"];
  const npmFolders = [
    ...(npm === undefined ? [] : [path.resolve(npm, "..", "..")]),
    path.join(prefix, "lib", "node_modules", "npm"),
    path.join(path.dirname(effects.nodeExecutable), "node_modules", "npm"),
  ];
  const nodeGyp = await firstExisting(
    npmFolders.map((folder) => path.join(folder, "node_modules", "node-gyp", "bin", "node-gyp.js")),
    effects,
  );
  const headers = await firstExisting([path.join(prefix, "include", "node", "node.h")], effects);
  const tools = path.join(root, "node_modules", ".bin");
  return {
    ...(nodeGyp === undefined ? {} : { npm_config_node_gyp: nodeGyp }),
    ...(headers === undefined ? {} : { npm_config_nodedir: prefix }),
    ...effects.environment,
    PATH: `${tools}${path.delimiter}${effects.environment["PATH"] ?? ""}`,
  };
};

/**
 * Compiles tfjs-node's binding against `deps` in its folder; ten seconds with g++.
 * @throws SetupError naming the missing tool or the compiler's first error.
 */
export const buildBinding = async (root: string, place: BindingPlace, effects: NativeEffects): Promise<void> => {
  const missing = await missingCompilerTool(effects);
  if (missing !== undefined) throw new SetupError(missing);
  const tool = path.join(root, "node_modules", "@mapbox", "node-pre-gyp", "bin", "node-pre-gyp");
  const { code, output } = await effects.run(effects.nodeExecutable, [tool, "install", "--build-from-source"], {
    cwd: place.packageFolder,
    environment: await bindingEnvironment(root, effects),
  });
  if (code !== 0) {
    if (/No space left|ENOSPC/.test(output)) throw new SetupError(`${root}: the disk is full; free some space`);
    const line = output.split("\n").find((text) => /error:|ERR! stack Error/.test(text)) ?? `exit code ${code}`;
    throw new SetupError(`tfjs-node's binding could not be compiled: ${line.replace(/^.*ERR! stack /, "").trim()}`);
  }
  for (const name of await effects.files.readdir(place.packageFolder)) {
    if (/^build(-tmp.*)?$/.test(name)) {
      await effects.files.rm(path.join(place.packageFolder, name), { recursive: true, force: true });
    }
  }
};

/** The version of libtensorflow that the binding loads in a process of its own; undefined if it does not load. */
export const loadedVersion = async (place: BindingPlace, effects: NativeEffects): Promise<string | undefined> => {
  const program = `process.stdout.write("version " + require(process.argv[1]).TF_Version)`;
  const { code, output } = await effects.run(effects.nodeExecutable, ["--eval", program, place.binding], {
    environment: { ...effects.environment, TF_CPP_MIN_LOG_LEVEL: "3", TF_ENABLE_ONEDNN_OPTS: "0", NODE_OPTIONS: "" },
  });
  return code === 0 ? /version (\S+)/.exec(output)?.[1] : undefined;
};
