import {reachable} from "./dynamics.ts";
import type {Dynamics, Graph} from "./dynamics.ts";
import type {Binding, Block, RealArray, Table} from "./kernel.ts";
import type {LaneBits} from "./lane-arithmetic.ts";
import {sizeOf} from "./value.ts";

/** Steps of a replica at most. */
export const mostSteps = 2 ** 31 - 2;
const mostReplicas = 2 ** 31 - 2 ** 16;

/** A value in a message. */
export function show(value: unknown): string {
  if (typeof value !== "object" && typeof value !== "string") return String(value).slice(0, 60);
  try {
    return JSON.stringify(value).slice(0, 60);
  } catch {
    return "an object";
  }
}

/** An integer of [least, most]. */
export function checkInteger(where: string, value: unknown, least: number, most: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) throw new RangeError(`${where}: expected an integer from ${least} to ${most}, found ${show(value)}`);
  return value;
}

/** The range of replicas that a request is for. */
export function checkReplicas(name: string, replicas: number | Block): Block {
  const {first, count} = typeof replicas === "object" && replicas !== null ? replicas : {first: 0, count: replicas};
  checkInteger(`${name}: replicas`, count, 1, mostReplicas);
  checkInteger(`${name}: first replica`, first, 0, mostReplicas - count);
  return {first, count};
}

/** What a request gives for the names of a dynamics. */
interface Given {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tables?: Readonly<Record<string, {readonly rows: number; readonly values: RealArray}>>;
  readonly key: readonly [number, number];
}

/** What a request binds the names of a dynamics to. */
export function checkedBinding(dynamics: Dynamics, {parameters, tables = {}, key}: Given): Binding {
  const {name} = dynamics;
  if (typeof parameters !== "object" || parameters === null) throw new TypeError(`${name}: parameters: expected an object, found ${show(parameters)}`);
  const unknown = Object.keys(parameters).find((parameter) => !Object.hasOwn(dynamics.parameters, parameter));
  if (unknown !== undefined) throw new RangeError(`${name}: parameter ${unknown}: expected one of ${Object.keys(dynamics.parameters).join(", ") || "(none)"}`);
  for (const [parameter, shape] of Object.entries(dynamics.parameters)) {
    const value = parameters[parameter];
    const where = `${name}: parameter ${parameter}`;
    if (value === undefined) throw new RangeError(`${where}: expected ${shape.length === 0 ? "a number" : `${sizeOf(shape)} numbers`}, found nothing`);
    if (shape.length === 0 ? typeof value !== "number" : typeof value !== "object" || value === null || (value as RealArray).length !== sizeOf(shape))
      throw new RangeError(`${where}: expected ${shape.length === 0 ? "a number" : `${sizeOf(shape)} numbers`}, found ${show(value)}`);
    const numbers: ArrayLike<unknown> = typeof value === "number" ? [value] : (value as RealArray);
    for (let i = 0; i < numbers.length; i++) if (typeof numbers[i] !== "number" || Number.isNaN(numbers[i])) throw new RangeError(`${where}${shape.length === 0 ? "" : `[${i}]`}: expected a number, found ${show(numbers[i])}`);
  }
  const strange = Object.keys(tables).find((table) => !Object.hasOwn(dynamics.tables, table));
  if (strange !== undefined) throw new RangeError(`${name}: table ${strange}: expected one of ${Object.keys(dynamics.tables).join(", ") || "(none)"}`);
  const bound = Object.fromEntries(
    Object.entries(dynamics.tables).map(([table, columns]): [string, Table] => {
      const given = tables[table];
      const where = `${name}: table ${table}`;
      if (given === undefined) throw new RangeError(`${where}: expected rows of ${columns} numbers, found nothing`);
      checkInteger(`${where}: rows`, given.rows, 1, 2 ** 31 - 1);
      if (!(given.values instanceof Float32Array || given.values instanceof Float64Array)) throw new TypeError(`${where}: values: expected a Float32Array or a Float64Array, found ${show(given.values)}`);
      if (given.values.length !== given.rows * columns) throw new RangeError(`${where}: expected ${given.rows} rows of ${columns} numbers, found ${given.values.length} numbers`);
      const bad = given.values.findIndex(Number.isNaN);
      if (bad >= 0) throw new RangeError(`${where}: row ${Math.floor(bad / columns)}, column ${bad % columns}: expected a number, found NaN`);
      return [table, {rows: given.rows, columns, values: given.values}];
    })
  );
  if (!Array.isArray(key) || key.length !== 2) throw new RangeError(`${name}: key: expected two integers, found ${show(key)}`);
  key.forEach((word, i) => checkInteger(`${name}: key[${i}]`, word, -(2 ** 31), 2 ** 32 - 1));
  return {parameters: parameters as Binding["parameters"], tables: bound, key};
}

/** The steps of a request, whose number the graphs may read. */
export function checkSteps(dynamics: Dynamics, graphs: readonly Graph[], steps: unknown, least: number, bits: LaneBits): number {
  const checked = checkInteger(`${dynamics.name}: steps`, steps, least, mostSteps);
  const readsStep = graphs.some((graph) => reachable(Object.values(graph)).some(({operation}) => operation.op === "step"));
  if (bits === 32 && readsStep && checked > 2 ** 24) throw new RangeError(`${dynamics.name}: steps: expected at most ${2 ** 24} where a float32 step reads its number, found ${checked}`);
  return checked;
}

/** Bits of a request's precision, float32 by default. */
export const bitsOf = (name: string, precision: unknown): LaneBits => {
  if (precision === undefined || precision === "float32") return 32;
  if (precision === "float64") return 64;
  throw new RangeError(`${name}: precision: expected float32 or float64, found ${show(precision)}`);
};

/** How samples are kept, for each replica by default. */
export function samplesOf(name: string, samples: unknown): "replicas" | "sums" {
  if (samples === undefined || samples === "replicas") return "replicas";
  if (samples === "sums") return "sums";
  throw new RangeError(`${name}: samples: expected replicas or sums, found ${show(samples)}`);
}

const mostResultBytes = 2 ** 31;

/** Checks that the results of all replicas can be held at once, before any is computed. */
export function checkResults(name: string, bytes: number): void {
  if (bytes > mostResultBytes) throw new RangeError(`${name}: results: expected at most ${mostResultBytes} bytes, found ${bytes}: take fewer samples, their sums, or ranges of replicas`);
}
