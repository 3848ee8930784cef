"""The sheets of the overview: deadlines, a conference, closing and opening the year again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from ui.context import Context
from ui.pages.overview.columns import DEADLINE_COLUMNS
from ui.pages.overview.facts import DeadlineRow, OwnAct, View
from ui.pages.overview.presenter import OWN_DUTY, OverviewPresenter
from ui.widgets.form import FormSheet
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import button, label


class DeadlinesSheet(Sheet):
    """All deadlines of the year: added, changed, put off for one unit, taken from the rules."""

    def __init__(self, context: Context, presenter: OverviewPresenter, over: QWidget) -> None:
        super().__init__("Thời hạn trong năm", over, width=760)
        self._context, self._presenter, self._over = context, presenter, over
        may_write = context.session.may_write
        self._none = label("Chưa ghi thời hạn nào trong năm.", "muted", wrap=True)
        self.body.addWidget(self._none)
        self.table: Table[DeadlineRow] = Table(
            "Thời hạn trong năm", DEADLINE_COLUMNS, context.theme
        )
        self.table.setMinimumHeight(context.theme.measures.row * 6)
        self.table.entered.connect(self._change)
        self.body.addWidget(self.table, 1)
        self._adopt = self._left("Lấy theo quy định", self._adopt_now)
        self.add_button("Đóng", role="close")
        self._edit = self.add_button("Sửa thời hạn")
        self._edit.clicked.connect(lambda: self._change(self.table.current))
        self._add = self.add_button("Thêm thời hạn", primary=True)
        self._add.clicked.connect(lambda: add_deadline(context, presenter, self))
        for made in (self._edit, self._add):
            made.setVisible(may_write)
        self._open = True
        leave = context.session.subscribe(lambda _topics: presenter.look(self._show))
        self.finished.connect(lambda _result: self._closed(leave))
        if presenter.view is not None:
            self._show(presenter.view)

    def _left(self, words: str, act: Callable[[], None]) -> QPushButton:
        made = button(words, act)
        self.buttons.insertWidget(0, made)
        return made

    def _closed(self, leave: Callable[[], None]) -> None:
        self._open = False
        leave()

    def _show(self, view: View) -> None:
        if not self._open:
            return
        self.table.show_rows(view.deadlines)
        self.table.setVisible(bool(view.deadlines))
        self._none.setVisible(not view.deadlines)
        self._edit.setEnabled(bool(view.deadlines))
        self._adopt.setVisible(view.rules_have_days and view.may_write)

    def _adopt_now(self) -> None:
        self._context.do(self._presenter.adopt_deadlines)

    def _change(self, row: DeadlineRow | None) -> None:
        if row is not None and self._context.session.may_write:
            change_deadline(self._context, self._presenter, row, self)


def add_deadline(context: Context, presenter: OverviewPresenter, over: QWidget) -> None:
    """Asks for a new deadline."""
    sheet = FormSheet(
        "Thêm thời hạn",
        "Thêm thời hạn",
        context.theme,
        over,
        lambda values: context.do(lambda: presenter.add_deadline(values)),
    )
    form = sheet.form
    duty = form.choice("duty", "Việc", presenter.duties())
    form.text("title", "Tên việc", required=True, hint="Ví dụ: Gửi báo cáo tổng kết")
    first, last = presenter.year_bounds()
    form.date(
        "due",
        "Ngày cuối cùng",
        required=True,
        first=first.replace(year=first.year - 1),
        last=last.replace(year=last.year + 1),
        hint="Hạn tính đến hết ngày này.",
    )
    clusters = presenter.clusters()
    if len(clusters) > 1:
        form.choice("cluster", "Áp dụng cho", [("", "Mọi cụm, khối"), *clusters])
    assert isinstance(duty, QComboBox)

    def chosen() -> None:
        form.show_field("title", duty.currentData() == OWN_DUTY)

    duty.currentIndexChanged.connect(lambda _at: chosen())
    chosen()
    sheet.show_over()


def change_deadline(
    context: Context, presenter: OverviewPresenter, row: DeadlineRow, over: QWidget
) -> None:
    """Asks for another day of a deadline; it can also be removed here, or put off for one unit."""
    sheet = FormSheet(
        "Sửa thời hạn",
        "Lưu thời hạn",
        context.theme,
        over,
        lambda values: context.do(lambda: presenter.change_deadline(row, values)),
    )
    sheet.form.text("title", "Việc", row.title, required=True, lines=2)
    sheet.form.date(
        "due", "Ngày cuối cùng", row.due, required=True, hint="Hạn tính đến hết ngày này."
    )
    remove = sheet.add_button("Bỏ thời hạn này", role="close")
    sheet.buttons.insertWidget(0, remove)
    remove.clicked.connect(lambda: context.do(lambda: presenter.remove_deadline(row)))
    extend = sheet.add_button("Gia hạn một đơn vị", role="close")
    sheet.buttons.insertWidget(1, extend)
    extend.clicked.connect(lambda: extend_deadline(context, presenter, row, over))
    sheet.show_over()


def extend_deadline(
    context: Context, presenter: OverviewPresenter, row: DeadlineRow, over: QWidget
) -> None:
    """Asks which unit may finish later, until when, why and by whose leave."""
    sheet = FormSheet(
        "Gia hạn riêng cho một đơn vị",
        "Gia hạn",
        context.theme,
        over,
        lambda values: context.do(lambda: presenter.extend(row, values)),
    )
    form = sheet.form
    form.words(f"{row.title}. Hạn chung: hết ngày {row.due:%d/%m/%Y}.")
    form.choice("unit", "Đơn vị", presenter.units(row.clusters))
    form.date("until", "Gia hạn đến hết ngày", required=True, first=row.due)
    form.text("reason", "Lý do", required=True)
    form.text("granted_by", "Người cho phép", required=True)
    sheet.show_over()


def note_conference(
    context: Context, presenter: OverviewPresenter, act: OwnAct, over: QWidget
) -> None:
    """Asks for the day and the place of a conference that was held."""
    title = presenter.conference_title(act)
    sheet = FormSheet(
        f"Ghi {title[:1].lower()}{title[1:]}",
        "Ghi hội nghị",
        context.theme,
        over,
        lambda values: context.do(lambda: presenter.note_conference(act, values)),
    )
    first, last = presenter.year_bounds()
    sheet.form.date(
        "date", "Ngày họp", required=True, first=first, last=last.replace(year=last.year + 1)
    )
    sheet.form.text("place", "Nơi họp")
    clusters = presenter.clusters()
    if len(clusters) > 1:
        sheet.form.choice("cluster", "Cụm, khối", [("", "Chung các cụm, khối"), *clusters])
    sheet.show_over()


def close_year(context: Context, presenter: OverviewPresenter) -> None:
    """Says what closing does, then does it."""
    context.notices.ask(
        "Khóa sổ năm thi đua",
        presenter.closing_words(),
        "Khóa sổ",
        lambda: _do(context, presenter.close_year),
    )


def reopen_year(context: Context, presenter: OverviewPresenter, over: QWidget) -> None:
    """Asks why a closed year is opened again."""

    def act(values: dict[str, Any]) -> bool:
        return context.do(lambda: presenter.reopen_year(values["reason"]))

    sheet = FormSheet("Mở lại sổ", "Mở lại sổ", context.theme, over, act)
    sheet.form.words(
        "Sau khi mở lại, số liệu của năm sửa được như trước khi khóa. Lý do được ghi vào nhật ký."
    )
    sheet.form.text(
        "reason", "Lý do", required=True, lines=3, hint="Ví dụ: số, ngày của văn bản yêu cầu."
    )
    sheet.show_over()


def _do(context: Context, act: Callable[[], object]) -> None:
    context.do(act)
