"""The questions that the text leaves open, one below the other, each with its own answer."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.context import Context
from ui.pages.criteria.questions import Question, QuestionPresenter, Standing
from ui.theme.tokens import Tone
from ui.widgets.sheet import Sheet
from ui.widgets.words import button, card, chip, label

_CHIPS = {
    Standing.OPEN: ("Chưa chọn", Tone.WAITING),
    Standing.BY_PACK: ("Theo cách hiểu mặc định", Tone.INFO),
    Standing.CHOSEN: ("Đã chọn", Tone.GOOD),
}


class QuestionsSheet(Sheet):
    """Nothing is chosen but by the officer's own press of a button."""

    def __init__(self, context: Context, presenter: QuestionPresenter, parent: QWidget) -> None:
        super().__init__("Điều văn bản để ngỏ", parent, width=760)
        self._context, self._presenter = context, presenter
        self.body.addWidget(
            label(
                "Văn bản không nói rõ những điều này. Mỗi lựa chọn được ghi vào nhật ký cùng lý do "
                "và in trong kết quả.",
                "muted",
                wrap=True,
            )
        )
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setMinimumHeight(280)
        self.area.setAccessibleName("Danh sách câu hỏi")
        self.body.addWidget(self.area, 1)
        self.add_button("Đóng", role="close")
        self._lay()

    def _lay(self) -> None:
        m = self._context.theme.measures
        place = self.area.verticalScrollBar().value()
        inner = QWidget()
        inner.setProperty("kind", "content")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, m.space_2, 0)
        lines.setSpacing(m.space_3)
        for question in self._presenter.questions:
            lines.addWidget(self._card(question))
        lines.addStretch(1)
        old = self.area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.area.setWidget(inner)
        inner.show()
        self.area.verticalScrollBar().setValue(place)

    def _card(self, question: Question) -> QFrame:
        m = self._context.theme.measures
        made = card()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(m.space_3, m.space_2, m.space_3, m.space_2)
        lines.setSpacing(m.space_1)
        head = QHBoxLayout()
        head.addWidget(label(question.title, "strong", wrap=True), 1)
        head.addWidget(chip(*_CHIPS[question.standing]))
        lines.addLayout(head)
        if question.clause is not None:
            lines.addWidget(label(f"Căn cứ: {question.clause.place}", "muted", wrap=True))
            if question.clause.quote:
                lines.addWidget(label(f"“{question.clause.quote}”", wrap=True))
        lines.addWidget(label(question.note, "muted", wrap=True))
        self._answers(question, lines)
        return made

    def _answers(self, question: Question, lines: QVBoxLayout) -> None:
        may_write = self._context.session.may_write
        group = QButtonGroup(self)
        typed: QLineEdit | None = None
        tokens: dict[int, str] = {}
        for at, (token, words) in enumerate(question.answers):
            radio = QRadioButton(words)
            radio.setAccessibleName(f"{question.title}: {words}")
            radio.setEnabled(may_write)
            radio.setChecked(token == question.value)
            group.addButton(radio, at)
            tokens[at] = token
            lines.addWidget(radio)
        if not question.answers:
            typed = QLineEdit(question.value)
            typed.setAccessibleName(question.title)
            typed.setPlaceholderText(question.range or "Ghi lựa chọn")
            typed.setEnabled(may_write)
            lines.addWidget(typed)
        if not may_write:
            return
        row = QHBoxLayout()
        reason = QLineEdit(question.reason)
        reason.setAccessibleName(f"Lý do: {question.title}")
        reason.setPlaceholderText("Lý do, ví dụ: biên bản hội nghị ngày 20/12/2026")
        row.addWidget(reason, 1)
        if question.standing is Standing.CHOSEN:
            row.addWidget(button("Bỏ lựa chọn", lambda: self._take_back(question), kind="quiet"))

        def keep() -> None:
            token = typed.text().strip() if typed is not None else tokens.get(group.checkedId(), "")
            if self._context.do(lambda: self._presenter.choose(question, token, reason.text())):
                self._again()

        act = button("Ghi lựa chọn", keep)
        act.setAccessibleName(f"Ghi lựa chọn: {question.title}")

        def weigh() -> None:
            now = typed.text().strip() if typed is not None else tokens.get(group.checkedId(), "")
            same = now == question.value and reason.text().strip() == question.reason
            settled = question.standing is Standing.CHOSEN and same
            act.setEnabled(bool(now) and not settled)

        group.idClicked.connect(lambda _at: weigh())
        reason.textEdited.connect(lambda _text: weigh())
        if typed is not None:
            typed.textEdited.connect(lambda _text: weigh())
        weigh()
        row.addWidget(act)
        lines.addLayout(row)

    def _take_back(self, question: Question) -> None:
        if self._context.do(lambda: self._presenter.take_back(question)):
            self._again()

    def _again(self) -> None:
        self._presenter.load()
        self._lay()
