"""Leaders and the department writing to each other: keys, confirmed senders, packages."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.exchange.packages import Extent, Kind, SigningKey
from app.operations.exchange.keyring import confirm_sender
from app.operations.exchange.looking import look
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Sent, send
from app.operations.exchange.taking_in import take_in
from app.operations.province.folder import ProvinceDesk
from app.operations.workspace.desk import Desk, Done
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import submit_round
from app.persistence.workspace import Workspace

from .worlds import DAY, YEAR

DEPARTMENT = "Sở Nội vụ"


def key(number: int) -> SigningKey:
    """The key of a house; the leader of cluster ``n`` has key ``n``, the department key 200."""
    return SigningKey.of_seed(bytes([number]) * 32)


OFFICE_KEY = key(200)


@dataclass
class Leader:
    """The leader of a cluster with a workspace of its own, which knows the department."""

    number: int
    workspace: Workspace
    post: Path

    @classmethod
    def of(cls, number: int, source: Path, folder: Path) -> Leader:
        """The leader of a cluster, whose units have handed in and who has handed in as well."""
        place = folder / f"truong-{number:02d}"
        shutil.copytree(source, place)
        made = cls(number, Workspace.open(place), folder / f"goi-{number:02d}")
        confirm_sender(made.desk, DEPARTMENT, OFFICE_KEY.public, OFFICE_KEY.public.fingerprint)
        for round_id in ("self", "cluster"):
            submit_round(made.desk, round_id, None, DAY)
        return made

    @property
    def desk(self) -> Desk:
        """Where the leader works."""
        return Desk(self.workspace, f"Trưởng cụm {self.number}", YEAR)

    @property
    def name(self) -> str:
        """By which name its packages are signed."""
        return f"Trưởng cụm số {self.number}"

    def sends(self, kind: Kind = Kind.FOR_APPRAISAL, *, hour: int = 8) -> Sent:
        """A package to the department."""
        moment = dt.datetime(2026, 12, 20, hour, tzinfo=dt.timezone(dt.timedelta(hours=7)))
        order = Order(kind, Extent.EVERYTHING, papers=False)
        return send(
            self.desk,
            order,
            Envelope(self.name, DEPARTMENT, made=moment),
            key(self.number),
            self.post,
        )

    def takes(self, file: Path) -> Done:
        """Takes a package of the department in."""
        return take_in(self.desk, look(self.desk, file))


def trust(province: ProvinceDesk, name: str, known: SigningKey) -> None:
    """The department confirms a sender by the fingerprint."""
    confirm_sender(province.desk, name, known.public, known.public.fingerprint, None, DAY)


def judge(desk: Desk, unit: str, code: str, points: int) -> None:
    """The department scores a cell otherwise."""
    enter_scores(
        desk, [TypedCell(unit, code, "department", points=str(points), reason="đối chiếu số liệu")]
    )
