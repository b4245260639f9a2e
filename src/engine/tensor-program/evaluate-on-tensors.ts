import {sizeOf} from "../../kernels/index.ts";
import type {GraphPlan, Operation, RegionPlan, Value} from "../../kernels/index.ts";
import {tf} from "../../tensors/index.ts";
import type {Tensor, Tensor2D} from "../../tensors/index.ts";

/** What a graph is evaluated in. Values are (R, n), n = 1 for scalars; one row stands for all replicas. */
export interface TensorEnvironment {
  readonly replicas: number;
  /** (1, n) of scalars and vectors, (m, n) of matrices. */
  readonly parameter: (name: string) => Tensor2D;
  /** (rows, columns). */
  readonly table: (name: string) => Tensor2D;
  readonly state: (name: string) => Tensor;
  /** The number of steps before this one, or in observables the number of steps made. */
  readonly step: number;
  readonly draw: (value: Value) => Tensor;
}

/** What each elementwise operation is on tensors; minimum and maximum as the kernels mean them where one is NaN. */
const elementwise: Readonly<Partial<Record<Operation["op"], (...operands: Tensor[]) => Tensor>>> = {
  neg: (a) => tf.neg(a!),
  abs: (a) => tf.abs(a!),
  sqrt: (a) => tf.sqrt(a!),
  exp: (a) => tf.exp(a!),
  log: (a) => tf.log(a!),
  sin: (a) => tf.sin(a!),
  cos: (a) => tf.cos(a!),
  tanh: (a) => tf.tanh(a!),
  add: (a, b) => tf.add(a!, b!),
  sub: (a, b) => tf.sub(a!, b!),
  mul: (a, b) => tf.mul(a!, b!),
  div: (a, b) => tf.div(a!, b!),
  minimum: (a, b) => tf.where(tf.less(b!, a!), b!, a!),
  maximum: (a, b) => tf.where(tf.less(a!, b!), b!, a!),
  less: (a, b) => tf.less(a!, b!),
  lessEqual: (a, b) => tf.lessEqual(a!, b!),
  equal: (a, b) => tf.equal(a!, b!),
  logicalAnd: (a, b) => tf.logicalAnd(a!, b!),
  logicalOr: (a, b) => tf.logicalOr(a!, b!),
  logicalNot: (a) => tf.logicalNot(a!),
  where: (condition, a, b) => tf.where(condition!, a!, b!),
  sum: (a) => tf.sum(a!, 1, true)
};

const rows = (tensors: readonly Tensor[]) => Math.max(...tensors.map(({shape}) => shape[0]!));

/** One row for every replica. */
const batched = (tensor: Tensor, count: number): Tensor => tf.broadcastTo(tensor, [count, tensor.shape[1]!]);

function evaluateRegion(plan: RegionPlan, environment: TensorEnvironment, outer: (value: Value) => Tensor | undefined): (value: Value) => Tensor {
  const results = new Map<Value, Tensor>();
  const at = (value: Value): Tensor => {
    const tensor = results.get(value) ?? outer(value);
    if (tensor === undefined) throw new Error(`evaluateRegion: ${value.operation.op} was used before it was computed`);
    return tensor;
  };

  function repeat(value: Value, count: number): Tensor {
    const once = () => evaluateRegion(plan.bodies.get(value)!, environment, at)(value.operands[0]!);
    let total = tf.tidy(() => tf.clone(once()));
    for (let i = 1; i < count; i++) {
      const before = total;
      total = tf.tidy(() => tf.add(before, once()));
      before.dispose();
    }
    return total;
  }

  function evaluate(value: Value): Tensor {
    const {operation} = value;
    if (operation.op === "repeatSum") return repeat(value, operation.count);
    const operands = value.operands.map(at);
    const [first] = operands;
    const length = sizeOf(value.shape);
    switch (operation.op) {
      case "constant":
        return tf.tensor2d([[operation.value]]);
      case "step":
        return tf.tensor2d([[environment.step]]);
      case "state":
        return environment.state(operation.name);
      case "parameter":
        return environment.parameter(operation.name);
      case "normal":
      case "uniform":
        return environment.draw(value);
      // A row number stands for its row, the one thing that reads it.
      case "drawRow":
        return tf.gather(environment.table(operation.table), environment.draw(value));
      case "row":
        return tf.slice(first!, [0, operation.from], [-1, length]);
      case "element":
        return tf.slice(first!, [0, operation.index], [-1, 1]);
      case "fill":
        return tf.broadcastTo(first!, [first!.shape[0]!, length]);
      case "stack":
        return tf.concat(operands.map((operand) => batched(operand, rows(operands))), 1);
      case "matVec":
        return tf.matMul(first!, environment.parameter(operation.matrix), false, true);
      default:
        return elementwise[operation.op]!(...operands);
    }
  }

  for (const value of plan.values) results.set(value, evaluate(value));
  return at;
}

/** The values of a graph, in its order, as new tensors (R, n). To be called inside a tidy. */
export function evaluateOnTensors(plan: GraphPlan, environment: TensorEnvironment): readonly Tensor[] {
  const at = evaluateRegion(plan, environment, () => undefined);
  return plan.roots.map((root) => batched(at(root), environment.replicas));
}
