/** A data file that is missing, unreadable, not the published one or not to be had; says what to do. */
export class DataFileError extends Error {
  override readonly name = "DataFileError";
}
