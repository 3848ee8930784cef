"""The page of forms through its real widgets."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.operations.workspace.entries import clear_scores
from app.operations.workspace.handing_out import Paper
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.years import close_year
from app.persistence import books
from tests.ui import walker
from ui.application import Window
from ui.pages.forms.page import FormsPage
from ui.places import PageId, Place
from ui.widgets.form import FormSheet
from ui.widgets.sheet import Sheet

Go = Callable[..., Window]
Wait = Callable[[Window], None]
UNIT = "bien_phong"
FORM = "phieu-tu-cham-bien-phong.xlsx"


def page_of(window: Window) -> FormsPage:
    page = window.frame.page
    assert isinstance(page, FormsPage)
    return page


def primary(page: FormsPage) -> QPushButton:
    (shown,) = [
        button
        for button in page.findChildren(QPushButton)
        if button.property("kind") == "primary" and button.isVisible()
    ]
    return shown


def open_sheet() -> Sheet:
    (sheet,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, Sheet) and w.isVisible()]
    return sheet


def press(qtbot: QtBot, parent: QWidget, words: str) -> None:
    (button,) = [b for b in parent.findChildren(QPushButton) if b.text() == words]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def drop(page: FormsPage, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    args = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *args)
    page.dragEnterEvent(enter)
    if enter.isAccepted():
        page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *args))


@pytest.fixture
def window(at_page: Go, sample_folder: Path) -> Window:
    return at_page(sample_folder, Place(PageId.FORMS))


@pytest.fixture
def folder(all_forms: Path, tmp_path: Path) -> Path:
    """The forms of all units."""
    return Path(shutil.copytree(all_forms, tmp_path / "phieu"))


def clear(window: Window, criterion: str = "I.1.1") -> None:
    window.session.act(lambda desk: clear_scores(desk, [(UNIT, criterion, "self")]))


def has_score(window: Window, criterion: str = "I.1.1") -> bool:
    desk = window.session.desk
    key = (UNIT, criterion, "self", None)
    return desk.workspace.one(books.ENTRIES, *key, period=desk.period) is not None


def test_forms_are_written_and_the_folder_offered(
    window: Window, quiet: Wait, tmp_path: Path
) -> None:
    page, folder = page_of(window), tmp_path / "phieu"
    page.write_to(folder)
    quiet(window)
    assert len(list(folder.iterdir())) == 8
    assert page.send.notice.isVisible()
    assert page.send.open_button.isVisible()
    assert {row.stands for row in page.send.table.rows.rows} == {True}


def test_the_space_key_leaves_a_unit_out(window: Window, qtbot: QtBot) -> None:
    page = page_of(window)
    page.send.table.setFocus()
    page.send.table.selectRow(0)
    assert primary(page).text() == "Xuất 8 phiếu"
    qtbot.keyClick(page.send.table, Qt.Key.Key_Space)
    assert primary(page).text() == "Xuất 7 phiếu"
    qtbot.keyClick(page.send.table, Qt.Key.Key_Return)
    assert primary(page).text() == "Xuất 8 phiếu"


def test_nothing_is_written_over_without_a_word(
    window: Window, folder: Path, quiet: Wait, qtbot: QtBot
) -> None:
    (folder / FORM).write_bytes(b"da ghi")
    page_of(window).write_to(folder)
    sheet = open_sheet()
    assert (folder / FORM).read_bytes() == b"da ghi"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert (folder / FORM).read_bytes() == b"da ghi"
    page_of(window).write_to(folder)
    press(qtbot, open_sheet(), "Ghi đè 8 phiếu")
    quiet(window)
    assert (folder / FORM).read_bytes().startswith(b"PK")


def test_dropped_forms_are_looked_at_taken_in_and_taken_back(
    window: Window, folder: Path, quiet: Wait, qtbot: QtBot
) -> None:
    page = page_of(window)
    clear(window)
    quiet(window)
    drop(page, [folder])
    quiet(window)
    assert page.tabs.currentWidget() is page.receive
    assert len(page.receive.table.rows.rows) == 8
    assert not has_score(window)
    assert primary(page).text() == "Nhận 1 phiếu vào sổ"
    assert page.receive.panel.movers.rows.rowCount() >= 1
    qtbot.mouseClick(primary(page), Qt.MouseButton.LeftButton)
    quiet(window)
    assert has_score(window)
    assert page.receive.done.isVisible()
    qtbot.keyClick(window.frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not has_score(window)
    assert not page.receive.done.isVisible(), "what was taken back is not praised"


def test_the_plain_methods_do_the_same(window: Window, folder: Path, quiet: Wait) -> None:
    page = page_of(window)
    clear(window)
    page.look_at([folder / FORM])
    quiet(window)
    page.take_in()
    quiet(window)
    assert has_score(window)
    page.hand_in(dt.date(2019, 11, 20))
    desk = window.session.desk
    assert [s.unit for s in desk.workspace.read(books.ROUND_STATES, desk.period)] == [UNIT]


def test_the_day_of_handing_in_is_asked_for(
    window: Window, folder: Path, quiet: Wait, qtbot: QtBot
) -> None:
    page = page_of(window)
    clear(window)
    page.look_at([folder / FORM])
    quiet(window)
    page.take_in()
    quiet(window)
    assert primary(page).text() == "Ghi nhận 1 đơn vị đã nộp…"
    qtbot.mouseClick(primary(page), Qt.MouseButton.LeftButton)
    (sheet,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormSheet)]
    day = sheet.form.editor("day")
    assert isinstance(day, QLineEdit)
    day.setText("20/11/2019")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    desk = window.session.desk
    (state,) = desk.workspace.read(books.ROUND_STATES, desk.period)
    assert (state.unit, state.submitted) == (UNIT, dt.date(2019, 11, 20))
    assert primary(page).text() == "Chọn phiếu…"


def test_delete_takes_a_file_off_the_list(
    window: Window, folder: Path, quiet: Wait, qtbot: QtBot
) -> None:
    page = page_of(window)
    page.look_at([folder / FORM, folder / "phieu-tu-cham-cong-an.xlsx"])
    quiet(window)
    page.receive.table.setFocus()
    page.receive.table.selectRow(0)
    qtbot.keyClick(page.receive.table, Qt.Key.Key_Delete)
    quiet(window)
    assert [row.name for row in page.receive.table.rows.rows] == ["phieu-tu-cham-cong-an.xlsx"]
    assert (folder / FORM).exists()


def test_faults_of_a_file_come_first(window: Window, folder: Path, quiet: Wait) -> None:
    page = page_of(window)
    (folder / FORM).write_bytes(b"hong")
    page.look_at([folder / FORM])
    quiet(window)
    assert page.receive.panel.tabs.currentIndex() == 1
    assert page.receive.panel.tabs.tabText(1) == "Cần xem (1)"
    assert primary(page).text() == "Chọn phiếu…"


def test_listed_files_follow_the_book(window: Window, folder: Path, quiet: Wait) -> None:
    page = page_of(window)
    page.look_at([folder / FORM])
    quiet(window)
    assert page.receive.receiving.ready == 0
    clear(window)
    quiet(window)
    assert page.receive.receiving.ready == 1


def test_a_table_of_scores_asks_before_it_is_taken_in(
    window: Window, quiet: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    clear(window, "II.2.1")
    quiet(window)
    file = tmp_path / "diem.csv"
    file.write_text("unit,criterion,round,state\nbien_phong,II.2.1,self,not_done\n", "utf-8")
    page_of(window).receive.look_at_other(file)
    quiet(window)
    sheet = open_sheet()
    assert not has_score(window, "II.2.1")
    press(qtbot, sheet, "Nhận 1 thay đổi")
    quiet(window)
    assert has_score(window, "II.2.1")


def test_papers_are_written_and_not_over_others_without_a_word(
    window: Window, quiet: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(window)
    page.go_to(Place(PageId.FORMS, topic="ket-qua"))
    box = page.results.findChild(QCheckBox, f"paper-{Paper.FACTS.value}")
    assert isinstance(box, QCheckBox)
    box.click()
    page.results.write_to(tmp_path / "ra")
    quiet(window)
    assert (tmp_path / "ra" / "du-kien-2019.toml").exists()
    assert page.results.notice.isVisible()
    (tmp_path / "ra" / "du-kien-2019.toml").write_text("cu", encoding="utf-8")
    page.results.write_to(tmp_path / "ra")
    quiet(window)
    press(qtbot, open_sheet(), "Ghi đè các tệp cùng tên")
    quiet(window)
    assert (tmp_path / "ra" / "du-kien-2019.toml").read_text(encoding="utf-8") != "cu"


def test_in_a_closed_year_forms_go_out_but_none_comes_in(
    window: Window, quiet: Wait, tmp_path: Path
) -> None:
    page, session = page_of(window), window.session
    day = dt.date(2019, 11, 20)
    for round_id in ("self", "cluster", "department"):
        session.act(lambda desk, r=round_id: submit_round(desk, r, None, day))  # type: ignore[misc]
        session.act(lambda desk, r=round_id: seal_round(desk, r, None, day))  # type: ignore[misc]
    session.act(close_year)
    quiet(window)
    page.go_to(Place(PageId.FORMS, topic="nhan"))
    assert not primary(page).isEnabled()
    assert "khóa sổ" in page.sentence.whole_text()
    drop(page, [tmp_path])
    assert page.receive.receiving.look is None
    page.write_to(tmp_path / "ra")
    quiet(window)
    assert len(list((tmp_path / "ra").iterdir())) == 8


@pytest.mark.parametrize("topic", ["gui", "nhan", "ket-qua"])
def test_every_tab_can_be_read_and_used_on_a_small_screen(
    window: Window, folder: Path, quiet: Wait, topic: str
) -> None:
    page = page_of(window)
    if topic == "nhan":
        clear(window)
        page.look_at([folder])
        quiet(window)
    page.go_to(Place(PageId.FORMS, topic=topic))
    window.frame.resize(911, 512)
    walker.settle()
    assert page.minimumSizeHint().width() <= 820
    assert page.minimumSizeHint().height() <= 400
    assert walker.complaints(window.frame) == []
