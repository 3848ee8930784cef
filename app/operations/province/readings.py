"""What each cluster's workspace holds, read one by one; what cannot be read is told, not fatal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.domain.exchange import ExchangedPackage
from app.domain.snapshot import Cluster
from app.domain.year import Evidence, EvidenceLink, Explanation, PeriodState, RoundState
from app.ground.findings import Finding, Severity, UserError
from app.operations.loading import Loaded
from app.operations.province.folder import ProvinceDesk
from app.operations.scoring import score_loaded
from app.operations.workspace.desk import Desk
from app.operations.workspace.proposals import digest_of
from app.operations.workspace.results import loaded_year
from app.operations.workspace_lifecycle import open_workspace
from app.persistence import books
from app.persistence.workspace import Workspace
from app.scoring.assessment import Assessment
from app.scoring.province import ClusterResult

Told = Callable[[float, str], None]
"""Hears how far the reading is (0 to 1) and at which cluster; may raise to end it."""

_NOTHING: Final = frozenset({"period_unknown", "table_missing", "year_without_units"})
"""A workspace that was made for a cluster and is still empty, in this year, has no fault."""


def nobody_hears(_share: float, _name: str) -> None:
    """Nobody wants to hear."""


@dataclass(frozen=True)
class YearRead:
    """A year that could be scored: its facts with their result, and the records beside them."""

    loaded: Loaded
    assessment: Assessment
    digest: str
    evidence: tuple[Evidence, ...]
    evidence_links: tuple[EvidenceLink, ...]
    explanations: tuple[Explanation, ...]
    round_states: tuple[RoundState, ...]
    closed: bool


@dataclass(frozen=True)
class ClusterReading:
    """A listed cluster as far as it could be read.

    ``there``: the department has a workspace of it; ``year`` is ``None`` where nothing could be
    scored, ``problems`` say why, or what was remarked at opening.
    """

    cluster: Cluster
    there: bool
    year: YearRead | None = None
    packages: tuple[ExchangedPackage, ...] = ()
    problems: tuple[Finding, ...] = ()
    read_only: bool = False

    def results(self) -> tuple[ClusterResult, ...]:
        """The cluster with its assessment; a workspace may hold more than one."""
        if self.year is None:
            return ()
        found = self.year.assessment
        inside = [one for one in found.snapshot.clusters if found.clusters.get(one.id)]
        if len(inside) == 1:
            return (ClusterResult(self.cluster.id, self.cluster.name, found, inside[0].id),)
        return tuple(
            ClusterResult(f"{self.cluster.id}/{one.id}", one.name, found, one.id) for one in inside
        )


def read_clusters(province: ProvinceDesk, told: Told = nobody_hears) -> tuple[ClusterReading, ...]:
    """All listed clusters, in the order of the list."""
    clusters = province.clusters
    found: list[ClusterReading] = []
    for at, cluster in enumerate(clusters):
        told(at / len(clusters), cluster.name)
        found.append(read_cluster(province, cluster))
    return tuple(found)


def read_cluster(province: ProvinceDesk, cluster: Cluster) -> ClusterReading:
    """One cluster; its workspace is closed again at once, without a backup, unless the officer has
    it open.
    """
    if not province.is_there(cluster.id):
        return ClusterReading(cluster, there=False)
    opened = province.open_there(cluster.id)
    if opened is not None:
        return _read(province, cluster, opened)
    try:
        workspace = open_workspace(province.place(cluster.id))
    except UserError as fault:
        return ClusterReading(cluster, there=True, problems=_placed(cluster, fault.findings))
    try:
        return _read(province, cluster, workspace)
    finally:
        workspace.close(backup=False)


def _read(province: ProvinceDesk, cluster: Cluster, workspace: Workspace) -> ClusterReading:
    desk = Desk(workspace, province.desk.actor, province.desk.period)
    packages = tuple(p for p in workspace.read(books.PACKAGES) if p.period == desk.period)
    notes = _placed(cluster, workspace.notes)
    try:
        year = _year(desk)
    except UserError as fault:
        said = tuple(one for one in fault.findings if one.code not in _NOTHING)
        problems = (*notes, *_placed(cluster, said))
        return ClusterReading(cluster, True, None, packages, problems, workspace.read_only)
    return ClusterReading(cluster, True, year, packages, notes, workspace.read_only)


def _year(desk: Desk) -> YearRead:
    loaded = loaded_year(desk)
    assessment = score_loaded(loaded).assessment
    read, period = desk.workspace.read, desk.period
    return YearRead(
        loaded,
        assessment,
        digest_of(assessment),
        read(books.EVIDENCE, period),
        read(books.EVIDENCE_LINKS, period),
        read(books.EXPLANATIONS, period),
        read(books.ROUND_STATES, period),
        desk.year.state is PeriodState.CLOSED,
    )


def _placed(cluster: Cluster, findings: tuple[Finding, ...] | list[Finding]) -> tuple[Finding, ...]:
    """The findings with the cluster that they are about, as remarks: none stops the others."""
    return tuple(
        Finding(
            one.code,
            Severity.WARNING if one.is_error else one.severity,
            f"{cluster.name}: {one.place}",
            one.message,
            one.remedy,
        )
        for one in findings
    )
