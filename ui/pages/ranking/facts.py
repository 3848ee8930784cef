"""The panels of the ranking: what shaped one unit's place, and what is still to be decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.ranking.presenter import Fact, Question, RankingPresenter
from ui.theme.tokens import Theme, Tone
from ui.widgets.empty import Empty
from ui.widgets.sheet import Sheet
from ui.widgets.words import button, card, label


class _Scrolled(QScrollArea):
    """A column of widgets that scrolls."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)

    def show_column(self, widgets: Sequence[QWidget]) -> None:
        """Shows these widgets below each other."""
        inner = QWidget()
        inner.setProperty("kind", "content")
        m = self._theme.measures
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(m.space_2, 0, m.space_2, 0)
        lines.setSpacing(m.space_2)
        for widget in widgets:
            lines.addWidget(widget)
        lines.addStretch(1)
        self.setWidget(inner)


class FactsPanel(_Scrolled):
    """What shaped one unit's place, fact by fact."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Vì sao đứng ở hạng này", theme)
        self.setMinimumHeight(theme.measures.row * 3)

    def show_facts(self, name: str, facts: Sequence[Fact]) -> None:
        """Shows the facts of a unit."""
        m = self._theme.measures
        box = QWidget()
        rows = QGridLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(m.space_4)
        rows.setVerticalSpacing(m.space_1)
        rows.setColumnStretch(1, 1)
        for at, fact in enumerate(facts):
            tone = None if fact.tone is Tone.NEUTRAL else fact.tone
            about = label(fact.about, "muted" if tone is None else "strong", tone=tone, wrap=True)
            about.setFixedWidth(m.sidebar)
            rows.addWidget(about, at, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(label(fact.words, wrap=True), at, 1, Qt.AlignmentFlag.AlignTop)
        self.show_column([label(name, "section", wrap=True), box])


class QuestionsPanel(_Scrolled):
    """Open questions with what each answer would bring; an answer is recorded with its paper."""

    def __init__(self, context: Context, presenter: RankingPresenter) -> None:
        super().__init__("Điều chưa quyết định", context.theme)
        self._context, self._presenter = context, presenter

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Shows what is open."""
        if not questions:
            self.show_column(
                [Empty(self._theme, "circle-check", "Không còn điều gì chưa quyết định.")]
            )
            return
        self.show_column([self._question(question) for question in questions])

    def _question(self, question: Question) -> QWidget:
        box = card()
        m = self._theme.measures
        lines = QVBoxLayout(box)
        lines.setContentsMargins(m.space_4, m.space_3, m.space_4, m.space_3)
        lines.setSpacing(m.space_2)
        lines.addWidget(label(question.what, "strong", wrap=True))
        if question.units:
            lines.addWidget(label(question.units, "muted", wrap=True))
        for choice, words in question.answers:
            lines.addWidget(label(words, wrap=True))
            answer = button("Ghi quyết định này", kind="link")
            answer.setAccessibleName(f"Ghi quyết định: {words}")
            answer.clicked.connect(
                lambda _checked=False, q=question, c=choice, w=words: self._ask(q, c, w)
            )
            lines.addWidget(answer, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _ask(self, question: Question, choice: str, words: str) -> None:
        sheet = Sheet("Ghi quyết định", self.window())
        sheet.body.addWidget(label(question.what, wrap=True))
        sheet.body.addWidget(label(words, "strong", wrap=True))
        by, paper = QLineEdit(), QLineEdit()
        for field, name in (
            (by, "Người hoặc cơ quan quyết định"),
            (paper, "Văn bản (số, ký hiệu, ngày)"),
        ):
            field.setAccessibleName(name)
            sheet.body.addWidget(label(name))
            sheet.body.addWidget(field)
        sheet.add_button("Thôi", role="close")
        keep = sheet.add_button("Ghi quyết định", primary=True)

        def decide() -> None:
            done = self._context.do(
                lambda: self._presenter.decide(question.id, choice, by.text(), paper.text())
            )
            if done:
                sheet.close()

        keep.clicked.connect(decide)
        sheet.show_over()
        by.setFocus()
