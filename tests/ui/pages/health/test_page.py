"""The page Sức khỏe tiêu chí with real widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.health.world import two_years
from ui.application import Window
from ui.pages.health.page import HealthPage
from ui.places import PageId, Place
from ui.widgets.printing import print_into

Go = Callable[..., Window]


def page_of(window: Window) -> HealthPage:
    page = window.frame.page
    assert isinstance(page, HealthPage)
    return page


def test_a_criterion_is_found_without_accents_and_enter_leads_to_the_table(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    page = page_of(window := at_page(sample_folder, Place(PageId.HEALTH)))
    qtbot.keyClicks(page.search, "cai cach hanh chinh")
    row = page.table.current
    assert row is not None
    assert "cải cách hành chính" in row.title.lower()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.frame.page.id is PageId.CRITERIA


def test_sorting_by_a_number_sorts_by_its_value(at_page: Go, sample_folder: Path) -> None:
    page = page_of(at_page(sample_folder, Place(PageId.HEALTH)))
    page.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    most = [row.most for row in page.table.rows.rows]
    assert most == sorted(most, reverse=True)
    assert most[0] == 680


def test_the_spread_is_drawn_and_said_in_words(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    page = page_of(at_page(sample_folder, Place(PageId.HEALTH)))
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.spread.accessibleDescription() != "", timeout=20_000)
    assert "56,3%" in page.spread.accessibleDescription()


def test_years_have_a_tab_where_there_are_two(at_page: Go, tmp_path: Path) -> None:
    two_years(tmp_path).close()
    page = page_of(at_page(tmp_path / "so", Place(PageId.HEALTH)))
    assert page.tabs.isTabVisible(page.tabs.indexOf(page.years))
    assert len(page.years.tables[0].rows.rows) == 3


def test_one_year_has_no_tab_of_years(at_page: Go, sample_folder: Path) -> None:
    page = page_of(at_page(sample_folder, Place(PageId.HEALTH)))
    assert not page.tabs.isTabVisible(page.tabs.indexOf(page.years))


def test_printing_writes_beside_what_is_there_and_says_so(
    at_page: Go, tmp_path: Path, quiet: Callable[[Window], None]
) -> None:
    two_years(tmp_path, years=("2026",)).close()
    window = at_page(tmp_path / "so", Place(PageId.HEALTH))
    page = page_of(window)
    folder = tmp_path / "in"
    folder.mkdir()
    said: list[str] = []
    for _ in range(2):
        print_into(folder, window.tasks, "In", page.presenter.write, said.append)
        quiet(window)
    assert len(list(folder.iterdir())) == 4
    assert said[0] == (
        "Đã ghi “suc-khoe-tieu-chi-k.pdf”, “suc-khoe-tieu-chi-k.xlsx” vào thư mục “in”."
    )


def test_it_stays_within_a_small_window(at_page: Go, sample_folder: Path) -> None:
    page = page_of(at_page(sample_folder, Place(PageId.HEALTH)))
    least = page.minimumSizeHint()
    assert least.width() <= 820
    assert least.height() <= 400
