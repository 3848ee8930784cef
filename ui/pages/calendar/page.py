"""The page Lịch và nhiệm vụ: what falls on which day, duties, movements and activities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.context import Context
from ui.page import Page
from ui.pages.calendar.columns import ACTIVITIES, DAYS, DUTIES
from ui.pages.calendar.presenter import ActivityRow, CalendarPresenter, DayRow, DutyRow
from ui.pages.calendar.sheets import Sheets
from ui.places import PageId
from ui.topics import Topic
from ui.widgets.files import ask_new_file
from ui.widgets.panels import Panels
from ui.widgets.scrolling import Scrolling
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.words import button, label

_NOTHING = "Chưa có gì ở đây. Thời hạn và nhiệm vụ lấy từ bảng tiêu chí của năm."
_NO_ACTIVITY = "Chưa ghi phong trào, hoạt động nào. Bấm “Ghi hoạt động…” để ghi hoạt động đầu tiên."


class CalendarPage(Page):
    """When what has to be done, by whom, and whether it was."""

    id = PageId.CALENDAR
    title = "Lịch và nhiệm vụ"
    topics = frozenset(
        {Topic.YEAR, Topic.MEMBERS, Topic.TABLE, Topic.RECORDS, Topic.ROUNDS, Topic.WORKSPACE}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = CalendarPresenter(context.session, context.runner)
        self.presenter.shown = self._show
        self.sheets = Sheets(context, self.presenter, self)
        self.export = self.secondary("Xuất lịch…", self._ask_export, "download")
        m = context.theme.measures
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.search = SearchBox(context.theme, "Tìm việc, đơn vị (không cần gõ dấu)")
        self.search.textChanged.connect(self._find)
        head.addWidget(self.search, 1)
        self.cluster = QComboBox()
        self.cluster.setAccessibleName("Chỉ xem một cụm, khối")
        self.cluster.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.cluster.setMinimumContentsLength(14)
        self.cluster.activated.connect(lambda _at: self._show_rows())
        head.addWidget(self.cluster)
        self.waiting = QCheckBox("Chỉ việc chưa xong")
        self.waiting.setAccessibleName("Chỉ việc chưa xong")
        self.waiting.toggled.connect(lambda _on: self._show_rows())
        head.addWidget(self.waiting)
        head.addStretch(1)
        self.body.addLayout(head)
        self.tabs = Tabs("Các phần của lịch")
        self.body.addWidget(self.tabs, 1)
        self.days: Table[DayRow] = Table("Lịch theo ngày", DAYS, context.theme)
        self.about_day = label("", wrap=True)
        self.days.chosen.connect(lambda row: self._tell(self.about_day, row))
        self.tabs.addTab(self._split("calendar", self.days, self.about_day), "Theo ngày")
        self.duties: Table[DutyRow] = Table("Các nhiệm vụ", DUTIES, context.theme)
        self.about_duty = label("", wrap=True)
        self.note = button("Ghi kết quả…", self._note, picture="pencil")
        self.take_out = button("Bỏ ghi", self._take_out, kind="quiet", picture="undo-2")
        self.put_off = button("Gia hạn riêng…", self._put_off, kind="quiet", picture="clock")
        self.duties.chosen.connect(self._duty_chosen)
        self.duties.entered.connect(lambda _row: self._note())
        acts = self._row(self.note, self.put_off, self.take_out)
        self.tabs.addTab(self._split("duties", self.duties, self.about_duty, acts), "Nhiệm vụ")
        self.activities: Table[ActivityRow] = Table("Các hoạt động", ACTIVITIES, context.theme)
        self.counts = label("", wrap=True)
        self.add = button("Ghi hoạt động…", self._add, picture="plus")
        self.change = button("Sửa…", self._change, kind="quiet", picture="pencil")
        self.drop = button("Bỏ hoạt động", self._drop, kind="quiet", picture="trash-2")
        self.activities.chosen.connect(self._activity_chosen)
        self.activities.entered.connect(lambda _row: self._change())
        row = self._row(self.add, self.change, self.drop)
        part = self._split("activities", self.activities, self.counts, row)
        self.tabs.addTab(part, "Phong trào, hoạt động")

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.measures.space_2)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _split(
        self, name: str, table: QWidget, told: QLabel, acts: QHBoxLayout | None = None
    ) -> QWidget:
        """A table with what is told of its row below, and the acts at the foot."""
        m = self.context.theme.measures
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, m.space_2, 0)
        lines.addWidget(told)
        lines.addStretch(1)
        scrolled = Scrolling(words, "Chi tiết")
        scrolled.setMinimumHeight(m.row)
        part = QWidget()
        whole = QVBoxLayout(part)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        panels = Panels(
            name, self.context.preferences, table, scrolled, shares=(320, 110), vertical=True
        )
        whole.addWidget(panels, 1)
        if acts is not None:
            whole.addLayout(acts)
        return part

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Reads anew; what was there before stays in sight until then."""
        self.say(self.presenter.sentence())
        self.presenter.look()

    def _show(self) -> None:
        self.say(self.presenter.sentence())
        kept = self.cluster.currentData()
        self.cluster.clear()
        for key, words in (("", "Mọi cụm, khối"), *self.presenter.clusters):
            self.cluster.addItem(words, key)
        self.cluster.setCurrentIndex(max(self.cluster.findData(kept), 0))
        self.cluster.setVisible(len(self.presenter.clusters) > 1)
        activities = self.presenter.activities()
        self.activities.show_rows(activities)
        counts = "\n".join(words for words, _tone in self.presenter.counts())
        self.counts.setText(counts or ("" if activities else _NO_ACTIVITY))
        self._activity_chosen(self.activities.current)
        self._show_rows()

    def _show_rows(self) -> None:
        cluster = str(self.cluster.currentData() or "")
        waiting = self.waiting.isChecked()
        self.days.show_rows(self.presenter.days(cluster, waiting=waiting))
        self.duties.show_rows(self.presenter.duties(cluster, waiting=waiting))
        self._tell(self.about_day, self.days.current)
        self._duty_chosen(self.duties.current)

    def _find(self, words: str) -> None:
        for table in (self.days, self.duties, self.activities):
            table.rows.find(words)
            if table.currentIndex().row() < 0 and table.rows.rowCount():
                table.selectRow(0)

    def _tell(self, told: QLabel, row: DayRow | DutyRow | None) -> None:
        told.setText("\n".join(row.details) if row is not None else _NOTHING)

    def _duty_chosen(self, row: DutyRow | None) -> None:
        self._tell(self.about_duty, row)
        may = row is not None and self.presenter.may_write
        self.note.setEnabled(may)
        self.take_out.setEnabled(may and row is not None and row.line.noted)
        self.put_off.setEnabled(may and row is not None and row.line.duty.who == "unit")

    def _activity_chosen(self, row: ActivityRow | None) -> None:
        self.add.setEnabled(self.presenter.may_write)
        for one in (self.change, self.drop):
            one.setEnabled(row is not None and self.presenter.may_write)

    # ------------------------------------------------------------- acting

    def _note(self) -> None:
        row = self.duties.current
        if row is not None and self.presenter.may_write:
            self.sheets.note(row)

    def _put_off(self) -> None:
        row = self.duties.current
        if row is not None:
            self.sheets.put_off(row)

    def _take_out(self) -> None:
        row: Any = self.duties.current
        if row is not None:
            self.context.do(lambda: self.presenter.take_out(row))

    def _add(self) -> None:
        self.sheets.activity(None)

    def _change(self) -> None:
        row = self.activities.current
        if row is not None and self.presenter.may_write:
            self.sheets.activity(row)

    def _drop(self) -> None:
        row: Any = self.activities.current
        if row is not None:
            self.context.do(lambda: self.presenter.drop_activity(row))

    def _ask_export(self) -> None:
        ask_new_file(
            self.window(),
            "Xuất lịch cho chương trình lịch khác",
            "Ghi lịch",
            Path.home() / self.presenter.file_name,
            "Lịch (*.ics)",
            lambda file: self.presenter.export(file, self.context.notices.said.emit),
        )
