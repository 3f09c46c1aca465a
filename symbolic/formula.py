"""The parser of formulas: text to plain syntax trees, with errors that point at the column.

    parse("max(0, x) + a*sin(x)", names=("x", "a"))
    ("+", ("max", 0, "x"), ("*", "a", ("sin", "x")))

A tree is an integer, a fraction written "p/q", a name, or a tuple (operator, argument, ...): the
terms of certificates/FORMAT.md with more functions.  Text is read, never executed or simplified;
only a quotient of two written integers becomes one fraction.  `Tokens` and `Parser` serve larger
languages too: they take other symbols, functions and reserved words, and a subclass adds grammar.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Tree = Any
"""An int, a str ("p/q" or a name) or a tuple (operator, Tree, ...)."""

Arity = int | tuple[int, int]
"""The number of arguments, or the least and the greatest number."""

MAXIMAL_TEXT = 10_000
"""The length of the longest text that is read."""

MAXIMAL_DEPTH = 60
"""How deep brackets may nest, and how deep a tree may be."""

MAXIMAL_DIGITS = 1_000
"""The digits of the longest number."""

MAXIMAL_EXPONENT = 1_000
"""The largest numerator and denominator of a constant exponent."""

MAXIMAL_FACTORS = 20_000
"""How many factors a power may have when all powers in it are multiplied out."""

MAXIMAL_NAME = 40
"""The length of the longest name."""

MANY = (2, 50)
"""The arity of min and max."""

FUNCTIONS: Mapping[str, Arity] = {
    "sqrt": 1,
    "exp": 1,
    "log": 1,
    "sin": 1,
    "cos": 1,
    "tan": 1,
    "asin": 1,
    "acos": 1,
    "atan": 1,
    "sinh": 1,
    "cosh": 1,
    "tanh": 1,
    "erf": 1,
    "erfc": 1,
    "Phi": 1,
    "abs": 1,
    "sign": 1,
    "step": 1,
    "floor": 1,
    "ceil": 1,
    "min": MANY,
    "max": MANY,
}
"""The functions that a formula may call, by the name that they have in a tree."""

ALIASES: Mapping[str, str] = {
    "ln": "log",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "heaviside": "step",
    "Abs": "abs",
    "Min": "min",
    "Max": "max",
    "ceiling": "ceil",
}
"""Other spellings of functions."""

CONSTANTS: Mapping[str, Tree] = {"pi": ("pi",), "e": ("exp", 1)}
"""The constants and their trees."""

SYMBOLS = ("**", "+", "-", "*", "/", "^", "(", ")", ",", "|")
"""The symbols of formulas; a larger language adds its own."""

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_SPACE = re.compile(r"[ \t\r\n]*")
_SHOWN = 72


class FormulaError(ValueError):
    """What is wrong with a text, where, and what would do.

    `sentence` says it, `line` and `column` count from 1, `expected` names what could stand there
    and `suggestion` the likely word (each None if there is none).  The text of the error is the
    sentence, and below it the line of the text with a caret under the column.
    """

    def __init__(
        self,
        text: str,
        position: int,
        problem: str,
        expected: str | None = None,
        suggestion: str | None = None,
    ) -> None:
        before = text[:position]
        self.position = position
        self.line = before.count("\n") + 1
        self.column = position - (before.rfind("\n") + 1) + 1
        self.problem, self.expected, self.suggestion = problem, expected, suggestion
        place = f"column {self.column}"
        if "\n" in text.strip():
            place = f"line {self.line}, {place}"
        self.sentence = f"{place}: {problem}"
        if expected:
            self.sentence += f"; expected {expected}"
        if suggestion:
            self.sentence += f"; did you mean {suggestion}?"
        super().__init__(f"{self.sentence}\n{self._quotation(text)}")

    def _quotation(self, text: str) -> str:
        line = text.split("\n")[self.line - 1] if len(text) <= MAXIMAL_TEXT else text[:_SHOWN]
        start = max(0, min(self.column - 1 - _SHOWN // 2, len(line) - _SHOWN))
        shown = "".join(c if c.isprintable() else " " for c in line[start : start + _SHOWN])
        return f"  {shown}\n  {' ' * (self.column - 1 - start)}^"


@dataclass(frozen=True)
class Token:
    """A number, name or symbol of the text, or its end, and where it begins."""

    kind: str
    text: str
    position: int

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else repr(self.text)


class Tokens:
    """A text as a sequence of tokens, read from left to right.

    Kinds are "number", "name", "symbol" and "end".  Of several symbols that fit, the longest
    counts.  Raises FormulaError for a text that is too long and for characters of no token.
    """

    def __init__(self, text: str, symbols: Iterable[str] = SYMBOLS) -> None:
        self.text = text
        if len(text) > MAXIMAL_TEXT:
            raise FormulaError(
                text, 0, f"the text has {len(text)} characters; at most {MAXIMAL_TEXT} are read"
            )
        self._symbols = sorted(symbols, key=lambda s: (-len(s), s))
        self._tokens = self._read()
        self._index = 0

    def _read(self) -> list[Token]:
        found: list[Token] = []
        position = 0
        while True:
            space = _SPACE.match(self.text, position)
            position = space.end() if space else position
            if position == len(self.text):
                return [*found, Token("end", "", position)]
            found.append(self._token(position))
            position += len(found[-1].text)

    def _token(self, position: int) -> Token:
        for kind, pattern in (("number", _NUMBER), ("name", _NAME)):
            match = pattern.match(self.text, position)
            if match:
                return Token(kind, match.group(), position)
        for symbol in self._symbols:
            if self.text.startswith(symbol, position):
                return Token("symbol", symbol, position)
        character = self.text[position]
        raise self.error(
            f"the character {character!r} has no meaning here",
            position,
            suggestion=_spelled(character),
        )

    @property
    def current(self) -> Token:
        """The next token that is not yet taken."""
        return self._tokens[self._index]

    def after(self) -> Token:
        """Return the token after the current one (the end if there is none)."""
        return self._tokens[min(self._index + 1, len(self._tokens) - 1)]

    def rest(self) -> list[Token]:
        """Return the tokens from the current one on."""
        return self._tokens[self._index :]

    def advance(self) -> Token:
        """Take the current token and return it; the end is never passed."""
        token = self.current
        if token.kind != "end":
            self._index += 1
        return token

    def at(self, *texts: str) -> bool:
        """Return whether the current token is one of these names or symbols."""
        return self.current.kind in ("name", "symbol") and self.current.text in texts

    def accept(self, *texts: str) -> Token | None:
        """Take the current token if it is one of these names or symbols."""
        return self.advance() if self.at(*texts) else None

    def expect(self, text: str, meaning: str = "") -> Token:
        """Take the token `text`; raises FormulaError, saying what it is for, if it is not there."""
        if not self.at(text):
            wanted = repr(text) + (f" {meaning}" if meaning else "")
            raise self.error(f"found {self.current}", self.current, expected=wanted)
        return self.advance()

    def error(
        self,
        problem: str,
        where: Token | int | None = None,
        expected: str | None = None,
        suggestion: str | None = None,
    ) -> FormulaError:
        """Return the error to raise at a token or position (the current token if left out)."""
        place = self.current if where is None else where
        position = place.position if isinstance(place, Token) else place
        return FormulaError(self.text, position, problem, expected, suggestion)


class Parser:
    """A recursive descent parser of expressions.

    expression: products joined by + and -;   product: factors joined by * and /
    factor: an optional sign before a power;   power: atom ^ factor, from the right
    atom: a number, a name, a constant, f(arguments), (expression) or |expression|

    `functions` maps the names that may be called to their arity and `names` holds the names in
    scope; both may be changed between calls.  `reserved` words are never names.  A subclass
    overrides `call` to give functions a meaning of its own, and `atom` for more kinds of atoms.
    """

    def __init__(
        self,
        tokens: Tokens,
        names: Collection[str] = (),
        functions: Mapping[str, Arity] = FUNCTIONS,
        aliases: Mapping[str, str] = ALIASES,
        constants: Mapping[str, Tree] = CONSTANTS,
        reserved: Collection[str] = (),
    ) -> None:
        self.tokens = tokens
        self.names = set(names)
        self.functions = dict(functions)
        self.aliases = dict(aliases)
        self.constants = dict(constants)
        self.reserved = frozenset(reserved)
        self._depth = 0

    def whole(self) -> Tree:
        """Read one expression that is all of the text."""
        tree = self.expression()
        self.end()
        return tree

    def end(self) -> None:
        """Raise FormulaError unless everything has been read."""
        if self.tokens.current.kind != "end":
            raise self._leftover()

    def expression(self) -> Tree:
        """Read a sum."""
        first = self.tokens.current
        tree = self._chain(self.product, ("+", "-"))
        if _height(tree) > MAXIMAL_DEPTH:
            raise self.tokens.error(f"the expression is nested deeper than {MAXIMAL_DEPTH}", first)
        return tree

    def product(self) -> Tree:
        """Read a product."""
        return self._chain(self.factor, ("*", "/"))

    def _chain(self, part: Callable[[], Tree], operators: tuple[str, str]) -> Tree:
        """Read parts joined by operators, from the left; runs of the first one become one node."""
        tree, flat = part(), False
        while True:
            operator = self.tokens.accept(*operators)
            if operator is None:
                return tree
            right = part()
            if operator.text == operators[0] and flat:
                tree = (*tree, right)
                continue
            flat = operator.text == operators[0]
            tree = _quotient(tree, right) if operator.text == "/" else (operator.text, tree, right)

    def factor(self) -> Tree:
        """Read a power with any number of signs before it: -x^2 is -(x^2)."""
        sign = self.tokens.accept("-", "+")
        if sign is None:
            return self.power()
        tree = self.nested(self.factor)
        return _negative(tree) if sign.text == "-" else tree

    def power(self) -> Tree:
        """Read an atom with an optional exponent: 2^3^x is 2^(3^x), and 2^-1 is 2^(-1)."""
        base = self.atom()
        operator = self.tokens.accept("^", "**")
        if operator is None:
            return base
        tree = ("^", base, self._exponent())
        if _factors(tree) > MAXIMAL_FACTORS:
            raise self.tokens.error(
                f"the power is too large: multiplied out it has over {MAXIMAL_FACTORS} factors",
                operator,
            )
        return tree

    def _exponent(self) -> Tree:
        """Read an exponent; if it is made of numbers alone, it becomes one, of bounded size."""
        start = self.tokens.current
        exponent = self.nested(self.factor)
        value = constant_value(exponent) if _factors(exponent) <= MAXIMAL_FACTORS else None
        if value is None:
            return exponent
        if max(abs(value.numerator), value.denominator) > MAXIMAL_EXPONENT:
            raise self.tokens.error(
                f"the exponent is too large: {MAXIMAL_EXPONENT} is the largest numerator and"
                " denominator",
                start,
            )
        return numeral(value)

    def atom(self) -> Tree:
        """Read a number, a name, a constant, a call, or an expression in brackets or bars."""
        token = self.tokens.current
        if token.kind == "number":
            return self.number()
        if token.kind == "name" and token.text not in self.reserved:
            return self._named()
        if self.tokens.accept("("):
            tree = self.nested(self.expression)
            self._close(")", token)
            return tree
        if self.tokens.accept("|"):
            tree = self.nested(self.expression)
            self._close("|", token)
            return ("abs", tree)
        raise self.tokens.error(f"found {token}", token, expected="a number, a name or '('")

    def number(self) -> Tree:
        """Read an integer or a decimal, exactly: 0.25 is "1/4" and 2e-3 is "1/500"."""
        token = self.tokens.advance()
        mantissa, _, exponent = token.text.lower().partition("e")
        if (
            len(mantissa) > MAXIMAL_DIGITS
            or len(exponent) > 4
            or (exponent and abs(int(exponent)) + len(mantissa) > MAXIMAL_DIGITS)
        ):
            raise self.tokens.error(f"the number has more than {MAXIMAL_DIGITS} digits", token)
        following = self.tokens.current
        adjacent = following.position == token.position + len(token.text)
        if following.kind == "name" and adjacent and following.text not in self.reserved:
            raise self.tokens.error(
                f"found {following} right after a number",
                following,
                expected="an operator",
                suggestion=f"{token.text[:20]}*{following.text[:20]}",
            )
        return numeral(Fraction(token.text))

    def _named(self) -> Tree:
        token = self.tokens.current
        name = self.aliases.get(token.text, token.text)
        opened = self.tokens.after()
        called = opened.kind == "symbol" and opened.text == "("
        if token.text in self.names or (name in self.constants and name not in self.functions):
            if called:
                raise self.tokens.error(
                    f"{token.text} is not a function",
                    token,
                    suggestion=f"{token.text}*(...)",
                )
            self.tokens.advance()
            return token.text if token.text in self.names else self.constants[name]
        if name in self.functions:
            if not called:
                raise self.tokens.error(
                    f"{token.text} is a function", opened, expected="its arguments in brackets"
                )
            self.tokens.advance()
            return self.call(name, self.arguments(name, token), token)
        what = "function" if called else "name"
        raise self.tokens.error(
            f"unknown {what} {token.text[:MAXIMAL_NAME]!r}",
            token,
            expected=None if called else self._known_names(),
            suggestion=self.likely(token.text, called),
        )

    def arguments(self, name: str, token: Token) -> list[Tree]:
        """Read the bracketed arguments of a function and check their number."""
        opened = self.tokens.expect("(")
        found: list[Tree] = []
        if not self.tokens.at(")"):
            found.append(self.nested(self.expression))
            while self.tokens.accept(","):
                found.append(self.nested(self.expression))
        self._close(")", opened)
        arity = self.functions[name]
        least, most = (arity, arity) if isinstance(arity, int) else arity
        if not least <= len(found) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            plural = "" if wanted == "1" else "s"
            raise self.tokens.error(
                f"{token.text} takes {wanted} argument{plural}, not {len(found)}", token
            )
        return found

    def call(self, name: str, arguments: list[Tree], token: Token) -> Tree:
        """Return the tree of a call; min and max of many are folded from the left."""
        if name in ("min", "max"):
            tree = arguments[0]
            for argument in arguments[1:]:
                tree = (name, tree, argument)
            return tree
        return (name, *arguments)

    def nested(self, read: Callable[[], Tree]) -> Tree:
        """Read one level deeper; raises FormulaError beyond MAXIMAL_DEPTH levels."""
        self._depth += 1
        if self._depth > MAXIMAL_DEPTH:
            raise self.tokens.error(f"brackets and signs are nested deeper than {MAXIMAL_DEPTH}")
        tree = read()
        self._depth -= 1
        return tree

    def likely(self, word: str, called: bool) -> str | None:
        """Return the known word that `word` most resembles, functions first if it is called."""
        functions = [*self.functions, *self.aliases]
        others = [*self.names, *self.constants, *self.reserved]
        for known in (functions, others) if called else (others, functions):
            close = difflib.get_close_matches(word[:MAXIMAL_NAME], sorted(known), 1, 0.6)
            if close:
                return repr(close[0])
        return None

    def _known_names(self) -> str | None:
        known = sorted(self.names)
        return f"one of {', '.join(known)}, a constant or a function" if known else None

    def _close(self, symbol: str, opened: Token) -> None:
        if self.tokens.accept(symbol):
            return
        if self.tokens.current.kind == "end":
            raise self.tokens.error(
                f"the {opened.text!r} is never closed", opened, expected=f"{symbol!r} at the end"
            )
        raise self._leftover(f"an operator or {symbol!r}")

    def _leftover(self, expected: str = "an operator or the end") -> FormulaError:
        token = self.tokens.current
        return self.tokens.error(f"found {token}", token, expected)


def parse(text: str, names: Collection[str] = ("x",)) -> Tree:
    """Return the tree of a formula in the given names.

    Raises FormulaError, with one sentence and the place, for everything else.
    """
    return Parser(Tokens(text), names).whole()


def numeral(value: Fraction) -> Tree:
    """Return the tree of a rational number."""
    if value.denominator == 1:
        return value.numerator
    return f"{value.numerator}/{value.denominator}"


def written_number(tree: Tree) -> Fraction | None:
    """Return the value of a tree that is a number, None for every other tree."""
    if isinstance(tree, int):
        return Fraction(tree)
    if isinstance(tree, str) and (tree[0].isdigit() or tree[0] == "-"):
        return Fraction(tree)
    return None


def constant_value(tree: Tree) -> Fraction | None:
    """Return the value of a tree of numbers under + - * / ^ if it is rational and not huge."""
    value = written_number(tree)
    if value is not None or not isinstance(tree, tuple):
        return value
    parts = [constant_value(part) for part in tree[1:]]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    if tree[0] == "+":
        return sum(known, Fraction(0))
    if tree[0] == "-":
        return known[0] - known[1] if len(known) == 2 else -known[0]
    if tree[0] == "*":
        product = Fraction(1)
        for factor in known:
            product *= factor
        return product
    if tree[0] == "/":
        return known[0] / known[1] if known[1] else None
    if tree[0] == "^" and known[1].denominator == 1 and (known[0] or known[1] >= 0):
        return Fraction(known[0] ** int(known[1]))
    return None


def _quotient(a: Tree, b: Tree) -> Tree:
    """Return a/b, as one fraction if both are written numbers and b is not 0."""
    top, bottom = written_number(a), written_number(b)
    return numeral(top / bottom) if top is not None and bottom else ("/", a, b)


def _negative(tree: Tree) -> Tree:
    value = written_number(tree)
    return numeral(-value) if value is not None else ("-", tree)


def _height(tree: Tree) -> int:
    """Return the height of a tree, without recursion."""
    height, level = 0, [tree]
    while level:
        height += 1
        level = [part for node in level if isinstance(node, tuple) for part in node[1:]]
    return height


def _factors(tree: Tree) -> int:
    """Return how many factors a tree has when its powers are multiplied out, digits included."""
    if isinstance(tree, int):
        return len(str(tree))
    if isinstance(tree, str):
        return max(1, len(tree) if tree[0].isdigit() or tree[0] == "-" else 1)
    exponent = written_number(tree[2]) if tree[0] == "^" else None
    if exponent is not None:
        return _factors(tree[1]) * max(abs(exponent.numerator), 1)
    return sum((_factors(part) for part in tree[1:]), 1)


def _spelled(character: str) -> str | None:
    """Return how a character that formulas lack is written: 'delta' for a Greek delta."""
    known = {"−": "'-'", "·": "'*'", "×": "'*'", "÷": "'/'", "√": "'sqrt(...)'", "∞": None}
    if character in known:
        return known[character]
    words = unicodedata.name(character, "").split()
    if words[:1] == ["GREEK"] and "LETTER" in words:
        letter = words[words.index("LETTER") + 1]
        return repr(letter.lower() if "SMALL" in words else letter.capitalize())
    return {"[": "'('", "{": "'('", "]": "')'", "}": "')'"}.get(character)
