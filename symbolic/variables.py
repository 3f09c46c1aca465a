"""The letters of the paper: pre-activation x, correlation rho, slope a, coefficient mu."""

from sympy import Symbol

x = Symbol("x", real=True)
"""The argument of an activation, a standard Gaussian under every expectation."""

rho = Symbol("rho", real=True)
"""The correlation of the pair (X, X') of Definition 4."""

slope = Symbol("a", real=True)
"""The slope of a leaky ReLU on the negative half-line, when it is left symbolic."""

mu = Symbol("mu", positive=True)
"""The coefficient of non-linearity of a two-term activation, when it is left symbolic."""
