"""Values of options that are more than text: dates, numbers, kinds of output."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from app.cli.speech import usage_error

Word = TypeVar("Word", bound=str)


def day(text: str | None, option: str) -> dt.date | None:
    """A date written 2022-12-31; raises ``UserError``."""
    if text is None:
        return None
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise usage_error(
        "usage_value",
        option,
        f"“{text[:40]}” không phải một ngày.",
        f"Viết dạng {option} 2022-12-31.",
    )


def whole(text: str, option: str, low: int, high: int) -> int:
    """A whole number in a range; raises ``UserError``."""
    if text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high:
        return int(text)
    raise usage_error(
        "usage_value",
        option,
        f"“{text[:40]}” không phải số nguyên từ {low} đến {high}.",
        f"Ví dụ: {option} {max(low, 8)}.",
    )


def choice(text: str, option: str, known: Sequence[Word]) -> Word:
    """One of a few words; raises ``UserError``."""
    for word in known:
        if word == text:
            return word
    raise usage_error(
        "usage_value",
        option,
        f"“{text[:40]}” không thuộc các lựa chọn.",
        "Chọn một trong: " + ", ".join(known) + ".",
    )
