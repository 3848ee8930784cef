"""What would be if: moves in words, while a cell is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.ground.numbers import vietnamese
from app.operations.moves import Move

UNMOVED: Final = "Tổng điểm và thứ hạng không thay đổi."


@dataclass(frozen=True, slots=True)
class Tried:
    """What a typed value comes to: sentences for this unit and for the others."""

    own: tuple[str, ...]
    others: tuple[str, ...]
    faults: tuple[str, ...] = ()


def told_moves(
    moves: Sequence[Move],
    unit: str,
    code: str,
    names: Mapping[str, str],
    award_title: Callable[[str], str],
) -> Tried:
    """Moves in words: this cell, total and rank of its unit; then who else moves."""
    own: list[str] = []
    others: dict[str, list[str]] = {}
    for move in moves:
        words = _words(move, award_title)
        if move.unit == unit:
            if move.what == "points" and move.criterion == code:
                own.insert(0, f"Điểm ô này: {words}")
            elif move.what != "points" or move.criterion is None:
                own.append(f"{_called(move)}: {words}")
        elif move.what != "points" or move.criterion is None:
            others.setdefault(move.unit, []).append(f"{_called(move).lower()} {words}")
    told = tuple(f"{names.get(who, who)}: {', '.join(what)}" for who, what in others.items())
    return Tried(tuple(own) or (UNMOVED,), told)


def _called(move: Move) -> str:
    return {"points": "Tổng điểm", "rank": "Hạng", "class": "Xếp loại", "award": "Khen thưởng"}[
        move.what
    ]


def _words(move: Move, award_title: Callable[[str], str]) -> str:
    if move.what == "points":
        old, new = _number(move.old), _number(move.new)
    elif move.what == "award":
        old, new = award_title(str(move.old or "")), award_title(str(move.new or ""))
    else:
        old, new = str(move.old or "không"), str(move.new or "không")
    return f"{old} → {new}"


def _number(value: object) -> str:
    number = Fraction(str(value))
    text = vietnamese(number)
    return vietnamese(number, 2) if "/" in text or len(text.partition(",")[2]) > 2 else text
