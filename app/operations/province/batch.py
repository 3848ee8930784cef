"""Several packages in one act, each to its cluster, and the same act taken back.

A package is one operation in the workspace of its cluster, so what is refused in one cluster does
not stand in the way of the others. Taking back is all or nothing for each cluster: only where
nothing was done there since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app.domain.snapshot import Cluster
from app.exchange.packages import SigningKey
from app.ground.findings import Finding, UserError
from app.operations.exchange.taking_in import Side
from app.operations.province.folder import ProvinceDesk, at_cluster
from app.operations.province.readings import Told, nobody_hears
from app.operations.province.taking import Arrival, Sight, take
from app.operations.workspace.desk import Done, cluster_of, refusal
from app.operations.workspace_lifecycle import undo_to
from app.persistence.journal import Operation
from app.persistence.workspace import Workspace

TAKING: Final = "package.accepted"
"""The kind of the operations that take a package in."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A package that is to be taken in, with what was decided about it at the look."""

    file: Path
    sight: Sight | None = None
    decisions: Mapping[str, Side] = field(default_factory=dict)
    passphrase: str = ""
    key: SigningKey | None = None
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a package. ``done`` is ``None`` where it was refused, ``refused`` says why;
    ``began``: its cluster had no workspace, or not for this year.
    """

    file: Path
    cluster: Cluster | None = None
    done: Done | None = None
    refused: tuple[Finding, ...] = ()
    began: bool = False


def take_all(
    province: ProvinceDesk,
    wanted: Sequence[Wanted],
    rule: Side | None = None,
    *,
    leave_beyond: bool = False,
    told: Told = nobody_hears,
) -> tuple[Outcome, ...]:
    """Takes packages in one after the other; what is refused is told beside what was taken.

    Several of one cluster may be seen together: the second is held against what the first left.
    """
    found: list[Outcome] = []
    ours: dict[str, tuple[set[str], str]] = {}
    for at, one in enumerate(wanted):
        told(at / len(wanted), one.file.name)
        sight = _after_ours(one.sight, ours)
        try:
            arrival, done = take(
                province,
                one.file,
                one.decisions,
                rule,
                key=one.key,
                passphrase=one.passphrase,
                cluster=one.cluster,
                leave_beyond=leave_beyond,
                sight=sight,
            )
        except UserError as fault:
            found.append(Outcome(one.file, refused=tuple(fault.findings)))
            continue
        found.append(Outcome(one.file, arrival.cluster, done, began=arrival.look is None))
        _remember(ours, arrival, done)
    return tuple(found)


def _after_ours(seen: Sight | None, ours: Mapping[str, tuple[set[str], str]]) -> Sight | None:
    """What a package was seen beside, where only this act has changed it since."""
    if seen is None or seen.cluster not in ours:
        return seen
    before, after = ours[seen.cluster]
    return replace(seen, head=after) if seen.head in before else seen


def _remember(ours: dict[str, tuple[set[str], str]], arrival: Arrival, done: Done) -> None:
    if done.operation is not None:
        before, _ = ours.get(arrival.cluster.id, (set(), ""))
        ours[arrival.cluster.id] = (before | {arrival.sight.head}, done.operation.digest)


# ---------------------------------------------------------------------- taken back
@dataclass(frozen=True, slots=True)
class Returned:
    """A cluster in which packages were taken back: how many, or why none."""

    cluster: Cluster
    operations: tuple[Operation, ...] = ()
    refused: tuple[Finding, ...] = ()


def last_takings(province: ProvinceDesk) -> tuple[tuple[Cluster, Operation], ...]:
    """The clusters in which taking a package in was the last act, with that act."""
    found: list[tuple[Cluster, Operation]] = []
    for cluster in province.clusters:
        if not province.is_there(cluster.id):
            continue
        try:
            with at_cluster(province, cluster.id) as desk:
                last = desk.workspace.undoable()
        except UserError:
            continue  # told where the clusters are listed
        if last is not None and last.kind == TAKING and last.period == province.desk.period:
            found.append((cluster, last))
    return tuple(found)


def take_back(province: ProvinceDesk, taken: Mapping[str, Sequence[int]]) -> tuple[Returned, ...]:
    """Takes back packages that were taken in: by cluster the numbers of their operations.

    All of a cluster or none: refused where something was done there since. Each is journalled in
    the cluster's workspace as taken back, and can be taken in again.
    """
    found: list[Returned] = []
    for key, numbers in taken.items():
        cluster = cluster_of(province.desk, key)
        try:
            with at_cluster(province, key) as desk:
                _refuse_passed(cluster, desk.workspace, numbers)
                undone = undo_to(desk.workspace, province.desk.actor, min(numbers))
        except UserError as fault:
            found.append(Returned(cluster, refused=tuple(fault.findings)))
        else:
            found.append(Returned(cluster, undone))
    return tuple(found)


def _refuse_passed(cluster: Cluster, workspace: Workspace, numbers: Sequence[int]) -> None:
    last = workspace.undo_order()[: len(numbers)]
    kinds = {one.kind for n in numbers if (one := workspace.operation_numbered(n)) is not None}
    if not numbers or list(last) != sorted(numbers, reverse=True) or kinds != {TAKING}:
        raise refusal(
            "taking_passed",
            cluster.name,
            "Sau lần nhận gói, sổ của cụm, khối đã có việc khác nên không lấy lại được từ đây.",
            "Mở sổ của cụm, khối; ở trang Nhật ký, hoàn tác đến thao tác nhận gói.",
        )
