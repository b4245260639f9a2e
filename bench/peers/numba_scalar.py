"""Numba, one replica after another: a fused scalar loop a replica, parallel over replicas.

Each replica has its own xoshiro generator in registers, seeded by SplitMix64, and draws normals by a ziggurat
of 256 layers (Doornik's form). Tried for W1 and slower: `np.random.standard_normal` of Numba (6.5 times
slower), Box-Muller with the logarithm, sine and cosine of `math` (3 times slower).
"""

import math

import numba
import numpy as np
from numba import float32, njit, prange, uint32, uint64

from protocol import (
    BATCH_SIZE, FEATURES, FIRST_PASSAGE_LEVEL, LOSS_FLOOR, STEP_SIZE, TEMPERATURE,
    learning_rate, read_table, serve, sgd_coefficients,
)

FAST = {"contract", "nsz", "arcp", "reassoc", "afn"}
TAIL = 3.6541528853610088
LAYER_AREA = 0.00492867323399


def ziggurat_edges():
    """Widths of the layers from the base, area over f(tail), to 0."""
    def density(x):
        return math.exp(-0.5 * x * x)

    edges = [LAYER_AREA / density(TAIL), TAIL]
    while len(edges) < 256:
        edges.append(math.sqrt(-2 * math.log(LAYER_AREA / edges[-1] + density(edges[-1]))))
    return np.array(edges + [0.0])


EDGES = ziggurat_edges()
DENSITY = np.exp(-0.5 * EDGES**2)
WIDTH_23 = (EDGES[:256] * 2.0**-23).astype(np.float32)
INSIDE_23 = np.floor(EDGES[1:] / EDGES[:256] * 2.0**23).astype(np.uint32)
DENSITY_32 = DENSITY.astype(np.float32)
WIDTH_52 = EDGES[:256] * 2.0**-52
INSIDE_52 = np.floor(EDGES[1:] / EDGES[:256] * 2.0**52).astype(np.uint64)


@njit
def split_mix(z):
    z = uint64(z) + uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> uint64(27))) * uint64(0x94D049BB133111EB)
    return z ^ (z >> uint64(31))


@njit
def seed_32(seed, replica):
    key = split_mix(uint64(seed))
    a = split_mix(key + uint64(2 * replica))
    b = split_mix(key + uint64(2 * replica + 1))
    return uint32(a), uint32(a >> uint64(32)), uint32(b), uint32(b >> uint64(32))


@njit
def seed_64(seed, replica):
    key = split_mix(uint64(seed))
    base = uint64(4 * replica)
    return (
        split_mix(key + base), split_mix(key + base + uint64(1)),
        split_mix(key + base + uint64(2)), split_mix(key + base + uint64(3)),
    )


@njit
def next_32(state):
    """xoshiro128++."""
    s0, s1, s2, s3 = state
    q = uint32(s0 + s3)
    word = uint32(uint32((q << uint32(7)) | (q >> uint32(25))) + s0)
    t = uint32(s1 << uint32(9))
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    return word, (s0, s1, s2, uint32((s3 << uint32(11)) | (s3 >> uint32(21))))


@njit
def next_64(state):
    """xoshiro256++."""
    s0, s1, s2, s3 = state
    q = s0 + s3
    word = ((q << uint64(23)) | (q >> uint64(41))) + s0
    t = s1 << uint64(17)
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    return word, (s0, s1, s2, (s3 << uint64(45)) | (s3 >> uint64(19)))


@njit(fastmath=FAST)
def uniform_32(state):
    word, state = next_32(state)
    return (float32(word >> uint32(8)) + float32(0.5)) * float32(2.0**-24), state


@njit(fastmath=FAST)
def outside_32(layer, z, state):
    """(accepted, magnitude, state) of a point outside of its layer's rectangle."""
    u, state = uniform_32(state)
    if layer == 0:
        v, state = uniform_32(state)
        excess = -math.log(u) / float32(TAIL)
        return float32(-2) * math.log(v) > excess * excess, float32(TAIL) + excess, state
    height = DENSITY_32[layer] + u * (DENSITY_32[layer + 1] - DENSITY_32[layer])
    return height < math.exp(float32(-0.5) * z * z), z, state


@njit(fastmath=FAST)
def normal_32(state):
    while True:
        word, state = next_32(state)
        layer = word & uint32(255)
        offset = word >> uint32(9)
        z = float32(offset) * WIDTH_23[layer]
        if offset < INSIDE_23[layer]:
            break
        accepted, z, state = outside_32(layer, z, state)
        if accepted:
            break
    return (-z if word & uint32(256) else z), state


@njit(fastmath=FAST)
def uniform_64(state):
    word, state = next_64(state)
    return (float(word >> uint64(11)) + 0.5) * 2.0**-53, state


@njit(fastmath=FAST)
def outside_64(layer, z, state):
    u, state = uniform_64(state)
    if layer == 0:
        v, state = uniform_64(state)
        excess = -math.log(u) / TAIL
        return -2 * math.log(v) > excess * excess, TAIL + excess, state
    height = DENSITY[layer] + u * (DENSITY[layer + 1] - DENSITY[layer])
    return height < math.exp(-0.5 * z * z), z, state


@njit(fastmath=FAST)
def normal_64(state):
    while True:
        word, state = next_64(state)
        layer = word & uint64(255)
        offset = word >> uint64(12)
        z = float(offset) * WIDTH_52[layer]
        if offset < INSIDE_52[layer]:
            break
        accepted, z, state = outside_64(layer, z, state)
        if accepted:
            break
    return (-z if word & uint64(256) else z), state


@njit(parallel=True, fastmath=FAST)
def homogenized_sgd_loop(contraction, noise, half_spectrum, replicas, steps, seed):
    dimension = contraction.size
    states = np.empty((replicas, dimension), np.float32)
    for r in prange(replicas):
        generator = seed_32(seed, r)
        x = np.zeros(dimension, np.float32)
        loss = float32(LOSS_FLOOR)
        for _ in range(steps):
            scale = math.sqrt(loss)
            loss = float32(LOSS_FLOOR)
            for i in range(dimension):
                z, generator = normal_32(generator)
                v = contraction[i] * x[i] + scale * noise[i] * z
                x[i] = v
                loss += half_spectrum[i] * v * v
        states[r] = x
    return states


@njit(parallel=True, fastmath=FAST)
def streaming_sgd_loop(dimension, gamma, replicas, steps, seed):
    states = np.empty((replicas, dimension), np.float32)
    for r in prange(replicas):
        generator = seed_32(seed, r)
        theta = np.zeros(dimension, np.float32)
        sample = np.empty(dimension, np.float32)
        for _ in range(steps):
            z, generator = normal_32(generator)
            residual = -z
            for i in range(dimension):
                z, generator = normal_32(generator)
                sample[i] = z
                residual += theta[i] * z
            for i in range(dimension):
                theta[i] -= gamma * residual * sample[i]
        states[r] = theta
    return states


@njit(parallel=True, fastmath=FAST)
def first_passage_loop(gamma, level, replicas, steps, seed):
    crossings = np.zeros(replicas, np.int32)
    for r in prange(replicas):
        generator = seed_32(seed, r)
        p = q = float32(0)
        for step in range(1, steps + 1):
            a, generator = normal_32(generator)
            b, generator = normal_32(generator)
            y, generator = normal_32(generator)
            pull = gamma * (p * a + q * b - y)
            p -= pull * a
            q -= pull * b
            if p * p + q * q >= level:
                crossings[r] = step
                break
    return crossings


@njit(parallel=True, fastmath=FAST)
def double_well_loop(replicas, steps, seed):
    states = np.empty(replicas, np.float64)
    amplitude = math.sqrt(2 * TEMPERATURE * STEP_SIZE)
    for r in prange(replicas):
        generator = seed_64(seed, r)
        x = -1.0
        for _ in range(steps):
            z, generator = normal_64(generator)
            x += (x - x * x * x) * STEP_SIZE + amplitude * z
        states[r] = x
    return states


@njit(parallel=True, fastmath=FAST)
def table_sgd_loop(table, gamma, replicas, steps, seed):
    states = np.empty((replicas, FEATURES), np.float32)
    rate = float32(gamma / BATCH_SIZE)
    for r in prange(replicas):
        generator = seed_32(seed, r)
        theta = np.zeros(FEATURES, np.float32)
        gradient = np.empty(FEATURES, np.float32)
        for _ in range(steps):
            gradient[:] = 0
            for _ in range(BATCH_SIZE):
                word, generator = next_32(generator)
                row = table[(uint64(word) * uint64(len(table))) >> uint64(32)]
                residual = -row[FEATURES]
                for i in range(FEATURES):
                    residual += theta[i] * row[i]
                for i in range(FEATURES):
                    gradient[i] += residual * row[i]
            for i in range(FEATURES):
                theta[i] -= rate * gradient[i]
        states[r] = theta
    return states


def homogenized_sgd(case):
    coefficients = sgd_coefficients(case)
    return lambda seed: homogenized_sgd_loop(*coefficients, case.replicas, case.steps, seed)


def streaming_sgd(case):
    gamma = np.float32(learning_rate(case))
    return lambda seed: streaming_sgd_loop(case.dimension, gamma, case.replicas, case.steps, seed)


def first_passage(case):
    gamma, level = np.float32(learning_rate(case)), np.float32(FIRST_PASSAGE_LEVEL)
    return lambda seed: first_passage_loop(gamma, level, case.replicas, case.steps, seed)


def double_well(case):
    return lambda seed: double_well_loop(case.replicas, case.steps, seed)


def table_sgd(case):
    table, gamma = read_table(case.table), learning_rate(case)
    return lambda seed: table_sgd_loop(table, gamma, case.replicas, case.steps, seed)


if __name__ == "__main__":
    numba.set_num_threads(2)
    serve(
        {"W1": homogenized_sgd, "W2": homogenized_sgd, "W3": streaming_sgd, "W4": first_passage,
         "W5": double_well, "W6": table_sgd},
        {"numba": numba.__version__, "numpy": np.__version__},
    )
