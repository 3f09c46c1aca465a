"""Engine `enclosure`: both sides of a comparison at definite integers, in Arb ball arithmetic.

Each row of the evidence holds decimals that enclose the two sides.  The checker evaluates the
sides again in its own arithmetic; a bug in one is then not a bug in the other.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from certificates.checker import Statement
from certificates.dyadic import Indeterminate, Undefined
from certificates.evaluation import Evaluator
from certificates.terms import COMPARISONS, FUNCTIONS, Definitions, Formula, Term, number

PRECISION = 320
CHECKER_PRECISION = 256
DIGITS = (6, 12, 24, 40, 60)
MOST_PLACES = 60
SPARE = Fraction(1, 2**200)  # room for the checker's own enclosure, which is about 2^-250 wide

Value = fmpq | arb
Ends = tuple[Fraction, Fraction]
EIGENVALUES = ("lambda_min", "lambda_max", "kappa")


class Balls:
    """Evaluates terms at integers: exact rationals as long as they stay short, else balls."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._chains: dict[tuple[Any, ...], list[Value]] = {}
        self._calls: dict[tuple[Any, ...], Value] = {}

    def term(self, term: Term, point: Mapping[str, Value]) -> Value:
        """The value of a term, as an exact rational or an enclosing ball."""
        value = number(term)
        if value is not None:
            return fmpq(value.numerator, value.denominator)
        if isinstance(term, str):
            return point[term]
        op, args = term[0], term[1:]
        if op == "ite":
            return self.term(args[1] if self.formula(args[0], point) else args[2], point)
        if op == "call":
            values = [self.term(a, point) for a in args[1:]]
            key = (args[0], *map(str, values))
            if key not in self._calls:
                entry = self.definitions[args[0]]
                inner = dict(zip([n for n, _ in entry["parameters"]], values, strict=True))
                if not self.formula(entry["where"], inner):
                    raise ValueError(f"{args[0]} outside its domain")
                self._calls[key] = self.term(entry["body"], inner)
            return self._calls[key]
        if op == "iter":
            return self._iterate(term, point)
        values = [self.term(a, point) for a in args]
        return shortened(self._apply(op, values, term, point))

    def _apply(self, op: str, v: list[Value], term: Term, point: Mapping[str, Value]) -> Value:
        simple: dict[str, Callable[[], Value]] = {
            "+": lambda: total(v),
            "-": lambda: v[0] - v[1] if len(v) == 2 else -v[0],
            "/": lambda: v[0] / v[1],
            "^": lambda: power(v[0], whole(v[1])),
            "abs": lambda: abs(ball(v[0])) if isinstance(v[0], arb) else abs(v[0]),
            "max": lambda: largest(v),
            "pi": arb.pi,
            "ceil": lambda: self._ceiling(v[0], term, point),
        }
        if op in simple:
            return simple[op]()
        if op == "*":
            product = v[0]
            for factor in v[1:]:
                product = product * factor
            return product
        if op in FUNCTIONS:
            if op == "log" and v[0] == 1:
                return fmpq(0)
            value: Value = elementary(op, ball(v[0]))
            return value
        if op == "rpow":
            root: Value = ball(v[0]) ** arb(v[1])
            return root
        raise ValueError(f"{op} is not enclosed here")

    def _ceiling(self, value: Value, term: Term, point: Mapping[str, Value]) -> fmpq:
        """The ceiling; a tie of a quotient of logarithms of rationals is decided exactly."""
        if isinstance(value, fmpq):
            return fmpq(-((-value.p) // value.q))
        integer = value.ceil().unique_fmpz()
        if integer is not None:
            return fmpq(integer)
        nearest = (value.mid() + arb(0.5)).floor().unique_fmpz()
        if nearest is None:
            raise ValueError("the ceiling is not decided")
        k = int(nearest)
        _, upper, lower = term[1]
        sign = 1
        if lower[0] == "-":
            lower, sign = lower[1], -1
        a, b = self.term(upper[1], point), self.term(lower[1], point)
        if isinstance(a, fmpq) and isinstance(b, fmpq) and power(b, sign * k) == a:
            return fmpq(k)
        raise ValueError("the ceiling is not decided")

    def _iterate(self, term: tuple[Any, ...], point: Mapping[str, Value]) -> Value:
        name, body, depth, start = term[1:]
        count = whole(self.term(depth, point))
        first = self.term(start, point)
        chain = self._chains.setdefault((body, str(first)), [first])
        while len(chain) <= count:
            chain.append(self.term(body, {name: chain[-1]}))
        return chain[count]

    def formula(self, formula: Formula, point: Mapping[str, Value]) -> bool:
        """The truth of a comparison of two values.  Raises ValueError when it is not decided."""
        if formula[0] == "and":
            return all(self.formula(f, point) for f in formula[1:])
        if formula[0] not in COMPARISONS:
            raise ValueError("only comparisons are decided here")
        difference = self.term(formula[2], point) - self.term(formula[1], point)
        if isinstance(difference, arb) and difference.contains(0):
            raise ValueError("a comparison is not decided")
        return bool(
            {"<=": difference >= 0, "<": difference > 0, "=": difference == 0}.get(
                formula[0], difference != 0
            )
        )


def elementary(name: str, x: arb) -> arb:
    """An elementary function of the statement language at a ball."""
    if name == "Phi":
        return (-x / arb(2).sqrt()).erfc() / 2
    value: arb = getattr(x, name)()
    return value


def total(values: list[Value]) -> Value:
    """The sum of several values."""
    result = values[0]
    for value in values[1:]:
        result = result + value
    return result


def largest(values: list[Value]) -> Value:
    """The maximum of two values."""
    if all(isinstance(x, fmpq) for x in values):
        return max(x for x in values if isinstance(x, fmpq))
    return ball(values[0]).max(ball(values[1]))


def whole(value: Value) -> int:
    """The value of an integer term."""
    if isinstance(value, arb) or value.q != 1:
        raise ValueError("not an exact integer")
    return int(value.p)


def ball(value: Value) -> arb:
    """The value as a ball."""
    return value if isinstance(value, arb) else arb(value)


def power(base: Value, exponent: int) -> Value:
    """base ** exponent for an integer exponent."""
    return fmpq(1) if exponent == 0 else base**exponent


def shortened(value: Value) -> Value:
    """A long rational as a ball, so that iterates do not grow without end."""
    if isinstance(value, fmpq) and max(value.p.bit_length(), value.q.bit_length()) > 2000:
        return arb(value)
    return value


def decimals(value: Value | Ends, digits: int) -> tuple[str, str]:
    """Two decimals with about `digits` significant digits, below and above the value."""
    if isinstance(value, tuple):
        low, high = value
    elif isinstance(value, fmpq):
        low = high = Fraction(int(value.p), int(value.q))
    else:
        low, high = _fraction(value.lower()) - SPARE, _fraction(value.upper()) + SPARE
    size = max(abs(low), abs(high))
    places = digits
    while size and size * 10**places < 10 ** (digits - 1) and places < MOST_PLACES:
        places += 1
    while places > 0 and size * 10 ** (places - 1) >= 10**digits:
        places -= 1
    scale = 10**places
    return _decimal(low * scale // 1, places), _decimal(-(-high * scale // 1), places)


def _fraction(end: arb) -> Fraction:
    mantissa, exponent = end.man_exp()
    if int(exponent) < -4 * PRECISION:
        return Fraction(0)  # SPARE is far more than what is left out here
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _decimal(scaled: int | Fraction, places: int) -> str:
    whole = int(scaled)
    text = str(abs(whole)).rjust(places + 1, "0")
    text = f"{text[:-places]}.{text[-places:]}".rstrip("0").rstrip(".") if places else text
    return ("-" if whole < 0 and text.strip("0.") else "") + text


def exact_decimal(value: Fraction) -> str:
    """A difference of two decimals, written as a decimal without rounding."""
    places = 0
    while value * 10**places % 1:
        places += 1
    return _decimal(value * 10**places, places)


def instance_points(statement: Statement) -> list[Any]:
    """The integer points that the hypotheses of an instance allow, as the checker finds them."""
    evaluator = Evaluator(CHECKER_PRECISION, statement.definitions)
    names = list(statement.goal.variables)
    return evaluator.points(names, list(statement.document["hypotheses"]), {})


def rows(statement: Statement) -> list[list[Any]] | None:
    """A row for each point of an instance, or None where Arb does not decide one of them."""
    old, ctx.prec = ctx.prec, PRECISION
    try:
        op, left, right = statement.document["conclusion"]
        names = list(statement.goal.variables)
        points = instance_points(statement)
        balls = Balls(statement.definitions)
        evaluator = Evaluator(CHECKER_PRECISION, statement.definitions)
        found = []
        for point in points:
            at = {n: fmpq(int(v)) for n, v in point.items()}
            sides: list[Value | Ends] = [
                # eigenvalues of rational matrices: exact elimination, as the checker does it
                evaluator.bounds(evaluator.term(side, point))
                if isinstance(side, tuple) and side[0] in EIGENVALUES
                else balls.term(side, at)
                for side in (left, right)
            ]
            row = _row(op, *sides)
            if row is None:
                return None
            found.append([[int(point[n]) for n in names], *row])
        return found
    except (ValueError, Undefined, Indeterminate):
        return None
    finally:
        ctx.prec = old


def _row(op: str, left: Value | Ends, right: Value | Ends) -> list[str] | None:
    for digits in DIGITS:
        (low, high), (low_right, high_right) = decimals(left, digits), decimals(right, digits)
        margin = Fraction(low_right) - Fraction(high)
        if margin > 0 or (op == "<=" and margin == 0):
            return [low, high, low_right, high_right, exact_decimal(margin)]
    return None


def instance_evidence(statement: Statement) -> dict[str, Any] | None:
    """Evidence that a comparison holds at all integer points that its hypotheses allow."""
    found = rows(statement)
    if not found:
        return None
    return {"by": "instances", "precision": CHECKER_PRECISION, "rows": found}
