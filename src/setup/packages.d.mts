import type * as files from "node:fs/promises";
import type { RunProgram } from "./run-program.mjs";

/** What the installation of packages needs from outside. */
export interface PackagesEffects {
  readonly files: Pick<typeof files, "mkdir" | "readFile" | "rename" | "statfs" | "writeFile">;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Version of the running Node, such as `22.11.0`. */
  readonly nodeVersion: string;
  /** Operating system and processor, such as `linux-x64`. */
  readonly platform: string;
  readonly run: RunProgram;
}

export const packagesEffects: PackagesEffects;

export interface PackagesOptions {
  /** The checkout's folder. */
  readonly root: string;
  readonly log: (line: string) => void;
}

/** Installs the packages of package-lock.json, unless node_modules already holds just them. */
export function ensurePackages(options: PackagesOptions, effects?: PackagesEffects): Promise<void>;
