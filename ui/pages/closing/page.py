"""The page Khóa sổ và bàn giao: what is open, closing, the years with their seals, handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.page import Page
from ui.pages.closing.ahead import NextYear
from ui.pages.closing.answers import Answers
from ui.pages.closing.columns import OPEN
from ui.pages.closing.handover_tab import HandoverTab
from ui.pages.closing.next_year import ask_answers, ask_next_year
from ui.pages.closing.presenter import ClosingPresenter, OpenRow
from ui.pages.closing.years_tab import YearsTab
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.form import FormSheet
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.words import button, label

if TYPE_CHECKING:
    from app.operations.workspace.desk import Done


class ClosingPage(Page):
    """The end of a year, and the beginning of the next."""

    id = PageId.CLOSING
    title = "Khóa sổ và bàn giao"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = ClosingPresenter(context.session, context.runner)
        self.presenter.shown = self._show
        self.answers = self.secondary("Lựa chọn năm trước…", self._ask_answers, "undo-2")
        self.next_year = self.secondary("Mở năm tiếp theo…", self._look_ahead, "calendar-days")
        self.reopen = self.secondary("Mở lại sổ…", self._ask_reopen, "lock-open")
        self.close_year = self.primary("Khóa sổ", self._ask_close, "lock")
        self._opened = ""
        self.notice = NoticeBar(context.theme, Tone.GOOD)
        self.go_on = self.notice.act("Sang năm mới", self._go_on)
        self.body.addWidget(self.notice)
        self.tabs = Tabs("Các phần của khóa sổ và bàn giao")
        self.body.addWidget(self.tabs, 1)
        self.tabs.addTab(self._open_tab(), "Trước khi khóa sổ")
        self.years = YearsTab(context, self.presenter)
        self.tabs.addTab(self.years, "Các năm trong sổ")
        self.handover = HandoverTab(context, self.presenter)
        self.tabs.addTab(self.handover, "Bàn giao")

    def _open_tab(self) -> QWidget:
        theme = self.context.theme
        m = theme.measures
        self.stack = QStackedWidget()
        listed = QWidget()
        lines = QVBoxLayout(listed)
        lines.setContentsMargins(0, m.space_2, 0, 0)
        lines.setSpacing(m.space_2)
        self.table: Table[OpenRow] = Table("Các việc còn mở", OPEN, theme)
        self.table.chosen.connect(self._show_details)
        self.table.entered.connect(lambda _row: self._mend())
        lines.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(m.space_3)
        words = QVBoxLayout()
        words.setSpacing(m.space_1)
        self.what = label("", "strong", wrap=True)
        self.how = label("", wrap=True)
        for one in (self.what, self.how):
            one.setSizePolicy(one.sizePolicy().horizontalPolicy(), one.sizePolicy().Policy.Minimum)
            words.addWidget(one)
        row.addLayout(words, 1)
        self.mend = button("Đến trang này", self._mend, picture="corner-down-right")
        row.addWidget(self.mend)
        lines.addLayout(row)
        self.stack.addWidget(listed)
        self.none = Empty(theme, "circle-check", "")
        self.stack.addWidget(self.none)
        self.stack.addWidget(QWidget())
        self.stack.setCurrentIndex(2)
        return self.stack

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Looks anew; what was found before stays in sight until then."""
        self.presenter.look()
        self._show()

    def _show(self) -> None:
        presenter = self.presenter
        self.say(presenter.sentence())
        is_open, may_write = presenter.is_open, presenter.may_write
        self.close_year.setVisible(is_open)
        self.close_year.setEnabled(may_write and presenter.looked and not presenter.blocked)
        self.close_year.setToolTip(
            "Còn việc chặn; xem danh sách bên dưới." if presenter.blocked else ""
        )
        self.reopen.setVisible(not is_open and may_write)
        self.next_year.setVisible(may_write)
        self.answers.setVisible(presenter.may_adopt)
        if not presenter.looked:
            return
        self.table.show_rows(presenter.items)
        self._show_details(self.table.current)
        if presenter.items:
            self.stack.setCurrentIndex(0)
        else:
            done = "Không còn việc nào mở. Có thể khóa sổ."
            sealed = f"Năm {presenter.year_name} đã khóa sổ. Số liệu xem được, không sửa được."
            self.none.words.setText(done if is_open else sealed)
            self.stack.setCurrentIndex(1)
        self.years.refresh()
        self.handover.refresh()

    def _show_details(self, row: OpenRow | None) -> None:
        self.what.setText(row.message if row is not None else "")
        self.how.setText(row.remedy if row is not None else "")
        self.mend.setVisible(row is not None and row.page is not None)
        words = f"Đến {row.page_words}" if row is not None else "Đến trang này"
        self.mend.setText(words)
        self.mend.setAccessibleName(words)

    def _mend(self) -> None:
        row = self.table.current
        if row is not None and row.page is not None:
            self.context.go(Place(row.page))

    # ------------------------------------------------------------- acting

    def _ask_close(self) -> None:
        self.context.notices.ask(
            f"Khóa sổ năm {self.presenter.year_name}?",
            self.presenter.closing_words(),
            "Khóa sổ và sao lưu",
            lambda: self.presenter.close(self._done),
        )

    def _ask_reopen(self) -> None:
        def act(values: dict[str, str]) -> bool:
            return self.context.do(lambda: self.presenter.reopen(values["reason"], self._done))

        sheet = FormSheet(
            f"Mở lại sổ năm {self.presenter.year_name}?",
            "Mở lại sổ",
            self.context.theme,
            self.window(),
            act,
        )
        sheet.form.words(
            "Lý do được ghi vào nhật ký và không xóa được. Sau khi điều chỉnh, cần khóa sổ lại."
        )
        sheet.form.text(
            "reason", "Lý do mở lại", required=True, hint="Ví dụ: số, ngày văn bản yêu cầu", lines=2
        )
        sheet.show_over()

    def _done(self, answer: Done) -> None:
        self.context.notices.done(answer)

    def _look_ahead(self) -> None:
        self.context.do(lambda: self.presenter.look_ahead(self._ask_next_year))

    def _ask_next_year(self, ahead: NextYear) -> None:
        ask_next_year(self.context, self.presenter, ahead, self.window(), self._begun)

    def _begun(self, answer: Done, period: str) -> None:
        self._opened = period
        self.notice.say(f"Đã mở năm {period}; năm {self.presenter.year_name} vẫn như cũ.")
        self.context.notices.done(answer)
        self.presenter.answers_of(period, self._offer)

    def _ask_answers(self) -> None:
        if self.presenter.answers is not None:
            self._offer(self.presenter.answers)

    def _offer(self, answers: Answers) -> None:
        if answers.rows:
            ask_answers(self.context, self.presenter, answers, self.window(), self.presenter.look)

    def _go_on(self) -> None:
        self.notice.say("")
        self.presenter.go_to_year(self._opened)
        self.context.go(Place(PageId.OVERVIEW))
