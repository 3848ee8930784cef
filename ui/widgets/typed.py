"""Days and numbers as officers type them, and what to type instead where they are unclear."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from app.exchange.facts_values import as_date
from app.ground.numbers import NumberFault, NumberTextError, read_number, unmistakable


class FieldError(ValueError):
    """Why what was typed cannot be taken, in a sentence for the officer."""


def as_typed(value: Fraction) -> str:
    """A number so that it is read back as the same: 1,1250 and not the doubtful 1,125."""
    return unmistakable(value).replace(".", ",")


def read_day(typed: str, first: dt.date | None = None, last: dt.date | None = None) -> dt.date:
    """The day that was typed as 20/12/2026 (also 20.12.2026, 20-12-2026).

    Raises ``FieldError`` with what to type where it is none, or lies outside.
    """
    text = typed.strip()
    day = as_date(text.replace(".", "/").replace("-", "/")) or as_date(text)
    if day is None:
        raise FieldError(f"Chưa hiểu ngày “{text[:30]}”. Ghi ngày dạng 20/12/2026.")
    if (first is not None and day < first) or (last is not None and day > last):
        between = " đến ".join(f"{bound:%d/%m/%Y}" for bound in (first, last) if bound is not None)
        raise FieldError(f"Ngày nằm ngoài khoảng cho phép ({between}).")
    return day


def read_figure(typed: str, *, whole: bool = False, least: int | None = None) -> Fraction:
    """The number that was typed; raises ``FieldError`` with what to type where it is unclear."""
    try:
        figure = Fraction(read_number(typed))
    except NumberTextError as fault:
        if fault.fault is NumberFault.AMBIGUOUS:
            raise FieldError(
                f"“{typed.strip()[:30]}” có thể hiểu hai cách. Ghi 1250 hoặc 1,25 cho rõ."
            ) from fault
        raise FieldError(f"Chưa hiểu số “{typed.strip()[:30]}”. Ghi số dạng 12,5.") from fault
    if whole and figure.denominator != 1:
        raise FieldError("Ở đây cần một số nguyên.")
    if least is not None and figure < least:
        raise FieldError(f"Ghi số từ {least} trở lên.")
    return figure
