"""Step 3: which year, by which calendar, from which day to which."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.exchange.facts_values import as_date
from ui.flows.new_cluster import NewCluster
from ui.flows.steps import Fault
from ui.pages.start.steps.step import StepView
from ui.theme.tokens import Theme
from ui.widgets.form import Editor, Form
from ui.widgets.scrolling import Scrolling

_KINDS = [
    ("calendar", "Năm dương lịch (1/1 đến 31/12)"),
    ("school", "Năm học (1/9 đến 31/8 năm sau)"),
]


class YearStep(StepView):
    """A short form; the days follow the year unless they are typed."""

    def __init__(self, theme: Theme, draft: NewCluster) -> None:
        super().__init__(theme, draft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.form = Form(theme)
        self.form.setMaximumWidth(theme.measures.panel * 2)
        self.kind = self.form.choice("kind", "Tính theo", _KINDS)
        self.year = self.form.text(
            "year", "Năm", hint="Năm học ghi năm đầu: 2026 cho năm học 2026-2027."
        )
        self.start = self.form.date("start", "Từ ngày")
        self.end = self.form.date("end", "Đến hết ngày")
        self.name = self.form.text(
            "name", "Tên trên văn bản", hint="Tên này in trên giấy tờ; thường là chính năm đó."
        )
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.form)
        inside.addStretch(1)
        row.addWidget(Scrolling(holder, "Năm thi đua"))
        assert isinstance(self.kind, QComboBox)
        self.kind.currentIndexChanged.connect(self._year_chosen)
        _line(self.year).textEdited.connect(lambda _text: self._year_chosen())
        for editor in (self.start, self.end):
            _line(editor).textEdited.connect(lambda _text: self._days_typed())
        _line(self.name).textEdited.connect(self._named)

    def show_draft(self) -> None:
        """Fills the form."""
        draft = self.draft
        assert isinstance(self.kind, QComboBox)
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(max(self.kind.findData(draft.kind), 0))
        draft.unread.clear()
        for key in ("year", "start", "end"):
            self.form.fault(key, "")
        _line(self.year).setText(str(draft.first_year))
        self._show_days()

    def focus_first(self) -> None:
        """The year."""
        self.year.setFocus()

    def _show_days(self) -> None:
        start, end = self.draft.dates or self.draft.usual_dates
        for key in ("start", "end"):
            self.draft.not_read(key, None)
            self.form.fault(key, "")
        _line(self.start).setText(f"{start:%d/%m/%Y}")
        _line(self.end).setText(f"{end:%d/%m/%Y}")
        _line(self.name).setText(self.draft.year_name)

    def _year_chosen(self) -> None:
        assert isinstance(self.kind, QComboBox)
        typed = _line(self.year).text().strip()
        good = typed.isascii() and typed.isdigit() and 1900 <= int(typed) <= 2200
        self._note("year", "Năm", typed, good, "Ghi năm bằng bốn chữ số, ví dụ 2026.")
        if good:
            self.draft.kind = self.kind.currentData()
            self.draft.first_year = int(typed)
            self.draft.dates = None
            self._show_days()
        self.changed.emit()

    def _days_typed(self) -> None:
        days: list[dt.date] = []
        for key, title, editor in (
            ("start", "Từ ngày", self.start),
            ("end", "Đến hết ngày", self.end),
        ):
            typed = _line(editor).text().strip()
            day = as_date(typed.replace(".", "/").replace("-", "/"))
            self._note(key, title, typed, day is not None, "Ghi ngày dạng 20/12/2026.")
            if day is not None:
                days.append(day)
        if len(days) == 2:
            chosen = (days[0], days[1])
            self.draft.dates = None if chosen == self.draft.usual_dates else chosen
        self.changed.emit()

    def _note(self, key: str, title: str, typed: str, good: bool, remedy: str) -> None:
        """Tells beside the box, and keeps the step, while what stands there cannot be read."""
        what = f"Chưa hiểu “{typed[:20]}”." if typed else "Còn trống."
        self.draft.not_read(key, None if good else Fault(title, what, remedy))
        self.form.fault(key, "" if good else remedy)

    def _named(self, name: str) -> None:
        self.draft.year_name = name
        self.changed.emit()


def _line(editor: Editor) -> QLineEdit:
    assert isinstance(editor, QLineEdit)
    return editor
