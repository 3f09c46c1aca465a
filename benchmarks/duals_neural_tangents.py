"""Run by benchmarks/duals.py in an environment of its own, which has neural-tangents and jax.

Reads {"points": n, "near_one": [...]} from standard input and prints what neural-tangents has: the
names of its activations in closed form and, for some, the nanoseconds an entry of an n x n kernel
takes and the dual at the correlations near one.  The layer is given the correlations themselves, so
that neither the time nor the error is that of the inner products before it.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import jax
import numpy as np

jax.config.update("jax_enable_x64", True)

from neural_tangents import stax  # noqa: E402

CLOSED = (
    "ABRelu", "Abs", "Cos", "Erf", "Exp", "ExpNormalized", "Gabor", "Gaussian", "Gelu", "Hermite",
    "Identity", "LeakyRelu", "Monomial", "Polynomial", "Rbf", "RectifiedMonomial", "Relu",
    "Sigmoid_like", "Sign", "Sin",
)  # fmt: skip

ACTIVATIONS = {
    "relu": stax.Relu(), "leaky_relu(1/10)": stax.LeakyRelu(0.1), "abs": stax.Abs(),
    "rectified_power(2)": stax.RectifiedMonomial(2), "sign": stax.Sign(), "erf": stax.Erf(),
    "gelu": stax.Gelu(), "sin": stax.Sin(), "cos": stax.Cos(), "exp": stax.Exp(),
    "gaussian": stax.Gaussian(1, -1),
}  # fmt: skip


def dual_of(layer: Any) -> Callable[[Any], Any]:
    """The map of a layer from correlations to E sigma(X) sigma(X'), compiled."""
    start = stax.serial(stax.Dense(1))[2](np.ones((1, 1)), np.ones((1, 1)))

    def dual(rho: Any) -> Any:
        ones = [jax.numpy.ones(n) for n in rho.shape]
        given = start.replace(nngp=rho, ntk=None, cov1=ones[0], cov2=ones[1],
                              shape1=(rho.shape[0], 1), shape2=(rho.shape[1], 1))  # fmt: skip
        return layer[2](given).nngp

    compiled: Callable[[Any], Any] = jax.jit(dual)
    return compiled


def main() -> None:
    """Measure each activation: the least time of 25 runs, and the values near one."""
    asked = json.load(sys.stdin)
    points = jax.numpy.asarray(np.random.default_rng(0).uniform(-1, 1, 2 * (asked["points"],)))
    near = jax.numpy.asarray(np.array(asked["near_one"])[None, :])
    measured = {}
    for name, layer in ACTIVATIONS.items():
        dual = dual_of(layer)
        dual(points).block_until_ready()
        times = []
        for _ in range(25):
            start = time.perf_counter()
            dual(points).block_until_ready()
            times.append(time.perf_counter() - start)
        measured[name] = (min(times) / points.size * 1e9, np.asarray(dual(near))[0].tolist())
    closed = [name for name in CLOSED if hasattr(stax, name)]
    json.dump({"closed": closed, "measured": measured}, sys.stdout)


main()
