/** A set-up that cannot go on. Its message is one line that says what to do; a caller prints it without a stack. */
export class SetupError extends Error {
  name = "SetupError";
}
