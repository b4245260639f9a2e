import {planGraph, planSimulation, reachable} from "../../kernels/index.ts";
import type {Block, Binding, Dynamics, GraphPlan, ParameterShapes, Simulation, SimulationBlock, SimulationKernel, SimulationRequest, SimulationRun, StateShapes, TableColumns, Value} from "../../kernels/index.ts";
import {tf} from "../../tensors/index.ts";
import type {Tensor, Tensor2D} from "../../tensors/index.ts";
import {evaluateOnTensors} from "./evaluate-on-tensors.ts";
import {sampleRecorder} from "./sample-recorder.ts";
import type {TensorDraws} from "./tensor-draws.ts";

interface BoundTensors {
  readonly parameters: ReadonlyMap<string, Tensor2D>;
  readonly tables: ReadonlyMap<string, Tensor2D>;
}

function upload({parameters: shapes}: Dynamics, {parameters, tables}: Binding): BoundTensors {
  const matrix = (values: ArrayLike<number>, rows: number, columns: number) => tf.tensor2d(Float32Array.from(values), [rows, columns]);
  return {
    parameters: new Map(Object.entries(parameters).map(([name, bound]) => {
      const numbers = typeof bound === "number" ? [bound] : bound;
      const shape = shapes[name]!;
      return [name, shape.length === 2 ? matrix(numbers, shape[0], shape[1]) : matrix(numbers, 1, numbers.length)];
    })),
    tables: new Map(Object.entries(tables).map(([name, {rows, columns, values}]) => [name, matrix(values, rows, columns)]))
  };
}

/** The draws of a start or a step, given its number. */
type DrawsOf = (step: number | undefined) => (value: Value) => Tensor;

/** Numbers the draws of a graph and their evaluations, and counts the rows taken of each table. */
function drawing(draws: TensorDraws, binding: Binding, replicas: Block): (plan: GraphPlan) => DrawsOf {
  const taken = new Map<string, number>();
  const takeRow = (name: string, replacement: boolean) => {
    const drawn = replacement ? 0 : (taken.get(name) ?? 0);
    if (!replacement) taken.set(name, drawn + 1);
    return {name, rows: binding.tables[name]!.rows, drawn};
  };
  return ({roots}) => {
    const order = reachable(roots).filter(({operation: {op}}) => op === "normal" || op === "uniform" || op === "drawRow");
    return (step) => {
      const evaluations = new Map<Value, number>();
      return (value) => {
        const evaluation = evaluations.get(value) ?? 0;
        evaluations.set(value, evaluation + 1);
        const request = {value, step, draw: order.indexOf(value), evaluation, replicas};
        const {operation} = value;
        return draws.draw(operation.op === "drawRow" ? {...request, table: takeRow(operation.table, operation.replacement)} : request);
      };
    };
  };
}

const total = (variables: readonly Tensor[]): Tensor => variables.map((variable) => tf.sum(variable, 1, true)).reduce((sum, variable) => tf.add(sum, variable));

function simulate({dynamics, observables, samples}: SimulationKernel, binding: Binding, replicas: Block, {steps, every}: SimulationRun, draws: TensorDraws): SimulationBlock {
  const [start, step, reading] = [planGraph("start", dynamics.start), planGraph("step", dynamics.step), planGraph("observables", observables)];
  const names = Object.keys(dynamics.state);
  const recorder = sampleRecorder(observables, samples, replicas.count, reading.roots.length === 0 ? 0 : Math.floor(steps / every));
  const drawsOf = drawing(draws, binding, replicas);
  const [drawsOfStart, drawsOfStep] = [drawsOf(start), drawsOf(step)];
  const bound = upload(dynamics, binding);
  const evaluate = (plan: GraphPlan, made: number, variables: readonly Tensor[], draw: (value: Value) => Tensor) =>
    evaluateOnTensors(plan, {
      replicas: replicas.count,
      step: made,
      parameter: (name) => bound.parameters.get(name)!,
      table: (name) => bound.tables.get(name)!,
      state: (name) => variables[names.indexOf(name)]!,
      draw
    });
  /** The variables of the state, then (R, 1) int32 of the steps after which replicas diverged. */
  let now: Tensor[] = tf.tidy(() => [...evaluate(start, 0, [], drawsOfStart(undefined)), tf.zeros([replicas.count, 1], "int32")]);
  for (let made = 1; made <= steps; made++) {
    const before = now;
    now = tf.tidy(() => {
      const state = evaluate(step, made - 1, before.slice(0, -1), drawsOfStep(made - 1));
      const diverged = before.at(-1)!;
      const sum = total(state);
      const isFirst = tf.logicalAnd(tf.equal(diverged, tf.scalar(0, "int32")), tf.logicalNot(tf.equal(tf.sub(sum, sum), 0)));
      return [...state, tf.where(isFirst, tf.scalar(made, "int32"), diverged)];
    });
    for (const tensor of before) tensor.dispose();
    if (reading.roots.length === 0 || made % every !== 0) continue;
    tf.tidy(() => recorder.record(evaluate(reading, made, now.slice(0, -1), refuseDraw), now.at(-1)!));
  }
  const states = tf.transpose(tf.concat(now.slice(0, -1), 1)).dataSync() as Float32Array;
  return {states: states.slice(), divergences: (now.at(-1)!.dataSync() as Int32Array).slice(), samples: recorder.samples};
}

const refuseDraw = (value: Value): never => {
  throw new TypeError(`runOnTensors: expected no draws in observables, found ${value.operation.op}`);
};

/**
 * Runs a simulation operation by operation, as native float32 tensors of all
 * replicas: what an experiment means, and the way for models too large for one
 * kernel. It takes the request of `simulate` and gives its results; given the
 * same draws they agree to the rounding of sums and functions. The key of the
 * request is not used: random numbers come from `draws`, which is disposed of.
 *
 * Scalars are tensors (R, 1), vectors (R, n). Nothing is left over but the result.
 * @throws RangeError or TypeError that names what does not fit, before any work.
 */
export function runOnTensors<P extends ParameterShapes, S extends StateShapes, T extends TableColumns>(dynamics: Dynamics<P, S, T>, request: SimulationRequest<P, S, T>, draws: TensorDraws): Simulation {
  const {kernel, binding, run, replicas, merge} = planSimulation(dynamics, request);
  if (kernel.bits !== 32) throw new RangeError(`${dynamics.name}: precision: expected float32, the precision of tensors, found float64`);
  try {
    const blocks: SimulationBlock[] = [];
    tf.tidy(() => void blocks.push(simulate(kernel as SimulationKernel, binding, replicas, run as SimulationRun, draws)));
    return merge([replicas], blocks);
  } finally {
    draws.dispose();
  }
}
