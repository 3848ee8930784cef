"""Fills the descriptions of pictures from assessments; no score is worked out here.

Every number is the published one of a scorecard, so a picture says what the papers say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.domain.snapshot import Cluster, EntryState
from app.reports.charts.description import (
    Bar,
    Numbers,
    Part,
    PartKind,
    SectionsChart,
    clean,
)
from app.reports.issuing import cluster_name
from app.reports.ranking import part_points, period_words, sum_difference, top_rows
from app.scoring.assessment import Assessment, UnitCard, UnitResult

BONUS = Part("Điểm thưởng", kind=PartKind.BONUS)
DEDUCTIONS = Part("Điểm trừ", kind=PartKind.DEDUCTION)
SENT = Part("Tổng điểm được gửi", kind=PartKind.SENT)


def numbers_of(assessment: Assessment) -> Numbers:
    """How the pack prints its numbers."""
    scoring = assessment.pack.rules.scoring
    assert scoring is not None, "a points pack has scoring settings"
    return Numbers(scoring.digits, scoring.rounding)


def sections_chart(assessment: Assessment, cluster: Cluster) -> SectionsChart:
    """The units of a cluster in the order of ranks, each with the parts of its total."""
    units = assessment.clusters[cluster.id]
    cards = [assessment.units[unit].card for unit in units]
    tops = top_rows(assessment, units)
    parts = [section_part(assessment, units, top) for top in tops]
    parts += [BONUS] if any(card.bonus.total for card in cards) else []
    parts += [DEDUCTIONS] if any(card.deductions.total for card in cards) else []
    parts += [SENT] if any(card.given_total for card in cards) else []
    return SectionsChart(
        title=f"Điểm các phần {period_words(assessment)}",
        cluster=clean(cluster_name(assessment, cluster)),
        parts=tuple(parts),
        bars=tuple(_bar(assessment, unit, tops, parts) for unit in units),
        numbers=numbers_of(assessment),
        provisional=assessment.provisional,
    )


def section_part(assessment: Assessment, units: Sequence[str], top: str) -> Part:
    """A top row with its printed label and its title."""
    for unit in units:
        card = assessment.units[unit].card
        row = card.sections.get(top) or card.criteria.get(top)
        if row is not None:
            title = clean(row.title)
            label = clean(row.label).rstrip(".")
            return Part("" if title == label else title, label)
    return Part("", clean(top))


def _bar(assessment: Assessment, unit: str, tops: Sequence[str], parts: Sequence[Part]) -> Bar:
    result = assessment.units[unit]
    card = result.card
    values: list[Fraction | None] = [_counted(result, top) for top in tops]
    unscored = tuple(
        part.label or part.title for top, part in zip(tops, parts, strict=False) if _open(card, top)
    )
    for part in parts[len(tops) :]:
        match part.kind:
            case PartKind.BONUS:
                values.append(None if card.given_total else card.bonus.total)
            case PartKind.DEDUCTION:
                values.append(None if card.given_total else -card.deductions.total)
            case _:
                values.append(card.total if card.given_total else None)
    return Bar(
        name=clean(assessment.snapshot.unit(unit).name),
        rank=result.rank,
        values=tuple(values),
        total=card.total if has_points(card) else None,
        blanks=len(card.blanks),
        unscored=unscored,
        reason="" if card.given_total else clean(sum_difference(assessment, unit, tops)),
    )


def _counted(result: UnitResult, top: str) -> Fraction | None:
    if result.card.given_total or _open(result.card, top):
        return None
    return part_points(result, top)


def has_points(card: UnitCard) -> bool:
    """Whether anything of the unit was scored; if not, its total of 0 is no score."""
    return (
        card.given_total
        or bool(card.given_sections)
        or bool(card.bonus.total or card.deductions.total)
        or any(score.state is not EntryState.BLANK for score in card.criteria.values())
    )


def _open(card: UnitCard, top: str) -> bool:
    """Whether nothing of a top row was scored yet."""
    states = [card.criteria[code].state for code in below(card, top)]
    sent = card.given_total or top in card.given_sections
    return bool(states) and not sent and all(state is EntryState.BLANK for state in states)


def below(card: UnitCard, top: str) -> Iterator[str]:
    """The criteria at and below a row."""
    return (code for code in card.criteria if code == top or code.startswith(f"{top}."))
