"""Figures that an agency is asked for: typed, pasted or out of the Excel form, row by row.

The agency that was asked answers by a signed package; the leader who asked takes a filled form in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.exchange.figures_form import Place
from app.exchange.packages import Contents
from app.exchange.packages.shapes import FigureCell, FiguresSheet
from app.ground.findings import UserError
from app.ground.text import folded
from app.operations.exchange.answering import (
    Request,
    form_answers,
    request_of_form,
    send_answer,
    take_answers,
    typed_answer,
    write_request_form,
)
from app.operations.exchange.packing import Envelope
from app.operations.exchange.sending import sender_name
from app.operations.workspace.desk import Desk, Done
from ui.flows.outgoing import Outcome, keep_folder, kept_folder
from ui.flows.own_key import OwnKey
from ui.preferences import Preferences
from ui.runner import Progress, Runner
from ui.session import Session
from ui.widgets.typed import as_typed

FORM_NAME: Final = "phieu-so-lieu.xlsx"
_KINDS: Final = {
    "number": "số",
    "count": "số nguyên",
    "yes_no": "có hoặc không",
    "date": "ngày",
    "level": "mức",
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one unit: what is asked, what was typed, from where, and what is wrong."""

    place: Place
    unit: str
    criterion: str
    question: str
    kind: str
    typed: str
    source: str
    fault: str


@dataclass(slots=True)
class _Typed:
    text: str = ""
    source: str = ""
    value: Any = None
    fault: str = ""


class Answering:
    """One sheet of figures, asked of us or answered to us."""

    def __init__(
        self, session: Session, runner: Runner, preferences: Preferences, key: OwnKey
    ) -> None:
        self._session, self._runner = session, runner
        self._preferences, self.key = preferences, key
        self._asked: Mapping[str, Any] = {}
        self._cells: Mapping[Place, FigureCell] = {}
        self._typed: dict[Place, _Typed] = {}
        self._due: dt.date | None = None
        self.request: Request | None = None
        self.name = ""
        self.outcome: Outcome | None = None

    # ------------------------------------------------------------- which sheet

    @property
    def is_open(self) -> bool:
        """Whether a sheet is in sight."""
        return bool(self._cells)

    @property
    def is_ours(self) -> bool:
        """Whether we asked, and the sheet is a form that came back."""
        return self.is_open and self.request is None

    def open_request(self, name: str, contents: Contents, digest: str) -> None:
        """Opens what we are asked for; what was typed for the same request stays."""
        assert contents.figures is not None
        if self.request is not None and self.request[1] == digest:
            return
        self._open(name, contents.figures)
        self.request = contents, digest

    def open_form(
        self,
        file: Path,
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Opens a filled form that came back without a package."""
        seat = self._session.desk

        def work(progress: Progress) -> tuple[dict[str, Any], dict[Place, tuple[Any, str]]]:
            progress.tell(None, f"Đọc phiếu {file.name}")
            asked = request_of_form(seat, file)
            return asked, form_answers(asked, file)

        def finished(read: tuple[dict[str, Any], dict[Place, tuple[Any, str]]]) -> None:
            self._open(file.name, read[0])
            self._take_over(read[1])
            done()

        self._runner.run("Đọc phiếu số liệu", work, finished, failed)

    def _open(self, name: str, asked: Mapping[str, Any]) -> None:
        self.clear()
        self.name, self._asked = name, asked
        sheet = FiguresSheet.model_validate(asked)
        self._cells, self._due = {_place(cell): cell for cell in sheet.cells}, sheet.due

    def clear(self) -> None:
        """Puts the sheet away."""
        self._asked, self._cells, self._typed, self._due = {}, {}, {}, None
        self.request, self.name, self.outcome = None, "", None

    # ------------------------------------------------------------- rows

    def rows(self, words: str = "") -> tuple[FigureRow, ...]:
        """The figures in their order; with ``words`` those in which they occur."""
        wanted = folded(words.strip())
        rows = (self._row(place, cell) for place, cell in self._cells.items())
        return tuple(
            row for row in rows if wanted in folded(f"{row.unit} {row.criterion} {row.question}")
        )

    def _row(self, place: Place, cell: FigureCell) -> FigureRow:
        typed = self._typed.get(place, _Typed())
        return FigureRow(
            place,
            cell.unit_name,
            f"{cell.criterion} {cell.title}".strip(),
            cell.question,
            cell.note[:1].lower() + cell.note[1:] if cell.note else _KINDS[cell.kind],
            typed.text,
            typed.source,
            typed.fault,
        )

    def put(self, place: Place, text: str) -> None:
        """Takes over what was typed for one figure; empty takes the answer away."""
        self.outcome = None
        typed = self._typed.setdefault(place, _Typed())
        typed.text, typed.value, typed.fault = text.strip(), None, ""
        if not typed.text:
            return
        try:
            typed.value = typed_answer(self._cells[place].model_dump(), typed.text)
        except UserError as fault:
            finding = fault.findings[0]
            typed.fault = f"{finding.message} {finding.remedy or ''}".strip()

    def put_source(self, place: Place, text: str) -> None:
        """Takes over from where a figure is."""
        self.outcome = None
        self._typed.setdefault(place, _Typed()).source = text.strip()

    def paste(self, places: Sequence[Place], text: str, *, source: bool) -> int:
        """Puts copied cells into rows from the first place on, one line a row.

        The first column goes to the answer (or with ``source`` to the source), a second one to the
        source. Answers how many rows took something.
        """
        lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
        for place, line in zip(places, lines, strict=False):
            first, *more = line.split("\t")
            if source:
                self.put_source(place, first)
                continue
            self.put(place, first)
            if more:
                self.put_source(place, more[0])
        return min(len(places), len(lines))

    def fill(
        self,
        form: Path,
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Fills the table out of the Excel form; rows that the form leaves empty stay."""
        asked = self._asked

        def work(progress: Progress) -> dict[Place, tuple[Any, str]]:
            progress.tell(None, f"Đọc phiếu {form.name}")
            return form_answers(asked, form)

        def finished(answers: dict[Place, tuple[Any, str]]) -> None:
            self._take_over(answers)
            done()

        self._runner.run("Đọc phiếu số liệu", work, finished, failed)

    def _take_over(self, answers: Mapping[Place, tuple[Any, str]]) -> None:
        for place, (value, source) in answers.items():
            self._typed[place] = _Typed(_words(value), source, value)

    def write_form(self, out: Path) -> Path:
        """Writes the Excel form for whoever fills it in elsewhere; raises ``UserError``."""
        assert self.request is not None
        return write_request_form(self.request[0], out, overwrite=True)

    # ------------------------------------------------------------- how it stands

    @property
    def answers(self) -> dict[Place, tuple[Any, str]]:
        """What was answered and could be read."""
        return {
            place: (typed.value, typed.source)
            for place, typed in self._typed.items()
            if typed.value is not None
        }

    @property
    def faults(self) -> int:
        """How many answers cannot be read."""
        return sum(bool(typed.fault) for typed in self._typed.values())

    @property
    def verb(self) -> str:
        """The next thing to do, as its button says it."""
        if self.faults:
            return f"Xem {self.faults} số liệu chưa đọc được"
        if self.is_ours:
            return f"Nhập {len(self.answers)} số liệu vào sổ"
        return "Ký và ghi gói trả lời…"

    def sentence(self) -> str:
        """How far the sheet is."""
        agency = self._asked.get("agency", "")
        asked, answered = len(self._cells), len(self.answers)
        if self.is_ours:
            words = f"Phiếu {self.name} của {agency}: có {answered}/{asked} số liệu"
        else:
            until = f", trả lời trước hết ngày {self._due:%d/%m/%Y}" if self._due else ""
            words = f"Đề nghị {agency} cung cấp{until} · đã ghi {answered}/{asked} số liệu"
        if self.faults:
            words += f" · {self.faults} số liệu chưa đọc được"
        return f"{words}."

    @property
    def sender(self) -> str:
        """By which name the answer is signed: the house's own, or the agency that was asked."""
        workspace = self._session.workspace
        if workspace is not None:
            try:
                return sender_name(workspace)
            except UserError:
                pass
        return str(self._asked.get("agency", ""))

    @property
    def folder(self) -> Path | None:
        """Where packages were written last."""
        return kept_folder(self._preferences)

    # ------------------------------------------------------------- acting

    def send(
        self,
        sender: str,
        passphrase: str,
        folder: Path,
        done: Callable[[Outcome], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Signs the answer with the own key and writes it into a folder."""
        seat, request, answers, key = self._session.desk, self.request, self.answers, self.key
        assert request is not None

        def work(progress: Progress) -> Outcome:
            progress.tell(None, "Mở khóa của đơn vị")
            signing = key.opened(passphrase)
            progress.settle("Lập gói trả lời, ký và ghi ra tệp")
            sent = send_answer(seat, request, answers, Envelope(sender), signing, folder)
            return Outcome(sent, signing.public)

        def finished(outcome: Outcome) -> None:
            self.outcome = outcome
            key.remember(outcome.key)
            keep_folder(self._preferences, folder)
            self._session.told(outcome.sent.done.operation)
            done(outcome)

        self._runner.run("Gửi số liệu", work, finished, failed)

    def take(self, desk: Desk) -> Done:
        """Takes the answers of a form into the book; raises ``UserError``."""
        return take_answers(desk, self._asked, self.answers)


def _place(cell: FigureCell) -> Place:
    return cell.unit, cell.criterion, cell.figure


def _words(value: Any) -> str:
    """A value that was read, as an officer would type it."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return as_typed(value)
