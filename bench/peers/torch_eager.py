"""PyTorch, eager: operations in place, half of the replicas in each of two processes of one thread.

PyTorch fills normals on one thread only, so two processes are 1.9 times faster than one with two threads. Tried for
W1: replicas as rows (10 to 30 % slower); for W4 finished replicas are removed every 20 steps.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import torch

from protocol import (
    BATCH_SIZE, FEATURES, FIRST_PASSAGE_LEVEL, LOSS_FLOOR, STEP_SIZE, TEMPERATURE,
    in_two_processes, learning_rate, read_table, serve, sgd_coefficients,
)

torch.set_num_threads(1)
torch.set_grad_enabled(False)
COMPACT_EVERY = 20


def homogenized_sgd(case):
    contraction, noise, half_spectrum = map(torch.tensor, sgd_coefficients(case))
    contraction, noise, half_spectrum = contraction[:, None], noise[:, None], half_spectrum[None, :]

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        x = torch.zeros(case.dimension, case.replicas)
        z, squares = torch.empty_like(x), torch.empty_like(x)
        for _ in range(case.steps):
            z.normal_(generator=generator)
            torch.mul(x, x, out=squares)
            scale = (half_spectrum @ squares).add_(LOSS_FLOOR).sqrt_()
            z.mul_(noise).mul_(scale)
            x.mul_(contraction).add_(z)
        return x.T

    return run


def streaming_sgd(case):
    gamma = learning_rate(case)

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        theta = torch.zeros(case.dimension, case.replicas)
        z = torch.empty(case.dimension + 1, case.replicas)
        sample, label = z[:-1], z[-1]
        for _ in range(case.steps):
            z.normal_(generator=generator)
            residual = (theta * sample).sum(0).sub_(label)
            theta.addcmul_(sample, residual, value=-gamma)
        return theta.T

    return run


def first_passage(case):
    gamma = learning_rate(case)

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        crossings = torch.zeros(case.replicas, dtype=torch.int32)
        ids = torch.arange(case.replicas)
        theta = torch.zeros(2, case.replicas)
        step = 0
        while ids.numel() and step < case.steps:
            running = torch.ones(ids.numel(), dtype=torch.bool)
            first = torch.zeros(ids.numel(), dtype=torch.int32)
            for step in range(step + 1, min(step + COMPACT_EVERY, case.steps) + 1):
                z = torch.empty(3, ids.numel()).normal_(generator=generator)
                residual = (theta * z[:2]).sum(0).sub_(z[2])
                theta.addcmul_(z[:2], residual, value=-gamma)
                hit = (theta.square().sum(0) >= FIRST_PASSAGE_LEVEL).logical_and_(running)
                first.masked_fill_(hit, step)
                running.logical_xor_(hit)
            crossings[ids] = first
            ids, theta = ids[running], theta[:, running]
        return crossings

    return run


def double_well(case):
    amplitude = (2 * TEMPERATURE * STEP_SIZE) ** 0.5

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        x = torch.full((case.replicas,), -1.0, dtype=torch.float64)
        z = torch.empty_like(x)
        for _ in range(case.steps):
            z.normal_(generator=generator)
            x.addcmul_(x.square().sub_(1), x, value=-STEP_SIZE).add_(z, alpha=amplitude)
        return x

    return run


def table_sgd(case):
    table, rate = torch.tensor(read_table(case.table)), learning_rate(case) / BATCH_SIZE

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        extended = torch.zeros(case.replicas, FEATURES + 1, 1)
        extended[:, FEATURES] = -1
        theta = extended[:, :FEATURES]
        for _ in range(case.steps):
            indices = torch.randint(len(table), (case.replicas * BATCH_SIZE,), generator=generator)
            rows = table.index_select(0, indices).view(case.replicas, BATCH_SIZE, FEATURES + 1)
            residual = torch.bmm(rows, extended)
            theta.sub_(torch.bmm(rows[:, :, :FEATURES].transpose(1, 2), residual), alpha=rate)
        return theta[:, :, 0]

    return run


if __name__ == "__main__":
    workloads = {"W1": homogenized_sgd, "W2": homogenized_sgd, "W3": streaming_sgd, "W4": first_passage,
                 "W5": double_well, "W6": table_sgd}
    serve({name: in_two_processes(prepare) for name, prepare in workloads.items()},
          {"torch": torch.__version__, "numpy": np.__version__})
