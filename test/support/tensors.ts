import assert from "node:assert/strict";
import { tf } from "../../src/tensors/index.ts";
import type { Tensor } from "../../src/tensors/index.ts";

interface Scope {
  readonly name: string;
}

interface Engine {
  runKernel(kernel: string, inputs: Record<string, Tensor>, attributes?: Record<string, unknown>): unknown;
  readonly state: { readonly scopeStack: readonly Scope[] };
}

interface Backend {
  createOutputTensor(metadata: unknown): Tensor;
}

/** What a guarded test may do that others may not. */
export interface GuardOptions {
  /** Lets operations give NaN, for tests of diverging replicas. */
  readonly allowNaN?: boolean;
}

const isOperation = (scope: Scope | undefined): boolean => scope?.name.endsWith("__op") === true;

/**
 * A test body under stricter rules than production: it fails if an operation gives NaN, if an operation silently turns
 * int32 into float32 or back, or if a tensor that the body created is left over. Use as `test("…", guarded(() => …))`.
 */
export const guarded =
  (body: () => void | Promise<void>, { allowNaN = false }: GuardOptions = {}): (() => Promise<void>) =>
  async () => {
    const engine = tf.engine() as unknown as Engine;
    const backend = tf.backend() as unknown as Backend;
    const operation = (): string =>
      [...engine.state.scopeStack].reverse().find(isOperation)?.name.replace(/__op$/, "") ?? "a native operation";

    const { runKernel } = engine;
    engine.runKernel = function (kernel, inputs, attributes) {
      const [under, top] = engine.state.scopeStack.slice(-2);
      const from = inputs["x"]?.dtype;
      const to = attributes?.["dtype"];
      if (kernel === "Cast" && isOperation(top) && isOperation(under) && from !== to && from !== "bool") {
        throw new assert.AssertionError({
          message: `${under?.name.replace(/__op$/, "")}: a silent change of type from ${from} to ${to}`,
        });
      }
      return runKernel.call(engine, kernel, inputs, attributes);
    };
    const { createOutputTensor } = backend;
    backend.createOutputTensor = function (metadata) {
      const output = createOutputTensor.call(backend, metadata);
      if (!allowNaN && output.dtype === "float32" && (output.dataSync() as Float32Array).some(Number.isNaN)) {
        throw new assert.AssertionError({ message: `${operation()}: NaN in an output of shape [${output.shape}]` });
      }
      return output;
    };

    const before = tf.memory().numTensors;
    try {
      await body();
      const left = tf.memory().numTensors - before;
      assert.equal(left, 0, `${left} tensors were left over`);
    } finally {
      delete (engine as Partial<Engine>).runKernel;
      delete (backend as Partial<Backend>).createOutputTensor;
    }
  };
