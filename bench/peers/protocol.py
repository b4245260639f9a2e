"""The protocol of a peer: one JSON request a line on stdin, one JSON answer a line on stdout.

A request is {"workload", "dimension", "replicas", "steps", "seed", "table", "warm"}; an answer is
{"seconds", "mean", "standardError", "censoredShare", "warmup"}, or {"error"}. A request {"describe": true}
is answered by {"versions"}; a request with "warm" is one whose answer is not counted. A peer gives, per workload, `prepare(case) -> run(seed) -> state`: what `prepare`
and the first `run` of a case cost is `warmup` and no part of `seconds`; `run` returns when its state
is computed, shape (replicas, dimension), or (replicas,) crossing steps for W4, 0 for a censored replica.
The statistic is computed here, after the clock has stopped, by the same code for every peer.
"""

import json
import multiprocessing
import os
import sys
import time
from collections import namedtuple

import numpy as np

Case = namedtuple("Case", "workload dimension replicas steps table")

LOSS_FLOOR = 0.5
FIRST_PASSAGE_LEVEL = 0.85
LEARNING_RATE = {"W1": 0.1, "W2": 0.1, "W4": 0.1, "W6": 0.02}
BATCH_SIZE = 10
FEATURES = 20
STEP_SIZE = 0.01
TEMPERATURE = 0.25


def learning_rate(case):
    if case.workload == "W3":
        return 0.01 if case.dimension >= 50 else 0.1
    return LEARNING_RATE[case.workload]


def spectrum(dimension):
    return 1.0 / np.arange(1, dimension + 1)


def sgd_coefficients(case):
    """Of the homogenized SGD: contraction 1 - gamma lambda, noise gamma sqrt(2 lambda), half the spectrum."""
    gamma, eigenvalues = learning_rate(case), spectrum(case.dimension)
    return (
        (1 - gamma * eigenvalues).astype(np.float32),
        (gamma * np.sqrt(2 * eigenvalues)).astype(np.float32),
        (0.5 * eigenvalues).astype(np.float32),
    )


def read_table(path):
    """Rows of (features, label), float32."""
    return np.fromfile(path, dtype="<f4").reshape(-1, FEATURES + 1)


def replica_values(case, state):
    """What the workload's statistic is the mean of, one float64 value a replica."""
    state = np.asarray(state, dtype=np.float64)
    if case.workload in ("W1", "W2"):
        return LOSS_FLOOR + 0.5 * (state**2 @ spectrum(case.dimension))
    if case.workload == "W4":
        return np.where(state == 0, case.steps, state)
    if case.workload == "W6":
        table = read_table(case.table).astype(np.float64)
        features, labels = table[:, :FEATURES], table[:, FEATURES]
        gram, cross = features.T @ features / len(table), features.T @ labels / len(table)
        return 0.5 * (np.sum((state @ gram) * state, axis=1) - 2 * (state @ cross) + np.mean(labels**2))
    return np.sum(state.reshape(case.replicas, -1) ** 2, axis=1)


def summarize(case, state):
    values = replica_values(case, state)
    if values.shape != (case.replicas,):
        raise ValueError(f"expected {case.replicas} replicas, found an array of shape {values.shape}")
    return {
        "mean": float(values.mean()),
        "standardError": float(values.std(ddof=1) / np.sqrt(case.replicas)),
        "censoredShare": float(np.mean(np.asarray(state) == 0)) if case.workload == "W4" else None,
    }


def answer(request, workloads, versions, prepared):
    if request.get("describe"):
        return {"versions": versions}
    case = Case(*(request.get(field) for field in Case._fields))
    start = time.perf_counter()
    warmup = None
    if case not in prepared:
        prepared.clear()
        prepared[case] = workloads[case.workload](case)
        prepared[case](request["seed"] + 1_000_003)
        warmup = time.perf_counter() - start
    start = time.perf_counter()
    state = prepared[case](request["seed"])
    seconds = time.perf_counter() - start
    if callable(state):
        state = state()
    return {"seconds": seconds, "warmup": warmup, **summarize(case, state)}


def serve(workloads, versions):
    """Answers requests until stdin ends. Anything a library prints goes to stderr."""
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    prepared = {}
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line), workloads, versions, prepared)
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        channel.write(json.dumps(reply) + "\n")
        channel.flush()


def _share(prepare, case, index, pipe):
    run, state = prepare(case), None
    while True:
        try:
            seed = pipe.recv()
        except EOFError:
            return
        if seed is None:
            pipe.send(np.array(state() if callable(state) else state))
        else:
            state = run(2 * seed + index)
            pipe.send("done")


def in_two_processes(prepare):
    """The same program on half of the replicas in each of two processes of one thread.

    The processes are kept between runs; a run ends when both have computed their state, which is
    collected afterwards. `prepare` is a function of a module, so that a spawned process finds it.
    """

    def split(case):
        context = multiprocessing.get_context("spawn")
        first = case.replicas // 2
        pipes = []
        for index, replicas in enumerate((first, case.replicas - first)):
            ours, theirs = context.Pipe()
            context.Process(
                target=_share, args=(prepare, case._replace(replicas=replicas), index, theirs), daemon=True
            ).start()
            theirs.close()
            pipes.append(ours)

        def collect():
            for pipe in pipes:
                pipe.send(None)
            return np.concatenate([pipe.recv() for pipe in pipes])

        def run(seed):
            for pipe in pipes:
                pipe.send(seed)
            for pipe in pipes:
                pipe.recv()
            return collect

        return run

    return split
