"""The sheet that asks before the next year is opened: what goes over, who leads, who is deputy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.closing.presenter import ClosingPresenter, NextYear
from ui.widgets.form import FormSheet

if TYPE_CHECKING:
    from app.operations.workspace.desk import Done


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
