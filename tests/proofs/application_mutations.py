"""Mutations of the claims of Sections 4 to 7 and Appendices C to F, as in `mutations.py`."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from proofs.bounds import assumption_1
from proofs.claim import Claim
from proofs.claims.discussion import BATCH_NORM, GENERAL, RELU_WIDTH, UNCENTRED
from proofs.claims.exponentials import EXPONENTIALS, exp, log
from proofs.claims.interpolation import LEMMA_26, LEMMA_27, THEOREM_20
from proofs.claims.least_squares import THEOREM_28, THEOREM_29, eighth, optimum, two_samples
from proofs.claims.one_layer import LEMMA_31, THEOREM_30, THEOREM_32, density, needed
from proofs.claims.statistical_queries import CONDITION_3, THEOREM_18, THEOREM_19, tangent
from proofs.claims.training import (
    COROLLARY_16,
    LEMMA_11,
    REMARK_14,
    REMARK_17,
    THEOREM_12,
    THEOREM_13,
    THEOREM_15,
)
from proofs.language import Expression, Formula, Matrix, Sequence, Statement, equal, integer, real
from tests.proofs.mutations import Change, Mutation, drop, says, swap, where

a, b, e, x, y, z, w, s, l, r, p, q, u, v, t = (real(n) for n in "abexyzwslrpquvt")  # noqa: E741
beta, delta, eps, eta, gamma, lam, loss, low, mu, rate, rho, theta, C, M, V = (
    real(name)
    for name in (
        "beta", "delta", "eps", "eta", "gamma", "lam", "loss", "low", "mu", "rate", "rho", "theta",
        "C", "M", "V",
    )
)  # fmt: skip
kappa, p_w, width = real("kappa"), real("pw"), real("width")
n, m, k, h, N, L, T, d, time = (integer(name) for name in (*"nmkhNLTd", "t"))
alpha = real("alpha")
c, K = Sequence("c"), Matrix("K")
half, third = Fraction(1, 2), Fraction(1, 3)


def f(claim: Claim, label: str, words: str, change: Change, **at: Any) -> Mutation:
    """A false mutation, with a point where it fails."""
    return Mutation(claim, label, change, words, at)


def f_quick(claim: Claim, label: str, words: str, change: Change, **at: Any) -> Mutation:
    """A false mutation that the default tests run through the engines."""
    return Mutation(claim, label, change, words, at, True)


def without_last(statement: Statement) -> Statement:
    """Leave the last hypothesis out."""
    return replace(statement, hypotheses=statement.hypotheses[:-1])


FALSE: list[Mutation] = [
    f_quick(EXPONENTIALS, "power below exp", "twice the rate",
            swap(exp(-k * x), exp(-2 * k * x)), x="1/2", k=1),
    f(EXPONENTIALS, "monotone", "strict", says(exp(a) < exp(b)), a=0, b=0),
    f(EXPONENTIALS, "Bernoulli", "half", swap(1 - k * x, 1 - k * x / 2), x="1/2", k=1),
    f(EXPONENTIALS, "halvings", "any k", without_last, a="1/2", b="1/4", k=1),
    f(EXPONENTIALS, "small product", "x to 2", swap(abs(x) <= 1, abs(x) <= 2), x=2, y=1),
    f(EXPONENTIALS, "inverse cube", "a square", says(equal(1 / x**3, (1 / x) * (1 / x))), x=2),
    f(EXPONENTIALS, "product of lower bounds", "any sign", drop(a >= 0), x=-1, y=2, a=-1, b=1),
    f(THEOREM_28, "minimiser", "one less",
      says(two_samples(optimum) <= two_samples(w) - 1), p=1, q=0, y=0, z=0, w=0),
    f(THEOREM_28, "zero loss amended", "collinear samples", without_last, k11=0, k12=0, k22=0, y=0,
      z=0),
    f(THEOREM_28, "more features than samples", "negative",
      lambda s_: replace(s_, conclusion=Formula(("<", s_.conclusion.tree[1], 0))),
      K=((1, 1), (1, 0))),
    f(THEOREM_29, "expansion", "half of the product",
      swap(4 * eta * (p * u + q * v) ** 2, 2 * eta * (p * u + q * v) ** 2), p=1, q=0, u=1, v=0,
      eta=1),
    f_quick(THEOREM_29, "a", "eta from -1", swap(eta >= 0, eta >= -1), p=1, q=0, u=1, v=0, eta=-1),
    f(THEOREM_29, "c amended", "eta to 2/beta", swap(eta * beta <= 1, eta * beta <= 2), p=1, q=0,
      u=1, v=0, eta=2, beta=1),
    f(THEOREM_29, "f", "half of the steps", swap(8 * n * beta, 4 * n * beta), loss=1, low=1, beta=1,
      eta="1/2", n=1, T=4),
    f(THEOREM_29, "g", "2/3", swap(Expression("1/2"), Expression("2/3")), eps="51/100", k=1),
    f(THEOREM_29, "g, natural logarithm", "2/5", swap(eighth, Expression("2/5")), eps="3/20", k=2),
    f(THEOREM_29, "sharper", "loss/9", swap(loss / 8, loss / 9), loss=1, low=1, beta=1, n=1, T=8),
    f(LEMMA_26, "exponent", "half of the variance", swap(2 * l * s * w, l * s * w), w=1, l=2, r=2,
      s=2),
    f(LEMMA_26, "tail", "1/16", swap(Fraction(1, 8), Fraction(1, 16)), s=1, x="52/25"),
    f_quick(LEMMA_26, "d", "any deviation", drop(w <= half), gamma="1/4", x="3/4", w=1, z=0),
    f(LEMMA_26, "f", "a third",
      lambda s_: replace(s_, conclusion=Formula(
          ("<=", s_.conclusion.tree[1], ("/", s_.conclusion.tree[2][1], 3)))), N=1, s=1),
    f(LEMMA_26, "g", "half", swap(6 * log(8 / s) / N, 3 * log(8 / s) / N), N=100, s="19/100"),
    f(LEMMA_26, "h amended", "4 log N / N", swap(8 * log(N) / N, 4 * log(N) / N), N=30, s="1/2"),
    f(LEMMA_26, "amended", "N from 1", swap(N >= 2, N >= 1), N=1, s=1, x=0),
    f(LEMMA_26, "sharper", "3 log N / N", swap(Fraction(9, 2) * log(N) / N, 3 * log(N) / N), N=30,
      s="39/100", x="3/2"),
    f_quick(LEMMA_27, "d", "once x^2", swap(2 * x**2, x**2), x=1, w=1),
    f(LEMMA_27, "b", "the other sign", swap(2 * x * (y - w), -2 * x * (y - w)), y=1, w=0, x=1),
    f(THEOREM_20, "d amended", "3/2",
      swap(2 * (1 + V**2), Fraction(3, 2) * (1 + V**2)), y=1, w=-1, V=1),
    f(THEOREM_20, "e1", "eigenvalues from 1/3", swap(lam >= half, lam >= third), s=1, lam="1/3"),
    f(THEOREM_20, "e2", "half", swap(2 * n * (1 + V**2) * s, n * (1 + V**2) * s), n=1, s=1, V=0,
      x=1, w=2),
    f(THEOREM_20, "g amended", "20",
      swap(160 * (log(n) / n) * (1 + V**2), 20 * (log(n) / n) * (1 + V**2)), n=2, s=1, V=0, e=16),
    f(THEOREM_20, "remark amended", "half", says(log(n) / n * V**2 <= x / 2), n=2, V=1, x="7/20"),
    f(THEOREM_20, "no constant", "any V", drop(equal(V, 0)), n=2, V=1, e="1/10", C=1, gamma=1),
    f(LEMMA_31, "anti-concentration", "1/10", swap(3 * w / 40, w / 10), theta=0, w=1),
    f(LEMMA_31, "c sharper", "twice", says(1 - rho**2 >= 2 * delta), delta=1, rho=0),
    f(LEMMA_31, "c1", "no separation", drop(abs(rho) <= 1 - delta), delta=1, rho=1),
    f(LEMMA_31, "d amended", "1/(6n)", swap(1 / (5 * n), 1 / (6 * n)), n=2, delta=1, rho=0, u=0),
    f(LEMMA_31, "two tails", "x/6", swap(x / 5, x / 6), a="1/4", b="1/4", s="3/2", w=1, x=1),
    f_quick(LEMMA_31, "e amended", "9/10", swap(Fraction(4, 5), Fraction(9, 10)), n=100,
            z="99/500"),
    f(THEOREM_30, "f", "3/10", swap(Fraction(1, 5), Fraction(3, 10))),
    f_quick(THEOREM_30, "slopes", "s^2/90", swap(s**2 / 96, s**2 / 90), x="-3/4", y=0, s=1),
    f(THEOREM_30, "kink", "twice", swap(theta**2 * a**2 / 2, theta**2 * a**2), a=2, s=-1, theta=1),
    f(THEOREM_30, "disjoint", "r/4 as printed", swap(r / 2, r / 4), r=1, u=0, tau="1/5",
      pw="13/50", s=-1),
    f(THEOREM_30, "density", "1/4", says(density >= Fraction(1, 4))),
    f(THEOREM_30, "h amended", "4000", swap(delta / 8100, delta / 4000), n=2, delta=1, a="71/100",
      u="-4999/100000", tau="5556/100000"),
    f(THEOREM_30, "i amended", "n from 1", swap(n >= 2, n >= 1), n=1, m=2),
    f(THEOREM_30, "j", "1000", swap(Expression(81_000), Expression(1_000)), n=1, delta=1),
    f(THEOREM_32, "far enough", "one less", swap(m >= needed, m >= needed - 1), n=2, delta="1/2",
      m=0),
    f(THEOREM_32, "any coefficient", "no separation", drop(assumption_1(K, n, delta)), c={1: 1},
      K=((1, 1), (1, 1)), n=2, delta=1, m=1),
    f(LEMMA_11, "union bound", "log(2n)", swap(log(2 * n**3), log(2 * n)), n=2, width="7/5",
      pr="49/100", r=1),
    f(THEOREM_12, "no constants", "smaller n", swap(4 * theta * (1 + r), theta), theta=1, r="1/2",
      n=4),
    f_quick(THEOREM_12, "ReLU accuracy, no constant", "half of L", swap(4 * n * C, 2 * n * C), n=1,
            L=3, C=1),
    f(THEOREM_13, "best step", "half", swap(Expression(1) / n, Expression(1) / (2 * n)), n=1,
      eta="1/2"),
    f(THEOREM_13, "no constant", "n steps", swap(2 * T, T), n=2, eta="1/2", T=2),
    f(THEOREM_13, "amended", "n log(1/eps)", swap(5 * n * log(1 / eps), n * log(1 / eps)), n=1,
      eps="1/2", T=1),
    f(THEOREM_13, "λ_min, no constant", "1/2",
      lambda s_: replace(s_, conclusion=Formula(("<=", s_.conclusion.tree[1], "1/2"))), M=((1,),),
      n=1),
    f(REMARK_14, "statement", "the other way round",
      says(exp(-2 * time / (1 + y)) <= exp(-2 * time / kappa)), kappa=1, y=1, t=1),
    f(THEOREM_15, "signs", "odd powers", swap(2 * time, 2 * time + 1), t=0),
    f(COROLLARY_16, "statement", "half of the time",
      swap((y + 1) * log(1 / eps), (y + 1) / 2 * log(1 / eps)), eps="1/10", y=1, t=1),
    f(REMARK_17, "statement", "half of the degree", swap(C * log(x) / mu, C * log(x) / (2 * mu)),
      n=3, delta="9/10", mu=1, x=3, C=1, L=1),
    f(CONDITION_3, "small λ", "four times", swap(tangent, 4 * tangent), alpha=1, mean=1),
    f(THEOREM_18, "c amended", "2t/3", swap(t / 2, 2 * t / 3), x="9/10", y="3/5", w="1/2", t=1),
    f(THEOREM_18, "d1 amended", "t", says(abs(x) > t), x="13/50", w="1/4", t=1, eps="1/2"),
    f(THEOREM_18, "d2 amended", "N from 1/4", swap(w >= half, w >= Fraction(1, 4)), y=1, w="1/4",
      t=2),
    f(THEOREM_18, "e1 amended", "delta to 3/4", swap(delta <= half, delta <= Fraction(3, 4)),
      c={2: 1}, mu=1, delta="71/100", rho="1/4"),
    f_quick(THEOREM_18, "g2", "delta to 2", swap(delta <= 1, delta <= 2), mu=1, delta=2, z="1/2"),
    f(THEOREM_18, "g3", "delta to 1", swap(delta <= half, delta <= 1), mu=1, delta=1, z="1/4"),
    f(THEOREM_18, "i1 amended", "no quotient", says(y <= x), eps="1/2", x="1/2", y=1),
    f(THEOREM_18, "second moment", "twice",
      lambda s_: replace(s_, conclusion=Formula(("<=", ("/", 2, "m"), s_.conclusion.tree[2]))), m=1,
      y=0),
    f(THEOREM_18, "even", "twice", swap(c[1] * x**2, 2 * c[1] * x**2), c={1: 1}, x=1),
    f(THEOREM_18, "k", "no bad event", says(abs(u) <= exp(-b)), x=0, y=0, z=1, b=1, w=1, u=1),
    f(THEOREM_18, "i2", "ε to μ", swap(eps <= mu / 4, eps <= mu), mu=1, eps=1),
    f(THEOREM_18, "g, depth", "three layers for five", swap(5 * log(1 / (2 * delta)),
      3 * log(1 / (2 * delta))), mu=1, delta="1/4", h=3),
    f(THEOREM_18, "h, interval amended", "1+ε", swap((1 - eps) * abs(x), (1 + eps) * abs(x)),
      eps="1/2", x=1, w=1),
    f(THEOREM_18, "i, conditional mean amended", "once P(not G)", swap(2 * z, z), x="1/2", y="-1/2",
      z="1/2"),
    f(THEOREM_18, "norms", "half", says(abs(u * v - 1) <= s / 2), u=1, v="9/10", s="19/100"),
    f(THEOREM_18, "deviation", "once s", swap(9 * s / 4, s), x="10/9", y=1, w="8/9", s="1/9"),
    f_quick(THEOREM_18, "Bernstein exponent", "α from 0", swap(alpha >= 1, alpha > 0), alpha="1/10",
            t=1),
    f(THEOREM_19, "b amended", "any depth", drop(2 * h <= L), L=1, h=1, b=10, x=1),
    f(THEOREM_19, "d amended", "labels 0 to 2", drop(equal(y**2, 1)), psi=((0, 0, 1), (0, 0, 1)),
      y=2),
    f(THEOREM_19, "f", "the larger of the two only", drop(u**2 * q**2 <= 1), u=1, q=2, r=1),
    f(THEOREM_30, "k, exponent", "e beyond 1", swap(e <= 1, e <= 2), e=2, b=1, m=1),
    f(THEOREM_30, "net", "10² for 10⁴", swap(n * m >= 10_000, n * m >= 100), n=10, m=10, s=1,
      x="1/100", z=1),
    f(THEOREM_30, "final", "y to 2s", swap(y <= s, y <= 2 * s), x=2, y=2, s=1),
    f(THEOREM_30, "m", "n from 1", swap(n >= 2, n >= 1), n=1, m=2),
    f(THEOREM_19, "width amended", "32 L", swap(16 * L, 32 * L), d=1, L=1, mu=1, M=4),
    f(THEOREM_19, "c amended", "any dimension", without_last, d=1, L=1, b=1),
    f(THEOREM_19, "g", "twice", swap(exp(b * L) / (6 * L), exp(b * L) / (3 * L)), M="23/50", p=0,
      L=1, b=1),
    f(THEOREM_19, "no constant", "any depth", without_last, d=10, L=1, b=1),
    f(UNCENTRED, "range", "twice", says(c.dual(x) >= 2 * c[0]), c={0: 1}, x=0),
    f(UNCENTRED, "amended", "L from 0", swap(L >= 1, L >= 0), c={0: 1}, rho=0, L=0),
    f(UNCENTRED, "bounded", "any sum", lambda s_: replace(s_, hypotheses=s_.hypotheses[1:]),
      c={1: 2}, x=1),
    f(BATCH_NORM, "next layer", "twice the translation",
      swap(real("shift") * (u + v), 2 * real("shift") * (u + v)), x=0, y=0, u=1, v=0, shift=1),
    f(GENERAL, "third degree", "negative",
      lambda s_: replace(s_, conclusion=Formula(("<", s_.conclusion.tree[2], 0)))),
    f(RELU_WIDTH, "statement", "n^2", swap(8 * n**2, 1 * n**2), n=2, delta="1/3"),
]  # fmt: skip


def true(claim: Claim, label: str, words: str, change: Change, quick: bool = False) -> Mutation:
    """A weaker statement."""
    return Mutation(claim, label, change, words, {}, quick)


TRUE: list[Mutation] = [
    true(EXPONENTIALS, "power below exp", "x to 1/2", where(x <= half), quick=True),
    true(EXPONENTIALS, "Bernoulli", "x to 1/2", where(x <= half)),
    true(EXPONENTIALS, "small product", "x to 1/2", where(abs(x) <= half)),
    true(THEOREM_29, "a", "eta to 1", where(eta <= 1), quick=True),
    true(THEOREM_29, "c amended", "eta to 1/(2 beta)", where(2 * eta * beta <= 1)),
    true(THEOREM_29, "f", "more steps", swap(8 * n * beta, 9 * n * beta)),
    true(THEOREM_29, "g, natural logarithm", "1/9", where(eps <= half)),
    true(LEMMA_26, "exponent", "N from 1", where(w <= 1), quick=True),
    true(LEMMA_26, "d", "gamma to 1/4", where(gamma <= Fraction(1, 4))),
    true(LEMMA_26, "h amended", "9 log N / N", swap(8 * log(N) / N, 9 * log(N) / N)),
    true(LEMMA_26, "amended", "N from 3", where(N >= 3)),
    true(LEMMA_27, "d", "x >= 0", where(x >= 0)),
    true(THEOREM_20, "d amended", "three", swap(2 * (1 + V**2), 3 * (1 + V**2))),
    true(THEOREM_20, "e1", "eigenvalues from 2/3", where(lam >= Fraction(2, 3))),
    true(LEMMA_31, "anti-concentration", "w to 1/2", where(w <= half)),
    true(LEMMA_31, "d amended", "delta to 1/2", where(delta <= half)),
    true(THEOREM_30, "slopes", "s from 1", where(s >= 1), quick=True),
    true(
        THEOREM_30,
        "f",
        "1/10",
        lambda s_: replace(s_, conclusion=Formula(("<=", "1/10", s_.conclusion.tree[2]))),
    ),
    true(THEOREM_32, "any coefficient", "n from 2", where(n >= 2)),
    true(THEOREM_12, "no constants", "r to 1", where(r <= 1)),
    true(THEOREM_13, "no constant", "n/3 steps", where(n >= 3 * T)),
    true(THEOREM_18, "d2 amended", "N from 3/4", where(w >= Fraction(3, 4))),
    true(THEOREM_18, "second moment", "m from 2", where(m >= 2)),
    true(THEOREM_18, "deviation", "5s/2", swap(9 * s / 4, 5 * s / 2)),
    true(THEOREM_18, "Bernstein exponent", "80", swap(76 * alpha**4, 80 * alpha**4)),
    true(THEOREM_18, "i2", "μ from 1/2", where(mu >= half)),
    true(THEOREM_30, "final", "s from 1", where(s >= 1)),
    true(THEOREM_19, "c amended", "4L", swap(3 * L * exp(-b * L), 4 * L * exp(-b * L))),
    true(UNCENTRED, "amended", "rho to 1/2", where(rho <= half)),
    true(RELU_WIDTH, "statement", "nine", where(delta <= third)),
]
