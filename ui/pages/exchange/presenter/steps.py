"""What comes next with a package in sight, and what can be done where it cannot be taken in."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from app.domain.year import PeriodRecord
from app.operations.exchange.looking import Look
from app.operations.exchange.taking_in import BEGINNINGS

_FOR_NEW: Final = "package_for_new_workspace"
_OTHER_YEAR: Final = "package_other_year"
_CLOSED: Final = "period_closed"


class Next(StrEnum):
    """The next thing to do with the package in sight."""

    CHOOSE = "choose"
    CONFIRM = "confirm"
    ANSWER = "answer"
    DECIDE = "decide"
    AGREE = "agree"
    TAKE = "take"
    YEAR = "year"
    REOPEN = "reopen"
    BEGIN = "begin"
    NOTHING = "nothing"


CHANGING: Final = frozenset({Next.CONFIRM, Next.ANSWER, Next.DECIDE, Next.AGREE, Next.TAKE})
"""Steps that write into the book, or lead to it."""


def stops_of(seen: Look) -> frozenset[str]:
    """The codes of what stands in the way of a package."""
    return frozenset(problem.code for problem in seen.problems if problem.is_error)


def is_of_another_year(seen: Look) -> bool:
    """Whether it is about another year than the one at which it was looked at."""
    return _OTHER_YEAR in stops_of(seen)


def own_year_of(seen: Look, years: Iterable[PeriodRecord]) -> PeriodRecord | None:
    """The year of this workspace that a package of another year belongs to."""
    head = seen.status.head
    stated = None if head is None else head.year
    if stated is None or not is_of_another_year(seen):
        return None
    same = (year for year in years if (year.start, year.end) == (stated.start, stated.end))
    return next(same, None)


def way_out(seen: Look, years: Iterable[PeriodRecord]) -> tuple[Next, str]:
    """What can be done with a package of a known sender that this year does not take, and why."""
    stops, head = stops_of(seen), seen.status.head
    if _FOR_NEW in stops:
        return Next.BEGIN, ""
    if _OTHER_YEAR in stops:
        own = own_year_of(seen, years)
        if own is not None:
            return Next.YEAR, f"Gói là của năm {own.name}, năm này có trong sổ."
        if head is not None and head.year is not None and head.kind in BEGINNINGS:
            return Next.BEGIN, (
                f"Sổ này không có năm {head.year.name}: mở năm đó ở trang Khóa sổ rồi xem lại gói, "
                "hoặc lập sổ mới từ gói."
            )
    if _CLOSED in stops:
        return Next.REOPEN, (
            "Năm này đã khóa sổ: xem được gói và gửi được gói, nhưng nhận vào thì phải mở lại sổ "
            "(có lý do) ở trang Khóa sổ."
        )
    return Next.NOTHING, ""
