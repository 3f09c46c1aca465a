"""Mathematics as MathML: terms, formulas and statements of certificates, set as a person would."""

from collections.abc import Callable, Mapping
from html import escape
from itertools import pairwise
from typing import Any

from certificates.terms import (
    BINDERS,
    FUNCTIONS,
    GREEK,
    Formula,
    Term,
    number,
    rational_exponent,
    reduction,
    show,
)

SUM, BODY, PRODUCT, POWER = 1, 2, 3, 4  # BODY: what a sum or product sign stands before
INVERSES = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
RELATIONS = {"<=": "≤", "<": "<", "=": "=", "!=": "≠"}
SPECTRA = {"lambda_min": ("λ", "min"), "lambda_max": ("λ", "max"), "kappa": ("κ", "")}
APPLY = "<mo>&#x2061;</mo>"
THIN = '<mspace width="0.17em"/>'
TIMES = "<mo>&#x2062;</mo>"


def row(*parts: str) -> str:
    """The parts side by side."""
    return f"<mrow>{''.join(parts)}</mrow>"


def operator(symbol: str) -> str:
    """An operator or a relation."""
    return f"<mo>{escape(symbol)}</mo>"


def words(text: str) -> str:
    """Words within a formula."""
    return f"<mtext>{escape(text).replace(' ', '&#xa0;')}</mtext>"


def fenced(inner: str, left: str = "(", right: str = ")") -> str:
    """The expression between two fences that grow with it."""
    fence = '<mo fence="true" stretchy="true">{}</mo>'
    return row(fence.format(left), inner, fence.format(right))


def below(base: str, index: str) -> str:
    """The base with an index below."""
    return f"<msub>{base}{index}</msub>"


def listed(parts: list[str]) -> str:
    """The parts, separated by commas."""
    return '<mo separator="true">,</mo>'.join(parts)


def name(text: str) -> str:
    """A name: Greek letters real, a trailing number as an index."""
    text = text.strip("_") or text  # names that an engine has made fresh begin with one
    letters, digits = text.rstrip("0123456789"), text[len(text.rstrip("0123456789")) :]
    base, _, tail = letters.rstrip("_").partition("_")
    index = (f"<mi>{escape(tail)}</mi>" if tail else "") + (f"<mn>{digits}</mn>" if digits else "")
    if letters.rstrip("_") == "sigma_hat":
        head, index = hat("σ"), f"<mn>{digits}</mn>" if digits else ""
    else:
        letter = str(GREEK.get(base, base))
        style = ' mathvariant="normal"' if len(letter) == 1 and letter.isupper() else ""
        head = f"<mi{style if style and len(base) > 1 else ''}>{escape(letter)}</mi>"
    return below(head, row(index)) if index else head


def hat(letter: str) -> str:
    """A letter with a hat."""
    return f'<mover accent="true"><mi>{letter}</mi><mo>^</mo></mover>'


class Setter:
    """Sets the terms of one statement; the index of sigma-hat is left out when it says nothing."""

    def __init__(self, sequences: int = 1) -> None:
        self._sequences = sequences

    def term(self, term: Term, level: int = 0) -> str:
        """A term; `level` is how tightly what stands around it binds."""
        if not isinstance(term, tuple):
            return self._atom(term, level)
        op, args = term[0], term[1:]
        special: dict[str, Callable[[], str]] = {
            "+": lambda: self._wrapped(self._sum(args), level > SUM),
            "-": lambda: self._wrapped(self._difference(args), level > (SUM if args[1:] else 0)),
            "*": lambda: self._wrapped(self._product(args, level), level > PRODUCT),
            "/": lambda: self._wrapped(
                f"<mfrac>{row(self.term(args[0]))}{row(self.term(args[1]))}</mfrac>",
                level >= POWER),
            "^": lambda: self._wrapped(
                f"<msup>{self.term(args[0], POWER)}{row(self.term(args[1]))}</msup>",
                level >= POWER),
            "rpow": lambda: self._wrapped(self._root(args), level >= POWER),
            "abs": lambda: fenced(self.term(args[0]), "|", "|"),
            "sqrt": lambda: self._wrapped(
                f"<msqrt>{self.term(args[0])}</msqrt>", level >= POWER),
            "exp": lambda: self._exponential(args[0], level),
            "pi": lambda: "<mi>π</mi>",
            "ceil": lambda: fenced(self.term(args[0]), "⌈", "⌉"),
            "floor": lambda: fenced(self.term(args[0]), "⌊", "⌋"),
            "ite": lambda: self._choice(args, level),
            "call": lambda: self._call(args),
            "coef": lambda: below(name(args[0]), row(self.term(args[1]))),
            "entry": lambda: below(name(args[0]), self._indices(args[1:])),
            "dual": lambda: row(self._dual(args[0]), APPLY, fenced(self.term(args[1]))),
            "apply": lambda: row(name(args[0]), APPLY, fenced(self.term(args[1]))),
            "slope": lambda: row(f"<msup>{name(args[0])}{operator('′')}</msup>", APPLY,
                                 fenced(self.term(args[1]))),
            "series": lambda: self._wrapped(self._series(args), level > BODY),
            "fold": lambda: self._wrapped(self._fold(args), level > BODY),
            "iter": lambda: self._iterate(args),
            "expect": lambda: self._expectation(
                row(name(args[0]), operator("∼"), "<mi>N</mi>",
                    fenced(listed(["<mn>0</mn>", "<mn>1</mn>"]))), args[1]),
            "expect2": lambda: self._expectation(
                row(fenced(listed([name(args[1]), name(args[2])])), operator("∼"), "<mi>N</mi>",
                    fenced(listed(["<mn>0</mn>", below("<mi>Σ</mi>", row(self.term(args[0])))]))),
                args[3]),
        }  # fmt: skip
        if op in special:
            return special[op]()
        if op in BINDERS:
            symbol, index = SPECTRA.get(op, (op, ""))
            head = f"<mi>{symbol}</mi>"
            head = below(head, f"<mi>{index}</mi>") if index else head
            return row(head, APPLY, fenced(self._matrix(args)))
        function = f"<mi>{escape(str(INVERSES.get(op, GREEK.get(op, op))))}</mi>"
        return row(function, APPLY, fenced(listed([self.term(a) for a in args])))

    def _atom(self, term: Term, level: int) -> str:
        value = number(term)
        if value is None:
            return name(str(term))
        size = f"<mn>{abs(value.numerator)}</mn>"
        if value.denominator != 1:
            size = f"<mfrac>{size}<mn>{value.denominator}</mn></mfrac>"
        signed = row(operator("−"), size) if value < 0 else size
        loose = SUM if value < 0 else PRODUCT if value.denominator != 1 else POWER
        return self._wrapped(signed, level > loose)

    @staticmethod
    def _wrapped(inner: str, needed: bool) -> str:
        return fenced(inner) if needed else row(inner)

    def _sum(self, args: tuple[Term, ...]) -> str:
        text = self.term(args[0], PRODUCT if _ends_open(args[0]) else 0)
        for k, a in enumerate(args[1:], 2):
            open_ended = k < len(args) and _ends_open(a)
            tight = PRODUCT if _negative(a) or open_ended else SUM
            text += operator("+") + self.term(a, tight)
        return text

    def _difference(self, args: tuple[Term, ...]) -> str:
        if len(args) == 1:
            return operator("−") + self.term(args[0], PRODUCT)
        first = self.term(args[0], PRODUCT if _ends_open(args[0]) else 0)
        return first + operator("−") + self.term(args[1], PRODUCT)

    def _product(self, args: tuple[Term, ...], level: int) -> str:
        """The factors; a sum or product at the end needs no fence where nothing follows."""
        text = self.term(args[0], PRODUCT)
        for before, a in pairwise(args):
            plain = number(a) is not None or (number(before) is not None and _starts_numeric(a))
            last = a is args[-1] and level < PRODUCT and _is_series(a)
            sign = operator("⋅") if plain else TIMES + (THIN if _is_function(a) else "")
            text += sign + self.term(a, BODY if last else PRODUCT)
        return text

    def _exponential(self, exponent: Term, level: int) -> str:
        """A power of e, or exp where a quotient would be too small to read."""
        if _holds_quotient(exponent):
            return row("<mi>exp</mi>", APPLY, fenced(self.term(exponent)))
        power = f'<msup><mi mathvariant="normal">e</mi>{row(self.term(exponent))}</msup>'
        return self._wrapped(power, level >= POWER)

    def _root(self, args: tuple[Any, ...]) -> str:
        base, exponent = args[0], rational_exponent(args[1])
        if exponent.numerator == 1:
            index = f"<mn>{exponent.denominator}</mn>"
            inner = row(self.term(base))
            return f"<mroot>{inner}{index}</mroot>" if exponent.denominator > 2 else (
                f"<msqrt>{inner}</msqrt>")  # fmt: skip
        return f"<msup>{self.term(base, POWER)}{row(self._atom(args[1], 0))}</msup>"

    def _indices(self, args: tuple[Term, ...]) -> str:
        """Indices side by side, with a comma where one is more than a letter or a digit."""
        shown = [self.term(a) for a in args]
        return row(*shown) if all(len(str(a)) == 1 for a in args) else row(listed(shown))

    def _choice(self, args: tuple[Any, ...], level: int) -> str:
        condition, yes, no = args
        if number(no) == 0:
            bracket = fenced(self.formula(condition), "[", "]")
            return bracket if number(yes) == 1 else row(self.term(yes, PRODUCT), TIMES, bracket)
        rows = (
            f"<mtr><mtd>{self.term(yes)}</mtd>"
            f"<mtd>{words('if ')}{self.formula(condition)}</mtd></mtr>"
            f"<mtr><mtd>{self.term(no)}</mtd><mtd>{words('otherwise')}</mtd></mtr>"
        )
        table = f'<mtable columnalign="left left">{rows}</mtable>'
        return self._wrapped(row('<mo fence="true" stretchy="true">{</mo>', table), level > 0)

    def _call(self, args: tuple[Any, ...]) -> str:
        inner = listed([self.term(a) for a in args[1:]])
        return row(name(args[0]), APPLY, fenced(inner)) if inner else name(args[0])

    def _dual(self, sequence: str, depth: str = "") -> str:
        power = row(fenced(depth)) if depth else ""
        if self._sequences == 1:
            return f"<msup>{hat('σ')}{power}</msup>" if power else hat("σ")
        index = name(sequence)
        if power:
            return f"<msubsup>{hat('σ')}{index}{power}</msubsup>"
        return below(hat("σ"), index)

    def _iterate(self, args: tuple[Any, ...]) -> str:
        variable, body, depth, start = args
        argument = fenced(self.term(start))
        if isinstance(body, tuple) and body[0] == "dual" and body[2] == variable:
            return row(self._dual(body[1], self.term(depth)), APPLY, argument)
        if isinstance(body, tuple) and body[:2] == ("call", "sigma_hat") and body[2] == variable:
            power = f"<msup>{hat('σ')}{row(fenced(self.term(depth)))}</msup>"
            return row(power, APPLY, argument)
        function = fenced(row(name(variable), operator("↦"), self.term(body)))
        return row(f"<msup>{function}{row(fenced(self.term(depth)))}</msup>", APPLY, argument)

    def _series(self, args: tuple[Any, ...]) -> str:
        index, low, body = args
        lower = row(name(index), operator("≥"), self.term(low))
        return f'<munder><mo largeop="true">∑</mo>{lower}</munder>' + self.term(body, BODY)

    def _fold(self, args: tuple[Any, ...]) -> str:
        """A finite sum or product, else the recursion itself: its step, range and start."""
        index, value, body, lower, upper, start = args
        first = row(name(index), operator("="), self.term(lower))
        found = reduction(args)
        if found is not None:
            op, each = found
            sign = f'<mo largeop="true">{"∑" if op == "+" else "∏"}</mo>'
            ends = first + row(self.term(upper))
            return f"<munderover>{sign}{ends}</munderover>" + self.term(each, BODY)
        step = fenced(row(name(value), operator("↦"), self.term(body)))
        ends = first + row(self.term(upper))
        return row(f"<msubsup>{step}{ends}</msubsup>", APPLY, fenced(self.term(start)))

    def _expectation(self, law: str, body: Term) -> str:
        return row(below('<mi mathvariant="normal">E</mi>', law), fenced(self.term(body), "[", "]"))

    def _matrix(self, args: tuple[Any, ...]) -> str:
        size, i, j, body = args
        if body == ("entry", body[1], i, j) if isinstance(body, tuple) and len(body) > 1 else False:
            return name(body[1])
        index = row(listed([name(i), name(j)]), operator("≤"), self.term(size))
        return below(fenced(self.term(body), "[", "]"), index)

    def formula(self, formula: Formula) -> str:
        """A formula."""
        op, args = formula[0], formula[1:]
        if op in RELATIONS:
            return row(self.term(args[0]), operator(RELATIONS[op]), self.term(args[1]))
        if op in ("and", "or"):
            return row(words(f" {op} ").join(self._part(a, op) for a in args))
        if op == "converges":
            return row(self._series(args), words(" converges"))
        if op == "not" and args[0][0] == "converges":
            return row(self._series(args[0][1:]), words(" diverges"))
        if op == "not":
            return row(words("not "), fenced(self.formula(args[0])))
        if op == "implies":
            return row(self._part(args[0], op), operator("⟹"), self._part(args[1], op))
        if op in ("forall", "exists"):
            names = listed([_declared(sort, [n for n, s in args[0] if s == sort])
                            for sort in dict.fromkeys(s for _, s in args[0])])  # fmt: skip
            sign = operator("∀" if op == "forall" else "∃")
            return row(sign, names, operator(":"), words(" "), self.formula(args[1]))
        if op == "psd":
            return row(self._matrix(args), operator("⪰"), "<mn>0</mn>")
        return words(show(formula))

    def _part(self, formula: Formula, outer: str) -> str:
        simple = formula[0] in RELATIONS or formula[0] in ("psd", "not", "converges")
        inner = self.formula(formula)
        return inner if simple or (formula[0] == outer == "and") else fenced(inner)


SORTS = {"real": "ℝ", "int": "ℤ"}


def _declared(sort: str, names: list[str]) -> str:
    """Bound names of one sort: a set for numbers, a word for the rest."""
    shown = listed([name(n) for n in names])
    if sort in SORTS:
        return row(shown, operator("∈"), f"<mi>{SORTS[sort]}</mi>")
    return row(words(f"{sort} "), shown)


def _negative(term: Term) -> bool:
    value = number(term)
    return (value is not None and value < 0) or (isinstance(term, tuple) and term[0] == "-")


def _ends_open(term: Term) -> bool:
    """Whether the term ends in a sum sign or a brace, which would take what follows with it."""
    if not isinstance(term, tuple):
        return False
    return term[0] in ("series", "fold", "ite") or (
        term[0] in ("*", "+", "-") and _ends_open(term[-1])
    )


def _holds_quotient(term: Term) -> bool:
    value = number(term)
    if value is not None:
        return value.denominator != 1
    return isinstance(term, tuple) and (term[0] == "/" or any(map(_holds_quotient, term[1:])))


def _is_function(term: Term) -> bool:
    return isinstance(term, tuple) and term[0] in (*FUNCTIONS, "min", "max")


def _is_series(term: Term) -> bool:
    return isinstance(term, tuple) and term[0] in ("series", "fold")


def _starts_numeric(term: Term) -> bool:
    while isinstance(term, tuple) and term[0] in ("*", "+", "^", "-", "/") and len(term) > 2:
        term = term[1]
    return number(term) is not None


def math(inner: str, text: str, *, block: bool = False) -> str:
    """A whole formula for a page, with its plain text for readers that do not know MathML."""
    display = ' display="block"' if block else ""
    return f'<math{display} alttext="{escape(text, quote=True)}">{inner}</math>'


def setter(statement: Mapping[str, Any]) -> Setter:
    """The setter for the terms of a statement."""
    return Setter(sum(sort == "sequence" for _, sort in statement["variables"]) or 1)
