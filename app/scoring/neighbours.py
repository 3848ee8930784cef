"""Who stands next to whom: neighbours in a ranking, and the last in and first out of an award."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from app.rules.awards import Award, RankPlaces
from app.scoring.assessment import Assessment, AwardLine, Tie, UnitResult
from app.scoring.scene import Scene
from app.scoring.standings import exact_value, rank_value

Decider = Literal["value", "keys", "ballot", "decision", "open", "shared"]
"""What puts one before the other: the value that ranks; where that is equal, a key, a ballot or a
decision; ``open``: nobody yet, though a place hangs on it; ``shared``: an equal rank is all there
is, since nothing hangs on it."""

IN: Final = ("proposed", "held")
"""The states in which a unit takes up a place of an award."""
FINAL_REFUSALS: Final = ("barred", "held_passed_on", "condition_unmet", "ballot_failed")
"""Why a unit is no candidate whatever its points."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two units next to each other, with what lies between them.

    Without ``award`` they are neighbours in the ranking of ``cluster``; with it ``ahead`` is the
    last unit at a place and ``behind`` the first one without (``None``: there is none), in a
    cluster or (``None``) in the province. ``gap`` is the difference of what ranks compare, points
    or percent, as it is published; ``gap_exact`` the same as it were without any rounding. ``ties``
    name the units of the tie that stood or stands between them.
    """

    cluster: str | None
    ahead: str | None
    behind: str | None
    gap: Fraction | None
    gap_exact: Fraction | None
    decided_by: Decider
    award: str | None = None
    tie: tuple[str, ...] = ()


class Values:
    """What the ranks of an assessment compare."""

    def __init__(self, assessment: Assessment) -> None:
        day = assessment.snapshot.period.end
        rules = assessment.pack.rules
        self.scene = Scene(assessment.snapshot, assessment.pack, rules, day, None)
        self.units = assessment.units

    @property
    def in_percent(self) -> bool:
        """Whether ranks compare percents of the assigned maximum, not points."""
        return self.scene.scoring.rank_by == "percent"

    def published(self, unit: str) -> Fraction:
        """As it stands on papers."""
        return rank_value(self.scene, self.units[unit].card)

    def exact(self, unit: str) -> Fraction:
        """As it were without any rounding."""
        return exact_value(self.scene, self.units[unit].card)


def neighbours_in(assessment: Assessment, cluster: str) -> tuple[Neighbours, ...]:
    """The neighbours in the ranking of a cluster, best first; units listed apart are not in it."""
    values = Values(assessment)
    ranked = [u for u in assessment.clusters[cluster] if assessment.units[u].rank is not None]
    return tuple(_pair(assessment, values, cluster, *two) for two in pairwise(ranked))


def award_cuts(assessment: Assessment) -> tuple[Neighbours, ...]:
    """Last in and first out of each award that goes by the ranking, in the pack's order."""
    values = Values(assessment)
    return tuple(
        cut
        for award in assessment.pack.rules.awards
        if award.chosen_by == "ranking"
        for cluster in (assessment.clusters if award.scope == "cluster" else (None,))
        if (cut := _cut(assessment, values, award, cluster)) is not None
    )


def _pair(
    assessment: Assessment, values: Values, cluster: str | None, ahead: str, behind: str
) -> Neighbours:
    gap = values.published(ahead) - values.published(behind)
    exact = values.exact(ahead) - values.exact(behind)
    decided, tie = _decided(assessment, ahead, behind) if not gap else ("value", ())
    return Neighbours(cluster, ahead, behind, gap, exact, decided, None, tie)


def _decided(assessment: Assessment, ahead: str, behind: str) -> tuple[Decider, tuple[str, ...]]:
    """What decided between two units of the same value, and the tie that it was."""
    between = [t for t in assessment.ties if {ahead, behind} <= set(t.units)]
    between = between or [t for t in assessment.ties if t.winners and behind in _losers(t)]
    units = between[0].units if between else ()
    one, other = assessment.units[ahead], assessment.units[behind]
    if one.rank == other.rank and one.rank is not None and behind in one.tied_with:
        return ("open" if any(_is_open(tie) for tie in between) else "shared"), units
    settled = next((tie.resolved_by for tie in between if tie.resolved_by is not None), None)
    return settled or _named(one) or _named(other) or "keys", units


def _losers(tie: Tie) -> set[str]:
    return set(tie.units).difference(tie.winners)


def _is_open(tie: Tie) -> bool:
    return tie.resolved_by is None


def _named(result: UnitResult) -> Decider | None:
    match result.rank_decided_by:
        case "keys" | "ballot" | "decision":
            return result.rank_decided_by
    return None


# ------------------------------------------------------------------ awards


def _cut(
    assessment: Assessment, values: Values, award: Award, cluster: str | None
) -> Neighbours | None:
    order = _order(assessment, values, cluster)
    lines = {
        line.unit: line
        for line in assessment.awards
        if line.award == award.id and cluster in (None, line.cluster)
    }
    inside = [unit for unit in order if unit in lines and lines[unit].state in IN]
    waiting = [unit for unit in order if unit in lines and lines[unit].state == "tied"]
    tie = next(
        (
            tie
            for tie in assessment.ties
            if tie.award == award.id and tie.cluster == cluster and tie.resolved_by is None
        ),
        None,
    )
    if tie is not None and len(waiting) > 1:
        return _between(values, cluster, waiting[0], waiting[1], "open", award.id, tie.units)
    last = inside[-1] if inside else None
    outside = list(_outside(assessment, award, order, lines, last))
    first = outside[0] if outside else None
    if last is None and first is None:
        return None
    if last is None or first is None:
        return Neighbours(cluster, last, first, None, None, "value", award.id)
    decided: Decider = "value"
    units: tuple[str, ...] = ()
    if values.published(last) == values.published(first):
        decided, units = _decided(assessment, last, first)
    return _between(values, cluster, last, first, decided, award.id, units)


def _between(
    values: Values,
    cluster: str | None,
    ahead: str,
    behind: str,
    decided: Decider,
    award: str,
    tie: tuple[str, ...],
) -> Neighbours:
    gap = values.published(ahead) - values.published(behind)
    exact = values.exact(ahead) - values.exact(behind)
    return Neighbours(cluster, ahead, behind, gap, exact, decided, award, tie)


def _order(assessment: Assessment, values: Values, cluster: str | None) -> list[str]:
    """The ranked units that compete for an award, best first."""
    clusters = assessment.clusters if cluster is None else [cluster]
    ranked = [
        unit
        for name in clusters
        for unit in assessment.clusters[name]
        if assessment.units[unit].rank is not None
    ]
    if cluster is None:
        ranked.sort(key=lambda unit: -values.published(unit))
    return ranked


def _outside(
    assessment: Assessment,
    award: Award,
    order: Sequence[str],
    lines: dict[str, AwardLine],
    last: str | None,
) -> Iterator[str]:
    """The candidates without a place: those behind the last place first, best first."""
    taken = {
        line.unit
        for line in assessment.awards
        if line.award in award.excludes and line.state in IN and award.beside == "no"
    }
    among = {
        line.unit
        for line in assessment.awards
        if line.award == award.among and line.state == "proposed"
    }
    able = [
        unit
        for unit in order
        if unit not in taken
        and (award.among is None or unit in among)
        and not _is_barred(assessment.units[unit], award.id)
        and not (unit in lines and lines[unit].state in IN)
        and not (unit in lines and lines[unit].reason_code in FINAL_REFUSALS)
    ]
    place = order.index(last) if last is not None else -1
    yield from (unit for unit in able if order.index(unit) > place)
    if not isinstance(award.places, RankPlaces):
        yield from (unit for unit in able if order.index(unit) < place)


def _is_barred(result: UnitResult, award: str) -> bool:
    return any(
        item.kind in ("barred", "condition_unmet") and (not item.awards or award in item.awards)
        for item in result.eligibility
    )
