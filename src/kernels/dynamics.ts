import {asReal, fill} from "./operations.ts";
import type {Matrix, RealLike} from "./operations.ts";
import {isValue, makeValue, trace} from "./value.ts";
import type {ParameterShape, Real, RowIndex, Shape, Value} from "./value.ts";

export type ParameterShapes = Readonly<Record<string, ParameterShape>>;
export type StateShapes = Readonly<Record<string, Shape>>;
/** Columns of each table; its number of rows is known when it is bound. */
export type TableColumns = Readonly<Record<string, number>>;

/** The parameters as a step sees them: scalars and vectors are values, matrices go to matVec. */
export type ParameterValues<P extends ParameterShapes> = {readonly [K in keyof P]: P[K] extends readonly [number, number] ? Matrix : Real};

/** A table of samples as a step sees it, one row for each sample. */
export interface TableValue {
  readonly columns: number;
  /** A row drawn uniformly, independent of every other draw. */
  drawRow(): RowIndex;
  /**
   * The next row of a pass over the table in random order; when all rows were
   * taken a new pass begins, in a new order. Every replica has passes of its own.
   */
  drawRowWithoutReplacement(): RowIndex;
  /** `count` columns of a row, from column `from` on. */
  row(index: RowIndex, from: number, count: number): Real;
  /** One column of a row. */
  value(index: RowIndex, column: number): Real;
}

/** What every traced function is given. */
export interface ReadingContext<P extends ParameterShapes, T extends TableColumns> {
  readonly parameters: ParameterValues<P>;
  readonly tables: {readonly [K in keyof T]: TableValue};
}

/** What draws are made with. A draw without a shape is a scalar. */
export interface DrawingContext<P extends ParameterShapes, T extends TableColumns> extends ReadingContext<P, T> {
  /** Independent standard normal numbers. */
  normal(length?: number): Real;
  /** Independent numbers uniform on [0, 1), multiples of 2^−24 in float32 and 2^−52 in float64. */
  uniform(length?: number): Real;
}

/** What a step is given beside the state. */
export interface StepContext<P extends ParameterShapes, T extends TableColumns> extends DrawingContext<P, T> {
  /** The number of steps before this one, 0 in the first. */
  readonly step: Real;
}

/** What observables are given beside the state. */
export interface ObservationContext<P extends ParameterShapes, T extends TableColumns> extends ReadingContext<P, T> {
  /** The number of steps made so far. */
  readonly step: Real;
}

export type StateValues<S extends StateShapes> = {readonly [K in keyof S]: Real};

/** A stochastic recursion on a small state, written once for every back end. */
export interface DynamicsDefinition<P extends ParameterShapes, S extends StateShapes, T extends TableColumns> {
  /** Name in messages and in the text of kernels. */
  readonly name: string;
  /** Shapes of the parameters: [] for a scalar, [n] for a vector, [m, n] for a matrix. */
  readonly parameters: P;
  /** Columns of the tables of samples. */
  readonly tables?: T;
  /** Shapes of the state's variables: [] for a scalar, [n] for a vector. */
  readonly state: S;
  /** The state before the first step; what it leaves out starts at 0. */
  readonly start?: (context: DrawingContext<P, T>) => {readonly [K in keyof S]?: RealLike};
  /** The state one step later. */
  readonly step: (state: StateValues<S>, context: StepContext<P, T>) => {readonly [K in keyof S]: RealLike};
}

/** The traced values of a definition, by name of the state's variable. */
export type Graph = Readonly<Record<string, Real>>;

/** A checked definition with its traced start and step. */
export interface Dynamics<P extends ParameterShapes = ParameterShapes, S extends StateShapes = StateShapes, T extends TableColumns = TableColumns> {
  readonly name: string;
  readonly parameters: P;
  readonly tables: T;
  readonly state: S;
  readonly start: Graph;
  readonly step: Graph;
  /** What it was defined by, for dynamics that are built on others. */
  readonly definition: DynamicsDefinition<P, S, T>;
}

const isLength = (value: unknown) => typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 2 ** 16;

function checkShapes(name: string, what: string, shapes: Readonly<Record<string, readonly number[]>>, most: number) {
  for (const [key, shape] of Object.entries(shapes))
    if (!Array.isArray(shape) || shape.length > most || !shape.every(isLength))
      throw new RangeError(`${name}: ${what} ${key}: expected a shape of at most ${most} lengths from 1 to 65536, found ${Array.isArray(shape) ? `[${shape.join()}]` : String(shape)}`);
}

/** The members of `values` behind a guard that names an unknown one. */
function known<V extends object>(values: V, where: string): V {
  return new Proxy(values, {
    get(target, key) {
      if (typeof key === "symbol" || key in target) return Reflect.get(target, key);
      throw new ReferenceError(`${where}: expected one of ${Object.keys(target).join(", ") || "(none declared)"}, found ${key}`);
    }
  });
}

function tableValue(dynamics: string, table: string, columns: number): TableValue {
  const where = `${dynamics}: table ${table}`;
  const slice = (index: RowIndex, from: number, count: number, shape: Shape): Real => {
    if (!isValue(index) || index.kind !== "index") throw new TypeError(`${where}: expected a row drawn by drawRow, found ${typeof index}`);
    const drawn = index.operation.op === "drawRow" ? index.operation.table : undefined;
    if (drawn !== table) throw new RangeError(`${where}: expected a row of this table, found one of ${drawn}`);
    if (!Number.isInteger(from) || from < 0 || !Number.isInteger(count) || count < 1 || from + count > columns)
      throw new RangeError(`${where}: expected columns within 0 to ${columns - 1}, found ${count} from ${from}`);
    return makeValue("real", {op: "row", table, from}, [index], shape);
  };
  return {
    columns,
    drawRow: () => makeValue("index", {op: "drawRow", table, replacement: true}, [], []),
    drawRowWithoutReplacement: () => makeValue("index", {op: "drawRow", table, replacement: false}, [], []),
    row: (index, from, count) => slice(index, from, count, [count]),
    value: (index, column) => slice(index, column, 1, [])
  };
}

function readingContext<P extends ParameterShapes, T extends TableColumns>(dynamics: {readonly name: string; readonly parameters: P; readonly tables: T}): ReadingContext<P, T> {
  const parameters = Object.fromEntries(
    Object.entries(dynamics.parameters).map(([name, shape]) => [
      name,
      shape.length === 2 ? {matrix: name, rows: shape[0], columns: shape[1]} : makeValue("real", {op: "parameter", name}, [], shape)
    ])
  );
  const tables = Object.fromEntries(Object.entries(dynamics.tables).map(([name, columns]) => [name, tableValue(dynamics.name, name, columns)]));
  return {
    parameters: known(parameters, `${dynamics.name}: parameters`) as ParameterValues<P>,
    tables: known(tables, `${dynamics.name}: tables`) as {readonly [K in keyof T]: TableValue}
  };
}

function drawingContext<P extends ParameterShapes, T extends TableColumns>(dynamics: {readonly name: string; readonly parameters: P; readonly tables: T}): DrawingContext<P, T> {
  const draw = (op: "normal" | "uniform") => (length?: number) => {
    if (length !== undefined && !isLength(length)) throw new RangeError(`${dynamics.name}: ${op}: expected a length from 1 to 65536, found ${String(length)}`);
    return makeValue("real", {op}, [], length === undefined ? [] : [length]);
  };
  return {...readingContext(dynamics), normal: draw("normal"), uniform: draw("uniform")};
}

function stateValues<S extends StateShapes>(name: string, state: S): StateValues<S> {
  const values = Object.fromEntries(Object.entries(state).map(([key, shape]) => [key, makeValue("real", {op: "state", name: key}, [], shape)]));
  return known(values, `${name}: state`) as StateValues<S>;
}

/** The values that `roots` are computed from, themselves included, in the order of tracing. */
export function reachable(roots: Iterable<Value>): readonly Value[] {
  const found = new Map<number, Value>();
  const pending = [...roots];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (found.has(value.number)) continue;
    found.set(value.number, value);
    pending.push(...value.operands);
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}

const isDraw = ({operation: {op}}: Value) => op === "normal" || op === "uniform" || op === "drawRow";

/** The values inside a repeatSum: those traced in its body that depend on draws made there. */
export function bodyOf(repeat: Value): ReadonlySet<Value> {
  if (repeat.operation.op !== "repeatSum") throw new TypeError(`bodyOf: expected a repeatSum, found ${repeat.operation.op}`);
  const {first} = repeat.operation;
  const inner = new Set<Value>();
  for (const value of reachable(repeat.operands)) if (value.number >= first && (isDraw(value) || value.operands.some((operand) => inner.has(operand)))) inner.add(value);
  return inner;
}

function checkUses(name: string, roots: readonly Value[], made: readonly Value[]) {
  const used = reachable(roots);
  const uses = new Set(used);
  const here = new Set(made);
  const foreign = used.find((value) => !here.has(value));
  if (foreign !== undefined) throw new TypeError(`${name}: expected values that are traced here, found a ${foreign.operation.op} from another definition`);
  const unused = made.find((value) => value.kind === "mask" && !uses.has(value));
  if (unused !== undefined) throw new TypeError(`${name}: expected every comparison to reach a where, found a ${unused.operation.op} that nothing uses: was it the test of an if?`);
  for (const repeat of used.filter(({operation}) => operation.op === "repeatSum")) {
    const inner = bodyOf(repeat);
    const leaked = used.find((value) => value !== repeat && !inner.has(value) && value.operands.some((operand) => inner.has(operand)))?.operation.op ?? (roots.some((root) => inner.has(root)) ? "the result" : undefined);
    if (leaked !== undefined) throw new RangeError(`${name}: expected a draw made inside repeatSum to be used only there, found it in ${leaked} outside`);
  }
  const passes = used.filter(({operation}) => operation.op === "drawRow" && !operation.replacement).map(({operation}) => (operation as {readonly table: string}).table);
  const twice = passes.find((table, i) => passes.indexOf(table) !== i);
  if (twice !== undefined) throw new RangeError(`${name}: table ${twice}: expected one drawRowWithoutReplacement, found several; put it into repeatSum to draw a batch`);
}

function tracedState(name: string, part: string, state: StateShapes, written: Readonly<Record<string, RealLike | undefined>>): Graph {
  if (typeof written !== "object" || written === null) throw new TypeError(`${name}: ${part}: expected an object with the state's variables, found ${typeof written}`);
  const unknown = Object.keys(written).find((key) => !(key in state));
  if (unknown !== undefined) throw new ReferenceError(`${name}: ${part}: expected only ${Object.keys(state).join(", ")}, found ${unknown}`);
  return Object.fromEntries(
    Object.entries(state).map(([key, shape]) => {
      const where = `${name}: ${part}: ${key}`;
      const given = written[key];
      if (given === undefined && part === "step") throw new ReferenceError(`${where}: expected a value, found nothing`);
      const value = asReal(given ?? 0, where);
      const fitting = value.shape.length === 0 && shape.length === 1 ? fill(value, shape[0]) : value;
      if (fitting.shape.length !== shape.length || fitting.shape[0] !== shape[0]) throw new RangeError(`${where}: expected the shape [${shape.join()}], found [${value.shape.join()}]`);
      return [key, fitting];
    })
  );
}

/**
 * Checks and traces a stochastic recursion.
 *
 * The step is an ordinary function of the state and its context, written in the
 * named operations (`add`, `mul`, `sqrt`, `where`, `sum`, `repeatSum`, …); it is
 * called once, here. Draws are consumed in the order of tracing.
 *
 * @throws TypeError or RangeError that names the dynamics and the place, for a
 * branch on a traced value, shapes that do not fit, a state that nothing reads,
 * an unknown parameter.
 */
export function defineDynamics<const P extends ParameterShapes, const S extends StateShapes, const T extends TableColumns = Record<never, never>>(definition: DynamicsDefinition<P, S, T>): Dynamics<P, S, T> {
  const {name, parameters, state} = definition;
  const tables = definition.tables ?? ({} as T);
  checkShapes(name, "parameter", parameters, 2);
  checkShapes(name, "state", state, 1);
  for (const [table, columns] of Object.entries(tables)) if (!isLength(columns)) throw new RangeError(`${name}: table ${table}: expected a number of columns from 1 to 65536, found ${String(columns)}`);
  if (Object.keys(state).length === 0) throw new RangeError(`${name}: state: expected at least one variable, found none`);
  const base = {name, parameters, tables};
  const start = trace(() => tracedState(name, "start", state, definition.start?.(drawingContext(base)) ?? {}));
  checkUses(`${name}: start`, Object.values(start.result), start.values);
  const step = trace(() => {
    const context: StepContext<P, T> = {...drawingContext(base), step: makeValue("real", {op: "step"}, [], [])};
    return tracedState(name, "step", state, definition.step(stateValues(name, state), context));
  });
  checkUses(`${name}: step`, Object.values(step.result), step.values);
  const read = new Set(reachable(Object.values(step.result)).flatMap(({operation}) => (operation.op === "state" ? [operation.name] : [])));
  const unread = Object.keys(state).find((key) => !read.has(key));
  if (unread !== undefined) throw new RangeError(`${name}: state ${unread}: expected the step to read it, found that nothing does`);
  return {name, parameters, tables, state, start: start.result, step: step.result, definition};
}

/** Observables of the state, scalars or vectors by name. */
export type Observables<P extends ParameterShapes, S extends StateShapes, T extends TableColumns> = (state: StateValues<S>, context: ObservationContext<P, T>) => Readonly<Record<string, RealLike>>;

/**
 * Traces observables: functions of the state, without draws.
 * @throws TypeError or RangeError as defineDynamics does.
 */
export function traceObservables<P extends ParameterShapes, S extends StateShapes, T extends TableColumns>(dynamics: Dynamics<P, S, T>, observables: Observables<P, S, T>): Graph {
  const {result, values} = trace(() => {
    const context = {...readingContext(dynamics), step: makeValue("real", {op: "step"}, [], [])};
    const written = observables(stateValues(dynamics.name, dynamics.state), context);
    return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, asReal(value, `${dynamics.name}: observable ${key}`)]));
  });
  checkUses(`${dynamics.name}: observables`, Object.values(result), values);
  const draw = reachable(Object.values(result)).find(isDraw);
  if (draw !== undefined) throw new TypeError(`${dynamics.name}: observables: expected no draws, found ${draw.operation.op}`);
  return result;
}
