"""The matrix of the overview: where each unit stands in each round; without Qt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.year import (
    DeadlineException,
    PeriodState,
    Registration,
    RoundStage,
    RoundState,
)
from app.ground.text import dictionary_key
from app.operations.workspace.boards import Board, UnitLine, open_cells
from app.operations.workspace.desk import Desk
from app.operations.workspace.rounds import last_day
from app.persistence import books
from app.scoring.assessment import Assessment
from ui.pages.overview.facts import MatrixCell, MatrixRow
from ui.places import PageId, Place
from ui.theme.tokens import Tone

_STAGES: Final[Mapping[RoundStage, tuple[str, Tone | None, str, int]]] = {
    RoundStage.DRAFT: ("Chưa chấm", None, "circle", 0),
    RoundStage.RECALLED: ("Rút lại", Tone.WAITING, "undo-2", 2),
    RoundStage.RETURNED: ("Trả lại", Tone.WAITING, "undo-2", 2),
    RoundStage.SUBMITTED: ("Đã nộp", Tone.INFO, "send", 3),
    RoundStage.ACCEPTED: ("Chấp nhận", Tone.GOOD, "check", 4),
    RoundStage.SEALED: ("Đã chốt", Tone.GOOD, "lock", 5),
}
_HANDED_IN: Final = {RoundStage.SUBMITTED, RoundStage.ACCEPTED, RoundStage.SEALED}


def days_words(due: dt.date, day: dt.date) -> str:
    """How far a deadline is: "còn 5 ngày", "hạn là hôm nay", "quá hạn 2 ngày"."""
    left = (due - day).days
    if left == 0:
        return "hạn là hôm nay"
    return f"còn {left} ngày" if left > 0 else f"quá hạn {-left} ngày"


class Matrix:
    """What the rows of the matrix are read from."""

    def __init__(
        self, desk: Desk, board: Board, found: Assessment | None, day: dt.date | None
    ) -> None:
        self._board, self._found, self._day = board, found, day
        self._clusters = desk.clusters
        self._closed = board.year.state is PeriodState.CLOSED
        read = desk.workspace.read
        self._states: dict[tuple[str, str], RoundState] = {
            (state.unit, state.round): state for state in read(books.ROUND_STATES, desk.period)
        }
        self._exceptions: tuple[DeadlineException, ...] = read(
            books.DEADLINE_EXCEPTIONS, desk.period
        )
        papers: tuple[Registration, ...] = read(books.REGISTRATIONS, desk.period)
        self._papers: dict[str, set[str]] = {}
        for paper in papers:
            self._papers.setdefault(paper.unit, set()).add(paper.kind)

    def rows(self, asked: Mapping[str, int]) -> Iterator[MatrixRow]:
        """One row for each unit; ``asked`` counts the explanations that each still owes."""
        places = {cluster: at for at, cluster in enumerate(self._clusters)}
        for line in sorted(
            self._board.units,
            key=lambda line: (places.get(line.unit.cluster, 0), dictionary_key(line.unit.name)),
        ):
            yield self._row(line, asked)

    def _row(self, line: UnitLine, asked: Mapping[str, int]) -> MatrixRow:
        unit = line.unit
        cluster = self._clusters[unit.cluster].name if unit.cluster in self._clusters else ""
        note = ""
        if unit.left is not None:
            note = f"rời từ {unit.left:%d/%m/%Y}"
        elif unit.joined is not None:
            note = f"vào từ {unit.joined:%d/%m/%Y}"
        rounds = list(self._board.rounds)
        return MatrixRow(
            unit.id,
            unit.name,
            cluster,
            note,
            self._registered(unit.id, unit.name),
            tuple(
                self._cell(line, round_id, rounds[at - 1] if at else None)
                for at, round_id in enumerate(rounds)
            ),
            asked.get(unit.id, 0),
        )

    def _registered(self, unit: str, name: str) -> MatrixCell:
        kinds = self._papers.get(unit, set())
        place = Place(PageId.UNITS, unit=unit, topic="registrations")
        tip = f"{name}: mở Đăng ký, giao ước"
        if len(kinds) == 2:
            return MatrixCell("Đã nhận đủ", Tone.GOOD, "check", tip, place, 2)
        if kinds:
            missing = "giao ước" if "registration" in kinds else "đăng ký"
            return MatrixCell(f"Thiếu {missing}", Tone.WAITING, "clock", tip, place, 1)
        return MatrixCell("Chưa nhận", None, "circle", tip, place, 0)

    def _cell(self, line: UnitLine, round_id: str, before: str | None) -> MatrixCell:
        unit = line.unit
        stage = line.stages[round_id]
        words, tone, icon, order = _STAGES[stage]
        state = self._states.get((unit.id, round_id))
        place = Place(PageId.SCORES, unit=unit.id, round=round_id)
        tip = f"{unit.name} · {self._board.rounds[round_id]}: mở bảng chấm điểm"
        if stage is RoundStage.DRAFT:
            if unit.left is not None:
                return MatrixCell("Không chấm", None, "minus", tip, place, -1)
            words, tone, icon, order = self._draft(line, round_id, before)
        elif state is not None and state.since is not None:
            words = f"{words} {state.since:%d/%m/%Y}"
            if state.reason:
                tip = f"{tip}\nLý do: {state.reason}"
        if self._day is not None and stage not in _HANDED_IN and unit.left is None:
            due = last_day(self._board.deadlines, self._exceptions, round_id, unit.id, unit.cluster)
            if due is not None and due < self._day and not self._closed:
                words, tone, icon = (
                    f"{words}, {days_words(due, self._day)}",
                    Tone.ERROR,
                    "circle-alert",
                )
        return MatrixCell(words, tone, icon, tip, place, order)

    def _draft(
        self, line: UnitLine, round_id: str, before: str | None
    ) -> tuple[str, Tone | None, str, int]:
        if (
            before is not None
            and line.stages[before] not in _HANDED_IN
            and not line.cells[round_id]
        ):
            return "Chờ vòng trước", None, "hourglass", -1
        if not line.cells[round_id]:
            return "Chưa chấm", None, "circle", 0
        if before is not None:
            return f"Đã chấm {line.cells[round_id]} ô", Tone.INFO, "pencil", 1
        blanks = self._blanks(line.unit.id, round_id)
        if blanks is None:
            return f"Đã chấm {line.cells[round_id]} ô", Tone.INFO, "pencil", 1
        if blanks:
            return f"Còn {blanks} ô", Tone.INFO, "pencil", 1
        return "Đủ ô, chưa nộp", Tone.WAITING, "clock", 1

    def _blanks(self, unit: str, round_id: str) -> int | None:
        """How many cells of the first round are open; ``None`` while there is no result."""
        if self._found is None or unit not in self._found.units:
            return None
        rules = self._found.pack.rules
        if round_id not in {one.id for one in rules.rounds}:
            return None
        return len(open_cells(rules, self._found.units[unit].card, round_id))
