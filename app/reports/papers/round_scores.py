"""Each unit's score as one round left it: what a unit claimed, what the cluster made of it.

The result of a year counts the ranking round; here the entries of later rounds are left aside, and
bonus and deductions beside the table with them, because no round owns these. A criterion that
another hand scores (Cao Bằng: the department scores "công tác thi đua, khen thưởng") is not yet
in the sum of an earlier round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from app.domain.snapshot import EntryState
from app.reports.charts.from_assessment import has_points
from app.reports.criteria_table import TableRow, table_rows
from app.reports.figures import BLANK, Figures, state_mark
from app.reports.rounds import round_head
from app.rules.items import Items
from app.rules.pack import Round
from app.scoring.assessment import Assessment, CriterionScore, RoundScore, UnitCard
from app.scoring.cards import score_unit
from app.scoring.cells import in_round
from app.scoring.frame import Node, unit_frame
from app.scoring.scene import Scene


def round_of(assessment: Assessment, hand: str) -> Round | None:
    """The last round of a hand ("unit", "leader", "department"); ``None`` where it has none."""
    return next((r for r in reversed(assessment.pack.rules.rounds) if r.hand == hand), None)


@dataclass(frozen=True)
class RoundScores:
    """The scores of all units as they stood at the end of ``turn``."""

    assessment: Assessment
    turn: Round

    @property
    def head(self) -> str:
        """The round as a head of a column."""
        return round_head(self.assessment, self.turn)

    @cached_property
    def _scene(self) -> Scene:
        whole, pack = self.assessment.snapshot, self.assessment.pack
        order = [r.id for r in pack.rules.rounds]
        past = set(order[: order.index(self.turn.id) + 1])
        snapshot = replace(
            whole,
            entries=tuple(entry for entry in whole.entries if entry.round in past),
            totals=tuple(total for total in whole.totals if total.round in past),
            bonus=(),
            deductions=(),
            ranking_round=self.turn.id,
        )
        rules = pack.rules.model_copy(update={"bonus": Items(), "deductions": Items()})
        return Scene(snapshot, pack, rules, whole.period.end, None)

    @cached_property
    def _cards(self) -> dict[str, UnitCard]:
        return {}

    def card(self, unit: str) -> UnitCard:
        """The scorecard of one unit."""
        if unit not in self._cards:
            member = self.assessment.snapshot.unit(unit)
            self._cards[unit] = score_unit(self._scene, member).card
        return self._cards[unit]

    def total(self, unit: str) -> Fraction | None:
        """The published total; ``None`` where nothing of the unit was scored."""
        card = self.card(unit)
        return card.total if has_points(card) else None

    def rows(self, unit: str) -> tuple[TableRow, ...]:
        """The rows of the unit's table; a later round may have put a substitute in their place."""
        result = replace(self.assessment.units[unit], card=self.card(unit))
        return table_rows(replace(self.assessment, units={unit: result}), (unit,))

    @cached_property
    def _hands(self) -> dict[str, Mapping[str, str | None]]:
        return {}

    def hand(self, unit: str, code: str) -> str | None:
        """The one hand that scores a criterion, where it is not that of this round."""
        if unit not in self._hands:
            tops = unit_frame(self._scene, self.assessment.snapshot.unit(unit))
            self._hands[unit] = {leaf.code: self._other(leaf) for t in tops for leaf in t.leaves}
        return self._hands[unit].get(code)

    def _other(self, leaf: Node) -> str | None:
        if leaf.hand not in (None, self.turn.hand):
            return leaf.hand
        if in_round(leaf.code, self.turn):
            return None
        others = (r for r in self.assessment.pack.rules.rounds if in_round(leaf.code, r))
        return next((r.hand for r in others), None)

    def blanks(self, unit: str) -> tuple[str, ...]:
        """The criteria that this round has yet to score."""
        card = self.card(unit)
        return tuple(
            code
            for code in card.blanks
            if self.hand(unit, code) is None and card.criteria[code].assigned
        )

    def left_to_others(self, unit: str) -> bool:
        """Whether another hand scores some of the unit's criteria."""
        return any(self.hand(unit, code) for code in self.card(unit).criteria)


def said_points(said: RoundScore | None) -> Fraction | None:
    """What a round gave; not done counts as 0, not assigned and blank as nothing."""
    if said is None or said.state in (EntryState.BLANK, EntryState.NOT_ASSIGNED):
        return None
    return Fraction(0) if said.state is EntryState.NOT_DONE else said.points


def said_words(figures: Figures, score: CriterionScore, round_id: str, places: int) -> str:
    """What a round says of a criterion, as it stands in a cell."""
    said = score.rounds.get(round_id)
    if said is None:
        return BLANK
    points = said_points(said)
    return state_mark(said.state) or (BLANK if points is None else figures.fixed(points, places))


def differs(score: CriterionScore, one: str, other: str) -> bool:
    """Whether a later round says something else than an earlier one that it looked at."""
    first, second = score.rounds.get(one), score.rounds.get(other)
    if second is None:
        return False
    state = first.state if first is not None else EntryState.BLANK
    return (state, said_points(first)) != (second.state, said_points(second))
