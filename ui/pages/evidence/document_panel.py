"""Beside the list of documents: one document, the cells that it supports, what is doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.pages.evidence.columns import LINKS
from ui.pages.evidence.remarks import Remarks
from ui.pages.evidence.views import DocumentRow, LinkRow
from ui.theme.tokens import Theme
from ui.widgets.keys import on_key
from ui.widgets.scrolling import Scrolling
from ui.widgets.table import Table
from ui.widgets.words import button, label


class DocumentPanel(QWidget):
    """Shows a document; ``acted`` carries the name of the verb and the document, ``went`` and
    ``unlinked`` a cell that it supports.
    """

    acted = Signal(str, object)
    went = Signal(object)
    unlinked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("documentPanel")
        self._row: DocumentRow | None = None
        m = theme.measures
        self._wide, self._high = m.panel, m.row
        self.setMinimumWidth(m.panel * 9 // 10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(m.space_1, 0, m.space_1, 0)
        lines.setSpacing(m.space_2)
        self.called = label("", "strong", wrap=True)
        lines.addWidget(self.called)
        self.subject = label("", wrap=True)
        lines.addWidget(self.subject)
        self.more = label("", "muted", wrap=True)
        lines.addWidget(self.more)
        lines.addLayout(self._acts(theme))
        self.links: Table[LinkRow] = Table("Các ô dùng tài liệu này", LINKS, theme)
        self.links.setObjectName("documentCells")
        self.links.entered.connect(self.went.emit)
        on_key(self.links, Qt.Key.Key_Delete, self._unlink)
        lines.addWidget(self.links)
        self.unlink = button("Gỡ khỏi ô đang chọn", self._unlink, kind="quiet", picture="unlink")
        lines.addWidget(self.unlink, 0, Qt.AlignmentFlag.AlignLeft)
        self.remarks = Remarks(theme)
        lines.addWidget(self.remarks)
        lines.addStretch(1)
        whole.addWidget(Scrolling(inner, "Tài liệu đang chọn"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as a panel, whatever the words in it."""
        return QSize(self._wide, super().sizeHint().height())

    def _acts(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.measures.space_1)
        self.view = self._act("Xem tệp", "view", "eye")
        self.file = self._act("Kèm tệp…", "file", "paperclip")
        self.edit = self._act("Sửa…", "edit", "pencil")
        self.link = self._act("Gắn vào các ô…", "link", "link")
        self.remove = self._act("Bỏ tài liệu", "remove", "trash-2")
        made = (self.view, self.file, self.edit, self.remove, self.link)
        for at, one in enumerate(made):
            wide = 2 if one is self.link else 1
            grid.addWidget(one, at // 2, at % 2, 1, wide, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        return grid

    def _act(self, words: str, verb: str, picture: str) -> QWidget:
        return button(words, lambda: self._tell(verb), kind="quiet", picture=picture)

    def _tell(self, verb: str) -> None:
        if self._row is not None:
            self.acted.emit(verb, self._row)

    def _unlink(self) -> None:
        link = self.links.current
        if link is not None and self.unlink.isEnabled():
            self.unlinked.emit(link)

    def show_document(
        self, row: DocumentRow | None, links: Sequence[LinkRow], *, may_write: bool
    ) -> None:
        """Shows one document, or nothing."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        document = row.document
        self.called.setText(row.called)
        self.subject.setText(document.subject)
        self.subject.setVisible(bool(document.subject))
        parts = [document.issuer, document.place, f"Tệp: {row.file}" if row.file else "Chưa có tệp"]
        self.more.setText(" · ".join(part for part in parts if part))
        self.view.setEnabled(bool(row.file))
        for made in (self.file, self.edit, self.link, self.remove):
            made.setEnabled(may_write)
        self.links.show_rows(links)
        self.links.setFixedHeight(self._high * (min(len(links), 5) + 1) + self._high // 2)
        self.links.setVisible(bool(links))
        self.unlink.setVisible(bool(links))
        self.unlink.setEnabled(may_write)
        self.remarks.show_findings(row.findings)
