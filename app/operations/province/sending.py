"""A rule pack with blank forms to all clusters in one act.

The table lies in the department's own workspace, taken over as in any other (`tables.adopt_pack`);
each cluster gets a signed package of its own, so that the register says who was sent what. Who
works by it is seen from what a cluster sends back: the table that its year is scored by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.domain.snapshot import Cluster, Snapshot
from app.exchange.forms import write_form
from app.exchange.packages import Blob, Kind, SigningKey
from app.ground.findings import Findings, UserError
from app.operations.exchange.packing import Envelope, Order, package_contents
from app.operations.exchange.register import SENT, said_moment
from app.operations.exchange.sending import ENDING, Sent, dispatch
from app.operations.exchange.shares import scope_at
from app.operations.province.folder import ProvinceDesk
from app.operations.province.readings import ClusterReading
from app.operations.workspace.desk import Desk, cluster_of, packs_of
from app.operations.workspace.results import refuse_standing
from app.persistence import books
from app.rules.document import LoadedPack

RULES: Final = (Kind.RULE_PACK, Kind.CRITERIA_TABLE)


def send_rules(
    province: ProvinceDesk,
    key: SigningKey,
    sender: str,
    out: Path,
    *,
    clusters: Collection[str] | None = None,
    readings: Sequence[ClusterReading] = (),
    note: str = "",
) -> tuple[Sent, ...]:
    """Writes a package "Gói quy tắc" for each cluster (or the named ones) into a folder.

    Each file is called by its cluster; blank forms under the main table go along for the units of
    those that ``readings`` know. All files or none: raises ``UserError`` before anything is
    written where the department has no table, a cluster is not listed, or a file stands there.
    """
    packs_of(province.desk)
    listed = province.clusters
    wanted = listed if clusters is None else [cluster_of(province.desk, c) for c in clusters]
    files = {one.id: out / f"{one.id}-goi-quy-tac{ENDING}" for one in wanted}
    refuse_standing(files.values())
    if not wanted:
        told = Findings()
        told.error(
            "cluster_not_listed",
            "Danh sách cụm, khối",
            "Danh sách của tỉnh chưa có cụm, khối nào để gửi.",
            "Thêm cụm, khối vào danh sách trước.",
        )
        raise UserError(told)
    units = {one.cluster.id: one.year.loaded.snapshot for one in readings if one.year is not None}
    return tuple(
        _sent(province.desk, one, Envelope(sender, one.name, note), key, files[one.id], units)
        for one in wanted
    )


def _sent(
    desk: Desk,
    cluster: Cluster,
    envelope: Envelope,
    key: SigningKey,
    file: Path,
    units: Mapping[str, Snapshot],
) -> Sent:
    order = Order(Kind.RULE_PACK, cluster=cluster.id)
    numbered = replace(envelope, sequence=desk.workspace.latest.id + 1)
    contents = package_contents(desk, order, numbered)
    if cluster.id in units:
        forms = tuple(_forms(packs_of(desk).main, units[cluster.id]))
        contents = replace(contents, files=(*contents.files, *forms))
    return dispatch(desk, contents, scope_at(desk, Kind.RULE_PACK, "", cluster.id), key, file)


def _forms(pack: LoadedPack, snapshot: Snapshot) -> Iterator[Blob]:
    """Blank forms of the units that are still there; numbered, so that any id gives a name."""
    blank = Snapshot(snapshot.period, snapshot.clusters, snapshot.units)
    there = [unit for unit in snapshot.units if unit.left is None]
    for number, unit in enumerate(there, 1):
        data = write_form(pack, blank, unit.id, pack.rules.rounds[0].id)
        yield Blob(f"phieu-trong-{number:02d}.xlsx", data)


class Taken(StrEnum):
    """Whether a cluster works by the tables that it was sent."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    OTHER = "other"
    USED = "used"


TAKEN_WORDS: Final = {
    Taken.NOT_SENT: "chưa gửi",
    Taken.SENT: "đã gửi, chưa thấy cụm, khối dùng",
    Taken.OTHER: "đang chấm theo bảng khác",
    Taken.USED: "đang chấm theo bảng đã gửi",
}


@dataclass(frozen=True, slots=True)
class RulesLine:
    """One cluster: when it was sent the tables last, and whether it works by them."""

    cluster: Cluster
    taken: Taken
    sent: str

    @property
    def sentence(self) -> str:
        """In one line."""
        when = f" (gửi {self.sent})" if self.sent else ""
        return f"{self.cluster.name}: {TAKEN_WORDS[self.taken]}{when}"


def rules_taken(
    province: ProvinceDesk, readings: Sequence[ClusterReading]
) -> tuple[RulesLine, ...]:
    """Who was sent the department's present tables, and who scores by them.

    A cluster uses them where its year is scored by every one of them, a table of its own beside
    them or not; what it has not sent yet cannot be known.
    """
    own = {pack.digest for pack in packs_of(province.desk).all}
    last: dict[str, str] = {}
    for package in province.desk.workspace.read(books.PACKAGES):
        if package.period != province.desk.period:
            continue
        if package.direction == SENT and package.kind in RULES:
            last[package.cluster] = max(last.get(package.cluster, ""), package.made)
    return tuple(
        RulesLine(
            one.cluster,
            _taken(one, own, sent=one.cluster.id in last),
            said_moment(last[one.cluster.id]) if one.cluster.id in last else "",
        )
        for one in readings
    )


def _taken(reading: ClusterReading, own: Collection[str], *, sent: bool) -> Taken:
    if reading.year is not None:
        used = {pack.digest for pack in reading.year.loaded.packs.all}
        if used.issuperset(own):
            return Taken.USED
        if sent:
            return Taken.OTHER
    return Taken.SENT if sent else Taken.NOT_SENT
