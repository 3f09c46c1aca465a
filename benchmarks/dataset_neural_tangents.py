"""Run by benchmarks/dataset.py in an environment of its own, which has neural-tangents and jax.

Reads {"size": n, "dimension": d, "depth": L} from standard input and prints the seconds of
processor time that both kernels of the ReLU network take in float64, compiled before, in one
thread.
"""

import json
import os
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import numpy as np

jax.config.update("jax_enable_x64", True)

from neural_tangents import stax  # noqa: E402


def main() -> None:
    """The lesser of two runs."""
    asked = json.load(sys.stdin)
    layers = [stax.Dense(1), *[stax.Relu(), stax.Dense(1)] * asked["depth"]]
    kernels = jax.jit(lambda x: stax.serial(*layers)[2](x, None, ("nngp", "ntk")))
    n = asked["size"]
    points = np.random.default_rng(n).standard_normal((n, asked["dimension"]))
    jax.block_until_ready(kernels(points))
    times = []
    for _ in range(2):
        start = time.process_time()
        jax.block_until_ready(kernels(points))
        times.append(time.process_time() - start)
    json.dump(min(times), sys.stdout)


main()
