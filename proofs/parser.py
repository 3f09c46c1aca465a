"""The language in which a reviewer writes claims, and its parser: text to a formal statement.

    let f(x) = x*log(x) in
    forall x in (0, inf), y in [x, 2*x], n in 1.. where y < n: f(x)^n <= 1 and not y = 2

A claim is one universal statement.  Before the colon stand variables with their ranges (which may
use earlier variables), after it a formula; `where` adds hypotheses.  A range is an interval with
`(`, `[`, `]`, `)` and `inf`, or `a..`, `a..b` for integers; `x > 0` is a range, too, and a variable
without one is any real.  Names before one `in` share its range.  `exists` quantifies inside a
formula.  Everything becomes terms of certificates/FORMAT.md; nothing is simplified.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from certificates.checker import Statement
from certificates.terms import (
    NAME,
    Malformed,
    number,
    rational_exponent,
    sort_of,
    substitute,
)
from proofs import bounds
from proofs.activation_terms import LARGEST_INDEX, ActivationTerms
from proofs.language import Definition, thawed
from proofs.truncated import PHI2
from symbolic.catalogue import ACTIVATIONS
from symbolic.formula import (
    ALIASES,
    CONSTANTS,
    FUNCTIONS,
    SYMBOLS,
    FormulaError,
    Token,
    Tokens,
)
from symbolic.formula import Parser as FormulaParser
from symbolic.series import SERIES

RELATIONS = {
    "<=": "<=", "<": "<", ">=": ">=", ">": ">", "=": "=", "==": "=", "!=": "!=",
    "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
WORDS = ("forall", "exists", "in", "where", "let", "and", "or", "not", "implies", "inf")
INFINITE = ("inf", "infinity", "oo")
NOT_IN_CLAIMS = ("step",)
OWN = {"B": 3, "L0": 2, "L1": 3}
OF_ACTIVATIONS = {"dual": 2, "dual_iter": 3, "hermite": 2, "mu": 1}
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "λ": "lambda_",
    "μ": "mu", "ρ": "rho", "σ": "sigma", "θ": "theta", "π": "pi", "Φ": "Phi", "∞": "inf",
    "∀": "forall ", "∃": "exists ", "∈": " in ", "−": "-", "·": "*",
}  # fmt: skip
ALWAYS = ("=", 0, 0)

Formula = Any
Term = Any


@dataclass(frozen=True)
class Use:
    """An earlier claim that a claim uses, with terms for some of its variables."""

    name: str
    values: Mapping[str, Term]


@dataclass(frozen=True)
class Claim:
    """A parsed claim: its text, and the statement as it stands in a certificate."""

    text: str
    document: Mapping[str, Any]
    name: str = "claim"
    using: tuple[Use, ...] = ()

    @property
    def statement(self) -> Statement:
        """The statement, with its definitions expanded."""
        return Statement.parse(dict(self.document))


def parse_claim(
    text: str, name: str = "claim", using: Mapping[str, Mapping[str, str]] | None = None
) -> Claim:
    """The statement that a text denotes.  Raises FormulaError with the place and what would do.

    `using` names the earlier claims that it uses, with the texts of terms for their variables.
    """
    plain = "".join(GREEK.get(c, c) for c in text)
    parser = ClaimParser(plain)
    document = parser.claim()
    variables = dict(document["variables"])
    used = tuple(
        Use(other, {v: _value(term, variables) for v, term in values.items()})
        for other, values in (using or {}).items()
    )
    try:
        Statement.parse(document)
    except Malformed as error:
        raise FormulaError(plain, 0, str(error)) from None
    except RecursionError:
        raise FormulaError(plain, 0, "the claim is nested too deeply") from None
    return Claim(text.strip(), document, name, used)


def _value(text: str, variables: Mapping[str, str]) -> Term:
    """A term in the variables of a claim."""
    parser = ClaimParser("".join(GREEK.get(c, c) for c in text))
    parser.names, parser.sorts = set(variables), dict(variables)
    term = parser.expression_of_names()
    parser.end()
    if parser.definitions:
        raise FormulaError(parser.tokens.text, 0, "a value is made of elementary functions only")
    return term


@dataclass(frozen=True)
class Range:
    """A quantified variable: its name, its sort and the hypotheses that its range stands for."""

    name: str
    sort: str
    hypotheses: tuple[Formula, ...]


@dataclass
class Let:
    """A user's function: parameters with their ranges, sort and body."""

    parameters: list[Range]
    sort: str
    body: Term


class ClaimParser(FormulaParser):
    """Recursive descent over claims; expressions are those of `symbolic.formula`."""

    def __init__(self, text: str) -> None:
        functions = {k: v for k, v in FUNCTIONS.items() if k not in NOT_IN_CLAIMS}
        super().__init__(
            Tokens(text, (*SYMBOLS, *RELATIONS, "[", "]", ":", "..", "=>")),
            functions={**functions, **OWN, **OF_ACTIVATIONS},
            aliases={k: v for k, v in ALIASES.items() if v not in NOT_IN_CLAIMS},
            constants=CONSTANTS,
            reserved=WORDS,
        )
        self.sorts: dict[str, str] = {}
        self.definitions: dict[str, dict[str, Any]] = {}
        self.whole_ranges: dict[str, tuple[int, int]] = {}  # of integers between numerals

    # Claims ---------------------------------------------------------------------------------------

    def claim(self) -> dict[str, Any]:
        """Read a whole claim: definitions, quantified variables, a formula."""
        while self.tokens.accept("let"):
            self.definition()
        ranges: list[Range] = []
        hypotheses: list[Formula] = []
        while self.tokens.accept("forall"):
            found, conditions = self.quantified()
            ranges += found
            hypotheses += [h for r in found for h in r.hypotheses] + conditions
        conclusion = self.formula()
        self.end()
        return {
            "variables": [[r.name, r.sort] for r in ranges],
            "hypotheses": thawed(hypotheses),
            "conclusion": thawed(conclusion),
            "definitions": list(self.definitions.values()),
        }

    def quantified(self) -> tuple[list[Range], list[Formula]]:
        """Read variables with ranges, conditions after `where`, and the colon."""
        ranges = self.ranges()
        conditions: list[Formula] = []
        while self.tokens.accept("where"):
            conditions.append(self.formula())
            while self.tokens.accept(","):
                conditions.append(self.formula())
        self.tokens.expect(":", "before the formula")
        return ranges, conditions

    def ranges(self) -> list[Range]:
        """Read `x, y in [0, 1], n in 1.., t > 0, z`."""
        found: list[Range] = []
        while True:
            names = [self.fresh_name()]
            while self.tokens.at(",") and self.tokens.after().kind == "name":
                self.tokens.advance()
                names.append(self.fresh_name())
            self.names -= set(names)  # a range speaks of earlier variables only
            sort, hypotheses = self.range_of()
            self.names |= set(names)
            ends = [number(h[1 + k]) for k, h in enumerate(hypotheses)]
            whole = [int(e) for e in ends if e is not None and e.denominator == 1]
            for name in names:
                self.sorts[name] = sort
                self.whole_ranges.pop(name, None)
                if sort == "int" and len(whole) == 2:
                    self.whole_ranges[name] = (whole[0], whole[1])
                own = tuple(substitute(h, {"_": name}) for h in hypotheses)
                found.append(Range(name, sort, own))
            if not self.tokens.accept(","):
                return found

    def fresh_name(self) -> str:
        """Read a name for a variable, a parameter or a function."""
        token = self.tokens.current
        if token.kind != "name" or token.text in self.reserved:
            raise self.tokens.error(f"found {token}", token, expected="the name of a variable")
        if token.text in self.names or token.text in self.definitions:
            raise self.tokens.error(f"the name {token.text!r} is already taken", token)
        if token.text in self.constants or not NAME.match(token.text) or token.text[0] == "_":
            raise self.tokens.error(f"{token.text[:40]!r} cannot be a variable", token)
        self.names.add(token.text)
        self.tokens.advance()
        return token.text

    def range_of(self) -> tuple[str, list[Formula]]:
        """Read the range after the names: (sort, hypotheses about `_`)."""
        relation = self.tokens.accept("<", "<=", ">", ">=", "≤", "≥")
        if relation is not None:
            return "real", [comparison(relation.text, "_", self.expression_of_names())]
        if not self.tokens.accept("in"):
            return "real", []
        for words, sort in ((("real", "reals", "R"), "real"), (("integers", "Z"), "int")):
            if self.tokens.accept(*words):
                return sort, []
        opened = self.tokens.accept("(", "[")
        if opened is None:
            return self.integers()
        low = self.end_of_range("-")
        self.tokens.expect(",", "between the ends of a range")
        high = self.end_of_range("+")
        closed = self.tokens.accept(")", "]")
        if closed is None:
            raise self.tokens.error(f"found {self.tokens.current}", expected="')' or ']'")
        hypotheses = []
        if low is not None:
            hypotheses.append(("<=" if opened.text == "[" else "<", low, "_"))
        if high is not None:
            hypotheses.append(("<=" if closed.text == "]" else "<", "_", high))
        return "real", hypotheses

    def integers(self) -> tuple[str, list[Formula]]:
        """Read `1..` or `0..60`."""
        start = self.tokens.current
        low = self.expression_of_names()
        if not self.tokens.accept(".."):
            raise self.tokens.error(
                f"found {self.tokens.current}", start,
                expected="a range such as [0, 1], (0, inf) or 1..60",
            )  # fmt: skip
        hypotheses = [("<=", low, "_")]
        if not self.tokens.at(",", ":", "where", ")") and self.tokens.current.kind != "end":
            hypotheses.append(("<=", "_", self.expression_of_names()))
        return "int", hypotheses

    def end_of_range(self, side: str) -> Term | None:
        """Read one end of a range; None for an infinite one, whose sign is that of the side."""
        start = self.tokens.current
        signed = self.tokens.at("-", "+") and self.tokens.after().text in INFINITE
        sign = self.tokens.advance().text if signed else "+"
        if self.tokens.current.text in self.names or not self.tokens.accept(*INFINITE):
            return self.expression_of_names()
        if sign != side:
            raise self.tokens.error(f"found {sign}inf", start, expected=f"{side}inf at this end")
        return None

    def expression_of_names(self) -> Term:
        """Read an expression and translate it."""
        return self.lowered(self.expression())

    def definition(self) -> None:
        """Read `f(x, n in 1..) = body in`."""
        name_token = self.tokens.current
        name = self.fresh_name()
        sorts = dict(self.sorts)
        self.names.discard(name)
        outer = set(self.names)
        parameters: list[Range] = []
        if name in FUNCTIONS or self.aliases.get(name):
            problem = f"{name} always means the function; choose another name"
            raise self.tokens.error(problem, name_token)
        if self.tokens.accept("("):
            if name in OF_ACTIVATIONS:
                problem = f"{name}(...) always speaks of an activation; choose another name"
                raise self.tokens.error(problem, name_token)
            parameters = self.ranges()
            self.tokens.expect(")", "after the parameters")
        self.tokens.expect("=", "before the body of the definition")
        body = self.expression_of_names()
        conditions = [h for r in parameters for h in r.hypotheses]
        if self.tokens.accept("where"):
            conditions.append(self.formula())
        self.tokens.expect("in", "after the definition")
        sort = self._sort(body, name_token)
        self.names, self.sorts = outer, sorts
        self.definitions[name] = {
            "name": name,
            "parameters": [[r.name, r.sort] for r in parameters],
            "sort": sort,
            "where": thawed(("and", *conditions) if conditions else ALWAYS),
            "body": thawed(body),
        }
        self.functions.pop(name, None)
        if parameters:
            self.functions[name] = len(parameters)
        else:
            self.constants[name] = ("call", name)

    def _sort(self, body: Term, token: Token) -> str:
        known = {n: _parsed(d) for n, d in self.definitions.items()}
        try:
            return sort_of(body, self.sorts, known)
        except Malformed as error:
            raise self.tokens.error(str(error), token) from None

    # Formulas -------------------------------------------------------------------------------------

    def formula(self) -> Formula:
        """Read an implication, from the right: A implies B implies C is A implies (B implies C)."""
        left = self.nested(self.disjunction)
        if self.tokens.accept("implies", "=>"):
            return ("implies", left, self.nested(self.formula))
        return left

    def disjunction(self) -> Formula:
        """Read formulas joined by `or`."""
        return self._joined("or", self.conjunction)

    def conjunction(self) -> Formula:
        """Read formulas joined by `and`."""
        return self._joined("and", self.negated)

    def _joined(self, word: str, part: Callable[[], Formula]) -> Formula:
        parts = [part()]
        while self.tokens.accept(word):
            parts.append(part())
        return (word, *parts) if len(parts) > 1 else parts[0]

    def negated(self) -> Formula:
        """Read `not F`, a quantified formula, a formula in brackets, or comparisons."""
        if self.tokens.accept("not"):
            return negation(self.nested(self.negated))
        word = self.tokens.accept("forall", "exists")
        if word is not None:
            return self.nested(lambda: self.inner_quantifier(word.text))
        if self.tokens.at("(") and self._brackets_hold_a_formula():
            opened = self.tokens.advance()
            inner = self.nested(self.formula)
            self._close(")", opened)
            return inner
        return self.comparisons()

    def inner_quantifier(self, word: str) -> Formula:
        """Read a quantifier inside a formula; its ranges guard the body."""
        outer, sorts = set(self.names), dict(self.sorts)
        ranges, conditions = self.quantified()
        body = self.formula()
        self.names, self.sorts = outer, sorts
        if word == "exists":  # one after another: a witness may depend on the one before
            for r in reversed(ranges):
                own = [*r.hypotheses, *(conditions if r is ranges[-1] else ()), body]
                body = ("exists", ((r.name, r.sort),), ("and", *own) if len(own) > 1 else body)
            return body
        guard = [h for r in ranges for h in r.hypotheses] + conditions
        pairs = tuple((r.name, r.sort) for r in ranges)
        return ("forall", pairs, ("implies", ("and", *guard), body) if guard else body)

    def _brackets_hold_a_formula(self) -> bool:
        """Whether a relation or a connective stands between this bracket and its partner."""
        level = 0
        for token in self.tokens.rest():
            if token.kind == "symbol" and token.text in "([":
                level += 1
            elif token.kind == "symbol" and token.text in ")]":
                level -= 1
                if level == 0:
                    return False
            elif token.text in RELATIONS or token.text in WORDS:
                return True
        return False

    def comparisons(self) -> Formula:
        """Read a chain a <= b < c: the conjunction of its comparisons."""
        sides, relations = [self.expression_of_names()], []
        while self.tokens.current.kind == "symbol" and self.tokens.current.text in RELATIONS:
            relations.append(self.tokens.advance().text)
            sides.append(self.expression_of_names())
        if not relations:
            found = self.tokens.current
            factor = found.kind in ("name", "number") and found.text not in self.reserved
            raise self.tokens.error(
                f"found {found}", expected="an operator or a comparison such as <=",
                suggestion=f"*{found.text[:40]}" if factor or self.tokens.at("(") else None,
            )  # fmt: skip
        parts = [
            comparison(r, a, b) for r, a, b in zip(relations, sides[:-1], sides[1:], strict=True)
        ]
        return ("and", *parts) if len(parts) > 1 else parts[0]

    # Terms ----------------------------------------------------------------------------------------

    def _named(self) -> Term:
        """A name; `mu(gelu)` is a function even beside a variable mu."""
        token = self.tokens.current
        if token.text in OF_ACTIVATIONS and self.tokens.after().text == "(":
            self.tokens.advance()
            return self.of_activation(token)
        return super()._named()

    def of_activation(self, token: Token) -> Term:
        """Read dual(relu, rho), dual_iter(erf, L, rho), hermite(abs, k) or mu(gelu)."""
        opened = self.tokens.expect("(")
        activation = self.activation_name()
        arguments = []
        while self.tokens.accept(","):
            arguments.append(self.nested(self.expression))
        self._close(")", opened)
        if len(arguments) != OF_ACTIVATIONS[token.text] - 1:
            wanted = OF_ACTIVATIONS[token.text]
            plural = "" if wanted == 1 else "s"
            raise self.tokens.error(f"{token.text} takes {wanted} argument{plural}", token)
        try:
            return self._activation_term(token.text, activation, arguments)
        except ValueError as error:
            raise self.tokens.error(str(error), token) from None

    def activation_name(self) -> str:
        """Read the name of a catalogued activation, with numbers in brackets."""
        name = self.tokens.current
        if name.kind != "name":
            raise self.tokens.error(f"found {name}", name, expected="an activation such as relu")
        if name.text not in ACTIVATIONS and name.text not in SERIES:
            raise self._no_activation(name)
        self.tokens.advance()
        if not self.tokens.at("(") or name.text in SERIES:
            return name.text
        start = self.tokens.advance().position
        while not self.tokens.at(")") and self.tokens.current.kind != "end":
            self.tokens.advance()
        end = self.tokens.expect(")", "after the parameters of an activation").position
        return name.text + self.tokens.text[start : end + 1]

    def _no_activation(self, name: Token) -> FormulaError:
        close = difflib.get_close_matches(name.text, [*ACTIVATIONS, *SERIES], 1, 0.6)
        return self.tokens.error(
            f"unknown activation {name.text[:40]!r}", name,
            expected="one of the catalogue (`conditioning derive --list`), such as relu or erf",
            suggestion=repr(close[0]) if close else None,
        )  # fmt: skip

    def _activation_term(self, what: str, activation: str, arguments: list[Term]) -> Term:
        terms = ActivationTerms(activation, self.lowered)
        if what == "hermite":
            return self._coefficient(terms, arguments[0])
        entry = terms.mu() if what == "mu" else terms.dual()
        if "'Phi2'" in repr(entry.body.tree):
            self._needs(PHI2, activation)
        name = self._own_name(entry)
        if what == "mu":
            return ("call", name)
        if what == "dual":
            return ("call", name, arguments[0])
        depth, start = arguments
        return ("iter", "r_", ("call", name, "r_"), depth, start)

    def _coefficient(self, terms: ActivationTerms, index: Term) -> Term:
        """a_k for a numeral k, or for a variable in a range of numerals."""
        value = number(index)
        if value is not None and value.denominator == 1 and 0 <= value <= LARGEST_INDEX:
            return terms.coefficient(int(value)).tree
        least, largest = (
            self.whole_ranges.get(index, (0, -1)) if isinstance(index, str) else (0, -1)
        )
        return ("call", self._own_name(terms.coefficients(least, largest)), index)

    def _own_name(self, definition: Definition) -> str:
        """The name, here, of a definition: no other function of the claim has it."""
        document, name = definition.document(), definition.name
        while True:
            own = {**document, "name": name}
            if self.definitions.setdefault(name, own) == own:
                return name
            name += "_"

    def _needs(self, used: Definition, name: str, token: Token | None = None) -> None:
        """The definition, among those of the claim, on which `name` rests."""
        own = used.document()
        if self.definitions.setdefault(used.name, own) != own:
            problem = f"{name} rests on the definition {used.name}, and that name is taken"
            raise self.tokens.error(problem, token)

    def call(self, name: str, arguments: list[Term], token: Token) -> Term:
        """A call of an elementary function, a function of the paper or one of the user's own."""
        if name in self.definitions:
            return ("call", name, *arguments)
        if name in OWN:
            chosen: Definition = getattr(bounds, name)
            for used in (*chosen.uses, chosen):
                self._needs(used, name, token)
            return ("call", name, *arguments)
        result: Term = super().call(name, arguments, token)
        return result

    def lowered(self, tree: Term) -> Term:
        """The tree in the operators of FORMAT.md: real powers, hyperbolic functions, erfc, sign."""
        if not isinstance(tree, tuple):
            return tree
        if tree[0] == "iter":
            return (*tree[:3], *(self.lowered(a) for a in tree[3:]))
        start = 2 if tree[0] == "call" else 1
        args = [self.lowered(a) for a in tree[start:]]
        if tree[0] == "^":
            return self._power(args[0], args[1])
        if tree[0] in REPLACED:
            return REPLACED[tree[0]](args[0])
        return (*tree[:start], *args)

    def _power(self, base: Term, exponent: Term) -> Term:
        """An integer power, a rational power, else exp(b log a) (for a > 0)."""
        value = number(exponent)
        if value is not None and value.denominator > 1:
            try:
                rational_exponent(exponent)
            except Malformed as error:
                raise self.tokens.error(str(error)) from None
            return ("rpow", base, exponent)
        known = {n: _parsed(d) for n, d in self.definitions.items()}
        try:
            whole = value is not None or sort_of(exponent, self.sorts, known) == "int"
        except Malformed:
            whole = True  # the whole statement is checked later
        if whole:
            return ("^", base, exponent)
        if base == ("exp", 1):
            return ("exp", exponent)
        return ("exp", ("*", exponent, ("log", base)))


def _parsed(document: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "parameters": tuple(map(tuple, document["parameters"]))}


def negation(formula: Formula) -> Formula:
    """not F; before a quantifier it goes inside, where proofs need it: no x is some x not."""
    word = formula[0]
    if word not in ("forall", "exists"):
        return ("not", formula)
    pairs, body = formula[1:]
    if word == "forall" and body[0] == "implies":
        return ("exists", pairs, ("and", body[1], negation(body[2])))
    if word == "exists" and body[0] == "and":
        return ("forall", pairs, ("implies", ("and", *body[1:-1]), negation(body[-1])))
    return ("exists" if word == "forall" else "forall", pairs, negation(body))


def comparison(relation: str, a: Term, b: Term) -> Formula:
    """a relation b with the four relations of the format."""
    known = RELATIONS[relation]
    flipped = {">=": "<=", ">": "<"}
    return (flipped[known], b, a) if known in flipped else (known, a, b)


def _tanh(a: Term) -> Term:
    return ("-", 1, ("/", 2, ("+", ("exp", ("*", 2, a)), 1)))


REPLACED: dict[str, Callable[[Term], Term]] = {
    "sinh": lambda a: ("/", ("-", ("exp", a), ("exp", ("-", a))), 2),
    "cosh": lambda a: ("/", ("+", ("exp", a), ("exp", ("-", a))), 2),
    "tanh": _tanh,
    "erfc": lambda a: ("-", 1, ("erf", a)),
    "sign": lambda a: ("ite", ("<", 0, a), 1, ("ite", ("<", a, 0), -1, 0)),
}
