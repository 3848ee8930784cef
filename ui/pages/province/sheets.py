"""The sheets of the page Toàn tỉnh: a new folder, clusters, days, quotas, the flag's base."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.rows import AwardRow, ClusterRow, FlagFacts
from ui.pages.province.presenter.settings import Settings
from ui.widgets.form import FormSheet


class Sheets:
    """Asks, and carries out beside the window; ``changed`` shows what was gathered anew."""

    def __init__(
        self,
        context: Context,
        book: ProvinceBook,
        page: QWidget,
        changed: Callable[[], object],
    ) -> None:
        self._context, self._book, self._page, self._changed = context, book, page, changed
        self._settings = Settings(book, context.runner)
        self.shown: FormSheet | None = None

    def _sheet(self, title: str, verb: str, act: Callable[[dict[str, Any]], bool]) -> FormSheet:
        sheet = FormSheet(title, verb, self._context.theme, self._page.window(), act)
        self.shown = sheet
        return sheet

    def _done(self, answer: object) -> None:
        self._context.do(lambda: answer)
        self._changed()

    # ------------------------------------------------------------- the folder

    def create(self, folder: Path) -> None:
        """Asks for what a new folder of the department begins with."""

        def act(values: dict[str, Any]) -> bool:
            names = _lines(values["clusters"])
            self._settings.create(folder, values["officer"], values["year"], names, self._changed)
            return True

        sheet = self._sheet("Lập thư mục toàn tỉnh", "Lập thư mục", act)
        form = sheet.form
        form.words(f"Lập trong thư mục “{folder.name}”. Sổ của từng cụm, khối sẽ nằm ở trong đó.")
        form.text("officer", "Người giữ sổ của Sở", self._book.officer, required=True)
        form.text("year", "Năm thi đua", required=True, hint="Ví dụ 2026")
        form.text(
            "clusters",
            "Các cụm, khối của tỉnh",
            required=True,
            hint="Mỗi dòng một tên, đúng như cụm, khối tự gọi; có thể dán từ Excel.",
            lines=6,
        )
        sheet.show_over()

    def add_clusters(self) -> None:
        """Asks for further clusters."""

        def act(values: dict[str, Any]) -> bool:
            self._settings.add_clusters(_lines(values["clusters"]), self._done)
            return True

        sheet = self._sheet("Thêm cụm, khối vào danh sách của tỉnh", "Thêm vào danh sách", act)
        sheet.form.text(
            "clusters", "Tên cụm, khối", required=True, hint="Mỗi dòng một tên.", lines=5
        )
        sheet.show_over()

    def last_day(self, row: ClusterRow | None) -> None:
        """Asks for the last day for sending."""

        def act(values: dict[str, Any]) -> bool:
            self._settings.set_last_day(values["due"], values["who"] or None, self._done)
            return True

        sheet = self._sheet("Hạn gửi kết quả thẩm định", "Đặt hạn", act)
        options = [("", "Mọi cụm, khối chưa có hạn riêng")]
        options += [(row.cluster, f"Riêng {row.name}")] if row is not None else []
        sheet.form.choice("who", "Hạn của", options)
        sheet.form.date(
            "due", "Ngày cuối", row.due if row is not None else None, required=True,
            hint="Tính đến hết ngày này; sau đó cụm, khối chưa gửi được ghi là trễ hạn.",
        )  # fmt: skip
        sheet.show_over()

    # ------------------------------------------------------------- awards

    def quota(self, row: AwardRow) -> None:
        """Asks for the number of an award that the whole province may have."""
        view = self._book.view
        award = next(
            (a for a in (view.province.awards() if view is not None else ()) if a.id == row.award),
            None,
        )
        if award is None:
            return

        def act(values: dict[str, Any]) -> bool:
            count = values["count"]
            self._settings.set_quota(award, None if count is None else int(count), self._done)
            return True

        sheet = self._sheet(f"Chỉ tiêu toàn tỉnh: {row.title}", "Đặt chỉ tiêu", act)
        sheet.form.words(
            f"Các cụm, khối đang đề nghị {row.proposed}, giữ {row.held} suất. Chỉ tiêu không làm "
            "thay đổi đề nghị; chỗ vượt được nêu để Sở thống nhất lại."
        )
        sheet.form.number(
            "count", "Số lượng", row.quota, whole=True, least=0,
            hint="Để trống nếu tỉnh không giao chỉ tiêu.",
        )  # fmt: skip
        sheet.show_over()

    def flag_base(self, facts: FlagFacts) -> None:
        """Asks of how many units the share for the Government's flag is taken."""

        def act(values: dict[str, Any]) -> bool:
            base = values["base"]
            if base is not None and not values["reason"]:
                sheet.form.fault("reason", "Cần ghi căn cứ khi đặt cơ số khác.")
                return False
            self._settings.set_flag_base(
                None if base is None else int(base), values["reason"], self._done
            )
            return True

        sheet = self._sheet("Cơ số tính Cờ thi đua của Chính phủ", "Đặt cơ số", act)
        sheet.form.words(facts.words)
        sheet.form.number(
            "base", "Cơ số (số đơn vị)", facts.base if facts.is_set else None, whole=True, least=0,
            hint="Để trống: lấy số đơn vị được đề nghị, như văn bản nêu.",
        )  # fmt: skip
        sheet.form.text("reason", "Căn cứ", hint="Ví dụ số và ngày văn bản hướng dẫn của năm")
        sheet.show_over()


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
