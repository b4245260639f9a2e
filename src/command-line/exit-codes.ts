/** What the exit codes of all commands mean. */
export const exitCodes = {done: 0, failed: 1, badInput: 2, difference: 3} as const;

export const exitCodesHelp = `Exit codes: 0 done; 1 something failed; 2 wrong usage or bad input, such as an
unknown name or a value that a parameter cannot have; 3 a verification found a
difference or damage; 130 and 143 ended by SIGINT and SIGTERM.`;

/** The exit code of an error: bad input where the message names a value that a person gave. */
export function exitCodeOf(error: unknown): number {
  const isInput = error instanceof RangeError || (error instanceof Error && error.name === "ParameterError");
  return isInput ? exitCodes.badInput : exitCodes.failed;
}
