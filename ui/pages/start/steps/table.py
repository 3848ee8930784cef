"""Step 4: the cluster's own table or the finished one, and what the text leaves open."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.flows.frames import Question
from ui.flows.new_cluster import NewCluster
from ui.pages.start.columns import QUESTIONS, QuestionRow
from ui.pages.start.steps.step import StepView
from ui.theme.tokens import Theme
from ui.widgets.scrolling import Scrolling
from ui.widgets.table import Table
from ui.widgets.words import label


class TableStep(StepView):
    """Two ways to a table above; below the open questions, the chosen one at the right."""

    def __init__(self, theme: Theme, draft: NewCluster) -> None:
        super().__init__(theme, draft)
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_1)
        self.own = QRadioButton("Lập bảng riêng của cụm, khối từ khung này")
        self.as_is = QRadioButton("Dùng nguyên bảng này")
        ways = QHBoxLayout()
        ways.setSpacing(m.space_6)
        ways.addWidget(self.own)
        ways.addWidget(self.as_is)
        ways.addStretch(1)
        lines.addLayout(ways)
        self._way_words = label("", "muted", wrap=True)
        self._way_words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        lines.addWidget(self._way_words)
        group = QButtonGroup(self)
        group.addButton(self.own)
        group.addButton(self.as_is)
        self.own.toggled.connect(self._way_chosen)
        named = QHBoxLayout()
        named.setSpacing(m.space_2)
        self._title_word = label("Tên bảng")
        named.addWidget(self._title_word)
        self.title = QLineEdit()
        self.title.setAccessibleName("Tên bảng")
        self.title.textEdited.connect(self._titled)
        named.addWidget(self.title, 1)
        lines.addLayout(named)
        lines.addSpacing(m.space_1)
        self._asked = label("", "strong", wrap=True)
        lines.addWidget(self._asked)
        row = QHBoxLayout()
        row.setSpacing(m.space_4)
        self.table: Table[QuestionRow] = Table("Chỗ văn bản để ngỏ", QUESTIONS, theme)
        self.table.setMinimumSize(m.panel, m.row * 3)
        self.table.chosen.connect(self._show_question)
        row.addWidget(self.table, 3)
        self.details = Scrolling(QWidget(), "Câu hỏi đang chọn")
        self.details.setMinimumWidth(m.panel * 3 // 4)
        row.addWidget(self.details, 2)
        lines.addLayout(row, 1)
        self._answers = QButtonGroup(self)
        self._answers.idClicked.connect(self._answered)
        self._shown = ""

    def show_draft(self) -> None:
        """Shows way, title and questions."""
        draft = self.draft
        self.own.setChecked(draft.own_table)
        self.as_is.setChecked(not draft.own_table)
        self._show_way()
        self._shown = ""
        self._show_questions()
        self._show_question(self.table.current)

    def focus_first(self) -> None:
        """The way to a table."""
        (self.own if self.draft.own_table else self.as_is).setFocus()

    def _way_chosen(self, own: bool) -> None:
        self.draft.own_table = own
        self._show_way()
        self.changed.emit()

    def _show_way(self) -> None:
        own = self.draft.own_table
        frame = self.draft.frame
        self._way_words.setText(frame.way_words(own_table=own) if frame is not None else "")
        self.title.setEnabled(own)
        self.title.setText(self.draft.table_title if own or frame is None else frame.title)
        self.title.setCursorPosition(0)

    def _titled(self, title: str) -> None:
        self.draft.table_title = title
        self.changed.emit()

    # ------------------------------------------------------------- questions

    def _show_questions(self) -> None:
        draft = self.draft
        rows = [self._row(question) for question in draft.questions]
        self.table.show_rows(rows)
        left = draft.unanswered
        if not rows:
            words = "Văn bản này không để ngỏ điều gì phải chọn."
        elif left:
            words = (
                f"Văn bản để ngỏ {left} chỗ chưa có câu trả lời. Trả lời ngay, hoặc để sau "
                "ở trang Bảng tiêu chí."
            )
        else:
            words = "Mọi chỗ văn bản để ngỏ đều đã có lựa chọn; xem lại nếu cần."
        self._asked.setText(words)

    def _row(self, question: Question) -> QuestionRow:
        draft = self.draft
        answer = draft.answers.get(question.id)
        typed = draft.typed_answers.get(question.id, "").strip()
        if typed:
            words = typed
        elif answer is not None:
            words = dict(question.answers)[answer]
        else:
            words = "Để trả lời sau" if question.open else question.default_words
        return QuestionRow(
            question.id, question.title, words, question.open and answer is None and not typed
        )

    def _show_question(self, row: QuestionRow | None) -> None:
        question = next((q for q in self.draft.questions if row and q.id == row.id), None)
        if question is not None and question.id == self._shown:
            return
        m = self.theme.measures
        inner = QWidget()
        inner.setProperty("kind", "content")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, m.space_2, 0)
        lines.setSpacing(m.space_1)
        for old in self._answers.buttons():
            self._answers.removeButton(old)
        self._shown = question.id if question is not None else ""
        if question is not None:
            lines.addWidget(label(question.title, "strong", wrap=True))
            self._lay_answers(question, lines)
            lines.addWidget(label(question.note, "muted", wrap=True))
        lines.addStretch(1)
        self.details.setWidget(inner)

    def _lay_answers(self, question: Question, lines: QVBoxLayout) -> None:
        if question.range:
            typed = QLineEdit(self.draft.typed_answers.get(question.id, ""))
            typed.setPlaceholderText(
                question.range
                if question.open
                else f"{question.range}; đang là {question.default_words}"
            )
            typed.setAccessibleName(question.title)
            typed.textEdited.connect(lambda text: self._typed(question.id, text))
            lines.addWidget(typed)
            return
        chosen = self.draft.answers.get(question.id, question.default)
        if question.open:
            lines.addLayout(self._radio(-2, "Để trả lời sau", chosen is None))
        for place, (value, words) in enumerate(question.answers):
            default = "" if value != question.default else " (gói đề xuất)"
            lines.addLayout(self._radio(place, f"{words[:1].upper()}{words[1:]}{default}",
                                        value == chosen))  # fmt: skip

    def _radio(self, place: int, words: str, checked: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self.theme.measures.space_1)
        radio = QRadioButton()
        radio.setAccessibleName(words)
        self._answers.addButton(radio, place)
        radio.setChecked(checked)
        beside = label(words, wrap=True)
        beside.mousePressEvent = lambda _event: radio.click()  # type: ignore[method-assign]
        line.addWidget(radio)
        line.addWidget(beside, 1)
        return line

    def _answered(self, place: int) -> None:
        question = next((q for q in self.draft.questions if q.id == self._shown), None)
        if question is None:
            return
        value: bool | str | Fraction | None = None if place < 0 else question.answers[place][0]
        self.draft.answer(question.id, value)
        self._show_questions()
        self.changed.emit()

    def _typed(self, question: str, text: str) -> None:
        self.draft.typed_answers[question] = text
        self._show_questions()
        self.changed.emit()
