"""What the page Khóa sổ và bàn giao knows and does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.year import PeriodState
from app.ground.findings import Finding, Severity
from app.operations.handover import (
    Handover,
    YearSeal,
    handover_of,
    marked_by,
    sealed_words,
    verify_seal,
)
from app.operations.workspace.answers import adopt_answers
from app.operations.workspace.closing import PAGE_WORDS, OpenItem, closing_checklist
from app.operations.workspace.turn import (
    NamedRole,
    YearTurn,
    begin_next_year,
    look_ahead,
)
from app.operations.workspace_lifecycle import backup_workspace
from app.reports.handover import grouped
from ui.pages.closing.ahead import NextYear, next_year_words
from ui.pages.closing.answers import Answers, answers_for
from ui.places import PageId
from ui.runner import Progress, Runner
from ui.session import Session
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.operations.workspace.desk import Desk, Done
    from app.persistence.backups import Backup
    from app.persistence.verify import Verification
    from app.persistence.workspace import Workspace

_WORDS: Final = {Severity.ERROR: "Chặn", Severity.WARNING: "Cần xem", Severity.NOTE: "Ghi chú"}
_TONES: Final = {
    Severity.ERROR: Tone.ERROR,
    Severity.WARNING: Tone.WAITING,
    Severity.NOTE: Tone.INFO,
}
_ORDER: Final = list(_WORDS)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One open thing: how grave, where, what; ``page`` is where it is mended."""

    state: str
    tone: Tone
    order: int
    place: str
    message: str
    remedy: str
    page: PageId | None
    page_words: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the workspace; ``seal`` is empty while it is open."""

    id: str
    name: str
    days: str
    state: str
    tone: Tone
    seal: str
    digest: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the workspace found."""

    intact: bool
    words: str
    findings: tuple[Finding, ...]


class ClosingPresenter:
    """Looks at the year beside the window; ``shown`` is called when there is something new."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner
        self._asked = 0
        self.items: tuple[OpenRow, ...] = ()
        self.handover: Handover | None = None
        self.answers: Answers | None = None
        self.looked = False
        self.busy = False
        self.shown: Callable[[], None] = lambda: None

    # ------------------------------------------------------------- reading

    def look(self) -> None:
        """Reads checklist, years and journal anew."""
        self._asked += 1
        number, desk, officer = self._asked, self._session.desk, self._session.actor

        def work(progress: Progress) -> tuple[tuple[OpenItem, ...], Handover, Answers | None]:
            progress.tell(None)
            is_open = desk.year.state is PeriodState.OPEN
            items = closing_checklist(desk) if is_open else ()
            answers = answers_for(desk) if is_open else None
            return items, handover_of(desk.workspace, officer), answers

        def done(found: tuple[tuple[OpenItem, ...], Handover, Answers | None]) -> None:
            if number == self._asked:
                self.items = tuple(_open_row(item) for item in found[0])
                self.handover = found[1]
                self.answers = found[2]
                self.looked = True
                self.shown()

        self._runner.run("Rà các việc còn mở", work, done, quiet=True)

    @property
    def is_open(self) -> bool:
        """Whether the chosen year is open."""
        year = self._session.year
        return year is not None and year.state is PeriodState.OPEN

    @property
    def may_write(self) -> bool:
        """Whether anything can be written into the workspace."""
        workspace = self._session.workspace
        return workspace is not None and not workspace.read_only

    @property
    def year_name(self) -> str:
        """The chosen year."""
        year = self._session.year
        return year.name if year is not None else ""

    @property
    def blocked(self) -> int:
        """How many open things stand in the way of closing."""
        return sum(item.tone is Tone.ERROR for item in self.items)

    def sentence(self) -> str:
        """Where the year stands."""
        if not self.looked:
            return "Đang rà các việc còn mở…"
        if not self.is_open:
            return f"Năm {self.year_name} đã khóa sổ: xem được, không sửa được."
        more = sum(item.tone is Tone.WAITING for item in self.items)
        if self.blocked:
            return (
                f"Năm {self.year_name} chưa khóa sổ được: {self.blocked} việc chặn, "
                f"{more} việc cần xem."
            )
        rest = f" Còn {more} việc cần xem." if more else ""
        return f"Năm {self.year_name} có thể khóa sổ.{rest}"

    def years(self) -> tuple[YearRow, ...]:
        """The years of the workspace, the newest first."""
        if self.handover is None:
            return ()
        here = self._session.year
        return tuple(
            _year_row(seal, here is not None and seal.year.id == here.id)
            for seal in reversed(self.handover.years)
        )

    # ------------------------------------------------------------- closing

    def closing_words(self) -> str:
        """What closing means, asked before it."""
        more = sum(item.tone is Tone.WAITING for item in self.items)
        rest = f"Còn {more} việc cần xem; các việc này không chặn. " if more else ""
        return (
            f"{rest}Sau khi khóa sổ, số liệu năm {self.year_name} không sửa được nữa, trừ quyết "
            "định khen thưởng và văn bản phát hành. Chương trình sao lưu trước khi khóa. Mở lại "
            "sổ được khi có lý do."
        )

    def close(self, then: Callable[[Done], object]) -> None:
        """Closes the year, after a backup."""
        from app.operations.workspace.years import close_year

        self._act("Khóa sổ", close_year, then)

    def reopen(self, reason: str, then: Callable[[Done], object]) -> None:
        """Opens the year again for a reason."""
        from app.operations.workspace.years import reopen_year

        self._act("Mở lại sổ", lambda desk: reopen_year(desk, reason), then)

    def _act(
        self, title: str, verb: Callable[[Desk], Done], then: Callable[[Done], object]
    ) -> None:
        if self.busy:
            return
        desk = self._session.desk
        self.busy = True

        def work(progress: Progress) -> Done:
            progress.settle(title)
            return verb(desk)

        def done(answer: Done) -> None:
            self.busy = False
            self._session.told(answer.operation)
            then(answer)

        def failed(fault: Exception) -> None:
            self.busy = False
            raise fault

        self._runner.run(title, work, done, failed)

    # ------------------------------------------------------------- the next year

    def look_ahead(self, then: Callable[[NextYear], None]) -> None:
        """Works out what the next year would be."""
        desk = self._session.desk

        def work(progress: Progress) -> YearTurn:
            progress.tell(None)
            return look_ahead(desk)

        self._runner.run("Xem năm tiếp theo", work, lambda turn: then(next_year_words(turn)))

    def begin(
        self, chosen: Mapping[str, str], reference: str, then: Callable[[Done, str], object]
    ) -> None:
        """Opens the next year; ``chosen`` are units named for roles by the keys of the choices."""
        named = tuple(_named(key, unit, reference) for key, unit in chosen.items() if unit)
        opened: list[str] = []

        def verb(desk: Desk) -> Done:
            following, answer, _turn = begin_next_year(desk, None, named)
            opened.append(following.period)
            return answer

        self._act("Mở năm tiếp theo", verb, lambda answer: then(answer, opened[0]))

    @property
    def may_adopt(self) -> bool:
        """Whether the chosen year can take answers of the year before over."""
        return self.may_write and self.answers is not None and bool(self.answers.rows)

    def answers_of(self, period: str, then: Callable[[Answers], None]) -> None:
        """Reads which answers a year that was opened may take over."""
        desk = replace(self._session.desk, period=period)
        self._runner.run("Xem lựa chọn của năm trước", lambda _progress: answers_for(desk), then)

    def adopt(self, answers: Answers, parameters: Sequence[str]) -> Done:
        """Takes these answers over into their year; raises ``UserError``."""
        desk = replace(self._session.desk, period=answers.period)
        answer = adopt_answers(desk, parameters)
        self._session.told(answer.operation)
        return answer

    def go_to_year(self, period: str) -> None:
        """Shows another year in the whole window."""
        self._session.choose_year(period)

    # ------------------------------------------------------------- handing over

    @property
    def head(self) -> str:
        """The digest of the last act, in groups."""
        return grouped(self.handover.head) if self.handover is not None else ""

    def backup_words(self) -> str:
        """When the last backup was made, and whether it is complete."""
        handover = self.handover
        if handover is None or handover.last_backup is None:
            return "Chưa có bản sao lưu nào."
        made = f"{handover.last_backup.made:%d/%m/%Y %H:%M}"
        if handover.backed_up:
            return f"Bản gần nhất lúc {made}, có đủ mọi thao tác."
        return f"Bản gần nhất lúc {made}; sau đó còn thao tác chưa sao lưu."

    def back_up(self, then: Callable[[str], object]) -> None:
        """A verified backup, now."""
        workspace = self._workspace

        def work(progress: Progress) -> Backup:
            progress.settle("Sao lưu")
            return backup_workspace(workspace)

        def done(backup: Backup) -> None:
            then(f"Đã sao lưu vào tệp “{backup.file.name}”.")
            self.look()

        self._runner.run("Sao lưu", work, done)

    def check(self, digest: str | None, then: Callable[[Checked], None]) -> None:
        """Checks the whole workspace, and that a seal belongs to it."""
        workspace = self._workspace
        self._runner.run(
            "Kiểm tra sổ",
            lambda _progress: verify_seal(workspace, digest or None),
            lambda found: then(_checked(found, bool(digest))),
        )

    def compare(self, typed: str, then: Callable[[Checked], None]) -> None:
        """Finds the act that a paper bears the mark of, and checks the whole workspace by it."""
        workspace = self._workspace

        def work(progress: Progress) -> Checked:
            progress.tell(None)
            act = marked_by(workspace, typed)
            checked = _checked(verify_seal(workspace, act.digest), False)
            day = dt.datetime.fromisoformat(act.at)
            words = (
                f"Dấu trên giấy là của thao tác số {act.id}, lúc {day:%d/%m/%Y %H:%M}: {act.title}."
            )
            return replace(checked, words=f"{words} {checked.words}")

        self._runner.run("Đối chiếu dấu trên giấy", work, then)

    def write(self, folder: Path) -> tuple[Path, ...]:
        """The minutes of handing over; raises ``UserError``."""
        from app.operations.handover import write_handover

        return write_handover(
            handover_of(self._workspace, self._session.actor), folder, ("pdf", "xlsx")
        )

    @property
    def folder(self) -> Path:
        """Where the workspace lies."""
        return self._workspace.folder

    @property
    def _workspace(self) -> Workspace:
        workspace = self._session.workspace
        assert workspace is not None
        return workspace


def _open_row(item: OpenItem) -> OpenRow:
    finding = item.finding
    known = {page.value: page for page in PageId}
    return OpenRow(
        _WORDS[finding.severity],
        _TONES[finding.severity],
        _ORDER.index(finding.severity),
        finding.place,
        finding.message,
        finding.remedy,
        known.get(item.mends) if item.mends != "closing" else None,
        PAGE_WORDS[item.mends],
    )


def _year_row(seal: YearSeal, shown: bool) -> YearRow:
    year = seal.year
    return YearRow(
        year.id,
        year.name,
        f"{year.start:%d/%m/%Y} – {year.end:%d/%m/%Y}",
        sealed_words(seal),
        Tone.INFO if year.state is PeriodState.OPEN else Tone.GOOD,
        grouped(seal.closed.digest) if seal.closed is not None else "",
        seal.closed.digest if seal.closed is not None else "",
        shown,
    )


def _named(key: str, unit: str, reference: str) -> NamedRole:
    return NamedRole(unit, "leader" if key.startswith("leader:") else "deputy", reference)


def _checked(found: Verification, sealed: bool) -> Checked:
    if found.intact:
        seal = " Dấu niêm phong của năm nằm trong nhật ký." if sealed else ""
        words = f"Sổ nguyên vẹn: đã đối chiếu {found.operations} thao tác với số liệu.{seal}"
        return Checked(True, words, found.findings)
    errors = sum(finding.is_error for finding in found.findings)
    return Checked(False, f"Có {errors} chỗ không khớp với nhật ký.", found.findings)
