"""Forms in: every file looked at, then those without faults taken in as one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.ground.findings import Finding, Severity
from app.ground.numbers import vietnamese
from app.operations.workspace.desk import Done
from app.operations.workspace.forms import keep_forms
from app.operations.workspace.forms_look import (
    CellChange,
    FileState,
    FormCell,
    FormsLook,
    LookedFile,
    preview_forms,
)
from app.operations.workspace.imports import Import, import_facts, import_table
from app.operations.workspace.rounds import submit_round
from app.persistence.journal import Operation
from ui.runner import Progress, Runner
from ui.session import Session
from ui.theme.tokens import Tone

_WORDS = {
    FileState.READY: "Nhận được",
    FileState.NOTHING_NEW: "Không có gì mới",
    FileState.DOUBLE: "Trùng phiếu khác",
    FileState.REFUSED: "Chưa nhận được",
}
_TONES = {
    FileState.READY: Tone.GOOD,
    FileState.NOTHING_NEW: Tone.NEUTRAL,
    FileState.DOUBLE: Tone.NEUTRAL,
    FileState.REFUSED: Tone.ERROR,
}
_ORDER = {CellChange.CHANGED: 0, CellChange.NEW: 1, CellChange.SAME: 2}
CHANGES = {
    CellChange.NEW: "Chưa có",
    CellChange.CHANGED: "Khác",
    CellChange.SAME: "Như phiếu",
}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in the list."""

    file: LookedFile
    unit: str
    state: str
    tone: Tone
    problems: str

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.path.name

    @property
    def has_form(self) -> bool:
        """Whether it could be read as a form."""
        return self.file.unit is not None


@dataclass(frozen=True, slots=True)
class Mover:
    """One unit whose total or rank the forms would change."""

    unit: str
    total: str
    rank: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in, and whose round can be noted as handed in now."""

    sentence: str
    units: tuple[str, ...]
    round: str
    round_title: str
    operation: int

    @property
    def next(self) -> str:
        """What comes after, in a sentence."""
        if not self.units:
            return f"{self.sentence} Vòng sau chấm được ở trang Chấm điểm."
        return (
            f"Bước tiếp theo: nếu {len(self.units)} đơn vị này đã nộp chính thức vòng "
            f"“{self.round_title}” thì ghi nhận đã nộp, để vòng sau chấm được."
        )


class Receiving:
    """The half "Nhận biểu mẫu về": the files, what they say, and taking them in."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner
        self._question = 0
        self.paths: tuple[Path, ...] = ()
        self.look: FormsLook | None = None
        self.taken: Taken | None = None

    # ------------------------------------------------------------- the files

    @property
    def refusal(self) -> str:
        """Why nothing can be taken in now; empty where it can."""
        session = self._session
        if not session.may_write:
            return (
                "Sổ chỉ đọc nên không nhận biểu mẫu được."
                if session.workspace is not None and session.workspace.read_only
                else "Năm này đã khóa sổ nên không nhận biểu mẫu được."
            )
        if session.packs is None:
            return "Năm này chưa có bảng tiêu chí dùng được nên chưa nhận được biểu mẫu."
        return "" if session.units else "Năm này chưa có đơn vị nào."

    def look_at(
        self,
        files: Iterable[Path],
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Looks into further files or folders beside those that are listed already."""
        known = dict.fromkeys(self.paths)
        known.update(dict.fromkeys(Path(file) for file in files))
        self._ask(tuple(known), done, failed)

    def leave_out(self, path: Path, done: Callable[[], None]) -> None:
        """Takes a file off the list."""
        there = [file.path for file in self.look.files] if self.look is not None else self.paths
        self._ask(tuple(file for file in there if file != path), done)

    def look_again(self, done: Callable[[], None]) -> None:
        """Holds the files against the book anew, after the book has changed."""
        self._ask(self.paths, done)

    def clear(self) -> None:
        """Begins anew."""
        self._question += 1
        self.paths, self.look, self.taken = (), None, None

    def _ask(
        self,
        paths: tuple[Path, ...],
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._question += 1
        question, seat = self._question, self._session.desk
        if not paths:
            self.clear()
            done()
            return

        def work(progress: Progress) -> FormsLook:
            return preview_forms(
                seat, paths, lambda share, name: progress.tell(share, f"Đọc phiếu {name}".strip())
            )

        def finished(look: FormsLook) -> None:
            if question == self._question:
                self.paths, self.look, self.taken = paths, look, None
                done()

        self._runner.run("Đọc biểu mẫu", work, finished, failed)

    # ------------------------------------------------------------- what they say

    def rows(self) -> tuple[FileRow, ...]:
        """The files in the order in which they came."""
        if self.look is None:
            return ()
        return tuple(self._row(file) for file in self.look.files)

    def _row(self, file: LookedFile) -> FileRow:
        unit = self._session.units.get(file.unit or "")
        errors = sum(finding.severity is Severity.ERROR for finding in file.findings)
        warnings = sum(finding.severity is Severity.WARNING for finding in file.findings)
        words = [f"{errors} lỗi"] * bool(errors) + [f"{warnings} cần xem"] * bool(warnings)
        return FileRow(
            file,
            unit.name if unit is not None else "Không nhận ra đơn vị",
            _WORDS[file.state],
            _TONES[file.state],
            ", ".join(words),
        )

    def cells(self, file: LookedFile) -> tuple[FormCell, ...]:
        """The cells of a file: what changes first, each in the order of the table."""
        return tuple(sorted(file.cells, key=lambda cell: _ORDER[cell.change]))

    def words_about(self, file: LookedFile) -> str:
        """What a file brings, in a sentence."""
        if file.unit is None:
            return "Tệp này không đọc được như một phiếu tự chấm của năm đang mở."
        new, changed = file.count(CellChange.NEW), file.count(CellChange.CHANGED)
        parts = [
            f"Tệp {file.path.name}: {len(file.cells)} ô đã ghi, {new} ô mới, {changed} ô khác sổ"
        ]
        if file.blank:
            parts.append(f"{len(file.blank)} ô để trống")
        if file.papers:
            parts.append(f"{file.papers} minh chứng ({file.new_papers} mới)")
        if file.computed_total is not None:
            parts.append(f"tổng tính được {vietnamese(file.computed_total, 2)}")
        return "; ".join(parts) + "."

    def general(self) -> tuple[Finding, ...]:
        """What concerns several files at once."""
        return () if self.look is None else self.look.findings

    def movers(self) -> tuple[Mover, ...]:
        """Whose totals and ranks would change, in the officer's order of units."""
        if self.look is None:
            return ()
        totals = {
            m.unit: f"{_number(m.old)} → {_number(m.new)}"
            for m in self.look.moves
            if m.what == "points" and m.criterion is None and m.pack is None
        }
        ranks = {
            m.unit: f"{m.old or 'chưa xếp'} → {m.new or 'chưa xếp'}"
            for m in self.look.moves
            if m.what == "rank" and m.pack is None
        }
        return tuple(
            Mover(unit.name, totals.get(unit.id, "không đổi"), ranks.get(unit.id, "không đổi"))
            for unit in self._session.units.values()
            if unit.id in totals or unit.id in ranks
        )

    def missing(self) -> str:
        """Who has sent no form, in a sentence; empty where few have (it is not the time to ask)."""
        if self.look is None or not 0 < len(self.look.missing) <= len(self._session.units) / 2:
            return ""
        names = [self._session.units[u].name for u in self.look.missing if u in self._session.units]
        listed = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        return f"Chưa có phiếu của {len(names)} đơn vị: {listed}."

    @property
    def ready(self) -> int:
        """How many forms can be taken in."""
        return 0 if self.look is None else len(self.look.readings)

    def sentence(self) -> str:
        """Where the taking in stands."""
        if self.refusal:
            return self.refusal
        if self.taken is not None:
            return self.taken.sentence
        if self.look is None:
            return "Chọn hoặc kéo thả các phiếu mà đơn vị gửi về; xem trước rồi mới nhận vào sổ."
        counts = dict.fromkeys(FileState, 0)
        for file in self.look.files:
            counts[file.state] += 1
        parts = [f"Đã đọc {len(self.look.files)} tệp"]
        for state, words in (
            (FileState.READY, "nhận được"),
            (FileState.NOTHING_NEW, "không có gì mới"),
            (FileState.DOUBLE, "trùng"),
            (FileState.REFUSED, "chưa nhận được"),
        ):
            if counts[state]:
                parts.append(f"{counts[state]} {words}")
        if self.look.missing:
            parts.append(f"còn {len(self.look.missing)} đơn vị chưa có phiếu")
        return " · ".join(parts) + "."

    # ------------------------------------------------------------- taking in

    def take_in(self, done: Callable[[], None]) -> None:
        """Takes in the forms without faults, as one act that can be undone."""
        session, look = self._session, self.look
        if look is None or not look.readings:
            return
        seat, readings = session.desk, look.readings

        def work(progress: Progress) -> Import:
            progress.settle("Ghi điểm và minh chứng vào sổ")
            return keep_forms(seat, readings, apply=True)

        def finished(kept: Import) -> None:
            assert kept.done is not None
            units = tuple(form.unit for form in readings)
            round_id = readings[0].round
            titles = {r.id: r.title for r in session.packs.main.rules.rounds}  # type: ignore[union-attr]
            self._question += 1
            self.paths, self.look = (), None
            self.taken = Taken(
                f"Đã nhận {len(units)} phiếu vào sổ. Bấm Hoàn tác (Ctrl+Z) nếu cần lấy lại.",
                units,
                round_id,
                titles[round_id],
                self._number(kept.done.operation),
            )
            session.told(kept.done.operation)
            done()

        self._runner.run("Nhận biểu mẫu vào sổ", work, finished)

    def hand_in(self, on: dt.date) -> Done:
        """Notes that the units whose forms were taken in have handed the round in."""
        taken = self.taken
        assert taken is not None
        done = self._session.act(lambda desk: submit_round(desk, taken.round, taken.units, on))
        self.taken = Taken(
            f"Đã ghi nhận {len(taken.units)} đơn vị nộp vòng “{taken.round_title}”.",
            (),
            taken.round,
            taken.round_title,
            self._number(done.operation),
        )
        return done

    def _number(self, operation: Operation | None) -> int:
        """The operation's number; that of the last one where nothing had to change."""
        known = operation or self._session.last_operation
        return known.id if known is not None else 0

    def forget_old(self) -> None:
        """What was taken in is not spoken of any more once something else was done."""
        last = self._session.last_operation
        if self.taken is not None and last is not None and last.id != self.taken.operation:
            self.taken = None

    # ------------------------------------------------------------- other files

    def look_at_other(self, file: Path, done: Callable[[Import], None]) -> None:
        """What a table of scores, or a file with the facts of the year, would change."""
        self._run_other(file, done, apply=False)

    def take_in_other(self, file: Path, done: Callable[[Import], None]) -> None:
        """Takes such a file in."""

        def finished(kept: Import) -> None:
            assert kept.done is not None
            self._session.told(kept.done.operation)
            done(kept)

        self._run_other(file, finished, apply=True)

    def _run_other(self, file: Path, done: Callable[[Import], None], *, apply: bool) -> None:
        seat = self._session.desk
        verb = import_facts if is_facts(file) else import_table

        def work(progress: Progress) -> Import:
            progress.tell(None, f"Đọc tệp {file.name}")
            if apply:
                progress.settle(f"Ghi số liệu của tệp {file.name} vào sổ")
            return verb(seat, file, apply=apply)

        self._runner.run("Đọc tệp số liệu", work, done)


def is_facts(file: Path) -> bool:
    """Whether a file holds the facts of a whole year, by its name."""
    return file.suffix.lower() == ".toml"


def _number(value: str | int | None) -> str:
    return "–" if value is None else str(value).replace(".", ",")
