"""Receiving packages: one sheet after the other until they are taken in, or refused in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.province.arrival_sheet import ArrivalSheet
from ui.pages.province.basket_sheet import BasketSheet
from ui.pages.province.presenter.arriving import Arriving, Need, Seen, packages_in
from ui.pages.province.presenter.basket import Basket
from ui.pages.province.presenter.taken import Taking
from ui.sheets.unlock_sheet import ask_to_open
from ui.widgets.files import ask_files, ask_folder
from ui.widgets.form import FormSheet
from ui.widgets.sheet import Sheet

Then = Callable[[Seen], object]


class Arrivals:
    """Asks what is missing; ``taken`` hears what was taken in."""

    def __init__(
        self,
        context: Context,
        arriving: Arriving,
        page: QWidget,
        taken: Callable[[Taking], object],
    ) -> None:
        self._context, self._arriving, self._page = context, arriving, page
        self._taken = taken
        self._folder = Path.home()
        self.shown: Sheet | None = None

    def ask(self) -> None:
        """Asks for the files of packages, one or several."""
        from ui.flows.beginning import PACKAGE_FILES  # late: the page shows before it is imported

        ask_files(
            self._page.window(),
            "Gói của cụm, khối, của người thẩm định",
            "Xem gói",
            self._folder,
            PACKAGE_FILES,
            self.receive,
        )

    def ask_folder(self) -> None:
        """Asks for a folder; all packages in it are looked at."""
        ask_folder(
            self._page.window(),
            "Thư mục có các gói nhận được",
            "Xem các gói ở đây",
            self._folder,
            self.receive_folder,
        )

    def receive_folder(self, folder: Path) -> None:
        """Looks at all packages in a folder."""
        files = packages_in(folder)
        if not files:
            self._context.notices.said.emit(f"Thư mục “{folder.name}” không có gói dữ liệu nào.")
            return
        self.receive(files)

    def receive(self, files: Sequence[Path]) -> None:
        """Looks at packages: one is shown by itself, several in one list."""
        if len(files) == 1:
            self.look_at(files[0])
        elif files:
            self._folder = files[0].parent
            basket = Basket(self._arriving, files)
            basket.look(lambda: self._show_basket(basket))

    def look_at(self, file: Path) -> None:
        """Looks at a file; a locked one is opened first."""
        from ui.flows.beginning import is_locked

        self._folder = file.parent
        seen = Seen(file, Need.OPENING)
        if is_locked(file):
            self._open(seen, self._show)
        else:
            self._arriving.look_at(file, lambda found: self._go_on(found, self._show))

    # ------------------------------------------------------------- what is missing

    def settle(self, seen: Seen, then: Then) -> None:
        """Asks for what a package waits for; ``then`` gets it as it stands after that."""
        if seen.need is Need.OPENING:
            self._open(seen, then)
        else:
            self._go_on(seen, then)

    def _go_on(self, seen: Seen, then: Then) -> None:
        match seen.need:
            case Need.SENDER:
                self._ask_sender(seen, then)
            case Need.CLUSTER:
                self._ask_cluster(seen, then)
            case Need.REFUSED:
                self._context.notices.findings("Không nhận được gói này", seen.problems)
            case _:
                then(seen)

    def _form(self, title: str, verb: str, act: Callable[[dict[str, Any]], bool]) -> FormSheet:
        sheet = FormSheet(title, verb, self._context.theme, self._page.window(), act)
        self.shown = sheet
        return sheet

    def _open(self, seen: Seen, then: Then) -> None:
        """The passphrase that the sender told, or that of the department's own key."""
        found: list[Seen] = []

        def look(
            file: Path,
            done: Callable[[], None],
            failed: Callable[[Exception], None] | None = None,
            *,
            passphrase: str = "",
            own: str = "",
        ) -> None:
            def looked(answer: Seen) -> None:
                found.append(answer)
                done()

            self._arriving.look_at(
                file, looked, failed, passphrase=passphrase, own=own, named=seen.named
            )

        self.shown = ask_to_open(
            self._context,
            self._page.window(),
            seen.file,
            self._arriving.key,
            look,
            lambda: self._go_on(found[-1], then),
        )

    def _ask_sender(self, seen: Seen, then: Then) -> None:
        def act(values: dict[str, Any]) -> bool:
            wrong = self._arriving.heard_wrong(seen, values["heard"])
            sheet.form.fault("heard", wrong)
            if not wrong:
                self._arriving.confirm(
                    seen, values["heard"], lambda found: self._go_on(found, then)
                )
            return not wrong

        sheet = self._form(f"Xác nhận {seen.sender}", "Xác nhận nơi gửi", act)
        sheet.form.words(
            f"{seen.words} Gọi {seen.sender} theo số điện thoại đã biết từ trước, nhờ đọc dấu khóa "
            "của đơn vị ở trang Trao đổi dữ liệu, thẻ Nơi gửi đã biết. Gõ đúng những gì nghe được."
        )
        sheet.form.text("heard", "Dấu khóa nghe được", required=True)
        sheet.show_over()

    def _ask_cluster(self, seen: Seen, then: Then) -> None:
        def act(values: dict[str, Any]) -> bool:
            if not values["cluster"]:
                sheet.form.fault("cluster", "Chọn cụm, khối của gói này.")
                return False
            self._arriving.name_cluster(
                seen, values["cluster"], lambda found: self._go_on(found, then)
            )
            return True

        sheet = self._form("Gói này của cụm, khối nào?", "Xem gói", act)
        sheet.form.words(" ".join(one.message for one in seen.problems))
        options = [("", "Chưa chọn"), *self._arriving.clusters()]
        sheet.form.choice("cluster", "Cụm, khối", options)
        sheet.show_over()

    # ------------------------------------------------------------- taking in

    def _show(self, seen: Seen) -> None:
        self._sheet(seen, lambda decided: self._arriving.take([decided], self._taken), "Nhận gói")

    def decide(self, seen: Seen, then: Then) -> None:
        """Shows what a package of several would change, and keeps what is decided."""
        self._sheet(seen, then, "Giữ các quyết định này" if seen.rows else "Đã xem")

    def _sheet(self, seen: Seen, then: Then, verb: str) -> None:
        sheet = ArrivalSheet(self._context, self._page.window(), seen, then, verb)
        self.shown = sheet
        sheet.show_over()

    def _show_basket(self, basket: Basket) -> None:
        sheet = BasketSheet(
            self._context,
            self._page.window(),
            basket,
            partial(self._settle_in, basket),
            lambda taking: self._taken_of(basket, taking),
        )
        self.shown = sheet
        sheet.show_over()

    def _taken_of(self, basket: Basket, taking: Taking) -> None:
        """What another package of the same act stood against is shown again, to be decided."""
        if not taking.left:
            self._taken(taking)
            return
        self._taken(replace(taking, refused=()))
        basket.keep_only(taking.left)
        basket.look(lambda: self._show_basket(basket))

    def _settle_in(self, basket: Basket, seen: Seen, shown: Callable[[], object]) -> None:
        """Clears up one package of several; ``shown`` shows the list as it stands after that."""

        def settled(found: Seen) -> None:
            basket.put(found)
            shown()
            if seen.need is Need.SENDER:  # others of the same sender waited for the same
                basket.look(shown, lambda one: one.need is Need.SENDER)

        if seen.need is Need.NOTHING:
            self.decide(seen, settled)
        else:
            self.settle(seen, settled)
