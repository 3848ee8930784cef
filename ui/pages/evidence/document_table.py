"""Lists of documents, onto which files can be dropped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from ui.models.columns import Column
from ui.pages.evidence.columns import DOCUMENTS
from ui.pages.evidence.matrix import dropped_files
from ui.pages.evidence.views import DocumentRow
from ui.theme.tokens import Theme
from ui.widgets.table import Table


class DocumentTable(Table[DocumentRow]):
    """``dropped`` carries the document and the files that were dropped on it."""

    dropped = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        name: str = "Danh sách tài liệu minh chứng",
        columns: Sequence[Column[DocumentRow]] = DOCUMENTS,
    ) -> None:
        super().__init__(name, columns, theme)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may come."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be dropped where there is a document."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.selectRow(index.row())
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Files over a document."""
        index = self.indexAt(event.position().toPoint())
        files = dropped_files(event)
        if index.isValid() and files:
            event.acceptProposedAction()
            self.dropped.emit(self.rows.row(index.row()), files)
