"""Numbers and ranges as officers write them: "từ 90 đến dưới 95", "trên 100", "tham số A10".

What is written here is read back to the very same table of a pack; what cannot be read with
certainty is refused with a sentence, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from app.ground.numbers import (
    NumberFault,
    NumberTextError,
    exact,
    read_number,
    unmistakable,
    vietnamese,
)
from app.ground.text import composed

PARAMETER: Final = "tham số"
EDGES: Final = ("ge", "gt", "le", "lt", "eq")

_REFERENCE: Final = re.compile(r"tham số\s+([^\s:@+/=]+)", re.IGNORECASE)
_NUMBER: Final = r"(?:tham số\s+[^\s:@+/=]+|[+\-−]?\d[\d.,]*)"
_PART: Final = re.compile(
    r"(?P<word>từ|tu|≥|>=|trên|tren|hơn|hon|>|đến dưới|den duoi|dưới|duoi|<(?!=)|đến|den|không quá"
    rf"|khong qua|≤|<=|bằng|bang|=)\s*(?P<number>{_NUMBER})\s*(?P<after>trở xuống|tro xuong)?",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(r"trở lên|tro len|và|va\b|điểm|diem|ngày|ngay|%|[;,]|\s", re.IGNORECASE)
_WORDS: Final = {
    "từ": "ge", "tu": "ge", "≥": "ge", ">=": "ge",
    "trên": "gt", "tren": "gt", "hơn": "gt", "hon": "gt", ">": "gt",
    "đến dưới": "lt", "den duoi": "lt", "dưới": "lt", "duoi": "lt", "<": "lt",
    "đến": "le", "den": "le", "không quá": "le", "khong qua": "le", "≤": "le", "<=": "le",
    "bằng": "eq", "bang": "eq", "=": "eq",
}  # fmt: skip
HOW: Final = "Viết như: từ 90 đến dưới 95; trên 100; từ 50 trở xuống; bằng 0."


class Unreadable(ValueError):  # noqa: N818 - a sentence for the officer, not a fault
    """A text that cannot be read; the message is a Vietnamese sentence that says how to mend it."""


def reference(value: object) -> str | None:
    """The parameter that a value of a pack points at, if it does."""
    if isinstance(value, Mapping) and set(value) == {"parameter"}:
        return str(value["parameter"])
    return None


def number_text(value: Any) -> str:
    """A number of a pack, or a pointer to a parameter, as a text that reads back the same."""
    pointed = reference(value)
    if pointed is not None:
        return f"{PARAMETER} {pointed}"
    if isinstance(value, str):
        return value
    return unmistakable(exact(value)).replace(".", ",")


def read_number_text(text: str) -> Any:
    """The number, as a pack writes it, or a pointer to a parameter; raises ``Unreadable``."""
    wanted = composed(text).strip()
    pointed = _REFERENCE.fullmatch(wanted)
    if pointed is not None:
        return {"parameter": pointed[1]}
    try:
        return written(read_number(wanted))
    except NumberTextError as fault:
        raise Unreadable(_number_fault(fault)) from fault


def written(value: Decimal) -> int | Decimal:
    """A number as a pack writes it: whole numbers without a point."""
    return int(value) if value == value.to_integral_value() else value


def _number_fault(fault: NumberTextError) -> str:
    shown = fault.text.strip()[:40]
    if fault.fault is NumberFault.AMBIGUOUS:
        one, other = (vietnamese(Fraction(reading)) for reading in fault.readings)
        plain = f"{fault.readings[1]}"
        return f"“{shown}” là {one} hay {other}? Nếu là {other} thì viết {plain}; {one} thì {one}0."
    if fault.fault is NumberFault.TOO_LONG:
        return f"Số “{shown}” quá dài, có thể đã gõ nhầm."
    return f"“{shown}” chưa phải một con số. Viết như 12,5."


def range_text(edges: Mapping[str, Any]) -> str:
    """A range in words that read back the same."""
    pointed = reference(edges)
    if pointed is not None:
        return f"{PARAMETER} {pointed}"
    shown = {key: number_text(edges[key]) for key in EDGES if key in edges}
    low = "ge" in shown or "gt" in shown
    parts: list[str] = []
    if "ge" in shown:
        alone = not {"le", "lt"} & set(shown)
        parts.append(f"từ {shown['ge']}" + (" trở lên" if alone else ""))
    if "gt" in shown:
        parts.append(f"trên {shown['gt']}")
    if "le" in shown:
        parts.append(f"đến {shown['le']}" if low else f"từ {shown['le']} trở xuống")
    if "lt" in shown:
        parts.append(f"đến dưới {shown['lt']}" if low else f"dưới {shown['lt']}")
    if "eq" in shown:
        parts.append(f"bằng {shown['eq']}")
    return " ".join(parts)


def read_range_text(text: str) -> dict[str, Any]:
    """The edges that were written; raises ``Unreadable``."""
    wanted = composed(text).strip()
    pointed = _REFERENCE.fullmatch(wanted)
    if pointed is not None:
        return {"parameter": pointed[1]}
    edges: dict[str, Any] = {}
    rest = wanted
    for part in _PART.finditer(wanted):
        key = _WORDS[part["word"].lower()]
        if part["after"]:
            key = "le"
        if key in edges:
            raise Unreadable(f"Khoảng “{wanted[:40]}” ghi hai lần một mép. {HOW}")
        edges[key] = read_number_text(part["number"].rstrip(".,"))
        rest = rest.replace(part[0], " ", 1)
    if not edges or _NOISE.sub("", rest):
        raise Unreadable(f"Chưa hiểu khoảng “{wanted[:40]}”. {HOW}")
    if {"ge", "gt"} <= set(edges) or {"le", "lt"} <= set(edges):
        raise Unreadable(f"Khoảng “{wanted[:40]}” có hai mép cùng một phía. {HOW}")
    return edges


def worth_text(points: Any, percent: Any) -> str:
    """Points, or a percent of the maximum, in one cell: "10", "80 %"."""
    parts = [] if points is None else [number_text(points)]
    parts += [] if percent is None else [f"{number_text(percent)} %"]
    return " và ".join(parts)


def read_worth_text(text: str) -> dict[str, Any]:
    """``points`` or ``percent``; raises ``Unreadable``."""
    wanted = composed(text).strip()
    if wanted.endswith("%"):
        return {"percent": read_number_text(wanted[:-1])}
    return {"points": read_number_text(wanted)}
