"""PyTorch with torch.compile: a compiled step fed with normals of the eager generator, two processes of one thread.

Tried for W1: one process of two threads (1.85 times slower, PyTorch fills normals on one thread only), five steps a
graph (equal), replicas as rows (5 % slower), blocks of 1,000 replicas (1.5 times slower), a new state instead of
one in place (equal; 1.3 times slower from d = 50 or R = 100,000); normals inside of the graph are slower still. For W4
ten steps a graph, and finished replicas are removed when half of the lanes are idle.
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
torch._dynamo.config.recompile_limit = 64
STEPS_A_GRAPH = 10
FEWEST_LANES = 32


def compiled(step):
    return torch.compile(step, dynamic=False)


def homogenized_sgd(case):
    contraction, noise, half_spectrum = (torch.tensor(values[:, None]) for values in sgd_coefficients(case))

    @compiled
    def step(x, z):
        loss = LOSS_FLOOR + (half_spectrum * x * x).sum(0, keepdim=True)
        x.copy_(contraction * x + noise * torch.sqrt(loss) * z)

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        x = torch.zeros(case.dimension, case.replicas)
        z = torch.empty_like(x)
        for _ in range(case.steps):
            step(x, z.normal_(generator=generator))
        return x.T

    return run


def streaming_sgd(case):
    gamma = learning_rate(case)

    @compiled
    def step(theta, z):
        sample = z[:-1]
        residual = (theta * sample).sum(0, keepdim=True) - z[-1:]
        theta.sub_(gamma * residual * sample)

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        theta = torch.zeros(case.dimension, case.replicas)
        z = torch.empty(case.dimension + 1, case.replicas)
        for _ in range(case.steps):
            step(theta, z.normal_(generator=generator))
        return theta.T

    return run


def first_passage(case):
    gamma = learning_rate(case)

    @compiled
    def steps(p, q, crossing, z):
        """`crossing` is the step of this graph at which a lane crossed, or -1."""
        for k in range(STEPS_A_GRAPH):
            pull = gamma * (p * z[k, 0] + q * z[k, 1] - z[k, 2])
            p, q = p - pull * z[k, 0], q - pull * z[k, 1]
            hit = (crossing < 0) & (p * p + q * q >= FIRST_PASSAGE_LEVEL)
            crossing = torch.where(hit, k, crossing)
        return p, q, crossing

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        crossings = torch.zeros(case.replicas + 1, dtype=torch.int32)
        lanes = case.replicas
        ids = torch.arange(lanes)
        p, q = torch.zeros(lanes), torch.zeros(lanes)
        pending = torch.full((lanes,), -1, dtype=torch.int32)
        z = torch.empty(STEPS_A_GRAPH, 3, lanes)
        for done in range(0, case.steps, STEPS_A_GRAPH):
            p, q, crossing = steps(p, q, pending, z.normal_(generator=generator))
            hit = crossing >= 0
            crossings[ids[hit]] = done + 1 + crossing[hit]
            ids.masked_fill_(hit, case.replicas)
            active = ids < case.replicas
            count = int(active.sum())
            if count == 0:
                break
            while count <= lanes // 2 and lanes > FEWEST_LANES:
                kept = torch.argsort(active, descending=True, stable=True)[: (lanes + 1) // 2]
                lanes = kept.numel()
                ids, p, q, active = ids[kept], p[kept], q[kept], active[kept]
                pending, z = pending[:lanes].clone(), torch.empty(STEPS_A_GRAPH, 3, lanes)
        return crossings[:-1]

    return run


def double_well(case):
    amplitude = (2 * TEMPERATURE * STEP_SIZE) ** 0.5

    @compiled
    def step(x, z):
        return x + (x - x * x * x) * STEP_SIZE + amplitude * z

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        x = torch.full((case.replicas,), -1.0, dtype=torch.float64)
        z = torch.empty_like(x)
        for _ in range(case.steps):
            x = step(x, z.normal_(generator=generator))
        return x

    return run


def table_sgd(case):
    table, rate = torch.tensor(read_table(case.table)), learning_rate(case) / BATCH_SIZE

    @compiled
    def step(extended, indices):
        rows = table.index_select(0, indices).view(case.replicas, BATCH_SIZE, FEATURES + 1)
        residual = torch.bmm(rows, extended)
        gradient = torch.bmm(rows.transpose(1, 2), residual)
        gradient[:, FEATURES] = 0
        return extended - rate * gradient

    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        extended = torch.zeros(case.replicas, FEATURES + 1, 1)
        extended[:, FEATURES] = -1
        for _ in range(case.steps):
            indices = torch.randint(len(table), (case.replicas * BATCH_SIZE,), generator=generator)
            extended = step(extended, indices)
        return extended[:, :FEATURES, 0]

    return run


if __name__ == "__main__":
    workloads = {"W1": homogenized_sgd, "W2": homogenized_sgd, "W3": streaming_sgd, "W4": first_passage,
                 "W5": double_well, "W6": table_sgd}
    serve({name: in_two_processes(prepare) for name, prepare in workloads.items()},
          {"torch": torch.__version__, "numpy": np.__version__})
