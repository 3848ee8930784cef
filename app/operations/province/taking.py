"""Packages that come to the department: each goes to the workspace of its cluster.

The first result of a cluster makes its workspace; whatever comes later (a correction, the file of
an appraiser, the final result) is looked at first and then taken in as one operation there. Senders
are confirmed once, in the department's own workspace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.snapshot import Cluster
from app.exchange.packages import Kind, PackageStatus, SigningKey
from app.exchange.packages.kinds import KIND_RULES
from app.ground.findings import Finding, Severity, UserError
from app.ground.text import same_words
from app.operations.exchange.keyring import known_senders
from app.operations.exchange.looking import Look, look, opened_status
from app.operations.exchange.taking_in import Side, begin_from, take_in
from app.operations.province.dividing import division
from app.operations.province.folder import ProvinceDesk, at_cluster, at_new_year
from app.operations.workspace.desk import Desk, Done, cluster_of, refusal
from app.scoring.division import Share

FIRST: Final = "Đây là gói đầu tiên của cụm, khối; Sở sẽ lập sổ của cụm, khối từ gói này."


@dataclass(frozen=True, slots=True)
class Sight:
    """What was looked at: the package by its digest, the workspace of its cluster by the head of
    its journal (empty where the cluster had no workspace for the year).
    """

    package: str
    cluster: str
    head: str


@dataclass(frozen=True)
class Arrival:
    """A package that was opened, and the cluster that it is about.

    ``look`` is ``None`` where it would make the cluster's workspace, or begin the year there.
    ``beside`` tells of cells that are not the sender's by the division of work.
    """

    file: Path
    cluster: Cluster
    status: PackageStatus
    look: Look | None
    beside: tuple[Finding, ...] = ()

    @property
    def sight(self) -> Sight:
        """What ``take`` holds against the state that it finds."""
        head = self.look.head if self.look is not None else ""
        return Sight(self.status.digest or "", self.cluster.id, head)

    @property
    def lines(self) -> Iterator[str]:
        """All of it in sentences."""
        yield f"{self.cluster.name}:"
        if self.look is not None:
            yield from self.look.lines
            return
        yield self.status.words
        yield FIRST


def open_arrival(
    province: ProvinceDesk,
    file: Path,
    *,
    key: SigningKey | None = None,
    passphrase: str = "",
    cluster: str | None = None,
) -> Arrival:
    """Looks at a package; nothing is written.

    ``cluster`` says whose it is where the package does not say it as the department lists it.
    Raises ``UserError`` where the file cannot be opened, is not admissible, or nobody's.
    """
    status, whose = _opened(province, file, key, passphrase, cluster)
    if not province.is_there(whose.id):
        return Arrival(file, whose, status, None)
    known = known_senders(province.desk.workspace)
    try:
        with at_cluster(province, whose.id) as desk:
            seen = look(desk, file, key=key, passphrase=passphrase, known=known)
    except UserError as fault:
        if not _lacks_year(fault):
            raise
        return Arrival(file, whose, status, None)
    return Arrival(file, whose, status, seen, tuple(_beside(province, whose, seen)))


def _lacks_year(fault: UserError) -> bool:
    return [one.code for one in fault.findings] == ["period_unknown"]


def _opened(
    province: ProvinceDesk,
    file: Path,
    key: SigningKey | None,
    passphrase: str,
    cluster: str | None,
) -> tuple[PackageStatus, Cluster]:
    known = known_senders(province.desk.workspace)
    status = opened_status(file, known, key, passphrase)
    _refuse_other_year(province, status, file.name)
    return status, _cluster(province, status, file.name, cluster)


def _refuse_other_year(province: ProvinceDesk, status: PackageStatus, name: str) -> None:
    """The first package of a cluster makes its workspace, so it must be of the year at hand."""
    stated = status.admitted().head.year
    year = province.desk.year
    if stated is not None and (stated.start, stated.end) != (year.start, year.end):
        raise refusal(
            "package_other_year",
            name,
            f"Gói là của năm {stated.name} ({stated.start:%d/%m/%Y} - {stated.end:%d/%m/%Y}), "
            f"không phải năm {year.name} đang làm việc.",
            "Chọn đúng năm thi đua của thư mục toàn tỉnh rồi nhận gói.",
        )


def take(
    province: ProvinceDesk,
    file: Path,
    decisions: Mapping[str, Side] | None = None,
    rule: Side | None = None,
    *,
    key: SigningKey | None = None,
    passphrase: str = "",
    cluster: str | None = None,
    leave_beyond: bool = False,
    sight: Sight | None = None,
) -> tuple[Arrival, Done]:
    """Takes a package in where it belongs; the same one again changes nothing.

    ``sight`` is what the officer saw: where the file or the cluster's workspace has changed since,
    nothing is taken. Raises ``UserError`` where it may not be taken in, or a conflict is not
    decided; then nothing is changed.
    """
    status, whose = _opened(province, file, key, passphrase, cluster)
    known, digest = known_senders(province.desk.workspace), status.digest or ""
    if not province.is_there(whose.id):
        _refuse_stale(sight, Sight(digest, whose.id, ""), file.name)
        made = begin_from(
            file,
            province.place(whose.id),
            province.desk.actor,
            known,
            key=key,
            passphrase=passphrase,
            leave_beyond=leave_beyond,
        )
        with made:
            return Arrival(file, whose, status, None), Done(made.latest, 1)

    def taken_in(desk: Desk) -> tuple[Look, Done]:
        seen = look(desk, file, key=key, passphrase=passphrase, known=known)
        return seen, take_in(desk, seen, decisions, rule, leave_beyond=leave_beyond)

    try:
        with at_cluster(province, whose.id) as desk:
            _refuse_stale(sight, Sight(digest, whose.id, desk.workspace.head), file.name)
            seen, taken = taken_in(desk)
    except UserError as fault:
        if not _lacks_year(fault):
            raise
        _refuse_stale(sight, Sight(digest, whose.id, ""), file.name)
        with at_new_year(province, whose.id) as desk:
            _, taken = taken_in(desk)
        return Arrival(file, whose, status, None), taken
    return Arrival(file, whose, status, seen, tuple(_beside(province, whose, seen))), taken


def _refuse_stale(seen: Sight | None, found: Sight, name: str) -> None:
    """What the officer agreed to must still be what would be done."""
    if seen is None or seen == found:
        return
    changed = "Tệp gói" if seen.package != found.package else "Sổ của cụm, khối"
    raise refusal(
        "package_look_stale",
        name,
        f"{changed} đã thay đổi từ lúc xem gói.",
        "Xem lại gói rồi nhận.",
    )


def _cluster(
    province: ProvinceDesk, status: PackageStatus, name: str, named: str | None
) -> Cluster:
    if named is not None:
        return cluster_of(province.desk, named)
    contents = status.admitted()
    if contents.head.kind in (Kind.HANDOVER, Kind.WHOLE_WORKSPACE):
        raise refusal(
            "package_for_new_workspace",
            name,
            f"Gói “{KIND_RULES[contents.head.kind].title}” không nhận vào thư mục toàn tỉnh.",
            "Lập sổ mới từ gói này trong một thư mục trống.",
        )
    facts = contents.facts or {}
    rows = [row for row in facts.get("clusters", ()) if isinstance(row, Mapping)]
    for cluster in province.clusters:
        if any(row.get("id") == cluster.id for row in rows):
            return cluster
    for cluster in province.clusters:
        if any(same_words(str(row.get("name", "")), cluster.name) for row in rows):
            return cluster
    words = ", ".join(str(row.get("name", "")) for row in rows)[:120]
    raise refusal(
        "cluster_not_listed",
        name,
        f"Gói là của {words or 'một cụm, khối không rõ'}, không có trong danh sách của tỉnh.",
        "Nêu rõ gói của cụm, khối nào, hoặc thêm cụm, khối vào danh sách.",
    )


def _beside(province: ProvinceDesk, cluster: Cluster, seen: Look) -> Iterator[Finding]:
    """Cells of an appraiser's package that are somebody else's by the division."""
    head = seen.status.head
    if head is None or head.kind is not Kind.APPRAISAL:
        return
    shares = [s for s in division(province) if same_words(s.appraiser, head.sender.name)]
    for one in (*seen.changes, *seen.conflicts) if shares else ():
        if one.criterion and not _covered(shares, cluster, one.criterion):
            yield Finding(
                "division_left",
                Severity.WARNING,
                one.what,
                f"Ô này không thuộc phần việc được phân công cho {shares[0].appraiser}.",
                "Hỏi lại người thẩm định trước khi nhận.",
            )


def _covered(shares: list[Share], cluster: Cluster, criterion: str) -> bool:
    return any(share.covers(cluster.id, criterion) for share in shares)
