"""Single values of a facts file: numbers, days, texts and ids, exact or refused."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.exchange.facts_faults import shown
from app.ground.numbers import NumberFault, NumberTextError, checked_decimal, read_number

MAX_TEXT: Final = 4000
MAX_ID: Final = 80
MAX_COUNT: Final = 1_000_000
_ID: Final = re.compile(r"[^\s:@+/=]+")
_FORBIDDEN: Final = {"Cc", "Cs", "Cn"}
_TURNING: Final = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_VIETNAMESE_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def as_number(value: object) -> Fraction:
    """An exact number out of a number or text; raises ``NumberTextError``."""
    if isinstance(value, str):
        return Fraction(read_number(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Fraction(checked_decimal(value))
    raise NumberTextError(NumberFault.NOT_A_NUMBER, shown(value))


def as_date(value: object) -> dt.date | None:
    """A day out of a date, ``2022-12-31`` or ``31/12/2022``; ``None`` where it is none."""
    if isinstance(value, dt.datetime):
        return None
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        if match := _VIETNAMESE_DATE.fullmatch(text):
            day, month, year = map(int, match.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def text_fault(text: str) -> str | None:
    """Why a text cannot be kept, in words; ``None`` where it can."""
    if len(text) > MAX_TEXT:
        return f"Văn bản dài quá {MAX_TEXT} ký tự."
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        if character in "\n\r\t":
            continue
        if character in _TURNING or unicodedata.category(character) in _FORBIDDEN:
            return f"Văn bản có ký tự điều khiển U+{ord(character):04X} không in được."
    return None


def is_identifier(text: str) -> bool:
    """Whether a text can be an id: one word, without the marks : @ + / =."""
    return len(text) <= MAX_ID and _ID.fullmatch(text) is not None and text_fault(text) is None
