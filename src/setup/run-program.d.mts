/** How a program ended. */
export interface ProgramResult {
  /** The exit code, -1 if it was killed or could not start. */
  readonly code: number;
  /** Is there no such program? */
  readonly missing: boolean;
  /** The end of what it wrote, both streams together. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Runs a program to its end without input. It never rejects. */
export type RunProgram = (
  program: string,
  args: readonly string[],
  options?: ProgramOptions,
) => Promise<ProgramResult>;

export const runProgram: RunProgram;
