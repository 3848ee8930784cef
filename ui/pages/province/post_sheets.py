"""The sheets of what leaves the department: whom it goes to, in whose name, then signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.posting import Choice, Outcome, Posting, ReturnWish
from ui.pages.province.tick_list import TickList
from ui.sheets.key_sheet import PassphraseSheet, make_key_sheet, secret
from ui.widgets.files import ask_folder

Finish = Callable[[], None]
Failed = Callable[[Exception], None]
_VERB: Final = "Ký và ghi vào thư mục…"
_LEADERS: Final = "leaders"
_OFFICE: Final = "office"
_SENDER_HINT: Final = "Đúng tên mà các cụm, khối đã xác nhận khóa, ví dụ Sở Nội vụ."
_LOW: Final = 640
"""A window below this height leaves the list no more lines than it needs."""

_CHOOSE: Final = "Chọn ít nhất một cụm, khối."


class PostSheets:
    """Asks and signs; ``done`` hears what was written."""

    def __init__(
        self,
        context: Context,
        book: ProvinceBook,
        posting: Posting,
        page: QWidget,
        done: Callable[[Outcome], object],
        own: Callable[[], None],
    ) -> None:
        self._context, self._book, self._posting, self._page = context, book, posting, page
        self._done, self._own = done, own
        self._folder = Path.home()
        self.shown: PassphraseSheet | None = None
        self.ticks: TickList | None = None

    def _with_key(self, then: Callable[[], object]) -> bool:
        """Whether the department has a key here; if not, it is made first and then goes on."""
        if self._posting.key.is_there:
            return True
        self.shown = make_key_sheet(self._context, self._posting.key, self._page.window(), then)
        return False

    def _sheet(
        self,
        title: str,
        choices: tuple[Choice, ...],
        go: Callable[
            [dict[str, Any], tuple[str, ...], Path, Callable[[Outcome], None], Failed], None
        ],
    ) -> tuple[PassphraseSheet, TickList]:
        """A sheet with the clusters to tick; ``go`` signs and writes into the folder."""
        ticks = TickList(
            "Cụm, khối",
            [(one.cluster, one.words) for one in choices],
            [one.cluster for one in choices if one.wanted],
            self._context.theme,
            barred=[one.cluster for one in choices if not one.can],
        )

        def begin(values: dict[str, Any], finish: Finish, failed: Failed) -> None:
            sheet.verb.setEnabled(True)
            if not ticks.ticked:
                ticks.fault(_CHOOSE)
                ticks.list.setFocus()
                return

            def written(outcome: Outcome) -> None:
                finish()
                self._done(outcome)

            def into(folder: Path) -> None:
                self._folder = folder
                sheet.verb.setEnabled(False)
                go(values, ticks.ticked, folder, written, failed)

            self.ask_where(sheet, into)

        if self._page.window().height() < _LOW:
            ticks.list.setMaximumHeight(ticks.list.minimumHeight())
        sheet = PassphraseSheet(
            title, _VERB, self._context, self._page.window(), begin, above=ticks
        )
        self.shown, self.ticks = sheet, ticks
        return sheet, ticks

    def ask_where(self, sheet: QWidget, then: Callable[[Path], None]) -> None:
        """Asks for the folder that the packages go into."""
        ask_folder(sheet, "Thư mục để ghi các gói", "Ghi vào đây", self._folder, then)

    # ------------------------------------------------------------- appraisals

    def returning(self) -> None:
        """Asks to whom the appraisals go back."""
        if not self._with_key(self.returning):
            return
        posting = self._posting

        def go(
            values: dict[str, Any],
            clusters: tuple[str, ...],
            folder: Path,
            written: Callable[[Outcome], None],
            failed: Failed,
        ) -> None:
            home = values.get("whom") == _OFFICE
            wish = ReturnWish(
                clusters,
                values["appraiser"] if home else values["sender"],
                posting.post.sender or "Sở Nội vụ" if home else "",
                papers=not home and values["papers"],
                hand_in=not home and values.get("hand_in", False),
                note=values["note"],
            )
            posting.return_all(wish, values["passphrase"], folder, written, failed)

        sheet, ticks = self._sheet("Trả kết quả thẩm định", posting.return_choices(), go)
        form = sheet.form
        people = [(one.appraiser, one.appraiser) for one in self._book.shares]
        form.choice(
            "whom",
            "Gửi cho",
            [
                (_LEADERS, "Các cụm, khối: đơn vị trưởng nhận"),
                (_OFFICE, "Sở, để ghép: đây là bản chép của người thẩm định"),
            ],
        )
        form.choice("appraiser", "Người thẩm định", people)
        form.text("sender", "Tên nơi gửi", posting.post.sender, required=True, hint=_SENDER_HINT)
        form.tick("hand_in", "Nộp vòng thẩm định của các đơn vị chưa nộp", True)
        form.tick("papers", "Kèm bảng điểm để đọc, để in", True)
        form.text("note", "Lời nhắn kèm gói")
        secret(form, "passphrase", "Mật khẩu của khóa ký")

        def follow() -> None:
            home = form.value("whom") == _OFFICE
            form.show_field("whom", bool(people))
            form.show_field("appraiser", home)
            form.show_field("sender", not home)
            form.show_field("hand_in", not home and posting.open_units > 0)
            form.show_field("papers", not home)

        form.changed.connect(follow)
        follow()
        ticks.list.setFocus()
        sheet.show_over()

    # ------------------------------------------------------------- tables

    def rules(self) -> None:
        """Asks to whom the department's tables go, with blank forms."""
        posting = self._posting
        if not posting.post.table:
            self._context.notices.ask(
                "Sở chưa có bảng tiêu chí",
                "Bảng tiêu chí để gửi các cụm, khối nằm trong sổ riêng của Sở. Mở sổ đó, lấy hoặc "
                "lập bảng ở trang Bảng tiêu chí, rồi trở lại đây để gửi.",
                "Mở sổ của Sở",
                self._own,
            )
            return
        if not self._with_key(self.rules):
            return

        def go(
            values: dict[str, Any],
            clusters: tuple[str, ...],
            folder: Path,
            written: Callable[[Outcome], None],
            failed: Failed,
        ) -> None:
            posting.send_rules(
                clusters,
                values["sender"],
                values["note"],
                values["forms"],
                values["passphrase"],
                folder,
                written,
                failed,
            )

        sheet, ticks = self._sheet("Gửi bảng tiêu chí, phiếu trống", posting.rules_choices(), go)
        form = sheet.form
        form.words(f"Gửi: {posting.post.table}.")
        form.tick(
            "forms", "Kèm phiếu trống cho các đơn vị Sở đã biết", True,
            hint="Cụm, khối chưa gửi gì về Sở thì tự lập phiếu từ bảng.",
        )  # fmt: skip
        form.text("sender", "Tên nơi gửi", posting.post.sender, required=True, hint=_SENDER_HINT)
        form.text("note", "Lời nhắn kèm gói")
        secret(form, "passphrase", "Mật khẩu của khóa ký")
        ticks.list.setFocus()
        sheet.show_over()
