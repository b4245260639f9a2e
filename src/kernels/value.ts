/** A scalar, or a vector of a fixed length. */
export type Shape = readonly [] | readonly [number];

/** Shape of a parameter: matrices too, rows first. */
export type ParameterShape = Shape | readonly [number, number];

/** What a traced value is computed by. Its operands stand beside it. */
export type Operation =
  | {readonly op: "constant"; readonly value: number}
  | {readonly op: "parameter" | "state"; readonly name: string}
  /** The number of steps before this one. */
  | {readonly op: "step"}
  | {readonly op: "neg" | "abs" | "sqrt" | "exp" | "log" | "sin" | "cos" | "tanh"}
  /** A scalar repeated to the length of the value. */
  | {readonly op: "fill"}
  | {readonly op: "add" | "sub" | "mul" | "div" | "minimum" | "maximum"}
  | {readonly op: "less" | "lessEqual" | "equal" | "logicalAnd" | "logicalOr" | "logicalNot"}
  /** Operands: mask, value where it holds, value where it does not. */
  | {readonly op: "where"}
  /** −0 + x₁ + x₂ + …, from the first coordinate to the last. */
  | {readonly op: "sum"}
  | {readonly op: "element"; readonly index: number}
  /** A vector of its scalar operands. */
  | {readonly op: "stack"}
  /** yᵢ = −0 + Aᵢ₁x₁ + Aᵢ₂x₂ + …, for a parameter A. */
  | {readonly op: "matVec"; readonly matrix: string; readonly columns: number}
  | {readonly op: "normal" | "uniform"}
  /** A row number of a table, drawn uniformly. */
  | {readonly op: "drawRow"; readonly table: string; readonly replacement: boolean}
  /** Columns `from`, `from` + 1, … of the row given by the operand; as many as the value is long, one for a scalar. */
  | {readonly op: "row"; readonly table: string; readonly from: number}
  /**
   * −0 + x⁽¹⁾ + … + x⁽ᶜ⁾ of the operand evaluated `count` times. What was traced
   * from number `first` on and depends on draws traced there is evaluated anew each time.
   */
  | {readonly op: "repeatSum"; readonly count: number; readonly first: number};

/**
 * A value of a traced step: a number, a truth value or a row number for each
 * replica. JavaScript cannot look into it: `if`, `<`, `+` and Math functions
 * on it are refused; use the named operations.
 */
export interface Value {
  readonly kind: "real" | "mask" | "index";
  /** Increases in the order of tracing. */
  readonly number: number;
  readonly shape: Shape;
  readonly operation: Operation;
  readonly operands: readonly Value[];
}

export interface Real extends Value {
  readonly kind: "real";
}

export interface Mask extends Value {
  readonly kind: "mask";
}

/** A row number of a table. */
export interface RowIndex extends Value {
  readonly kind: "index";
}

/** What is traced into one definition. */
interface Trace {
  readonly values: Value[];
  /** Values by operation and operands, so that equal ones become one. */
  readonly known: Map<string, Value>;
}

let active: Trace | undefined;
let numbered = 0;

const refuse = () => {
  throw new TypeError("a traced value was used as a number (in a comparison, an arithmetic operator or a Math function): use add, mul, less, where, … instead");
};

/** The number that the next value gets. */
export function nextNumber(): number {
  return numbered;
}

/**
 * A value computed by `operation`.
 * @throws TypeError outside a trace.
 */
export function makeValue<Kind extends Value["kind"]>(kind: Kind, operation: Operation, operands: readonly Value[], shape: Shape): Value & {readonly kind: Kind} {
  if (active === undefined) throw new TypeError(`${operation.op}: expected to be called inside a step, an observable or a start, found a call outside of them`);
  const fresh = operation.op === "normal" || operation.op === "uniform" || operation.op === "drawRow" || operation.op === "repeatSum";
  const key = fresh ? undefined : JSON.stringify([operation, Object.is((operation as {value?: number}).value, -0), String((operation as {value?: number}).value), shape, operands.map(({number}) => number)]);
  const known = key === undefined ? undefined : active.known.get(key);
  if (known !== undefined) return known as Value & {readonly kind: Kind};
  const value = {kind, number: numbered++, shape, operation, operands};
  Object.defineProperty(value, Symbol.toPrimitive, {value: refuse});
  active.values.push(value);
  if (key !== undefined) active.known.set(key, value);
  return Object.freeze(value);
}

/**
 * Runs `write` and returns its result with every value made in it.
 * @throws TypeError when called inside another trace.
 */
export function trace<T>(write: () => T): {readonly result: T; readonly values: readonly Value[]} {
  if (active !== undefined) throw new TypeError("trace: expected no definition inside another one, found a definition inside a step");
  active = {values: [], known: new Map()};
  try {
    const result = write();
    return {result, values: active.values};
  } finally {
    active = undefined;
  }
}

/** Whether something is a traced value. */
export function isValue(value: unknown): value is Value {
  return typeof value === "object" && value !== null && "operation" in value && "operands" in value;
}

/** Length of a shape's vector, 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
