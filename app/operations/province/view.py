"""The province as it stands: who has sent, who is late, one table of all clusters.

Nothing here is scored anew: each cluster is scored by its own table, as in its own workspace, and
points of different tables are never added or compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.exchange import ExchangedPackage
from app.domain.snapshot import Cluster
from app.domain.year import HANDED_IN, PeriodRecord
from app.exchange.packages import Kind
from app.ground.findings import Finding, Severity
from app.operations.province.folder import CLUSTERS, ProvinceDesk
from app.operations.province.readings import (
    ClusterReading,
    Told,
    YearRead,
    nobody_hears,
    read_clusters,
)
from app.operations.province.settings import flag_rule_of, last_days, quotas
from app.operations.workspace.desk import today
from app.scoring.province import FlagCandidates, Province, flag_candidates
from app.scoring.province_totals import AwardTotal, award_totals


class Stage(StrEnum):
    """How far a cluster has come, as the department sees it."""

    NOT_SENT = "not_sent"
    LATE = "late"
    SENT = "sent"
    APPRAISED = "appraised"
    FINAL = "final"
    UNREADABLE = "unreadable"


STAGE_WORDS: Final = {
    Stage.NOT_SENT: "chưa gửi",
    Stage.LATE: "trễ hạn, chưa gửi",
    Stage.SENT: "đã gửi",
    Stage.APPRAISED: "đã thẩm định",
    Stage.FINAL: "kết quả cuối cùng",
    Stage.UNREADABLE: "không đọc được",
}
_DEPARTMENT: Final = frozenset({"department", "council"})


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster in the department's list.

    ``due`` is its last day, ``sent`` the day of the first package with its result;
    ``sent_late``: that day is after the last one. ``digest`` is that of its present result.
    """

    cluster: Cluster
    stage: Stage
    units: int
    due: dt.date | None
    sent: dt.date | None
    digest: str
    provisional: tuple[str, ...]
    problems: tuple[Finding, ...]
    read_only: bool

    @property
    def sent_late(self) -> bool:
        """Whether the result came, but after the last day."""
        return self.due is not None and self.sent is not None and self.sent > self.due

    @property
    def words(self) -> str:
        """The stage as it is listed."""
        words = STAGE_WORDS[self.stage]
        return f"{words} (gửi trễ hạn)" if self.sent_late else words


@dataclass(frozen=True)
class ProvinceView:
    """All clusters of a year, side by side."""

    year: PeriodRecord
    readings: tuple[ClusterReading, ...]
    lines: tuple[ClusterLine, ...]
    province: Province
    awards: tuple[AwardTotal, ...]
    flag: FlagCandidates | None
    findings: tuple[Finding, ...]

    def at(self, *stages: Stage) -> tuple[ClusterLine, ...]:
        """The clusters that have come as far as one of these stages."""
        return tuple(line for line in self.lines if line.stage in stages)

    @property
    def sentence(self) -> str:
        """Who has sent and who has not, in one sentence."""
        missing = self.at(Stage.NOT_SENT, Stage.LATE)
        late = len(self.at(Stage.LATE))
        words = f"Đã có {len(self.lines) - len(missing)}/{len(self.lines)} cụm, khối gửi kết quả"
        if not missing:
            return words + "."
        names = ", ".join(line.cluster.name for line in missing)
        return f"{words}; chưa gửi: {names}" + (f" (trễ hạn {late})." if late else ".")


def gather(
    province: ProvinceDesk, day: dt.date | None = None, told: Told = nobody_hears
) -> ProvinceView:
    """The whole province as it stands on ``day`` (today); nothing is written anywhere."""
    readings = read_clusters(province, told)
    days = last_days(province)
    on = day or today()
    lines = tuple(_line(one, days[one.cluster.id], on) for one in readings)
    whole = Province(tuple(result for one in readings for result in one.results()))
    totals = award_totals(whole, quotas(province))
    stated = flag_rule_of(province, whole)
    flag = flag_candidates(whole, stated[1], stated[0]) if stated is not None else None
    findings = (*_unlisted(province), *_over(totals))
    told(1.0, "")
    return ProvinceView(province.desk.year, readings, lines, whole, totals, flag, findings)


def _line(reading: ClusterReading, due: dt.date | None, day: dt.date) -> ClusterLine:
    year = reading.year
    sent = _sent(reading.packages)
    return ClusterLine(
        reading.cluster,
        _stage(reading, due, day),
        len(year.assessment.snapshot.units) if year is not None else 0,
        due,
        sent,
        year.digest if year is not None else "",
        year.assessment.why_provisional if year is not None else (),
        reading.problems,
        reading.read_only,
    )


def _sent(packages: Sequence[ExchangedPackage]) -> dt.date | None:
    """The day on which the first package with the cluster's result was made."""
    wanted = (Kind.FOR_APPRAISAL, Kind.FINAL_RESULT)
    days = [
        dt.datetime.fromisoformat(one.made).date()
        for one in packages
        if one.direction == "received" and one.kind in wanted
    ]
    return min(days, default=None)


def _stage(reading: ClusterReading, due: dt.date | None, day: dt.date) -> Stage:
    year = reading.year
    if year is None:
        if any(one.severity is not Severity.NOTE for one in reading.problems):
            return Stage.UNREADABLE
        return Stage.LATE if due is not None and day > due else Stage.NOT_SENT
    kinds = {one.kind for one in reading.packages}
    if year.closed or Kind.FINAL_RESULT in kinds:
        return Stage.FINAL
    return Stage.APPRAISED if _appraised(year) else Stage.SENT


def _appraised(year: YearRead) -> bool:
    """Whether the department has handed in its rounds for every unit that is still there."""
    rounds = [r.id for r in year.loaded.packs.main.rules.rounds if r.hand in _DEPARTMENT]
    done = {(one.unit, one.round) for one in year.round_states if one.stage in HANDED_IN}
    snapshot = year.loaded.snapshot
    units = [u.id for u in snapshot.units if u.left is None or u.left > snapshot.period.end]
    return bool(rounds) and all((unit, one) in done for unit in units for one in rounds)


def _unlisted(province: ProvinceDesk) -> Iterator[Finding]:
    for name in province.unlisted():
        yield Finding(
            "cluster_not_listed",
            Severity.WARNING,
            f"{CLUSTERS}/{name}",
            "Sổ này không thuộc cụm, khối nào trong danh sách nên không được tổng hợp.",
            "Thêm cụm, khối vào danh sách với đúng mã này, hoặc chuyển thư mục đi nơi khác.",
        )


def _over(totals: Sequence[AwardTotal]) -> Iterator[Finding]:
    for one in totals:
        if one.over:
            held = f" (kể cả {one.held} suất giữ lại)" if one.held else ""
            yield Finding(
                "province_quota_exceeded",
                Severity.WARNING,
                one.title,
                f"Các cụm, khối đề nghị {one.proposed + one.held}{held}, vượt chỉ tiêu "
                f"{one.quota} của toàn tỉnh {one.over}.",
                "Thống nhất lại với các cụm, khối hoặc trình điều chỉnh chỉ tiêu.",
            )
