"""The JSON texts of a package: one form for equal content (RFC 8785), read without trust.

A whole number is a JSON number as far as every reader keeps it exactly (2^53 - 1); any other
number is a text with a decimal point, in the form that ``read_number`` reads back, so that
``facts.json`` is a facts file as it stands. A day is a text, ``2026-12-31``. Texts are NFC.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, NoReturn

from app.exchange.packages.faults import SEND_AGAIN, shown
from app.exchange.packages.limits import (
    MAX_DEPTH,
    MAX_MARKS,
    MAX_ROW_MARKS,
    MAX_WHOLE_NUMBER,
    MAX_WIDE_TEXT_BYTES,
)
from app.exchange.packages.paths import FACTS, FIGURES, RESULT
from app.ground.canonical import encoded
from app.ground.findings import Findings
from app.ground.numbers import unmistakable
from app.ground.text import composed

Tree = dict[str, Any]

_OF_ROWS: Final = frozenset({FACTS, RESULT, FIGURES})
"""Texts whose rows become values of their own, which takes more than the text alone."""

_TURNING: Final = "\u202a-\u202e\u2066-\u2069"
_HIDDEN: Final = re.compile(f"[\x00-\x1f\x7f-\x9f{_TURNING}\ud800-\udfff]")
_HIDDEN_IN_JSON: Final = re.compile(f"[\x7f-\x9f{_TURNING}\ud800-\udfff]")
_PIECE: Final = 1 << 18
_WIDE: Final = re.compile(rb"[\xf0-\xf4]|\\u[dD][89abAB]")
_ESCAPED: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u00[01][0-9a-f]|b|f)")
_ALLOWED_HIDDEN: Final = str.maketrans("", "", "\n\r\t")


def payload_tree(value: object) -> Any:
    """A tree as JSON holds it; raises ``TypeError`` or ``ValueError`` on what JSON cannot say."""
    match value:
        case Enum():
            return payload_tree(value.value)
        case str():
            return composed(value)
        case None | bool():
            return value
        case int() | Decimal() | Fraction():
            return _number(Fraction(value))
        case dt.datetime() | dt.time():
            raise TypeError("a package holds days, not times")
        case dt.date():
            return value.isoformat()
        case Mapping():
            tree = {composed(str(key)): payload_tree(inner) for key, inner in value.items()}
            if len(tree) != len(value):
                raise ValueError("two keys are equal when composed")
            return tree
        case list() | tuple():
            return [payload_tree(inner) for inner in value]
        case frozenset() | set():
            return sorted(payload_tree(inner) for inner in value)
    raise TypeError(f"a package has no place for a {type(value).__name__}")


def _number(number: Fraction) -> int | str:
    if number.denominator == 1 and abs(number.numerator) <= MAX_WHOLE_NUMBER:
        return number.numerator
    text = unmistakable(number)
    if "/" in text:
        raise ValueError(f"{text} has no finite decimal form")
    return text


def payload_bytes(tree: Mapping[str, Any]) -> bytes:
    """The bytes of a tree of any exact values."""
    return encoded(payload_tree(tree))


def hidden_letter(text: str) -> str | None:
    """A control or turning letter in a text for people; ``None`` where all is plain."""
    if text.isprintable():
        return None
    found = _HIDDEN.search(text.translate(_ALLOWED_HIDDEN))
    return found.group() if found else None


class _RefusedError(Exception):
    """The text holds what canonical JSON never does; the words say what."""

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        super().__init__(words)


class JsonReader:
    """Reads the JSON texts of one package; what they cost in memory is counted over all."""

    def __init__(self, name: str, findings: Findings) -> None:
        self._name = name
        self._findings = findings
        self._marks = self._rows = 0

    def tree(self, data: bytes, path: str) -> Tree | None:
        """The tree, or ``None`` with a finding where the text is not in the one form."""
        place = f"{self._name}, {path}"
        try:
            return self._tree(data, path)
        except _RefusedError as fault:
            self._findings.error(fault.code, place, f"Tệp trong gói {fault}.", SEND_AGAIN)
            return None

    def _tree(self, data: bytes, path: str) -> Tree:
        self._weigh(data, path)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as fault:
            raise _RefusedError(
                "package_json_encoding", f"không phải chữ UTF-8 (byte thứ {fault.start + 1})"
            ) from fault
        if text.startswith("\ufeff"):
            raise _RefusedError("package_json_encoding", "có dấu BOM ở đầu")
        _check_letters(text)
        try:
            tree = _parsed(text)
            deep = _deeper_than(tree, MAX_DEPTH)
        except RecursionError:
            deep = True
        except json.JSONDecodeError as fault:
            raise _RefusedError(
                "package_not_json", f"sai cú pháp JSON ở ký tự thứ {fault.pos + 1}"
            ) from fault
        if deep:
            raise _RefusedError("package_json_deep", f"lồng nhau quá {MAX_DEPTH} tầng")
        if not isinstance(tree, dict):
            raise _RefusedError("package_not_json", "không phải một bảng { … }")
        del text
        _check_form(tree, data)
        return tree

    def _weigh(self, data: bytes, path: str) -> None:
        """Refuses what would take too much memory as a tree, before it is one."""
        if len(data) > MAX_WIDE_TEXT_BYTES and _WIDE.search(data):
            raise _RefusedError("package_bomb", "quá dài mà có chữ ngoài mặt phẳng cơ bản")
        marks = _marks_in(data)
        self._marks += marks
        self._rows += marks if path in _OF_ROWS else 0
        if self._marks > MAX_MARKS or self._rows > MAX_ROW_MARKS:
            raise _RefusedError("package_bomb", "có quá nhiều phần tử")


def _marks_in(data: bytes) -> int:
    """The brackets, braces, commas and colons outside of strings, counted piece by piece."""
    plain = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    found, within = 0, 0
    for at in range(0, len(plain), _PIECE):
        parts = plain[at : at + _PIECE].split(b'"')
        bare = b" ".join(parts[within::2])
        found += sum(bare.count(mark) for mark in (b"[", b"{", b",", b":"))
        within ^= (len(parts) - 1) % 2
    return found


def _check_letters(text: str) -> None:
    """Refuses letters that show another text than is there; JSON itself has no bare control."""
    if not unicodedata.is_normalized("NFC", text):
        raise _RefusedError("package_json_text", "có chữ Việt dạng tổ hợp (không phải NFC)")
    if _HIDDEN_IN_JSON.search(text) or _ESCAPED.search(text):
        raise _RefusedError("package_json_text", "có ký tự điều khiển ẩn")


def _check_form(tree: Tree, data: bytes) -> None:
    """Refuses what is not the one form of this tree."""
    try:
        canonical = encoded(tree)
    except UnicodeEncodeError as fault:
        raise _RefusedError("package_json_text", "có nửa ký tự Unicode đứng lẻ") from fault
    if canonical != data:
        raise _RefusedError("package_json_form", "không ở dạng chuẩn RFC 8785")


def _parsed(text: str) -> Any:
    return json.loads(
        text,
        parse_float=_no_float,
        parse_int=_whole,
        parse_constant=_no_constant,
        object_pairs_hook=_without_repetition,
    )


def _no_float(text: str) -> NoReturn:
    raise _RefusedError("package_json_value", f"ghi số lẻ {shown(text)} không đặt trong dấu nháy")


def _no_constant(text: str) -> NoReturn:
    raise _RefusedError("package_json_value", f"có giá trị {text}, không phải một con số")


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_WHOLE_NUMBER:
        raise _RefusedError("package_json_value", f"có số nguyên {shown(text)} quá dài")
    return int(text)


def _without_repetition(pairs: list[tuple[str, Any]]) -> Tree:
    table = dict(pairs)
    if len(table) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _RefusedError(
                    "package_json_value", f"ghi khóa “{shown(key)}” hai lần trong một bảng"
                )
            seen.add(key)
    return table


def _deeper_than(tree: object, depth: int) -> bool:
    level: list[Any] = [tree]
    for _ in range(depth):
        below: list[Any] = []
        for node in level:
            if type(node) is dict:
                below.extend(node.values())
            elif type(node) is list:
                below.extend(node)
        level = [node for node in below if type(node) is dict or type(node) is list]
        if not level:
            return False
    return True
