"""The department's main way without a mouse: a folder of packages in, a cell by its risk, and back.

Two of three clusters have sent. The officer opens the folder of the department, takes the stick's
folder in, goes to the riskiest cell, scores it with a reason and returns the appraisals, signed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind
from app.operations.exchange.keyring import make_key
from app.operations.exchange.looking import opened_status
from app.operations.province.folder import at_cluster, at_province
from app.operations.province.view import Stage, gather
from app.persistence import books
from tests.app.operations.province.post import Leader, key, trust
from tests.app.operations.province.worlds import CLUSTERS, DAY, fill_cluster, make_province
from ui.application import Window
from ui.pages.province.page import ProvincePage
from ui.pages.scores.page import ScoresPage
from ui.preferences import Preferences

from .keyboard import Keyboard, NoMouse, active_window

PASS = "bốn từ không liên quan"
Key = Qt.Key


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The department of three clusters, which knows the first two leaders."""
    folder = make_province(tmp_path / "so", CLUSTERS[:3])
    with at_province(folder) as province:
        for number in (1, 2):
            trust(province, f"Trưởng cụm số {number}", key(number))
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The results of the first two clusters, as they came."""
    source = make_province(tmp_path / "nguon", CLUSTERS[:2])
    place = tmp_path / "usb"
    place.mkdir()
    with at_province(source) as province:
        for number in (1, 2):
            fill_cluster(province, number)
    for number in (1, 2):
        leader = Leader.of(number, source / "cum" / f"k0{number}", tmp_path)
        with leader.workspace:
            shutil.copy(leader.sends().file, place / f"cum-{number}.bvg")
    return place


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    preferences = Preferences(tmp_path / "cau-hinh")
    file = tmp_path / "so.khoa"
    preferences.keep_choice("exchange.key.public", make_key(file, PASS).raw.hex())
    preferences.keep_choice("exchange.key.file", str(file))
    with active_window(preferences, qtbot) as made:
        yield made


def part(keys: Keyboard, page: ProvincePage, wanted: object) -> None:
    """Goes on through the parts of the page until this one is in sight."""
    for _ in range(page.tabs.count()):
        if page.tabs.currentWidget() is wanted:
            break
        keys.press(Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.currentWidget() is wanted
    keys.quiet()


@pytest.mark.slow
def test_packages_come_a_cell_is_judged_and_the_appraisals_go_back_by_keys_alone(
    office: Path, stick: Path, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    mouse = NoMouse()
    window.application.installEventFilter(mouse)
    keys = Keyboard(window, qtbot)

    keys.tab_to("Toàn tỉnh")
    keys.press(Key.Key_Return)
    page = window.frame.page
    assert isinstance(page, ProvincePage)
    keys.tab_to("Mở thư mục đã có")
    keys.press(Key.Key_Return)
    keys.choose(office)
    assert page.sentence.whole_text() == "Năm 2026: 0/3 cụm, khối đã gửi; 3 chưa gửi."

    keys.tab_to("Nhận cả thư mục")
    keys.press(Key.Key_Return)
    keys.choose(stick)
    keys.tab_to("Nhận 2 gói sẵn sàng")
    keys.press(Key.Key_Return)
    keys.quiet()
    assert page.sentence.whole_text() == "Năm 2026: 2/3 cụm, khối đã gửi; 1 chưa gửi."

    keys.tab_to("Mở sổ của cụm")
    part(keys, page, page.risk)
    row = page.risk.table.current
    assert row is not None
    keys.tab_to("Đến ô này")
    keys.press(Key.Key_Return)
    keys.quiet()
    scores = window.frame.page
    assert isinstance(scores, ScoresPage)
    assert scores.grid.line is not None
    assert scores.grid.line.code == row.line.criterion
    keys.type("30")
    keys.press(Key.Key_Return)
    keys.put("đối chiếu số liệu")
    keys.press(Key.Key_Return)
    keys.quiet()

    keys.press(Key.Key_N, Qt.KeyboardModifier.AltModifier)
    keys.quiet()
    assert window.frame.page is page
    keys.tab_to("Đến ô này")
    part(keys, page, page.post)
    keys.tab_to("Trả kết quả thẩm định")
    keys.press(Key.Key_Return)
    sheet = page.post.sheets.shown
    assert sheet is not None
    for name, words in (("sender", "Sở Nội vụ"), ("passphrase", PASS)):
        while keys.holder is not sheet.form.editor(name):
            keys.press(Key.Key_Tab)
        keys.put(words)
    keys.tab_to("Ký và ghi")
    keys.press(Key.Key_Return)
    out = tmp_path / "tra"
    out.mkdir()
    keys.choose(out)
    assert mouse.used == 0
    assert page.post.notice.words.text() == (
        "Đã ghi 2 gói thẩm định vào thư mục “tra”, nộp vòng thẩm định của 16 đơn vị. Chưa trả "
        "được: Cụm thi đua số 3 (chưa gửi kết quả)."
    )
    window.session.close()

    heads = [opened_status(file, ()).head for file in sorted(out.iterdir())]
    assert [head.kind for head in heads if head is not None] == [Kind.APPRAISAL] * 2
    with at_province(office) as province:
        view = gather(province, DAY)
        assert len(view.at(Stage.APPRAISED)) == 2
        with at_cluster(province, row.cluster.key) as desk:
            cell = (row.line.unit, row.line.criterion, "department", None)
            entry = desk.workspace.one(books.ENTRIES, *cell, period=desk.period)
    assert entry is not None
    assert (entry.points, entry.reason) == (30, "đối chiếu số liệu")
