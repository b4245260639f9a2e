"""Numba, vectorized by hand: replicas in lanes, inner loops over lanes that LLVM turns into vector code.

Everything that a library would call is written out so that it vectorizes: xoshiro generators in arrays, Box-Muller
with polynomials for logarithm, sine and cosine (fitted at Chebyshev points), crossings replaced lane by lane.
Lanes tried for W1: 64 and 256 (10 % faster); 128 keep the state of d = 50 near the first cache. W6 has its vectors along the features and is the
program of `numba_scalar.py`.
"""

import math

import numba
import numpy as np
from numba import float32, float64, int32, int64, njit, prange, uint32, uint64
from numpy.polynomial import Chebyshev, Polynomial

from numba_scalar import FAST, seed_32, seed_64, table_sgd
from protocol import (
    FIRST_PASSAGE_LEVEL, LOSS_FLOOR, STEP_SIZE, TEMPERATURE, learning_rate, serve, sgd_coefficients,
)

LANES = 128
PASSAGE_LANES = 64


def fit(function, low, high, degree):
    points = np.cos(np.pi * (np.arange(400) + 0.5) / 400) * (high - low) / 2 + (high + low) / 2
    series = Chebyshev.fit(points, function(points), degree, domain=[low, high])
    return series.convert(kind=Polynomial).coef


def eighth_sine(y):
    return np.sin(np.sqrt(y) * np.pi / 4) / np.sqrt(y)


def eighth_cosine(y):
    return np.cos(np.sqrt(y) * np.pi / 4)


def logarithm_rest(y):
    s = np.sqrt(y)
    return (np.arctanh(s) / s - 1) / y


ROOT = math.sqrt(2)
L0, L1, L2, L3, L4, L5, L6, L7, L8 = map(
    np.float32, fit(lambda t: -2 * np.log1p(t) / t, 1 / ROOT - 1, ROOT - 1, 8))
S0, S1, S2, S3 = map(np.float32, fit(eighth_sine, 1e-9, 1, 3))
C0, C1, C2, C3 = map(np.float32, fit(eighth_cosine, 1e-9, 1, 3))
D0, D1, D2, D3, D4, D5, D6 = fit(logarithm_rest, 1e-4, ((ROOT - 1) / (ROOT + 1)) ** 2, 6)
E0, E1, E2, E3, E4, E5, E6 = fit(eighth_sine, 1e-9, 1, 6)
G0, G1, G2, G3, G4, G5, G6, G7 = fit(eighth_cosine, 1e-9, 1, 7)


@njit(fastmath=FAST)
def draw_pairs_32(generators, lanes, first, second):
    s0, s1, s2, s3 = generators[0], generators[1], generators[2], generators[3]
    for lane in range(lanes):
        a, b, c, e = s0[lane], s1[lane], s2[lane], s3[lane]
        q = uint32(a + e)
        magnitude = uint32(uint32((q << uint32(7)) | (q >> uint32(25))) + a)
        t = uint32(b << uint32(9))
        c ^= a
        e ^= b
        b ^= c
        a ^= e
        c ^= t
        e = uint32((e << uint32(11)) | (e >> uint32(21)))
        q = uint32(a + e)
        angle = uint32(uint32((q << uint32(7)) | (q >> uint32(25))) + a)
        t = uint32(b << uint32(9))
        c ^= a
        e ^= b
        b ^= c
        a ^= e
        c ^= t
        e = uint32((e << uint32(11)) | (e >> uint32(21)))
        s0[lane], s1[lane], s2[lane], s3[lane] = a, b, c, e
        u = float32(magnitude) * float32(2.0**-32) + float32(2.0**-33)
        k = np.float32(u).view(np.int32) - int32(0x3F3504F3)
        m = np.int32((k & int32(0x7FFFFF)) + int32(0x3F3504F3)).view(np.float32) - float32(1)
        square = m * (L0 + m * (L1 + m * (L2 + m * (L3 + m * (L4 + m * (L5 + m * (L6 + m * (L7 + m * L8))))))))
        square += float32(k >> int32(23)) * float32(-2 * math.log(2))
        radius = math.sqrt(max(square, float32(0)))
        v = float32(int32(angle)) * float32(2.0**-31)
        y = v * v
        sine = v * (S0 + y * (S1 + y * (S2 + y * S3)))
        cosine = C0 + y * (C1 + y * (C2 + y * C3))
        radius = radius if angle & uint32(1) else -radius
        swapped = (angle & uint32(2)) != uint32(0)
        first[lane] = radius * (sine if swapped else cosine)
        second[lane] = radius * (cosine if swapped else sine)


@njit(fastmath=FAST)
def draw_pairs_64(generators, lanes, first, second):
    s0, s1, s2, s3 = generators[0], generators[1], generators[2], generators[3]
    for lane in range(lanes):
        a, b, c, e = s0[lane], s1[lane], s2[lane], s3[lane]
        q = a + e
        magnitude = ((q << uint64(23)) | (q >> uint64(41))) + a
        t = b << uint64(17)
        c ^= a
        e ^= b
        b ^= c
        a ^= e
        c ^= t
        e = (e << uint64(45)) | (e >> uint64(19))
        q = a + e
        angle = ((q << uint64(23)) | (q >> uint64(41))) + a
        t = b << uint64(17)
        c ^= a
        e ^= b
        b ^= c
        a ^= e
        c ^= t
        e = (e << uint64(45)) | (e >> uint64(19))
        s0[lane], s1[lane], s2[lane], s3[lane] = a, b, c, e
        u = float64(magnitude) * 2.0**-64 + 2.0**-65
        k = np.float64(u).view(np.int64) - int64(0x3FE6A09E667F3BCD)
        m = np.int64((k & int64(0xFFFFFFFFFFFFF)) + int64(0x3FE6A09E667F3BCD)).view(np.float64) - 1.0
        s = m / (2.0 + m)
        y = s * s
        series = D0 + y * (D1 + y * (D2 + y * (D3 + y * (D4 + y * (D5 + y * D6)))))
        square = -4.0 * (s + s * y * series) - float64(k >> int64(52)) * (2 * math.log(2))
        radius = math.sqrt(max(square, 0.0))
        v = float64(int64(angle)) * 2.0**-63
        y = v * v
        sine = v * (E0 + y * (E1 + y * (E2 + y * (E3 + y * (E4 + y * (E5 + y * E6))))))
        cosine = G0 + y * (G1 + y * (G2 + y * (G3 + y * (G4 + y * (G5 + y * (G6 + y * G7))))))
        radius = radius if angle & uint64(1) else -radius
        swapped = (angle & uint64(2)) != uint64(0)
        first[lane] = radius * (sine if swapped else cosine)
        second[lane] = radius * (cosine if swapped else sine)


@njit
def seeded_32(seed, first_replica, lanes):
    generators = np.empty((4, lanes), np.uint32)
    for lane in range(lanes):
        state = seed_32(seed, first_replica + lane)
        for k in range(4):
            generators[k, lane] = state[k]
    return generators


@njit
def seeded_64(seed, first_replica, lanes):
    generators = np.empty((4, lanes), np.uint64)
    for lane in range(lanes):
        state = seed_64(seed, first_replica + lane)
        for k in range(4):
            generators[k, lane] = state[k]
    return generators


@njit(fastmath=FAST)
def advance_pair(x, y, first, second, scale, loss, coefficients, i):
    contraction, noise, half_spectrum = coefficients
    a, b = contraction[i], contraction[i + 1]
    c, d = noise[i], noise[i + 1]
    g, h = half_spectrum[i], half_spectrum[i + 1]
    for lane in range(LANES):
        v = a * x[lane] + scale[lane] * c * first[lane]
        w = b * y[lane] + scale[lane] * d * second[lane]
        x[lane] = v
        y[lane] = w
        loss[lane] += g * v * v + h * w * w


@njit(parallel=True, fastmath=FAST)
def homogenized_sgd_loop(contraction, noise, half_spectrum, replicas, steps, seed):
    """Coefficients have an even length: an odd dimension is padded by a coordinate of zeros."""
    dimension = contraction.size
    blocks = (replicas + LANES - 1) // LANES
    states = np.empty((dimension, blocks * LANES), np.float32)
    coefficients = (contraction, noise, half_spectrum)
    for block in prange(blocks):
        generators = seeded_32(seed, block * LANES, LANES)
        x = np.zeros((dimension, LANES), np.float32)
        loss = np.full(LANES, float32(LOSS_FLOOR))
        scale = np.empty(LANES, np.float32)
        z = np.empty((2, LANES), np.float32)
        for _ in range(steps):
            for lane in range(LANES):
                scale[lane] = math.sqrt(loss[lane])
                loss[lane] = float32(LOSS_FLOOR)
            for i in range(0, dimension, 2):
                draw_pairs_32(generators, LANES, z[0], z[1])
                advance_pair(x[i], x[i + 1], z[0], z[1], scale, loss, coefficients, i)
        states[:, block * LANES : (block + 1) * LANES] = x
    return states


@njit(parallel=True, fastmath=FAST)
def scalar_sgd_loop(contraction, noise, half_spectrum, replicas, steps, seed):
    """One coordinate: the two normals of a pair serve two steps."""
    blocks = (replicas + LANES - 1) // LANES
    states = np.empty((1, blocks * LANES), np.float32)
    for block in prange(blocks):
        generators = seeded_32(seed, block * LANES, LANES)
        x = np.zeros(LANES, np.float32)
        z = np.empty((2, LANES), np.float32)
        for step in range(steps):
            if step % 2 == 0:
                draw_pairs_32(generators, LANES, z[0], z[1])
            normals = z[step % 2]
            for lane in range(LANES):
                v = x[lane]
                scale = math.sqrt(float32(LOSS_FLOOR) + half_spectrum[0] * v * v)
                x[lane] = contraction[0] * v + scale * noise[0] * normals[lane]
        states[0, block * LANES : (block + 1) * LANES] = x
    return states


@njit(fastmath=FAST)
def add_products(x, y, total):
    for lane in range(LANES):
        total[lane] += x[lane] * y[lane]


@njit(fastmath=FAST)
def subtract_products(x, y, target):
    for lane in range(LANES):
        target[lane] -= x[lane] * y[lane]


@njit(parallel=True, fastmath=FAST)
def streaming_sgd_loop(dimension, gamma, replicas, steps, seed):
    blocks = (replicas + LANES - 1) // LANES
    states = np.empty((dimension, blocks * LANES), np.float32)
    for block in prange(blocks):
        generators = seeded_32(seed, block * LANES, LANES)
        theta = np.zeros((dimension, LANES), np.float32)
        z = np.empty((dimension + 2, LANES), np.float32)
        residual = np.empty(LANES, np.float32)
        for _ in range(steps):
            for i in range(0, dimension + 1, 2):
                draw_pairs_32(generators, LANES, z[i], z[i + 1])
            label = z[dimension]
            for lane in range(LANES):
                residual[lane] = -label[lane]
            for i in range(dimension):
                add_products(theta[i], z[i], residual)
            for lane in range(LANES):
                residual[lane] *= gamma
            for i in range(dimension):
                subtract_products(residual, z[i], theta[i])
        states[:, block * LANES : (block + 1) * LANES] = theta
    return states


@njit(fastmath=FAST)
def advance_passage(p, q, age, x, y, label, gamma, level, limit):
    finished = 0
    for lane in range(PASSAGE_LANES):
        pull = gamma * (p[lane] * x[lane] + q[lane] * y[lane] - label[lane])
        v = p[lane] - pull * x[lane]
        w = q[lane] - pull * y[lane]
        p[lane] = v
        q[lane] = w
        age[lane] += 1
        finished += int32((v * v + w * w >= level) | (age[lane] == limit))
    return finished


@njit(parallel=True, fastmath=FAST)
def first_passage_loop(gamma, level, replicas, steps, seed, tasks):
    crossings = np.zeros(replicas, np.int32)
    for task in prange(tasks):
        following, end = task * replicas // tasks, (task + 1) * replicas // tasks
        generators = seeded_32(seed, following, PASSAGE_LANES)
        p = np.zeros(PASSAGE_LANES, np.float32)
        q = np.zeros(PASSAGE_LANES, np.float32)
        age = np.zeros(PASSAGE_LANES, np.int32)
        ids = np.full(PASSAGE_LANES, -1)
        z = np.empty((6, PASSAGE_LANES), np.float32)
        active = 0
        for lane in range(min(PASSAGE_LANES, end - following)):
            ids[lane] = following
            following += 1
            active += 1
        second = 0
        while active > 0:
            if second == 0:
                for k in range(0, 6, 2):
                    draw_pairs_32(generators, PASSAGE_LANES, z[k], z[k + 1])
            finished = advance_passage(
                p, q, age, z[3 * second], z[3 * second + 1], z[3 * second + 2], gamma, level, steps)
            second = 1 - second
            if finished > 0:
                for lane in range(PASSAGE_LANES):
                    crossed = p[lane] * p[lane] + q[lane] * q[lane] >= level
                    if crossed or age[lane] == steps:
                        if ids[lane] >= 0:
                            crossings[ids[lane]] = age[lane] if crossed else 0
                            ids[lane] = -1
                            if following < end:
                                ids[lane] = following
                                following += 1
                            else:
                                active -= 1
                        p[lane] = 0
                        q[lane] = 0
                        age[lane] = 0
    return crossings


@njit(fastmath=FAST)
def advance_double_well(x, normals):
    amplitude = math.sqrt(2 * TEMPERATURE * STEP_SIZE)
    for lane in range(LANES):
        v = x[lane]
        x[lane] = v + (v - v * v * v) * STEP_SIZE + amplitude * normals[lane]


@njit(parallel=True, fastmath=FAST)
def double_well_loop(replicas, steps, seed):
    blocks = (replicas + LANES - 1) // LANES
    states = np.empty(blocks * LANES)
    for block in prange(blocks):
        generators = seeded_64(seed, block * LANES, LANES)
        x = np.full(LANES, -1.0)
        z = np.empty((2, LANES))
        for step in range(steps):
            if step % 2 == 0:
                draw_pairs_64(generators, LANES, z[0], z[1])
            advance_double_well(x, z[step % 2])
        states[block * LANES : (block + 1) * LANES] = x
    return states


def homogenized_sgd(case):
    coefficients = sgd_coefficients(case)
    if case.dimension == 1:
        return lambda seed: scalar_sgd_loop(*coefficients, case.replicas, case.steps, seed)[:, : case.replicas].T
    padded = tuple(np.pad(values, (0, case.dimension % 2)) for values in coefficients)
    return lambda seed: homogenized_sgd_loop(
        *padded, case.replicas, case.steps, seed)[: case.dimension, : case.replicas].T


def streaming_sgd(case):
    gamma = np.float32(learning_rate(case))
    return lambda seed: streaming_sgd_loop(
        case.dimension, gamma, case.replicas, case.steps, seed)[:, : case.replicas].T


def first_passage(case):
    gamma, level = np.float32(learning_rate(case)), np.float32(FIRST_PASSAGE_LEVEL)
    return lambda seed: first_passage_loop(gamma, level, case.replicas, case.steps, seed, 2)


def double_well(case):
    return lambda seed: double_well_loop(case.replicas, case.steps, seed)[: case.replicas]


if __name__ == "__main__":
    numba.set_num_threads(2)
    serve(
        {"W1": homogenized_sgd, "W2": homogenized_sgd, "W3": streaming_sgd, "W4": first_passage,
         "W5": double_well, "W6": table_sgd},
        {"numba": numba.__version__, "numpy": np.__version__},
    )
