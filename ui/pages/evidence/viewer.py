"""A sheet that shows a kept file: PDF page by page, pictures; anything else opens outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ground.findings import UserError
from ui.context import Context
from ui.widgets.drawing import Kind, kind_of
from ui.widgets.page_view import PageView
from ui.widgets.sheet import Sheet

_REMEDY = "Mở tệp bằng chương trình của máy để kiểm tra, hoặc xin đơn vị gửi lại bản khác."
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
        self._gone = False
        self.finished.connect(self._leave)
        self.pages = PageView("Nội dung tệp", context.theme, context.runner, _REMEDY)
        self.pages.stack.setMinimumHeight(context.theme.measures.space_8 * 4)
        self.pages.say("Đang đọc tệp…")
        self.pages.take_keyboard()
        self.where, self.after = self.pages.where, self.pages.after
        self.picture, self.words = self.pages.picture, self.pages.words
        self.body.addWidget(self.pages, 1)
        self.outside = self.add_button("Mở bằng chương trình của máy")
        self.outside.clicked.connect(self._open_outside)
        self.outside.setEnabled(False)
        self.add_button("Đóng", primary=True, role="close")
        self.resize(QSize(window.width() - 64, window.height() - 48))
        self._read()

    def show_over(self) -> None:
        """Shows the sheet almost as large as its window."""
        self.open()

    # ------------------------------------------------------------- reading

    def _read(self) -> None:
        def done(data: bytes) -> None:
            if self._gone:
                return
            self._data = data
            self.outside.setEnabled(True)
            if kind_of(data) is Kind.OTHER:
                self.say("Loại tệp này không xem được ở đây.")
            else:
                self.pages.show_file(data)

        def failed(fault: Exception) -> None:
            if not isinstance(fault, UserError):
                raise fault
            finding = fault.findings[0]
            if not self._gone:
                self.say(f"{finding.message} {finding.remedy}")

        self._context.runner.run(
            "Đọc tệp minh chứng",
            lambda _progress: self._content(),
            done,
            failed,
            quiet=True,
        )

    def say(self, words: str) -> None:
        """Says why nothing is drawn."""
        self.pages.say(words)

    def _leave(self) -> None:
        self._gone = True
        self.pages.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Page keys turn, plus and minus change the size, Escape closes."""
        if not self.pages.take_key(event.key()):
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
