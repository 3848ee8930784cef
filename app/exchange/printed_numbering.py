"""Dotted codes out of the numbers that a table prints.

Tables number their rows as papers do: A, I, 1, 1.1, 6a, a), "-", "+". ``read_label`` reads one
such number; ``Outline`` follows the rows and gives each its place: I → I, 1 → I.1, a) → I.1.a,
"-" → I.1.a.1. The order of ranks is fixed; only I, V and X, which are letters too, need a look
at what came before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from app.ground.text import composed


class Rank(IntEnum):
    """The rank of a printed number, the widest first."""

    LETTER = 1
    ROMAN = 2
    ARABIC = 3
    MIXED = 4
    SMALL = 5
    DASH = 6
    PLUS = 7
    NONE = 8


@dataclass(frozen=True, slots=True)
class Label:
    """A printed number: its rank and its parts, more than one for 1.2 or I.1.a."""

    rank: Rank
    parts: tuple[str, ...]


_PREFIX: Final = re.compile(r"(?:phần|mục|chương|nhóm)\s+(?=[0-9A-Z])", re.IGNORECASE)
_ROMAN: Final = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_PART: Final = re.compile(r"[0-9]{1,4}[a-zđ]?|[A-ZĐ]{1,6}|[a-zđêôơưăâ]{1,4}")
_DASHES: Final = frozenset("-–—•*·●▪")
_LEADING: Final = re.compile(
    r"(?P<label>(?:(?:Phần|PHẦN|Mục|MỤC)\s+)?"
    r"(?:(?:[IVX]{1,5}|[A-ZĐ]|[0-9]{1,3}[a-zđ]?|[a-zđ])(?:\.[0-9a-zđ]{1,3})*)\s*[.):/]"
    r"|(?:[IVX]{1,5}|[A-ZĐ])\s+[-–]"
    r"|[0-9]{1,3}(?:\.[0-9]{1,3})+"
    r"|[-–—•*+])\s+(?P<rest>\S.*)"
)


def read_label(text: str) -> Label | None:
    """The printed number in a cell of its own; ``None`` where the text is no such number."""
    cleaned = composed("".join(_PREFIX.sub("", text.strip(), count=1).split()))
    if not cleaned:
        return None
    if cleaned in _DASHES:
        return Label(Rank.DASH, ())
    if cleaned == "+":
        return Label(Rank.PLUS, ())
    parts = tuple(part for part in re.split(r"[.)(/\]\[:;,-]+", cleaned) if part)
    if not parts or len(parts) > 6 or not all(map(_PART.fullmatch, parts)):
        return None
    parts = tuple(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)
    ranks = [_rank(part) for part in parts]
    if None in ranks:
        return None
    first = ranks[0]
    assert first is not None
    return Label(first, parts)


def _rank(part: str) -> Rank | None:
    if part.isdigit():
        return Rank.ARABIC
    if part[0].isdigit():
        return Rank.MIXED
    if _ROMAN.fullmatch(part):
        return Rank.ROMAN
    if part.isupper():
        return Rank.LETTER if len(part) == 1 else None
    lower_roman = _ROMAN.fullmatch(part.upper()) is not None
    return Rank.SMALL if len(part) == 1 or lower_roman else None


def split_label(title: str) -> tuple[str, str]:
    """The number that a title begins with, and the rest: "1. Thu ngân sách" → ("1.", …)."""
    match = _LEADING.fullmatch(" ".join(title.split()))
    return (match["label"].strip(" -–") or match["label"], match["rest"]) if match else ("", title)


_Depth = tuple[int, int]


@dataclass(slots=True)
class _Open:
    """A row that further rows may still belong to."""

    depth: _Depth
    part: str
    code: str


class Outline:
    """Follows numbered rows from the top of a table and gives each its dotted code."""

    def __init__(self, root: str = "") -> None:
        self._root = root
        self._open: list[_Open] = []
        self._children: dict[str, int] = {}

    def place(self, label: Label | None, named: str | None = None) -> str:
        """The code of the next row; a row without a number is counted below the last one.

        ``named`` is a name of the table's own that takes the place of the number in the code.
        """
        if label is None or not label.parts:
            return self._counted(Rank.NONE if label is None else label.rank, named)
        if len(label.parts) > 1:
            return self._dotted(label)
        part, rank = label.parts[0], self._certain_rank(label)
        if rank is Rank.MIXED and not any(row.part == part[:-1] for row in self._open):
            rank = Rank.ARABIC
        return self._push((rank, 0), part, named)

    def _certain_rank(self, label: Label) -> Rank:
        """Tells the letter I, V or X from the Roman number by the letter before it."""
        part = label.parts[0]
        if label.rank is Rank.ROMAN and len(part) == 1:
            for row in self._open[:-1]:
                if row.depth == (Rank.LETTER, 0) and ord(row.part) + 1 == ord(part):
                    return Rank.LETTER
        return label.rank

    def _counted(self, rank: Rank, named: str | None) -> str:
        self._close((rank, 0))
        if named is None:
            parent = self._open[-1].code if self._open else self._root
            self._children[parent] = self._children.get(parent, 0) + 1
            named = str(self._children[parent])
        return self._push((rank, 0), named)

    def _dotted(self, label: Label) -> str:
        """1.2 belongs to the open 1, or to the open I; without either it opens its own."""
        first, *rest = label.parts
        owner = next(
            (i for i, row in enumerate(self._open) if row.part == first and not row.depth[1]),
            None,
        )
        if owner is None and first.isdigit():
            owner = next(
                (
                    i
                    for i, row in enumerate(self._open)
                    if row.depth < (Rank.ARABIC, 0) and _ordinal(row.part) == int(first)
                ),
                None,
            )
        if owner is None:
            self._push((label.rank, 0), first)
        else:
            del self._open[owner + 1 :]
        code = ""
        for deeper, part in enumerate(rest, start=1):
            code = self._push((max(Rank.ARABIC, self._open[-1].depth[0]), deeper), part)
        return code

    def _close(self, depth: _Depth) -> None:
        while self._open and self._open[-1].depth >= depth:
            self._open.pop()

    def _push(self, depth: _Depth, part: str, named: str | None = None) -> str:
        self._close(depth)
        parent = self._open[-1].code if self._open else self._root
        code = f"{parent}.{named or part}" if parent else named or part
        self._open.append(_Open(depth, part, code))
        return code


_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10}


def _ordinal(part: str) -> int:
    """The number that a Roman number or a capital letter counts for."""
    if _ROMAN.fullmatch(part):
        values = [_ROMAN_VALUES[letter] for letter in part]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < following else value for value, following in pairs)
    return ord(part) - 64 if len(part) == 1 and part.isascii() else 0
