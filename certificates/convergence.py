"""When a series over a nonnegative summable sequence surely converges."""

from collections.abc import Mapping, Sequence

from certificates.terms import Formula, Malformed, Term, substitute


def small(
    factor: Term, sequence: str, index: Term, known: Sequence[Formula], sorts: Mapping[str, str]
) -> Formula:
    """|g(i)| <= 1, or |g(i)| <= 1 + |h(i)| + ... where it is known that sum c_i h(i) converges.

    Then sum c_i |g(i)| <= sum c_i + sum c_i |h(i)| + ... is finite, up to finitely many terms.
    """
    bound: list[Term] = [1]
    for hypothesis in known:
        if hypothesis[0] == "converges":
            owner, other = series_factor(hypothesis[3], hypothesis[1], sorts)
            if owner == sequence:
                bound.append(("abs", substitute(other, {hypothesis[1]: index})))
    return ("<=", ("abs", factor), ("+", *bound) if bound[1:] else 1)


def series_factor(body: Term, name: str, sorts: Mapping[str, str]) -> tuple[str, Term]:
    """(c, g) where the body of a series is c_i, c_i * g(i) or g(i) * c_i.  Raises Malformed."""
    factors = body[1:] if isinstance(body, tuple) and body[0] == "*" else (body,)
    for k, factor in enumerate(factors):
        if isinstance(factor, tuple) and factor[0] == "coef" and factor[2] == name:
            rest = factors[:k] + factors[k + 1 :]
            return factor[1], rest[0] if len(rest) == 1 else ("*", *rest) if rest else 1
    raise Malformed("the body of a series must have a factor c_i")
