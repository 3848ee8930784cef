"""The department's folder: its own workspace, and a normal workspace for each cluster.

    so-tinh/      the department's own: issuer, known senders, register, settings, list of clusters
    cum/<mã>/     the workspace of one cluster, made when the first of it arrives

A cluster is listed in the department's own workspace; one without a folder has sent nothing yet.
The workspaces of clusters are opened one by one and closed again, so that an officer can work in
one of them while the province is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.snapshot import Cluster
from app.domain.year import PeriodRecord, PeriodState
from app.exchange.packages.paths import name_fault
from app.ground.findings import Findings, UserError
from app.operations.founding import Tell, make_whole, silent
from app.operations.workspace.desk import Desk, Done, cluster_of, refusal, sit_down
from app.operations.workspace.members import add_clusters
from app.operations.workspace.years import open_year
from app.operations.workspace_lifecycle import open_workspace
from app.persistence import books, faults
from app.persistence.database import FILE
from app.persistence.workspace import Workspace

OWN: Final = "so-tinh"
CLUSTERS: Final = "cum"


@dataclass(frozen=True, slots=True)
class ProvinceDesk:
    """Where the department works: its folder, and a desk in its own workspace.

    ``opened`` is a workspace that the officer has open already, in the folder or elsewhere: where
    it is the one of a cluster, it is read and written as it is.
    """

    folder: Path
    desk: Desk
    opened: Workspace | None = None

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters of the province in this year, as the department lists them."""
        return tuple(self.desk.clusters.values())

    @property
    def years(self) -> tuple[PeriodRecord, ...]:
        """The years of the department's own workspace, the oldest first."""
        return self.desk.workspace.read(books.PERIODS)

    def place(self, cluster: str) -> Path:
        """Where the workspace of a cluster lies, or will."""
        return self.folder / CLUSTERS / cluster

    def is_there(self, cluster: str) -> bool:
        """Whether anything of a cluster has arrived."""
        return self.place(cluster).exists()

    def open_there(self, cluster: str) -> Workspace | None:
        """The workspace of a cluster, where the officer has it open."""
        return self.opened if _lies_at(self.opened, self.place(cluster)) else None

    def unlisted(self) -> tuple[str, ...]:
        """The folders that hold a workspace beside those of clusters that some year lists."""
        read = self.desk.workspace.read
        known = {one.id for year in self.years for one in read(books.CLUSTERS, year.id)}
        found = sorted(file.parent.name for file in (self.folder / CLUSTERS).glob(f"*/{FILE}"))
        return tuple(name for name in found if name not in known)


def create_province(
    folder: Path,
    officer: str,
    year: PeriodRecord,
    clusters: Sequence[Cluster],
    tell: Tell = silent,
) -> None:
    """Makes the department's folder with its own workspace and the list of clusters.

    Raises ``UserError``, and then nothing was made.
    """
    if not officer.strip():
        raise refusal(
            "actor_missing",
            "Người giữ sổ",
            "Chưa biết ai giữ sổ của Sở.",
            "Ghi họ tên người giữ sổ; nhật ký ghi theo tên này.",
        )
    with faults.told_in_words(folder.name):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise refusal(
                "folder_not_empty",
                folder.name,
                "Thư mục đã có nội dung nên không lập sổ toàn tỉnh ở đây.",
                "Chọn thư mục trống, hoặc mở sổ toàn tỉnh đã có.",
            )

    _refuse_unfit(clusters)

    def fill(workspace: Workspace) -> None:
        desk, _ = open_year(workspace, officer, year)
        if clusters:
            add_clusters(desk, clusters)

    make_whole(folder / OWN, officer, fill, tell).close(backup=False)
    with faults.told_in_words(folder.name):
        (folder / CLUSTERS).mkdir(exist_ok=True)


def is_province(folder: Path) -> bool:
    """Whether a folder is the department's."""
    return (folder / OWN / FILE).is_file()


@contextmanager
def at_province(
    folder: Path,
    named: str = "",
    period: str | None = None,
    opened: Workspace | None = None,
) -> Iterator[ProvinceDesk]:
    """The department's folder, opened at a year; its own workspace is closed at the end.

    ``opened`` is a workspace that the officer has open already; it stays open.
    Raises ``UserError`` where the folder is none, or its own workspace cannot be opened.
    """
    if not is_province(folder):
        raise refusal(
            "province_not_found",
            folder.name,
            "Thư mục này không phải thư mục toàn tỉnh của Sở.",
            f"Chọn thư mục có thư mục con “{OWN}”, hoặc lập thư mục toàn tỉnh mới.",
        )
    if opened is not None and _lies_at(opened, folder / OWN):
        yield ProvinceDesk(folder, sit_down(opened, named, period), opened)
        return
    with open_workspace(folder / OWN) as workspace:
        yield ProvinceDesk(folder, sit_down(workspace, named, period), opened)


def latest_year(folder: Path, opened: Workspace | None = None) -> str | None:
    """The year to begin with where several are open: the last one of these, else the last of all;
    ``None`` where there is none, or the folder is not the department's.
    """

    def last(workspace: Workspace) -> str | None:
        years = workspace.read(books.PERIODS)
        found = [year for year in years if year.state is PeriodState.OPEN] or list(years)
        return found[-1].id if found else None

    if not is_province(folder):
        return None
    if opened is not None and _lies_at(opened, folder / OWN):
        return last(opened)
    with open_workspace(folder / OWN) as workspace:
        return last(workspace)


@contextmanager
def at_cluster(province: ProvinceDesk, cluster: str) -> Iterator[Desk]:
    """A desk in the workspace of one cluster, to read and to write; closed with a backup, unless
    the officer has it open.

    Raises ``UserError`` where the cluster is not listed, has sent nothing, or cannot be opened.
    """
    listed = cluster_of(province.desk, cluster)
    if not province.is_there(cluster):
        raise refusal(
            "cluster_not_sent",
            listed.name,
            "Cụm, khối này chưa gửi dữ liệu nên Sở chưa có sổ của cụm, khối.",
            "Nhận gói dữ liệu của cụm, khối trước.",
        )
    there = province.open_there(cluster)
    if there is not None:
        yield sit_down(there, province.desk.actor, province.desk.period)
        return
    with open_workspace(province.place(cluster)) as workspace:
        yield sit_down(workspace, province.desk.actor, province.desk.period)


@contextmanager
def at_new_year(province: ProvinceDesk, cluster: str) -> Iterator[Desk]:
    """A desk in a cluster's workspace at the year at hand, which is opened there first, for the
    first package of the year; taken back where what is done there fails.
    """
    year = province.desk.year

    def begun(workspace: Workspace) -> Iterator[Desk]:
        desk, _ = open_year(workspace, province.desk.actor, year)
        try:
            yield desk
        except BaseException:  # whatever it is: an empty year is not left behind
            workspace.undo(province.desk.actor)
            raise

    there = province.open_there(cluster)
    if there is not None:
        yield from begun(there)
        return
    with open_workspace(province.place(cluster)) as workspace:
        yield from begun(workspace)


def begin_cluster(province: ProvinceDesk, cluster: str) -> Path:
    """Makes the empty workspace of a listed cluster, for the first package of it to go into.

    Raises ``UserError`` where the cluster is not listed or has one already.
    """
    listed = cluster_of(province.desk, cluster)
    place = province.place(cluster)
    if place.exists():
        raise refusal(
            "folder_not_empty",
            listed.name,
            "Sở đã có sổ của cụm, khối này.",
            "Nhận gói vào sổ đã có.",
        )
    year = province.desk.year

    def fill(workspace: Workspace) -> None:
        open_year(workspace, province.desk.actor, year)

    make_whole(place, province.desk.actor, fill).close(backup=False)
    return place


def _lies_at(workspace: Workspace | None, place: Path) -> bool:
    return workspace is not None and workspace.folder.resolve() == place.resolve()


def list_clusters(province: ProvinceDesk, clusters: Sequence[Cluster]) -> Done:
    """Adds clusters to the list of the province; raises ``UserError``."""
    _refuse_unfit(clusters)
    return add_clusters(province.desk, clusters)


def _refuse_unfit(clusters: Sequence[Cluster]) -> None:
    """The id of a cluster names a folder that every system and stick can hold."""
    findings = Findings()
    for cluster in clusters:
        fault = "tên có dấu gạch chéo" if "/" in cluster.id else name_fault(cluster.id)
        if fault is not None:
            findings.error(
                "facts_bad_id",
                cluster.name,
                f"Mã cụm, khối “{cluster.id[:80]}” không đặt tên thư mục được: {fault}.",
                "Mã gồm chữ thường không dấu, chữ số, dấu gạch nối, ví dụ khoi-noi-chinh.",
            )
    if findings.errors:
        raise UserError(findings)
