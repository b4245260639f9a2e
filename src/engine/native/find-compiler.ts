import { kernelEffects } from "./kernel-effects.ts";
import type { KernelEffects } from "./kernel-effects.ts";
import { NativeUnavailableError } from "./native-unavailable-error.ts";
import { oneLine } from "./one-line.ts";

/** A C compiler of this machine. */
export interface Compiler {
  readonly program: string;
  /** What stands in `$CC` after the program. */
  readonly args: readonly string[];
  /** The first line of its `--version`. */
  readonly version: string;
}

/** macOS has stand-ins for compilers that open a window where none is installed. */
const onlyStandIns = async ({ platform, run }: KernelEffects): Promise<boolean> =>
  platform.startsWith("darwin-") && (await run("xcode-select", ["-p"], { timeLimit: 10 })).code !== 0;

/**
 * The first C compiler that answers: `$CC`, which may hold arguments, then `cc`, `gcc` and `clang`.
 * @throws NativeUnavailableError if there is none
 */
export const findCompiler = async (effects: KernelEffects = kernelEffects): Promise<Compiler> => {
  const chosen = (effects.environment["CC"] ?? "").split(/\s+/).filter((word) => word !== "");
  const usual = (await onlyStandIns(effects)) ? [] : [["cc"], ["gcc"], ["clang"]];
  const candidates = chosen.length > 0 ? [chosen, ...usual] : usual;
  const options = { environment: effects.environment, timeLimit: 10 };
  for (const [program, ...args] of candidates as [string, ...string[]][]) {
    const { code, output } = await effects.run(program, [...args, "--version"], options);
    if (code === 0 && output.trim() !== "") return { program, args, version: oneLine(output) };
  }
  const tried = candidates.map((words) => words.join(" ")).join(", ");
  throw new NativeUnavailableError(`no C compiler answers${tried === "" ? "" : ` (tried ${tried})`}`);
};
