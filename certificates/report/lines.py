"""Long formulas as pieces between which a line may break, as wide as the page happens to be.

MathML Core breaks no lines, so a formula that is long becomes several of its elements in a row: a
clause for each conjunct, and in it a piece for each side of a relation, each summand, each factor.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from markupsafe import Markup

from certificates.report.mathml import (
    PRODUCT,
    RELATIONS,
    SUM,
    Setter,
    chains,
    fence,
    is_simple,
    math,
    operator,
    quantifier,
    row,
    words,
)
from certificates.terms import SPELLING, Formula, Term, show

# widths in em: what is never broken; what fits a phone; what fits a desk
SHORT, PHONE, DESK = 9.0, 15.0, 40.0
SCRIPT = 0.72  # how much smaller scripts are
OPERATOR, FENCE, LETTER = 1.2, 0.42, 0.55
INVISIBLE = ("\u2061", "\u2062")


class Piece(NamedTuple):
    """A part of a formula that stands on one line: MathML and plain text."""

    math: str
    text: str

    def after(self, math: str, text: str) -> "Piece":
        """The piece with something before it."""
        return Piece(row(math, self.math), text + self.text)

    def before(self, math: str, text: str) -> "Piece":
        """The piece with something behind it."""
        return Piece(row(self.math, math), self.text + text)


Clause = list[Piece]


def width(math: str) -> float:
    """About how many em the expression is wide."""
    return _width(ElementTree.fromstring(row(math)))


def _width(node: ElementTree.Element) -> float:
    inner = [_width(child) for child in node]
    text = (node.text or "").strip()
    match node.tag:
        case "mo":
            if text in INVISIBLE:
                return 0.0
            return FENCE if node.get("fence") or text in "(),:′^" else OPERATOR
        case "mi" | "mn" | "mtext":
            return LETTER * len(text)
        case "mfrac":
            return max(inner) + 0.2
        case "msup" | "msub" | "mover":
            return inner[0] + (SCRIPT * inner[1] if node.tag != "mover" else 0.0)
        case "msubsup":
            return inner[0] + SCRIPT * max(inner[1:])
        case "munder" | "munderover":
            return max(inner[0], *(SCRIPT * w for w in inner[1:]))
        case "mtable":
            return max(inner)
    return sum(inner) + (0.9 if node.tag in ("msqrt", "mroot") else 0.0)


class Breaker:
    """Breaks the formulas of one statement, set by its setter."""

    def __init__(self, sets: Setter) -> None:
        self._sets = sets

    def clauses(self, formula: Formula) -> list[Clause]:
        """The formula as clauses, each a list of pieces."""
        whole = self._sets.formula(formula)
        if width(whole) <= PHONE:
            return [[Piece(whole, show(formula))]]
        op, args = formula[0], formula[1:]
        if op in ("and", "or"):
            return self._conjuncts(op, args)
        if op in RELATIONS:
            return [self._chain([formula])]
        if op in ("forall", "exists"):
            head, name = quantifier(op, args[0]), "for all " if op == "forall" else "there is "
            text = f"{name}{', '.join(n for n, _ in args[0])}: "
            first, *rest = self.clauses(args[1])
            return [[Piece(head, text), *first], *rest]
        if op == "implies":
            given, then = (self._part(a, op) for a in args)
            return [[*given, then[0].after(_infix(operator("⟹")), "⟹ "), *then[1:]]]
        return [[Piece(whole, show(formula))]]

    def _conjuncts(self, op: str, args: Sequence[Formula]) -> list[Clause]:
        found = []
        parts = chains(args) if op == "and" else [[a] for a in args]
        for k, links in enumerate(parts, 1):
            relation = links[0][0] in RELATIONS
            clause = self._chain(links) if relation else self._part(links[0], op)
            if k < len(parts):
                clause[-1] = clause[-1].before(words(f" {op}"), SPELLING[op].rstrip())
            found.append(clause)
        return found

    def _part(self, formula: Formula, outer: str) -> Clause:
        """A part of a larger formula, in fences where it needs them."""
        pieces = [piece for clause in self.clauses(formula) for piece in clause]
        return pieces if is_simple(formula, outer) else _fenced(pieces, "(", ")")

    def _chain(self, links: Sequence[Formula]) -> Clause:
        found = self.term(links[0][1])
        for op, _, right in links:
            first, *rest = self.term(right)
            found += [
                first.after(_infix(operator(RELATIONS[op])), f"{SPELLING.get(op, op)} "),
                *rest,
            ]
        whole = Piece(self._sets.chain(links), " and ".join(map(show, links)))
        return [whole] if width(whole.math) <= PHONE else found

    def term(self, term: Term, level: int = 0) -> Clause:
        """A term as pieces; `level` is how tightly what stands around it binds."""
        whole = self._sets.term(term, level)
        piece = Piece(whole, show(term, level))
        if width(whole) <= SHORT or not isinstance(term, tuple) or self._sets.shorthand(term):
            return [piece]
        op = term[0]
        loosest = {"+": SUM, "-": SUM if term[2:] else 0, "*": PRODUCT}
        if op in loosest:
            if level > loosest[op]:
                return self._open("", "(", term, ")", piece)
            parts = self._sets.factors(term, level) if op == "*" else self._sets.addends(term)
            return self._joined(parts, "·" if op == "*" else f"{op} ")
        if opened := self._sets.opened(term):
            return self._open(*opened, piece)
        if op == "/" and width(whole) > DESK and level < PRODUCT:
            over = self._sets.term(term[2], PRODUCT)
            pieces = self._open("", "(", term[1], ")", piece)
            return [*pieces, Piece(row(_infix(operator("/")), over), f"/ {show(term[2], PRODUCT)}")]
        return [piece]

    def _open(self, head: str, left: str, inner: Term, right: str, whole: Piece) -> Clause:
        """A term in fences, broken within them unless tall fences would have to be torn."""
        pieces = self.term(inner)
        tall = 'stretchy="true"' in fence(left, self._sets.term(inner), "prefix")
        if len(pieces) == 1 or (tall and width(whole.math) <= DESK):
            return [whole]
        return _fenced(pieces, left, right, head)

    def _joined(self, parts: Sequence[tuple[str, Term, int]], spelled: str) -> Clause:
        """The parts one after the other, short ones together."""
        found: Clause = []
        for sign, term, level in parts:
            first, *rest = self.term(term, level)
            if sign:
                first = first.after(_infix(sign) if found else sign, spelled)
            if found and width(found[-1].math) + width(first.math) <= SHORT:
                first = found.pop().before(first.math, f" {first.text}")
            found += [first, *rest]
        return found


def _fenced(pieces: Clause, left: str, right: str, head: str = "") -> Clause:
    first = pieces[0].after(row(head, fence(left, pieces[0].math, "prefix")), left)
    pieces = [first, *pieces[1:]]
    return [*pieces[:-1], pieces[-1].before(fence(right, pieces[-1].math, "postfix"), right)]


def _infix(sign: str) -> str:
    """The sign at the beginning of a piece, spaced as between two terms."""
    return sign.replace("<mo>", '<mo form="infix">', 1)


class Shown(NamedTuple):
    """A formula for a page; one that may be wider than a phone can be scrolled by keyboard."""

    text: Markup
    scrolls: bool = False


def shown(clauses: Sequence[Clause], *, display: bool = True) -> Shown:
    """The clauses for a page: elements in a row, which the browser breaks into lines."""
    spans = (
        '<span class="clause">'
        + "<wbr>".join(math(p.math, p.text, display=display) for p in clause) + "</span>"
        for clause in clauses
    )  # fmt: skip
    widest = max(width(piece.math) for clause in clauses for piece in clause)
    return Shown(Markup(f'<div class="formula">{" ".join(spans)}</div>'), widest > PHONE)
