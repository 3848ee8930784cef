"""The tabs of one unit that are lists: targets, grounds for points, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ground.numbers import vietnamese
from ui.models.columns import Column
from ui.pages.units.columns import ITEM_COLUMNS, JOURNAL_COLUMNS, TARGET_COLUMNS
from ui.pages.units.facts import Detail, History, HistoryLine, ItemKind, ItemRow, TargetRow
from ui.theme.tokens import Theme
from ui.widgets.table import Table
from ui.widgets.words import button, label

Row = TypeVar("Row")


class _RowsTab(QWidget, Generic[Row]):
    """A sentence, the rows of a unit, the acts below; without rows the sentence says so."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: Sequence[Column[Row]],
        edit: Callable[[Row], None],
        acts: Sequence[QPushButton],
        edit_words: str,
    ) -> None:
        super().__init__()
        self._change = edit
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, m.space_2, 0, 0)
        lines.setSpacing(m.space_2)
        self._words = label("", "muted", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        lines.addWidget(self._words)
        self.table: Table[Row] = Table(name, columns, theme)
        self.table.entered.connect(edit)
        lines.addWidget(self.table, 1)
        self._none = QWidget()
        row = QHBoxLayout()
        self.edit = button(edit_words, self._edit)
        for act in (*acts, self.edit):
            row.addWidget(act)
        row.addStretch(1)
        lines.addLayout(row)
        lines.addWidget(self._none, 1)

    def _edit(self) -> None:
        row = self.table.current
        if row is not None:
            self._change(row)

    def _show(self, rows: Sequence[Row], words: str, *, may_write: bool) -> None:
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.edit.setVisible(may_write and bool(rows))
        self._words.setText(words)


class TargetsTab(_RowsTab[TargetRow]):
    """The targets that a unit registered, with the half-year's figures."""

    def __init__(
        self, theme: Theme, add: Callable[[], None], edit: Callable[[TargetRow], None]
    ) -> None:
        fresh = button("Thêm chỉ tiêu", add, picture="plus")
        super().__init__(
            theme, "Chỉ tiêu đã đăng ký", TARGET_COLUMNS, edit, [fresh], "Sửa chỉ tiêu"
        )
        self.add = fresh

    def show_detail(self, detail: Detail, *, may_write: bool) -> None:
        """Shows this unit."""
        self.add.setVisible(may_write)
        open_ones = sum(row.kept.half_year is None for row in detail.targets)
        if not detail.targets:
            words = "Chưa ghi chỉ tiêu nào. Chỉ tiêu đơn vị đăng ký đầu năm ghi ở đây để đối chiếu "
            words += "khi sơ kết và khi chấm điểm."
        elif open_ones:
            words = f"Còn {open_ones} chỉ tiêu chưa có kết quả 6 tháng."
        else:
            words = "Mọi chỉ tiêu đã có kết quả 6 tháng."
        self._show(detail.targets, words, may_write=may_write)


class ItemsTab(_RowsTab[ItemRow]):
    """Grounds for bonus and deduction points."""

    def __init__(
        self,
        theme: Theme,
        add: Callable[[ItemKind], None],
        edit: Callable[[ItemRow], None],
    ) -> None:
        more = button("Thêm điểm thưởng", lambda: add("bonus"), picture="plus")
        less = button("Thêm điểm trừ", lambda: add("deductions"), picture="minus")
        acts = [more, less]
        super().__init__(theme, "Điểm thưởng, điểm trừ", ITEM_COLUMNS, edit, acts, "Sửa mục này")
        self.bonus, self.deduction = acts

    def show_detail(
        self, detail: Detail, *, may_write: bool, has_bonus: bool, has_deductions: bool
    ) -> None:
        """Shows this unit."""
        self.bonus.setVisible(may_write and has_bonus)
        self.deduction.setVisible(may_write and has_deductions)
        words = self._state(detail, asked=has_bonus or has_deductions)
        self._show(detail.items, words, may_write=may_write)

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
