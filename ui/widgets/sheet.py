"""A sheet: a question or a list over the window, closed by Escape, acted on by named buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.words import button, label, line

_SPACE = 16


class Sheet(QDialog):
    """A modal sheet with a title, a body and a row of buttons; it deletes itself when closed."""

    def __init__(self, title: str, parent: QWidget, *, width: int = 560) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_SPACE, _SPACE, _SPACE, _SPACE)
        whole.setSpacing(_SPACE)
        heading = label(title, "section", wrap=True)
        whole.addWidget(heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(_SPACE // 2)
        whole.addLayout(self.body, 1)
        whole.addWidget(line())
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(_SPACE // 2)
        self.buttons.addStretch(1)
        whole.addLayout(self.buttons)
        self._over = parent
        self.setMinimumWidth(min(width, max(320, parent.window().width() - 2 * _SPACE)))

    def add_button(
        self, text: str, *, primary: bool = False, role: Literal["", "close", "accept"] = ""
    ) -> QPushButton:
        """A button at the right; ``close`` and ``accept`` close the sheet after its own act."""
        made = button(text, kind="primary" if primary else "")
        if primary:
            made.setDefault(True)
        if role == "close":
            made.clicked.connect(self.close)
        elif role == "accept":
            made.clicked.connect(self.accept)
        self.buttons.addWidget(made)
        return made

    def closer(self) -> Callable[[], None]:
        """Closes the sheet when work beside it is over; nothing where it was closed before."""
        still: list[Sheet] = [self]
        self.finished.connect(lambda _answer: still.clear())

        def close() -> None:
            if still:
                still[0].accept()

        return close

    def show_over(self) -> None:
        """Shows the sheet over its window, inside its bounds."""
        room = self._over.window().size()
        self.setMaximumSize(room)
        hint = self.sizeHint().expandedTo(self.minimumSize())
        inside = self.layout()
        if inside is not None and inside.hasHeightForWidth():
            hint.setHeight(max(hint.height(), inside.totalHeightForWidth(hint.width())))
        self.resize(hint.boundedTo(room))
        self.finished.connect(self._over.window().activateWindow)
        self.open()
        self.activateWindow()
        if self.focusWidget() is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.focusNextChild()
