"""What moved between two assessments of the same units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.ground.numbers import plain
from app.ground.text import natural_key
from app.scoring.assessment import Assessment, UnitCard

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Move:
    """One value of one unit, before and after.

    ``points``: published points of a criterion, or of the total where ``criterion`` is ``None``.
    ``award``: the awards at which the unit stands, joined by ``+``; a state other than proposed
    follows the award after a colon (``bang_khen:reserve``). ``pack`` names a companion.
    """

    unit: str
    what: Literal["points", "rank", "class", "award"]
    criterion: str | None
    old: Value
    new: Value
    pack: str | None = None

    def as_tree(self) -> dict[str, Any]:
        """The move as the result writes it; ``pack`` only where it is a companion's."""
        tree = asdict(self)
        if self.pack is None:
            del tree["pack"]
        return tree


def moves_between(before: Assessment, after: Assessment) -> tuple[Move, ...]:
    """Every change of points, rank, class and award, unit by unit."""
    moves = list(_moves(before, after, None))
    for pack, inner in before.companions.items():
        moves.extend(_moves(inner, after.companions[pack], pack))
    return tuple(moves)


def _moves(before: Assessment, after: Assessment, pack: str | None) -> Iterator[Move]:
    awards = _awards(before), _awards(after)
    for unit in sorted(before.units, key=natural_key):
        old, new = before.units[unit], after.units[unit]
        stood, stands = (words.get(unit) for words in awards)
        if old is new and stood == stands:
            continue
        if old.card is not new.card:
            yield from _points(unit, old.card, new.card, pack)
        if old.rank != new.rank:
            yield Move(unit, "rank", None, old.rank, new.rank, pack)
        if old.class_id != new.class_id:
            yield Move(unit, "class", None, old.class_id, new.class_id, pack)
        if stood != stands:
            yield Move(unit, "award", None, stood, stands, pack)


def _points(unit: str, old: UnitCard, new: UnitCard, pack: str | None) -> Iterator[Move]:
    for code, was in old.criteria.items():
        now = new.criteria.get(code)
        if now is not None and now is not was and now.points != was.points:
            yield Move(unit, "points", code, plain(was.points), plain(now.points), pack)
    if old.total != new.total:
        yield Move(unit, "points", None, plain(old.total), plain(new.total), pack)


def _awards(assessment: Assessment) -> dict[str, str]:
    """The awards at which units stand, in words."""
    words: dict[str, str] = {}
    for line in assessment.awards:
        if line.state != "refused":
            word = line.award if line.state == "proposed" else f"{line.award}:{line.state}"
            words[line.unit] = f"{words[line.unit]}+{word}" if line.unit in words else word
    return words
