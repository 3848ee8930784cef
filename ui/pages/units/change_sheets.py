"""The sheets of units that change; each says in words what follows before it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from app.ground.text import same_words
from ui.context import Context
from ui.flows.unit_names import read_units
from ui.pages.units.changes import NEW, Changes
from ui.pages.units.presenter import UnitsPresenter
from ui.widgets.form import Form, FormSheet

_ARCHIVED = "none"


class ChangeSheets:
    """Makes the sheets for one unit's changes over the page's window."""

    def __init__(self, context: Context, presenter: UnitsPresenter, page: QWidget) -> None:
        self._context = context
        self._presenter = presenter
        self._page = page

    def _sheet(self, title: str, verb: str, act: Callable[[dict[str, Any]], object]) -> FormSheet:
        return FormSheet(
            title,
            verb,
            self._context.theme,
            self._page.window(),
            lambda values: self._context.do(lambda: act(values)),
        )

    def _changes(self, unit: str) -> Changes:
        return Changes(self._context.session, self._presenter, unit)

    def _day(self, form: Form, title: str) -> None:
        first, last = self._presenter.year_bounds()
        form.date("on", title, required=True, first=first, last=last)

    def rename(self, unit: str) -> None:
        """Asks for another name."""
        changes = self._changes(unit)
        sheet = self._sheet(
            f"Đổi tên {changes.unit.name}", "Đổi tên", lambda values: changes.rename(values["name"])
        )
        sheet.form.text("name", "Tên mới", changes.unit.name, required=True)
        sheet.form.words(
            "Tên mới dùng cho năm này; các năm khác giữ tên cũ. Điểm và giấy tờ giữ nguyên."
        )
        sheet.show_over()

    def leave(self, unit: str) -> None:
        """Asks when a unit leaves."""
        changes = self._changes(unit)
        sheet = self._sheet(
            f"{changes.unit.name} rời {self._presenter.rules.cluster_word}",
            "Ghi đơn vị rời",
            lambda values: changes.leave(values["on"]),
        )
        form = sheet.form
        self._day(form, "Rời từ ngày")
        told = form.words("")
        follow_words(form, lambda: told.setText(changes.leaving_words(_day_of(form))))
        sheet.show_over()

    def move(self, unit: str) -> None:
        """Asks where a unit moves to, when, and whether its scores follow."""
        changes = self._changes(unit)
        sheet = self._sheet(
            f"Chuyển {changes.unit.name} sang cụm, khối khác",
            "Chuyển đơn vị",
            lambda values: changes.move(
                values["cluster"], values["on"], follow=values["follow"] == "yes"
            ),
        )
        form = sheet.form
        form.choice("cluster", "Chuyển sang", changes.other_clusters())
        self._day(form, "Tham gia từ ngày")
        form.choice(
            "follow",
            "Điểm đã ghi",
            [("yes", "Chép theo sang cụm, khối mới"), ("no", "Lưu trữ, chấm lại từ đầu")],
        )
        told = form.words("")

        def tell() -> None:
            follow = form.value("follow") == "yes"
            words = changes.moving_words(form.value("cluster"), _day_of(form), follow=follow)
            told.setText(words)

        follow_words(form, tell)
        sheet.show_over()

    def merge(self, unit: str) -> None:
        """Asks with which unit, into which, and whose scores go on."""
        changes = self._changes(unit)
        name = changes.unit.name
        others = dict(changes.others())

        def into_of(choice: str) -> str:
            return {"this": unit, "other": str(form.value("other"))}.get(choice, NEW)

        def act(values: dict[str, Any]) -> object:
            return changes.merge(
                values["other"],
                into_of(values["into"]),
                values.get("name", ""),
                values["on"],
                None if values.get("follow", _ARCHIVED) == _ARCHIVED else values["follow"],
            )

        sheet = self._sheet(f"Sáp nhập {name}", "Sáp nhập", act)
        form = sheet.form
        form.choice("other", "Sáp nhập với", list(others.items()))
        into = form.choice(
            "into",
            "Đơn vị tiếp nối",
            [
                ("other", "Đơn vị được chọn ở trên"),
                ("this", name),
                ("new", "Một đơn vị mới"),
            ],
        )
        form.text("name", "Tên đơn vị mới", required=True)
        self._day(form, "Từ ngày")
        follow = form.choice(
            "follow", "Điểm đã ghi", [(_ARCHIVED, "Lưu trữ"), (unit, f"Lấy điểm của {name}")]
        )
        told = form.words("")
        assert isinstance(into, QComboBox)
        assert isinstance(follow, QComboBox)

        def tell() -> None:
            choice = form.value("into")
            form.show_field("name", choice == "new")
            form.show_field("follow", choice == "new")
            other = form.value("other")
            if choice == "new":
                leavers, new_name = [unit, other], form.value("name") or ""
            else:
                stays = into_of(choice)
                leavers = [one for one in (unit, other) if one != stays]
                new_name = name if choice == "this" else others.get(other, "")
            kept = None if form.value("follow") == _ARCHIVED else form.value("follow")
            words = changes.merging_words(leavers, new_name, kept if choice == "new" else None)
            if choice != "new":
                words = words.replace(
                    f"{new_name} được chấm từ đầu", f"điểm của {new_name} giữ nguyên"
                )
            told.setText(words)

        follow_words(form, tell)
        sheet.show_over()

    def split(self, unit: str) -> None:
        """Asks into which units, and which goes on with the scores."""
        changes = self._changes(unit)

        def act(values: dict[str, Any]) -> bool:
            if len(read_units(values["names"])) < 2:
                sheet.form.fault("names", "Ghi từ hai đơn vị mới trở lên.")
                return False
            heir = _heir(values["names"], values["heir"])
            return self._context.do(lambda: changes.split(values["names"], values["on"], heir))

        sheet = FormSheet(
            f"Chia tách {changes.unit.name}",
            "Chia tách",
            self._context.theme,
            self._page.window(),
            act,
        )
        form = sheet.form
        form.text("names", "Các đơn vị mới", required=True, lines=4, hint="Mỗi dòng một đơn vị.")
        self._day(form, "Từ ngày")
        form.text(
            "heir",
            "Đơn vị giữ điểm cũ",
            hint="Ghi đúng tên một đơn vị ở trên; để trống thì điểm cũ được lưu trữ.",
        )
        told = form.words("")

        def tell() -> None:
            names = form.value("names") or ""
            told.setText(changes.splitting_words(names, _heir(names, form.value("heir") or "")))

        follow_words(form, tell)
        sheet.show_over()

    def remove(self, unit: str) -> None:
        """Asks before a unit is taken out that was added by mistake."""
        changes = self._changes(unit)
        held = changes.holdings()
        if held:
            self._context.notices.ask(
                f"Chưa bỏ được {changes.unit.name}",
                f"Đơn vị đã có {held} trong năm nên không bỏ khỏi danh sách được. Nếu đơn vị thôi "
                "tham gia, hãy ghi ngày rời; những gì đã ghi được giữ lại.",
                "Ghi đơn vị rời",
                lambda: self.leave(unit),
            )
            return
        self._context.notices.ask(
            f"Bỏ {changes.unit.name}",
            f"{changes.unit.name} được bỏ khỏi danh sách của năm. Đơn vị chưa có điểm hay giấy tờ "
            "nào; có thể hoàn tác.",
            "Bỏ khỏi danh sách",
            lambda: self._done(changes),
        )

    def _done(self, changes: Changes) -> None:
        self._context.do(changes.remove)


def follow_words(form: Form, tell: Callable[[], None]) -> None:
    """Says anew what follows whenever something was typed, and at first."""
    form.changed.connect(tell)
    tell()


def _day_of(form: Form) -> dt.date | None:
    day = form.value("on")
    return day if isinstance(day, dt.date) else None


def _heir(names: str, typed: str) -> str | None:
    """The new unit that was named as the one that goes on with the scores."""
    return next((u.name for u in read_units(names) if same_words(u.name, typed)), None)
