"""Blocks of cells: what is selected, copied for Excel, pasted from it, filled down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMimeData

from app.operations.workspace.facts_desk import TypedCell
from ui.pages.scores.acts import Spot
from ui.pages.scores.presenter import ScoresPresenter
from ui.pages.scores.typed import block_of, cell_from_text, packed, unpacked
from ui.pages.scores.view import ScoreView

_MIME: Final = "application/x-bang-vang-o-diem"


@dataclass(frozen=True, slots=True)
class Pasted:
    """The typed cells of a pasted block, and how many texts found no cell that takes them."""

    cells: tuple[TypedCell, ...]
    passed: int = 0


class Blocks:
    """Reads the grid's selection; writes nothing."""

    def __init__(self, view: ScoreView, presenter: ScoresPresenter) -> None:
        self._view = view
        self._presenter = presenter

    def spots(self) -> list[Spot]:
        """The places of the selection that can be typed."""
        rows, columns = self._view.block()
        model = self._view.grid
        return [
            (model.line_at(row, column), model.lane_at(row, column))
            for row in rows
            for column in columns
            if model.view_at(row, column).editable
        ]

    def copied(self) -> QMimeData:
        """The selection as Excel takes it, and as it is kept for pasting back."""
        rows, columns = self._view.block()
        model, acts = self._view.grid, self._presenter.acts
        texts = [[model.view_at(row, column).text for column in columns] for row in rows]
        kept = [
            [
                acts.entry(model.line_at(row, column), model.lane_at(row, column))
                for column in columns
            ]
            for row in rows
        ]
        data = QMimeData()
        data.setText("\n".join("\t".join(row) for row in texts))
        data.setData(_MIME, packed(kept).encode())
        return data

    def pasted(self, data: QMimeData) -> Pasted:
        """A block from Excel, or what was copied here, from the first selected cell on.

        A single value goes into every selected cell.
        """
        block: Sequence[Sequence[object]] = block_of(data.text())
        is_text = not data.hasFormat(_MIME)
        if not is_text:
            block = json.loads(bytes(data.data(_MIME).data()).decode())
        rows, columns = self._view.block()
        if not rows:
            return Pasted(())
        if len(block) == 1 and len(block[0]) == 1:
            block = [[block[0][0]] * len(columns) for _ in rows]
        cells: list[TypedCell] = []
        passed = 0
        for down, contents in enumerate(block):
            for across, content in enumerate(contents):
                cell = self._cell(rows[0] + down, columns[0] + across, content)
                if cell is not None:
                    cells.append(cell)
                elif content:
                    passed += self._counts(rows[0] + down, columns[0] + across)
        return Pasted(tuple(cells), passed)

    def _counts(self, row: int, column: int) -> bool:
        """Whether something that could not be pasted here is told: sums are passed over."""
        model = self._view.grid
        inside = row < model.rowCount() and column < model.columnCount()
        return not inside or model.line_at(row, column).scored

    def _cell(self, row: int, column: int, content: object) -> TypedCell | None:
        model, acts = self._view.grid, self._presenter.acts
        if row >= model.rowCount() or column >= model.columnCount() or content is None:
            return None
        if not model.view_at(row, column).editable:
            return None
        line, lane = model.line_at(row, column), model.lane_at(row, column)
        known = acts.known(line, lane)
        if known is None:
            return None
        empty = acts.typed(line, lane)
        if isinstance(content, dict):
            return unpacked(empty, content, known)
        return cell_from_text(empty, str(content), known)

    def filled(self, *, down: bool) -> list[TypedCell]:
        """The selection filled from its first row, or its first column."""
        rows, columns = self._view.block()
        model, acts = self._view.grid, self._presenter.acts
        cells: list[TypedCell] = []
        for row in rows[1:] if down else rows:
            for column in columns if down else columns[1:]:
                source = (rows[0], column) if down else (row, columns[0])
                entry = acts.entry(model.line_at(*source), model.lane_at(*source))
                cell = self._cell(row, column, json.loads(packed([[entry]]))[0][0])
                if cell is not None:
                    cells.append(cell)
        return cells
