"""Appraisals go back to the clusters: to which, for which time, and all of them in one act.

Where a cluster stands is read from the register in its workspace: which results came, which
appraisals went, and whether the result is another one since. A cluster that cannot be returned to
is told by its name and does not stand in the way of the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.domain.exchange import ExchangedPackage
from app.domain.snapshot import Cluster
from app.domain.year import HANDED_IN
from app.exchange.packages import Kind, SigningKey
from app.ground.findings import Finding, UserError
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.register import RECEIVED, SENT
from app.operations.exchange.sending import ENDING, Sent, send
from app.operations.province.folder import ProvinceDesk, at_cluster
from app.operations.province.readings import ClusterReading, Told, YearRead, nobody_hears
from app.operations.province.view import ClusterLine, ProvinceView, Stage
from app.operations.workspace.desk import Desk, cluster_of, packs_of, refusal
from app.operations.workspace.rounds import submit_round
from app.persistence import books

_HAND: Final = "department"


class Going(StrEnum):
    """Where a cluster stands with its appraisal."""

    NOT_SENT = "not_sent"
    LATE = "late"
    UNREADABLE = "unreadable"
    WAITING = "waiting"
    AGAIN = "again"
    RETURNED = "returned"
    FINAL = "final"


GOING_WORDS: Final = {
    Going.NOT_SENT: "chưa gửi kết quả",
    Going.LATE: "trễ hạn, chưa gửi kết quả",
    Going.UNREADABLE: "không đọc được sổ",
    Going.WAITING: "chờ trả lần đầu",
    Going.AGAIN: "cần trả lại",
    Going.RETURNED: "đã trả",
    Going.FINAL: "đã có kết quả cuối cùng",
}
_ABSENT: Final = {
    Stage.NOT_SENT: Going.NOT_SENT,
    Stage.LATE: Going.LATE,
    Stage.UNREADABLE: Going.UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One cluster: its results that came, the appraisals that went, who is not handed in yet.

    ``corrected``: a newer result came after the last appraisal had gone; ``judged``: the result
    here is another one than at that time. ``open_units`` are the names of units whose appraisal
    the department has not handed in.
    """

    cluster: Cluster
    going: Going
    came: int = 0
    last_came: dt.date | None = None
    went: int = 0
    last_went: dt.date | None = None
    corrected: bool = False
    judged: bool = False
    units: int = 0
    open_units: tuple[str, ...] = ()

    @property
    def can_go(self) -> bool:
        """Whether an appraisal can be sent to this cluster."""
        return self.came > 0 and self.going is not Going.UNREADABLE

    @property
    def due(self) -> bool:
        """Whether an appraisal should be sent now."""
        return self.can_go and self.going in (Going.WAITING, Going.AGAIN)

    @property
    def turn(self) -> int:
        """For which time it goes now; the second after a correction, say."""
        return self.went + 1

    @property
    def words(self) -> str:
        """Where it stands, in a few words."""
        words = GOING_WORDS[self.going]
        return f"{words} (lần {self.turn})" if self.going is Going.AGAIN else words


def return_lines(view: ProvinceView) -> tuple[ReturnLine, ...]:
    """All listed clusters, in the order of the list."""
    return tuple(_line(r, c) for r, c in zip(view.readings, view.lines, strict=True))


def _line(reading: ClusterReading, listed: ClusterLine) -> ReturnLine:
    came = _of(reading.packages, RECEIVED, Kind.FOR_APPRAISAL)
    went = _of(reading.packages, SENT, Kind.APPRAISAL)
    year = reading.year
    if not came or year is None:
        going = _ABSENT.get(listed.stage, Going.NOT_SENT)
        return ReturnLine(reading.cluster, going, len(came), _day(came))
    corrected = bool(went) and came[-1].operation > went[-1].operation
    judged = bool(went) and went[-1].assessment not in ("", year.digest)
    going = Going.WAITING if not went else Going.RETURNED
    if corrected or judged:
        going = Going.AGAIN
    if listed.stage is Stage.FINAL:
        going = Going.FINAL
    units = [u for u in year.assessment.snapshot.units if u.left is None]
    open_ones = _open(year)
    return ReturnLine(
        reading.cluster,
        going,
        len(came),
        _day(came),
        len(went),
        _day(went),
        corrected,
        judged,
        len(units),
        tuple(unit.name for unit in units if unit.id in open_ones),
    )


def _of(packages: Sequence[ExchangedPackage], way: str, kind: Kind) -> list[ExchangedPackage]:
    """The packages of one kind, the last one at the end."""
    found = [one for one in packages if one.direction == way and one.kind == kind]
    return sorted(found, key=lambda one: one.operation)


def _day(packages: Sequence[ExchangedPackage]) -> dt.date | None:
    return dt.datetime.fromisoformat(packages[-1].made).date() if packages else None


def _open(year: YearRead) -> set[str]:
    """The units that are there and whose appraisal was not handed in."""
    rounds = [r.id for r in year.loaded.packs.main.rules.rounds if r.hand == _HAND]
    done = {(one.unit, one.round) for one in year.round_states if one.stage in HANDED_IN}
    there = [u.id for u in year.loaded.snapshot.units if u.left is None]
    return {unit for unit in there if any((unit, one) not in done for one in rounds)}


# ---------------------------------------------------------------------- going
@dataclass(frozen=True, slots=True)
class Return:
    """What became of one cluster's appraisal: the package that went, or why none."""

    cluster: Cluster
    sent: Sent | None = None
    handed_in: int = 0
    refused: tuple[Finding, ...] = ()


def return_appraisals(
    province: ProvinceDesk,
    clusters: Sequence[str],
    key: SigningKey,
    sender: str,
    out: Path,
    *,
    recipient: str = "",
    papers: bool = True,
    note: str = "",
    hand_in: dt.date | None = None,
    told: Told = nobody_hears,
) -> tuple[Return, ...]:
    """A package "Thẩm định" for each of these clusters into one folder, each file called by its
    cluster; it answers the last result that came.

    ``hand_in``: the day on which the department's round is handed in first, of the units where it
    was not. ``recipient`` is the cluster's leading unit unless named. Raises ``UserError`` where a
    cluster is not listed; whatever else stands in the way of one is told beside the others.
    """
    wanted = [cluster_of(province.desk, one) for one in clusters]
    found: list[Return] = []
    for at, cluster in enumerate(wanted):
        told(at / len(wanted), cluster.name)
        try:
            with at_cluster(province, cluster.id) as desk:
                order = Order(Kind.APPRAISAL, papers=papers, answers=last_result(desk))
                count = 0 if hand_in is None else _hand_in(desk, hand_in)
                envelope = Envelope(sender, recipient or _leader(desk), note)
                number = desk.workspace.latest.id + 1
                file = out / f"{cluster.id}-tham-dinh-so-{number}{ENDING}"
                found.append(Return(cluster, send(desk, order, envelope, key, file), count))
        except UserError as fault:
            found.append(Return(cluster, refused=tuple(fault.findings)))
    return tuple(found)


def _hand_in(desk: Desk, on: dt.date) -> int:
    """Hands the department's rounds in where they were not; for how many units."""
    states = desk.workspace.read(books.ROUND_STATES, desk.period)
    done = {(one.unit, one.round) for one in states if one.stage in HANDED_IN}
    there = [unit.id for unit in desk.units.values() if unit.left is None]
    touched: set[str] = set()
    for rules in packs_of(desk).main.rules.rounds:
        open_ones = [unit for unit in there if (unit, rules.id) not in done]
        if rules.hand == _HAND and open_ones:
            submit_round(desk, rules.id, open_ones, on)
            touched |= set(open_ones)
    return len(touched)


def last_result(desk: Desk) -> str:
    """The digest of the last result for appraisal that was taken in; raises ``UserError``."""
    packages = [
        one
        for one in desk.workspace.read(books.PACKAGES)
        if one.direction == RECEIVED and one.kind == Kind.FOR_APPRAISAL
        and one.period == desk.period
    ]  # fmt: skip
    if not packages:
        names = ", ".join(cluster.name for cluster in desk.clusters.values())
        raise refusal(
            "appraisal_answers_nothing",
            names or f"Năm {desk.period}",
            "Sở chưa nhận gói kết quả gửi thẩm định nào của cụm, khối này.",
            "Nhận gói của cụm, khối trước.",
        )
    return max(packages, key=lambda one: one.operation).digest


def _leader(desk: Desk) -> str:
    units = desk.units.values()
    return next((unit.name for unit in units if "leader" in unit.roles), "")
