"""Mathematics as MathML: terms, formulas and statements of certificates, set as a person would."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from certificates.report.shorthand import slope, tangent
from certificates.terms import (
    BINDERS,
    FUNCTIONS,
    GREEK,
    Formula,
    Term,
    number,
    rational_exponent,
    reduction,
    sequences_in,
    show,
)

SUM, BODY, PRODUCT, POWER = 1, 2, 3, 4  # BODY: what a sum or product sign stands before
TALL = ("<mfrac", "<munder", "<mtable", 'stretchy="true"')  # what a fence has to grow with
INVERSES = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
RELATIONS = {"<=": "≤", "<": "<", "=": "=", "!=": "≠"}
SPECTRA = {"lambda_min": ("λ", "min"), "lambda_max": ("λ", "max"), "kappa": ("κ", "")}
APPLY = "<mo>&#x2061;</mo>"
THIN = '<mspace width="0.17em"/>'
TIMES = "<mo>&#x2062;</mo>"
VERBATIM = re.compile(r"_[0-9]*\Z|(?<!\A)__")  # names that would be set like another


def row(*parts: str) -> str:
    """The parts side by side."""
    return f"<mrow>{''.join(parts)}</mrow>"


def operator(symbol: str) -> str:
    """An operator or a relation."""
    return f"<mo>{escape(symbol)}</mo>"


def words(text: str) -> str:
    """Words within a formula."""
    return f"<mtext>{escape(text).replace(' ', '&#xa0;')}</mtext>"


def fence(symbol: str, inner: str, form: str) -> str:
    """A fence that grows with a tall expression; browsers space those that may grow more widely."""
    grows = "true" if any(tag in inner for tag in TALL) else "false"
    return f'<mo form="{form}" fence="true" stretchy="{grows}">{symbol}</mo>'


def fenced(inner: str, left: str = "(", right: str = ")") -> str:
    """The expression between two fences."""
    return row(fence(left, inner, "prefix"), inner, fence(right, inner, "postfix"))


def below(base: str, index: str) -> str:
    """The base with an index below."""
    return f"<msub>{base}{index}</msub>"


def listed(parts: list[str]) -> str:
    """The parts, separated by commas."""
    return '<mo separator="true">,</mo>'.join(parts)


def name(text: str) -> str:
    """A name: Greek letters real, a trailing number as an index; a_1 as it stands beside a1."""
    if VERBATIM.search(text):
        return f"<mi>{escape(text)}</mi>"
    text = text.lstrip("_") or text  # names that an engine has made fresh begin with one
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
        self.legend: dict[str, list[tuple[str, str]]] = {}  # what each shorthand means, in pieces

    def term(self, term: Term, level: int = 0) -> str:
        """A term; `level` is how tightly what stands around it binds."""
        if not isinstance(term, tuple):
            return self._atom(term, level)
        short = self.shorthand(term)
        if short:
            return short
        if (opposite := _opposite(term)) is not None:
            return self.term(("-", opposite), level)
        op, args = term[0], term[1:]
        special: dict[str, Callable[[], str]] = {
            **dict.fromkeys("+-", lambda: self._wrapped(
                self._joined(self.addends(term)), level > (SUM if args[1:] else 0))),
            "*": lambda: self._wrapped(self._joined(self.factors(term, level)), level > PRODUCT),
            "/": lambda: self._wrapped(self._quotient(*args), level >= POWER),
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
            "hermite": lambda: row(below("<mi>He</mi>", row(self.term(args[0]))), APPLY,
                                   fenced(self.term(args[1]))),
            "entry": lambda: below(name(args[0]), self._indices(args[1:])),
            "dual": lambda: row(self._dual(args[0]), APPLY, fenced(self.term(args[1]))),
            "apply": lambda: row(name(args[0]), APPLY, fenced(self.term(args[1]))),
            "slope": lambda: row(f"<msup>{name(args[0])}{operator('′')}</msup>", APPLY,
                                 fenced(self.term(args[1]))),
            "series": lambda: self._wrapped(self._series(args), level > BODY),
            "fold": lambda: self._wrapped(self._fold(args), level > BODY),
            "iter": lambda: self._iterate(args),
            "expect": lambda: row(self._law(args[0]), fenced(self.term(args[1]), "[", "]")),
            "expect2": lambda: row(self._law2(*args[:3]), fenced(self.term(args[3]), "[", "]")),
        }  # fmt: skip
        if op in special:
            return special[op]()
        if op in BINDERS:
            symbol, index = SPECTRA.get(op, (op, ""))
            head = f"<mi>{symbol}</mi>"
            head = below(head, f"<mi>{index}</mi>") if index else head
            return row(head, APPLY, fenced(self._matrix(args)))
        return row(_function(op), APPLY, fenced(listed([self.term(a) for a in args])))

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

    def _joined(self, parts: Sequence[tuple[str, Term, int]]) -> str:
        return "".join(sign + self.term(part, level) for sign, part, level in parts)

    def _quotient(self, above: Term, under: Term) -> str:
        """A fraction; (a/b)/c as a/(bc), which has a value just where the former has one."""
        if isinstance(above, tuple) and above[0] == "/":
            above, under = above[1], ("*", above[2], under)
        return f"<mfrac>{row(self.term(above))}{row(self.term(under))}</mfrac>"

    def addends(self, term: tuple[Any, ...]) -> list[tuple[str, Term, int]]:
        """What a sum or difference adds: the sign, the term, and how tightly it must bind."""
        op, *args = term
        if op == "-" and len(args) == 1:
            return [(operator("−"), args[0], PRODUCT)]
        found = [("", args[0], PRODUCT if _ends_open(args[0]) else 0)]
        for k, a in enumerate(args[1:], 2):
            open_ended = k < len(args) and _ends_open(a)
            tight = PRODUCT if op == "-" or _negative(a) or open_ended else SUM
            found.append((operator("+" if op == "+" else "−"), a, tight))
        return found

    def factors(self, term: tuple[Any, ...], level: int) -> list[tuple[str, Term, int]]:
        """The factors of a product, likewise.

        A sum or product at the end needs no fence where nothing follows.
        """
        args = term[1:]
        found = [("", args[0], PRODUCT)]
        for before, a in pairwise(args):
            plain = number(a) is not None or (number(before) is not None and _starts_numeric(a))
            last = a is args[-1] and level < PRODUCT and _is_series(a)
            sign = operator("⋅") if plain else TIMES + (THIN if _is_function(a) else "")
            found.append((sign, a, BODY if last else PRODUCT))
        return found

    def shorthand(self, term: Term) -> str:
        """σ̂′(x) or Θ^(L)(x) where the term is one, else ""; the legend says what that means."""
        if found := slope(term):
            self.legend["slope"] = self._slope_legend(found.sequence)
            return row(self._slope(found.sequence), APPLY, fenced(self.term(found.argument)))
        if kernel := tangent(term):
            self.legend["slope"] = self._slope_legend(kernel.sequence)
            self.legend["tangent"] = self._tangent_legend(kernel.sequence)
            head = self._tangent(kernel.sequence, self.term(kernel.depth))
            return row(head, APPLY, fenced(self.term(kernel.argument)))
        return ""

    def _slope(self, sequence: str) -> str:
        if self._sequences == 1:
            return f"<msup>{hat('σ')}{operator('′')}</msup>"
        return f"<msubsup>{hat('σ')}{name(sequence)}{operator('′')}</msubsup>"

    def _tangent(self, sequence: str, depth: str) -> str:
        power = row(fenced(depth))
        if self._sequences == 1:
            return f'<msup><mi mathvariant="normal">Θ</mi>{power}</msup>'
        return f'<msubsup><mi mathvariant="normal">Θ</mi>{name(sequence)}{power}</msubsup>'

    def _slope_legend(self, sequence: str) -> list[tuple[str, str]]:
        spelled = self._series(("u", 1, ("*", "u", ("coef", sequence, "u"),
                                         ("^", "x", ("-", "u", 1)))))  # fmt: skip
        of_x = row(APPLY, fenced(name("x")))
        return [(row(self._slope(sequence), of_x, operator("="), spelled),
                 f"σ̂'(x) = Σ_{{u≥1}} u·{sequence}_u·x^(u - 1)")]  # fmt: skip

    def _tangent_legend(self, sequence: str) -> list[tuple[str, str]]:
        of_x = row(APPLY, fenced(name("x")))
        below = row(name("l"), operator("−"), "<mn>1</mn>")
        earlier = row(self._dual(sequence, below), of_x)
        first = row(self._tangent(sequence, "<mn>0</mn>"), of_x, operator("="), name("x"))
        step = row(self._tangent(sequence, name("l")), of_x, operator("="),
                   self._dual(sequence, name("l")), of_x)  # fmt: skip
        more = row('<mo form="infix">+</mo>', self._tangent(sequence, below), of_x, TIMES,
                   self._slope(sequence), APPLY, fenced(earlier))  # fmt: skip
        comma = '<mo separator="true">,</mo>'
        return [
            (first + comma, "Θ^(0)(x) = x,"), (step, "Θ^(l)(x) = σ̂^(l)(x)"),
            (more, "+ Θ^(l - 1)(x)·σ̂'(σ̂^(l - 1)(x))"),
        ]  # fmt: skip

    def opened(self, term: tuple[Any, ...]) -> tuple[str, str, Term, str] | None:
        """(what stands before, fence, term, fence) of a term that is one long term in fences."""
        match term:
            case ("abs", inner):
                return "", "|", inner, "|"
            case ("expect", variable, inner):
                return self._law(variable), "[", inner, "]"
            case ("expect2", rho, x, y, inner):
                return self._law2(rho, x, y), "[", inner, "]"
            case (op, inner) if op in FUNCTIONS and op not in ("exp", "sqrt", "floor", "ceil"):
                return row(_function(op), APPLY), "(", inner, ")"
        return None

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
            times = self.term(yes, PRODUCT) + TIMES + bracket
            return bracket if number(yes) == 1 else self._wrapped(times, level > PRODUCT)
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

    def _law(self, variable: str) -> str:
        """The sign of the expectation over a standard normal variable."""
        law = fenced(listed(["<mn>0</mn>", "<mn>1</mn>"]))
        return _expectation(row(name(variable), operator("∼"), "<mi>N</mi>", law))

    def _law2(self, rho: Term, x: str, y: str) -> str:
        """That over two standard normal variables with correlation rho."""
        law = fenced(listed(["<mn>0</mn>", below("<mi>Σ</mi>", row(self.term(rho)))]))
        pair = fenced(listed([name(x), name(y)]))
        return _expectation(row(pair, operator("∼"), "<mi>N</mi>", law))

    def _matrix(self, args: tuple[Any, ...]) -> str:
        size, i, j, body = args
        whole = isinstance(body, tuple) and body[0] == "entry" and body[2:] == (i, j)
        if whole and size == "n" and body[1] not in (i, j):  # the matrices of the paper are n by n
            return name(body[1])
        index = row(listed([name(i), name(j)]), operator("≤"), self.term(size))
        return below(fenced(self.term(body), "[", "]"), index)

    def formula(self, formula: Formula) -> str:
        """A formula."""
        op, args = formula[0], formula[1:]
        if op in RELATIONS:
            return self.chain([formula])
        if op == "and":
            return row(words(" and ").join(self._link(c) for c in chains(args)))
        if op == "or":
            return row(words(" or ").join(self._part(a, op) for a in args))
        if op == "converges":
            return row(self._series(args), words(" converges"))
        if op == "not" and args[0][0] == "converges":
            return row(self._series(args[0][1:]), words(" diverges"))
        if op == "not":
            return row(words("not "), fenced(self.formula(args[0])))
        if op == "implies":
            return row(self._part(args[0], op), operator("⟹"), self._part(args[1], op))
        if op in ("forall", "exists"):
            return row(quantifier(op, args[0]), self.formula(args[1]))
        if op == "psd":
            return row(self._matrix(args), operator("⪰"), "<mn>0</mn>")
        return words(show(formula))

    def chain(self, links: Sequence[Formula]) -> str:
        """Relations of which each begins where the one before ends: a ≤ b < c."""
        tail = (operator(RELATIONS[op]) + self.term(right) for op, _, right in links)
        return row(self.term(links[0][1]), *tail)

    def _link(self, links: Sequence[Formula]) -> str:
        return self.chain(links) if links[0][0] in RELATIONS else self._part(links[0], "and")

    def _part(self, formula: Formula, outer: str) -> str:
        inner = self.formula(formula)
        return inner if is_simple(formula, outer) else fenced(inner)


def chains(formulas: Sequence[Formula]) -> list[list[Formula]]:
    """The formulas, with those together that read as one chain a ≤ b < c, b no number."""
    found: list[list[Formula]] = []
    for formula in formulas:
        if found and _continues(found[-1][-1], formula):
            found[-1].append(formula)
        else:
            found.append([formula])
    return found


def _continues(before: Formula, formula: Formula) -> bool:
    if not {before[0], formula[0]} <= {"<=", "<"}:
        return False
    return bool(before[2] == formula[1]) and number(formula[1]) is None


def is_simple(formula: Formula, outer: str) -> bool:
    """Whether the part of a larger formula needs no fences."""
    one = formula[0] == "and" and outer == "implies" and len(chains(formula[1:])) == 1
    return one or formula[0] in RELATIONS or formula[0] in ("psd", "not", "converges") or (
        formula[0] == outer == "and")  # fmt: skip


def quantifier(op: str, bound: Sequence[tuple[str, str]]) -> str:
    """The sign, the names that it binds, and a colon."""
    names = listed([_declared(sort, [n for n, s in bound if s == sort])
                    for sort in dict.fromkeys(s for _, s in bound)])  # fmt: skip
    sign = operator("∀" if op == "forall" else "∃")
    return row(sign, names, operator(":"), words(" "))


def _function(op: str) -> str:
    return f"<mi>{escape(str(INVERSES.get(op, GREEK.get(op, op))))}</mi>"


def _expectation(law: str) -> str:
    return below('<mi mathvariant="normal">E</mi>', law)


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


def _opposite(term: Term) -> Term | None:
    """The product bc where the term is (-b)c, which people write as -bc; else None."""
    if not (isinstance(term, tuple) and term[0] == "*"):
        return None
    first, rest = term[1], term[2:]
    if isinstance(first, tuple) and first[0] == "-" and len(first) == 2:
        return ("*", first[1], *rest)
    inner = _opposite(first)
    return None if inner is None else ("*", inner, *rest)


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


def math(inner: str, text: str, *, display: bool = False) -> str:
    """A formula for a page, with its plain text for readers that do not know MathML."""
    style = ' displaystyle="true"' if display else ""
    return f'<math{style} alttext="{escape(text, quote=True)}">{inner}</math>'


def setter(statement: Mapping[str, Any]) -> Setter:
    """The setter for the terms of a statement."""
    return Setter(len(sequences_in(tuple(statement.values()))) or 1)
