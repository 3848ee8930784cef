"""Choosing a document that is in the book already."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.evidence.columns import DOCUMENTS
from ui.pages.evidence.presenter import EvidencePresenter
from ui.pages.evidence.views import DocumentRow
from ui.widgets.search import SearchBox
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import label


class PickSheet(Sheet):
    """A list of documents with a box to find one; ``take`` gets the chosen one."""

    def __init__(
        self,
        presenter: EvidencePresenter,
        context: Context,
        parent: QWidget,
        cells: str,
        take: Callable[[DocumentRow], None],
    ) -> None:
        super().__init__("Gắn tài liệu đã ghi", parent, width=760)
        self.setObjectName("pickSheet")
        self._take = take
        rows = presenter.documents()
        self.body.addWidget(
            label(
                f"Gắn vào: {cells}." if rows else "Trong sổ chưa có tài liệu nào để gắn.",
                "muted",
                wrap=True,
            )
        )
        self.search = SearchBox(context.theme)
        self.body.addWidget(self.search)
        self.table: Table[DocumentRow] = Table(
            "Tài liệu đã ghi", (*DOCUMENTS[:3], *DOCUMENTS[4:6]), context.theme
        )
        self.table.setMinimumHeight(context.theme.measures.row * 5)
        self.table.show_rows(rows)
        self.search.textChanged.connect(self._find)
        self.table.entered.connect(lambda _row: self._done())
        self.body.addWidget(self.table, 1)
        self.add_button("Thôi", role="close")
        self.act = self.add_button("Gắn tài liệu này", primary=True)
        self.act.setEnabled(bool(rows))
        self.act.clicked.connect(self._done)
        self.search.setFocus()

    def _find(self, words: str) -> None:
        self.table.rows.find(words)
        if self.table.rows.rowCount():
            self.table.selectRow(0)
        self.act.setEnabled(self.table.rows.rowCount() > 0)

    def _done(self) -> None:
        row = self.table.current
        if row is not None:
            self.accept()
            self._take(row)
