const minus = "−";

/**
 * Formats a number for prose and tables as HTML: three significant digits by default, a true minus sign, and powers of
 * ten (1.20 × 10⁻⁴) outside 0.001 to 99,999; a number that is not finite is written out.
 */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${minus}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 0.001 && size < 99_999.5) return withMinus(plainNotation(value, digits));
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return `${withMinus(mantissa!)} × 10<sup>${withMinus(String(Number(exponent)))}</sup>`;
}

/** Formats a relative difference as a signed percentage: "+12 %", "−0.8 %". */
export function formatPercent(fraction: number): string {
  const percent = 100 * fraction;
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  const rounded = percent.toFixed(digits);
  return Number(rounded) === 0 ? "0 %" : `${percent > 0 ? "+" : ""}${withMinus(rounded)} %`;
}

function plainNotation(value: number, digits: number): string {
  const integerDigits = Math.floor(Math.log10(Math.abs(value))) + 1;
  return value.toFixed(Math.max(0, digits - integerDigits));
}

function withMinus(text: string): string {
  return text.replace("-", minus);
}
