"""What came: a file is looked at, its changes read, conflicts decided, then all taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.year import PeriodRecord
from app.exchange.packages import Contents, Kind, PackageStatus, PublicKey
from app.ground.findings import Finding
from app.ground.text import same_words
from app.operations.exchange.differences import Difference
from app.operations.exchange.looking import Look, look
from app.operations.exchange.register import Age
from app.operations.exchange.taking_in import Side, take_in
from app.operations.workspace.desk import Done
from app.persistence import books
from ui.flows.beginning import Keys
from ui.flows.own_key import OwnKey
from ui.flows.trust import Trust, Verdict
from ui.pages.exchange.presenter.answering import Answering
from ui.pages.exchange.presenter.changes import ChangeRow, Taken, taken_words
from ui.pages.exchange.presenter.steps import (
    CHANGING,
    Next,
    is_of_another_year,
    own_year_of,
    way_out,
)
from ui.pages.exchange.presenter.verdict import verdict_of
from ui.runner import Progress, Runner
from ui.session import Session


class Receiving:
    """The half "Nhận": one package at a time."""

    def __init__(self, session: Session, runner: Runner, key: OwnKey, answering: Answering) -> None:
        self._session, self._runner, self.key = session, runner, key
        self.answering = answering
        self._question = 0
        self._opened: Keys = (None, "")
        self.file: Path | None = None
        self.seen: Look | None = None
        self.decisions: dict[str, Side] = {}
        self.leave_beyond = False
        self.taken: Taken | None = None

    # ------------------------------------------------------------- the file

    @property
    def refusal(self) -> str:
        """Why the next step cannot be taken here; looking at a package is always possible."""
        workspace = self._session.workspace
        if workspace is not None and workspace.read_only and self.next in CHANGING:
            return "Sổ chỉ đọc: xem được gói nhưng không nhận, không trả lời được ở đây."
        return ""

    def look_at(
        self,
        file: Path,
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        passphrase: str = "",
        own: str = "",
    ) -> None:
        """Looks at a file; ``passphrase`` is the package's, ``own`` that of the own key."""

        def opened() -> Keys:
            return (self.key.opened(own) if own else None), passphrase

        self._ask(file, opened, done, failed)

    def look_again(self, done: Callable[[], None]) -> None:
        """Holds the package against the book anew, after something has changed."""
        known = self._opened
        if self.file is not None:
            self._ask(self.file, lambda: known, done, None)

    def clear(self) -> None:
        """Puts the package away; nothing of it was kept."""
        self._question += 1
        self.answering.clear()
        self.file, self.seen, self.taken = None, None, None
        self._opened, self.decisions, self.leave_beyond = (None, ""), {}, False

    def _ask(
        self,
        file: Path,
        opened: Callable[[], Keys],
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None,
    ) -> None:
        self._question += 1
        question, seat = self._question, self._session.desk

        def work(progress: Progress) -> tuple[Look, Keys]:
            progress.tell(None, f"Đọc gói {file.name}")
            key, passphrase = opened()
            progress.tell(None, f"So gói {file.name} với sổ và tính lại kết quả")
            return look(seat, file, key=key, passphrase=passphrase), (key, passphrase)

        def finished(answer: tuple[Look, Keys]) -> None:
            if question != self._question:
                return
            if file != self.file:
                self.decisions, self.leave_beyond, self.taken = {}, False, None
            self.file, (self.seen, self._opened) = file, answer
            open_ones = {one.name for one in self.seen.conflicts}
            self.decisions = {n: s for n, s in self.decisions.items() if n in open_ones}
            self._open_request(file)
            done()

        self._runner.run("Đọc gói", work, finished, failed)

    def open_form(self, file: Path, done: Callable[[], None]) -> None:
        """Opens the form of a request that came back filled in, without a package."""
        self.clear()
        self.answering.open_form(file, done)

    def _open_request(self, file: Path) -> None:
        """Lays what is asked of us ready for the answer; nothing else stays ready."""
        contents, status = self._asked, None if self.seen is None else self.seen.status
        if contents is None or status is None or status.digest is None:
            self.answering.clear()
        else:
            self.answering.open_request(file.name, contents, status.digest)

    @property
    def _asked(self) -> Contents | None:
        """The request of figures in sight, unless it may be forged."""
        seen = self._shown
        contents = None if seen is None else seen.status.contents
        asks = contents is not None and contents.head.kind is Kind.FIGURES_REQUEST
        return contents if asks else None

    # ------------------------------------------------------------- what it says

    @property
    def verdict(self) -> Verdict | None:
        """Whether the package in sight may be trusted."""
        return None if self.seen is None else verdict_of(self.seen, self._retired())

    def _retired(self) -> str:
        """Why the key that signed is not trusted any more; empty where nobody said so."""
        key = None if self.seen is None else self.seen.status.key
        workspace = self._session.workspace
        if key is None or workspace is None:
            return ""
        told = [s.retired for s in workspace.read(books.SENDERS) if s.key == key.raw.hex()]
        return told[0] if told else ""

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What stands in the way, or should be known besides."""
        return () if self.seen is None or self._asked is not None else self.seen.problems

    @property
    def _shown(self) -> Look | None:
        """What the package says, unless it may be forged: then nothing of it is shown."""
        verdict = self.verdict
        open_to_read = verdict is not None and verdict.trust in (Trust.KNOWN, Trust.STRANGER)
        return self.seen if open_to_read else None

    @property
    def _compared(self) -> Look | None:
        """The same, where it can be held against this year."""
        seen = self._shown
        return None if seen is None or is_of_another_year(seen) else seen

    def changes(self) -> tuple[ChangeRow, ...]:
        """What would be taken as it is."""
        return () if self._compared is None else tuple(map(self._row, self._compared.changes))

    def conflicts(self) -> tuple[ChangeRow, ...]:
        """What both sides changed."""
        return () if self._compared is None else tuple(map(self._row, self._compared.conflicts))

    def beyond(self) -> tuple[ChangeRow, ...]:
        """What the sender may not change here."""
        return () if self._compared is None else tuple(map(self._row, self._compared.beyond))

    def _row(self, one: Difference) -> ChangeRow:
        what = one.what.removeprefix(f"{one.unit_name}, ") if one.unit_name else one.what
        return ChangeRow(
            one.name,
            one.unit_name,
            what[:1].upper() + what[1:],
            one.ours,
            one.theirs,
            one.sentence,
            self.decisions.get(one.name),
        )

    @property
    def open_conflicts(self) -> int:
        """How many conflicts still need a decision."""
        return sum(row.side is None for row in self.conflicts())

    @property
    def count(self) -> int:
        """How many rows would change if the package were taken in as decided."""
        theirs = sum(row.side is Side.THEIRS for row in self.conflicts())
        return len(self.changes()) + theirs

    def recompute_lines(self) -> tuple[str, ...]:
        """Whether scoring again gives the sender's result, and if not, both ways to the number.

        Nothing where the package brings no result.
        """
        seen = self._compared
        if seen is None or seen.recompute is None:
            return ()
        lines = [seen.recompute.sentence]
        first = seen.recompute.first
        if first is not None and (first.their_reasons or first.our_reasons):
            lines += ["", f"Nơi gửi tính ({first.theirs}):", *first.their_reasons]
            lines += ["", f"Sổ này tính ({first.ours}):", *first.our_reasons]
        return tuple(lines)

    @property
    def next(self) -> Next:
        """The next thing to do."""
        verdict, seen = self.verdict, self.seen
        if self.answering.is_open:
            return Next.CHOOSE if self.answering.outcome is not None else Next.ANSWER
        if seen is None or verdict is None or self.taken is not None:
            return Next.CHOOSE
        if verdict.trust is Trust.STRANGER:
            return Next.CONFIRM
        if verdict.trust is not Trust.KNOWN or seen.age is Age.SAME:
            return Next.NOTHING
        if not seen.acceptable:
            return self._way_out[0]
        if self.open_conflicts:
            return Next.DECIDE
        if seen.beyond and not self.leave_beyond:
            return Next.AGREE
        return Next.TAKE

    @property
    def _way_out(self) -> tuple[Next, str]:
        """What can be done with what this year does not take."""
        known = self.seen is not None and self.verdict is not None
        if not known or self.verdict is None or self.verdict.trust is not Trust.KNOWN:
            return Next.NOTHING, ""
        assert self.seen is not None
        return way_out(self.seen, self._session.years)

    @property
    def own_year(self) -> PeriodRecord | None:
        """The other year of this workspace that the package in sight belongs to."""
        return None if self.seen is None else own_year_of(self.seen, self._session.years)

    @property
    def verb(self) -> str:
        """The next thing to do, as its button says it."""
        match self.next:
            case Next.ANSWER:
                return self.answering.verb
            case Next.YEAR if self.own_year is not None:
                return f"Sang năm {self.own_year.name} và xem lại gói"
            case Next.REOPEN:
                return "Tới trang Khóa sổ"
            case Next.CONFIRM:
                return "Xác nhận nơi gửi…"
            case Next.DECIDE:
                return f"Quyết định {self.open_conflicts} mục hai bên cùng sửa"
            case Next.AGREE:
                return f"Xem {len(self.beyond())} mục không được sửa"
            case Next.BEGIN:
                return "Lập sổ mới từ gói này…"
            case Next.TAKE:
                return f"Nhận {self.count} thay đổi" if self.count else "Ghi nhận gói"
        return "Chọn gói…"

    def sentence(self) -> str:
        """Where the receiving stands."""
        if self.refusal:
            return self.refusal
        if self.answering.is_open:
            return self.answering.sentence()
        if self.taken is not None:
            return self.taken.sentence
        if self.seen is None:
            return "Chọn hoặc kéo thả một gói; chương trình xem trước, chưa ghi gì vào sổ."
        if self._way_out[1]:
            return self._way_out[1]
        parts = [f"Gói {self.seen.name}"]
        for rows, words in (
            (self.changes(), "thay đổi"),
            (self.conflicts(), "mục hai bên cùng sửa"),
            (self.beyond(), "mục không được sửa"),
        ):
            if rows:
                parts.append(f"{len(rows)} {words}")
        if self._compared is not None and self.seen.kept:
            parts.append(f"giữ nguyên {self.seen.kept} mục mà chỉ sổ này đã sửa")
        if len(parts) == 1 and self.next is Next.TAKE:
            parts.append("không có gì phải thay đổi trong sổ")
        return " · ".join(parts) + "."

    # ------------------------------------------------------------- deciding

    def decide(self, name: str, side: Side | None) -> None:
        """Settles one conflict, or opens it again."""
        if side is None:
            self.decisions.pop(name, None)
        else:
            self.decisions[name] = side

    def decide_all(self, side: Side) -> None:
        """Settles every conflict by one rule."""
        self.decisions = {row.name: side for row in self.conflicts()}

    def take_in(self, done: Callable[[], None]) -> None:
        """Takes the package in, as one act that can be undone."""
        seen = self.seen
        if seen is None or self.next is not Next.TAKE:
            return
        seat, decisions, leave = self._session.desk, dict(self.decisions), self.leave_beyond
        count, kept = self.count, len(seen.conflicts) - (self.count - len(seen.changes))

        def work(progress: Progress) -> Done:
            progress.settle("Ghi các thay đổi vào sổ")
            return take_in(seat, seen, decisions, leave_beyond=leave)

        def finished(answer: Done) -> None:
            assert answer.operation is not None
            self._question += 1
            self.taken = Taken(taken_words(seen, count, kept), answer.operation.id)
            self.seen, self.file, self.decisions = None, None, {}
            self._session.told(answer.operation)
            done()

        self._runner.run("Nhận gói", work, finished)

    @property
    def held(self) -> tuple[Path, PackageStatus, Keys] | None:
        """The package in sight with what opened it, where a workspace can be made out of it."""
        if self.file is None or self.seen is None or self.next is not Next.BEGIN:
            return None
        return self.file, self.seen.status, self._opened

    def forget_old(self) -> None:
        """What was taken in is not spoken of any more once something else was done."""
        last = self._session.last_operation
        if self.taken is not None and last is not None and last.id != self.taken.operation:
            self.taken = None

    # ------------------------------------------------------------- the stranger

    @property
    def stranger(self) -> tuple[str, PublicKey] | None:
        """Who signed the package in sight without being known."""
        verdict, seen = self.verdict, self.seen
        if seen is None or verdict is None or verdict.trust is not Trust.STRANGER:
            return None
        assert seen.status.head is not None
        assert seen.status.key is not None
        return seen.status.head.sender.name, seen.status.key

    @property
    def likely_unit(self) -> str:
        """Which unit of this year the stranger says to be; empty where none."""
        head = None if self.seen is None else self.seen.status.head
        if head is None:
            return ""
        units = self._session.units
        named = [unit.id for unit in units.values() if same_words(unit.name, head.sender.name)]
        stated = head.sender.unit if head.kind is Kind.SELF_SCORE else None
        return (named or [stated if stated in units else ""])[0] or ""
