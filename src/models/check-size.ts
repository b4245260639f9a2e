/** @throws {RangeError} naming `name` for a size that is not a positive integer */
export function checkSize(name: string, size: number): void {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`${name}: expected a positive integer, found ${size}`);
}
