"""A part of the page that is worked out when it is wanted, and not before it is in sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.pages.province.presenter.book import ProvinceBook


class AskedTab(QWidget):
    """``refresh`` makes it due; it asks once it is in sight. An answer that was overtaken by a
    newer question is not shown: ``work_out`` gets what tells whether it still is the newest.
    """

    def __init__(self, book: ProvinceBook) -> None:
        super().__init__()
        self._book = book
        self._asked = 0
        self._due = True

    def work_out(self, wanted: Callable[[], bool]) -> None:
        """Asks for what is shown."""
        raise NotImplementedError

    def refresh(self) -> None:
        """What was gathered is new: asks again, once the tab is in sight."""
        self._due = True
        if self.isVisible():
            self.ask()

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Asks when it is wanted."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._due:
            self.ask()

    def ask(self) -> None:
        """Asks now; nothing while nothing was gathered."""
        if self._book.view is None:
            return
        self._due = False
        self._asked += 1
        number = self._asked
        self.work_out(lambda: number == self._asked)
