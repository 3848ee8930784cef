"""The composition root: the one place where the window's parts are put together."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.ground.findings import Severity
from ui.context import Context
from ui.main_window import MainWindow
from ui.notices import Notices
from ui.page_makers import PAGES
from ui.places import PageId, Place
from ui.preferences import Preferences, configuration_folder
from ui.runner import Progress
from ui.session import Session
from ui.tasks import Tasks
from ui.theme.fonts import font, load_fonts
from ui.theme.style import palette_of, style_sheet
from ui.theme.tokens import ZOOMS, Theme, theme_of

if TYPE_CHECKING:
    from app.persistence.workspace import Workspace
    from ui.flows.opening import Trouble


REMIND_AFTER: Final = 1000
"""Milliseconds between the opening of a workspace and its reminders."""

_NEVER_FREED: Final = 1 << 40


def _keep_singletons() -> None:
    """Holds so many references to ``None`` and the truth values that nothing can free them.

    PySide6 6.12 answers ``None`` without a reference of its own from all that returns nothing,
    and ``True`` from each signal that is sent; where they are counted (before Python 3.12) that
    ends the process after some hundred drawings, or some ten thousand signals.
    """
    if sys.version_info < (3, 12):
        for single in (None, True, False):
            if sys.getrefcount(single) < _NEVER_FREED // 2:
                ctypes.c_ssize_t.from_address(id(single)).value += _NEVER_FREED


def qt_application(arguments: Sequence[str]) -> QApplication:
    """The one Qt application of this process, with the shipped fonts."""
    _keep_singletons()
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    made = QApplication([sys.argv[0], *arguments])
    made.setApplicationName("bang-vang")
    made.setApplicationDisplayName("Bảng Vàng")
    made.setStyle(QStyleFactory.create("Fusion"))
    load_fonts()
    return made


class Window:
    """The whole window, put together: for the program and for tests alike.

    A new one shows the bare frame only, which needs nothing of the core; ``stand_up`` does the
    rest.
    """

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        self.application = application
        self.preferences = preferences
        self.frame = MainWindow(PAGES, self._step_zoom)
        self._dress(self._theme())
        self.frame.welcome()
        self.notices = Notices(self.frame, preferences.folder)

    def stand_up(self, folder: Path | None = None) -> None:
        """Puts everything together; goes to the start page, or opens a workspace."""
        from ui.flows.opening import Opening

        preferences = self.preferences
        self.tasks = Tasks(self.frame, self.notices.fault)
        self.session = Session(self.tasks)
        self.opening = Opening(self.session, self.tasks, preferences)
        self.opening.opened, self.opening.refused = self._opened, self._refused
        self.context = Context(
            self.session,
            self.tasks,
            self.notices,
            preferences,
            self._theme(),
            self.frame.go,
            self.restyle,
            self.frame.back,
            self.opening,
        )
        self._reminding = QTimer(self.frame)
        self._reminding.setSingleShot(True)
        self._reminding.setInterval(REMIND_AFTER)
        self._reminding.timeout.connect(self._remind)
        self.frame.closing.connect(self.shut_down)
        self._furnish()
        if folder is None:
            self.frame.go(Place(PageId.START))
        else:
            self.open(folder)

    def _theme(self) -> Theme:
        dark = self.preferences.dark
        if dark is None:
            scheme = self.application.styleHints().colorScheme()
            dark = scheme is Qt.ColorScheme.Dark
        return theme_of(dark=dark, zoom=self.preferences.zoom, density=self.preferences.density)

    def _furnish(self) -> None:
        self._dress(self.context.theme)
        self.frame.furnish(self.context, self.tasks)

    def _dress(self, theme: Theme) -> None:
        self.application.setPalette(palette_of(theme))
        self.application.setFont(font(theme.measures.base))
        self.application.setStyleSheet(style_sheet(theme))

    def restyle(self) -> None:
        """Takes theme, zoom and density from the preferences; the page in sight stays."""
        place = Place(self.frame.page_id)
        self.context.theme = self._theme()
        self._furnish()
        self.frame.go(place)

    def _step_zoom(self, step: int) -> None:
        """The next larger or smaller zoom; 0 is 100 %."""
        at = ZOOMS.index(self.preferences.zoom)
        wanted = 100 if step == 0 else ZOOMS[min(max(at + step, 0), len(ZOOMS) - 1)]
        if wanted != self.preferences.zoom:
            self.preferences.zoom = wanted
            QTimer.singleShot(0, self.frame, self.restyle)

    def open(self, folder: Path) -> None:
        """Opens a workspace and shows its year; what stands in the way is shown at the start."""
        self.opening.open(folder)

    def _opened(self, workspace: Workspace) -> None:
        self.frame.go(Place(PageId.OVERVIEW))
        if any(note.severity is not Severity.NOTE for note in workspace.notes):
            self.notices.findings("Đã mở sổ, có điều cần xem", workspace.notes)
        elif workspace.notes:
            self.notices.said.emit(workspace.notes[0].message)

        self._reminding.start()

    def _remind(self) -> None:
        """Says which days are near or missed, once the year stands."""
        seat = self.session.seat
        if seat is None:
            return

        def read(_progress: Progress) -> str:
            from app.operations.workspace.calendar import reminders
            from app.operations.workspace.desk import today
            from ui.flows.reminding import reminder_words

            return reminder_words(reminders(seat, today()))

        def say(words: str) -> None:
            if words:
                self.notices.said.emit(words)

        self.tasks.run("Xem những ngày sắp đến", read, say, lambda _fault: None, quiet=True)

    def _refused(self, _trouble: Trouble) -> None:
        self.frame.go(Place(PageId.START))

    def shut_down(self) -> None:
        """Stops all work and closes the workspace (which backs it up)."""
        self.tasks.shut_down()
        self.opening.close_unwanted()
        self.context.do(self.session.close)


def run(arguments: Sequence[str]) -> int:
    """Opens the window and works until it is closed; the answer is the exit code.

    ``arguments``: the folder of a workspace; ``--picture FILE`` saves a picture of the window as
    soon as it stands, and ends. The collector, which the start does without, begins after it.
    """
    picture, folder = _read(arguments)
    application = qt_application([])
    window = Window(application, Preferences(configuration_folder()))

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        window.notices.bug(kind, fault, trace)

    sys.excepthook = hook

    def go_on() -> None:
        window.stand_up(folder)
        _settle_memory(window)
        if picture is not None:
            _save_when_quiet(window, picture)

    window.frame.in_sight.connect(go_on, Qt.ConnectionType.QueuedConnection)
    window.frame.resize(_fitting())
    window.frame.show()
    return application.exec()


def _settle_memory(window: Window) -> None:
    """Lets the collector begin once the start is over, with what is there now out of its way."""

    def look() -> None:
        if not window.tasks.running:
            timer.stop()
            gc.collect()
            gc.freeze()
            gc.enable()

    timer = QTimer(window.frame)
    timer.timeout.connect(look)
    timer.start(500)


def _fitting() -> QSize:
    """As large as the screen allows, up to a usual laptop's."""
    room = QGuiApplication.primaryScreen().availableGeometry().size()
    return room.boundedTo(QSize(1366, 768))


def _save_when_quiet(window: Window, picture: Path) -> None:
    """Saves the picture when no work runs any more, and closes the window."""
    timer = QTimer(window.frame)

    def look() -> None:
        if window.tasks.running:
            return
        timer.stop()
        saved = window.frame.grab().save(str(picture))
        window.frame.close()
        QApplication.exit(0 if saved else 1)

    timer.timeout.connect(look)
    timer.start(200)


def _read(arguments: Sequence[str]) -> tuple[Path | None, Path | None]:
    """The picture's file and the workspace's folder, where they are given."""
    rest = list(arguments)
    picture: Path | None = None
    if "--picture" in rest:
        at = rest.index("--picture")
        picture = Path(rest[at + 1]) if at + 1 < len(rest) else None
        del rest[at : at + 2]
    return picture, Path(rest[0]).resolve() if rest else None
