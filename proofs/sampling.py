"""Seeded networks of finite width: their kernels, of which Lemma 5 and formula (2) have the limits.

Doubles and random numbers: samples to look at, no evidence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np
import scipy.special
import sympy
from flint import arb
from numpy.typing import NDArray

from symbolic import Activation, SeriesActivation, x
from symbolic.formula import Tree, constant_value
from symbolic.tree_calculus import derivative

Array = NDArray[np.float64]
Function = Callable[[Array], Array]

FUNCTIONS: dict[str, Callable[..., Array]] = {
    "+": lambda *v: sum(v[1:], v[0]), "*": lambda *v: prod(v[1:], start=v[0]),
    "-": lambda a, b=None: -a if b is None else a - b, "/": np.divide, "^": np.power,
    "sqrt": np.sqrt, "exp": np.exp, "log": np.log, "sin": np.sin, "cos": np.cos, "tan": np.tan,
    "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh, "cosh": np.cosh,
    "tanh": np.tanh, "erf": scipy.special.erf, "erfc": scipy.special.erfc,
    "Phi": scipy.special.ndtr, "abs": np.abs, "sign": np.sign, "floor": np.floor, "ceil": np.ceil,
    "step": lambda v: np.heaviside(v, 0.5), "min": lambda *v: np.minimum.reduce(v),
    "max": lambda *v: np.maximum.reduce(v), "pi": lambda: np.array(np.pi),
}  # fmt: skip


@dataclass(frozen=True)
class Layer:
    """A normalised activation and its derivative as functions of arrays."""

    sigma: Function
    slope: Function


def layer(activation: Activation | SeriesActivation) -> Layer:
    """The functions of an activation without parameters that are letters."""
    mean, deviation = middle(activation.mean_enclosure()), middle(activation.variance_enclosure())
    deviation **= 0.5
    sigma, slope = plain(activation)
    return Layer(lambda v: (sigma(v) - mean) / deviation, lambda v: slope(v) / deviation)


def middle(ball: arb) -> float:
    """The middle of an enclosure."""
    return float(ball.mid())


def plain(activation: Activation | SeriesActivation) -> tuple[Function, Function]:
    """sigma and its derivative away from jumps, before the normalisation."""
    if isinstance(activation, SeriesActivation):
        tree = activation.tree
        return (lambda v: evaluated(tree, v)), (lambda v: evaluated(derivative(tree), v))
    slope = sympy.diff(activation.expression, x).replace(sympy.DiracDelta, lambda *_: 0)
    return vectorised(activation.expression), vectorised(slope)


def vectorised(form: sympy.Expr) -> Function:
    """An expression in x as a function of arrays."""
    made: Function = sympy.lambdify(x, form, [{"erf": scipy.special.erf}, "numpy"])
    return made


def evaluated(tree: Tree, at: Array) -> Array:
    """A formula in x at the entries of an array."""
    if tree == "x":
        return at
    constant = constant_value(tree)
    if constant is not None:
        return np.array(float(constant))
    return FUNCTIONS[tree[0]](*(evaluated(part, at) for part in tree[1:]))


def kernels(of: Layer, rho: float, depth: int, width: int, seed: int) -> Array:
    """k^(l)(x, x') and the tangent kernel of the first l layers, l = 1, ..., depth, as two rows.

    One network with standard normal weights and x.x' = rho: Phi^(l) = sigma(W_l Phi^(l-1))/sqrt(m),
    and f_l = v_l . Phi^(l).  The tangent kernel of f_l is the inner product of its gradients in v_l
    and W_1, ..., W_l.  The gradient in W_j is an outer product, of the error that is sent back to
    layer j and of Phi^(j-1); the errors of all f_l go back together.
    """

    def weights(level: int) -> Array:
        columns = 2 if level == 1 else width
        return np.random.default_rng([seed, level]).standard_normal((width, columns))

    root = width**0.5
    features = [np.array([[1.0, rho], [0.0, (1.0 - rho**2) ** 0.5]])]
    before: list[Array] = []
    for level in range(1, depth + 1):
        before.append(weights(level) @ features[-1])
        features.append(of.sigma(before[-1]) / root)
    top = np.array([f[:, 0] @ f[:, 1] for f in features])
    tangent = top.copy()
    errors = np.empty((width, 0, 2))
    for level in range(depth, 0, -1):
        slopes = (of.slope(before[level - 1]) / root * np.ones((width, 2)))[:, None, :]
        out = np.random.default_rng([seed, level, 1]).standard_normal((width, 1, 1))
        errors = np.concatenate([out * np.ones((1, 1, 2)), errors], axis=1) * slopes
        tangent[level:] += (errors[..., 0] * errors[..., 1]).sum(axis=0) * top[level - 1]
        errors = np.tensordot(weights(level).T, errors, axes=1)
    return np.array([top[1:], tangent[1:]])
