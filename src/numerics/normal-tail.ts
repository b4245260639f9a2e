import erfc from "@stdlib/math-base-special-erfc";

/** Standard deviations beyond which a normal tail (below 1e-17) is dropped. */
export const NORMAL_CUT_OFF = 8.5;

const PER_UNIT = 64;
const ORDER = 8;

/** Taylor coefficients of the upper tail about `k / 64`: `(-1)^m He_{m-1}(z) φ(z) / m!`. */
const COEFFICIENTS = (() => {
  const table = new Float64Array((NORMAL_CUT_OFF * PER_UNIT + 2) * ORDER);
  for (let k = 0; k * ORDER < table.length; k += 1) {
    const z = k / PER_UNIT;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    table[k * ORDER] = erfc(z / Math.SQRT2) / 2;
    let [hermite, previous, factor] = [1, 0, -1];
    for (let m = 1; m < ORDER; m += 1) {
      factor = m === 1 ? -1 : -factor / m;
      table[k * ORDER + m] = factor * hermite * density;
      [hermite, previous] = [z * hermite - (m - 1) * previous, hermite];
    }
  }
  return table;
})();

/**
 * Upper tail `P(Z > z)` of a standard normal variable for `0 <= z <= 8.5`, by a table of Taylor expansions;
 * relative error below 1e-13. Not checked: the range.
 */
export function normalTail(z: number): number {
  const nearest = (z * PER_UNIT + 0.5) | 0;
  const t = z - nearest / PER_UNIT;
  const c = nearest * ORDER;
  let value = COEFFICIENTS[c + ORDER - 1];
  for (let m = ORDER - 2; m >= 0; m -= 1) value = value * t + COEFFICIENTS[c + m];
  return value;
}
