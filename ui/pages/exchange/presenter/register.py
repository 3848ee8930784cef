"""What went and came this year, and how each package stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.operations.exchange.register import SENT, RegisterLine, exchanged
from ui.session import Session
from ui.theme.tokens import Tone


class Standing(Enum):
    """How a package stands: what it is called, and in which tone."""

    ANSWERED = ("Đã có trả lời", Tone.GOOD)
    TAKEN = ("Đã nhận vào sổ", Tone.GOOD)
    REPLACED = ("Đã có gói mới hơn", Tone.NEUTRAL)
    OUT = ("Đã gửi, chưa có trả lời", Tone.WAITING)

    @property
    def words(self) -> str:
        """As it is written."""
        return self.value[0]

    @property
    def tone(self) -> Tone:
        """Its colour."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One package of the register."""

    line: RegisterLine
    at: dt.datetime | None
    standing: Standing

    @property
    def day(self) -> str:
        """When it was entered: 20/12/2026 08:30."""
        return "" if self.at is None else f"{self.at:%d/%m/%Y %H:%M}"

    @property
    def is_sent(self) -> bool:
        """Whether it left this house."""
        return self.line.package.direction == SENT


class Register:
    """The register of the chosen year."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self) -> tuple[PackageRow, ...]:
        """The packages, the newest first."""
        seat = self._session.seat
        if seat is None:
            return ()
        lines = exchanged(seat)
        listed = []
        for line in lines:
            operation = seat.workspace.operation_numbered(line.package.operation)
            at = dt.datetime.fromisoformat(operation.at) if operation is not None else None
            listed.append(PackageRow(line, at, _standing(line, lines)))
        return tuple(reversed(listed))

    def sentence(self) -> str:
        """How much went and came."""
        rows = self.rows()
        if not rows:
            return "Năm này chưa gửi, chưa nhận gói nào."
        sent = sum(row.is_sent for row in rows)
        open_ones = sum(row.standing is Standing.OUT for row in rows)
        words = f"Đã gửi {sent} gói, nhận {len(rows) - sent} gói"
        return f"{words}; {open_ones} gói chưa có trả lời." if open_ones else f"{words}."


def _standing(line: RegisterLine, lines: Sequence[RegisterLine]) -> Standing:
    package = line.package
    later = [other.package for other in lines if other.package.operation > package.operation]
    if any(other.answers == package.digest for other in later):
        return Standing.ANSWERED
    same = (package.direction, package.kind, package.about, package.cluster)
    mate = package.recipient if package.direction == SENT else package.key
    for other in later:
        whom = other.recipient if other.direction == SENT else other.key
        if (other.direction, other.kind, other.about, other.cluster) == same and whom == mate:
            return Standing.REPLACED
    return Standing.OUT if package.direction == SENT else Standing.TAKEN
