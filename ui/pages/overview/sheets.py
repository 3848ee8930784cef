"""The sheets of the overview: deadlines, a conference, closing and opening the year again."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from ui.context import Context
from ui.pages.overview.facts import DeadlineRow, OwnAct
from ui.pages.overview.presenter import OWN_DUTY, OverviewPresenter
from ui.widgets.form import FormSheet


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
    form.choice("unit", "Đơn vị", presenter.units(row.cluster))
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


def _do(context: Context, act: Any) -> None:
    context.do(act)
