"""The health of the criteria of a year, from a workspace or from a facts file; and its paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from app.ground.findings import UserError
from app.operations.papers import write_documents
from app.operations.scoring import score_loaded
from app.operations.workspace.desk import Desk
from app.operations.workspace.results import loaded_year
from app.persistence import books
from app.scoring.assessment import Assessment
from app.scoring.criteria_health import CriteriaHealth, Year, criteria_health

HEALTH_STEM = "suc-khoe-tieu-chi"


def year_health(
    desk: Desk, clusters: Collection[str] | None = None, as_of: dt.date | None = None
) -> tuple[CriteriaHealth, ...]:
    """The health of the criteria of each cluster of a year, beside the earlier years.

    Raises ``UserError`` where the year itself cannot be scored.
    """
    now = _year(desk, as_of)
    before: list[Year] = []
    left_out: list[str] = []
    start = desk.year.start
    periods = [p for p in desk.workspace.read(books.PERIODS) if p.start < start]
    for period in sorted(periods, key=lambda p: p.start, reverse=True):
        try:
            before.append(_year(replace(desk, period=period.id), None))
        except UserError:
            left_out.append(period.name)
    return tuple(
        criteria_health(now, cluster, before, left_out)
        for cluster, units in now[0].clusters.items()
        if units and (clusters is None or cluster in clusters)
    )


def _year(desk: Desk, as_of: dt.date | None) -> Year:
    explained = desk.workspace.read(books.EXPLANATIONS, desk.period)
    assessment = score_loaded(loaded_year(desk), as_of).assessment
    return assessment, {(one.unit, one.criterion) for one in explained}


def facts_health(assessment: Assessment) -> tuple[CriteriaHealth, ...]:
    """The health of the criteria of each cluster of facts, in which nobody was asked anything."""
    return tuple(
        criteria_health((assessment, ()), cluster)
        for cluster, units in assessment.clusters.items()
        if units
    )


def write_health(
    found: Iterable[CriteriaHealth], folder: Path, forms: Iterable[str]
) -> tuple[Path, ...]:
    """The report of each cluster as ``pdf``, ``xlsx`` and ``txt``; raises ``UserError``."""
    from app.reports.criteria_health import build_criteria_health

    documents = [(HEALTH_STEM, one.cluster.id, build_criteria_health(one)) for one in found]
    return write_documents(documents, folder, forms)
