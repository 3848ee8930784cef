"""The page Xếp hạng with real widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui import walker
from ui.application import Window
from ui.pages.ranking.page import RankingPage
from ui.places import PageId, Place

Go = Callable[..., Window]


def page_of(window: Window) -> RankingPage:
    page = window.frame.page
    assert isinstance(page, RankingPage)
    return page


def test_enter_on_a_unit_goes_to_its_scores(at_page: Go, sample_folder: Path, qtbot: QtBot) -> None:
    window = at_page(sample_folder, Place(PageId.RANKING, unit="tu_phap"))
    table = page_of(window).table
    assert table is not None
    assert table.current is not None
    assert table.current.unit == "tu_phap"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.frame.page.id is PageId.SCORES


def test_the_pictures_are_drawn_and_say_in_words_what_they_show(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.RANKING))
    page = page_of(window)
    for at, view in ((1, page.sections), (2, page.gaps), (3, page.pair)):
        page.tabs.setCurrentIndex(at)
        qtbot.waitUntil(lambda view=view: view.accessibleDescription() != "", timeout=20_000)
        picture = view.widget()
        assert picture is not None
        assert picture.height() > 50


def test_the_hall_is_stepped_through_and_left_by_keys(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.RANKING))
    page = page_of(window)
    qtbot.mouseClick(page.present, Qt.MouseButton.LeftButton)
    hall = page.hall
    assert hall is not None
    assert hall.isFullScreen()
    qtbot.keyClick(hall, Qt.Key.Key_Space)
    assert hall.accessibleName().endswith("Hạng 7: Bộ Chỉ huy Bộ đội Biên phòng tỉnh, 849,29 điểm")
    qtbot.keyClick(hall, Qt.Key.Key_Left)
    assert hall.accessibleName() == "Khối thi đua các cơ quan Nội chính · năm 2019."
    with qtbot.waitSignal(hall.destroyed):
        qtbot.keyClick(hall, Qt.Key.Key_Escape)
    assert page.hall is None


def test_words_in_the_hall_can_be_read_from_the_last_row(at_page: Go, sample_folder: Path) -> None:
    """A unit's name is at least a twentieth of the screen's height, whatever the screen."""
    window = at_page(sample_folder, Place(PageId.RANKING))
    page = page_of(window)
    page.open_hall()
    hall = page.hall
    assert hall is not None
    hall.show_.forward()
    hall.resize(1024, 768)
    picture = hall.grab().toImage()
    rows = [
        y
        for y in range(picture.height())
        if any(
            walker.contrast(picture.pixel(x, y) & 0xFFFFFF, 0x161513) > 7
            for x in range(0, picture.width(), 4)
        )
    ]
    assert len(rows) > 768 // 5
    hall.close()
