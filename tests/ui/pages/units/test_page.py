"""The page of units as it is seen and used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.desk import OFFICER, change_setting, today
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.years import close_year, open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from tests.ui import walker
from ui.application import Window
from ui.pages.units.page import UnitsPage
from ui.places import PageId, Place
from ui.widgets.form import FormSheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]
HERE = Place(PageId.UNITS)
LONG = "Ủy ban " + "nhân dân và các cơ quan chuyên môn trực thuộc " * 4


def _year(folder: Path, clusters: int = 0) -> Path:
    workspace = create_workspace(folder, "Nguyễn Thị Hoa")
    change_setting(workspace, "Nguyễn Thị Hoa", OFFICER, "Nguyễn Thị Hoa")
    desk, _ = open_year(workspace, "Nguyễn Thị Hoa", year_record("2026"))
    if clusters:
        add_clusters(desk, [Cluster(f"k{n}", f"Cụm {n}") for n in range(1, clusters + 1)])
        names = ["Sở Tài chính", "Sở Y tế", LONG]
        add_units(
            desk,
            [
                Unit(f"u{n}_{at}", f"{name.strip()} {n}", f"k{n}")
                for n in range(1, clusters + 1)
                for at, name in enumerate(names)
            ],
        )
    workspace.close()
    return folder


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """A workspace whose year has nothing in it."""
    return _year(tmp_path / "so-trong")


@pytest.fixture
def province_folder(tmp_path: Path) -> Path:
    """A year of seventeen clusters, no table, with names as long as names get."""
    return _year(tmp_path / "so-tinh", 17)


def page_of(window: Window) -> UnitsPage:
    page = window.frame.page
    assert isinstance(page, UnitsPage)
    return page


def sheet_of(window: Window) -> FormSheet:
    return next(found for found in window.frame.findChildren(FormSheet) if found.isVisible())


def names(page: UnitsPage) -> list[str]:
    assert page.table is not None
    return [row.name for row in page.table.rows.rows]


@pytest.mark.parametrize("tab", range(5))
def test_nothing_is_cut_and_all_can_be_reached(at_page: Go, sample_folder: Path, tab: int) -> None:
    window = at_page(sample_folder, HERE)
    page = page_of(window)
    page.detail.tabs.setCurrentIndex(tab)
    for width, height in ((1366, 768), (911, 512)):
        window.frame.resize(width, height)
        walker.settle()
        assert walker.complaints(page) == []
    assert page.minimumSizeHint().width() <= 820
    assert page.minimumSizeHint().height() <= 400


def test_a_province_is_found_through_without_accents_and_by_cluster(
    at_page: Go, province_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(province_folder, HERE)
    page = page_of(window)
    walker.settle()
    assert walker.complaints(page) == []
    assert len(names(page)) == 51
    qtbot.keyClicks(page.search, "so tai chinh")
    assert len(names(page)) == 17
    page.cluster.setCurrentIndex(page.cluster.findText("Cụm 10"))
    assert names(page) == ["Sở Tài chính 10"]
    assert page.detail.name.text() == "Sở Tài chính 10"
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_it_fits_a_small_window_with_the_longest_names(at_page: Go, province_folder: Path) -> None:
    window = at_page(province_folder, HERE)
    window.frame.resize(911, 512)
    page = page_of(window)
    assert page.table is not None
    page.table.choose(lambda row: row.name.startswith("Ủy ban"))
    walker.settle()
    assert page.minimumSizeHint().width() <= 820
    assert walker.complaints(page) == []


def test_an_empty_year_takes_a_pasted_list(
    at_page: Go, empty_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(empty_folder, HERE)
    page = page_of(window)
    assert page.empty.isVisible()
    qtbot.mouseClick(page.empty.act, Qt.MouseButton.LeftButton)
    sheet = sheet_of(window)
    walker.settle()
    assert walker.complaints(sheet) == []
    cluster, area = sheet.form.editor("cluster_name"), sheet.form.editor("names")
    assert isinstance(cluster, QLineEdit)
    assert isinstance(area, QPlainTextEdit)
    area.setPlainText("1. Sở Tài chính (Cụm trưởng)\n2. Sở Y tế\n2. sở y tế")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    cluster.setText("Cụm thi đua số 1")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    area.setPlainText("1. Sở Tài chính\n2. Sở Y tế")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    assert names(page) == ["Sở Tài chính", "Sở Y tế"]
    assert not page.empty.isVisible()


def test_a_tick_gives_the_role_and_undo_takes_it_back(
    at_page: Go, sample_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(sample_folder, HERE)
    page = page_of(window)
    page.go_to(Place(PageId.UNITS, unit="toa_an"))
    box = next(
        found
        for found in page.findChildren(QCheckBox)
        if found.text() == "Trưởng khối (hiện là Công an tỉnh)"
    )
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    quiet(window)
    assert window.session.units["toa_an"].roles == {"leader"}
    assert box.hasFocus()
    assert page.detail.name.text() == "Tòa án nhân dân tỉnh"
    qtbot.keyClick(window.frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    quiet(window)
    assert window.session.units["cong_an"].roles == {"leader"}


def test_another_page_can_ask_for_a_unit_and_its_papers(
    at_page: Go, sample_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    place = Place(PageId.UNITS, unit="thi_hanh_an", topic="registrations")
    page = page_of(window := at_page(sample_folder, place))
    assert page.detail.name.text() == "Cục Thi hành án dân sự tỉnh"
    assert page.detail.tabs.currentWidget() is page.detail.papers
    registration = page.detail.papers.boxes[0]
    qtbot.mouseClick(registration.edit, Qt.MouseButton.LeftButton)
    sheet = sheet_of(window)
    whose = sheet.form.editor("whose")
    assert isinstance(whose, QComboBox)
    assert whose.itemText(1) == "Cả 8 đơn vị chưa ghi"
    qtbot.keyClicks(sheet.form.editor("signed"), "20/02/2019")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    assert registration.state.text() == "Đã nhận"
    assert registration.words.text() == "Ký 20/02/2019."
    assert registration.edit.text() == "Sửa"


def test_a_unit_with_scores_is_not_removed_but_asked_to_leave(
    at_page: Go, sample_folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    window = at_page(sample_folder, Place(PageId.UNITS, unit="toa_an"))
    page = page_of(window)
    page.detail._acts["Bỏ đơn vị thêm nhầm…"].trigger()
    asked = next(d for d in window.frame.findChildren(QDialog) if d.isVisible())
    leave = next(b for b in asked.findChildren(QPushButton) if b.text() == "Ghi đơn vị rời")
    qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    sheet = sheet_of(window)
    qtbot.keyClicks(sheet.form.editor("on"), "30/06/2019")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window)
    left = window.session.units["toa_an"].left
    assert left is not None
    assert f"{left:%d/%m/%Y}" == "30/06/2019"
    assert "đến 30/06/2019" in page.detail.under.text()


def test_bonus_is_typed_in_a_sheet_that_asks_what_the_item_needs(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.UNITS, unit="toa_an", topic="items"))
    page = page_of(window)
    walker.settle()
    buttons = [b.text() for b in page.findChildren(QPushButton) if b.isVisible()]
    rules = page._presenter.rules
    assert ("Thêm điểm thưởng" in buttons) is bool(rules.items("bonus"))
    assert ("Thêm điểm trừ" in buttons) is bool(rules.items("deductions"))


def test_a_closed_year_can_only_be_looked_at(
    at_page: Go, sample_folder: Path, quiet: Quiet
) -> None:
    window = at_page(sample_folder, HERE)
    session = window.session
    for name in ("self", "cluster", "department"):
        session.act(lambda desk, name=name: submit_round(desk, name, None, today()))
    session.act(lambda desk: seal_round(desk, "department", None, today()))
    session.act(close_year)
    quiet(window)
    page = page_of(window)
    walker.settle()
    shown = [b.text() for b in page.findChildren(QPushButton) if b.isVisible()]
    assert shown == ["Xem điểm"]
    assert not any(box.isEnabled() for box in page.findChildren(QCheckBox))
