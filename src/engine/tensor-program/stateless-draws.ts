import {sizeOf} from "../../kernels/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {statelessUniformInteger, tf, normals, uniforms} from "../../tensors/index.ts";
import type {Tensor} from "../../tensors/index.ts";
import type {DrawRequest, TensorDraws} from "./tensor-draws.ts";

const [least, limit] = [-(2 ** 31), 2 ** 31 - 1];

/**
 * Draws of a random stream by TensorFlow's stateless operations, each under a
 * key of its own: its step, its place in the step, and its evaluation. Equal
 * addresses give equal numbers.
 *
 * Passes over a table of N rows sort random int32 keys, (replicas, N) of them a
 * pass; two keys are equal, and their rows then in their order, with
 * probability N² / 2^33.
 * @throws RangeError for replicas that do not begin at 0: the stream's block
 * addresses others.
 */
export function statelessDraws(stream: RandomStream): TensorDraws {
  const passes = new Map<string, {readonly pass: number; readonly rows: Tensor}>();

  function rowOfPass({name, rows, drawn}: NonNullable<DrawRequest["table"]>, count: number): Tensor {
    const pass = Math.floor(drawn / rows);
    const known = passes.get(name);
    if (known?.pass !== pass) {
      known?.rows.dispose();
      const key = stream.key(pass, `pass ${name}`);
      const shuffled = tf.keep(tf.tidy(() => tf.topk(statelessUniformInteger([count, rows], key, least, limit), rows).indices));
      passes.set(name, {pass, rows: shuffled});
    }
    return tf.tidy(() => tf.reshape(tf.slice(passes.get(name)!.rows, [0, drawn % rows], [count, 1]), [count]));
  }

  return {
    draw({value, step, draw, evaluation, replicas: {first, count}, table}) {
      if (first !== 0) throw new RangeError(`statelessDraws: expected replicas from 0 on, found them from ${first} on`);
      const purpose = `${step === undefined ? "start" : "step"} draw ${draw} evaluation ${evaluation}`;
      const {operation} = value;
      const shape = [count, sizeOf(value.shape)];
      if (operation.op === "normal") return normals(stream, step ?? 0, shape, purpose);
      if (operation.op === "uniform") return uniforms(stream, step ?? 0, shape, purpose);
      if (operation.op !== "drawRow" || table === undefined) throw new TypeError(`statelessDraws: expected a draw, found ${operation.op}`);
      return operation.replacement ? statelessUniformInteger([count], stream.key(step ?? 0, purpose), 0, table.rows) : rowOfPass(table, count);
    },
    dispose() {
      for (const {rows} of passes.values()) rows.dispose();
      passes.clear();
    }
  };
}
