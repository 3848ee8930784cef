"""Houses that write to each other: each a workspace, a name and a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.snapshot import Cluster, Unit
from app.exchange.packages import Extent, Kind, KnownSender, SigningKey
from app.operations.exchange.keyring import confirm_sender
from app.operations.exchange.looking import Look, look
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Sent, send
from app.operations.exchange.shares import shared_digest
from app.operations.exchange.taking_in import Side, begin_from, take_in
from app.operations.workspace.desk import Desk, Done
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units, give_role
from app.operations.workspace.rounds import recall_round, return_round, submit_round
from app.operations.workspace.tables import adopt_tree
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace
from tests.app.operations.workspace.small_table import table_tree

DAY = dt.date(2026, 11, 20)
HOUR = dt.timezone(dt.timedelta(hours=7))


def key(number: int) -> SigningKey:
    return SigningKey.of_seed(bytes([number]) * 32)


@dataclass(frozen=True)
class House:
    """A workspace with a year, the name by which others know it, and its key."""

    desk: Desk
    name: str
    key: SigningKey
    unit: str = ""

    @property
    def post(self) -> Path:
        """Where its packages are written."""
        return self.desk.workspace.folder.parent / f"goi-{self.desk.workspace.folder.name}"

    @property
    def known(self) -> KnownSender:
        """How others know it."""
        return KnownSender(self.name, self.key.public, "Nguyễn Hoa", DAY)

    def trusts(self, *others: House) -> None:
        for other in others:
            print_ = other.key.public.fingerprint
            unit = other.unit or None
            confirm_sender(self.desk, other.name, other.key.public, print_, unit, DAY)

    def sends(self, kind: Kind, **order: Any) -> Sent:
        made = order.pop("made", dt.datetime(2026, 11, 20, 9, 0, tzinfo=HOUR))
        if kind is Kind.SELF_SCORE:
            order = {"unit": self.unit, **order}
        wanted = Order(kind, **{"papers": False, **order})
        self.post.mkdir(exist_ok=True)
        return send(self.desk, wanted, Envelope(self.name, made=made), self.key, self.post)

    def looks(self, sent: Sent) -> Look:
        return look(self.desk, sent.file)

    def takes(self, sent: Sent, rule: Side | None = None, **kept: Any) -> Done:
        return take_in(self.desk, self.looks(sent), rule=rule, **kept)

    def says(self, *cells: TypedCell) -> None:
        enter_scores(self.desk, cells)

    def hands_in(self, round_id: str) -> None:
        submit_round(self.desk, round_id, [self.unit] if self.unit else None, DAY)

    def recalls(self, round_id: str) -> None:
        recall_round(self.desk, round_id, [self.unit], DAY)

    def returns(self, round_id: str, unit: str) -> None:
        return_round(self.desk, round_id, [unit], DAY, "bổ sung minh chứng")

    def shared(self, kind: Kind, unit: str = "") -> str:
        return shared_digest(self.desk, kind, unit)

    def begins(self, sent: Sent, folder: Path, name: str, number: int, unit: str = "") -> House:
        """Another house that begins with a package of this one."""
        workspace = begin_from(sent.file, folder, "Trần Lan", [self.known])
        return House(Desk(workspace, "Trần Lan", self.desk.period), name, key(number), unit)


NAMES = {"u1": "Sở Một", "u2": "Sở Hai", "u3": "Sở Ba"}


def small_leader(folder: Path) -> House:
    """The leader of three units under the small table; the third is the leader itself."""
    workspace = Workspace.create(folder, "Nguyễn Hoa")
    desk, _ = open_year(workspace, "Nguyễn Hoa", year_record("2026"))
    adopt_tree(desk, table_tree(), "bảng", issued=True)
    add_clusters(desk, [Cluster("k1", "Cụm 1")])
    add_units(desk, [Unit(name, title, "k1") for name, title in NAMES.items()])
    give_role(desk, "u3", "leader")
    return House(desk, "Sở Ba", key(3))


def small_unit(leader: House, folder: Path, number: int) -> House:
    """One of its units, which begins with the leader's table and knows the leader."""
    unit = f"u{number}"
    sent = leader.sends(Kind.CRITERIA_TABLE)
    made = leader.begins(sent, folder, NAMES[unit], number, unit)
    leader.trusts(made)
    return made


def self_scores(unit: str, actual: str, points: str = "20") -> Iterable[TypedCell]:
    """What a unit says of itself."""
    return (
        TypedCell(unit, "I.1", "self", figures={"plan": "100", "actual": actual}),
        TypedCell(unit, "I.2", "self", points=points),
        TypedCell(unit, "II.1", "self", points="10", figures={"signed": "có"}),
        TypedCell(unit, "II.2", "self", points="9,5"),
    )


SCORES = Extent.SCORES
