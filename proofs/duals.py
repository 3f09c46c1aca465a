"""The closed forms of the catalogue as claims: "Dual of relu", from Definition 4 to mu.

Each part is a statement about expectations with sigma written out, so that it is the paper's own
definition: E sigma, E sigma^2, a_1 = E X sigma, the dual; then the same for the normalised
activation, and mu.  The closed forms come from `symbolic`, the proofs from the engines.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import sympy

from certificates.checker import Goal
from certificates.terms import substitute
from proofs.claim import Claim, Part, lemma, statement
from proofs.clipped import INSIDE, clipped_parts, closed, definitions, needs_truncation
from proofs.engines.crossed import crossed
from proofs.engines.dual import by_expectation, chain, polynomial_mean, price
from proofs.engines.gaussians import (
    by_linearity,
    exponential,
    flattened,
    mean_value,
    stein_mean,
    waves,
    weighted,
)
from proofs.engines.identity import defining_facts, identity, parts_of
from proofs.engines.modulated import gabor_dual, gabor_mean, gabor_slope_mean
from proofs.engines.normal_powers import normal_dual
from proofs.engines.unify import unified
from proofs.language import (
    Expression,
    Formula,
    Variable,
    equal,
    expectation,
    function,
    given,
    joint_expectation,
)
from proofs.normal_means import item_of, normal_means_claim
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Tactic,
    axiom,
    enclosed,
    generalise,
    have,
    in_turn,
    use,
)
from proofs.translate import Phi
from proofs.truncated import ITEM as TRUNCATED
from proofs.truncated import truncated_claim
from proofs.written import KINKS, Written, rho, root_facts, value, with_plain_rates, x, y
from symbolic import Activation, parse_activation
from symbolic.laws import TermsLaw
from symbolic.variables import rho as correlation
from symbolic.variables import x as argument

NAMES = (
    "identity", "relu", "leaky_relu", "abrelu", "abs", "abs_power(3)", "step", "sign",
    "rectified_power(2)", "rectified_power(3)", "erf", "phi", "gelu", "sin", "cos", "sin_cos",
    "exp", "gaussian", "gaussian_slope", "h(2)", "h(3)", "two_term", "exp(a)", "sin(w,b)",
    "cos(w,b)", "sin_cos(w)", "gaussian(2)", "snake", "snake(a)", "gabor", "gabor(w)",
)  # fmt: skip

LONGEST_NAME = 150
REWRITTEN = (sympy.exp,)

ROOT = sympy.sqrt(1 - correlation**2)


def slopes(form: sympy.Expr) -> Iterator[sympy.Expr]:
    """The derivatives of p + q sqrt(1 - rho^2) + r asin(rho), as long as they have no pole.

    With s for the root, (q s)' + p' + (r asin)' has the part (q'(1 - rho^2) - q rho + r)/s, which
    has no pole when 1 - rho^2 divides its numerator.
    """
    root = sympy.Symbol("s", positive=True)
    while True:
        slope = sympy.expand(sympy.diff(form, correlation).subs(ROOT, root))
        over = sympy.cancel((slope.coeff(root, -1) / (1 - correlation**2)).together())
        regular = slope.coeff(root, 0) + root * (slope.coeff(root, 1) + over)
        if sympy.fraction(over)[1].has(correlation) or regular == 0:
            return
        form = sympy.expand(regular.subs(root, ROOT))
        yield form


def each(operator: str, tactic: Callable[[Expression], Tactic]) -> Tactic:
    """A tactic for each expectation of this kind in the goal."""

    def all_of(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        found = dict.fromkeys(p for p in parts_of(goal.conclusion) if p[0] == operator)
        return in_turn(*(tactic(Expression(p)) for p in found))(prover, goal, then)

    return all_of


def mean_proof(written: Written) -> Callable[[Expression], Tactic]:
    """The tactic for a mean, by the kind of the activation."""
    if (both := written.summands) is not None:
        return by_summands(both, lambda s: s.sigma(x), mean_proof)
    if written.has(*KINKS):
        return lambda e: polynomial_mean(e, (0,))
    if (w := written.frequency) is not None:
        return lambda _e: gabor_mean(w)
    if written.squares_of_sines:
        return lambda e: flattened(e, written.sigma(x), written.flat, written.squares_of_sines)
    if written.has(sympy.sin, sympy.cos):
        return waves
    if written.has(sympy.exp) and not written.has(argument**2):
        return exponential
    return mean_value


def first_proof(written: Written) -> Callable[[Expression], Tactic]:
    """The tactic for a first coefficient, E[X sigma(X)]."""
    if (both := written.summands) is not None:
        return by_summands(both, lambda s: x * s.sigma(x), first_proof)
    if (w := written.frequency) is not None:
        return lambda _e: in_turn(gabor_slope_mean(w), unified(TRUNCATED))
    waved, means = written.has(sympy.sin, sympy.cos), mean_proof(written)
    return by_stein(waves if waved else means) if waved or means == exponential else means


def by_summands(
    both: tuple[Written, Written], body: Callable[[Written], Expression],
    proof: Callable[[Written], Callable[[Expression], Tactic]],
) -> Callable[[Expression], Tactic]:  # fmt: skip
    """The tactic for the mean of a sum, from those for its summands."""
    means = [expectation(x, body(s)) for s in both]
    return lambda e: in_turn(
        by_linearity(e, *((m, Expression(1)) for m in means)),
        *(proof(s)(m) for s, m in zip(both, means, strict=True)),
    )


def sum_dual(written: Written, cut: Written, smooth: Written, form: sympy.Expr) -> Tactic:
    """The dual of a sum of a piecewise polynomial and a smooth function: by bilinearity."""
    forms = [sympy.expand(s.activation.dual()) for s in (cut, smooth)]
    cross = sympy.expand((sympy.expand(form) - forms[0] - forms[1]) / 2)
    law = cut.activation.law
    count = max((t.power for t in law.terms), default=0) if isinstance(law, TermsLaw) else 0
    slopes = [value(sympy.diff(cross, correlation, k)) for k in range(1, count + 1)]
    joint = partial(joint_expectation, rho, x, y)
    mixed, other = joint(cut.sigma(x) * smooth.sigma(y)), joint(smooth.sigma(x) * cut.sigma(y))
    one = Expression(1)
    return in_turn(
        have(equal(mixed, value(cross)), crossed((0,), slopes, mean_proof(smooth))),
        *(have(equal(s.dual(), value(f)), dual_proof(s, f), identity)
          for s, f in zip((cut, smooth), forms, strict=True)),
        by_linearity(written.dual(), (cut.dual(), one), (mixed, one), (other, one),
                     (smooth.dual(), one)),
        axiom("exchange", other),
    )  # fmt: skip


def by_stein(tactic: Callable[[Expression], Tactic]) -> Callable[[Expression], Tactic]:
    """The tactic for E[X f(X)] from that for E[f'(X)]."""
    return lambda e: stein_mean(e, tactic)


def dual_proof(written: Written, form: sympy.Expr) -> Tactic:
    """The tactic for a dual, by the kind of the activation."""
    if (both := written.summands) is not None:
        return sum_dual(written, *both, form)
    whole = written.dual()
    means = each("expect", mean_proof(written))
    if written.has(*KINKS):
        return chain((0,), [value(f) for f in slopes(sympy.expand(form))])
    if written.has(Phi) and (normal := written.normal_sum) is not None:
        return normal_dual(normal, item_of(normal))
    if written.has(sympy.erf, Phi):
        slope = sympy.diff(form, correlation)
        roots = [step for q in written.arcs for step in root_facts(q)]
        last = [*written.inner_squares(), each("expect2", weighted), *roots, identity]
        if slope.has(sympy.asin):
            inner = price(zero=[means, identity], slope=last)
            last = [by_expectation(value(slope), inner), identity]
        return price(zero=[means, identity], slope=last)
    if written.frequency is not None:
        return in_turn(gabor_dual(written.frequency), unified(TRUNCATED))
    if written.squares_of_sines:
        return flattened(whole, written.sigma(x), written.flat, written.squares_of_sines)
    if written.has(sympy.sin, sympy.cos):
        return waves(whole)
    if written.has(sympy.exp):
        return (weighted if written.has(argument**2) else exponential)(whole)
    return identity


def parts(written: Written, item: str) -> Iterator[Part]:
    """Mean, first coefficient, dual and second moment of one activation."""
    sigma, law = written.activation, written.sigma(x)
    if needs_truncation(sigma):
        plain = given(*written.parameters).where(*written.hypotheses)
        yield from clipped_parts(sigma, written, plain, written.squares(), item)
        return
    start, inner = written.squares(), written.inner_squares()
    means, firsts = mean_proof(written), first_proof(written)
    defined = [[*start, defining_facts]]
    plain = given(*written.parameters).where(*written.hypotheses)
    one = joint_expectation(1, x, y, written.sigma(x) * written.sigma(y))

    def moment(
        label: str, body: Expression, closed: sympy.Expr, words: str, *steps: Tactic
    ) -> Part:
        says = plain.says(equal(expectation(x, body), value(closed)))
        return lemma(label, says, [*start, *steps, identity], words=words, defined=defined)

    yield moment("mean", law, sigma.mean(), "E σ(X)", each("expect", means))
    first = sigma.hermite_coefficient(1)
    yield moment("first coefficient", x * law, first, "a_1 = E Xσ(X)", each("expect", firsts))
    yield statement(
        "dual",
        given(*written.parameters, rho)
        .where(*written.hypotheses, abs(rho) <= 1)
        .says(equal(written.dual(), value(sigma.dual()))),
        [*start, *inner, dual_proof(written, sigma.dual()), identity],
        words="σ̂(ρ) = E σ(X)σ(X'), Definition 4",
        defined=[[*start, *inner, defining_facts]],
    )
    yield moment(
        "second moment", law**2, sigma.second_moment(), "E σ(X)² = σ̂(1)",
        use(f"{item}: dual", rho=1), axiom("perfect_correlation", one, 1),
        have(equal(expectation(x, law * law), at_one(value(sigma.dual())))),
    )  # fmt: skip


@dataclass(frozen=True)
class Scaled:
    """(sigma - m)/s with s^2 = Var sigma(X): its dual and mu, and the coefficients that make it.

    `scale`, `shift` are 1/s and -m/s; `square`, `mixed` and `rest` are 1/s^2, -m/s^2 and m^2/s^2.
    """

    sigma: Callable[[Variable], Expression]
    dual: Expression
    mu: Expression
    scale: Expression
    shift: Expression
    square: Expression
    mixed: Expression
    rest: Expression


def scaled(written: Written) -> Scaled:
    """The normalised activation, in the closed forms that `symbolic` gives.

    With exponentials, several parameters or roots of roots, where such forms are rewritten too far
    for the engine, they are left as quotients by s^2.
    """
    sigma = written.activation
    mean, variance = sigma.mean(), sigma.variance()
    root = 1 / sympy.sqrt(variance)
    powers = root.atoms(sympy.Pow)
    simple = all(p.exp.q <= 2 for p in powers if p.exp.is_Rational)
    simple = simple and not has_long_forms(written)
    if len(written.symbols) < 2 and simple and not root.has(*REWRITTEN):
        normal = sigma.normalised()
        products = [value(sympy.expand(c)) for c in (root**2, -mean * root**2, (mean * root) ** 2)]
        mu_form = value(normal.coefficient_of_nonlinearity())
        return Scaled(
            Written(normal).sigma, value(normal.dual()), mu_form,
            value(root), value(-mean * root), *products,
        )  # fmt: skip
    form = closed if needs_truncation(sigma) else value
    return quotients(
        written, form(mean), form(variance), form(sigma.dual()),
        form(sigma.hermite_coefficient(1) ** 2),
    )  # fmt: skip


def quotients(
    written: Written, m: Expression, square: Expression, dual: Expression, first: Expression
) -> Scaled:
    """(sigma - m)/s as quotients by s^2 = `square`, with sigma's dual and the square of a_1."""
    s = function("sqrt", square)
    return Scaled(
        lambda at: (written.sigma(at) - m) / s,
        dual / square if m.tree == 0 else (dual - m * m) / square,
        Expression(1) if first.tree == 0 else 1 - first / square,
        1 / s, -m / s, 1 / square, -m / square, m * m / square,
    )  # fmt: skip


MEAN, VARIANCE, DUAL = (Expression(f"{n}_value") for n in ("mean", "variance", "dual"))


@dataclass(frozen=True)
class Lettered:
    """The normalised activation with letters for m, s^2 and the dual, and the steps that put them.

    What is to be shown holds whatever these are, for s^2 > 0; multiplied out they would fill
    megabytes.
    """

    normal: Scaled
    steps: tuple[Tactic, ...] = ()

    @classmethod
    def of(cls, written: Written, normal: Scaled) -> "Lettered":
        """With letters where the closed forms are long."""
        sigma = written.activation
        if not has_long_forms(written):
            return cls(normal)
        m, square = closed(sigma.mean()), closed(sigma.variance())
        steps = [] if written.symbols else [enclosed(square > 0)]
        steps += [generalise(square, str(VARIANCE.tree)), _lettered(written.dual())]
        if isinstance(m.tree, tuple):
            steps.append(generalise(m, str(MEAN.tree)))
            m = MEAN
        first = closed(sigma.hermite_coefficient(1) ** 2)
        return cls(quotients(written, m, VARIANCE, DUAL, first), tuple(steps))


def has_long_forms(written: Written) -> bool:
    """Whether an activation is cut off the origin, has powers of x with Phi(x), or is a sum."""
    cut = needs_truncation(written.activation)
    return cut or written.normal_sum is not None or written.summands is not None


def _lettered(left: Expression) -> Tactic:
    """Put a letter for the dual's closed form, if that is among the hypotheses."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        known = [h[2] for h in goal.hypotheses if h[0] == "=" and h[1] == left.tree]
        steps = [generalise(Expression(form), str(DUAL.tree)) for form in known[:1]]
        return in_turn(*steps)(prover, goal, then)

    return tactic


def normalised_parts(written: Written, item: str) -> Iterator[Part]:
    """Condition (1), the dual and mu of the normalised activation (sigma - m)/s, by linearity."""
    normal = scaled(written)
    lettered = Lettered.of(written, normal)
    shown, letters = lettered.normal, lettered.steps
    early, inner = written.squares(), written.inner_squares()
    start = [*early, *written.positive_arcs()]
    defined = [[*start, defining_facts], [*early, defining_facts]]
    ranges = (*written.hypotheses, *positive_variance(written))
    plain = given(*written.parameters).where(*ranges)
    law, unit, body = written.sigma(x), Expression(1), normal.sigma(x)
    one, joint = expectation(x, unit), partial(joint_expectation, rho, x, y)
    whole = joint(body * normal.sigma(y))
    inside = needs_truncation(written.activation)
    correlations = INSIDE if inside else (abs(rho) <= 1,)

    inner_body, both = shown.sigma(x), joint(shown.sigma(x) * shown.sigma(y))
    mean = by_linearity(
        expectation(x, inner_body), (expectation(x, law), shown.scale), (one, shown.shift)
    )
    yield lemma(
        "normalised mean",
        plain.says(equal(expectation(x, body), 0)),
        [*start, use(f"{item}: mean"), *letters, mean, identity],
        words="condition (1): E σ(X) = 0",
        defined=defined,
    )
    yield statement(
        "normalised dual",
        given(*written.parameters, rho)
        .where(*ranges, *correlations)
        .says(equal(whole, normal.dual), *definitions(normal.dual)),
        [
            *start, *inner, use(f"{item}: mean"), use(f"{item}: dual"), *letters,
            by_linearity(
                both,
                (written.dual(), shown.square), (joint(law), shown.mixed),
                (joint(written.sigma(y)), shown.mixed), (joint(unit), shown.rest),
            ),
            axiom("marginal", joint(law)), axiom("marginal", joint(written.sigma(y))), identity,
        ],
        words="σ̂(ρ) for (σ - E σ(X))/√(Var σ(X)), Definition 4",
        defined=[[*start, *inner, defining_facts], *defined],
    )  # fmt: skip
    yield lemma(
        "normalised variance",
        plain.says(equal(expectation(x, body**2), 1)),
        [
            *start, use(f"{item}: mean"), use(f"{item}: second moment"),
            _centred(written), *letters,
            by_linearity(expectation(x, inner_body**2), (expectation(x, law**2), shown.square),
                         (expectation(x, law), 2 * shown.mixed), (one, shown.rest)), identity,
        ] if letters else [
            *start, use(f"{item}: normalised dual", rho=1),
            axiom("perfect_correlation", joint_expectation(1, x, y, body * normal.sigma(y)), 1),
            have(equal(expectation(x, body * body), at_one(normal.dual))), identity,
        ],
        words="condition (1): Var σ(X) = E σ(X)² = 1",
        defined=defined,
    )  # fmt: skip
    moment = expectation(x, x * body)
    yield statement(
        "mu",
        plain.says(equal(1 - moment**2, normal.mu)),
        [
            *start, use(f"{item}: first coefficient"), *letters,
            by_linearity(
                expectation(x, x * inner_body),
                (expectation(x, x * law), shown.scale), (expectation(x, x), shown.shift),
            ),
            identity,
        ],
        words="μ = 1 - (E Xσ(X))², Definition 1",
        defined=defined,
    )  # fmt: skip


def _centred(written: Written) -> Tactic:
    """Add E sigma(X)^2 = s^2 + m^2 for the closed forms, and so for the expectation."""
    sigma = written.activation
    m, square = closed(sigma.mean()), closed(sigma.variance())
    moment = expectation(x, written.sigma(x) ** 2)
    return have(equal(moment, square + m * m), identity)


def positive_variance(written: Written) -> tuple[Formula, ...]:
    """The hypothesis 0 < Var sigma(X), where it is not plain for all values of the parameters."""
    variance = written.activation.variance()
    plain = len(written.symbols) < 2 and not variance.has(*REWRITTEN, sympy.asin, sympy.erf)
    roots = [p for p in variance.atoms(sympy.Pow) if p.exp.is_Rational and p.exp.q == 2]
    plain = plain and not any(p.base.free_symbols for p in roots) and not has_long_forms(written)
    return () if plain or not written.symbols else (closed(variance) > 0,)


def at_one(form: Expression) -> Expression:
    """A closed form at rho = 1, not simplified."""
    return Expression(substitute(form.tree, {"rho": 1}))


def dual_claim(name: str) -> Claim:
    """The claim about an activation of the catalogue.  Raises ValueError for an unknown name."""
    return claim_about(parse_activation(name))


def claim_about(activation: Activation) -> Claim:
    """The claim about an activation, named for its name, which tells its parameters or its formula.

    What is said of the normalised activation is said where the variance is positive; a rate a of
    exp(-a x^2) that is a letter is written root_a^2, and exp(x/a) with 1/rate_a for a.  Raises
    ValueError where a parameter has the name of a variable of the statements.
    """
    name = shortened(activation.name)
    item = f"Dual of {name}"
    written = Written(with_plain_rates(activation))
    for taken in {str(s) for s in written.symbols} & {v.tree for v in (rho, x, y)}:
        raise ValueError(f"the parameter {taken} has the name of a Gaussian variable")
    found = [*parts(written, item)]
    found += normalised_parts(written, item)
    return Claim(item, f"the dual activation of {name}", tuple(found))


def foundations(sigma: Activation) -> Iterator[Claim]:
    """The claims whose lemmas the claim about an activation uses."""
    if needs_truncation(sigma):
        yield truncated_claim()
    normal = Written(with_plain_rates(sigma)).normal_sum
    if normal is not None:
        yield normal_means_claim(normal)


def shortened(name: str) -> str:
    """A name or formula on one line, short enough for a certificate."""
    line = " ".join(name.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 3] + "..."
