"""The Gram matrix of the gradients of a 64-1000-1000-1 ReLU network on 1,797 digits in PyTorch.

`gram.py layers FILE` sums layer-wise products of inputs and output gradients, as an expert writes it; `gram.py vmap FILE`
takes `vmap` of `grad`, then J J^T, as the documentation of `torch.func` has it, and holds all per-sample gradients.
Answers every line on stdin by one line of JSON: the run's seconds with trace and Frobenius norm of the matrix, and the
process' memory before the first run and at its peak.
"""

import json
import re
import sys
import time

import numpy as np
import torch

UNITS = (64, 1000, 1000, 1)
SAMPLES = 1797


def load(path):
    numbers = np.fromfile(path, dtype="<f4")
    offset = 0

    def take(*shape):
        nonlocal offset
        size = int(np.prod(shape))
        offset += size
        return torch.from_numpy(numbers[offset - size : offset].reshape(shape).copy())

    inputs = take(SAMPLES, UNITS[0])
    return inputs, [(take(a, b), take(b)) for a, b in zip(UNITS, UNITS[1:])]


def layer_products(inputs, layers):
    (w1, b1), (w2, b2), (w3, _) = layers
    with torch.inference_mode():
        a1 = torch.addmm(b1, inputs, w1).relu_()
        a2 = torch.addmm(b2, a1, w2).relu_()
        d2 = (a2 > 0) * w3.T
        d1 = (d2 @ w2.T).mul_(a1 > 0)
        gram = (a2 @ a2.T).add_(1)
        for activations, gradients in ((a1, d2), (inputs, d1)):
            gram.addcmul_((activations @ activations.T).add_(1), gradients @ gradients.T)
        return gram


def gradient_matrix(inputs, layers):
    parameters = {f"{name}{i}": value for i, pair in enumerate(layers) for name, value in zip("wb", pair)}

    def output(values, x):
        for i in range(len(layers)):
            x = x @ values[f"w{i}"] + values[f"b{i}"]
            x = x.relu() if i + 1 < len(layers) else x
        return x.squeeze()

    gradients = torch.func.vmap(torch.func.grad(output), in_dims=(None, 0))(parameters, inputs)
    jacobian = torch.cat([value.flatten(1) for value in gradients.values()], 1)
    return jacobian @ jacobian.T


def peak_bytes():
    with open("/proc/self/status") as status:
        return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1))


def main():
    way = {"layers": layer_products, "vmap": gradient_matrix}[sys.argv[1]]
    inputs, layers = load(sys.argv[2])
    loaded = peak_bytes()
    for line in sys.stdin:
        if line.strip() == "describe":
            print(json.dumps({"versions": {"torch": torch.__version__}}), flush=True)
            continue
        start = time.perf_counter()
        gram = way(inputs, layers)
        seconds = time.perf_counter() - start
        answer = {"seconds": seconds, "loadedBytes": loaded, "peakBytes": peak_bytes()}
        answer["trace"], answer["norm"] = float(gram.diagonal().sum()), float(torch.linalg.norm(gram))
        del gram
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
