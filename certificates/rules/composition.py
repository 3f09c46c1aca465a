"""Power series with nonnegative coefficients of sum one are closed under composition."""

from certificates.checker import Evidence, Goal, Proof, Rejected


def composition(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Some sequence e >= 0 has sigma_hat_e = the L-fold iterate of sigma_hat_c on [-1, 1].

    The conclusion must be: there is a sequence e with, for all x, |x| <= 1 implies iterate(x) =
    sum e_i x^i; the hypotheses must hold sum c_i = 1 and 0 <= L.  By induction on L: e = (0, 1,
    0, ...) for L = 0.  If g(x) = sum e_i x^i with e_i >= 0 and sum e_i = 1, then each power g^k is
    such a series (Cauchy product), and sum_k c_k g(x)^k is a double series of terms whose absolute
    values sum to at most 1, so it may be summed by powers of x: its coefficients are >= 0 and sum
    to sum_k c_k = 1.
    """
    sequence = evidence["sequence"]
    match goal.conclusion:
        case (
            "exists",
            ((e, "sequence"),),
            (
                "forall",
                ((x, "real"),),
                (
                    "implies",
                    ("<=", ("abs", x_1), 1),
                    ("=", ("iter", y, ("dual", c, y_1), depth, x_2), ("dual", e_1, x_3)),
                ),
            ),
        ) if (
            (x_1, x_2, x_3, y_1, e_1, c) == (x, x, x, y, e, sequence)
            and len({e, x, sequence}) == 3
            and y != sequence
            and depth not in (e, x)
            and isinstance(depth, (str, int))
        ):
            total = ("=", ("series", "i", 0, ("coef", sequence, "i")), 1)
            if not (goal.knows(total) and goal.knows(("<=", 0, depth))):
                raise Rejected("needs sum c_i = 1 and a depth >= 0 among the hypotheses")
        case _:
            raise Rejected("the goal is not that an iterate is a power series")
