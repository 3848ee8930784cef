"""The page Nhật ký: every act as a sentence, newest first, and what can be taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.operations.workspace.desk import today
from ui.context import Context
from ui.page import Page
from ui.pages.journal.columns import COLUMNS
from ui.pages.journal.presenter import JournalPresenter, Row, Wish
from ui.places import PageId, Place
from ui.topics import ALL, Topic
from ui.widgets.files import ask_new_file
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.words import button, label

_LONG = 160
"""Letters of a title that are shown; the tip has all."""


class JournalPage(Page):
    """The list at the left, the chosen act in full at the right."""

    id = PageId.JOURNAL
    title = "Nhật ký"
    topics = ALL - {Topic.RESULT}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        m = context.theme.measures
        self.presenter = JournalPresenter(context.session, context.runner)
        self.presenter.shown = self._show
        self.save = self.secondary("Lưu danh sách ra tệp", self._ask_file, "download")
        self._lay_filters()
        self.table: Table[Row] = Table("Nhật ký", COLUMNS, context.theme)
        self.table.setMinimumSize(m.panel, m.row * 4)
        self.table.chosen.connect(self._show_details)
        parts = Panels(
            "journal",
            context.preferences,
            self.table,
            self._details(),
            shares=(m.panel * 3, m.panel),
        )
        self.body.addWidget(parts, 1)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._to_search)

    def _lay_filters(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.measures.space_2)
        self.search = SearchBox(self.context.theme, "Tìm trong nhật ký")
        self.search.textChanged.connect(self._want)
        self.search.setMinimumWidth(self.context.theme.measures.panel // 4)
        row.addWidget(self.search, 2)
        self.unit = self._box("Đơn vị", "Mọi đơn vị")
        self.criterion = self._box("Tiêu chí", "Mọi tiêu chí")
        self.actor = self._box("Người làm", "Mọi người")
        self.day = self._box("Ngày", "Mọi ngày")
        for box in (self.unit, self.criterion, self.actor, self.day):
            row.addWidget(box, 1)
        self.clear = button("Bỏ lọc", self._clear, kind="quiet", picture="x")
        row.addWidget(self.clear)
        self.body.addLayout(row)

    def _box(self, name: str, every: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.addItem(every, "")
        box.currentIndexChanged.connect(self._want)
        return box

    def _details(self) -> QWidget:
        m = self.context.theme.measures
        side = QWidget()
        side.setMinimumWidth(m.panel * 3 // 4)
        lines = QVBoxLayout(side)
        lines.setContentsMargins(m.space_1, 0, 0, 0)
        lines.setSpacing(m.space_1)
        self.what = label("", "strong", wrap=True)
        lines.addWidget(self.what)
        self.about = label("", "muted", wrap=True)
        lines.addWidget(self.about)
        self.sentences = QPlainTextEdit()
        self.sentences.setReadOnly(True)
        self.sentences.setAccessibleName("Các thay đổi của việc đang chọn")
        self.sentences.setTabChangesFocus(True)
        lines.addWidget(self.sentences, 1)
        self.why_not = label("", "muted", wrap=True)
        lines.addWidget(self.why_not)
        self.take_back = button("Hoàn tác đến đây", self._ask_undo, picture="undo-2")
        lines.addWidget(self.take_back)
        return side

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Reads the journal anew."""
        self.presenter.read()
        self.say(self.presenter.sentence())

    def go_to(self, place: Place) -> None:
        """Shows what was done to a unit, or a criterion."""
        if place.unit is None and place.criterion is None:
            return
        self.presenter.want(Wish(unit=place.unit or "", criterion=place.criterion or ""))
        self._show_boxes()

    def _show(self) -> None:
        self._show_boxes()
        chosen = self.table.current
        self.table.show_rows(self.presenter.rows)
        if chosen is not None:
            self.table.choose(lambda row: row.number == chosen.number)
        self._show_details(self.table.current)
        self.say(self.presenter.sentence())
        self.save.setEnabled(bool(self.presenter.rows))

    def _show_boxes(self) -> None:
        wish, choices = self.presenter.wish, self.presenter.choices
        for box, options, chosen in (
            (self.unit, choices.units, wish.unit),
            (self.criterion, choices.criteria, wish.criterion),
            (self.actor, choices.actors, wish.actor),
            (self.day, choices.days, wish.day),
        ):
            with QSignalBlocker(box):
                there = [(box.itemData(at), box.itemText(at)) for at in range(1, box.count())]
                if there != list(options):
                    while box.count() > 1:
                        box.removeItem(1)
                    for value, words in options:
                        box.addItem(words, value)
                box.setCurrentIndex(max(box.findData(chosen), 0))
        if self.search.text() != wish.words:
            with QSignalBlocker(self.search):
                self.search.setText(wish.words)
        self.clear.setEnabled(wish != Wish())

    def _show_details(self, row: Row | None) -> None:
        details = None if row is None else self.presenter.details(row.number)
        if details is None:
            self.what.setText("Không có thao tác nào hợp với điều đang lọc.")
            self.about.setText("")
            self.sentences.setPlainText("")
            self.why_not.hide()
            self.take_back.setEnabled(False)
            return
        title = details.title
        self.what.setText(title if len(title) <= _LONG else title[:_LONG].rstrip() + "…")
        self.what.setToolTip(details.title)
        self.about.setText("\n".join(details.lines))
        told = details.sentences or ("Việc này không đổi dòng số liệu nào.",)
        self.sentences.setPlainText("\n".join(f"• {sentence}" for sentence in told))
        self.why_not.setText(details.why_not)
        self.why_not.setVisible(bool(details.why_not))
        self.take_back.setEnabled(details.steps > 0)

    def leave(self) -> None:
        """What is still being read for this page is not shown any more."""
        super().leave()
        self.presenter.shown = lambda: None

    # ------------------------------------------------------------- finding

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _want(self) -> None:
        self.presenter.want(
            Wish(
                self.unit.currentData() or "",
                self.criterion.currentData() or "",
                self.actor.currentData() or "",
                self.day.currentData() or "",
                self.search.text(),
            )
        )

    def _clear(self) -> None:
        self.presenter.want(Wish())
        self._show_boxes()

    # ------------------------------------------------------------- acting

    def _ask_undo(self) -> None:
        row = self.table.current
        if row is None:
            return
        number = row.number

        def act() -> None:
            if self.context.do(lambda: self.presenter.undo_to(number)):
                self.context.notices.said.emit("Đã hoàn tác.")

        words = self.presenter.question(number)
        self.context.notices.ask("Hoàn tác đến việc này?", words, "Hoàn tác", act)

    def _ask_file(self) -> None:
        def write(file: Path) -> None:
            if self.context.do(lambda: self.presenter.export(file)):
                self.context.notices.said.emit(f"Đã lưu danh sách vào {file.name}.")

        there = Path.home() / f"nhat-ky-{today():%Y%m%d}.csv"
        kinds = "Bảng mở bằng Excel (*.csv)"
        ask_new_file(self.window(), "Lưu danh sách ra tệp", "Lưu", there, kinds, write)
