import assert from "node:assert/strict";
import {test} from "node:test";
import {tensorOf} from "../../src/engine/tensor-program/index.ts";
import {tf} from "../../src/tensors/index.ts";
import {guarded} from "../support/tensors.ts";

const memoryOf = () => new WebAssembly.Memory({initial: 1, maximum: 3});

test(
  "a tensor of a kernel's results keeps its numbers when the kernel writes again, before and after its first operation",
  guarded(() => {
    const memory = memoryOf();
    for (let offset = 0; offset < 64; offset += 4) {
      const results = new Float32Array(memory.buffer, offset, 6).fill(1);
      tf.tidy(() => {
        const fresh = tensorOf(results, [2, 3]);
        const used = tensorOf(results, [6]);
        const doubled = tf.mul(used, 2);
        results.fill(7);
        assert.deepEqual([...fresh.dataSync()], [1, 1, 1, 1, 1, 1]);
        assert.deepEqual([...tf.add(used, doubled).dataSync()], [3, 3, 3, 3, 3, 3]);
      });
    }
  })
);

test(
  "a tensor of a kernel's results outlives the memory they were in",
  guarded(() => {
    const memory = memoryOf();
    const tensor = tensorOf(new Float32Array(memory.buffer, 0, 3).fill(2), [3]);
    memory.grow(1);
    tf.tidy(() => assert.deepEqual([...tf.neg(tensor).dataSync()], [-2, -2, -2]));
    tensor.dispose();
  })
);

test(
  "results in float64 are rounded, and a shape that they do not fill is refused",
  guarded(() => {
    const tensor = tensorOf(Float64Array.of(0.1, 1e300), [2, 1]);
    assert.equal(tensor.dtype, "float32");
    assert.deepEqual([...tensor.dataSync()], [Math.fround(0.1), Infinity]);
    tensor.dispose();
    assert.throws(() => tensorOf(Float32Array.of(1, 2, 3), [2, 2]), /^RangeError: tensorOf: expected 4 numbers for the shape \[2,2\], found 3$/);
  })
);
