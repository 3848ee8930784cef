"""The steps of a year, from setting up to closing: how far each is, what is missing, what is next.

Steps on the *main way* follow each other (units, a table, the rounds, the ranking, closing). The
others (registrations, mid-year, issuing, conference, awards) belong to their time of the year but
hold nothing up: the year goes on without them and they stay open until they are noted. They are
asked for only in their season: registrations in the first half, mid-year around the middle.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

from app.domain.conference import ProposalState
from app.domain.year import (
    HANDED_IN,
    AwardStage,
    Conference,
    PeriodState,
    Registration,
    RoundStage,
    TableState,
    Target,
)
from app.ground.findings import Severity, UserError
from app.ground.text import named
from app.operations.workspace.boards import Board
from app.operations.workspace.desk import Desk, packs_of, today
from app.persistence import books
from app.rules.pack import RulePack
from app.scoring.assessment import Assessment

Mends = Literal["overview", "units", "criteria", "scores", "ranking", "awards", "closing"]
_FEW: Final = 4
_HALF: Final = 0.5
_MONTH: Final = 1 / 12


class StepState(StrEnum):
    """How far a step is; a blocked one waits for another."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    BLOCKED = "blocked"


STEP_WORDS: Final[Mapping[StepState, str]] = {
    StepState.NOT_BEGUN: "chưa bắt đầu",
    StepState.UNDER_WAY: "đang làm",
    StepState.DONE: "đã xong",
    StepState.BLOCKED: "chờ bước trước",
}


@dataclass(frozen=True, slots=True)
class YearStep:
    """One step. ``missing`` says what is missing (empty where it is done), ``mends`` on which page
    that is mended, ``units`` names (by id) those that have not done their part.
    """

    id: str
    title: str
    state: StepState
    missing: str = ""
    mends: Mends = "overview"
    main_way: bool = True
    units: tuple[str, ...] = ()
    round: str | None = None
    in_season: bool = True

    @property
    def begun(self) -> bool:
        """Whether something of it was done."""
        return self.state in (StepState.UNDER_WAY, StepState.DONE)


def year_steps(
    desk: Desk, board: Board, assessment: Assessment | None, day: dt.date | None = None
) -> tuple[YearStep, ...]:
    """The steps of the desk's year in their order, as they stand on a day (today).

    ``assessment`` is the result as it is now.
    """
    steps = tuple(_Way(desk, board, assessment, day or today()).steps())
    if board.year.state is PeriodState.CLOSED:
        return tuple(replace(step, state=StepState.DONE, missing="", units=()) for step in steps)
    return steps


def next_step(steps: Sequence[YearStep]) -> YearStep | None:
    """The step to be done now: the first open one on the main way, or one beside it in its season
    while nothing after it was begun. ``None`` where all is done.
    """
    for at, step in enumerate(steps):
        if step.state is StepState.DONE:
            continue
        later = [other for other in steps[at + 1 :] if other.main_way and other.begun]
        if step.main_way or (step.in_season and not later):
            return step
    return None


class _Way:
    """What the steps are found from."""

    def __init__(
        self, desk: Desk, board: Board, assessment: Assessment | None, day: dt.date
    ) -> None:
        start, end = board.year.start, board.year.end
        self._day = day
        self._share = (day - start) / (end - start + dt.timedelta(days=1))
        self._desk = desk
        self._board = board
        self._assessment = assessment
        self._lines = [line for line in board.units if line.unit.left is None]
        self._names = {line.unit.id: line.unit.name for line in board.units}
        try:
            self._rules: RulePack | None = packs_of(desk).main.rules
        except UserError:
            self._rules = None

    def steps(self) -> Iterator[YearStep]:
        """All steps in their order."""
        yield self._set_up()
        yield self._roles()
        yield from self._table()
        yield self._registrations()
        yield self._mid_year()
        rounds = list(self._rounds())
        yield from rounds
        ranking = self._ranking(rounds)
        yield ranking
        yield self._conference()
        awards = self._awards()
        if awards is not None:
            yield awards
        yield self._closing(ranking)

    def _listed(self, units: Collection[str]) -> str:
        return named([self._names[unit] for unit in units])

    # ------------------------------------------------------------- before scoring

    def _set_up(self) -> YearStep:
        step = YearStep("set_up", "Cụm, khối và đơn vị", StepState.UNDER_WAY, mends="units")
        clusters = self._desk.clusters
        if not clusters:
            missing = "Chưa có cụm, khối thi đua nào."
            return replace(step, state=StepState.NOT_BEGUN, missing=missing)
        there = {line.unit.cluster for line in self._board.units}
        empty = [cluster.name for cluster in clusters.values() if cluster.id not in there]
        if empty:
            return replace(step, missing=f"Chưa có đơn vị nào trong {', '.join(empty[:_FEW])}.")
        return replace(step, state=StepState.DONE)

    def _roles(self) -> YearStep:
        words = self._rules.vocabulary.leader if self._rules is not None else "Đơn vị trưởng"
        step = YearStep("roles", f"{words} của năm", StepState.DONE, mends="units", main_way=False)
        if not self._lines:
            return replace(step, state=StepState.BLOCKED, missing="Chờ danh sách đơn vị.")
        led = {line.unit.cluster for line in self._lines if "leader" in line.unit.roles}
        clusters = self._desk.clusters
        with_units = dict.fromkeys(line.unit.cluster for line in self._lines)
        headless = [clusters[c].name for c in with_units if c not in led]
        if not headless:
            return step
        state = StepState.UNDER_WAY if led else StepState.NOT_BEGUN
        listed = named(headless, what="cụm, khối")
        return replace(step, state=state, missing=f"Chưa ghi {words} của {listed}.")

    def _table(self) -> Iterator[YearStep]:
        step = YearStep("table", "Bảng tiêu chí", StepState.DONE, mends="criteria")
        tables = self._board.tables
        if not tables:
            missing = "Năm này chưa có bảng tiêu chí."
            yield replace(step, state=StepState.NOT_BEGUN, missing=missing)
            return
        if self._rules is None:
            missing = "Bảng tiêu chí còn lỗi nên chưa dùng để chấm được."
            yield replace(step, state=StepState.UNDER_WAY, missing=missing)
            return
        yield step
        issue = replace(step, id="issue", title="Ban hành bảng tiêu chí", main_way=False)
        states = {table.state for table in tables}
        if states == {TableState.ISSUED}:
            yield issue
        elif TableState.DRAFT in states:
            missing = "Bảng tiêu chí đang soạn, chưa gửi lấy ý kiến."
            yield replace(issue, state=StepState.NOT_BEGUN, missing=missing)
        else:
            missing = "Bảng tiêu chí đã lấy ý kiến, chưa ghi ban hành."
            yield replace(issue, state=StepState.UNDER_WAY, missing=missing)

    def _registrations(self) -> YearStep:
        step = YearStep(
            "registrations",
            "Đăng ký, giao ước",
            StepState.DONE,
            mends="units",
            main_way=False,
            in_season=self._share < _HALF,
        )
        if not self._lines:
            return replace(step, state=StepState.BLOCKED, missing="Chờ danh sách đơn vị.")
        rows: tuple[Registration, ...] = self._desk.workspace.read(
            books.REGISTRATIONS, self._desk.period
        )
        gaps: list[str] = []
        late: dict[str, None] = {}
        for kind, words in (("registration", "đăng ký"), ("pledge", "giao ước")):
            there = {row.unit for row in rows if row.kind == kind}
            without = [line.unit.id for line in self._lines if line.unit.id not in there]
            late.update(dict.fromkeys(without))
            if len(without) == len(self._lines):
                gaps.append(f"chưa nhận {words} của đơn vị nào")
            elif without:
                gaps.append(f"chưa nhận {words} của {self._listed(without)}")
        if not gaps:
            return step
        missing = "; ".join(gaps)
        state = StepState.UNDER_WAY if rows else StepState.NOT_BEGUN
        return replace(
            step, state=state, missing=f"{missing[:1].upper()}{missing[1:]}.", units=tuple(late)
        )

    def _mid_year(self) -> YearStep:
        step = YearStep(
            "mid_year",
            "Sơ kết 6 tháng",
            StepState.DONE,
            main_way=False,
            in_season=_HALF - _MONTH <= self._share < _HALF + 3 * _MONTH,
        )
        if not self._lines:
            return replace(step, state=StepState.BLOCKED, missing="Chờ danh sách đơn vị.")
        if self._held("mid_year"):
            return step
        targets: tuple[Target, ...] = self._desk.workspace.read(books.TARGETS, self._desk.period)
        open_ones = [target for target in targets if target.half_year is None]
        units = tuple(dict.fromkeys(target.unit for target in open_ones))
        state = StepState.UNDER_WAY if len(open_ones) < len(targets) else StepState.NOT_BEGUN
        missing = "Chưa ghi hội nghị sơ kết."
        if open_ones and state is StepState.UNDER_WAY:
            missing = f"Còn {len(open_ones)} chỉ tiêu chưa có kết quả 6 tháng. {missing}"
        return replace(step, state=state, missing=missing, units=units)

    def _held(self, kind: str) -> bool:
        rows: tuple[Conference, ...] = self._desk.workspace.read(
            books.CONFERENCES, self._desk.period
        )
        return any(row.kind == kind and row.date is not None for row in rows)

    # ------------------------------------------------------------- the rounds

    def _rounds(self) -> Iterator[YearStep]:
        if self._rules is None or not self._lines:
            waits = "bảng tiêu chí" if self._rules is None else "danh sách đơn vị"
            yield YearStep("rounds", "Chấm điểm", StepState.BLOCKED, f"Chờ {waits}.", "scores")
            return
        counted = self._rules.scoring.ranking_round if self._rules.scoring is not None else None
        ranking = self._assessment.ranking_round if self._assessment is not None else counted
        main_way, before = True, ""
        for rules in self._rules.rounds:
            yield self._round(rules.id, rules.title, before, main_way=main_way)
            before = rules.id
            main_way = main_way and rules.id != ranking

    def _round(self, round_id: str, title: str, before: str, *, main_way: bool) -> YearStep:
        step = YearStep(
            f"round:{round_id}",
            title,
            StepState.DONE,
            mends="scores",
            main_way=main_way,
            round=round_id,
        )
        stages = {line.unit.id: line.stages[round_id] for line in self._lines}
        open_ones = [unit for unit, stage in stages.items() if stage not in HANDED_IN]
        if not open_ones:
            return step
        back = [unit for unit in open_ones if stages[unit] is RoundStage.RETURNED]
        if back == open_ones:
            parts = [f"Đã trả lại {len(back)} đơn vị, chưa nộp lại: {self._listed(back)}."]
        elif len(open_ones) == len(stages):
            parts = ["Chưa đơn vị nào nộp."]
        else:
            parts = [f"Còn {len(open_ones)} đơn vị chưa nộp: {self._listed(open_ones)}."]
        if back and back != open_ones:
            parts.append(f"Trong đó đã trả lại: {self._listed(back)}.")
        touched = len(open_ones) < len(stages) or bool(back)
        touched = touched or any(line.cells[round_id] for line in self._lines)
        state = StepState.UNDER_WAY if touched else StepState.NOT_BEGUN
        if not touched and before:
            ready = [line for line in self._lines if line.stages[before] in HANDED_IN]
            if not ready:
                words = self._board.rounds[before]
                return replace(step, state=StepState.BLOCKED, missing=f"Chờ vòng “{words}”.")
        return replace(step, state=state, missing=" ".join(parts), units=tuple(open_ones))

    # ------------------------------------------------------------- after scoring

    def _ranking(self, rounds: Sequence[YearStep]) -> YearStep:
        step = YearStep("ranking", "Xếp hạng", StepState.DONE, mends="ranking")
        waits = next((r for r in rounds if r.main_way and r.state is not StepState.DONE), None)
        if waits is not None:
            return replace(step, state=StepState.BLOCKED, missing=f"Chờ vòng “{waits.title}”.")
        found = self._assessment
        if found is None:
            missing = "Chưa có kết quả xếp hạng."
            return replace(step, state=StepState.NOT_BEGUN, missing=missing)
        ties = [tie for tie in found.ties if tie.resolved_by is None]
        reasons: list[str] = []
        if ties:
            names = self._listed(ties[0].units)
            reasons.append(f"{names} bằng điểm ở chỗ phải phân định, cần bỏ phiếu")
        reasons += found.why_provisional
        if not reasons:
            return step
        more = f" (và {len(reasons) - 1} lý do khác)" if len(reasons) > 1 else ""
        return replace(
            step, state=StepState.UNDER_WAY, missing=f"Kết quả còn tạm tính: {reasons[0]}{more}."
        )

    def _conference(self) -> YearStep:
        step = YearStep("conference", "Hội nghị tổng kết", StepState.DONE, main_way=False)
        if self._held("summary"):
            return step
        return replace(step, state=StepState.NOT_BEGUN, missing="Chưa ghi hội nghị tổng kết.")

    def _awards(self) -> YearStep | None:
        if self._rules is None or not self._rules.awards:
            return None
        step = YearStep(
            "awards", "Đề nghị khen thưởng", StepState.DONE, mends="awards", main_way=False
        )
        rows = self._desk.workspace.read(books.AWARDS, self._desk.period)
        decided = [row for row in rows if row.stage is AwardStage.DECIDED]
        kept = self._desk.workspace.read(books.PROPOSALS, self._desk.period)
        standing = (ProposalState.PROPOSED, ProposalState.DECIDED)
        proposed = {(row.unit, row.award) for row in rows if row.stage is AwardStage.PROPOSED}
        proposed |= {(row.unit, row.award) for row in kept if row.state in standing}
        if decided and len(decided) >= len(proposed):
            return step
        if decided or proposed:
            missing = f"Đã ghi {len(proposed)} đề nghị, {len(decided)} quyết định."
            return replace(step, state=StepState.UNDER_WAY, missing=missing)
        missing = "Chưa ghi đề nghị khen thưởng nào."
        return replace(step, state=StepState.NOT_BEGUN, missing=missing)

    def _closing(self, ranking: YearStep) -> YearStep:
        step = YearStep("closing", "Khóa sổ năm thi đua", StepState.NOT_BEGUN)
        counted = self._assessment.scored_round if self._assessment is not None else None
        if ranking.state is StepState.BLOCKED or counted is None:
            return replace(step, state=StepState.BLOCKED, missing="Chờ kết quả xếp hạng.")
        open_ones = [
            line.unit.id
            for line in self._lines
            if line.stages.get(counted) is not RoundStage.SEALED
        ]
        if open_ones:
            words = self._board.rounds.get(counted, counted)
            missing = f"Vòng “{words}” chưa chốt điểm cho {self._listed(open_ones)}."
            return replace(
                step,
                missing=missing,
                mends="scores",
                units=tuple(open_ones),
                round=counted,
            )
        # Only a year that stands before its closing needs the list and all that it reads.
        from app.operations.workspace.closing import closing_checklist

        items = closing_checklist(self._desk, self._day, self._assessment)
        blocking = [item.finding for item in items if item.blocks]
        if blocking:
            first = blocking[0]
            more = f" (và {len(blocking) - 1} việc khác)" if len(blocking) > 1 else ""
            missing = f"Chưa khóa sổ được: {first.place}: {first.message}{more}"
            return replace(step, missing=missing, mends="closing")
        count = sum(item.finding.severity is Severity.WARNING for item in items)
        rest = f" Còn {count} việc cần xem ở trang Khóa sổ và bàn giao." if count else ""
        return replace(step, missing=f"Mọi vòng đã chốt điểm; có thể khóa sổ.{rest}")
