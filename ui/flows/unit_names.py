"""Names of units as officers paste them from Excel or Word: read, checked, given short ids.

The order is kept as typed. Numbering, bullets and other columns are left out; a column or a note
that says who leads is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.ground.text import composed, folded, same_words

_NUMBERING: Final = re.compile(r"^\s*(?:[-–—•+*●○▪]|\(?\d{1,3}\s*[.):/]|\d{1,3}\s+(?=\D))\s*")
_ROLES: Final = (
    (re.compile(r"^(?:don vi )?pho (?:truong )?(?:cum|khoi)(?: truong)?$|^pho$"), "deputy"),
    (re.compile(r"^(?:cum|khoi) pho$|^don vi pho$"), "deputy"),
    (
        re.compile(r"^(?:don vi )?(?:truong|truong cum|truong khoi|cum truong|khoi truong)$"),
        "leader",
    ),
)
_HEADS: Final = frozenset(
    {"stt", "tt", "so tt", "ten", "ten don vi", "don vi", "don vi thanh vien", "vai tro", "ghi chu"}
    | {"danh sach don vi", "danh sach cac don vi", "co quan, don vi", "ten co quan, don vi"}
)
_NOTE: Final = re.compile(r"\s*\(([^()]*)\)\s*$")
_LONGEST_ID: Final = 32
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class TypedUnit:
    """A unit as typed: its name, and its role of the year ("", "leader", "deputy")."""

    name: str
    role: str = ""


def read_units(text: str) -> tuple[TypedUnit, ...]:
    """The units of a pasted list, one a line, in its order; lines without a name are left out."""
    units = (_line(line) for line in composed(text).splitlines())
    return tuple(unit for unit in units if unit.name)


def _line(line: str) -> TypedUnit:
    cells = [" ".join(cell.split()) for cell in line.split("\t")]
    if folded(cells[0]) in _HEADS or all(folded(c) in _HEADS for c in cells if c):
        return TypedUnit("")
    role = next((found for cell in cells if (found := _role(cell))), "")
    named = [cell for cell in cells if not _role(cell) and any(c.isalpha() for c in cell)]
    name = _NUMBERING.sub("", named[0]) if named else ""
    note = _NOTE.search(name)
    if note is not None and (told := _role(note[1])):
        role, name = told, name[: note.start()]
    return TypedUnit(name.strip(" ;,.\u00a0"), role)


def _role(cell: str) -> str:
    words = folded(cell)
    return next((role for form, role in _ROLES if form.match(words)), "")


def repeated(units: Sequence[TypedUnit]) -> tuple[str, ...]:
    """Names that stand in the list more than once, whatever their case and composition."""
    twice: list[str] = []
    for place, unit in enumerate(units):
        before = any(same_words(unit.name, other.name) for other in units[:place])
        if before and not any(same_words(unit.name, name) for name in twice):
            twice.append(unit.name)
    return tuple(twice)


def too_long(units: Iterable[TypedUnit]) -> tuple[str, ...]:
    """Names that are no names any more: a whole paragraph was pasted."""
    return tuple(unit.name for unit in units if len(unit.name) > _LONGEST_NAME)


def short_ids(names: Sequence[str], word: str = "don_vi") -> tuple[str, ...]:
    """An id for each name, made from its letters: "Sở Tài chính" → "so_tai_chinh"."""
    taken: set[str] = set()
    ids: list[str] = []
    for name in names:
        base = _slug(name) or word
        number, made = 1, base
        while made in taken:
            number += 1
            made = f"{base}_{number}"
        taken.add(made)
        ids.append(made)
    return tuple(ids)


def _slug(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", folded(name)).split()
    kept = ""
    for word in words:
        longer = f"{kept}_{word}" if kept else word[:_LONGEST_ID]
        if len(longer) > _LONGEST_ID:
            break
        kept = longer
    return kept
