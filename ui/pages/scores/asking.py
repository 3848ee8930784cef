"""Asking a unit about the active cell, and keeping its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.operations.workspace.desk import today
from app.operations.workspace.explanations import answer_explanation, ask_explanation
from ui.context import Context
from ui.models.score_cells import Lane, Line
from ui.pages.scores.explained import Explained, Waiting
from ui.pages.scores.panel import ExplainPanel
from ui.pages.scores.presenter import ScoresPresenter
from ui.pages.scores.view import ScoreView
from ui.widgets.form import FormSheet

if TYPE_CHECKING:
    from app.operations.workspace.desk import Desk, Done


class Asking:
    """The sheets of the panel's button: a question to the unit, or the unit's answer to it."""

    def __init__(
        self, context: Context, presenter: ScoresPresenter, grid: ScoreView, panel: ExplainPanel
    ) -> None:
        self._context, self._presenter, self._grid = context, presenter, grid
        panel.ask.clicked.connect(self.begin)

    def begin(self) -> None:
        """Asks for the answer where the unit owes one, else for a question."""
        line, lane, found = self._grid.line, self._grid.lane, self._found
        if line is None or lane is None or found is None or not found.may_ask:
            return
        if found.waiting is None:
            self._ask(line, lane, found)
        else:
            self._answer(found, found.waiting)

    @property
    def may_begin(self) -> bool:
        """Whether the active cell is one that its unit can be asked about now."""
        found = self._found
        return found is not None and found.may_ask

    @property
    def _found(self) -> Explained | None:
        line, lane = self._grid.line, self._grid.lane
        if line is None or lane is None:
            return None
        return self._presenter.reasons.explained(line, lane)

    def _ask(self, line: Line, lane: Lane, found: Explained) -> None:
        def act(values: dict[str, Any]) -> bool:
            def verb(desk: Desk) -> Done:
                question, day = values["question"], today()
                return ask_explanation(desk, lane.unit, line.code, lane.round, question, day)[1]

            return self._context.do(lambda: self._context.session.act(verb))

        sheet = self._sheet(f"Yêu cầu {found.unit} giải trình", "Ghi yêu cầu", act)
        sheet.form.words(found.title)
        sheet.form.text("question", "Nội dung cần giải trình", required=True, lines=3)
        sheet.show_over()

    def _answer(self, found: Explained, waiting: Waiting) -> None:
        def act(values: dict[str, Any]) -> bool:
            def verb(desk: Desk) -> Done:
                return answer_explanation(desk, waiting.id, values["answer"], values["on"])

            return self._context.do(lambda: self._context.session.act(verb))

        sheet = self._sheet(f"{found.unit} giải trình", "Ghi trả lời", act)
        sheet.form.words(found.title)
        sheet.form.words(f"Đã hỏi: {waiting.question}")
        sheet.form.text("answer", "Trả lời của đơn vị", required=True, lines=3)
        sheet.form.date("on", "Ngày trả lời", today(), required=True)
        sheet.show_over()

    def _sheet(self, title: str, verb: str, act: Callable[[dict[str, Any]], bool]) -> FormSheet:
        theme, over = self._context.theme, self._grid.window()
        return FormSheet(title, verb, theme, over, act, width=620)
