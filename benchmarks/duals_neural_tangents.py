"""Run by benchmarks/duals.py in an environment of its own, which has neural-tangents and jax.

Reads {"points": n, "near_one": [...]} from standard input and prints, for each activation, the
nanoseconds an entry of an n x n kernel takes and the dual at the correlations near one.
"""

import json
import os
import sys
import time
from functools import partial

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import numpy as np

jax.config.update("jax_enable_x64", True)

from neural_tangents import stax  # noqa: E402

ACTIVATIONS = {"relu": stax.Relu, "abs": stax.Abs, "sign": stax.Sign, "erf": stax.Erf}


def main() -> None:
    """Measure each activation on points of the plane with |x|^2/2 = 1, the scale of its input."""
    asked = json.load(sys.stdin)
    angles = np.random.default_rng(0).uniform(0, 2 * np.pi, asked["points"])
    points = np.sqrt(2.0) * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rho = np.array(asked["near_one"])
    near = np.sqrt(2.0) * np.stack([rho, np.sqrt((1 - rho) * (1 + rho))], axis=1)
    one = np.array([[np.sqrt(2.0), 0.0]])
    measured = {}
    for name, layer in ACTIVATIONS.items():
        kernel = jax.jit(partial(layer()[2], get="nngp"))
        kernel(points, points).block_until_ready()
        times = []
        for _ in range(25):
            start = time.process_time()
            kernel(points, points).block_until_ready()
            times.append(time.process_time() - start)
        values = np.asarray(kernel(one, near))[0]
        measured[name] = (min(times) / points.shape[0] ** 2 * 1e9, values.tolist())
    json.dump(measured, sys.stdout)


main()
