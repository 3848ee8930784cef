"""The tabs of one unit that are lists: targets, grounds for points, history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ground.numbers import vietnamese
from ui.pages.units.columns import ITEM_COLUMNS, JOURNAL_COLUMNS, TARGET_COLUMNS
from ui.pages.units.facts import Detail, History, HistoryLine, ItemKind, ItemRow, TargetRow
from ui.theme.tokens import Theme
from ui.widgets.table import Table
from ui.widgets.words import button, label


class TargetsTab(QWidget):
    """The targets that a unit registered, with the half-year's figures."""

    def __init__(
        self, theme: Theme, add: Callable[[], None], edit: Callable[[TargetRow], None]
    ) -> None:
        super().__init__()
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, m.space_2, 0, 0)
        lines.setSpacing(m.space_2)
        self._words = label("", "muted", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        lines.addWidget(self._words)
        self.table: Table[TargetRow] = Table("Chỉ tiêu đã đăng ký", TARGET_COLUMNS, theme)
        self.table.entered.connect(edit)
        lines.addWidget(self.table, 1)
        self._none = QWidget()
        acts = QHBoxLayout()
        self.add = button("Thêm chỉ tiêu", add, picture="plus")
        self.edit = button("Sửa chỉ tiêu", lambda: self._edit(edit))
        acts.addWidget(self.add)
        acts.addWidget(self.edit)
        acts.addStretch(1)
        lines.addLayout(acts)
        lines.addWidget(self._none, 1)

    def _edit(self, act: Callable[[TargetRow], None]) -> None:
        row = self.table.current
        if row is not None:
            act(row)

    def show_detail(self, detail: Detail, *, may_write: bool) -> None:
        """Shows this unit."""
        self.table.show_rows(detail.targets)
        self.table.setVisible(bool(detail.targets))
        self._none.setVisible(not detail.targets)
        self.add.setVisible(may_write)
        self.edit.setVisible(may_write and bool(detail.targets))
        open_ones = sum(row.kept.half_year is None for row in detail.targets)
        if not detail.targets:
            words = "Chưa ghi chỉ tiêu nào. Chỉ tiêu đơn vị đăng ký đầu năm ghi ở đây để đối chiếu "
            words += "khi sơ kết và khi chấm điểm."
        elif open_ones:
            words = f"Còn {open_ones} chỉ tiêu chưa có kết quả 6 tháng."
        else:
            words = "Mọi chỉ tiêu đã có kết quả 6 tháng."
        self._words.setText(words)


class ItemsTab(QWidget):
    """Grounds for bonus and deduction points."""

    def __init__(
        self,
        theme: Theme,
        add: Callable[[ItemKind], None],
        edit: Callable[[ItemRow], None],
    ) -> None:
        super().__init__()
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, m.space_2, 0, 0)
        lines.setSpacing(m.space_2)
        self._words = label("", "muted", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        lines.addWidget(self._words)
        self.table: Table[ItemRow] = Table("Điểm thưởng, điểm trừ", ITEM_COLUMNS, theme)
        self.table.entered.connect(edit)
        lines.addWidget(self.table, 1)
        self._none = QWidget()
        acts = QHBoxLayout()
        self.bonus = button("Thêm điểm thưởng", lambda: add("bonus"), picture="plus")
        self.deduction = button("Thêm điểm trừ", lambda: add("deductions"), picture="minus")
        self.edit = button("Sửa mục này", lambda: self._edit(edit))
        for made in (self.bonus, self.deduction, self.edit):
            acts.addWidget(made)
        acts.addStretch(1)
        lines.addLayout(acts)
        lines.addWidget(self._none, 1)

    def _edit(self, act: Callable[[ItemRow], None]) -> None:
        row = self.table.current
        if row is not None:
            act(row)

    def show_detail(
        self, detail: Detail, *, may_write: bool, has_bonus: bool, has_deductions: bool
    ) -> None:
        """Shows this unit."""
        self.table.show_rows(detail.items)
        self.table.setVisible(bool(detail.items))
        self._none.setVisible(not detail.items)
        self.bonus.setVisible(may_write and has_bonus)
        self.deduction.setVisible(may_write and has_deductions)
        self.edit.setVisible(may_write and bool(detail.items))
        self._words.setText(self._state(detail, asked=has_bonus or has_deductions))

    def _state(self, detail: Detail, *, asked: bool) -> str:
        if not asked and not detail.items:
            return "Bảng tiêu chí của năm không có mục điểm thưởng, điểm trừ nào phải ghi."
        told = "Chưa ghi điểm thưởng, điểm trừ nào." if not detail.items else ""
        if detail.bonus_total is not None and detail.deductions_total is not None:
            bonus, deducted = vietnamese(detail.bonus_total), vietnamese(detail.deductions_total)
            told += f" Được tính hiện nay: thưởng {bonus} điểm, trừ {deducted} điểm."
        return told.strip()


class HistoryTab(QWidget):
    """Where a unit came from, its ranks in other years, and what was done about it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, m.space_2, 0, 0)
        lines.setSpacing(m.space_2)
        self._past = label("", wrap=True)
        lines.addWidget(self._past)
        self._words = label("Đang xem lịch sử…", "muted", wrap=True)
        lines.addWidget(self._words)
        self.table: Table[HistoryLine] = Table("Nhật ký của đơn vị", JOURNAL_COLUMNS, theme)
        self.table.setWordWrap(False)
        self.table.chosen.connect(self._tell)
        lines.addWidget(self.table, 1)
        self._details = label("", "small", wrap=True)
        lines.addWidget(self._details)

    def show_history(self, history: History) -> None:
        """Shows this history."""
        past = [
            f"{one.when}: {one.what}." if one.when else f"{one.what}."
            for one in (*history.succession, *history.ranks)
        ]
        self._past.setText("\n".join(past))
        self._past.setVisible(bool(past))
        count = len(history.journal)
        self._words.setText(
            f"{count} việc gần nhất đã ghi về đơn vị trong năm:"
            if count
            else "Nhật ký của năm chưa ghi việc nào về đơn vị này."
        )
        self.table.show_rows(history.journal)
        self.table.setVisible(bool(count))
        self._tell(self.table.current)

    def _tell(self, row: object) -> None:
        details = row.details if isinstance(row, HistoryLine) else ()
        self._details.setText("\n".join(details[:3]))
        self._details.setVisible(bool(details))
