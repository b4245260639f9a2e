import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../../src/tensors/index.ts";
import { guarded } from "./tensors.ts";

const rejects = (body: () => void, message: RegExp) => () => assert.rejects(guarded(body), { message });

test(
  "a body that leaves nothing passes",
  guarded(() => tf.tidy(() => void tf.add(tf.tensor1d([1]), tf.tensor1d([2])))),
);

test("a leaked tensor fails", async () => {
  const kept: { dispose(): void }[] = [];
  await assert.rejects(guarded(() => void kept.push(tf.tensor1d([1]))), { message: /^1 tensors were left over/ });
  for (const tensor of kept) tensor.dispose();
});

test("NaN fails and names its operation", rejects(() => tf.tidy(() => void tf.sqrt(tf.scalar(-1))), /^sqrt: NaN/));

test(
  "NaN passes where it is allowed",
  guarded(() => tf.tidy(() => void tf.sqrt(tf.scalar(-1))), { allowNaN: true }),
);

test(
  "an int32 that silently becomes a float32 fails",
  rejects(
    () => tf.tidy(() => void tf.mul(tf.tensor1d([1], "int32"), tf.tensor1d([0.5]))),
    /^mul: a silent change of type from int32 to float32/,
  ),
);

test(
  "a cast that is asked for passes, and so does counting booleans",
  guarded(() =>
    tf.tidy(() => {
      tf.cast(tf.tensor1d([1], "int32"), "float32");
      tf.sum(tf.tensor1d([true, false], "bool"));
    }),
  ),
);

test("the guard is off after a failure", async () => {
  await assert.rejects(guarded(() => tf.tidy(() => void tf.sqrt(tf.scalar(-1)))));
  tf.tidy(() => assert.ok(Number.isNaN(tf.sqrt(tf.scalar(-1)).dataSync()[0])));
});
