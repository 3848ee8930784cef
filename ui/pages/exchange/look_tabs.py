"""Behind the verdict: what would change, what both sides changed, what is not the sender's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.operations.exchange.taking_in import Side
from ui.context import Context
from ui.pages.exchange.columns import BEYOND, CHANGES, CONFLICTS
from ui.pages.exchange.presenter.changes import ChangeRow
from ui.pages.exchange.presenter.receiving import Receiving
from ui.widgets.findings import FindingsList
from ui.widgets.keys import on_key
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.words import button, label

_CHANGES, _CONFLICTS, _BEYOND, _PROBLEMS, _AGAIN = range(5)
_PARTS = (_CHANGES, _CONFLICTS, _BEYOND, _PROBLEMS, _AGAIN)


class LookTabs(QWidget):
    """One package in all its parts; ``changed`` is called when something was decided."""

    def __init__(self, context: Context, receiving: Receiving, changed: Callable[[], None]) -> None:
        super().__init__()
        self._receiving, self._changed = receiving, changed
        theme = context.theme
        self._space = theme.measures.space_2
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(self._space)
        self.tabs = Tabs("Nội dung của gói")
        self.search = SearchBox(theme, "Tìm đơn vị, tiêu chí (không cần gõ dấu)")
        self.changes: Table[ChangeRow] = Table("Các thay đổi", CHANGES, theme)
        self.changes.setObjectName("packageChanges")
        self.search.textChanged.connect(self.changes.rows.find)
        self.tabs.addTab(self._stacked(self.search, self.changes), "Sẽ thay đổi")
        self.conflicts: Table[ChangeRow] = Table("Mục hai bên cùng sửa", CONFLICTS, theme)
        self.conflicts.setObjectName("packageConflicts")
        self.conflicts.entered.connect(self._turn)
        on_key(self.conflicts, Qt.Key.Key_Space, lambda: self._turn(self.conflicts.current))
        self.tabs.addTab(self._deciding(), "Hai bên cùng sửa")
        self.beyond: Table[ChangeRow] = Table("Mục nơi gửi không được sửa", BEYOND, theme)
        self.agree = QCheckBox("Bỏ các mục này, nhận phần còn lại")
        self.agree.setAccessibleName(self.agree.text())
        self.agree.toggled.connect(self._agree)
        self.tabs.addTab(self._stacked(self.agree, self.beyond), "Không được sửa")
        self.problems = FindingsList()
        self.tabs.addTab(self.problems, "Cần xem")
        self.again = QPlainTextEdit()
        self.again.setReadOnly(True)
        self.again.setTabChangesFocus(True)
        self.again.setAccessibleName("Kết quả tính lại")
        self.tabs.addTab(self.again, "Tính lại")
        whole.addWidget(self.tabs, 1)

    def _stacked(self, head: QWidget, body: QWidget) -> QWidget:
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, self._space, 0, 0)
        lines.setSpacing(self._space)
        lines.addWidget(head)
        lines.addWidget(body, 1)
        return made

    def _deciding(self) -> QWidget:
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, self._space, 0, 0)
        lines.setSpacing(self._space)
        lines.addWidget(self.conflicts, 1)
        row = QHBoxLayout()
        row.setSpacing(self._space)
        self.keep = button("Giữ của sổ", lambda: self._decide(Side.OURS))
        self.take = button("Lấy của gói", lambda: self._decide(Side.THEIRS))
        self.keep_all = button(
            "Giữ tất cả của sổ", lambda: self._decide_all(Side.OURS), kind="quiet"
        )
        self.take_all = button(
            "Lấy tất cả của gói", lambda: self._decide_all(Side.THEIRS), kind="quiet"
        )
        row.addWidget(self.keep)
        row.addWidget(self.take)
        row.addWidget(label("Phím cách: đổi qua lại.", "small"))
        row.addStretch(1)
        row.addWidget(self.keep_all)
        row.addWidget(self.take_all)
        lines.addLayout(row)
        return made

    # ------------------------------------------------------------- showing

    def refresh(self) -> None:
        """Shows the package in sight as it stands against the book."""
        receiving = self._receiving
        changes, conflicts, beyond = receiving.changes(), receiving.conflicts(), receiving.beyond()
        problems = receiving.problems
        self.changes.show_rows(changes)
        self.conflicts.show_rows(conflicts)
        self.beyond.show_rows(beyond)
        self.problems.show_findings(problems)
        again = receiving.recompute_lines()
        self.again.setPlainText("\n".join(again))
        self.agree.blockSignals(True)
        self.agree.setChecked(receiving.leave_beyond)
        self.agree.blockSignals(False)
        for at, title, count in (
            (_CHANGES, "Sẽ thay đổi", len(changes)),
            (_CONFLICTS, "Hai bên cùng sửa", len(conflicts)),
            (_BEYOND, "Không được sửa", len(beyond)),
            (_PROBLEMS, "Cần xem", len(problems)),
        ):
            self.tabs.setTabText(at, f"{title} ({count})" if count else title)
            self.tabs.setTabVisible(at, bool(count))
        self.tabs.setTabVisible(_AGAIN, bool(again))
        self.tabs.setVisible(any(self.tabs.isTabVisible(at) for at in range(self.tabs.count())))

    def show_first(self) -> None:
        """Brings what matters most of a package into sight: what stands in its way comes first."""
        stops = any(problem.is_error for problem in self._receiving.problems)
        self.search.clear()
        order = (_PROBLEMS, *_PARTS) if stops else _PARTS
        shown = [at for at in order if self.tabs.isTabVisible(at)]
        if shown:
            self.tabs.setCurrentIndex(shown[0])

    def show_conflicts(self) -> None:
        """Brings the first open conflict into sight."""
        self.tabs.setCurrentIndex(_CONFLICTS)
        self.conflicts.choose(lambda row: row.side is None)
        self.conflicts.setFocus()

    def show_beyond(self) -> None:
        """Brings what the sender may not change into sight."""
        self.tabs.setCurrentIndex(_BEYOND)
        self.agree.setFocus()

    # ------------------------------------------------------------- deciding

    def _decide(self, side: Side) -> None:
        row = self.conflicts.current
        if row is not None:
            self._receiving.decide(row.name, side)
            self._decided()
            self.conflicts.choose(lambda other: other.side is None)

    def _turn(self, row: ChangeRow | None) -> None:
        if row is not None:
            side = Side.THEIRS if row.side is Side.OURS else Side.OURS
            self._receiving.decide(row.name, side)
            self._decided()

    def _decide_all(self, side: Side) -> None:
        self._receiving.decide_all(side)
        self._decided()

    def _decided(self) -> None:
        self.conflicts.show_rows(self._receiving.conflicts())
        self._changed()

    def _agree(self, agreed: bool) -> None:
        self._receiving.leave_beyond = agreed
        self._changed()
