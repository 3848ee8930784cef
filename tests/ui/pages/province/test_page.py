"""The page Toàn tỉnh with real widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.operations.province.folder import is_province
from tests.ui.worlds import make_province as around
from ui.application import Window
from ui.pages.province.page import ProvincePage
from ui.pages.start.page import StartPage
from ui.places import PageId, Place

Quiet = Callable[[Window], None]


def page_of(window: Window) -> ProvincePage:
    page = window.frame.page
    assert isinstance(page, ProvincePage)
    return page


@pytest.fixture
def page(window: Window, folder: Path, quiet: Quiet) -> ProvincePage:
    """The page with the province, and no workspace open."""
    window.frame.go(Place(PageId.PROVINCE))
    made = page_of(window)
    made.open_folder(folder)
    quiet(window)
    return made


def test_the_start_page_leads_here_while_nothing_is_open(window: Window) -> None:
    start = window.frame.page
    assert isinstance(start, StartPage)
    start.province.click()
    assert window.frame.page.id is PageId.PROVINCE
    assert window.session.workspace is None


def test_without_a_workspace_the_page_says_what_it_is_for_and_makes_a_folder(
    window: Window, tmp_path: Path, quiet: Quiet
) -> None:
    window.frame.go(Place(PageId.PROVINCE))
    page = page_of(window)
    assert page.stack.currentWidget() is page.empty
    assert page.found.isVisible()
    page.sheets.create(tmp_path / "moi")
    sheet = page.sheets.shown
    assert sheet is not None
    for key, words in (("officer", "Trần Sở"), ("year", "2026")):
        editor = sheet.form.editor(key)
        assert isinstance(editor, QLineEdit)
        editor.setText(words)
    sheet.verb.click()
    assert sheet.isVisible(), "the clusters are still asked for"
    sheet.form.editor("clusters").setPlainText("Cụm một\n\nCụm hai\n")  # type: ignore[union-attr]
    sheet.verb.click()
    quiet(window)
    assert is_province(tmp_path / "moi")
    assert page.stack.currentWidget() is page.tabs
    assert page.sentence.whole_text() == "Năm 2026: 0/2 cụm, khối đã gửi; 2 chưa gửi."
    assert not page.found.isVisible()


def test_the_state_of_the_province_stands_in_one_sentence_and_one_table(
    page: ProvincePage,
) -> None:
    assert page.sentence.whole_text() == "Năm 2026: 2/3 cụm, khối đã gửi; 1 chưa gửi."
    assert [row.stage for row in page.overview.table.rows.rows] == ["Đã gửi", "Đã gửi", "Chưa gửi"]
    page.overview.table.selectRow(2)
    assert page.overview.told.text() == "Sở chưa nhận gói nào của cụm, khối này."
    assert not page.overview.open.isEnabled()


def test_a_unit_is_found_without_accents_and_enter_opens_its_cluster(
    page: ProvincePage, window: Window, qtbot: QtBot, quiet: Quiet
) -> None:
    page.tabs.setCurrentWidget(page.results)
    qtbot.keyClicks(page.results.search, "don vi 3 cum 2")
    assert [row.unit for row in page.results.table.rows.rows] == ["k02_3"]
    qtbot.keyClick(page.results.table, Qt.Key.Key_Return)
    quiet(window)
    assert window.frame.page.id is PageId.SCORES
    assert window.session.cluster_name == "Cụm thi đua số 2"
    window.frame.go(Place(PageId.PROVINCE))
    quiet(window)
    stages = [row.stage for row in page_of(window).overview.table.rows.rows]
    assert stages == ["Đã gửi", "Đã gửi", "Chưa gửi"], "the open one is read as it is"


def test_results_can_be_narrowed_to_a_cluster_and_drawn(page: ProvincePage, qtbot: QtBot) -> None:
    page.tabs.setCurrentWidget(page.results)
    results = page.results
    results.cluster.setCurrentIndex(results.cluster.findData("k02"))
    results.cluster.activated.emit(results.cluster.currentIndex())
    assert {row.cluster for row in results.table.rows.rows} == {"k02"}
    results.view.setCurrentIndex(1)
    results.view.activated.emit(1)
    qtbot.waitUntil(lambda: results.chart.accessibleDescription() != "", timeout=20_000)
    assert "Đơn vị 1 cụm 2" in results.chart.accessibleDescription()


def test_a_risky_cell_says_why_and_leads_to_itself(
    page: ProvincePage, window: Window, qtbot: QtBot, quiet: Quiet
) -> None:
    page.tabs.setCurrentWidget(page.risk)
    quiet(window)
    row = page.risk.table.current
    assert row is not None
    assert page.risk.reasons.text().splitlines() == list(row.line.reasons)
    qtbot.keyClick(page.risk.to_cell, Qt.Key.Key_Return)
    quiet(window)
    assert window.frame.page.id is PageId.SCORES
    assert window.session.workspace is not None
    assert window.session.workspace.folder.name == row.cluster.key


def test_comparisons_say_that_they_are_for_analysis_only(
    page: ProvincePage, window: Window, quiet: Quiet
) -> None:
    page.tabs.setCurrentWidget(page.compare)
    quiet(window)
    assert page.compare.words.text().startswith("Chỉ để phân tích")
    assert len(page.compare.tables[0].rows.rows) == 2


def test_comparisons_are_written_as_a_paper(
    page: ProvincePage, window: Window, quiet: Quiet, tmp_path: Path
) -> None:
    page.tabs.setCurrentWidget(page.compare)
    quiet(window)
    assert page.compare.printed.isEnabled()
    place = tmp_path / "in"
    place.mkdir()
    page.compare.print_into(place)
    quiet(window)
    assert sorted(file.suffix for file in place.iterdir()) == [".docx", ".pdf", ".xlsx"]


def test_another_base_of_the_flag_asks_for_its_ground(
    page: ProvincePage, window: Window, quiet: Quiet
) -> None:
    page.tabs.setCurrentWidget(page.flag)
    page.flag.base.click()
    sheet = page.sheets.shown
    assert sheet is not None
    base, reason = sheet.form.editor("base"), sheet.form.editor("reason")
    assert isinstance(base, QLineEdit)
    assert isinstance(reason, QLineEdit)
    base.setText("17")
    sheet.verb.click()
    assert sheet.isVisible()
    reason.setText("Công văn số 12/SNV-TĐKT")
    sheet.verb.click()
    quiet(window)
    assert page.flag.words.text().startswith("Tối đa 3 cờ: 20% của cơ số 17")


def test_where_no_table_knows_the_flag_the_page_says_so(
    window: Window, quiet: Quiet, sample_folder: Path, tmp_path: Path
) -> None:
    window.frame.go(Place(PageId.PROVINCE))
    page = page_of(window)
    page.open_folder(around(tmp_path / "tinh", sample_folder))
    quiet(window)
    page.tabs.setCurrentWidget(page.flag)
    assert not page.flag.base.isVisible()
    page.tabs.setCurrentWidget(page.risk)
    quiet(window)
    points = page.risk.table.rows.columns[4].text
    shown = [points(row) for row in page.risk.table.rows.rows]
    assert all(text.count("/") == 1 for text in shown), "no bare fraction"
    assert any("≈" in text for text in shown)


def test_a_quota_that_is_exceeded_is_said_across_the_page(
    page: ProvincePage, window: Window, quiet: Quiet
) -> None:
    page.tabs.setCurrentWidget(page.awards)
    page.awards.quota.click()
    sheet = page.sheets.shown
    assert sheet is not None
    editor = sheet.form.editor("count")
    assert isinstance(editor, QLineEdit)
    editor.setText("1")
    sheet.verb.click()
    quiet(window)
    assert [row.over for row in page.awards.table.rows.rows] == [1, 0, 0]
    assert "vượt chỉ tiêu 1 của toàn tỉnh 1" in page.overview.notice.words.text()


def test_papers_are_written_and_their_number_is_said(
    page: ProvincePage, window: Window, quiet: Quiet, tmp_path: Path
) -> None:
    place = tmp_path / "in"
    place.mkdir()
    said: list[str] = []
    window.notices.said.connect(said.append)
    page.print_into(place)
    quiet(window)
    count = len(list(place.iterdir()))
    assert count > 2
    assert said[-1] == f"Đã ghi {count} tệp của toàn tỉnh vào thư mục “in”."


def test_a_folder_of_something_else_is_said_in_words(
    window: Window, tmp_path: Path, quiet: Quiet
) -> None:
    window.frame.go(Place(PageId.PROVINCE))
    page = page_of(window)
    page.open_folder(tmp_path)
    quiet(window)
    assert page.stack.currentWidget() is page.faults
    assert page.found.isVisible()


def test_it_stays_within_a_small_window(page: ProvincePage) -> None:
    least = page.minimumSizeHint()
    assert least.width() <= 820
    assert least.height() <= 400
