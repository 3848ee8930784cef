"""What the page of the ballots knows and does: what is to be voted on, each ballot, its acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.domain.conference import BallotStage, Candidate
from app.domain.snapshot import BallotPurpose
from app.ground.findings import Finding
from app.operations.workspace.ballot_counts import COUNTS, VOTES, count_faults
from app.operations.workspace.ballot_views import (
    PURPOSES,
    STATE_WORDS,
    BallotState,
    BallotView,
    ballot_lines,
    ballot_views,
    threshold_words,
)
from app.operations.workspace.ballots import (
    confirm_count,
    enter_count,
    open_ballot,
    plan_cancelled,
)
from app.operations.workspace.consequences import Plan
from app.operations.workspace.desk import Desk, Done, today
from app.operations.workspace.eligibility import rules_of
from app.operations.workspace.records import remove_record
from app.reports.figures import sentence
from app.reports.names import Names
from app.rules.awards import AuthorityStep
from app.scoring.assessment import Assessment
from ui.flows.acts import Acts
from ui.pages.ballots.due import bound, due_votes
from ui.pages.ballots.facts import (
    BallotDetail,
    BallotRow,
    CountField,
    Due,
    Reconciliation,
    VoteRow,
)
from ui.pages.ballots.loose import loose_ballots, loose_detail
from ui.runner import Runner
from ui.session import Session
from ui.theme.tokens import Tone

STAGES: Final[Mapping[BallotStage, str]] = {
    BallotStage.OPENED: "Đang mở",
    BallotStage.COUNTED: "Đã kiểm, chờ xác nhận",
    BallotStage.CONFIRMED: "Đã xác nhận",
    BallotStage.CANCELLED: "Đã hủy",
}
_TONES: Final = {
    BallotState.OPEN: Tone.INFO,
    BallotState.DECIDES: Tone.GOOD,
    BallotState.LEVEL: Tone.WAITING,
    BallotState.FAILED: Tone.WAITING,
    BallotState.NO_QUORUM: Tone.WAITING,
    BallotState.VOID: Tone.ERROR,
    BallotState.SUPERSEDED: Tone.NEUTRAL,
    BallotState.CANCELLED: Tone.NEUTRAL,
}
_UNDECIDED: Final = (BallotState.LEVEL, BallotState.FAILED, BallotState.NO_QUORUM)
_VOTES_TELL: Final = (BallotState.DECIDES, BallotState.LEVEL, BallotState.FAILED)
_GENERAL: Final[tuple[BallotPurpose, ...]] = ("award", "leader", "deputy", "free")
SECRET: Final = (
    "Phiếu kín: sổ chỉ giữ tổng số phiếu, không giữ ai bầu cho ai và không giữ thứ tự phiếu."
)


class BallotsPresenter:
    """Reads the ballots against the session's result, and carries out what is done to them."""

    def __init__(
        self, session: Session, runner: Runner, fault: Callable[[Exception], None]
    ) -> None:
        self.session = session
        self.acts = Acts(session, runner, fault)

    # ------------------------------------------------------------- where we are

    @property
    def assessment(self) -> Assessment | None:
        """The result as it is now."""
        return self.session.result.assessment if self.session.result is not None else None

    @property
    def refusal(self) -> tuple[Finding, ...]:
        """Why there is no result."""
        return self.session.result_refusal

    @property
    def may_write(self) -> bool:
        """Whether ballots can be opened and counted now."""
        return self.session.may_write and self.assessment is not None

    def today(self) -> dt.date:
        """The day that a new ballot is dated with."""
        return today()

    def sentence(self) -> str:
        """The state of all ballots in one sentence."""
        if self.assessment is None:
            return "Đang tính kết quả…" if self.session.result_is_due else "Chưa có kết quả."
        views = self._views()
        waiting = sum(view.sheet.stage is BallotStage.COUNTED for view in views)
        opened = sum(view.state is BallotState.OPEN for view in views)
        void = sum(view.state is BallotState.VOID for view in views)
        due = len(self.due())
        parts = [
            f"{due} việc cần bỏ phiếu" if due else "Không có việc nào phải bỏ phiếu lúc này",
            f"{opened} phiếu đang mở" if opened else "",
            f"{waiting} phiếu chờ người thứ hai xác nhận" if waiting else "",
            f"{void} phiếu không còn giá trị" if void else "",
        ]
        return " · ".join(part for part in parts if part)

    def _views(self) -> tuple[BallotView, ...]:
        if self.assessment is None or self.session.seat is None:
            return ()
        return ballot_views(self.session.seat, self.assessment)

    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters by id and name."""
        seat = self.session.seat
        return () if seat is None else tuple((c.id, c.name) for c in seat.clusters.values())

    def awards(self) -> tuple[tuple[str, str], ...]:
        """The awards of the table by id and title."""
        seat = self.session.seat
        if seat is None or self.assessment is None:
            return ()
        return tuple((award.id, award.title) for award in rules_of(seat).awards)

    # ------------------------------------------------------------- what is to be voted on

    def due(self) -> tuple[Due, ...]:
        """What the result asks a vote for, and has no open ballot yet."""
        found = self.assessment
        return () if found is None else tuple(due_votes(found, self._views()))

    def general(self) -> tuple[tuple[BallotPurpose, str], ...]:
        """What can be voted on at any time."""
        listed = _GENERAL if self.awards() else _GENERAL[1:]
        return tuple((purpose, _capital(PURPOSES[purpose])) for purpose in listed)

    # ------------------------------------------------------------- the list and one ballot

    def rows(self) -> tuple[BallotRow, ...]:
        """All ballots of the year, the newest first."""
        rows = [self._row(view) for view in reversed(self._views())]
        return (*rows, *(row for _number, row, _lines in self._loose()))

    def _loose(self) -> tuple[tuple[int, BallotRow, tuple[str, ...]], ...]:
        found, seat = self.assessment, self.session.seat
        return () if found is None or seat is None else tuple(loose_ballots(seat, found))

    def _row(self, view: BallotView) -> BallotRow:
        sheet = view.sheet
        plain = view.state in (BallotState.OPEN, BallotState.CANCELLED)
        state = "" if plain else _capital(STATE_WORDS[view.state])
        later = self._has_later(view)
        if later:
            state += "; đã có lần sau"
        return BallotRow(
            sheet.id,
            sheet.title,
            sheet.vote,
            STAGES[sheet.stage],
            state,
            Tone.NEUTRAL if later else _TONES[view.state],
            view.why,
        )

    def _has_later(self, view: BallotView) -> bool:
        """Whether a ballot that settled nothing was followed by another on the same."""
        if view.state not in _UNDECIDED:
            return False
        return any(
            other.sheet.vote > view.sheet.vote
            and _about(other) == _about(view)
            and other.state is not BallotState.CANCELLED
            for other in self._views()
        )

    def detail(self, ballot: str) -> BallotDetail | None:
        """Everything about one ballot; ``None`` where it is gone."""
        for _number, row, told in self._loose():
            if row.id == ballot:
                return loose_detail(row, told, may_write=self.may_write)
        view = next((v for v in self._views() if v.sheet.id == ballot), None)
        found = self.assessment
        if view is None or found is None:
            return None
        sheet, names = view.sheet, Names(found)
        lines = tuple(sentence(names.sentence(line)) for line in ballot_lines(view)[2:])
        why = names.sentence(view.why)
        open_now = sheet.stage is BallotStage.OPENED and view.state is BallotState.OPEN
        return BallotDetail(
            row=self._row(view),
            subject=self._subject(view, names),
            rule="" if view.result else sentence(_capital(threshold_words(view.rule))),
            why=sentence(_capital(why)) if why and view.state not in _VOTES_TELL else "",
            lines=lines,
            next_step=self._next(view),
            counts=self._counts(view),
            votes=tuple(VoteRow(c.key, c.name or names.units.get(c.key, c.key))
                        for c in sheet.candidates),
            columns=self._columns(view),
            counted_by=sheet.counted_by,
            may_count=self.may_write and open_now,
            may_confirm=self.may_write
            and sheet.stage is BallotStage.COUNTED
            and view.state is not BallotState.VOID,
            may_recount=self.may_write and sheet.stage is BallotStage.COUNTED,
            may_cancel=self.may_write and sheet.stage is not BallotStage.CANCELLED,
        )  # fmt: skip

    def _subject(self, view: BallotView, names: Names) -> str:
        sheet = view.sheet
        where = names.clusters.get(sheet.cluster or "", "")
        assert self.assessment is not None
        listed = bound(self.assessment, sheet.keys, sheet.totals)
        if sheet.purpose != "tie":
            listed = ", ".join(c.name or names.units.get(c.key, c.key) for c in sheet.candidates)
        if sheet.form == "approve":
            words = f"Đồng ý hay không đồng ý với từng đơn vị: {listed}."
        else:
            words = f"Chọn {sheet.places} trong {len(sheet.candidates)}: {listed}."
        if where:
            words = f"{where}. {words}"
        if sheet.purpose == "tie":
            words += " Điểm của các đơn vị này thay đổi thì phiếu không còn giá trị."
        return words

    def _counts(self, view: BallotView) -> tuple[CountField, ...]:
        wanted = [n for n in COUNTS if view.rule.written or n != "written_returned"]
        return tuple(CountField(name, _capital(COUNTS[name])) for name in wanted)

    def _columns(self, view: BallotView) -> tuple[CountField, ...]:
        sheet, rule = view.sheet, view.rule
        approve = (rule.form or sheet.form) == "approve" and sheet.purpose != "tie"
        against = approve or len(sheet.candidates) == 1
        heads = {
            "votes": "Đồng ý" if approve else "Số phiếu",
            "against": "Không đồng ý",
            "written": "Văn bản đồng ý" if against else "Ý kiến văn bản",
            "written_against": "Văn bản không đồng ý",
        }
        return tuple(
            CountField(name, heads[name])
            for name in VOTES
            if (against or not name.endswith("against"))
            and (rule.written or not name.startswith("written"))
        )

    def _next(self, view: BallotView) -> str:
        """What the pack's chain asks for after this ballot."""
        found, sheet = self.assessment, view.sheet
        if found is None or sheet.purpose != "tie" or view.state is BallotState.OPEN:
            return ""
        tie = next(
            (t for t in found.ties if (t.award, t.cluster) == (sheet.award, sheet.cluster)), None
        )
        if tie is None or tie.resolved_by is not None:
            return ""
        if tie.step == "ballot":
            return f"Bước tiếp theo: bỏ phiếu lần {tie.vote}."
        if tie.step == "keys":
            return sentence(f"Bước tiếp theo: {Names(found).sentence(tie.how)}")
        chain = found.pack.rules.ties.chain
        titles = [step.title for step in chain if isinstance(step, AuthorityStep)]
        title = (titles or ["Cấp có thẩm quyền quyết định"])[0]
        return f"Bước tiếp theo: {title}. Ghi quyết định ở trang Khen thưởng."

    def due_after(self, ballot: str) -> Due | None:
        """The next vote on what a ballot was about."""
        view = next((v for v in self._views() if v.sheet.id == ballot), None)
        if view is None or not self.may_write:
            return None
        about = (view.sheet.purpose, view.sheet.award, view.sheet.cluster)
        return next(
            (due for due in self.due() if (due.purpose, due.award, due.cluster) == about), None
        )

    # ------------------------------------------------------------- counting

    def reconciliation(self, ballot: str, row: Mapping[str, Any]) -> Reconciliation:
        """What does not add up in a count that is being typed."""
        view = next(v for v in self._views() if v.sheet.id == ballot)
        faults = count_faults(view.sheet, view.rule, row)
        missing = sum(f.code == "ballot_not_recorded" for f in faults)
        told = [f.message for f in faults if f.code != "ballot_not_recorded"]
        if missing:
            told.append(f"Còn {missing} con số chưa ghi. Không có phiếu nào thì ghi 0.")
        if not told:
            return Reconciliation(True, ("Các số đã khớp nhau.",))
        return Reconciliation(False, tuple(told))

    # ------------------------------------------------------------- acting

    def open_due(self, due: Due, day: dt.date, tellers: str, then: Callable[[str], object]) -> None:
        """Opens the ballot that the result asks for."""
        self._open(due.purpose, day, tellers, {"award": due.award, "cluster": due.cluster}, then)

    def open_general(
        self, purpose: BallotPurpose, values: Mapping[str, Any], then: Callable[[str], object]
    ) -> None:
        """Opens a ballot on an award, a leader, a deputy, or anything else."""
        named = [line.strip() for line in values.get("candidates", "").splitlines()]
        more: dict[str, Any] = {"cluster": values.get("cluster") or None}
        if purpose == "award":
            more["award"] = values.get("award")
        if purpose == "free":
            more["cluster"] = None
            more["title"] = values.get("title", "")
            more["candidates"] = tuple(Candidate(name, name) for name in named if name)
        if purpose != "award" and values.get("places"):
            more["places"] = int(values["places"])
        self._open(purpose, values["on"], values.get("tellers", ""), more, then)

    def _open(
        self,
        purpose: BallotPurpose,
        day: dt.date,
        tellers: str,
        more: Mapping[str, Any],
        then: Callable[[str], object],
    ) -> None:
        names = [name.strip() for name in tellers.replace(";", ",").split(",")]
        made: list[str] = []

        def verb(desk: Desk) -> Done:
            sheet, done = open_ballot(desk, purpose, day, tellers=names, **more)
            made.append(sheet.id)
            return done

        self.acts.do("Mở phiếu bầu", verb, lambda _done: then(made[0]))

    def count(
        self,
        ballot: str,
        row: Mapping[str, Any],
        then: Callable[[Done], object],
        reason: str = "",
    ) -> None:
        """Closes a ballot with its count."""
        day = today()
        self.acts.do(
            "Ghi kết quả kiểm phiếu",
            lambda desk: enter_count(desk, ballot, row, day, reason=reason),
            then,
        )

    def confirm(
        self, ballot: str, who: str, row: Mapping[str, Any], then: Callable[[Done], object]
    ) -> None:
        """A second person confirms with a count of their own."""
        day = today()
        self.acts.do(
            "Xác nhận kết quả kiểm phiếu",
            lambda desk: confirm_count(desk, ballot, day, confirmed_by=who, row=row),
            then,
        )

    def cancel(self, ballot: str, reason: str, then: Callable[[Plan], object]) -> None:
        """Works out what taking a ballot back would bring."""
        self.acts.plan("Xem trước hệ quả", lambda desk: plan_cancelled(desk, ballot, reason), then)

    def remove(self, ballot: str, then: Callable[[Done], object]) -> None:
        """Takes out a result that was written straight into the book."""
        number = next(number for number, row, _lines in self._loose() if row.id == ballot)
        self.acts.do(
            "Bỏ kết quả ghi thẳng",
            lambda desk: remove_record(desk, "ballots", [str(number)]),
            then,
        )

    def told(self, plan: Plan) -> tuple[str, tuple[str, ...]]:
        """A plan in sentences without ids: the act, and what it would bring."""
        assert self.assessment is not None
        names = Names(self.assessment)
        said = tuple(sentence(names.sentence(words)) for words in plan.consequences)
        return sentence(names.sentence(plan.title)), said


def _about(view: BallotView) -> tuple[str | None, ...]:
    sheet = view.sheet
    return (sheet.purpose, sheet.question, sheet.award, sheet.cluster)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
