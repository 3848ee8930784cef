"""The window in tests: real workspaces, no screen, and nothing left behind."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid, ownedByPython

from app.exchange.packages import sealing
from app.operations.exchange.keyring import make_key
from tests.ui.pages.exchange.world import PASS
from tests.ui.worlds import make_real, make_sample
from ui.application import Window, qt_application
from ui.places import Place
from ui.preferences import Preferences
from ui.runner import AtOnce
from ui.session import Session

WAIT = 20_000
"""Milliseconds after which a test gives up waiting."""


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The program's own application, with its fonts."""
    return qt_application([])


class PatientBot(QtBot):
    """Gives up as late as ``WAIT`` says where a test names no time of its own."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = WAIT) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """What a hand does to the window, with patience for a busy machine."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cluster's year, all scored; copied before it is used."""
    return make_sample(tmp_path_factory.mktemp("mau") / "so")


@pytest.fixture(scope="session")
def real_workspace(tmp_path_factory: pytest.TempPathFactory, real_table: Path) -> Path:
    """The real table (176 criteria) with its self-scores; copied before it is used."""
    return make_real(tmp_path_factory.mktemp("that") / "so", real_table)


@pytest.fixture(scope="session")
def kept_key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The own key's file and its public half, made once: opening one takes a second on purpose."""
    file = tmp_path_factory.mktemp("khoa") / "khoa-don-vi.khoa"
    return file, make_key(file, PASS).raw.hex()


@pytest.fixture(autouse=True, scope="session")
def _keys_opened_once() -> Iterator[None]:
    """The right passphrase of a key's file is worked through once; a wrong one each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "unlocked", cache(sealing.unlocked))
        yield


@pytest.fixture
def sample_folder(sample_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the sample's workspace."""
    return Path(shutil.copytree(sample_workspace, tmp_path / "so-mau"))


@pytest.fixture
def real_folder(real_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the real table's workspace."""
    return Path(shutil.copytree(real_workspace, tmp_path / "so-that"))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session without Qt that works in place; for presenters. It ends before its files go."""
    assert tmp_path.is_dir()
    made = Session(AtOnce())
    yield made
    made.close()


@pytest.fixture
def open_session(session: Session, sample_folder: Path) -> Session:
    """A session at the sample's year."""
    session.open(sample_folder)
    return session


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, qtbot: object) -> Iterator[Window]:
    """The whole window at the size of an officer's screen, with nothing open."""
    threads, widgets = set(threading.enumerate()), set(QApplication.allWidgets())
    made = Window(qapp, Preferences(tmp_path / "cau-hinh"))
    made.stand_up()
    made.frame.resize(1366, 768)
    made.frame.show()
    yield made
    made.frame.close()
    made.frame.clear()
    made.frame.deleteLater()
    del made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = [w for w in QApplication.allWidgets() if w not in widgets and not _unused(w)]
    assert not left, f"widgets were left behind: {left}"
    assert not [
        one
        for one in set(threading.enumerate()) - threads
        if not isinstance(one, threading._DummyThread)  # Qt's own, that something asked after
    ], "a thread was left behind"
    ticking = [t for t in gc.get_objects() if isinstance(t, QTimer) and isValid(t) and t.isActive()]
    assert not ticking, f"timers were left behind: {ticking}"


def _unused(widget: QWidget) -> bool:
    """Whether a widget belongs to nothing on the screen: Python throws it away by itself."""
    top = widget
    while (above := top.parentWidget()) is not None:
        top = above
    return bool(ownedByPython(top)) and not top.isVisible() and not isinstance(top, QDialog)


@pytest.fixture
def quiet(qtbot: object) -> Callable[[Window], None]:
    """Waits until no work runs any more."""

    def wait(window: Window) -> None:
        qtbot.waitUntil(lambda: not window.tasks.running, timeout=WAIT)  # type: ignore[attr-defined]

    return wait


@pytest.fixture
def at_page(window: Window, quiet: Callable[[Window], None]) -> Callable[..., Window]:
    """Opens a workspace in the window and goes to a place."""

    def go(folder: Path, place: Place) -> Window:
        window.open(folder)
        quiet(window)
        window.frame.go(place)
        quiet(window)
        return window

    return go
