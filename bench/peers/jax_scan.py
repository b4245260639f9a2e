"""JAX: jit and lax.scan, threefry keys, half of the replicas on each of two host devices (pmap).

Tried for W1: rbg and unsafe_rbg keys (5 times slower on this back end), one device (2.3 times slower), replicas as
rows (2 to 10 times slower), Box-Muller in place of `random.normal` (2.3 times slower), scan unrolled by 4 and vectors of
512 bits (equal). Blocks of at most 50,000 numbers make d = 50 and R = 100,000 3 times faster. For W4 the lanes stay at one size until half of them are idle, then the size is halved.
"""

import os

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=2"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import numpy as np
from jax import lax, numpy as jnp, random

from protocol import (
    BATCH_SIZE, FEATURES, FIRST_PASSAGE_LEVEL, LOSS_FLOOR, STEP_SIZE, TEMPERATURE,
    learning_rate, read_table, serve, sgd_coefficients,
)

jax.config.update("jax_enable_x64", True)
FEWEST_LANES = 32
BLOCK = 50_000
STEPS_A_CHECK = 20


def on_two_devices(simulate, replicas_last=True):
    """A run on both devices; `simulate` computes the states of half of the replicas from a key."""
    parallel = jax.pmap(simulate)

    def run(seed):
        states = parallel(jnp.stack([random.key(2 * seed + device, impl="threefry2x32") for device in range(2)]))
        states.block_until_ready()
        return lambda: np.concatenate([part.T if replicas_last else part for part in np.asarray(states)])

    return run


def scan_steps(step, start, key, steps):
    return lax.scan(lambda state, step_key: (step(state, step_key), None), start, random.split(key, steps))[0]


def in_blocks(case, step):
    """The states of half of the replicas from 0, block by block: a block stays in cache and on one thread."""
    replicas = case.replicas // 2
    blocks = 1
    while replicas % blocks or case.dimension * replicas // blocks > BLOCK:
        blocks += 1
    start = np.zeros((case.dimension, replicas // blocks), np.float32)

    def simulate(key):
        parts = lax.map(lambda block_key: scan_steps(step, start, block_key, case.steps), random.split(key, blocks))
        return jnp.moveaxis(parts, 0, 1).reshape(case.dimension, replicas)

    return simulate


def homogenized_sgd(case):
    contraction, noise, half_spectrum = (values[:, None] for values in sgd_coefficients(case))

    def step(x, key):
        loss = jnp.float32(LOSS_FLOOR) + jnp.sum(half_spectrum * x * x, axis=0)
        return contraction * x + noise * jnp.sqrt(loss) * random.normal(key, x.shape, jnp.float32)

    return on_two_devices(in_blocks(case, step))


def streaming_sgd(case):
    gamma = np.float32(learning_rate(case))

    def step(theta, key):
        z = random.normal(key, (case.dimension + 1, theta.shape[1]), jnp.float32)
        residual = jnp.sum(theta * z[:-1], axis=0) - z[-1]
        return theta - gamma * residual * z[:-1]

    return on_two_devices(in_blocks(case, step))


def first_passage(case):
    gamma, level = np.float32(learning_rate(case)), np.float32(FIRST_PASSAGE_LEVEL)
    replicas = case.replicas // 2

    def step(carry, key):
        theta, crossing, time = carry
        z = random.normal(key, (3, theta.shape[1]), jnp.float32)
        theta = theta - gamma * (theta[0] * z[0] + theta[1] * z[1] - z[2]) * z[:2]
        time = time + 1
        hit = (crossing == 0) & (theta[0] ** 2 + theta[1] ** 2 >= level)
        return theta, jnp.where(hit, time, crossing), time

    def several_steps(carry):
        key, state = carry
        key, used = random.split(key)
        return key, scan_steps(step, state, used, STEPS_A_CHECK)

    def simulate(key):
        crossings = jnp.zeros(replicas, jnp.int32)
        ids = jnp.arange(replicas)
        state = (jnp.zeros((2, replicas), jnp.float32), jnp.zeros(replicas, jnp.int32), jnp.int32(0))
        lanes = replicas
        while True:
            idle_lanes_wanted = lanes // 2 if lanes > FEWEST_LANES else lanes

            def unfinished(carry):
                _, (_, crossing, time) = carry
                return (jnp.sum(crossing != 0) < idle_lanes_wanted) & (time < case.steps)

            key, state = lax.while_loop(unfinished, several_steps, (key, state))
            theta, crossing, time = state
            crossings = crossings.at[ids].set(crossing, mode="drop")
            if idle_lanes_wanted == lanes:
                return crossings
            lanes = lanes - lanes // 2
            kept = jnp.nonzero(crossing == 0, size=lanes, fill_value=0)[0]
            filled = jnp.arange(lanes) < jnp.sum(crossing == 0)
            ids = jnp.where(filled, ids[kept], replicas)
            state = (theta[:, kept], jnp.where(filled, 0, 1).astype(jnp.int32), time)

    return on_two_devices(simulate, replicas_last=False)


def double_well(case):
    amplitude = np.sqrt(2 * TEMPERATURE * STEP_SIZE)

    def step(x, key):
        return x + (x - x * x * x) * STEP_SIZE + amplitude * random.normal(key, x.shape, jnp.float64)

    start = np.full(case.replicas // 2, -1.0)
    return on_two_devices(lambda key: scan_steps(step, start, key, case.steps), replicas_last=False)


def table_sgd(case):
    table, rate = read_table(case.table), np.float32(learning_rate(case) / BATCH_SIZE)
    replicas = case.replicas // 2

    def step(theta, key):
        rows = jnp.asarray(table)[random.randint(key, (replicas, BATCH_SIZE), 0, len(table), jnp.int32)]
        features, labels = rows[:, :, :FEATURES], rows[:, :, FEATURES]
        residual = jnp.einsum("rbf,rf->rb", features, theta) - labels
        return theta - rate * jnp.einsum("rbf,rb->rf", features, residual)

    start = np.zeros((replicas, FEATURES), np.float32)
    return on_two_devices(lambda key: scan_steps(step, start, key, case.steps), replicas_last=False)


if __name__ == "__main__":
    serve(
        {"W1": homogenized_sgd, "W2": homogenized_sgd, "W3": streaming_sgd, "W4": first_passage,
         "W5": double_well, "W6": table_sgd},
        {"jax": jax.__version__, "jaxlib": jax.lib.__version__, "numpy": np.__version__},
    )
