"""NumPy with SFC64: array operations in place, half of the replicas in each of two processes.

Coordinates are rows, so that a block of replicas is contiguous. Tried for W1: blocks of 8,192, 32,768 and 131,072 numbers
(within 10 %; the least cache of the faster two is kept) and replicas as rows (15 % slower). Filling normals takes 90 % of the time.
For W4 finished replicas are removed every 20 steps; a crossing is recorded at its step.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from protocol import (
    BATCH_SIZE, FEATURES, FIRST_PASSAGE_LEVEL, LOSS_FLOOR, STEP_SIZE, TEMPERATURE,
    in_two_processes, learning_rate, read_table, serve, sgd_coefficients,
)

BLOCK = 32_768
COMPACT_EVERY = 20


def generator_of(seed):
    return np.random.Generator(np.random.SFC64(seed))


def blocks(case):
    size = min(case.replicas, BLOCK // case.dimension)
    for start in range(0, case.replicas, size):
        yield slice(start, min(start + size, case.replicas))


def homogenized_sgd(case):
    contraction, noise, half_spectrum = sgd_coefficients(case)
    contraction, noise = contraction[:, None], noise[:, None]

    def run(seed):
        generator = generator_of(seed)
        states = np.empty((case.dimension, case.replicas), np.float32)
        for block in blocks(case):
            x = np.zeros((case.dimension, block.stop - block.start), np.float32)
            z, squares, loss = np.empty_like(x), np.empty_like(x), np.empty(x.shape[1], np.float32)
            for _ in range(case.steps):
                generator.standard_normal(dtype=np.float32, out=z)
                np.multiply(x, x, out=squares)
                np.matmul(half_spectrum, squares, out=loss)
                loss += np.float32(LOSS_FLOOR)
                np.sqrt(loss, out=loss)
                z *= noise
                z *= loss
                x *= contraction
                x += z
            states[:, block] = x
        return states.T

    return run


def streaming_sgd(case):
    gamma = np.float32(learning_rate(case))

    def run(seed):
        generator = generator_of(seed)
        states = np.empty((case.dimension, case.replicas), np.float32)
        for block in blocks(case):
            theta = np.zeros((case.dimension, block.stop - block.start), np.float32)
            z = np.empty((case.dimension + 1, theta.shape[1]), np.float32)
            sample, label = z[:-1], z[-1]
            products, residual = np.empty_like(theta), np.empty_like(label)
            for _ in range(case.steps):
                generator.standard_normal(dtype=np.float32, out=z)
                np.multiply(theta, sample, out=products)
                np.sum(products, axis=0, out=residual)
                residual -= label
                residual *= gamma
                sample *= residual
                theta -= sample
            states[:, block] = theta
        return states.T

    return run


def first_passage(case):
    gamma, level = np.float32(learning_rate(case)), np.float32(FIRST_PASSAGE_LEVEL)

    def run(seed):
        generator = generator_of(seed)
        crossings = np.zeros(case.replicas, np.int32)
        ids = np.arange(case.replicas)
        theta = np.zeros((2, case.replicas), np.float32)
        step = 0
        while ids.size and step < case.steps:
            running = np.ones(ids.size, bool)
            for step in range(step + 1, min(step + COMPACT_EVERY, case.steps) + 1):
                z = generator.standard_normal((3, ids.size), dtype=np.float32)
                pull = theta[0] * z[0]
                pull += theta[1] * z[1]
                pull -= z[2]
                pull *= gamma
                theta -= pull * z[:2]
                z = theta * theta
                z[0] += z[1]
                hit = z[0] >= level
                hit &= running
                if hit.any():
                    crossings[ids[hit]] = step
                    running &= ~hit
            ids, theta = ids[running], theta[:, running]
        return crossings

    return run


def double_well(case):
    amplitude = np.sqrt(2 * TEMPERATURE * STEP_SIZE)

    def run(seed):
        generator = generator_of(seed)
        x = np.full(case.replicas, -1.0)
        z, drift = np.empty_like(x), np.empty_like(x)
        for _ in range(case.steps):
            generator.standard_normal(out=z)
            z *= amplitude
            np.multiply(x, x, out=drift)
            drift -= 1
            drift *= x
            drift *= STEP_SIZE
            x -= drift
            x += z
        return x

    return run


def table_sgd(case):
    table, rate = read_table(case.table), np.float32(learning_rate(case) / BATCH_SIZE)

    def run(seed):
        generator = generator_of(seed)
        extended = np.zeros((case.replicas, FEATURES + 1, 1), np.float32)
        extended[:, FEATURES] = -1
        theta = extended[:, :FEATURES, 0]
        rows = np.empty((case.replicas, BATCH_SIZE, FEATURES + 1), np.float32)
        for _ in range(case.steps):
            indices = generator.integers(len(table), size=(case.replicas, BATCH_SIZE))
            np.take(table, indices, axis=0, out=rows, mode="clip")
            residual = rows @ extended
            theta -= rate * np.matmul(residual.transpose(0, 2, 1), rows)[:, 0, :FEATURES]
        return theta

    return run


if __name__ == "__main__":
    workloads = {"W1": homogenized_sgd, "W2": homogenized_sgd, "W3": streaming_sgd, "W4": first_passage,
                 "W5": double_well, "W6": table_sgd}
    serve({name: in_two_processes(prepare) for name, prepare in workloads.items()}, {"numpy": np.__version__})
