import fc from "fast-check";
import {add, defineDynamics, reachable, repeatSum, traceObservables} from "../../src/kernels/index.ts";
import type {Binding, Block, DrawingContext, Dynamics, Graph, Matrix, PassageRun, ParameterShape, ReadingContext, Real, Shape, SimulationRun, StateShapes, TableColumns} from "../../src/kernels/index.ts";
import {edgeReals} from "./lane-edges.ts";
import {randomResults, statements} from "./random-expressions.ts";
import type {Ingredients, Statement} from "./random-expressions.ts";

/** Random dynamics with what to read of them, and a block of replicas to run. */
export interface RandomDynamics {
  readonly dynamics: Dynamics;
  readonly observables: Graph;
  readonly quantity: Real;
  readonly records: Graph;
  readonly binding: Binding;
  readonly block: Block;
  readonly run: SimulationRun;
  readonly passageRun: PassageRun;
  /** What the dynamics was made from, for messages. */
  readonly [fc.toStringMethod]: () => string;
}

interface Script {
  readonly lengths: readonly number[];
  readonly shapes: readonly number[];
  readonly start: readonly Statement[];
  readonly step: readonly Statement[];
  readonly observables: readonly Statement[];
  readonly choices: readonly number[];
  readonly numbers: readonly number[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Rows of table 0 that are drawn without replacement in a step, none for 0. */
  readonly batch: number;
  readonly key: readonly [number, number];
  readonly first: number;
  readonly count: number;
  readonly steps: number;
  readonly every: number;
  readonly levels: readonly number[];
}

type Parameters = Record<string, ParameterShape>;

const uint32 = fc.oneof(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.nat(2 ** 31 - 1));
const real = fc.oneof({weight: 12, arbitrary: fc.double({min: -2, max: 2, noNaN: true})}, {weight: 1, arbitrary: fc.constantFrom(...edgeReals(32))});

const scripts: fc.Arbitrary<Script> = fc.record({
  // Both sides of 12, where coordinates are no longer kept in registers, even and odd, with and without a rest of 4.
  lengths: fc.array(fc.constantFrom(1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 16, 17, 20), {minLength: 1, maxLength: 3}),
  shapes: fc.array(fc.nat(11), {minLength: 1, maxLength: 3}),
  start: statements(6),
  step: statements(24),
  observables: statements(6),
  choices: fc.array(fc.nat(1023), {minLength: 6, maxLength: 6}),
  numbers: fc.array(real, {minLength: 5, maxLength: 24}),
  rows: fc.tuple(fc.integer({min: 1, max: 7}), fc.integer({min: 1, max: 300})),
  columns: fc.tuple(fc.integer({min: 1, max: 13}), fc.integer({min: 1, max: 5})),
  batch: fc.nat(5),
  key: fc.tuple(uint32, uint32),
  first: fc.oneof({weight: 3, arbitrary: fc.constantFrom(0, 16, 256)}, {weight: 1, arbitrary: fc.constant(2 ** 31 - 64)}),
  count: fc.integer({min: 1, max: 37}),
  steps: fc.integer({min: 1, max: 9}),
  every: fc.integer({min: 1, max: 4}),
  levels: fc.uniqueArray(fc.constantFrom(-3, -0.5, 0, 0.3, 1, 2.5), {minLength: 1, maxLength: 3}).map((levels) => [...levels].sort((a, b) => a - b))
});

/** Numbers of a binding: `count` of them, taken from `numbers` again and again from place `from` on. */
const taken = (numbers: readonly number[], from: number, count: number): Float64Array => Float64Array.from({length: count}, (_, i) => numbers[(from + i) % numbers.length]!);

function randomDynamics(script: Script): RandomDynamics {
  const lengths = [...new Set(script.lengths)];
  const state: StateShapes = Object.fromEntries(script.shapes.map((choice, i) => [`x${i}`, choice % 3 === 0 ? [] : [lengths[choice % lengths.length]!]]));
  const shapes: readonly Shape[] = Object.values(state);
  const vectors = Object.fromEntries(lengths.map((length) => [`vector${length}`, [length] as const]));
  const matrices = Object.fromEntries(lengths.map((length, i) => [`matrix${length}`, [length, lengths[(i + 1) % lengths.length]!] as const]));
  const parameters: Parameters = {scale: [], shift: [], ...vectors, ...matrices};
  const tables: TableColumns = {small: script.columns[0]!, large: script.columns[1]!};

  const ingredientsOf = (context: ReadingContext<Parameters, TableColumns> & Ingredients["context"]): Ingredients => ({
    context,
    matrices: Object.keys(matrices).map((name) => context.parameters[name] as unknown as Matrix),
    tables: Object.values(context.tables),
    lengths,
    constants: script.numbers
  });
  const bound = ({parameters: values}: ReadingContext<Parameters, TableColumns>): readonly Real[] => ["scale", "shift", ...Object.keys(vectors)].map((name) => values[name] as Real);
  const passes = ({tables: {small}}: DrawingContext<Parameters, TableColumns>): readonly Real[] =>
    script.batch === 0
      ? []
      : [
          repeatSum(script.batch, () => {
            const row = small!.drawRowWithoutReplacement();
            return add(small!.value(row, 0), small!.value(row, small!.columns - 1));
          })
        ];

  const named = (names: readonly string[], values: readonly Real[]) => Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  const names = Object.keys(state);
  const dynamics = defineDynamics<Parameters, StateShapes, TableColumns>({
    name: "random",
    parameters,
    tables,
    state,
    start: (context) => named(names, randomResults(script.start, script.choices, shapes, ingredientsOf(context), bound(context), [], script.steps % 2 === 0 ? passes(context) : [])),
    step: (values, context) => named(names, randomResults(script.step, script.choices, shapes, ingredientsOf(context), [...bound(context), ...Object.values(values)], Object.values(values), passes(context)))
  });
  const observed = (count: number) => {
    const observedShapes = [...shapes, [] as const].slice(-count);
    return traceObservables(dynamics, (values, context) => named(observedShapes.map((_, i) => `y${i}`), randomResults(script.observables, [...script.choices].reverse(), observedShapes, ingredientsOf(context as never), [...bound(context as never), ...Object.values(values)], [])));
  };
  const {numbers} = script;
  const binding: Binding = {
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, shape], i) => [name, shape.length === 0 ? numbers[i % numbers.length]! : taken(numbers, i, shape.reduce((size, length) => size * length, 1))])),
    tables: Object.fromEntries(Object.entries(tables).map(([name, columns], i) => [name, {rows: script.rows[i]!, columns, values: taken(numbers, i + 1, script.rows[i]! * columns)}])),
    key: script.key
  };
  return {
    dynamics,
    observables: observed(2),
    quantity: observed(1)["y0"]!,
    records: observed(2),
    binding,
    block: {first: script.first, count: script.count},
    run: {steps: script.steps, every: script.every},
    passageRun: {levels: script.levels, steps: script.steps},
    [fc.toStringMethod]: () => JSON.stringify(script)
  };
}

/**
 * Random dynamics over all operations: states that are scalars and vectors of
 * lengths 1 to 20, every kind of draw, nested sums, tables, matrices, edge
 * numbers among the parameters, and blocks that no width of vectors divides.
 */
export const dynamicsArbitrary: fc.Arbitrary<RandomDynamics> = scripts.map(randomDynamics);

/** The names of the operations that some of the dynamics have. */
export function operationsOf(all: readonly RandomDynamics[]): ReadonlySet<string> {
  const results = all.flatMap(({dynamics, observables, quantity, records}) => [...[dynamics.start, dynamics.step, observables, records].flatMap((graph) => Object.values(graph ?? {})), quantity]);
  return new Set(reachable(results).map(({operation}) => operation.op));
}
