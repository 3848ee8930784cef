"""The forms of the page Lịch và nhiệm vụ: how a duty stands, who is put off, an activity."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.conference import DutyStage
from app.scoring.duties import DutyStanding
from ui.context import Context
from ui.pages.calendar.presenter import KINDS, STAGES, ActivityRow, CalendarPresenter, DutyRow
from ui.widgets.form import FormSheet

_PAPER = "Số, ký hiệu, ngày của văn bản"


class Sheets:
    """Opens forms over a page."""

    def __init__(self, context: Context, presenter: CalendarPresenter, over: QWidget) -> None:
        self._context, self._presenter, self._over = context, presenter, over

    def note(self, row: DutyRow) -> FormSheet:
        """How a duty stands."""

        def act(values: dict[str, Any]) -> bool:
            return self._context.do(lambda: self._presenter.note(row, values))

        sheet = self._sheet("Ghi kết quả nhiệm vụ", "Ghi kết quả", act)
        form, line = sheet.form, row.line
        form.words(f"{row.title}. {row.name}.")
        away = line.standing is DutyStanding.NOT_APPLICABLE
        stage = DutyStage.NOT_APPLICABLE if away else DutyStage.DONE
        form.choice("state", "Tình trạng", STAGES, stage.value)
        form.date("on", "Ngày làm xong", line.done_on)
        form.text("document", "Văn bản", line.document, hint=_PAPER)
        form.text("note", "Ghi chú", line.note, hint="Cần ghi khi không áp dụng: vì sao.")
        sheet.show_over()
        return sheet

    def put_off(self, row: DutyRow) -> FormSheet:
        """Lets one unit finish later."""

        def act(values: dict[str, Any]) -> bool:
            return self._context.do(lambda: self._presenter.put_off(row, values))

        sheet = self._sheet("Gia hạn riêng", "Gia hạn", act)
        form, put_off = sheet.form, row.line.exception
        form.words(f"{row.title}. Chỉ gia hạn cho {row.name}; hạn chung không đổi.")
        form.date("until", "Đến hết ngày", put_off.until if put_off else None, required=True)
        form.text("reason", "Lý do", put_off.reason if put_off else "", required=True)
        form.text(
            "granted_by", "Người cho phép", put_off.granted_by if put_off else "", required=True
        )
        sheet.show_over()
        return sheet

    def activity(self, row: ActivityRow | None) -> FormSheet:
        """A new activity, or one to be corrected."""

        def act(values: dict[str, Any]) -> bool:
            return self._context.do(lambda: self._presenter.keep_activity(row, values))

        sheet = self._sheet("Ghi hoạt động" if row is None else "Sửa hoạt động", "Ghi", act)
        form, there = sheet.form, row.activity if row is not None else None
        owner = ""
        if there is not None:
            owner = f"u:{there.unit}" if there.unit else f"c:{there.cluster}"
        form.choice("kind", "Loại", KINDS, there.kind if there else None)
        form.text("title", "Tên hoạt động", there.title if there else "", required=True)
        form.choice("owner", "Của ai", self._presenter.owners(), owner or None)
        form.date("on", "Ngày", there.date if there else None)
        form.text("document", "Văn bản", there.document if there else "", hint=_PAPER)
        form.text("note", "Ghi chú", there.note if there else "")
        form.tick(
            "chosen",
            "Được chọn báo cáo tại hội nghị",
            there.chosen_to_report if there else False,
            hint="Chỉ dành cho điển hình tiên tiến.",
        )
        sheet.show_over()
        return sheet

    def _sheet(self, title: str, verb: str, act: Any) -> FormSheet:
        return FormSheet(title, verb, self._context.theme, self._over.window(), act)
