"""How long each closed form takes to derive, beside SymPy's `integrate` on the definition.

    python benchmarks/closed_forms.py [--cap SECONDS] [NAME ...]

Derived are mean, variance, normalised dual with its derivative, mu, values at -1, 0, 1 and a_0 to
a_8.  SymPy integrates the double integral of Definition 4, just one of these, in a process of its
own, which is ended after the cap; sqrt(1 - rho^2) is a positive symbol there, which helps it.
"""

import argparse
import multiprocessing
import time
from multiprocessing.queues import Queue

from sympy import Heaviside, Integral, Piecewise, Symbol, exp, integrate, oo, pi

from symbolic import parse_activation, x
from symbolic.catalogue import ACTIVATIONS

NEEDED = {"rectified_power": "(2)", "power_phi": "(2)", "monomial": "(3)", "h": "(4)"}


def derive(name: str) -> float:
    """Return the seconds that the derivation of everything about an activation takes."""
    start = time.perf_counter()
    sigma = parse_activation(name)
    normal = sigma.normalised()
    normal.dual(), normal.dual_derivative(), normal.coefficient_of_nonlinearity()
    for at in (-1, 0, 1):
        normal.dual(at), normal.dual_derivative(at)
    for k in range(9):
        sigma.hermite_coefficient(k)
    return time.perf_counter() - start


def double_integral(name: str, answer: "Queue[float]") -> None:
    """Put the seconds that SymPy needs for the double integral, -1 if it gives it back undone."""
    y, r, s = Symbol("y", real=True), Symbol("r", positive=True), Symbol("s", positive=True)
    sigma = parse_activation(name).expression
    if sigma.has(Heaviside):
        sigma = sigma.rewrite(Piecewise)
    density = exp(-(x**2) / 2 - (y - r * x) ** 2 / (2 * s**2)) / (2 * pi * s)
    start = time.perf_counter()
    inner = integrate(sigma.subs(x, y) * density, (y, -oo, oo))
    found = integrate(sigma * inner, (x, -oo, oo))
    undone = found.has(Integral)
    answer.put(-1.0 if undone else time.perf_counter() - start)


def general(name: str, cap: float) -> float | None:
    """Return the seconds of general integration, None if it was ended or failed."""
    answer: Queue[float] = multiprocessing.Queue()
    process = multiprocessing.Process(target=double_integral, args=(name, answer))
    process.start()
    process.join(cap)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    return None if answer.empty() else answer.get()


def main() -> None:
    """Print the table: seconds of both, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--cap", type=float, default=5.0, help="seconds for general integration")
    given = parser.parse_args()
    names = given.names or [name + NEEDED.get(name, "") for name in ACTIVATIONS]
    total, slowest, solved = 0.0, 0.0, 0
    print(f"{'activation':20} {'derived':>9} {'integrate':>11} {'ratio':>9}")
    for name in names:
        own = derive(name)
        total, slowest = total + own, max(slowest, own)
        other = general(name, given.cap)
        if other is None:
            print(
                f"{name:20} {own:8.3f}s {'>' + str(given.cap) + 's':>11} {given.cap / own:>8.0f}+"
            )
        elif other < 0:
            print(f"{name:20} {own:8.3f}s {'unevaluated':>11}")
        else:
            solved += 1
            print(f"{name:20} {own:8.3f}s {other:10.2f}s {other / own:9.1f}")
    print(f"{len(names)} activations derived in {total:.1f} s, the slowest in {slowest:.2f} s;")
    print(f"general integration returned {solved} within {given.cap:.0f} s each, rho > 0 symbolic")


if __name__ == "__main__":
    main()
