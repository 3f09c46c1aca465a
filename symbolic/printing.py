"""How expressions are written: in plain text with Greek letters, and in LaTeX."""

from __future__ import annotations

import re
from typing import Any

from sympy import Expr
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

_WORDS = {
    "Sigma": "Σ", "sigma": "σ", "rho": "ρ", "alpha": "α", "Phi_2": "Φ₂", "Phi": "Φ", "pi": "π",
}  # fmt: skip
_GREEK = {"rho": "ρ", "mu": "μ", "alpha": "α", "sigma": "σ", "delta": "δ"}


class _Text(StrPrinter):  # type: ignore[misc]
    """SymPy's one-line form, with powers written as ^ and case distinctions in words."""

    def _print_Symbol(self, symbol: Any) -> str:
        return str(_GREEK.get(symbol.name, symbol.name))

    def _print_Pi(self, _: Any) -> str:
        return "π"

    def _print_Exp1(self, _: Any) -> str:
        return "e"

    def _print_Infinity(self, _: Any) -> str:
        return "∞"

    def _print_NegativeInfinity(self, _: Any) -> str:
        return "-∞"

    def _print_Pow(self, power: Any, rational: bool = False) -> str:
        return str(super()._print_Pow(power, rational=rational)).replace("**", "^")

    def _print_BivariateNormal(self, function: Any) -> str:
        h, k, r = (self._print(argument) for argument in function.args)
        return f"Φ₂({h}, {k}; {r})"

    def _print_Hermite(self, function: Any) -> str:
        n, z = (self._print(argument) for argument in function.args)
        return f"He_{{{n}}}({z})"

    def _print_factorial(self, function: Any) -> str:
        return f"{self._print(function.args[0])}!"

    def _print_Abs(self, function: Any) -> str:
        return f"|{self._print(function.args[0])}|"

    def _print_Max(self, function: Any) -> str:
        return f"max({', '.join(sorted(map(self._print, function.args)))})"

    def _print_Min(self, function: Any) -> str:
        return f"min({', '.join(sorted(map(self._print, function.args)))})"

    def _print_Heaviside(self, function: Any) -> str:
        return f"step({self._print(function.args[0])})"

    def _print_Piecewise(self, function: Any) -> str:
        parts = [
            f"{self._print(value)} otherwise"
            if condition == True  # noqa: E712  (SymPy's true)
            else f"{self._print(value)} for {self._print(condition)}"
            for value, condition in function.args
        ]
        return "; ".join(parts)


class _Latex(LatexPrinter):  # type: ignore[misc]
    """SymPy's LaTeX, with arcsin and e^x as the paper writes them."""

    def _print_Hermite(self, function: Any, exp: Any = None) -> str:
        n, z = (self._print(argument) for argument in function.args)
        inside = rf"\mathrm{{He}}_{{{n}}}\left({z}\right)"
        return inside if exp is None else rf"{inside}^{{{exp}}}"

    def _print_Heaviside(self, function: Any, exp: Any = None) -> str:
        inside = rf"\mathbf{{1}}\left\{{{self._print(function.args[0])} > 0\right\}}"
        return inside if exp is None else rf"{inside}^{{{exp}}}"


def text(expression: Expr) -> str:
    """Return the expression in one line of plain text."""
    return str(_Text().doprint(expression))


def greek(words: str) -> str:
    """Return a sentence with the names of Greek letters replaced by the letters."""
    return re.sub(rf"\b({'|'.join(_WORDS)})\b", lambda found: _WORDS[found[0]], words)


def latex(expression: Expr) -> str:
    """Return the expression in LaTeX."""
    return str(_Latex({"inv_trig_style": "full"}).doprint(expression))
