const describe = (value: unknown): string => {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return `${value}n (bigint)`;
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return `${JSON.stringify(value)} (string)`;
  return `${Array.isArray(value) ? "an array" : `a value of type ${typeof value}`}`;
};

/**
 * Returns `value` if it is an integer in [`least`, `most`]; -0 becomes 0.
 * @param where names the value in the message, such as `escape-rate.seed`.
 * @throws RangeError `<where>: expected an integer from <least> to <most>, found <value>`.
 */
export const checkInteger = (value: unknown, where: string, least = 0, most = Number.MAX_SAFE_INTEGER): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`${where}: expected an integer from ${least} to ${most}, found ${describe(value)}`);
  }
  return value === 0 ? 0 : value;
};
