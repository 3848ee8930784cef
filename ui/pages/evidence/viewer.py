"""A sheet that shows a kept file: PDF page by page, pictures; anything else opens outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from app.ground.findings import UserError
from ui.context import Context
from ui.pages.evidence.drawing import CannotDrawError, Drawn, Kind, drawn, kind_of
from ui.runner import Progress
from ui.widgets.sheet import Sheet
from ui.widgets.words import label, tool_button

_ZOOMS = (50, 75, 100, 125, 150, 200, 300)
SAFE = frozenset(
    {
        ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic",
        ".doc", ".docx", ".odt", ".rtf", ".txt", ".xls", ".xlsx", ".ods", ".csv",
        ".ppt", ".pptx", ".odp", ".mp3", ".mp4", ".mov", ".avi", ".zip", ".rar", ".7z",
    }
)  # fmt: skip
"""Endings that may be handed to the computer; a program among evidence is never started."""


class Viewer(Sheet):
    """Shows ``content()`` (which may take long, and may fail) under the file's name.

    ``folder()`` is where a copy may lie that the computer opens.
    """

    def __init__(
        self,
        name: str,
        content: Callable[[], bytes],
        context: Context,
        folder: Callable[[], Path],
        parent: QWidget,
    ) -> None:
        window = parent.window().size()
        super().__init__(name, parent, width=window.width() - 64)
        self.setObjectName("evidenceViewer")
        self._name, self._content, self._context, self._folder = name, content, context, folder
        self._data = b""
        self._page, self._pages, self._zoom, self._asked = 0, 1, 100, 0
        self._gone = False
        self.finished.connect(self._leave)
        theme = context.theme
        self.body.addLayout(self._bar())
        self.stack = QStackedWidget()
        self.words = label("Đang đọc tệp…", "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.words)
        self.area = QScrollArea()
        self.area.setAccessibleName("Nội dung tệp")
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture = label()
        self.picture.setAccessibleName(name)
        self.area.setWidget(self.picture)
        self.stack.addWidget(self.area)
        self.stack.setMinimumHeight(theme.measures.space_8 * 4)
        self.body.addWidget(self.stack, 1)
        self.outside = self.add_button("Mở bằng chương trình của máy")
        self.outside.clicked.connect(self._open_outside)
        self.outside.setEnabled(False)
        self.add_button("Đóng", primary=True, role="close")
        self.resize(QSize(window.width() - 64, window.height() - 48))
        self._read()

    def _bar(self) -> QHBoxLayout:
        theme = self._context.theme
        row = QHBoxLayout()
        row.setSpacing(theme.measures.space_2)
        self.before = tool_button(
            "Trang trước", "chevron-left", theme, lambda: self.turn(-1), tip="Trang trước (PgUp)"
        )
        self.after = tool_button(
            "Trang sau", "chevron-right", theme, lambda: self.turn(1), tip="Trang sau (PgDn)"
        )
        self.where = label("")
        self.smaller = tool_button("Thu nhỏ", "zoom-out", theme, lambda: self.zoom(-1))
        self.larger = tool_button("Phóng to", "zoom-in", theme, lambda: self.zoom(1))
        self.size_words = label("")
        row.addWidget(self.before)
        row.addWidget(self.where)
        row.addWidget(self.after)
        row.addStretch(1)
        row.addWidget(self.smaller)
        row.addWidget(self.size_words)
        row.addWidget(self.larger)
        self._tools = (
            self.before, self.where, self.after, self.smaller, self.size_words, self.larger,
        )  # fmt: skip
        for tool in self._tools:
            tool.setVisible(False)
        return row

    def show_over(self) -> None:
        """Shows the sheet almost as large as its window."""
        self.open()

    # ------------------------------------------------------------- reading and drawing

    def _read(self) -> None:
        def done(data: bytes) -> None:
            if self._gone:
                return
            self._data = data
            self.outside.setEnabled(True)
            if kind_of(data) is Kind.OTHER:
                self.say("Loại tệp này không xem được ở đây.")
            else:
                self._draw()

        self._context.runner.run(
            "Đọc tệp minh chứng",
            lambda _progress: self._content(),
            done,
            self._failed,
            quiet=True,
        )

    def _draw(self) -> None:
        self._asked += 1
        asked, data, page = self._asked, self._data, self._page
        ratio = self.devicePixelRatioF()
        room = max(320, self.area.viewport().width() - 24)
        width = round(min(room, 900) * ratio * self._zoom / 100)

        def work(_progress: Progress) -> Drawn:
            return drawn(data, page, width)

        def done(found: Drawn) -> None:
            if not self._gone and asked == self._asked:
                self._show(found, width, ratio)

        self._context.runner.run("Vẽ trang", work, done, self._failed, quiet=True)

    def _show(self, found: Drawn, width: int, ratio: float) -> None:
        pixmap = QPixmap.fromImage(found.image)
        if pixmap.width() > width:
            pixmap = pixmap.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        pixmap.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixmap)
        self.picture.adjustSize()
        self._page, self._pages = found.page, found.pages
        self.where.setText(f"Trang {found.page + 1}/{found.pages}")
        self.size_words.setText(f"{self._zoom} %")
        for tool in self._tools:
            tool.setVisible(True)
        for tool in (self.before, self.where, self.after):
            tool.setVisible(found.pages > 1)
        self.before.setEnabled(found.page > 0)
        self.after.setEnabled(found.page < found.pages - 1)
        self.smaller.setEnabled(self._zoom > _ZOOMS[0])
        self.larger.setEnabled(self._zoom < _ZOOMS[-1])
        self.stack.setCurrentWidget(self.area)
        self.area.verticalScrollBar().setValue(0)
        self.area.setFocus()

    def _failed(self, fault: Exception) -> None:
        if isinstance(fault, CannotDrawError):
            words = (
                f"{fault} Mở tệp bằng chương trình của máy để kiểm tra, hoặc xin đơn vị gửi lại "
                "bản khác."
            )
        elif isinstance(fault, UserError):
            finding = fault.findings[0]
            words = f"{finding.message} {finding.remedy}"
        else:
            raise fault
        if not self._gone:
            self.say(words)

    def say(self, words: str) -> None:
        """Says why nothing is drawn."""
        self.words.setText(words)
        self.stack.setCurrentWidget(self.words)

    def _leave(self) -> None:
        self._gone = True

    # ------------------------------------------------------------- turning

    def turn(self, step: int) -> None:
        """Goes to another page."""
        page = min(max(self._page + step, 0), self._pages - 1)
        if page != self._page:
            self._page = page
            self._draw()

    def zoom(self, step: int) -> None:
        """The next larger or smaller size."""
        at = min(max(_ZOOMS.index(self._zoom) + step, 0), len(_ZOOMS) - 1)
        if _ZOOMS[at] != self._zoom:
            self._zoom = _ZOOMS[at]
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Page keys turn, plus and minus change the size, Escape closes."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        zooms = {Qt.Key.Key_Minus: -1, Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1}
        key = Qt.Key(event.key())
        if key in steps and self._pages > 1:
            self.turn(steps[key])
        elif key in zooms:
            self.zoom(zooms[key])
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------- outside

    def _open_outside(self) -> None:
        name = Path(self._name).name
        if Path(name).suffix.lower() not in SAFE:
            self.say(
                "Tệp này có thể là một chương trình nên không được mở từ đây. "
                "Đề nghị đơn vị gửi văn bản hoặc ảnh."
            )
            return
        copy = self._folder() / name
        try:
            copy.write_bytes(self._data)
        except OSError:
            self.say("Máy không ghi được bản chép tạm; kiểm tra chỗ trống rồi thử lại.")
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self.say("Máy chưa có chương trình nào để mở loại tệp này.")
