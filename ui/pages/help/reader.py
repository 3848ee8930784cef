"""Markdown as it is read: sizes and spaces of the theme, links that stay inside the help."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextListFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from ui.pages.help.presenter import slug
from ui.theme.tokens import Theme


class Reader(QTextBrowser):
    """Shows Markdown; links are only told (``anchorClicked``), never opened by itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Nội dung trợ giúp")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(theme.measures.space_4)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Nothing is ever loaded: no pictures, no other files."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines stay short enough to be read with ease."""
        width = min(self.viewport().width(), self._theme.measures.panel * 5 // 2)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(width)
        super().resizeEvent(event)

    def show_markdown(self, text: str) -> None:
        """Shows a text from its beginning."""
        self.setMarkdown(text)
        self._set()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def show_heading(self, wanted: str) -> bool:
        """Brings the heading with this slug to the top."""
        block = self.document().firstBlock()
        while block.isValid():
            if block.blockFormat().headingLevel() and slug(block.text()) == wanted:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top) - self._theme.measures.space_3)
                return True
            block = block.next()
        return False

    def _set(self) -> None:
        m = self._theme.measures
        block = self.document().firstBlock()
        while block.isValid():
            form = QTextBlockFormat()
            level = block.blockFormat().headingLevel()
            form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            first = block.blockNumber() == 0
            form.setTopMargin(0 if first or not level else m.space_4)
            form.setBottomMargin(m.space_2 if block.textList() is None else m.space_1)
            cursor = QTextCursor(block)
            cursor.mergeBlockFormat(form)
            if level:
                self._size(block, {1: m.page, 2: m.section}.get(level, m.base))
            block = block.next()
        self._lists()

    def _size(self, block: QTextBlock, points: float) -> None:
        """Sets each piece of a heading in a size; links in it stay links."""
        pieces: list[tuple[int, int, QTextCharFormat]] = []
        walk = block.begin()
        while not walk.atEnd():
            piece = walk.fragment()
            shape = QTextCharFormat(piece.charFormat())
            shape.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)
            shape.setFontPointSize(points)
            pieces.append((piece.position(), piece.position() + piece.length(), shape))
            walk += 1
        cursor = QTextCursor(block)
        for begin, end, shape in pieces:
            cursor.setPosition(begin)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(shape)

    def _lists(self) -> None:
        block = self.document().firstBlock()
        while block.isValid():
            found = block.textList()
            if found is not None:
                shape = QTextListFormat(found.format())
                shape.setIndent(1)
                found.setFormat(shape)
            block = block.next()
