/** A run was ended from outside; what it had finished is kept. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";

  constructor() {
    super("interrupted: what is finished is kept; the same command goes on from there");
  }
}
