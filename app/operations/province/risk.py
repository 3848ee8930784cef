"""Appraisal by risk over the province: which cells to look at first, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.operations.province.view import ProvinceView
from app.scoring.appraisal_risk import RiskLine, in_order, risk_lines
from app.scoring.division import Share
from app.scoring.province import ClusterResult


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A cell of the province at its place in the order, from 1."""

    place: int
    cluster: ClusterResult
    line: RiskLine

    @property
    def lines(self) -> Iterator[str]:
        """The cell and why it stands here, in words."""
        yield (
            f"{self.place}. {self.cluster.unit_name(self.line.unit)} ({self.cluster.name}), "
            f"tiêu chí {self.line.criterion}. {self.line.title}"
        )
        yield from (f"   - {reason}" for reason in self.line.reasons)


def risk_rows(
    view: ProvinceView,
    clusters: Collection[str] | None = None,
    share: Share | None = None,
    *,
    judged: bool = False,
) -> tuple[RiskRow, ...]:
    """The cells of the gathered clusters, the riskiest first.

    ``clusters`` limits it to some of the list, ``share`` to what one appraiser looks at;
    ``judged`` takes in what the department has scored already.
    """
    owner: dict[int, ClusterResult] = {}
    lines: list[RiskLine] = []
    for reading in view.readings:
        year = reading.year
        if year is None or (clusters is not None and reading.cluster.id not in clusters):
            continue
        for result in reading.results():
            for line in risk_lines(
                year.assessment, result.cluster, year.evidence, year.evidence_links
            ):
                if line.judged and not judged:
                    continue
                if share is not None and not share.covers(reading.cluster.id, line.criterion):
                    continue
                owner[id(line)] = result
                lines.append(line)
    return tuple(
        RiskRow(place, owner[id(line)], line) for place, line in enumerate(in_order(lines), 1)
    )
