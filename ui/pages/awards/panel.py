"""The panel of one unit: its checklist, what it received before, and what may be done now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.awards.columns import CHECKS
from ui.pages.awards.facts import CheckRow, LineRow, UnitView
from ui.pages.awards.presenter import AwardsPresenter
from ui.pages.awards.sheets import AwardSheets
from ui.places import PageId, Place
from ui.widgets.table import Table
from ui.widgets.words import button, label

_RECORDS = {
    "record": "Ghi trường hợp này…",
    "conclude": "Ghi kết luận…",
    "tick": "Ghi điều kiện…",
    "": "Ghi trường hợp này…",
}
_NEVER = "Các năm trước chưa ghi khen thưởng nào."


class UnitPanel(QWidget):
    """Everything about the unit that is chosen in the waterfall."""

    def __init__(self, context: Context, presenter: AwardsPresenter, sheets: AwardSheets) -> None:
        super().__init__()
        self._context, self._presenter, self._sheets = context, presenter, sheets
        self._row: LineRow | None = None
        self._view: UnitView | None = None
        m = context.theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, m.space_1, 0, 0)
        lines.setSpacing(m.space_1)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.name = label("", "section", wrap=True)
        head.addWidget(self.name, 1)
        self.answer = self._button(head, "Quyết định suất…", self._answer)
        self.ballot = self._button(head, "Đến Bỏ phiếu", self._to_ballots)
        self.after = button("Sau hội nghị", picture="ellipsis")
        self.after.setAccessibleName("Thay đổi sau hội nghị")
        menu = QMenu(self.after)
        self.withdraw = menu.addAction("Rút khỏi đề nghị…")
        self.withdraw.triggered.connect(lambda: self._on_row(sheets.withdraw))
        self.bar = menu.addAction("Không xét sau hội nghị…")
        self.bar.triggered.connect(lambda: self._on_row(sheets.bar))
        self.after.setMenu(menu)
        head.addWidget(self.after)
        self.record = self._button(head, _RECORDS[""], self._record)
        lines.addLayout(head)
        self.why = label("", "muted", wrap=True)
        lines.addWidget(self.why)
        self.checks: Table[CheckRow] = Table("Điều kiện xét của đơn vị", CHECKS, context.theme)
        self.checks.setMinimumHeight(m.row * 2 + m.space_4)
        self.checks.chosen.connect(self._show_act)
        self.checks.entered.connect(lambda _row: self._record())
        lines.addWidget(self.checks, 1)

    def _button(self, row: QHBoxLayout, words: str, act: Callable[[], object]) -> QPushButton:
        made = button(words, act)
        row.addWidget(made)
        return made

    # ------------------------------------------------------------- showing

    def show_row(self, row: LineRow | None) -> None:
        """Shows the unit of this row, with the acts that fit its place."""
        self._row = row
        view = self._presenter.unit(row.unit) if row is not None else None
        self._view = view
        self.setVisible(view is not None)
        if row is None or view is None:
            return
        may = self._presenter.may_write
        self.name.setText(view.name)
        past = f"Đã được khen: {'; '.join(view.past)}." if view.past else _NEVER
        self.why.setText(" ".join(part for part in (f"{row.state}.", row.why, past) if part))
        self.checks.show_rows(view.checks)
        self.answer.setVisible(may and row.waits in ("held", "decision"))
        self.ballot.setVisible(row.waits == "ballot")
        stands = row.kept is not None and row.kept.state == "proposed"
        self.after.setVisible(may and stands)
        self.record.setVisible(may and bool(view.checks))
        self._show_act(self.checks.current)

    def _show_act(self, check: CheckRow | None) -> None:
        act = check.act if check is not None else ""
        self.record.setText(_RECORDS[act])
        self.record.setAccessibleName(_RECORDS[act])
        self.record.setEnabled(bool(act))
        derived = "Trường hợp này suy từ số liệu; sửa số liệu thì tự thay đổi."
        self.record.setToolTip("" if act else derived)

    # ------------------------------------------------------------- acting

    def _record(self) -> None:
        check, view = self.checks.current, self._view
        if check is not None and view is not None and self._presenter.may_write:
            self._sheets.check(view.unit, view.name, check)

    def _answer(self) -> None:
        if self._row is not None:
            self._sheets.answer(self._row.question)

    def _to_ballots(self) -> None:
        self._context.go(Place(PageId.BALLOTS))

    def _on_row(self, act: Callable[[LineRow], None]) -> None:
        if self._row is not None:
            act(self._row)
