"""From an enclosure to decimals: as many digits as it certifies, never a wrong one."""

from fractions import Fraction

SMALLEST, LARGEST = -4, 7  # powers of ten that are written without an exponent


def rounded(low: Fraction, high: Fraction, digits: int) -> str | None:
    """The number in [low, high] rounded to nearest (ties to even) to just `digits` digits.

    None where the ends round differently; where they agree, every number between them does too.
    """
    if low == high == 0:
        return "0"
    place = _exponent(max(abs(low), abs(high))) - digits + 1
    scale = Fraction(10) ** -place
    mantissa = round(low * scale)
    if mantissa != round(high * scale) or mantissa == 0:
        return None
    if abs(mantissa) == 10**digits:  # rounded up to the next power of ten
        return _written(mantissa // 10, place + 1)
    return _written(mantissa, place)


def certified_digits(low: Fraction, high: Fraction, digits: int) -> str:
    """The number in [low, high] to as many digits as are certain, `digits` at the most.

    Raises ValueError where not even one digit is certain.
    """
    for count in range(digits, 0, -1):
        text = rounded(low, high, count)
        if text is not None:
            return text
    raise ValueError("the enclosure does not certify a digit")


def _exponent(value: Fraction) -> int:
    """The k with 10^k <= value < 10^(k+1)."""
    guess = len(str(value.numerator)) - len(str(value.denominator))
    while Fraction(10) ** guess > value:
        guess -= 1
    while Fraction(10) ** (guess + 1) <= value:
        guess += 1
    return guess


def _written(mantissa: int, place: int) -> str:
    """mantissa * 10^place, with all its digits."""
    sign, figures = ("-" if mantissa < 0 else ""), str(abs(mantissa))
    exponent = len(figures) - 1 + place
    if place > 0 or not SMALLEST <= exponent < LARGEST:
        fraction = f".{figures[1:]}" if len(figures) > 1 else ""
        return f"{sign}{figures[0]}{fraction}e{exponent}" if exponent else sign + figures
    if place == 0:
        return sign + figures
    padded = figures.rjust(1 - place, "0")
    return f"{sign}{padded[:place]}.{padded[place:]}"
