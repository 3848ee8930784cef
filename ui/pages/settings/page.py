"""The page Cài đặt: the window, who works, backups, health, licences."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer

from app.ground.program import program_version
from ui.context import Context
from ui.page import Page
from ui.pages.settings.presenter import (
    BackupRow,
    Health,
    SettingsPresenter,
    parts,
)
from ui.pages.settings.tabs import AboutTab, BackupsTab, HealthTab, LookTab, PersonTab
from ui.places import PageId, Place
from ui.topics import ALL, Topic
from ui.widgets.tabs import Tabs


class SettingsPage(Page):
    """One tab for each part; those of the workspace are there while one is open."""

    id = PageId.SETTINGS
    title = "Cài đặt"
    topics = ALL - {Topic.RESULT}
    needs_year = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self.presenter = SettingsPresenter(
            context.session, context.runner, context.opening, context.preferences
        )
        self.look = LookTab(theme, self.presenter)
        self.look.wished.connect(self._wish)
        self.person = PersonTab(theme)
        self.person.named.connect(self._named)
        self.backups = BackupsTab(theme, self._back_up)
        self.backups.restore_wanted.connect(self._ask_restore)
        self.health = HealthTab(theme, self.presenter.own_folder, self._check)
        about = AboutTab(theme, program_version(), parts())
        self.tabs = Tabs("Các phần cài đặt")
        for tab, words in (
            (self.look, "Cửa sổ"),
            (self.person, "Người làm việc"),
            (self.backups, "Sao lưu, khôi phục"),
            (self.health, "Kiểm tra, nơi lưu"),
            (about, "Phiên bản, giấy phép"),
        ):
            self.tabs.addTab(tab, words)
        self._of_workspace = (self.person, self.backups, self.health)
        self.tabs.setCurrentIndex(int(context.preferences.choice("settings.tab", "0")))
        self.tabs.currentChanged.connect(
            lambda at: context.preferences.keep_choice("settings.tab", str(at))
        )
        self.body.addWidget(self.tabs, 1)
        self._gone = False

    def leave(self) -> None:
        """What still runs for this page comes to nothing."""
        super().leave()
        self._gone = True

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
        presenter = self.presenter
        for tab in self._of_workspace:
            self.tabs.setTabVisible(self.tabs.indexOf(tab), presenter.open)
        self.person.show_person(presenter.actor, may_keep=presenter.may_write)
        self._show_backups()
        if presenter.folder is not None:
            self.health.place.show_folder(presenter.folder)

    def go_to(self, place: Place) -> None:
        """Puts the cursor on the wish that has just been fulfilled."""
        if place.topic in self.presenter.look:
            self.look.focus(place.topic or "")

    def _show_backups(self) -> None:
        presenter = self.presenter
        self.backups.show_backups(presenter.backups(), may_write=presenter.may_write)
        self.say(presenter.sentence())

    # ------------------------------------------------------------- acting

    def _wish(self, key: str, value: Any) -> None:
        if not self.presenter.change_look(key, value):
            return
        context = self.context

        def anew() -> None:
            context.restyle()
            context.go(Place(PageId.SETTINGS, topic=key))

        QTimer.singleShot(0, anew)

    def _named(self, values: dict[str, Any]) -> None:
        name, keep = values["name"], bool(values.get("keep"))
        if self.context.do(lambda: self.presenter.name_actor(name, keep=keep)):
            self.context.notices.said.emit(f"Từ bây giờ nhật ký ghi theo tên {name}.")

    def _back_up(self) -> None:
        def made(row: BackupRow) -> None:
            if not self._gone:
                self._show_backups()
            self.context.notices.said.emit(f"Đã sao lưu lúc {row.made}.")

        self.presenter.back_up(made)

    def _ask_restore(self, row: BackupRow) -> None:
        words = (
            f"Sổ trở lại như lúc {row.made}. Những việc làm sau lúc đó không còn trong sổ, nhưng "
            "trạng thái hiện nay được sao lưu trước, nên vẫn quay lại được."
        )

        def restore() -> None:
            self.context.do(lambda: self.presenter.restore(row))

        self.context.notices.ask("Khôi phục bản sao lưu này?", words, "Khôi phục", restore)

    def _check(self) -> None:
        def found(health: Health) -> None:
            if not self._gone:
                self.health.show_health(health)

        self.presenter.check(found)
