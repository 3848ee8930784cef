"""Fills the description of two years: totals matched by the ids of the units.

The totals of a year come from an assessment, or from wherever last year's were kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from app.domain.snapshot import Cluster
from app.ground.numbers import vietnamese
from app.reports.charts.description import Numbers, YearLine, YearsChart, clean
from app.reports.charts.from_assessment import has_points, numbers_of
from app.reports.ranking import period_words
from app.scoring.assessment import Assessment
from app.scoring.years_comparison import table_scale


@dataclass(frozen=True, slots=True)
class YearTotals:
    """The published totals of one year by unit id; ``None``: a member without any score.

    ``names`` are those of that year, in the order of ranks. ``scale`` is the maximum of the
    table and ``percents`` the totals in percent of each unit's own; both may be unknown.
    """

    name: str
    totals: Mapping[str, Fraction | None]
    names: Mapping[str, str]
    scale: Fraction | None = None
    percents: Mapping[str, Fraction] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)
    provisional: bool = False


def year_totals(assessment: Assessment, cluster: Cluster) -> YearTotals:
    """The totals of a cluster, for `years_chart`."""
    units = assessment.clusters[cluster.id]
    cards = {unit: assessment.units[unit].card for unit in units}
    scored = {unit: card for unit, card in cards.items() if has_points(card)}
    return YearTotals(
        name=clean(period_words(assessment)),
        totals={unit: card.total if unit in scored else None for unit, card in cards.items()},
        names={unit: clean(assessment.snapshot.unit(unit).name) for unit in units},
        scale=table_scale(assessment),
        percents={u: card.percent for u, card in scored.items() if card.percent is not None},
        numbers=numbers_of(assessment),
        provisional=assessment.provisional,
    )


def years_chart(before: YearTotals, now: YearTotals) -> YearsChart:
    """Last year against this year, in this year's order; units that left come last.

    Where the two tables have different maxima, percents of the maximum are compared instead,
    and the note says so.
    """
    differ = before.scale is not None and now.scale is not None and before.scale != now.scale
    percent = differ and all(
        unit in year.percents
        for year in (before, now)
        for unit, total in year.totals.items()
        if total is not None
    )
    first, second = ((_percents(year) if percent else year.totals) for year in (before, now))
    lines = [
        YearLine(
            clean(now.names.get(unit, before.names.get(unit, unit))),
            first.get(unit),
            second.get(unit),
            new=unit not in first,
            left=unit not in second,
        )
        for unit in (*second, *(unit for unit in first if unit not in second))
    ]
    return YearsChart(
        title=f"Tổng điểm {now.name} so với {before.name}",
        before_name=clean(before.name),
        now_name=clean(now.name),
        lines=tuple(lines),
        percent=percent,
        note=_note(before, now, percent=percent) if differ else "",
        numbers=now.numbers,
        provisional=before.provisional or now.provisional,
    )


def _percents(year: YearTotals) -> dict[str, Fraction | None]:
    return {
        unit: None if total is None else year.numbers.published(year.percents[unit])
        for unit, total in year.totals.items()
    }


def _note(before: YearTotals, now: YearTotals, *, percent: bool) -> str:
    assert before.scale is not None
    assert now.scale is not None
    scales = f"{vietnamese(before.scale)} và {vietnamese(now.scale)} điểm"
    if percent:
        return (
            f"Thang điểm hai năm khác nhau ({scales}), nên so bằng tỷ lệ phần trăm của điểm tối đa."
        )
    return f"Thang điểm hai năm khác nhau ({scales}), nên điểm không so trực tiếp được."
