import path from "node:path";
import type { NativeEffects } from "./native-effects.ts";
import { SetupError } from "./setup-error.mjs";

const requiredHeaders = [
  "tensorflow/c/c_api.h",
  "tensorflow/c/eager/c_api.h",
  "tensorflow/core/platform/ctstring_internal.h",
];

/** The links that tfjs-node's build asks for, by the names under which distributions ship the libraries. */
const linkNames: Readonly<Record<string, readonly string[]>> = {
  "libtensorflow_cc.so.2": ["libtensorflow.so", "libtensorflow.so.2"],
  "libtensorflow.so.2": ["libtensorflow.so"],
  "libtensorflow_framework.so.2": ["libtensorflow_framework.so"],
};

const mainLibraries = ["libtensorflow.so", "libtensorflow.2.dylib", "tensorflow.lib"];

const libraryNames = async (folder: string, effects: NativeEffects): Promise<readonly string[]> => {
  const names = await effects.files.readdir(folder).catch((): string[] => []);
  return names.filter((name) => /^(lib)?tensorflow.*\.(so(\.[\d.]+)?|dylib|dll|lib)$/.test(name)).sort();
};

/**
 * Puts the libraries and headers of `folder` in the place where tfjs-node looks for them, as links. Libraries may
 * stand in `folder/lib` or in `folder` itself; headers stand in `folder/include`.
 * @returns the path of the main library below `packageFolder`.
 * @throws SetupError if `folder` holds no libtensorflow or misses one of its headers.
 */
export const linkLibraries = async (
  folder: string,
  packageFolder: string,
  effects: NativeEffects,
): Promise<string> => {
  const { files } = effects;
  const inside = path.join(folder, "lib");
  const libraryFolder = (await libraryNames(inside, effects)).length > 0 ? inside : folder;
  const names = await libraryNames(libraryFolder, effects);
  const links = new Map(names.map((name) => [name, path.join(libraryFolder, name)]));
  for (const [name, aliases] of Object.entries(linkNames)) {
    const target = links.get(name);
    for (const alias of target === undefined ? [] : aliases) {
      if (!links.has(alias)) links.set(alias, target as string);
    }
  }
  const main = mainLibraries.find((name) => links.has(name));
  if (main === undefined) {
    throw new SetupError(`${folder}: expected libtensorflow in it or in its folder lib, found none`);
  }
  for (const header of requiredHeaders) {
    await files.access(path.join(folder, "include", header)).catch(() => {
      throw new SetupError(`${folder}: expected libtensorflow's header include/${header}, found none`);
    });
  }

  const place = path.join(packageFolder, "deps");
  const partial = path.join(packageFolder, "deps-partial");
  await files.rm(partial, { recursive: true, force: true });
  await files.mkdir(path.join(partial, "lib"), { recursive: true });
  for (const [name, target] of links) await files.symlink(target, path.join(partial, "lib", name));
  await files.symlink(path.join(folder, "include"), path.join(partial, "include"), "junction");
  await files.rm(place, { recursive: true, force: true });
  await files.rename(partial, place);
  return path.join("deps", "lib", main);
};
