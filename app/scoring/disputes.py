"""What is not settled yet about the points of a unit, cell by cell, and how much hangs on it.

What is *at stake* in a cell is a number of points that the cell may still move, one way or the
other; it is no forecast:

- ``asked``: somebody asked the unit to explain the cell and has no answer. At stake is the
  difference between the lowest and the highest of what the rounds say; where they all say the
  same, the points that count; where the cell is blank, its maximum.
- ``blank``: nobody scored the cell. At stake is its maximum.
- ``differs``: the two latest rounds that scored the cell say different points, and no explanation
  of it was answered. At stake is the difference. Where the latest of these rounds is sealed for
  the unit, the difference is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.domain.snapshot import EntryState
from app.domain.year import Explanation
from app.scoring.assessment import Assessment, CriterionScore, UnitCard

ZERO = Fraction(0)


class DisputeKind(StrEnum):
    """Why a cell is not settled."""

    ASKED = "asked"
    BLANK = "blank"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A cell that is not settled, with the points at stake."""

    unit: str
    criterion: str
    kind: DisputeKind
    points: Fraction


def disputes_of(
    assessment: Assessment,
    explanations: Sequence[Explanation] = (),
    sealed: Collection[tuple[str, str]] = (),
) -> dict[str, tuple[Dispute, ...]]:
    """The unsettled cells of each unit, in the order of its table.

    ``sealed`` names units with the rounds in which nobody changes their points any more.
    """
    asked = {(e.unit, e.criterion) for e in explanations if e.answer is None}
    answered = {(e.unit, e.criterion) for e in explanations} - asked
    return {
        unit: tuple(_of_unit(result.card, asked, answered, sealed))
        for unit, result in assessment.units.items()
    }


def _of_unit(
    card: UnitCard,
    asked: Collection[tuple[str, str]],
    answered: Collection[tuple[str, str]],
    sealed: Collection[tuple[str, str]],
) -> Iterator[Dispute]:
    blanks = set(card.blanks)
    for code, score in card.criteria.items():
        cell = (card.unit, code)
        if cell in asked:
            stake = score.max if code in blanks else _asked_about(score)
            yield Dispute(card.unit, code, DisputeKind.ASKED, stake)
        elif code in blanks:
            yield Dispute(card.unit, code, DisputeKind.BLANK, score.max)
        elif cell not in answered and _counts(card, code):
            latest, difference = _latest(score)
            if difference and (card.unit, latest) not in sealed:
                yield Dispute(card.unit, code, DisputeKind.DIFFERS, difference)


def _counts(card: UnitCard, code: str) -> bool:
    """Whether the cell counts, not a total that was sent in its place."""
    return not card.given_total and not any(
        code == given or code.startswith(given + ".") for given in card.given_sections
    )


def _asked_about(score: CriterionScore) -> Fraction:
    said = [one.points for one in score.rounds.values() if one.points is not None]
    spread = max(said) - min(said) if said else ZERO
    return spread or score.exact


def _latest(score: CriterionScore) -> tuple[str, Fraction]:
    """The latest round that scored the cell, and by how much it differs from the one before."""
    said = [
        (name, one.points)
        for name, one in score.rounds.items()
        if one.points is not None and one.state is not EntryState.BLANK
    ]
    if len(said) < 2:
        return "", ZERO
    (_, before), (latest, now) = said[-2:]
    return latest, abs(now - before)
