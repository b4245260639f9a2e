/** A data file that does not hold what it should: which file, where in it, what was expected, what was found. */
export class MalformedDataError extends Error {
  override readonly name = "MalformedDataError";
  readonly where: string;

  constructor(where: string, position: string, expected: string, found: string) {
    super(`${where}: ${position}: expected ${expected}, found ${found}`);
    this.where = where;
  }
}
