"""Receiving a package: one sheet after the other until it is taken in, or refused with reasons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.context import Context
from ui.models.columns import Column
from ui.pages.province.presenter.arriving import (
    SHARES,
    Arriving,
    DifferenceRow,
    Need,
    Seen,
    Share,
)
from ui.theme.tokens import Tone
from ui.widgets.files import ask_file
from ui.widgets.form import FormSheet
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import button, label

_FILES: Final = "Gói dữ liệu (*.bvg);;Mọi tệp (*)"
_TONES: Final = {Share.CONFLICT: Tone.WAITING, Share.BEYOND: Tone.ERROR}


class Arrivals:
    """Asks what is missing; ``changed`` is called when something was taken in."""

    def __init__(
        self,
        context: Context,
        arriving: Arriving,
        page: QWidget,
        changed: Callable[[], object],
    ) -> None:
        self._context, self._arriving, self._page = context, arriving, page
        self._changed = changed
        self._folder = Path.home()
        self.shown: Sheet | None = None

    def ask(self) -> None:
        """Asks for the file of a package."""
        ask_file(
            self._page.window(), "Gói của cụm, khối", "Xem gói", self._folder, _FILES, self.look_at
        )

    def look_at(self, file: Path) -> None:
        """Looks at a file; a locked one is opened by its passphrase first."""
        self._folder = file.parent
        if self._arriving.is_locked(file):
            self._ask_passphrase(file)
        else:
            self._arriving.look_at(file, self._go_on)

    # ------------------------------------------------------------- what is missing

    def _go_on(self, seen: Seen) -> None:
        match seen.need:
            case Need.SENDER:
                self._ask_sender(seen)
            case Need.CLUSTER:
                self._ask_cluster(seen)
            case Need.REFUSED:
                self._context.notices.findings("Không nhận được gói này", seen.problems)
            case Need.NOTHING:
                self._show(seen)

    def _form(self, title: str, verb: str, act: Callable[[dict[str, Any]], bool]) -> FormSheet:
        sheet = FormSheet(title, verb, self._context.theme, self._page.window(), act)
        self.shown = sheet
        return sheet

    def _ask_passphrase(self, file: Path) -> None:
        def act(values: dict[str, Any]) -> bool:
            self._arriving.look_at(file, self._go_on, values["passphrase"])
            return True

        sheet = self._form("Gói được khóa", "Mở và xem gói", act)
        sheet.form.words(f"Tệp {file.name} chỉ xem được sau khi mở bằng mật khẩu nơi gửi đã báo.")
        line = sheet.form.text("passphrase", "Mật khẩu", required=True)
        if isinstance(line, QLineEdit):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        sheet.show_over()

    def _ask_sender(self, seen: Seen) -> None:
        def act(values: dict[str, Any]) -> bool:
            wrong = self._arriving.heard_wrong(seen, values["heard"])
            sheet.form.fault("heard", wrong)
            if not wrong:
                self._arriving.confirm(seen, values["heard"], self._go_on)
            return not wrong

        sheet = self._form(f"Xác nhận {seen.sender}", "Xác nhận nơi gửi", act)
        sheet.form.words(
            f"{seen.words} Gọi {seen.sender} theo số điện thoại đã biết từ trước, nhờ đọc dấu khóa "
            "của đơn vị ở trang Trao đổi dữ liệu, thẻ Nơi gửi đã biết. Gõ đúng những gì nghe được."
        )
        sheet.form.text("heard", "Dấu khóa nghe được", required=True)
        sheet.show_over()

    def _ask_cluster(self, seen: Seen) -> None:
        def act(values: dict[str, Any]) -> bool:
            if not values["cluster"]:
                sheet.form.fault("cluster", "Chọn cụm, khối của gói này.")
                return False
            self._arriving.look_at(seen.file, self._go_on, seen.passphrase, values["cluster"])
            return True

        sheet = self._form("Gói này của cụm, khối nào?", "Xem gói", act)
        sheet.form.words(" ".join(one.message for one in seen.problems))
        options = [("", "Chưa chọn"), *self._arriving.clusters()]
        sheet.form.choice("cluster", "Cụm, khối", options)
        sheet.show_over()

    # ------------------------------------------------------------- taking in

    def _show(self, seen: Seen) -> None:
        sheet = ArrivalSheet(self._context, self._page.window(), seen, self._take)
        self.shown = sheet
        sheet.show_over()

    def _take(self, seen: Seen, decisions: dict[str, bool]) -> None:
        def done(answer: object) -> None:
            self._context.do(lambda: answer)
            self._changed()

        self._arriving.take(seen, decisions, done)


class ArrivalSheet(Sheet):
    """What a package would change, row by row; conflicts are decided here."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        seen: Seen,
        take: Callable[[Seen, dict[str, bool]], object],
    ) -> None:
        super().__init__(f"Nhận gói của {seen.sender}", parent, width=820)
        self._seen, self._take_in = seen, take
        self.decisions: dict[str, bool] = {}
        self.body.addWidget(label(seen.words, wrap=True))
        for problem in seen.problems:
            self.body.addWidget(label(f"{problem.place}: {problem.message}", "muted", wrap=True))
        self.table: Table[DifferenceRow] = Table(
            "Những gì gói sẽ thay đổi", self._columns(), context.theme
        )
        self.table.setMinimumHeight(context.theme.measures.row * 5)
        self.body.addWidget(self.table, 1)
        self.table.setVisible(bool(seen.rows))
        self.whole = label("", wrap=True)
        self.whole.setVisible(bool(seen.rows))
        self.body.addWidget(self.whole)
        self.table.chosen.connect(self._tell)
        self._deciding = QWidget()
        row = QHBoxLayout(self._deciding)
        row.setContentsMargins(0, 0, 0, 0)
        for words, theirs, every in (
            ("Giữ của Sở", False, False),
            ("Lấy của gói", True, False),
            ("Giữ tất cả của Sở", False, True),
            ("Lấy tất cả của gói", True, True),
        ):
            row.addWidget(button(words, partial(self.decide, theirs, every=every), kind="quiet"))
        row.addStretch(1)
        self._deciding.setVisible(bool(seen.of(Share.CONFLICT)))
        self.body.addWidget(self._deciding)
        if seen.of(Share.BEYOND):
            self.body.addWidget(
                label(
                    f"{len(seen.of(Share.BEYOND))} mục nơi gửi không được sửa nên không nhận; nên "
                    "hỏi lại nơi gửi.",
                    wrap=True,
                    tone=Tone.WAITING,
                )
            )
        self.add_button("Thôi", role="close")
        self.verb = self.add_button("Nhận gói", primary=True)
        self.verb.clicked.connect(self._done)
        self._show_rows()

    def decide(self, theirs: bool, *, every: bool) -> None:
        """Decides the selected conflict, or all of them."""
        row = self.table.current
        wanted = self._seen.of(Share.CONFLICT) if every else (row,) if row is not None else ()
        for one in wanted:
            if one.share is Share.CONFLICT:
                self.decisions[one.name] = theirs
        self._show_rows()

    def _columns(self) -> tuple[Column[DifferenceRow], ...]:
        return (
            Column("Phần", lambda r: SHARES[r.share], 15, tone=lambda r: _TONES.get(r.share)),
            Column("Nội dung", lambda r: r.what, 24, stretch=True, tip=lambda r: r.sentence),
            Column("Sở đang có", lambda r: r.ours, 10),
            Column("Trong gói", lambda r: r.theirs, 10),
            Column("Quyết định", self._decision, 15),
        )

    def _decision(self, row: DifferenceRow) -> str:
        if row.share is not Share.CONFLICT:
            return "Lấy của gói" if row.share is Share.CHANGE else "Bỏ"
        if row.name not in self.decisions:
            return "Chưa quyết định"
        return "Lấy của gói" if self.decisions[row.name] else "Giữ của Sở"

    def _show_rows(self) -> None:
        self.table.show_rows(self._seen.rows)
        left = len(self._seen.of(Share.CONFLICT)) - len(self.decisions)
        self.verb.setEnabled(not left)
        self.verb.setToolTip(f"Còn {left} mục hai bên cùng sửa chưa quyết định" if left else "")

    def _tell(self, row: DifferenceRow | None) -> None:
        """The whole sentence of the selected row; the table cuts long ones."""
        self.whole.setText(row.sentence if row is not None else "")

    def _done(self) -> None:
        self.accept()
        self._take_in(self._seen, self.decisions)
