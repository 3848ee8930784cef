"""Forms out: whose forms are written for which round, and what stands in their folder already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.snapshot import Entry
from app.domain.year import RoundStage
from app.ground.findings import UserError
from app.operations.workspace.forms import form_files, write_forms
from app.persistence import books
from ui.runner import Progress, Runner
from ui.session import Session

_STAGES = {
    RoundStage.DRAFT: "Đang chấm",
    RoundStage.SUBMITTED: "Đã nộp",
    RoundStage.RETURNED: "Bị trả lại",
    RoundStage.RECALLED: "Đã rút lại",
    RoundStage.ACCEPTED: "Đã chấp nhận",
    RoundStage.SEALED: "Đã chốt điểm",
}


@dataclass(frozen=True, slots=True)
class OutRow:
    """One unit's form: whether it will be written, what it already holds, and its file."""

    unit: str
    name: str
    chosen: bool
    holds: str
    file: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and where."""

    folder: Path
    files: tuple[Path, ...]

    @property
    def sentence(self) -> str:
        """For the officer."""
        count = len(self.files)
        return f"Đã ghi {count} phiếu vào thư mục {self.folder.name or self.folder}."


class Sending:
    """The half "Gửi biểu mẫu đi". Every unit is chosen until the officer says otherwise."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner
        self._left_out: set[str] = set()
        self._round = ""
        self.folder: Path | None = None
        self.written: Written | None = None

    @property
    def rounds(self) -> tuple[tuple[str, str], ...]:
        """The rounds of the year's table: id and title."""
        packs = self._session.packs
        return () if packs is None else tuple((r.id, r.title) for r in packs.main.rules.rounds)

    @property
    def round(self) -> str:
        """The round that the forms are for: the first where none was chosen."""
        known = [round_id for round_id, _ in self.rounds]
        return self._round if self._round in known else (known[0] if known else "")

    def choose_round(self, round_id: str) -> None:
        """The forms are for this round."""
        self._round, self.written = round_id, None

    def choose_folder(self, folder: Path) -> None:
        """The forms go here."""
        self.folder, self.written = folder, None

    def toggle(self, unit: str) -> None:
        """Leaves a unit's form out, or takes it in again."""
        self._left_out ^= {unit}
        self.written = None

    def choose_all(self, every: bool) -> None:
        """All forms or none."""
        self._left_out = set() if every else set(self._session.units)

    def rows(self) -> tuple[OutRow, ...]:
        """The units of the year that have not left."""
        session = self._session
        if session.seat is None or not self.rounds:
            return ()
        round_id, seat = self.round, session.seat
        filled: dict[str, int] = {}
        for entry in self._entries():
            if entry.round == round_id and entry.pack is None:
                filled[entry.unit] = filled.get(entry.unit, 0) + 1
        stages = {
            state.unit: state.stage
            for state in seat.workspace.read(books.ROUND_STATES, seat.period)
            if state.round == round_id
        }
        return tuple(
            OutRow(
                unit,
                session.units[unit].name,
                unit not in self._left_out,
                _holds(filled.get(unit, 0), stages.get(unit, RoundStage.DRAFT)),
                file,
                self.folder is not None and (self.folder / file).exists(),
            )
            for unit, file in form_files(seat).items()
        )

    def _entries(self) -> tuple[Entry, ...]:
        """The scores as the result knows them, which is at hand; else those of the book."""
        result, seat = self._session.result, self._session.desk
        if result is not None:
            return result.assessment.snapshot.entries
        return seat.workspace.read(books.ENTRIES, seat.period)

    @property
    def refusal(self) -> str:
        """Why no form can be written now; empty where it can."""
        session = self._session
        if session.packs is None:
            return "Năm này chưa có bảng tiêu chí dùng được nên chưa xuất được phiếu."
        if not session.units:
            return "Năm này chưa có đơn vị nào nên chưa có phiếu để xuất."
        return ""

    def sentence(self) -> str:
        """What would be written."""
        if self.refusal:
            return self.refusal
        rows = self.rows()
        chosen = [row for row in rows if row.chosen]
        if not chosen:
            return "Chưa chọn đơn vị nào để xuất phiếu."
        title = dict(self.rounds)[self.round]
        if self.written is not None:
            return f"{self.written.sentence} Gửi các tệp này cho đơn vị tự chấm."
        words = f"Sẽ xuất {len(chosen)}/{len(rows)} phiếu của vòng “{title}”"
        standing = sum(row.stands for row in chosen)
        return words + (f", {standing} tệp đã có trong thư mục." if standing else ".")

    def in_the_way(self) -> tuple[str, ...]:
        """The files of chosen units that stand in the folder already."""
        return tuple(row.file for row in self.rows() if row.chosen and row.stands)

    def write(
        self,
        done: Callable[[Written], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        overwrite: bool = False,
    ) -> None:
        """Writes the chosen forms into the folder, off the window's thread."""
        seat, folder = self._session.desk, self.folder
        assert folder is not None
        round_id = self.round
        units = [row.unit for row in self.rows() if row.chosen]

        def work(progress: Progress) -> Written:
            def told(share: float, name: str) -> None:
                if share < 1:
                    progress.tell(share, f"Lập phiếu {name}")
                else:
                    progress.settle("Ghi các phiếu vào thư mục")

            files = write_forms(seat, folder, round_id, units, overwrite=overwrite, told=told)
            return Written(folder, files)

        def finished(written: Written) -> None:
            self.written = written
            done(written)

        self._runner.run("Xuất biểu mẫu tự chấm", work, finished, failed)


def only_stands_in_the_way(fault: Exception) -> bool:
    """Whether nothing but files that are there already stood in the way."""
    return isinstance(fault, UserError) and {f.code for f in fault.findings} == {"file_exists"}


def _holds(filled: int, stage: RoundStage) -> str:
    if not filled:
        return "Phiếu trống"
    return f"{_STAGES[stage]}, có {filled} ô"
