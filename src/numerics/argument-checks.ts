/** `0.1`, `NaN`, `"0.1" (string)`: a found value as an error message shows it. */
function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  return `${JSON.stringify(value) ?? String(value)} (${value === null ? "null" : typeof value})`;
}

/** What an error calls a value; a function where composing the name would cost more than the check. */
export type ValueName = string | (() => string);

/** The error of every check here: the value's name, what was expected, what was found. */
export function unexpected(name: ValueName, expectation: string, value: unknown): RangeError {
  return new RangeError(`${typeof name === "string" ? name : name()}: expected ${expectation}, found ${shown(value)}`);
}

/** Returns a finite number unchanged. @throws RangeError otherwise. */
export function requireFinite(name: ValueName, value: number): number {
  if (!Number.isFinite(value)) throw unexpected(name, "a finite number", value);
  return value;
}

/** Returns a finite number above 0 unchanged. @throws RangeError otherwise. */
export function requirePositive(name: ValueName, value: number): number {
  if (!Number.isFinite(value) || value <= 0) throw unexpected(name, "a finite number above 0", value);
  return value;
}

/** Returns a finite number that is not negative unchanged. @throws RangeError otherwise. */
export function requireNonNegative(name: ValueName, value: number): number {
  if (!Number.isFinite(value) || value < 0) throw unexpected(name, "a finite number of at least 0", value);
  return value;
}

/** Returns a safe integer of at least `least` unchanged. @throws RangeError otherwise. */
export function requireIntegerAtLeast(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) throw unexpected(name, `an integer of at least ${least}`, value);
  return value;
}

/** Returns a number strictly between 0 and 1 unchanged. @throws RangeError otherwise. */
export function requireProbability(name: string, value: number): number {
  if (!(value > 0 && value < 1)) throw unexpected(name, "a number strictly between 0 and 1", value);
  return value;
}

/** Returns a sequence of at least `least` finite numbers unchanged. @throws RangeError that names the first bad entry. */
export function requireFiniteEntries<T extends ArrayLike<number>>(name: string, values: T, least = 1): T {
  if (values.length < least) throw unexpected(`${name}.length`, `at least ${least} values`, values.length);
  for (let i = 0; i < values.length; i += 1) requireFinite(() => `${name}[${i}]`, values[i]);
  return values;
}

/** Returns a sequence of finite, strictly increasing numbers unchanged. @throws RangeError that names the first bad entry. */
export function requireIncreasing<T extends ArrayLike<number>>(name: string, values: T, least = 1): T {
  requireFiniteEntries(name, values, least);
  for (let i = 1; i < values.length; i += 1) {
    if (values[i] <= values[i - 1]) throw unexpected(`${name}[${i}]`, `a number above ${name}[${i - 1}] = ${values[i - 1]}`, values[i]);
  }
  return values;
}

/** @throws RangeError unless both sequences have one length. */
export function requireEqualLengths(name: string, values: ArrayLike<unknown>, otherName: string, others: ArrayLike<unknown>): void {
  if (values.length !== others.length) {
    throw unexpected(`${name}.length`, `${others.length}, the length of ${otherName}`, values.length);
  }
}
