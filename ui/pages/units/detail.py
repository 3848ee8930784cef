"""The panel beside the list: one unit with its tabs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.units.change_sheets import ChangeSheets
from ui.pages.units.facts import Detail, ItemKind, ItemRow, PaperRow, TargetRow, UnitRow
from ui.pages.units.list_tabs import HistoryTab, ItemsTab, TargetsTab
from ui.pages.units.presenter import UnitsPresenter
from ui.pages.units.sheets import UnitSheets
from ui.pages.units.year_tab import PapersTab, YearTab
from ui.places import PageId, Place
from ui.widgets.tabs import Tabs
from ui.widgets.words import button, label

TOPICS = ("year", "registrations", "targets", "items", "history")
"""The tabs by the topic of a place, in their order."""
_LONG = 80


class UnitDetail(QWidget):
    """Name and changes of a unit above its tabs."""

    def __init__(self, context: Context, presenter: UnitsPresenter, sheets: UnitSheets) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._sheets = sheets
        self._changes = ChangeSheets(context, presenter, self)
        self._detail: Detail | None = None
        self._history_of: str | None = None
        m = context.theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(m.space_2, 0, 0, 0)
        lines.setSpacing(m.space_1)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = label("", "section", wrap=True)
        words.addWidget(self.name)
        self.under = label("", "muted", wrap=True)
        words.addWidget(self.under)
        head.addLayout(words, 1)
        self.scores = button("Xem điểm", self._to_scores, kind="link")
        head.addWidget(self.scores, 0, Qt.AlignmentFlag.AlignTop)
        self.change = self._change_button()
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        self.year = YearTab(context.theme, self._set_role, self._edit_stay, self._edit_notes)
        self.papers = PapersTab(context.theme, self._edit_paper, self._remove_paper)
        self.targets = TargetsTab(context.theme, lambda: self._edit_target(None), self._edit_target)
        self.items = ItemsTab(context.theme, self._add_item, self._edit_item)
        self.history = HistoryTab(context.theme)
        self.tabs = Tabs("Các phần về đơn vị")
        for title, tab in (
            ("Trong năm", self.year),
            ("Đăng ký", self.papers),
            ("Chỉ tiêu", self.targets),
            ("Thưởng, trừ", self.items),
            ("Lịch sử", self.history),
        ):
            self.tabs.addTab(tab, title)
        self.tabs.currentChanged.connect(lambda _at: self._show_history())
        lines.addWidget(self.tabs, 1)

    def _change_button(self) -> QPushButton:
        made = button("Thay đổi", picture="ellipsis")
        made.setAccessibleName("Thay đổi về tổ chức của đơn vị")
        menu = QMenu(made)
        acts: tuple[tuple[str, Callable[[str], None]], ...] = (
            ("Đổi tên…", self._changes.rename),
            ("Chuyển sang cụm, khối khác…", self._changes.move),
            ("Sáp nhập với đơn vị khác…", self._changes.merge),
            ("Chia tách…", self._changes.split),
            ("Rời cụm, khối…", self._changes.leave),
            ("Bỏ đơn vị thêm nhầm…", self._changes.remove),
        )
        self._acts = {}
        for words, act in acts:
            entry = menu.addAction(words)
            entry.triggered.connect(lambda _checked=False, a=act: self._with_unit(a))
            self._acts[words] = entry
        made.setMenu(menu)
        return made

    def _with_unit(self, act: Callable[[str], None]) -> None:
        if self._detail is not None:
            act(self._detail.row.id)

    # ------------------------------------------------------------- showing

    def show_unit(self, row: UnitRow | None, *, fresh: bool) -> None:
        """Shows this unit; ``fresh``: something about it may have changed."""
        detail = self._presenter.detail(row) if row is not None else None
        self._detail = detail
        self.setVisible(detail is not None)
        if detail is None or row is None:
            return
        may_write = self._presenter.may_write
        cut = len(row.name) > _LONG
        self.name.setText(f"{row.name[:_LONG].rpartition(' ')[0]}…" if cut else row.name)
        self.name.setToolTip(row.name if cut else "")
        self.name.setAccessibleName(row.name)
        parts = [text for text in (row.cluster_name, row.roles, row.stay) if text]
        self.under.setText(" · ".join(parts))
        self.change.setVisible(may_write)
        self._acts["Chuyển sang cụm, khối khác…"].setEnabled(
            len(self._presenter.clusters()) > 1 and not row.gone
        )
        for words in ("Sáp nhập với đơn vị khác…", "Chia tách…", "Rời cụm, khối…"):
            self._acts[words].setEnabled(not row.gone)
        self.year.show_detail(detail, may_write=may_write)
        self.papers.show_detail(detail, may_write=may_write)
        self.targets.show_detail(detail, may_write=may_write)
        rules = self._presenter.rules
        self.items.show_detail(
            detail,
            may_write=may_write,
            has_bonus=bool(rules.items("bonus")),
            has_deductions=bool(rules.items("deductions")),
        )
        if fresh:
            self._history_of = None
        self._show_history()

    def _show_history(self) -> None:
        """Reads the history only where it is looked at."""
        if self._detail is None or self.tabs.currentWidget() is not self.history:
            return
        unit = self._detail.row.id
        if self._history_of != unit:
            self._history_of = unit
            self._presenter.history(unit, self.history.show_history)

    def show_topic(self, topic: str) -> None:
        """Brings a tab into sight."""
        if topic in TOPICS:
            self.tabs.setCurrentIndex(TOPICS.index(topic))

    # ------------------------------------------------------------- acting

    def _to_scores(self) -> None:
        if self._detail is not None:
            self._context.go(Place(PageId.SCORES, unit=self._detail.row.id))

    def _set_role(self, role: str, on: bool) -> bool:
        if self._detail is None:
            return False
        unit = self._detail.row.id
        return self._context.do(lambda: self._presenter.set_role(unit, role, held=on))

    def _edit_stay(self) -> None:
        if self._detail is not None:
            self._sheets.edit_stay(self._detail)

    def _edit_notes(self) -> None:
        if self._detail is not None:
            self._sheets.edit_notes(self._detail)

    def _edit_paper(self, paper: PaperRow) -> None:
        if self._detail is not None:
            self._sheets.edit_paper(self._detail, paper)

    def _remove_paper(self, paper: PaperRow) -> None:
        if self._detail is not None:
            unit = self._detail.row.id
            self._context.do(lambda: self._presenter.remove_paper(unit, paper.kind))

    def _edit_target(self, row: TargetRow | None) -> None:
        if self._detail is not None and self._presenter.may_write:
            self._sheets.edit_target(self._detail, row)

    def _add_item(self, kind: ItemKind) -> None:
        if self._detail is not None:
            self._sheets.edit_item(self._detail, kind, None)

    def _edit_item(self, row: ItemRow) -> None:
        if self._detail is not None and self._presenter.may_write:
            self._sheets.edit_item(self._detail, row.kind, row)
