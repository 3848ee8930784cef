"""What the hands do on the grid: type, paste, fill, clear, accept; each refusal told in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QApplication

from app.ground.findings import UserError
from app.operations.workspace.facts_desk import TypedCell
from ui.context import Context
from ui.models.score_cells import Lane, Line
from ui.pages.scores.acts import Spot
from ui.pages.scores.blocks import Blocks
from ui.pages.scores.editor import CellEditor
from ui.pages.scores.grid import ScoreGrid
from ui.pages.scores.panel import ExplainPanel
from ui.pages.scores.presenter import ScoresPresenter
from ui.pages.scores.typed import cell_from_form

_REASON_MISSING: Final = "reason_missing"


class Typist(QObject):
    """Carries out what is asked of the grid's cells."""

    def __init__(
        self, context: Context, presenter: ScoresPresenter, area: ScoreGrid, panel: ExplainPanel
    ) -> None:
        super().__init__(area)
        self._context = context
        self._presenter = presenter
        self._area = area
        self._view = area.view
        self._panel = panel
        self.editor = CellEditor(area, context.theme)
        self.blocks = Blocks(area.view, presenter)
        self._pending: Sequence[TypedCell] = ()
        self._spot: Spot | None = None
        view, editor = self._view, self.editor
        view.typed.connect(self.edit)
        view.cleared.connect(self.clear)
        view.accepted.connect(partial(self.accept, "cells"))
        view.copied.connect(self.copy)
        view.pasted.connect(self.paste)
        view.filled.connect(self.fill)
        view.state_asked.connect(self.set_state)
        editor.changed.connect(self._try)
        editor.committed.connect(self._commit)
        editor.ended.connect(self._ended)
        view.settled = self.settle
        for bar in (view.verticalScrollBar(), view.horizontalScrollBar()):
            bar.valueChanged.connect(self._follow)

    def _say(self, words: str) -> None:
        self._context.notices.said.emit(words)

    # ------------------------------------------------------------- one cell

    def _cell_rect(self) -> QRect:
        rect = self._view.visualRect(self._view.currentIndex())
        corner = self._view.viewport().mapTo(self._area, rect.topLeft())
        return QRect(corner, rect.size())

    def edit(self, text: str = "") -> None:
        """Opens the editor on the active cell; where it cannot be typed, says why."""
        line, lane = self._view.line, self._view.lane
        if line is None or lane is None:
            return
        if not line.scored or not self._presenter.cell(line, lane).editable:
            self._say_why_not(line, lane)
            return
        self._view.scrollTo(self._view.currentIndex())
        self._spot = (line, lane)
        self._view.key_taker = self.editor.take_key
        self.editor.open(self._presenter.acts.form(line, lane), self._cell_rect(), text)

    def _say_why_not(self, line: Line, lane: Lane) -> None:
        self._say(self._presenter.why_not(line, lane))

    def _typed_cell(self) -> TypedCell:
        assert self._spot is not None
        empty = self._presenter.acts.typed(*self._spot)
        return cell_from_form(empty, self.editor.values(), self.editor.reason.text())

    def _try(self) -> None:
        """What would move, at each keystroke."""
        if self.editor.asks_reason_only or self._spot is None:
            return
        cell = self._typed_cell()
        if not says_something(cell):
            self.editor.show_preview("")
            self._panel.show_trial(None)
            return
        tried = self._presenter.acts.tried(cell)
        self.editor.show_preview("\n".join(tried.faults or tried.own))
        self._panel.show_trial(tried)

    def _ended(self) -> None:
        self._view.key_taker = None
        self._pending = ()
        self._panel.show_trial(None)
        self._view.viewport().update()
        if self._view.isVisible():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _commit(self, rows: int, columns: int) -> None:
        """Keeps what was typed and goes on; what is refused stays in the editor."""
        editor = self.editor
        if editor.asks_reason_only:
            reason = editor.reason.text().strip()
            if self._keep([c if c.reason else replace(c, reason=reason) for c in self._pending]):
                editor.close()
            return
        if not editor.is_unchanged() and not self._keep_typed(self._typed_cell()):
            return
        editor.close()
        if rows or columns:
            self._view.step(rows, columns)

    def _keep_typed(self, cell: TypedCell) -> bool:
        if says_something(cell):
            return self._keep([cell])
        assert self._spot is not None
        spot = self._spot
        return self._context.do(lambda: self._presenter.acts.clear([spot]))

    def _keep(self, cells: Sequence[TypedCell]) -> bool:
        """Keeps cells; asks for a reason in place where one is needed."""
        try:
            self._presenter.acts.enter(cells)
        except UserError as fault:
            self._refused(cells, fault)
            return False
        return True

    def _refused(self, cells: Sequence[TypedCell], fault: UserError) -> None:
        first, count = fault.findings[0], len(fault.findings)
        if {finding.code for finding in fault.findings} == {_REASON_MISSING}:
            words = first.message
            if count > 1:
                words = f"{count} ô khác vòng trước nên phải nêu lý do. Lý do chung cho {count} ô:"
            self._ask_reason(cells, words)
        elif self.editor.is_open and len(cells) == 1:
            self.editor.show_message(f"{first.message} {first.remedy}".strip())
        else:
            self._context.notices.fault(fault)

    def _ask_reason(self, cells: Sequence[TypedCell], words: str) -> None:
        if self.editor.is_open:
            self.editor.show_reason(words)
            return
        self._view.key_taker = self.editor.take_key
        self.editor.ask_reason(self._cell_rect(), words)
        self._pending = cells

    def settle(self) -> bool:
        """Keeps what is being typed, as before going elsewhere; whether nothing is left open."""
        editor = self.editor
        if editor.is_open and (editor.asks_reason_only or editor.is_unchanged()):
            editor.close()
        elif editor.is_open:
            self._commit(0, 0)
        return not editor.is_open

    def _follow(self) -> None:
        """The editor stays with its cell when the grid is scrolled."""
        if self.editor.is_open:
            self.editor.follow(self._cell_rect())

    # ------------------------------------------------------------- many cells

    def clear(self) -> None:
        """Takes the selected cells out again."""
        spots = self.blocks.spots()
        if spots:
            self._context.do(lambda: self._presenter.acts.clear(spots))
        elif (line := self._view.line) is not None and (lane := self._view.lane) is not None:
            self._say_why_not(line, lane)

    def set_state(self, state: str) -> None:
        """Writes KG or KTH into the selected cells."""
        typed = self._presenter.acts.typed
        cells = [replace(typed(*spot), state=state) for spot in self.blocks.spots()]
        if cells:
            self._keep(cells)

    def accept(self, scope: str) -> None:
        """Takes over the self-scores: of the selected cells, a criterion, a unit, or all."""
        presenter = self._presenter
        line, lane = self._view.line, self._view.lane
        if presenter.is_first_round:
            self._say("Vòng đầu là vòng tự chấm, chưa có điểm nào để chấp nhận.")
            return
        units: list[str] | None = None
        criteria: list[str] | None = None
        spots = self.blocks.spots()
        if scope == "cells":
            if not spots:
                if line is not None and lane is not None:
                    self._say_why_not(line, lane)
                return
            units = list(dict.fromkeys(spot[1].unit for spot in spots))
            criteria = list(dict.fromkeys(spot[0].code for spot in spots))
        elif scope == "criterion" and line is not None and line.scored:
            criteria = [line.code]
        elif scope == "unit" and lane is not None:
            units = [lane.unit]
        elif scope != "all":
            return
        done = self._context.do(lambda: presenter.acts.accept(presenter.editing, units, criteria))
        if done and scope == "cells" and len(spots) == 1:
            self._view.step(1, 0)

    def copy(self) -> None:
        """Copies the selection for Excel, and for pasting back."""
        rows, columns = self._view.block()
        QApplication.clipboard().setMimeData(self.blocks.copied())
        self._say(f"Đã sao chép {len(rows) * len(columns)} ô.")

    def paste(self) -> None:
        """Pastes a block from Excel, or what was copied here."""
        pasted = self.blocks.pasted(QApplication.clipboard().mimeData())
        if not pasted.cells:
            self._say("Không có ô nào ở đây nhận được nội dung đã sao chép.")
        elif self._keep(pasted.cells):
            beside = f", bỏ qua {pasted.passed} ô không nhập được" if pasted.passed else ""
            self._say(f"Đã dán {len(pasted.cells)} ô{beside}.")

    def fill(self, down: bool) -> None:
        """Fills the selection from its first row (or column)."""
        cells = self.blocks.filled(down=down)
        if cells:
            self._keep(cells)


def says_something(cell: TypedCell) -> bool:
    """Whether anything but a reason was typed."""
    return bool(cell.points or cell.figures or cell.state)
