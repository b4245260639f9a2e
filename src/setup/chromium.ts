import { accessSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { runProgram } from "./run-program.mjs";
import type { RunProgram } from "./run-program.mjs";
import { SetupError } from "./setup-error.mjs";

/** What finding and installing a browser needs from outside. */
export interface ChromiumEffects {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Is this a file that may be executed? */
  isExecutable(file: string): boolean;
  /** The path at which playwright-core keeps its own Chromium, whether or not it is there. */
  playwrightExecutable(): string | undefined;
  /** playwright-core's command line. */
  playwrightCommandLine(): string | undefined;
  readonly run: RunProgram;
}

/** Names under which distributions install the browser, in the order they are tried. */
const executableNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const require = createRequire(import.meta.url);

/** The machine's own effects. */
export const chromiumEffects: ChromiumEffects = {
  environment: process.env,
  isRoot: process.getuid?.() === 0,
  isExecutable(file) {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  },
  playwrightExecutable() {
    try {
      const { chromium } = require("playwright-core") as typeof import("playwright-core");
      return chromium.executablePath();
    } catch {
      return undefined;
    }
  },
  playwrightCommandLine() {
    try {
      return path.join(path.dirname(require.resolve("playwright-core/package.json")), "cli.js");
    } catch {
      return undefined;
    }
  },
  run: runProgram,
};

/** The first browser on the PATH that starts; a distribution's placeholder for a missing one does not. */
const onPath = async (effects: ChromiumEffects): Promise<string | undefined> => {
  const folders = (effects.environment["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  for (const name of executableNames) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      if (effects.isExecutable(file) && (await effects.run(file, ["--version"])).code === 0) return file;
    }
  }
  return undefined;
};

const playwrightDownload = (effects: ChromiumEffects): string | undefined => {
  const file = effects.playwrightExecutable();
  return file !== undefined && effects.isExecutable(file) ? file : undefined;
};

const lastLine = (output: string): string => output.trim().split("\n").at(-1)?.trim() ?? "";

/**
 * Finds a Chromium, and installs one if there is none.
 *
 * The order: the file that the environment variable DRIFTBOOK_CHROMIUM names; `chromium`, `chromium-browser` or
 * `google-chrome` on the PATH; playwright-core's own download. Otherwise it installs the Debian package, when run as
 * root where apt-get is, and else playwright-core's download.
 * @returns the path of the executable.
 * @throws SetupError, one line that names DRIFTBOOK_CHROMIUM, if that variable names no executable or nothing could be
 * installed.
 */
export const ensureChromium = async (
  { log }: { readonly log: (line: string) => void },
  effects: ChromiumEffects = chromiumEffects,
): Promise<string> => {
  const named = effects.environment["DRIFTBOOK_CHROMIUM"];
  if (named !== undefined && named !== "") {
    if (effects.isExecutable(named)) return named;
    throw new SetupError(`DRIFTBOOK_CHROMIUM: expected the path of a Chromium executable, found ${JSON.stringify(named)}`);
  }
  const found = (await onPath(effects)) ?? playwrightDownload(effects);
  if (found !== undefined) return found;

  const failures: string[] = [];
  const attempt = async (program: string, args: readonly string[]): Promise<boolean> => {
    const environment = { ...effects.environment, DEBIAN_FRONTEND: "noninteractive" };
    const { code, output } = await effects.run(program, args, { environment });
    if (code !== 0) failures.push(`${path.basename(program)} ${args.slice(0, 2).join(" ")}: ${lastLine(output)}`);
    return code === 0;
  };

  if (effects.isRoot && (await effects.run("apt-get", ["--version"])).code === 0) {
    log("no Chromium found: installing the Debian package chromium");
    await attempt("apt-get", ["update"]);
    const installed = await attempt("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
    const file = installed ? await onPath(effects) : undefined;
    if (file !== undefined) return file;
  }
  const commandLine = effects.playwrightCommandLine();
  if (commandLine !== undefined) {
    log("no Chromium found: downloading the one of playwright-core");
    if (await attempt(process.execPath, [commandLine, "install", "chromium"])) {
      const file = playwrightDownload(effects);
      if (file !== undefined) return file;
    }
  }
  throw new SetupError(
    "Chromium: none found and none could be installed; install one and set DRIFTBOOK_CHROMIUM to its executable" +
      (failures.length === 0 ? "" : ` (${failures.join("; ")})`),
  );
};
