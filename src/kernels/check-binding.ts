import type {Dynamics} from "./dynamics.ts";
import type {Binding} from "./kernel.ts";
import {sizeOf} from "./value.ts";

const isUint32 = (value: unknown) => typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32;

function checkNames(where: string, declared: object, bound: object) {
  const unbound = Object.keys(declared).find((name) => !Object.hasOwn(bound, name));
  if (unbound !== undefined) throw new RangeError(`${where} ${unbound}: expected it to be bound, found nothing`);
  const unknown = Object.keys(bound).find((name) => !Object.hasOwn(declared, name));
  if (unknown !== undefined) throw new RangeError(`${where} ${unknown}: expected only ${Object.keys(declared).join(", ") || "none"}, found one more`);
}

/**
 * Checks that a binding has every parameter and table of `dynamics` and nothing
 * else, in their sizes; numbers may be any, NaN and infinities included.
 * @throws RangeError that names what does not fit.
 */
export function checkBinding(dynamics: Pick<Dynamics, "name" | "parameters" | "tables">, {parameters, tables, key}: Binding): void {
  const {name} = dynamics;
  checkNames(`${name}: parameter`, dynamics.parameters, parameters);
  for (const [parameter, shape] of Object.entries(dynamics.parameters)) {
    const bound: unknown = parameters[parameter];
    const where = `${name}: parameter ${parameter}`;
    if (shape.length === 0 ? typeof bound !== "number" : typeof bound !== "object" || bound === null || !("length" in bound))
      throw new RangeError(`${where}: expected ${shape.length === 0 ? "a number" : `${sizeOf(shape)} numbers`}, found ${bound === null ? "null" : typeof bound}`);
    const numbers = Array.from(typeof bound === "number" ? [bound] : (bound as ArrayLike<unknown>));
    if (numbers.length !== sizeOf(shape)) throw new RangeError(`${where}: expected ${sizeOf(shape)} numbers for the shape [${shape.join()}], found ${numbers.length}`);
    const other = numbers.findIndex((number) => typeof number !== "number");
    if (other >= 0) throw new RangeError(`${where}: expected numbers, found a ${typeof numbers[other]} at place ${other}`);
  }
  checkNames(`${name}: table`, dynamics.tables, tables);
  for (const [table, columns] of Object.entries(dynamics.tables)) {
    const bound = tables[table]!;
    const where = `${name}: table ${table}`;
    if (!Number.isInteger(bound.rows) || bound.rows < 1 || bound.rows >= 2 ** 31) throw new RangeError(`${where}: expected a number of rows from 1 to 2^31 - 1, found ${String(bound.rows)}`);
    if (bound.columns !== columns) throw new RangeError(`${where}: expected ${columns} columns, found ${String(bound.columns)}`);
    if (bound.values.length !== bound.rows * columns) throw new RangeError(`${where}: expected ${bound.rows * columns} numbers for ${bound.rows} rows, found ${bound.values.length}`);
  }
  if (!Array.isArray(key) || key.length !== 2 || !key.every(isUint32)) throw new RangeError(`${name}: key: expected two uint32, found [${String(key)}]`);
}
