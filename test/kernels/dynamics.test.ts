import assert from "node:assert/strict";
import {test} from "node:test";
import {add, bodyOf, defineDynamics, div, element, equal, exp, fill, less, logicalAnd, matVec, mul, reachable, repeatSum, sqrt, stack, sub, sum, traceObservables, where} from "../../src/kernels/index.ts";
import type {Mask, Matrix, ParameterShape, Real, RowIndex, Shape, StepContext, TableColumns} from "../../src/kernels/index.ts";

type Parameters = Record<string, ParameterShape>;
type Step = (state: Readonly<Record<string, Real>>, context: StepContext<Parameters, TableColumns>) => Readonly<Record<string, unknown>>;

interface Declared {
  readonly parameters?: Parameters;
  readonly state?: Readonly<Record<string, Shape>>;
  readonly tables?: TableColumns;
  readonly start?: () => Readonly<Record<string, unknown>>;
}

const define = (step: Step, {parameters = {rate: []}, state = {x: []}, tables = {}, start}: Declared = {}) =>
  defineDynamics({name: "walk", parameters, tables, state, step: step as never, ...(start === undefined ? {} : {start: start as never})});

const identity = ({x}: Readonly<Record<string, Real>>) => ({x: x!});
const number = (value: unknown) => value as number;

const branchMessage = /^TypeError: a traced value was used as a number \(in a comparison, an arithmetic operator or a Math function\): use add, mul, less, where, … instead$/;

const branches: Readonly<Record<string, Step>> = {
  "<": ({x}) => ({x: number(x) < 1 ? 0 : x}),
  "+": ({x}) => ({x: number(x) + 1}),
  "unary −": ({x}) => ({x: -number(x)}),
  "Math.sqrt": ({x}) => ({x: Math.sqrt(number(x))}),
  "Math.max of two": ({x}, {parameters}) => ({x: Math.max(number(x), number(parameters["rate"]))}),
  "a template": ({x}) => ({x: `${String(x)}`}),
  "an index of an array": ({x}) => ({x: [x, x][number(x)]})
};

for (const [name, step] of Object.entries(branches))
  test(`a step that looks into a traced value with ${name} is refused`, () => {
    assert.throws(() => define(step), (error) => branchMessage.test(String(error)));
  });

test("an if whose test is a comparison is refused, and one that a where uses is not", () => {
  assert.throws(() => define(({x}) => ({x: less(x!, 1) ? add(x!, 1) : x!})), /^TypeError: walk: step: expected every comparison to reach a where, found a less that nothing uses: was it the test of an if\?$/);
  assert.throws(() => define(({x}) => ({x: equal(x!, 0) && x!})), /found a equal that nothing uses/);
  assert.throws(() => define(({x}) => ({x: where(less(x!, 1), x!, 0)}), {start: () => (less(1, 2) ? {} : {x: 1})}), /walk: start: .*a less that nothing uses/);
  assert.deepEqual(define(({x}) => ({x: where(less(x!, 1), x!, 0)})).state, {x: []});
});

const badSteps: readonly (readonly [name: string, step: Step, declared: Declared, message: string])[] = [
  ["an unknown parameter", (_, {parameters}) => ({x: parameters["rates"]!}), {}, "ReferenceError: walk: parameters: expected one of rate, found rates"],
  ["an unknown state", ({y}) => ({x: y!}), {}, "ReferenceError: walk: state: expected one of x, found y"],
  ["an unknown table", (_, {tables}) => ({x: tables["data"]!.value(tables["data"]!.drawRow(), 0)}), {}, "ReferenceError: walk: tables: expected one of (none declared), found data"],
  ["a result that is no state", ({x}) => ({x, y: 1}), {}, "ReferenceError: walk: step: expected only x, found y"],
  ["a state without a result", () => ({}), {}, "ReferenceError: walk: step: x: expected a value, found nothing"],
  ["no result at all", () => undefined as never, {}, "TypeError: walk: step: expected an object with the state's variables, found undefined"],
  ["a result that is text", () => ({x: "1"}), {}, "TypeError: walk: step: x: expected a number or a traced real, found 1 (string)"],
  ["a result that is a mask", ({x}) => ({x: less(x!, 0)}), {}, "TypeError: walk: step: x: expected a number or a traced real, found a mask of shape []"],
  ["a result of another shape", ({x}, {normal}) => ({x: add(x!, normal(3))}), {state: {x: [2]}}, "RangeError: add: expected vectors of one length, found [2] and [3]"],
  ["a vector for a scalar", ({x}, {normal}) => ({x: add(x!, normal(3))}), {}, "RangeError: walk: step: x: expected the shape [], found [3]"],
  ["a state that nothing reads", ({x}) => ({x: x!, y: 0}), {state: {x: [], y: []}}, "RangeError: walk: state y: expected the step to read it, found that nothing does"],
  ["a boolean for a mask", ({x}) => ({x: where(true as unknown as Mask, x!, 0)}), {}, "TypeError: where, argument 1: expected a traced truth value such as less(a, b), found true (boolean)"],
  ["a real for a mask", ({x}) => ({x: where(logicalAnd(x as unknown as Mask, less(x!, 0)), x!, 0)}), {}, "TypeError: logicalAnd, argument 1: expected a traced truth value such as less(a, b), found a real of shape []"],
  ["nothing for an operand", ({x}) => ({x: add(x!, undefined as unknown as Real)}), {}, "TypeError: add, argument 2: expected a number or a traced real, found undefined (undefined)"],
  ["an array for an operand", ({x}) => ({x: exp([x] as unknown as Real)}), {}, "TypeError: exp, argument 1: expected a number or a traced real, found an array"],
  ["a bigint for an operand", ({x}) => ({x: div(x!, 2n as unknown as number)}), {}, "TypeError: div, argument 2: expected a number or a traced real, found 2 (bigint)"],
  ["an element beyond the vector", ({x}) => ({x: element(x!, 2)}), {state: {x: [2]}}, "RangeError: element, argument 2: expected an integer from 0 to 1, found 2"],
  ["an element of a scalar", ({x}) => ({x: element(x!, 0)}), {}, "RangeError: element, argument 1: expected a vector, found a scalar"],
  ["a stack of vectors", ({x}) => ({x: sum(stack([0, x!]))}), {state: {x: [2]}}, "RangeError: stack, entry 1: expected a scalar, found a real of shape [2]"],
  ["a stack of nothing", ({x}) => ({x: add(x!, sum(stack([])))}), {}, "RangeError: stack: expected at least one scalar, found none"],
  ["a vector filled again", ({x}) => ({x: fill(x!, 3)}), {state: {x: [2]}}, "RangeError: fill, argument 1: expected a scalar, found a real of shape [2]"],
  ["a fill of length 0", ({x}) => ({x: sum(fill(x!, 0))}), {}, "RangeError: fill, argument 2: expected a positive integer, found 0"],
  ["a matrix times a vector of another length", ({x}, {parameters}) => ({x: matVec(parameters["a"] as unknown as Matrix, x!)}), {parameters: {a: [2, 3]}, state: {x: [2]}}, "RangeError: matVec: expected a vector of 3 for the matrix a (2, 3), found a real of shape [2]"],
  ["a vector for a matrix", ({x}, {parameters}) => ({x: matVec(parameters["a"] as unknown as Matrix, x!)}), {parameters: {a: [2]}, state: {x: [2]}}, "TypeError: matVec, argument 1: expected a matrix parameter, found a real of shape [2]"],
  ["arithmetic on a matrix", ({x}, {parameters}) => ({x: mul(parameters["a"]!, x!)}), {parameters: {a: [2, 2]}}, "TypeError: mul, argument 1: expected a number or a traced real, found a value of type object"],
  ["a draw of length 0", ({x}, {normal}) => ({x: add(x!, sum(normal(0)))}), {}, "RangeError: walk: normal: expected a length from 1 to 65536, found 0"],
  ["a draw of half a number", ({x}, {uniform}) => ({x: add(x!, sum(uniform(1.5)))}), {}, "RangeError: walk: uniform: expected a length from 1 to 65536, found 1.5"],
  ["columns beyond the table", ({x}, {tables}) => ({x: add(x!, sum(tables["data"]!.row(tables["data"]!.drawRow(), 1, 3)))}), {tables: {data: 3}}, "RangeError: walk: table data: expected columns within 0 to 2, found 3 from 1"],
  ["a row number that is a number", ({x}, {tables}) => ({x: add(x!, tables["data"]!.value(0 as unknown as RowIndex, 0))}), {tables: {data: 3}}, "TypeError: walk: table data: expected a row drawn by drawRow, found number"],
  ["a row of another table", ({x}, {tables}) => ({x: add(x!, tables["a"]!.value(tables["b"]!.drawRow(), 0))}), {tables: {a: 1, b: 1}}, "RangeError: walk: table a: expected a row of this table, found one of b"],
  ["two passes over one table", ({x}, {tables: {data}}) => ({x: add(x!, add(data!.value(data!.drawRowWithoutReplacement(), 0), data!.value(data!.drawRowWithoutReplacement(), 0)))}), {tables: {data: 1}}, "RangeError: walk: step: table data: expected one drawRowWithoutReplacement, found several; put it into repeatSum to draw a batch"],
  ["a sum of no terms", ({x}, {normal}) => ({x: add(x!, repeatSum(0, () => normal()))}), {}, "RangeError: repeatSum, argument 1: expected an integer from 1 to 1048576, found 0"],
  ["a sum of nothing", ({x}) => ({x: add(x!, repeatSum(2, () => undefined as unknown as Real))}), {}, "TypeError: repeatSum, argument 2: expected a number or a traced real, found undefined (undefined)"],
  ["a definition inside a step", (state) => ({x: define(identity) as unknown as Real, y: state}), {}, "TypeError: trace: expected no definition inside another one, found a definition inside a step"]
];

for (const [name, step, declared, message] of badSteps)
  test(`${name} is refused with one clear message`, () => {
    assert.throws(() => define(step, declared), (error) => {
      assert.equal(String(error), message);
      return true;
    });
  });

const leaks: Readonly<Record<string, Step>> = {
  sub: ({x}, {normal}) => {
    let leak: Real | undefined;
    const total = repeatSum(3, () => (leak = normal()));
    return {x: sub(add(x!, total), leak!)};
  },
  "the result": ({x}, {normal}) => {
    let leak: Real | undefined;
    const total = repeatSum(3, () => mul((leak = normal()), x!));
    return {x: leak!, y: total};
  },
  repeatSum: ({x}, {normal}) => {
    let leak: Real | undefined;
    const total = repeatSum(3, () => (leak = normal()));
    return {x: add(add(x!, total), repeatSum(2, () => leak!))};
  }
};

for (const [where, step] of Object.entries(leaks))
  test(`a draw of a repeatSum found in ${where} outside is refused`, () => {
    assert.throws(() => define(step, where === "the result" ? {state: {x: [], y: []}} : {}), new RegExp(`^RangeError: walk: step: expected a draw made inside repeatSum to be used only there, found it in ${where} outside$`));
  });

test("a draw of one step is refused in another definition", () => {
  let kept: Real | undefined;
  define(({x}, {normal}) => ({x: add(x!, (kept = normal()))}));
  assert.throws(() => define(({x}) => ({x: add(x!, kept!)})), /^TypeError: walk: step: expected values that are traced here, found a normal from another definition$/);
});

test("operations outside of a definition, and after one that failed, are refused as such", () => {
  assert.throws(() => sqrt(2), /^TypeError: constant: expected to be called inside a step, an observable or a start, found a call outside of them$/);
  assert.throws(() => define(() => { throw new Error("a mistake of the step"); }), /^Error: a mistake of the step$/);
  assert.throws(() => sqrt(2), /found a call outside of them$/);
  assert.deepEqual(define(identity).state, {x: []});
});

const badDeclarations: readonly (readonly [name: string, declared: Declared, message: string])[] = [
  ["no state", {state: {}}, "RangeError: walk: state: expected at least one variable, found none"],
  ["a matrix as a state", {state: {x: [2, 2] as unknown as Shape}}, "RangeError: walk: state x: expected a shape of at most 1 lengths from 1 to 65536, found [2,2]"],
  ["a state of length 0", {state: {x: [0]}}, "RangeError: walk: state x: expected a shape of at most 1 lengths from 1 to 65536, found [0]"],
  ["a number for a shape", {parameters: {rate: 3 as unknown as Shape}}, "RangeError: walk: parameter rate: expected a shape of at most 2 lengths from 1 to 65536, found 3"],
  ["three lengths", {parameters: {rate: [1, 2, 3] as unknown as Shape}}, "RangeError: walk: parameter rate: expected a shape of at most 2 lengths from 1 to 65536, found [1,2,3]"],
  ["a length of NaN", {parameters: {rate: [NaN]}}, "RangeError: walk: parameter rate: expected a shape of at most 2 lengths from 1 to 65536, found [NaN]"],
  ["a table without columns", {tables: {data: 0}}, "RangeError: walk: table data: expected a number of columns from 1 to 65536, found 0"],
  ["a start of an unknown variable", {start: () => ({y: 1})}, "ReferenceError: walk: start: expected only x, found y"],
  ["a start of another shape", {start: () => ({x: stack([1, 2])})}, "RangeError: walk: start: x: expected the shape [], found [2]"]
];

for (const [name, declared, message] of badDeclarations)
  test(`${name} is refused before the step is traced`, () => {
    const step = (state: Readonly<Record<string, Real>>) => {
      assert.ok(name.startsWith("a start"), "the step was traced");
      return identity(state);
    };
    assert.throws(() => define(step, declared), (error) => {
      assert.equal(String(error), message);
      return true;
    });
  });

test("observables may not draw, and read the same state and parameters as the step", () => {
  const dynamics = define(({x}, {parameters, normal}) => ({x: add(x!, mul(parameters["rate"]!, normal()))}));
  let kept: Real | undefined;
  define(({x}, {normal}) => ({x: add(x!, (kept = normal()))}));
  assert.throws(() => traceObservables(dynamics, () => ({noise: kept!})), /^TypeError: walk: observables: expected values that are traced here, found a normal from another definition$/);
  assert.throws(() => traceObservables(dynamics, ({y}: Readonly<Record<string, Real>>) => ({y: y!})), /^ReferenceError: walk: state: expected one of x, found y$/);
  assert.throws(() => traceObservables(dynamics, ({x}) => ({x: less(x!, 0) as unknown as Real})), /^TypeError: walk: observable x: expected a number or a traced real, found a mask of shape \[\]$/);
  const {energy} = traceObservables(dynamics, ({x}, {step}) => ({energy: mul(x!, add(x!, step))}));
  assert.deepEqual(reachable([energy!]).map(({operation}) => operation.op), ["step", "state", "add", "mul"]);
});

test("equal expressions are one value, equal draws are not, and −0 is not 0", () => {
  const {step} = define(({x}, {normal}) => ({x: add(add(add(normal(), normal()), mul(sqrt(x!), sqrt(x!))), add(div(1, 0), div(1, -0)))}));
  const operations = reachable([step["x"]!]).map(({operation}) => (operation.op === "constant" ? operation.value : operation.op));
  assert.deepEqual(operations.filter((operation) => operation === "sqrt").length, 1);
  assert.deepEqual(operations.filter((operation) => operation === "normal").length, 2);
  assert.deepEqual(operations.filter((operation) => operation === "div").length, 2);
  assert.ok(operations.some((operation) => Object.is(operation, -0)) && operations.some((operation) => Object.is(operation, 0)));
});

test("what a repeatSum evaluates anew is what depends on its draws", () => {
  const {step} = define(({x}, {normal, parameters}) => ({
    x: repeatSum(4, () => {
      const fixed = mul(x!, parameters["rate"]!);
      return add(fixed, mul(fixed, normal()));
    })
  }));
  assert.deepEqual([...bodyOf(step["x"]!)].map(({operation}) => operation.op).sort(), ["add", "mul", "normal"]);
});
