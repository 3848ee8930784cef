"""What the result asks a vote for now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from app.domain.conference import BallotStage
from app.operations.workspace.ballot_views import BallotState, BallotView
from app.reports.figures import Figures
from app.reports.names import Names
from app.scoring.assessment import Assessment, Tie
from ui.pages.ballots.facts import Due


def due_votes(found: Assessment, views: Sequence[BallotView]) -> Iterator[Due]:
    """Ties at a cut, then awards that need a ballot, unless one is on its way."""
    names = Names(found)
    opened = [view.sheet for view in views if view.state is BallotState.OPEN]
    waiting = [view.sheet for view in views if view.sheet.stage is BallotStage.COUNTED]
    for tie in found.ties:
        if tie.step == "ballot" and all(sheet.question != tie.id for sheet in opened):
            words = _tie_words(found, tie, names)
            yield Due(f"tie:{tie.id}", "tie", tie.award, tie.cluster, words)
    missing: dict[tuple[str, str], list[str]] = {}
    for line in found.awards:
        if line.reason_code == "ballot_missing":
            missing.setdefault((line.award, line.cluster), []).append(line.unit)
    for (award, cluster), units in missing.items():
        if any((s.award, s.cluster) == (award, cluster) for s in (*opened, *waiting)):
            continue
        listed = ", ".join(names.units[unit] for unit in units)
        words = f"{names.awards[award]}, {names.clusters[cluster]}: xét {listed}"
        yield Due(f"award:{award}:{cluster}", "award", award, cluster, words)


def _tie_words(found: Assessment, tie: Tie, names: Names) -> str:
    where = f", {names.clusters[tie.cluster]}" if tie.cluster is not None else ""
    return (
        f"{names.awards[tie.award]}{where}, lần {tie.vote}: chọn {tie.places_left} trong "
        f"{bound(found, tie.level, tie.totals)}"
    )


def bound(found: Assessment, units: Sequence[str], totals: Mapping[str, Fraction]) -> str:
    """Units with the totals that a ballot on them is bound to."""
    names, figures = Names(found).units, Figures(found)
    return ", ".join(
        f"{names.get(unit, unit)} ({figures.published(totals[unit])} điểm)"
        if unit in totals
        else names.get(unit, unit)
        for unit in units
    )
