import fc from "fast-check";
import {abs, add, cos, div, element, equal, exp, fill, less, lessEqual, log, logicalAnd, logicalNot, logicalOr, matVec, maximum, minimum, mul, neg, repeatSum, sin, sqrt, stack, sub, sum, tanh, where} from "../../src/kernels/index.ts";
import type {DrawingContext, Mask, Matrix, ParameterShape, Real, RowIndex, Shape, TableColumns, TableValue, Value} from "../../src/kernels/index.ts";

/** What a random step does next: a kind of expression, numbers that choose its operands, and what is nested in it. */
export interface Statement {
  readonly kind: number;
  readonly choices: readonly number[];
  readonly body: readonly Statement[];
}

const number = fc.noBias(fc.nat(1023));

const statement = (depth: number): fc.Arbitrary<Statement> =>
  fc.record({kind: number, choices: fc.tuple(number, number, number, number), body: depth === 0 ? fc.constant([]) : fc.array(statement(depth - 1), {maxLength: 6, size: "max"})});

/** Scripts of random expressions; repeatSum is nested up to two deep. */
export const statements = (most: number): fc.Arbitrary<readonly Statement[]> => fc.array(statement(2), {maxLength: most, size: "max"});

/** What random expressions are made of. */
export interface Ingredients {
  readonly context: Partial<Pick<DrawingContext<Record<string, ParameterShape>, TableColumns>, "normal" | "uniform">> & {readonly step?: Real};
  readonly matrices: readonly Matrix[];
  readonly tables: readonly TableValue[];
  /** Lengths of vectors. */
  readonly lengths: readonly number[];
  readonly constants: readonly number[];
}

/** What is known at a place of the step; `masked` are the values that a comparison must reach the result by. */
interface Scope {
  readonly reals: Real[];
  readonly masks: Mask[];
  readonly rows: (readonly [TableValue, RowIndex])[];
  readonly masked: Real[];
  /** Number of reals that come from around the scope. */
  readonly known: number;
}

const pick = <T>(values: readonly T[], choice: number): T => values[choice % values.length]!;

/** A value in another shape. */
function fitted(value: Real, shape: Shape, choice: number): Real {
  if (value.shape.length === shape.length && value.shape[0] === shape[0]) return value;
  const scalar = value.shape.length === 0 ? value : choice % 2 === 0 ? sum(value) : element(value, choice % value.shape[0]);
  return shape.length === 0 ? scalar : fill(scalar, shape[0]);
}

/** A value brought into (−1, 1), NaN and infinities replaced: what differs in it before still differs after. */
const tamed = (value: Real): Real => where(less(abs(value), 1e6), div(value, add(1, abs(value))), 0.5);

/** Any of the values, more often one of the last. */
const pickLate = <T>(values: readonly T[], choice: number): T => (choice % 4 === 0 ? pick(values, choice >> 2) : values[values.length - 1 - ((choice >> 2) % Math.min(3, values.length))]!);

type Write = (scope: Scope, ingredients: Ingredients, choices: readonly number[], body: readonly Statement[]) => Real | undefined;

const unary = [neg, abs, sqrt, exp, log, sin, cos, tanh];
const binary = [add, sub, mul, div, minimum, maximum];
const comparisons = [less, lessEqual, equal];
const connectives = [logicalAnd, logicalOr, (a: Mask, b: Mask) => logicalAnd(logicalNot(a), b)];

/** An operand that goes with `a`: of its length, or a scalar. */
function partner({reals}: Scope, a: Real, choice: number): Real {
  const b = pickLate(reals, choice >> 1);
  return b.shape.length === 0 || a.shape.length === 0 ? b : choice % 2 === 0 ? fitted(b, a.shape, choice >> 1) : fitted(b, [], choice >> 1);
}

const apply: Write = ({reals}, _, [operation, a]) => pick(unary, operation!)(pickLate(reals, a!));

const combine: Write = (scope, _, [operation, first, second]) => {
  const a = pickLate(scope.reals, first!);
  return pick(binary, operation!)(a, partner(scope, a, second!));
};

const compare: Write = (scope, _, [operation, first, second, third]) => {
  const a = pickLate(scope.reals, first!);
  const compared = pick(comparisons, operation!)(a, partner(scope, a, second!));
  const others = scope.masks.filter(({shape}) => shape.length === 0 || compared.shape.length === 0 || shape[0] === compared.shape[0]);
  const other = others[second! % Math.max(1, others.length)];
  const combined = other === undefined || third! % 4 === 0 ? compared : pick(connectives, third! >> 2)(other, compared);
  scope.masks.push(compared, combined);
  const shape = combined.shape.length === 0 ? a.shape : combined.shape;
  const otherwise = third! % 2 === 0 ? a : pick([0, -0, 1], third!);
  const both = where(compared, where(combined, fitted(pickLate(scope.reals, third!), shape, second!), otherwise), 0.25);
  scope.masked.push(both);
  return both;
};

const reshape: Write = ({reals}, _, [operation, a, b, c]) => (operation! % 2 === 0 ? sum(pickLate(reals, a!)) : stack([a!, b!, c!].slice(0, 1 + ((operation! >> 1) % 3)).map((choice) => fitted(pickLate(reals, choice), [], choice))));

const product: Write = ({reals}, {lengths, matrices}, [operation, a]) => {
  const matrix = pick(matrices, operation! >> 2);
  return operation! % 4 === 0 ? fill(fitted(pickLate(reals, a!), [], a!), pick(lengths, operation! >> 2)) : matVec(matrix, fitted(pickLate(reals, a!), [matrix.columns], a!));
};

const constant: Write = (_, {context, constants}, [operation, a]) => (operation! % 3 === 0 ? context.step : add(pick(constants, a!), pick([0, -0], operation!)));

const lengthOf = ({lengths}: Ingredients, choice: number): readonly [] | readonly [number] => (choice % 3 === 0 ? [] : [pick(lengths, choice >> 2)]);

const normal: Write = (_, ingredients, [length]) => ingredients.context.normal?.(...lengthOf(ingredients, length!));

const uniform: Write = (_, ingredients, [length]) => ingredients.context.uniform?.(...lengthOf(ingredients, length!));

const row: Write = (scope, {tables, context}, [operation, first, second, third]) => {
  if (context.normal === undefined) return undefined;
  if (scope.rows.length === 0 || operation! % 2 === 0) {
    const table = pick(tables, first!);
    scope.rows.push([table, table.drawRow()]);
  }
  const [table, index] = pick(scope.rows, operation! >> 1);
  const from = second! % table.columns;
  return third! % 3 === 0 ? table.value(index, from) : table.row(index, from, 1 + (third! % (table.columns - from)));
};

const repeat: Write = (scope, ingredients, [operation, result, choice], body) => {
  const inner: Scope = {reals: [...scope.reals], masks: [...scope.masks], rows: [...scope.rows], masked: [], known: scope.reals.length};
  const total = repeatSum(1 + (operation! % 4), () => {
    write(inner, ingredients, body);
    return joined(inner, pickLate(inner.reals, result!), choice!);
  });
  if (inner.masked.length > 0) scope.masked.push(total);
  return total;
};

const writers: readonly Write[] = [apply, combine, compare, apply, combine, reshape, normal, apply, combine, product, row, normal, apply, combine, uniform, repeat, constant];

/** `result` with everything added that must reach it, and what nothing else uses. */
function joined({reals, known, masked}: Scope, result: Real, choice: number): Real {
  const made = reals.slice(known);
  const used = new Set<Value>(made.flatMap(({operands}) => operands));
  const loose = made.filter((value) => !used.has(value));
  const byLength = new Map<number | undefined, Real>();
  for (const value of new Set([...masked, ...loose])) {
    const same = byLength.get(value.shape[0]);
    byLength.set(value.shape[0], same === undefined ? value : add(same, value));
  }
  return [...byLength.values()].reduce((total, value, i) => add(total, mul(0.125, tamed(fitted(value, total.shape, choice + i)))), result);
}

function write(scope: Scope, ingredients: Ingredients, script: readonly Statement[]): void {
  for (const {kind, choices, body} of script) {
    const value = pick(writers, kind)(scope, ingredients, choices, body);
    if (value !== undefined) scope.reals.push(value);
  }
}

/**
 * Random results of the given shapes, from the values in `known`, at least one.
 * Everything in `used` and every comparison that was written reaches the first.
 */
export function randomResults(script: readonly Statement[], choices: readonly number[], shapes: readonly Shape[], ingredients: Ingredients, known: readonly Real[], used: readonly Real[], passes: readonly Real[] = []): readonly Real[] {
  const scope: Scope = {reals: [...known, ...passes], masks: [], rows: [], masked: [...used, ...passes], known: known.length + passes.length};
  write(scope, ingredients, script);
  return shapes.map((shape, i) => {
    const choice = pick(choices, i);
    const value = fitted(pickLate(scope.reals, choice >> 2), shape, choice);
    const result = i === 0 ? joined(scope, value, choice) : value;
    return choice % 4 === 0 ? result : tamed(result);
  });
}
