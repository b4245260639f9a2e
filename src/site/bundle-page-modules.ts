import {readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {buildSync} from "esbuild";

/** Modules that pages import, by their name in the folder of pages: the entry of each, relative to the project. */
export type PageModules = Readonly<Record<string, string>>;

/** Where page modules are read and written. */
export interface PageModulesPlace {
  readonly projectRoot: string;
  /** The folder with the pages. */
  readonly docsRoot: string;
}

/**
 * Bundles TypeScript of the project with the packages that it needs into modules
 * that pages import like their own: Framework follows no import of a `.ts` file,
 * nor one out of its folder. A module that is up to date is not written, so that
 * a preview reloads what changed alone.
 * @returns the names of the modules that were written.
 * @throws what esbuild refuses, such as an import of Node's own modules.
 */
export function bundlePageModules(modules: PageModules, {projectRoot, docsRoot}: PageModulesPlace): readonly string[] {
  return Object.entries(modules).flatMap(([name, entry]) => {
    const {outputFiles} = buildSync({
      entryPoints: [entry],
      absWorkingDir: projectRoot,
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      charset: "utf8",
      legalComments: "none",
      logLevel: "silent"
    });
    const path = join(docsRoot, name);
    const {text} = outputFiles[0]!;
    if (readIfPresent(path) === text) return [];
    const pending = `${path}.${process.pid}`;
    writeFileSync(pending, text);
    renameSync(pending, path);
    return [name];
  });
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
