const ofUser = ["ParameterError", "DataFileError", "MalformedDataError", "NondeterminismError"];

/** What a person needs to know of an error: its message alone where it names a value to mend, else where it arose too. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof RangeError || ofUser.includes(error.name) || isOfSystem(error.cause) ? error.message : (error.stack ?? error.message);
}

/** Whether an error is the operating system's, such as a full disk: what wraps it says what to do. */
const isOfSystem = (error: unknown): boolean => error instanceof Error && "syscall" in error;
