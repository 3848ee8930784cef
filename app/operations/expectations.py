"""Comparing what a worked case expects with a result.

Objects compare by the keys that they name; numbers by value; each object of an expected list
must be contained in some actual one; ``[]`` means empty; under ``absent`` stands what must not
occur. A key that no result can have is a fault of the case, even where nothing is compared
with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Final

from app.exchange.result_schema import result_schema
from app.ground.numbers import NumberTextError, plain, read_number
from app.ground.text import composed, nearest

ABSENT: Final = "absent"
_RATIO: Final = re.compile(r"-?\d{1,60}/\d{1,60}")
_MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place where a result is not as expected."""

    path: str
    expected: str
    actual: str
    message: str


def mismatches(expected: Mapping[str, Any], actual: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    """Everything in which ``actual`` (a result tree) differs from what a case expects."""
    wanted = {key: value for key, value in expected.items() if key != ABSENT}
    unwanted = expected.get(ABSENT, {})
    schema = _schema()
    found = [*_unknown_keys(wanted, schema, ""), *_compared(wanted, actual, "")]
    if isinstance(unwanted, Mapping):
        found += [*_unknown_keys(unwanted, schema, ABSENT), *_absent(unwanted, actual, ABSENT)]
    else:
        found.append(Mismatch(ABSENT, "", "", "Khóa absent phải là một bảng."))
    unknown = {m.path for m in found if not m.expected and not m.actual}
    return tuple(m for m in found if m.path not in unknown or not (m.expected or m.actual))


@cache
def _schema() -> Mapping[str, Any]:
    return result_schema()


def _unknown_keys(node: Any, schema: Mapping[str, Any], path: str) -> Iterator[Mismatch]:
    """Keys of an expectation that the format of results does not have."""
    schema = _plain_schema(schema)
    if isinstance(node, Mapping):
        known = schema.get("properties", {})
        free = schema.get("additionalProperties", True)
        for key, value in node.items():
            inner = f"{path}.{key}" if path else str(key)
            if key in known:
                yield from _unknown_keys(value, known[key], inner)
            elif isinstance(free, Mapping):
                yield from _unknown_keys(value, free, inner)
            else:
                guess = nearest(str(key), known)
                hint = f" Có phải “{guess}”?" if guess else ""
                yield Mismatch(inner, "", "", f"Kết quả không có khóa “{key}”.{hint}")
    elif isinstance(node, list):
        for place, item in enumerate(node, 1):
            yield from _unknown_keys(item, schema.get("items", {}), f"{path}[{place}]")


def _plain_schema(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema behind a reference, or the part of it that is not null."""
    if "$ref" in schema:
        return _plain_schema(_schema()["$defs"][str(schema["$ref"]).rpartition("/")[2]])
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            return _plain_schema(choice)
    return schema


def _compared(expected: Any, actual: Any, path: str) -> Iterator[Mismatch]:
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping):
            yield _differs(path, expected, actual)
            return
        for key, value in expected.items():
            inner = f"{path}.{key}" if path else str(key)
            found = actual.get(composed(str(key)), _MISSING)
            if found is _MISSING:
                yield Mismatch(inner, _words(value), "không có", "Kết quả không có mục này.")
            else:
                yield from _compared(value, found, inner)
    elif isinstance(expected, list):
        yield from _listed(expected, actual, path)
    elif not same_value(expected, actual):
        yield _differs(path, expected, actual)


def _listed(expected: list[Any], actual: Any, path: str) -> Iterator[Mismatch]:
    if not isinstance(actual, list):
        yield _differs(path, expected, actual)
        return
    if not expected and actual:
        yield Mismatch(path, "[]", _words(actual), "Danh sách phải trống.")
    for place, item in enumerate(expected, 1):
        if not any(contained(item, candidate) for candidate in actual):
            yield Mismatch(
                f"{path}[{place}]",
                _words(item),
                _words(actual),
                "Không mục nào của kết quả chứa mục này.",
            )


def _absent(unwanted: Any, actual: Any, path: str) -> Iterator[Mismatch]:
    """What stands in the result although it must not."""
    if isinstance(unwanted, Mapping) and isinstance(actual, Mapping):
        for key, value in unwanted.items():
            found = actual.get(composed(str(key)), _MISSING)
            if found is not _MISSING:
                yield from _absent(value, found, f"{path}.{key}")
    elif isinstance(unwanted, list) and isinstance(actual, list):
        for place, item in enumerate(unwanted, 1):
            for candidate in actual:
                if contained(item, candidate):
                    yield Mismatch(
                        f"{path}[{place}]",
                        f"không có {_words(item)}",
                        _words(candidate),
                        "Mục này không được xuất hiện.",
                    )
    elif isinstance(unwanted, list) and isinstance(actual, Mapping):
        for item in unwanted:
            if isinstance(item, str) and composed(item) in actual:
                yield Mismatch(path, f"không có {item}", item, "Mục này không được xuất hiện.")
    elif same_value(unwanted, actual):
        yield Mismatch(
            path, f"khác {_words(unwanted)}", _words(actual), "Giá trị này không được xuất hiện."
        )


def contained(expected: Any, actual: Any) -> bool:
    """Whether ``actual`` is everything that ``expected`` names."""
    return not any(True for _ in _compared(expected, actual, ""))


def same_value(expected: Any, actual: Any) -> bool:
    """Whether two single values are equal: numbers by value, an empty text equals nothing."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, dt.date):
        expected = expected.isoformat()
    if expected is None or actual is None or expected == "":
        return expected in (None, "") and actual in (None, "")
    if isinstance(expected, str) and isinstance(actual, str) and composed(expected) == actual:
        return True
    number = _number(expected)
    return number is not None and number == _number(actual)


def _number(value: object) -> Fraction | None:
    if isinstance(value, int | Decimal):
        return Fraction(value) if Decimal(value).is_finite() else None
    if not isinstance(value, str):
        return None
    if _RATIO.fullmatch(value):
        over, under = value.split("/")
        return Fraction(int(over), int(under)) if int(under) else None
    try:
        return Fraction(read_number(value))
    except NumberTextError as fault:
        return Fraction(fault.readings[0]) if fault.readings else None


def _differs(path: str, expected: Any, actual: Any) -> Mismatch:
    return Mismatch(path, _words(expected), _words(actual), "Kết quả khác với mong đợi.")


def _words(value: Any) -> str:
    """A value on one short line."""
    match value:
        case None:
            return "không có"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return plain(Fraction(value)) if Decimal(value).is_finite() else str(value)
        case Mapping():
            text = ", ".join(f"{k} = {_words(v)}" for k, v in list(value.items())[:8])
            return _short("{ " + text + " }")
        case list():
            return _short("[" + ", ".join(_words(v) for v in value[:8]) + "]")
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= 300 else text[:297] + "..."
