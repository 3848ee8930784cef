"""How values lie in a column: exact numbers, dates and trees as text, and never a float."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any, Generic, TypeVar

import tomli
import tomli_w
from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from app.domain.conference import Candidate
from app.domain.snapshot import Figure
from app.domain.year import Attendant
from app.ground.numbers import exact, plain
from app.ground.text import composed

Word = TypeVar("Word", bound=StrEnum)


def compact(value: object) -> str:
    """JSON in one line, keys in the given order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def clean(text: str) -> str:
    """The text in NFC; raises ``ValueError`` on a NUL, which SQLite cannot keep inside text."""
    if "\0" in text:
        raise ValueError("a text with a NUL character cannot be kept")
    return composed(text)


@lru_cache(maxsize=4096)
def read_exact(text: str) -> Fraction:
    """The number that ``plain`` wrote; a year repeats few of them, so they are remembered."""
    return Fraction(text)


def figure_text(value: Figure) -> str:
    """A figure with its kind: ``n:97.5``, ``b:1``, ``d:2022-12-31``, ``s:tốt``."""
    match value:
        case bool():
            return f"b:{int(value)}"
        case str():
            return f"s:{clean(value)}"
        case dt.date():
            return f"d:{value.isoformat()}"
        case _:
            return f"n:{plain(exact(value))}"


def read_figure(text: str) -> Figure:
    """The figure that ``figure_text`` wrote; raises ``ValueError`` on anything else."""
    kind, _, body = text.partition(":")
    match kind:
        case "n":
            return read_exact(body)
        case "b" if body in {"0", "1"}:
            return body == "1"
        case "d":
            return dt.date.fromisoformat(body)
        case "s":
            return body
    raise ValueError(f"no figure: {text[:60]!r}")


class Words(TypeDecorator[str]):
    """Text in composed form."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class OptionalKey(TypeDecorator[str | None]):
    """A part of a key that may be absent; the empty text stands for ``None``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str:
        return "" if value is None else clean(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        return value or None


class Exact(TypeDecorator[Fraction]):
    """An exact number: ``97.25`` or ``2/3``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else plain(exact(value))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else read_exact(value)


class Day(TypeDecorator[dt.date]):
    """A calendar day, ``2022-12-31``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class YesNo(TypeDecorator[bool]):
    """1 or 0; a strict table knows no boolean."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Choice(TypeDecorator[Word], Generic[Word]):
    """One word of a fixed set."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Word | None:
        return None if value is None else self.words(value)


class OneFigure(TypeDecorator[Figure]):
    """A figure with its kind."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Figure | None, dialect: Dialect) -> str | None:
        return None if value is None else figure_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Figure | None:
        return None if value is None else read_figure(value)


class Figures(TypeDecorator[Mapping[str, Figure]]):
    """Named figures as a JSON object, names in order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Figure] | None, dialect: Dialect) -> str:
        named = {clean(name): figure_text(figure) for name, figure in (value or {}).items()}
        return compact(dict(sorted(named.items())))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Mapping[str, Figure]:
        if value is None or value == "{}":
            return {}
        return {name: read_figure(text) for name, text in json.loads(value).items()}


class Counts(TypeDecorator[Mapping[str, int]]):
    """Votes by name as a JSON object."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, int] | None, dialect: Dialect) -> str:
        named = {clean(name): int(count) for name, count in (value or {}).items()}
        return compact(dict(sorted(named.items())))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Mapping[str, int]:
        return {} if value is None else json.loads(value)


class Amounts(TypeDecorator[Mapping[str, Fraction]]):
    """Exact numbers by name as a JSON object; ``NULL`` where there are none."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: Mapping[str, Fraction] | None, dialect: Dialect
    ) -> str | None:
        named = {clean(name): plain(exact(number)) for name, number in (value or {}).items()}
        return compact(dict(sorted(named.items()))) if named else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Mapping[str, Fraction]:
        if value is None:
            return {}
        return {name: read_exact(text) for name, text in json.loads(value).items()}


class WordSet(TypeDecorator[frozenset[str]]):
    """A set of words as a sorted JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, dialect: Dialect) -> str:
        return compact(sorted(clean(word) for word in value or ()))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> frozenset[str]:
        return frozenset() if value is None else frozenset(json.loads(value))


class TomlTree(TypeDecorator[Mapping[str, Any]]):
    """A tree of a pack or a method, as its TOML text (exact numbers, no ``null``)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str:
        return tomli_w.dumps(dict(value or {}))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Mapping[str, Any]:
        return {} if value is None else tomli.loads(value, parse_float=Decimal)


class Attendants(TypeDecorator[tuple[Attendant, ...]]):
    """Who was at a conference, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Attendant, ...] | None, dialect: Dialect) -> str:
        return compact([[clean(a.name), clean(a.office), a.unit, a.present] for a in value or ()])

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[Attendant, ...]:
        return () if value is None else tuple(Attendant(*row) for row in json.loads(value))


class WordList(TypeDecorator[tuple[str, ...]]):
    """Words in the given order, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return compact([clean(word) for word in value or ()])

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:
        return () if value is None else tuple(json.loads(value))


class Candidates(TypeDecorator[tuple[Candidate, ...]]):
    """Who stands on a ballot, in the order of the paper, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Candidate, ...] | None, dialect: Dialect) -> str:
        return compact([[clean(c.key), clean(c.name)] for c in value or ()])

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[Candidate, ...]:
        return () if value is None else tuple(Candidate(*row) for row in json.loads(value))
