import assert from "node:assert/strict";
import {test} from "node:test";
import {networkOutputs, squareLossGradient} from "../../src/models/index.ts";
import {tf} from "../../src/tensors/index.ts";
import type {Tensor} from "../../src/tensors/index.ts";
import {smallNetwork} from "./small-networks.ts";

for (const activation of ["relu", "tanh", "linear"] as const) {
  for (const outputs of [1, 3]) {
    test(`backpropagation agrees with tfjs' differentiation: ${activation}, ${outputs} outputs`, () => {
      const {network, parameters, inputs, targets, free} = smallNetwork(activation, {outputs});
      tf.tidy(() => {
        const loss = (...flat: Tensor[]) => {
          const queue = [...flat];
          const nested = parameters.map((layer) => queue.splice(0, layer.length));
          return tf.mul(tf.sum(tf.square(tf.sub(networkOutputs(network, nested, inputs), targets))), 0.5 / 7) as Tensor;
        };
        const expected = tf.grads(loss as never)(parameters.flat() as Tensor[]);
        const found = squareLossGradient(network, parameters, inputs, targets, -2).flat();
        found.forEach((gradient, i) => {
          assert.deepEqual(gradient.shape, expected[i]!.shape);
          const scale = Math.max(...expected[i]!.dataSync().map(Math.abs));
          gradient.dataSync().forEach((x, j) => assert.ok(Math.abs(x + 2 * expected[i]!.dataSync()[j]!) < 1e-5 * scale));
        });
      });
      free();
    });
  }
}
