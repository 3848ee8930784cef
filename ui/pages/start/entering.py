"""What is asked before a workspace can be worked in: who works, which year is the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme.tokens import Theme
from ui.widgets.form import Form
from ui.widgets.words import button, card, label


class Entering(QWidget):
    """One question on a card: a form and the button that answers it."""

    def __init__(
        self, theme: Theme, title: str, words: str, verb: str, act: Callable[[dict[str, Any]], None]
    ) -> None:
        super().__init__()
        m = theme.measures
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(1)
        whole = QVBoxLayout()
        around.addLayout(whole, 8)
        around.addStretch(1)
        frame = card()
        frame.setMaximumWidth(m.panel * 2)
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(m.space_6, m.space_4, m.space_6, m.space_4)
        lines.setSpacing(m.space_3)
        lines.addWidget(label(title, "section", wrap=True))
        lines.addWidget(label(words, "muted", wrap=True))
        self.form = Form(theme)
        lines.addWidget(self.form)
        self._act = act
        self._listening = False
        self.verb = button(verb, self._done, kind="primary", picture="arrow-right")
        lines.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignRight)
        whole.addStretch(1)
        whole.addWidget(frame)
        whole.addStretch(2)

    def ask(self, key: str, proposed: str) -> None:
        """Puts the cursor into a box, with what is proposed for it; Enter answers."""
        editor = self.form.editor(key)
        assert isinstance(editor, QLineEdit)
        if not editor.text():
            editor.setText(proposed)
        editor.setFocus()
        editor.selectAll()
        if not self._listening:
            self._listening = True
            editor.returnPressed.connect(self._done)

    def _done(self) -> None:
        values = self.form.values()
        if values is not None:
            self._act(values)


def who_works(theme: Theme, act: Callable[[dict[str, Any]], None]) -> Entering:
    """Asks for the officer's name."""
    made = Entering(
        theme,
        "Ai đang làm việc trên sổ này?",
        "Nhật ký ghi mỗi việc theo tên người làm, để sau này còn biết ai đã sửa gì.",
        "Bắt đầu làm việc",
        act,
    )
    made.form.text("name", "Họ và tên", required=True)
    made.form.tick("keep", "Ghi nhớ là người giữ sổ này", value=True)
    return made


def first_year(theme: Theme, act: Callable[[dict[str, Any]], None]) -> Entering:
    """Asks for the first year of a workspace that has none."""
    made = Entering(
        theme,
        "Sổ này chưa có năm thi đua nào",
        "Mở một năm rồi vào trang Đơn vị và Bảng tiêu chí để ghi tiếp.",
        "Mở năm thi đua",
        act,
    )
    made.form.number(
        "year", "Năm", required=True, whole=True, least=1900, hint="Năm học thì ghi năm đầu."
    )
    made.form.choice(
        "kind",
        "Tính theo",
        [("calendar", "năm dương lịch (1/1 đến 31/12)"), ("school", "năm học (1/9 đến 31/8)")],
    )
    return made
