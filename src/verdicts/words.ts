/** A number with three significant digits, for explanations. */
export const digits = (value: number, count = 3): string => {
  const rounded = Number(value.toPrecision(count));
  const text = Math.abs(rounded) >= 1e5 || (rounded !== 0 && Math.abs(rounded) < 1e-3) ? rounded.toExponential(count - 1) : String(rounded);
  return text.replaceAll("-", "−");
};

/** A relative difference as a signed percentage. */
export const percent = (value: number): string => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(100 * value).toFixed(1)} %`;

/** A p-value for an explanation, with its sign: `p = 0.12`, `p < 0.001`. */
export const pText = (value: number): string => (value < 0.001 ? "p < 0.001" : `p = ${digits(value, 2)}`);
