/**
 * A float64 as a hexadecimal floating literal of C, exactly: 0.1 is
 * `0x1.999999999999ap-4`. Infinities and NaN have no literal and are refused
 * with a RangeError.
 */
export function hexadecimalFloat(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`hexadecimalFloat: expected a finite number, found ${value}`);
  const pattern = new DataView(new ArrayBuffer(8));
  pattern.setFloat64(0, value);
  const bits = pattern.getBigUint64(0);
  const sign = bits >> 63n === 1n ? "-" : "";
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const digits = (bits & 0xfffffffffffffn).toString(16).padStart(13, "0").replace(/0+$/, "");
  const leading = exponent === 0 ? "0" : "1";
  const power = value === 0 ? 0 : Math.max(exponent, 1) - 1023;
  return `${sign}0x${leading}${digits === "" ? "" : `.${digits}`}p${power < 0 ? "" : "+"}${power}`;
}
