const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const superscript = (power: string): string => power.replace(/\d/g, (digit) => superscripts[Number(digit)]!).replace("-", "⁻");

/** A number with three significant digits, for explanations: 0.0123, −4.5, 1.2·10⁶, 10⁻⁴. */
export const digits = (value: number, count = 3): string => {
  const rounded = Number(value.toPrecision(count));
  if (Math.abs(rounded) < 1e5 && (rounded === 0 || Math.abs(rounded) >= 1e-3)) return String(rounded).replaceAll("-", "−");
  if (!Number.isFinite(rounded)) return String(rounded).replace("-", "−");
  const [mantissa, power] = rounded.toExponential().split("e") as [string, string];
  const factor = mantissa === "1" ? "" : mantissa === "-1" ? "−" : `${mantissa.replace("-", "−")}·`;
  return `${factor}10${superscript(power.replace("+", ""))}`;
};

/** A relative difference as a signed percentage. */
export const percent = (value: number): string => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(100 * value).toFixed(1)} %`;

/** A p-value for an explanation, with its sign: `p = 0.12`, `p < 0.001`. */
export const pText = (value: number): string => (value < 0.001 ? "p < 0.001" : `p = ${digits(value, 2)}`);
