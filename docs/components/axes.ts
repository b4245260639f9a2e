/** The encoding of one quantity along an axis, in Vega-Lite's form. */
export type Quantity = {
  readonly field: string;
  readonly type: "quantitative";
  readonly title: string;
  readonly scale: Readonly<Record<string, unknown>>;
  readonly axis: Readonly<Record<string, unknown>>;
};

export type QuantityOptions = {
  /** The quantity in words, its symbol and its unit: "Mean escape time T (in 1/h)". */
  readonly title: string;
  /** The ends of the axis; the data's extent where absent. */
  readonly domain?: readonly [number, number];
  /** A d3 number format for the tick labels of a linear axis. */
  readonly format?: string;
};

/** A quantity on a linear axis; it does not start at zero unless its domain does. */
export function linear(field: string, {title, domain, format}: QuantityOptions): Quantity {
  return {
    field,
    type: "quantitative",
    title,
    scale: {zero: false, ...(domain === undefined ? {nice: true} : {domain, nice: false})},
    axis: {tickCount: 6, ...(format === undefined ? {} : {format})}
  };
}

/**
 * A quantity on a logarithmic axis: a label at each decade (10⁻², 10⁻¹, 1, 10, 10²) and small ticks between; a domain
 * of less than a decade and a half also labels 2 and 5 in each. Values at or below 0 cannot stand on it.
 */
export function logarithmic(field: string, {title, domain}: QuantityOptions): Quantity {
  const isShort = domain !== undefined && domain[1] / domain[0] < 10 ** 1.5;
  return {
    field,
    type: "quantitative",
    title,
    scale: {type: "log", ...(domain === undefined ? {} : {domain, nice: false})},
    axis: {
      labelExpr: isShort ? shortLabel : decadeLabel,
      labelOverlap: false,
      tickOpacity: {condition: {test: isDecade, value: 1}, value: 0.45},
      gridOpacity: {condition: {test: isShort ? isShortTick : isDecade, value: 1}, value: 0}
    }
  };
}

/**
 * A quantity of either sign on an axis that is logarithmic far from 0 and linear within ±`constant`, with a label at 0
 * and at each power of ten on both sides: for quantiles of heavy tails.
 */
export function symmetricLogarithmic(field: string, {title, domain, constant = 1}: {readonly title: string; readonly domain: readonly [number, number]; readonly constant?: number}): Quantity {
  const first = Math.ceil(Math.log10(constant));
  const last = Math.floor(Math.log10(Math.max(Math.abs(domain[0]), Math.abs(domain[1]))));
  const stride = Math.max(1, Math.ceil((last - first + 1) / 4));
  const powers = Array.from({length: Math.max(0, Math.floor((last - first) / stride) + 1)}, (_item, i) => 10 ** (last - i * stride)).reverse();
  const values = [...powers.map((power) => -power).reverse(), 0, ...powers].filter((value) => value >= domain[0] && value <= domain[1]);
  return {field, type: "quantitative", title, scale: {type: "symlog", constant, domain, nice: false}, axis: {values, format: "~s"}};
}

const exponent = "round(log(datum.value) / LN10)";
const isDecade = `abs(log(datum.value) / LN10 - ${exponent}) < 1e-6`;
const mantissa = "round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-9)))";
const isShortTick = `(${mantissa} == 1 || ${mantissa} == 2 || ${mantissa} == 5)`;
const firstExponent = -30;
const powersOfTen = JSON.stringify(Array.from({length: 61}, (_item, index) => powerOfTen(firstExponent + index)));
const decadeLabel = `${isDecade} ? ${powersOfTen}[${exponent} - ${firstExponent}] : ''`;
const shortLabel = `${isShortTick} ? format(datum.value, '~g') : ''`;

function powerOfTen(power: number): string {
  if (power === 0 || power === 1) return String(10 ** power);
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return `10${String(power).replace(/[-\d]/g, (character) => (character === "-" ? "⁻" : digits[Number(character)]!))}`;
}
