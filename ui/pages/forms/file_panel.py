"""Beside the list of files: the selected form cell by cell, its faults, and who would move."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.operations.workspace.forms_look import FormCell
from ui.pages.forms.columns import CELLS, MOVERS
from ui.pages.forms.presenter.receiving import FileRow, Mover, Receiving
from ui.theme.tokens import Theme
from ui.widgets.findings import FindingsList
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.words import label

_CELLS, _FAULTS, _MOVERS = range(3)


class FilePanel(QWidget):
    """Shows one file, and what all files together would move."""

    def __init__(self, theme: Theme, receiving: Receiving) -> None:
        super().__init__()
        self._receiving = receiving
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(m.space_1, 0, 0, 0)
        lines.setSpacing(m.space_1)
        self.name = label("", "strong", wrap=True)
        lines.addWidget(self.name)
        self.words = label("", "muted", wrap=True)
        lines.addWidget(self.words)
        self.tabs = Tabs("Chi tiết của phiếu")
        self.cells: Table[FormCell] = Table("Các ô trên phiếu", CELLS, theme)
        self.cells.setObjectName("receiveCells")
        self.tabs.addTab(self.cells, "Ô điểm")
        self.faults = FindingsList()
        self.tabs.addTab(self.faults, "Cần xem")
        self.movers: Table[Mover] = Table("Đơn vị sẽ đổi điểm, đổi hạng", MOVERS, theme)
        self.movers.setObjectName("receiveMovers")
        self.tabs.addTab(self.movers, "Nếu nhận")
        lines.addWidget(self.tabs, 1)

    def show_file(self, row: FileRow | None) -> None:
        """Shows one file; its faults come first where it cannot be taken in."""
        if row is None:
            self.name.setText("")
            self.words.setText("")
            self.cells.show_rows(())
            self.faults.show_findings(())
            return
        self.name.setText(row.unit if row.has_form else row.name)
        self.words.setText(self._receiving.words_about(row.file))
        self.cells.show_rows(self._receiving.cells(row.file))
        self.faults.show_findings(row.file.findings)
        count = len(row.file.findings)
        self.tabs.setTabText(_FAULTS, f"Cần xem ({count})" if count else "Cần xem")
        wrong = any(finding.is_error for finding in row.file.findings)
        if wrong:
            self.tabs.setCurrentIndex(_FAULTS)
        elif self.tabs.currentIndex() == _FAULTS and not count:
            self.tabs.setCurrentIndex(_CELLS)

    def show_movers(self) -> None:
        """Shows whose totals and ranks would change if the forms were taken in."""
        movers = self._receiving.movers()
        self.movers.show_rows(movers)
        self.tabs.setTabText(_MOVERS, f"Nếu nhận ({len(movers)})" if movers else "Nếu nhận")
