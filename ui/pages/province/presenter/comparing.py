"""The comparisons in rows: shares in percent, the strictest and the most inflated first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from app.reports.charts.spread import percent

if TYPE_CHECKING:
    from app.scoring.province_comparison import Comparison, Cut, SharedCriterion

NONE: Final = "–"
_LAST: Final = Fraction(-(10**6))


@dataclass(frozen=True, slots=True)
class StrictnessRow:
    """A cluster: by how much each hand went below the one before."""

    at: int
    cluster: str
    by_cluster: str
    by_cluster_mean: Fraction
    cluster_cells: str
    by_department: str
    by_department_mean: Fraction
    department_cells: str


@dataclass(frozen=True, slots=True)
class InflationRow:
    """A unit: how much more it gave itself than counts."""

    at: int
    cluster: str
    unit: str
    share: str
    value: Fraction
    cells: int


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A criterion of a table that several clusters may share."""

    at: int
    table: str
    title: str
    clusters: int
    scored: int
    remark: str
    disputed: str
    dispute_share: Fraction
    inflation: str
    inflation_value: Fraction


def strictness_rows(found: Comparison) -> tuple[StrictnessRow, ...]:
    """The strictest cluster first."""
    return tuple(
        StrictnessRow(
            at,
            one.cluster.name,
            _share(one.by_cluster.mean),
            _value(one.by_cluster.mean),
            _cells(one.by_cluster),
            _share(one.by_department.mean),
            _value(one.by_department.mean),
            _cells(one.by_department),
        )
        for at, one in enumerate(found.strictness)
    )


def inflation_rows(found: Comparison) -> tuple[InflationRow, ...]:
    """The most inflated unit first."""
    return tuple(
        InflationRow(
            at, one.cluster.name, one.cluster.unit_name(one.unit), percent(one.share), one.share,
            one.cells,
        )
        for at, one in enumerate(found.inflation)
    )  # fmt: skip


def criterion_rows(found: Comparison) -> tuple[SharedRow, ...]:
    """The criteria of all tables in the order of the tables."""
    lines = [(table.title, one) for table in found.tables for one in table.criteria]
    return tuple(
        SharedRow(
            at,
            table,
            f"{one.label or one.code}. {one.title}",
            one.clusters,
            one.scored,
            _remark(one),
            f"{one.disputed}/{one.scored}",
            one.dispute_share,
            _share(one.inflation),
            _value(one.inflation),
        )
        for at, (table, one) in enumerate(lines)
    )


def _remark(one: SharedCriterion) -> str:
    if one.level and one.scored > 1:
        return "Mọi đơn vị như nhau"
    return "Có ý kiến khác nhau" if one.disputed else NONE


def _cells(cut: Cut) -> str:
    if not cut.cells:
        return NONE
    return f"{cut.lowered} hạ, {cut.raised} nâng / {cut.cells}"


def _share(share: Fraction | None) -> str:
    return NONE if share is None else percent(share)


def _value(share: Fraction | None) -> Fraction:
    return _LAST if share is None else share
