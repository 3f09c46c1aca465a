"""Sine and cosine in integers: reduction by multiples of pi/2, Taylor series, turning points.

A number stands for its multiple of the unit 2^-w, as in `dyadic.py`; pi is given by integer bounds
at the finer scale 2^-fine, so that a large multiple of it is still sharp.
"""

Pair = tuple[int, int]


def circle_series(t: int, slack: int, w: int) -> tuple[Pair, Pair]:
    """Enclose sin(v) and cos(v) for every v in [t - slack, t + slack], where 0 <= t <= 1.

    Let T_n = t^n / n! and a_n = floor(a_(n-1) * t / n) be the computed term; a_0 and a_1 are exact.
    Rounding: 0 <= T_n - a_n <= (T_(n-1) - a_(n-1)) / 2 + 1 for n >= 2, so by induction at most 2.
    Remainder: the loop ends at a_N = 0, so T_N <= 2; if N = 1 then t = 0 and nothing is left out;
    else the T_n at least halve from N on, and total at most 4.  Together, over the N terms before,
    either sum is in error by at most 2 N + 4, of either sign.
    Argument: the slopes are at most 1, so `slack` adds at most slack on either side.
    """
    term = cosine = 1 << w
    sine = n = 0
    while term:
        n += 1
        term = (term * t >> w) // n
        signed = term if n % 4 < 2 else -term
        if n % 2:
            sine += signed
        else:
            cosine += signed
    error = 2 * n + 4 + slack if t or slack else 0
    return (sine - error, sine + error), (cosine - error, cosine + error)


def sine(x: int, quarters: int, w: int, pi: Pair, fine: int) -> Pair:
    """Enclose sin(x + quarters * pi/2), within a few units as long as |x| < 2^(fine - w - 32).

    For any integer k, x = k pi/2 + r with r between the bounds computed from those of pi; k is
    chosen so that |r| is about pi/4 at most.  Then sin(x + q pi/2) = sin(r + (k + q) pi/2), which
    is sin r, cos r, -sin r or -cos r.  If r is uncertain by `slack`, then every |r| lies within
    `slack` of the clipped middle t >= 0.
    """
    doubled = x << (fine - w + 1)
    k = (2 * doubled + pi[0]) // (2 * pi[0])
    ends = sorted(doubled - k * end for end in pi)
    low, high = ends[0] >> (fine - w + 1), -(-ends[1] >> (fine - w + 1))
    negative = low + high < 0
    if negative:
        low, high = -high, -low
    t = max(low, 0)
    if high > 1 << w:
        return -(1 << w), 1 << w
    (s_lo, s_hi), (c_lo, c_hi) = circle_series(t, high - low, w)
    if negative:
        s_lo, s_hi = -s_hi, -s_lo
    lo, hi = (c_lo, c_hi) if (k + quarters) % 2 else (s_lo, s_hi)
    if (k + quarters) % 4 >= 2:
        lo, hi = -hi, -lo
    return max(lo, -(1 << w)), min(hi, 1 << w)


def turning_points(lo: int, hi: int, w: int, pi: Pair, fine: int) -> range:
    """Integers among which are all j with lo <= j pi/2 <= hi, that is 2 lo/pi <= j <= 2 hi/pi."""
    first, last = lo << (fine - w + 1), hi << (fine - w + 1)
    start = -(-first // pi[1 if first >= 0 else 0])
    return range(start, last // pi[0 if last >= 0 else 1] + 1)
