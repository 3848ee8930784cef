"""Beside the matrix: one cell, its state in words, its documents, and what is doubtful."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.evidence.columns import OF_CELL
from ui.pages.evidence.document_table import DocumentTable
from ui.pages.evidence.remarks import Remarks
from ui.pages.evidence.views import CellView, DocumentRow
from ui.theme.tokens import Theme
from ui.widgets.keys import on_key
from ui.widgets.scrolling import Scrolling
from ui.widgets.words import button, chip, label, set_tone


class CellPanel(QWidget):
    """Shows a cell; its signals carry the selected document."""

    viewed = Signal(object)
    edited = Signal(object)
    filed = Signal(object)
    unlinked = Signal(object)

    def __init__(self, theme: Theme, link: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("cellPanel")
        m = theme.measures
        self._wide, self._row = m.panel, m.row
        self.setMinimumWidth(m.panel * 9 // 10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(m.space_1, 0, m.space_1, 0)
        lines.setSpacing(m.space_2)
        head = QHBoxLayout()
        self.unit = label("", "strong", wrap=True)
        head.addWidget(self.unit, 1)
        self.state = chip("")
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        self.criterion = label("", wrap=True)
        lines.addWidget(self.criterion)
        self.words = label("", "muted", wrap=True)
        lines.addWidget(self.words)
        self.link = button("Gắn tài liệu đã ghi…", link, picture="link")
        lines.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.table = DocumentTable(theme, "Tài liệu của ô", OF_CELL)
        self.table.setObjectName("cellDocuments")
        self.table.chosen.connect(lambda _row: self._show_verbs())
        self.table.entered.connect(self._open)
        lines.addWidget(self.table)
        lines.addLayout(self._verbs(theme))
        self.remarks = Remarks(theme)
        lines.addWidget(self.remarks)
        lines.addStretch(1)
        whole.addWidget(Scrolling(inner, "Ô đang chọn"))
        self._may = True
        on_key(self.table, Qt.Key.Key_Delete, self._unlink)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as a panel, whatever the words in it."""
        return QSize(self._wide, super().sizeHint().height())

    def _verbs(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.measures.space_1)
        self.view = button("Xem tệp", lambda: self._tell(self.viewed), kind="quiet", picture="eye")
        self.edit = button("Sửa…", lambda: self._tell(self.edited), kind="quiet", picture="pencil")
        self.file = button(
            "Kèm tệp…", lambda: self._tell(self.filed), kind="quiet", picture="paperclip"
        )
        self.unlink = button(
            "Gỡ khỏi ô", lambda: self._tell(self.unlinked), kind="quiet", picture="unlink"
        )
        for at, made in enumerate((self.view, self.edit, self.file, self.unlink)):
            grid.addWidget(made, at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        return grid

    def _tell(self, signal: SignalInstance) -> None:
        row = self.table.current
        if row is not None:
            signal.emit(row)

    def _unlink(self) -> None:
        if self._may:
            self._tell(self.unlinked)

    def _open(self, row: DocumentRow) -> None:
        (self.viewed if row.file else self.edited).emit(row)

    def _show_verbs(self) -> None:
        row = self.table.current
        self.view.setEnabled(row is not None and bool(row.file))
        for made in (self.edit, self.file, self.unlink):
            made.setEnabled(row is not None and self._may)

    def show_cell(self, view: CellView | None, *, may_write: bool, picked: int) -> None:
        """Shows one cell; ``picked`` is how many are selected."""
        self._may = may_write
        self.setEnabled(view is not None)
        if view is None:
            return
        self.unit.setText(view.unit)
        self.criterion.setText(view.criterion)
        self.state.setText(view.state)
        set_tone(self.state, view.tone)
        many = f" Đang chọn {picked} ô: tài liệu được gắn vào cả {picked} ô." if picked > 1 else ""
        self.words.setText(view.words + many)
        self.link.setEnabled(may_write)
        self.table.show_rows(view.documents)
        self.table.setFixedHeight(self._row * (min(len(view.documents), 4) + 1) + self._row // 2)
        self.table.setVisible(bool(view.documents))
        for made in (self.view, self.edit, self.file, self.unlink):
            made.setVisible(bool(view.documents))
        self._show_verbs()
        self.remarks.show_findings(view.cell.findings)
