"""Exact numbers: reading them as officers write them, rounding once, and printing them.

Inside the engine a number is a ``Fraction``; at the edges it is a ``Decimal`` or text.
A ``float`` never enters: ``exact`` raises on one, because a float has already lost the
figure that the officer typed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

Number = Fraction | Decimal | int

MAX_DIGITS: Final = 30
"""Digits that a figure may have; more is a slip or an attack (1e999999), not a score."""


class Rounding(StrEnum):
    """How the last printed digit is found."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


class NumberFault(StrEnum):
    """Why a text is not read as a number."""

    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"
    TOO_LONG = "too_long"


class NumberTextError(ValueError):
    """A text that cannot be read as one certain number.

    ``readings`` holds the numbers that an ambiguous text ("1.250") could mean.
    """

    def __init__(self, fault: NumberFault, text: str, readings: tuple[Decimal, ...] = ()) -> None:
        super().__init__(f"{fault}: {text[:60]!r}")
        self.fault = fault
        self.text = text
        self.readings = readings


def exact(value: Number) -> Fraction:
    """The value as a ``Fraction``; raises ``TypeError`` on a float or a boolean."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"an exact number is needed, not {type(value).__name__}")
    return Fraction(value)


_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")


def read_number(text: str) -> Decimal:
    """Reads ``12,5`` and ``12.5`` alike; asks about ``1.250`` instead of guessing.

    One separator followed by exactly three digits could be thousands or decimals, so it is
    refused as ambiguous (unless the whole part is 0, as in ``0,125``). Two kinds of separator
    (``1.250,5``) or a repeated one (``1.250.000``) leave no doubt. Raises ``NumberTextError``.
    """
    cleaned = text.translate(_SPACES).strip().replace("\u2212", "-")
    if len(cleaned) > MAX_DIGITS + 10:
        raise NumberTextError(NumberFault.TOO_LONG, text)
    if _AMBIGUOUS.fullmatch(cleaned):
        decimal = Decimal(cleaned.replace(",", "."))
        grouped = Decimal(re.sub("[.,]", "", cleaned))
        raise NumberTextError(NumberFault.AMBIGUOUS, text, (decimal, grouped))
    if not cleaned.isascii():
        raise NumberTextError(NumberFault.NOT_A_NUMBER, text)
    if _PLAIN.fullmatch(cleaned):
        return _checked(Decimal(cleaned.replace(",", ".")), text)
    if _GROUPED.fullmatch(cleaned):
        decimal_mark = max(cleaned, key=lambda c: cleaned.rfind(c) if c in ".," else -1)
        if cleaned.count(decimal_mark) > 1 or not {".", ","} <= set(cleaned):
            return _checked(Decimal(re.sub("[.,]", "", cleaned)), text)
        group_mark = "." if decimal_mark == "," else ","
        plain = cleaned.replace(group_mark, "").replace(decimal_mark, ".")
        return _checked(Decimal(plain), text)
    raise NumberTextError(NumberFault.NOT_A_NUMBER, text)


def checked_decimal(value: Decimal | int) -> Decimal:
    """A number that a file gave as a number, refused when it is not finite or far too long."""
    return _checked(Decimal(value), str(value)[:60])


def _checked(value: Decimal, text: str) -> Decimal:
    if not value.is_finite():
        raise NumberTextError(NumberFault.NOT_A_NUMBER, text)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if len(value.as_tuple().digits) > MAX_DIGITS or abs(exponent) > MAX_DIGITS:
        raise NumberTextError(NumberFault.TOO_LONG, text)
    return value


def added(values: Iterable[Fraction]) -> Fraction:
    """The sum, brought to lowest terms once; of nothing it is 0."""
    given = tuple(values)
    if len(given) == 1:
        return given[0]
    whole = math.lcm(*[value.denominator for value in given])
    return Fraction(sum(v.numerator * (whole // v.denominator) for v in given), whole)


def round_to(value: Fraction, digits: int, mode: Rounding) -> Fraction:
    """The only rounding of the program: ``value`` to ``digits`` decimals.

    ``HALF_UP`` moves a half away from zero; ``DOWN`` cuts towards zero; ``UP`` away from it.
    """
    unit = 10**digits
    if unit % value.denominator == 0:
        return value
    scaled = abs(value) * unit
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    match mode:
        case Rounding.HALF_UP:
            whole += twice >= scaled.denominator
        case Rounding.HALF_EVEN:
            over = twice > scaled.denominator
            whole += over or (twice == scaled.denominator and whole % 2 == 1)
        case Rounding.UP:
            whole += rest > 0
        case Rounding.DOWN:
            pass
    rounded = Fraction(whole, unit)
    return -rounded if value < 0 else rounded


def is_decimal(value: Fraction) -> bool:
    """Whether the value can be written in full with a finite number of decimals."""
    return _places(value.denominator) is not None


def _places(denominator: int) -> int | None:
    """The decimals that a fraction with this denominator needs; ``None`` where they never end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def _in_full(value: Fraction) -> tuple[str, str, str] | None:
    """Sign, whole part and decimals of a finite decimal; ``None`` for 1/3."""
    numerator, denominator = value.numerator, value.denominator
    sign = "-" if numerator < 0 else ""
    if denominator == 1:
        return sign, str(abs(numerator)), ""
    places = _places(denominator)
    if places is None:
        return None
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    return sign, digits[:-places], digits[-places:]


def to_decimal(value: Fraction) -> Decimal:
    """A finite decimal written in full, without trailing zeros; raises on 1/3."""
    if not is_decimal(value):
        raise ValueError(f"{value} has no finite decimal form")
    return Decimal(plain(value))


def plain(value: Fraction) -> str:
    """The machine form: a decimal with a point, or ``p/q`` in lowest terms."""
    written = _in_full(value)
    if written is None:
        return f"{value.numerator}/{value.denominator}"
    sign, whole, part = written
    return f"{sign}{whole}.{part}" if part else sign + whole


def unmistakable(value: Fraction) -> str:
    """A finite decimal that ``read_number`` reads back: 1.125 is written 1.1250."""
    text = plain(value)
    return f"{text}0" if _AMBIGUOUS.fullmatch(text) else text


def vietnamese(value: Fraction, digits: int | None = None) -> str:
    """The printed form: decimal comma, dots between thousands from 10.000 up.

    With ``digits`` the value is shown with exactly that many decimals (the caller has
    rounded); without, a finite decimal is shown in full and any other as a fraction.
    """
    if digits is not None:
        value = round_to(value, digits, Rounding.HALF_UP)
    written = _in_full(value)
    if written is None:
        return f"{value.numerator}/{value.denominator}"
    sign, whole, part = written
    if digits is not None:
        part = part.ljust(digits, "0")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{whole},{part}" if part else sign + whole
