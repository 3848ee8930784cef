"""Reading one table of a facts file key by key.

A ``Table`` answers ``None`` for whatever is missing or faulty and tells the fault to the
gathering. Nothing is guessed and nothing raises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from app.exchange.facts_faults import Gathering, number_error, shown
from app.exchange.facts_values import (
    MAX_COUNT,
    MAX_ID,
    as_date,
    as_number,
    is_identifier,
    text_fault,
)
from app.ground.numbers import NumberTextError
from app.ground.text import composed, nearest

Word = TypeVar("Word", bound=str)


class Table:
    """One table of the file; ``place`` is how findings call it.

    An empty text counts as a value that was not given, so that a template may leave it so.
    """

    __slots__ = ("data", "gathering", "place")

    def __init__(self, data: Mapping[str, Any], place: str, gathering: Gathering) -> None:
        self.data = data
        self.place = place
        self.gathering = gathering

    def at(self, key: str) -> str:
        """The place of one key."""
        return f"{self.place}.{key}"

    def only(self, keys: Collection[str]) -> None:
        """Reports every key that the format does not know."""
        for key in self.data:
            if key not in keys:
                self.gathering.error(
                    "facts_unknown_key",
                    self.at(shown(key)),
                    f"Khóa “{shown(key)}” không có trong định dạng.",
                    self.gathering.guess(key, keys, "key of " + " ".join(sorted(keys))),
                )

    def given(self, key: str) -> Any | None:
        """The raw value; ``None`` where the key is missing or left empty."""
        value = self.data.get(key)
        return None if isinstance(value, str) and not value.strip() else value

    def _needed(self, key: str, what: str) -> None:
        self.gathering.error(
            "facts_missing_key", self.place, f"Thiếu khóa {key} ({what}).", f"Thêm khóa {key}."
        )

    def wrong(self, key: str, need: str, remedy: str = "") -> None:
        """Reports a value of the wrong type."""
        self.gathering.error(
            "facts_wrong_type",
            self.at(key),
            f"Chỗ này cần {need}, đang ghi “{shown(self.data.get(key))}”.",
            remedy or f"Ghi {need}.",
        )

    def text(self, key: str, what: str = "", *, required: bool = False) -> str | None:
        """A text in composed form."""
        value = self.given(key)
        if value is None:
            if required:
                self._needed(key, what)
            return None
        if not isinstance(value, str):
            self.wrong(key, "một văn bản đặt trong dấu nháy")
            return None
        fault = text_fault(value)
        if fault is not None:
            self.gathering.error("facts_bad_text", self.at(key), fault, "Gõ lại văn bản này.")
            return None
        return composed(value)

    def identifier(self, key: str, what: str = "", *, required: bool = True) -> str | None:
        """A text that may name things: one word without the marks : @ + / =."""
        text = self.text(key, what, required=required)
        if text is None or is_identifier(text):
            return text
        self.gathering.error(
            "facts_bad_id",
            self.at(key),
            f"Mã “{shown(text)}” không hợp lệ.",
            f"Mã viết liền, không quá {MAX_ID} ký tự, không có các dấu : @ + / =.",
        )
        return None

    def known(
        self,
        key: str,
        known: Collection[str],
        code: str,
        what: str,
        *,
        required: bool = True,
    ) -> str | None:
        """A text that must be one of ``known``; otherwise ``code`` with a suggestion."""
        text = self.text(key, what, required=required)
        if text is None or text in known:
            return text
        self.unknown(self.at(key), text, known, code, what)
        return None

    def unknown(self, place: str, word: str, known: Collection[str], code: str, what: str) -> None:
        """Reports a name that nothing answers to."""
        self.gathering.error(
            code,
            place,
            f"Không có {what} “{shown(word)}”.",
            self.gathering.guess(word, known, what),
        )

    def choice(
        self, key: str, choices: Collection[Word], *, default: Word | None = None
    ) -> Word | None:
        """One of a few words of the format; required where there is no default."""
        text = self.text(key, "chọn một trong: " + ", ".join(choices), required=default is None)
        if text is None:
            return default
        for word in choices:
            if word == text:
                return word
        guess = nearest(text, choices)
        hint = f" Có phải “{guess}”?" if guess else ""
        self.gathering.error(
            "facts_unknown_choice",
            self.at(key),
            f"Giá trị “{shown(text)}” không thuộc các lựa chọn.",
            "Chọn một trong: " + ", ".join(choices) + "." + hint,
        )
        return None

    def number(self, key: str, *, required: bool = False, negative: bool = True) -> Fraction | None:
        """An exact number."""
        value = self.given(key)
        if value is None:
            if required:
                self._needed(key, "một con số")
            return None
        try:
            number = as_number(value)
        except NumberTextError as fault:
            number_error(self.gathering, self.at(key), value, fault)
            return None
        if number < 0 and not negative:
            self._negative(key, value)
            return None
        return number

    def count(self, key: str, *, required: bool = False) -> int | None:
        """A whole number that is not negative."""
        number = self.number(key, required=required, negative=False)
        if number is None:
            return None
        if number.denominator != 1:
            self.gathering.error(
                "facts_not_whole",
                self.at(key),
                f"Chỗ này cần một số nguyên, đang ghi “{shown(self.data.get(key))}”.",
                "Ghi số lượng nguyên, ví dụ 9.",
            )
            return None
        if number > MAX_COUNT:
            self.gathering.error(
                "facts_count_too_large",
                self.at(key),
                f"Số lượng “{shown(self.data.get(key))}” lớn quá mức hợp lý.",
                "Kiểm tra lại, có thể đã gõ nhầm.",
            )
            return None
        return int(number)

    def _negative(self, key: str, value: object) -> None:
        self.gathering.error(
            "facts_negative",
            self.at(key),
            f"Số “{shown(value)}” là số âm.",
            "Ghi số từ 0 trở lên.",
        )

    def date(self, key: str, *, required: bool = False) -> dt.date | None:
        """A calendar day."""
        value = self.given(key)
        if value is None:
            if required:
                self._needed(key, "một ngày")
            return None
        day = as_date(value)
        if day is None:
            self.gathering.error(
                "facts_not_a_date",
                self.at(key),
                f"“{shown(value)}” không phải một ngày có trên lịch.",
                "Ghi ngày dạng 2022-12-31, không kèm giờ.",
            )
        return day

    def yes_no(self, key: str, *, required: bool = False) -> bool | None:
        """True or false."""
        value = self.given(key)
        if value is None:
            if required:
                self._needed(key, "true hoặc false")
            return None
        if not isinstance(value, bool):
            self.wrong(key, "true hoặc false", "Ghi true (có) hoặc false (không), không dấu nháy.")
            return None
        return value

    def table(self, key: str) -> Mapping[str, Any] | None:
        """A table ``{ … }``."""
        value = self.given(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.wrong(key, "một bảng { … }")
            return None
        return value

    def counts(self, key: str) -> Iterator[tuple[str, int]]:
        """The names and whole numbers of a table such as ``votes = { u1 = 8 }``."""
        inner = self.table(key)
        if inner is None:
            return
        cells = Table(inner, self.at(key), self.gathering)
        for name in inner:
            number = cells.count(name)
            if number is not None:
                yield composed(name), number

    def numbers(self, key: str) -> Iterator[tuple[str, Fraction]]:
        """The names and exact numbers of a table such as ``totals = { u1 = "972,95" }``."""
        inner = self.table(key)
        if inner is None:
            return
        cells = Table(inner, self.at(key), self.gathering)
        for name in inner:
            number = cells.number(name, required=True)
            if number is not None:
                yield composed(name), number

    def texts(self, key: str) -> Iterable[str]:
        """The texts of a list such as ``roles = ["leader"]``."""
        value = self.given(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(key, "một danh sách văn bản [ … ]")
            return ()
        return tuple(composed(item) for item in value)


def rows(tree: Mapping[str, Any], key: str, name: str, gathering: Gathering) -> Iterator[Table]:
    """The tables of a list such as ``[[units]]``, each with a place that names it."""
    value = tree.get(key)
    if value is None:
        return
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        gathering.error(
            "facts_wrong_type",
            f"{name}, {key}",
            "Chỗ này cần một danh sách các bảng.",
            f"Ghi mỗi dòng thành một bảng [[{key}]].",
        )
        return
    for number, row in enumerate(value, 1):
        yield Table(row, row_place(name, key, number, row), gathering)


def row_place(name: str, key: str, number: int, row: Mapping[str, Any]) -> str:
    """How a row is called: "facts.toml, units[2] (u1)"."""
    words = [
        row.get(k)
        for k in (
            "id",
            "unit",
            "criterion",
            "round",
            "code",
            "item",
            "case",
            "condition",
            "award",
            "purpose",
            "question",
            "section",
        )
    ]
    label = ", ".join(shown(w) for w in words if isinstance(w, str) and w)
    return f"{name}, {key}[{number}]" + (f" ({label})" if label else "")
