"""Packages without a mouse: a key, a sender, a score sent, a conflict decided, figures answered.

A unit's book is at hand. Its score leaves under a new key; a package of the other house comes, its
sender is confirmed by ear, one of two conflicts goes each way, all is taken in and taken back; at
last a request of figures is answered.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind
from app.operations.exchange.looking import opened_status
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import send
from tests.ui.pages.exchange.world import (
    CRITERIA,
    NAME,
    THEIRS,
    UNIT,
    desk_at,
    package_from,
    score_in,
)
from tests.ui.worlds import make_sample
from ui.application import Window
from ui.pages.exchange.page import ExchangePage
from ui.preferences import Preferences

from .keyboard import Keyboard, NoMouse, active_window

WORDS = "bon tu khong lien quan"
Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return make_sample(tmp_path / "so-nha")


@pytest.fixture
def stick(ours: Path, tmp_path: Path) -> Path:
    """What the other house sent: the unit's score without two cells, and a request of figures."""
    theirs = Path(shutil.copytree(ours, tmp_path / "so-ban"))
    out = tmp_path / "usb"
    package_from(theirs, out).rename(out / "diem.bvg")
    with desk_at(theirs) as desk:
        order = Order(
            Kind.FIGURES_REQUEST, agency="Thanh tra", criteria=(CRITERIA[1],), units=(UNIT,)
        )
        send(desk, order, Envelope(NAME), THEIRS, out).file.rename(out / "de-nghi.bvg")
    return out


@pytest.fixture
def window(ours: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    preferences = Preferences(tmp_path / "cau-hinh")
    preferences.opened(ours)
    with active_window(preferences, qtbot) as made:
        yield made


def tab_into(keys: Keyboard, wanted: QWidget) -> None:
    """Goes on with the tab key until this widget has the keyboard."""
    for _ in range(120):
        if keys.holder is wanted:
            return
        keys.press(Key.Key_Tab)
    raise AssertionError(f"the tab key never reaches {wanted.accessibleName()}")


def go_on(keys: Keyboard, words: str) -> None:
    """The next step, by the button that names it."""
    keys.tab_to(words)
    keys.press(Key.Key_Return)
    keys.quiet()


def fill(keys: Keyboard, **fields: str) -> None:
    """Types into the sheet that is in sight, field by field, and carries it out."""
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    for name, words in fields.items():
        tab_into(keys, sheet.form.editor(name))  # type: ignore[attr-defined]
        keys.type(words)
    keys.press(Key.Key_Return)
    keys.quiet()


@pytest.mark.slow
@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")  # a list of suggestions opens
def test_packages_go_and_come_by_keys_alone(
    stick: Path, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    mouse = NoMouse()
    window.application.installEventFilter(mouse)
    keys = Keyboard(window, qtbot)
    out = tmp_path / "ra"
    out.mkdir()
    keys.tab_to("Mở sổ đang chọn")
    keys.press(Key.Key_Return)
    keys.quiet()
    keys.press(Key.Key_D, Modifier.AltModifier)
    keys.quiet()
    page = window.frame.page
    assert isinstance(page, ExchangePage)

    # the unit's score, under a key that is made on the way
    form = page.send.form
    kind = form.editor("kind")
    assert isinstance(kind, QComboBox)
    tab_into(keys, kind)
    while kind.currentData() != Kind.SELF_SCORE.value:
        keys.press(Key.Key_Down)
    tab_into(keys, form.editor("other"))
    keys.type("Truong khoi")
    tab_into(keys, form.editor("papers"))
    keys.press(Key.Key_Space)
    tab_into(keys, form.editor("sender"))
    keys.press(Key.Key_A, Modifier.ControlModifier)
    keys.type("Don vi mot")
    go_on(keys, "Xem gói rồi gửi")
    fill(keys, passphrase=WORDS, again=WORDS)
    keys.press(Key.Key_Return)  # the fingerprint was read
    keys.quiet()
    fill(keys, passphrase=WORDS)
    keys.choose(out)
    (sent,) = out.iterdir()
    status = opened_status(sent, ())
    assert status.head is not None
    assert (status.head.kind, status.head.sender.name) == (Kind.SELF_SCORE, "Don vi mot")

    # a package of a stranger: confirmed by ear, two conflicts, one each way
    tab_into(keys, kind)
    keys.press(Key.Key_Tab, Modifier.ControlModifier)
    assert page.tabs.currentWidget() is page.receive
    go_on(keys, "Chọn gói")
    keys.choose(stick / "diem.bvg")
    go_on(keys, "Xác nhận nơi gửi")
    fill(keys, heard=THEIRS.public.fingerprint)
    go_on(keys, "Quyết định 2 mục")
    assert keys.holder is page.receive.parts.conflicts
    keys.press(Key.Key_Space)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Space)
    keys.press(Key.Key_Space)
    go_on(keys, "Nhận 1 thay đổi")
    desk = window.session.desk
    assert [score_in(desk, criterion) for criterion in CRITERIA] == [True, False]
    keys.press(Key.Key_Z, Modifier.ControlModifier)
    keys.quiet()
    assert [score_in(desk, criterion) for criterion in CRITERIA] == [True, True]

    # figures that the other house asks for
    go_on(keys, "Chọn gói")
    keys.choose(stick / "de-nghi.bvg")
    table = page.receive.answer.table
    tab_into(keys, table)
    count = table.cells.rowCount()
    for number in range(count):
        keys.type(str(number + 5))
        keys.press(Key.Key_Return)
    go_on(keys, "Ký và ghi gói trả lời")
    fill(keys, passphrase=WORDS)
    (answer,) = set(out.iterdir()) - {sent}
    contents = opened_status(answer, ()).contents
    assert contents is not None
    assert contents.figures is not None
    assert [cell["value"] for cell in contents.figures["cells"]] == list(range(5, 5 + count))
    assert mouse.used == 0
