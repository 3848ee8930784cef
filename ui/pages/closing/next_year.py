"""The sheets of the next year: what goes over and who leads; which answers are taken over again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.closing.ahead import NextYear
from ui.pages.closing.answers import Answers
from ui.pages.closing.presenter import ClosingPresenter
from ui.widgets.form import FormSheet

if TYPE_CHECKING:
    from app.operations.workspace.desk import Done

_ALL: Final = ""
"""The key of the box that stands for all others; no question is called so."""


def ask_next_year(
    context: Context,
    presenter: ClosingPresenter,
    ahead: NextYear,
    parent: QWidget,
    then: Callable[[Done, str], object],
) -> FormSheet:
    """Shows what the next year would be and opens it when asked."""

    def act(values: dict[str, Any]) -> bool:
        chosen = {role.key: values[role.key] for role in ahead.roles}
        return context.do(lambda: presenter.begin(chosen, values["reference"], then))

    sheet = FormSheet(
        f"Mở năm {ahead.name}", f"Mở năm {ahead.name}", context.theme, parent, act, width=640
    )
    form = sheet.form
    form.words(f"Năm {ahead.name}: {ahead.days}. Năm đang xem vẫn giữ nguyên.")
    form.words("Đưa sang năm mới:\n" + "\n".join(f"• {line}" for line in ahead.carried))
    for role in ahead.roles:
        form.words(role.words)
        as_is = "Giao sau khi mở năm" if role.asked else "Giữ như trên"
        title = "Đơn vị trưởng" if role.key.startswith("leader") else "Đơn vị phó"
        form.choice(role.key, title, (("", as_is), *role.units), "")
    form.text(
        "reference",
        "Văn bản nêu tên",
        hint="Chỉ cần khi chọn đơn vị khác ở trên: số, ngày của biên bản hoặc quyết định.",
    )
    sheet.show_over()
    return sheet


def ask_answers(
    context: Context,
    presenter: ClosingPresenter,
    answers: Answers,
    parent: QWidget,
    then: Callable[[], object],
) -> FormSheet:
    """Lists the answers of the year before and takes those over that are ticked."""

    def act(values: dict[str, Any]) -> bool:
        everything = bool(values.get(_ALL))
        chosen = [row.parameter for row in answers.rows if everything or values[row.parameter]]
        done = context.do(lambda: presenter.adopt(answers, chosen))
        if done:
            then()
        return done

    sheet = FormSheet(
        f"Lựa chọn của năm {answers.before}",
        f"Lấy lại cho năm {answers.name}",
        context.theme,
        parent,
        act,
        width=640,
    )
    form = sheet.form
    form.words(
        "Các câu hỏi văn bản để ngỏ dưới đây đã có lựa chọn ở năm trước. Đánh dấu lựa chọn muốn "
        "lấy lại. Câu không đánh dấu thì chọn sau, ở trang Bảng tiêu chí."
    )
    if len(answers.rows) > 1:
        form.tick(_ALL, f"Lấy lại tất cả {len(answers.rows)} lựa chọn")
    for row in answers.rows:
        form.words(row.question)
        form.tick(row.parameter, f"Như năm {answers.before}: {row.answer}", hint=row.reason)
    sheet.show_over()
    return sheet
