"""The page through its real widgets: tree, detail, form and trial, sheets and keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.operations.loading import pack_tree
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.table_edits import Retitle
from app.operations.workspace.tables import draft_table
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from ui.application import Window
from ui.pages.criteria.import_sheet import ImportSheet
from ui.pages.criteria.own_sheet import OwnSheet
from ui.pages.criteria.page import CriteriaPage
from ui.pages.criteria.questions_sheet import QuestionsSheet
from ui.pages.criteria.row_sheets import RowsSheet, TitleSheet
from ui.pages.criteria.table_sheets import DraftSheet, FindingsSheet, RevisionSheet, VersionsSheet
from ui.places import PageId, Place

Go = Callable[..., Window]
Quiet = Callable[[Window], None]
NAME = "Nguyễn Thị Hoa"
PLACE = Place(PageId.CRITERIA)
LONG = "Thực hiện nhiệm vụ phát triển kinh tế - xã hội của tỉnh theo nghị quyết " * 6


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """A workspace with a year and nothing in it."""
    folder = tmp_path / "so-trong"
    workspace = create_workspace(folder, NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    open_year(workspace, NAME, year_record("2026"))
    workspace.close()
    return folder


@pytest.fixture
def draft_folder(tmp_path: Path) -> Path:
    """A workspace with a draft from the example of Cao Bằng, and no units."""
    folder = tmp_path / "so-nhap"
    workspace = create_workspace(folder, NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    desk, _ = open_year(workspace, NAME, year_record("2026"))
    draft_table(desk, Path("cao-bang-2018-vi-du"), "khoi", "Bảng của khối")
    workspace.close()
    return folder


def page_of(window: Window) -> CriteriaPage:
    page = window.frame.page
    assert isinstance(page, CriteriaPage)
    return page


def sheet_of(page: CriteriaPage, kind: type[Any]) -> Any:
    found = [sheet for sheet in page.findChildren(kind) if sheet.isVisible()]
    assert len(found) == 1
    return found[0]


def type_in(edit: QLineEdit, text: str) -> None:
    """Types letter by letter, Vietnamese ones too."""
    edit.setFocus()
    edit.selectAll()
    for letter in text:
        QApplication.sendEvent(
            edit,
            QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter),
        )


def at(window: Window, code: str) -> CriteriaPage:
    page = page_of(window)
    assert page.tree.choose(code)
    return page


def test_an_empty_year_says_what_to_do_first(
    at_page: Go, quiet: Quiet, empty_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(empty_folder, PLACE)
    page = page_of(window)
    assert page.empty.isVisible()
    assert not page.step_act.isVisible()
    qtbot.mouseClick(page.empty.act, Qt.MouseButton.LeftButton)
    quiet(window)
    sheet = sheet_of(page, DraftSheet)
    assert sheet.frames.choose(lambda frame: frame.folder == "cao-bang-2018")
    type_in(sheet.name, "Bảng của cụm 1")
    qtbot.mouseClick(sheet.act, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.tree.isVisible()
    assert page.presenter.table is not None
    assert page.presenter.table.title == "Bảng của cụm 1"


def test_a_maximum_is_typed_in_the_panel_and_the_sums_follow_at_once(
    at_page: Go, quiet: Quiet, draft_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(draft_folder, PLACE)
    page = at(window, "II.1.1")
    points = page.details.points
    assert points is not None
    type_in(points, "9")
    qtbot.keyClick(points, Qt.Key.Key_Return)
    quiet(window)
    row = page.presenter.view and page.presenter.view.row("II.1")
    assert row is not None
    assert (row.total, row.fits) == ("31", False)
    assert page.step_act.text() == "Xem chỗ phải sửa"
    assert page.tree.current is not None
    assert page.tree.current.code == "II.1.2"  # Enter goes on, as in a column of numbers
    assert page.details.points is QApplication.focusWidget()
    page.context.session.undo()
    quiet(window)
    page.tree.choose("II.1.1")
    assert page.details.points is not None
    assert page.details.points.text() == "8"


def test_a_text_that_is_no_number_is_told_and_the_old_one_stays(
    at_page: Go, quiet: Quiet, draft_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(draft_folder, PLACE)
    page = at(window, "II.1.1")
    assert page.details.points is not None
    type_in(page.details.points, "tám")
    qtbot.keyClick(page.details.points, Qt.Key.Key_Return)
    quiet(window)
    dialogs = [d for d in window.frame.findChildren(QDialog) if d.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].close()
    assert page.details.points is not None
    assert page.details.points.text() == "8"


def test_points_are_allocated_row_by_row_with_enter_alone(
    at_page: Go, quiet: Quiet, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "so-khung"
    workspace = create_workspace(folder, NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    desk, _ = open_year(workspace, NAME, year_record("2026"))
    draft_table(desk, Path("bac-giang-2022"), "cum", "Bảng của cụm")
    workspace.close()
    window = at_page(folder, PLACE)
    page = page_of(window)
    assert page.step_act.text() == "Phân bổ điểm tiếp"
    tree, _ = pack_tree(Path("bac-giang-2022"))
    bare = [row for row in tree["criteria"] if row.keys() & {"method", "slot"} and "max" not in row]
    assert f"òn {len(bare)} tiêu chí chưa có điểm" in page.sentence.whole_text()
    before = page.presenter.lacking
    qtbot.mouseClick(page.step_act, Qt.MouseButton.LeftButton)
    for text in ("30", "25,5"):
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        type_in(focus, text)
        qtbot.keyClick(focus, Qt.Key.Key_Return)
        quiet(window)
    assert page.presenter.lacking == before[2:]
    assert page.presenter.view is not None
    row = page.presenter.view.row(before[1])
    assert row is not None
    assert row.max == "25,5"


def test_the_form_and_its_trial_are_live_and_the_method_is_taken_over(
    at_page: Go, quiet: Quiet, draft_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(draft_folder, PLACE)
    page = at(window, "II.1.1")
    editor = page.details.editor
    assert editor is not None
    editor.kinds.choose("lateness")
    quiet(window)
    assert editor.form is not None
    assert editor.method is None
    assert page.details.use is not None
    assert not page.details.use.isEnabled()
    line = editor.form.editors["per_day"]
    assert isinstance(line, QLineEdit)
    type_in(line, "0,5")
    inputs = editor.trial.inputs
    for name, text in (("due", "20/12/2026"), ("done", "24/12/2026")):
        edit = inputs[0, name]
        assert isinstance(edit, QLineEdit)
        type_in(edit, text)
    told = editor.trial.answer_texts()
    assert told[0] == "Được 6 điểm."  # 8 - 4 × 0,5
    assert "chậm 4 ngày" in told[1]
    type_in(line, "1")
    assert editor.trial.answer_texts()[0] == "Được 4 điểm."
    qtbot.mouseClick(page.details.use, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.presenter.view is not None
    assert page.presenter.view.written("II.1.1")["method"] == {"kind": "lateness", "per_day": 1}
    assert page.tree.current is not None
    assert page.tree.current.method == "Trừ chậm"


def test_rows_of_a_form_are_typed_in_the_table(
    at_page: Go, quiet: Quiet, draft_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(draft_folder, PLACE)
    page = at(window, "II.1.1")
    editor = page.details.editor
    assert editor is not None
    assert editor.form is not None
    rows: Any = editor.form.editors["parts"]
    assert rows.cells.rowCount() == 3
    qtbot.mouseClick(rows.add, Qt.MouseButton.LeftButton)
    assert rows.cells.rowCount() == 4
    assert editor.method is not None  # an empty row counts for nothing
    rows.cells.item(3, 0).setText("Phần mới")
    assert editor.method is None
    rows.cells.item(3, 1).setText("0,5")
    assert editor.method is not None
    assert editor.method["parts"][3]["title"] == "Phần mới"


def test_search_without_accents_keeps_the_way_up(
    at_page: Go, draft_folder: Path, qtbot: QtBot
) -> None:
    page = page_of(at_page(draft_folder, PLACE))
    qtbot.keyClick(page.tree, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "sinh hoat chuyen de")
    assert page.tree.rows.found == ("II.2.2",)
    assert page.tree.rows.index_of("II.2").isValid()
    assert not page.tree.rows.index_of("II.1").isValid()
    assert page.tree.current is not None
    assert page.tree.current.code == "II.2.2"
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.tree.rows.index_of("II.1").isValid()


def test_a_criterion_is_split_with_keys_and_its_sum_is_watched(
    at_page: Go, quiet: Quiet, draft_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(draft_folder, PLACE)
    page = at(window, "II.1.1")
    qtbot.keyClick(page.tree, Qt.Key.Key_Insert)
    sheet = sheet_of(page, RowsSheet)
    assert not sheet.act.isEnabled()
    sheet.rows.cells.item(0, 0).setText("Phần một")
    sheet.rows.cells.item(0, 1).setText("5")
    assert "còn 3" in sheet.sum.text()
    sheet.rows.cells.item(1, 0).setText("Phần hai")
    sheet.rows.cells.item(1, 1).setText("3")
    assert "vừa đủ" in sheet.sum.text()
    qtbot.mouseClick(sheet.act, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.presenter.view is not None
    assert page.presenter.view.row("II.1.1.2") is not None
    assert page.tree.choose("II.1.1.2")
    qtbot.keyClick(page.tree, Qt.Key.Key_F2)
    title = sheet_of(page, TitleSheet)
    title.text.setPlainText("Phần hai đã đổi tên")
    act = next(b for b in title.findChildren(QWidget) if b.accessibleName() == "Đổi tên")
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    quiet(window)
    row = page.presenter.view.row("II.1.1.2")
    assert row is not None
    assert row.title == "Phần hai đã đổi tên"


def test_what_was_copied_from_excel_is_shown_before_it_is_taken(
    at_page: Go, quiet: Quiet, draft_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(draft_folder, PLACE)
    page = page_of(window)
    QApplication.clipboard().setText("STT\tNội dung\tĐiểm\nI\tKinh tế\t100\n1\tThu\t100\n")
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    quiet(window)
    sheet = sheet_of(page, ImportSheet)
    assert [row.code for row in sheet.preview.rows.rows] == ["I", "I.1"]
    assert page.presenter.view is not None
    assert page.presenter.view.row("II") is not None
    qtbot.mouseClick(sheet.act, Qt.MouseButton.LeftButton)
    quiet(window)
    assert not any(dialog.isVisible() for dialog in window.frame.findChildren(QDialog))
    assert [row.code for row in page.presenter.view.rows] == ["I", "I.1"]
    QApplication.clipboard().clear()


def test_a_locked_table_becomes_a_next_version_with_its_consequences(
    at_page: Go, quiet: Quiet, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, PLACE)
    page = at(window, "II.1.1")
    assert page.details.points is None
    assert page.revise_act.isVisible()
    assert "Đã có điểm chấm" in page.revise_act.toolTip()
    qtbot.mouseClick(page.revise_act, Qt.MouseButton.LeftButton)
    for code, text in (("II.1.1", "7"), ("II.1.2", "11")):
        page.tree.choose(code)
        assert page.details.points is not None
        type_in(page.details.points, text)
        qtbot.keyClick(page.details.points, Qt.Key.Key_Return)
    assert page.step_act.text() == "Xem hệ quả và dùng"
    qtbot.mouseClick(page.step_act, Qt.MouseButton.LeftButton)
    sheet = sheet_of(page, RevisionSheet)
    assert not sheet.use.isEnabled()
    type_in(sheet.reason, "Công văn 12")
    qtbot.mouseClick(sheet.look, Qt.MouseButton.LeftButton)
    quiet(window)
    assert len(sheet.changes.rows.rows) == 2
    assert sheet.moves.rows.rows
    qtbot.mouseClick(sheet.use, Qt.MouseButton.LeftButton)
    quiet(window)
    assert not any(dialog.isVisible() for dialog in window.frame.findChildren(QDialog))
    assert page.presenter.table is not None
    assert page.presenter.table.version == 2
    assert not page.presenter.revising


def test_questions_findings_and_versions_open_and_close_by_escape(
    at_page: Go, quiet: Quiet, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, PLACE)
    page = page_of(window)
    opened: tuple[tuple[Callable[[], None], type[Any]], ...] = (
        (page.whole.ask_questions, QuestionsSheet),
        (page.show_findings, FindingsSheet),
        (page.whole.show_versions, VersionsSheet),
        (lambda: page.rows.ask("own", page.tree.current), QDialog),
    )
    page.tree.choose("I.1")
    for act, kind in opened:
        act()
        quiet(window)
        sheet = sheet_of(page, kind)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not any(s.isVisible() for s in page.findChildren(QDialog)))


def test_another_page_can_ask_for_a_criterion(at_page: Go, sample_folder: Path) -> None:
    page = page_of(at_page(sample_folder, Place(PageId.CRITERIA, criterion="II.3.2")))
    assert page.tree.current is not None
    assert page.tree.current.code == "II.3.2"
    assert page.window().focusWidget() is page.tree


def test_very_long_names_do_not_widen_the_page(
    at_page: Go, quiet: Quiet, draft_folder: Path
) -> None:
    window = at_page(draft_folder, PLACE)
    page = at(window, "II.1.1")
    page.change(Retitle("II.1.1", LONG.strip()))
    quiet(window)
    assert page.minimumSizeHint().width() <= 820
    assert page.minimumSizeHint().height() <= 400
    index = page.tree.rows.index_of("II.1.1")
    assert LONG[:40] in page.tree.rows.data(index, Qt.ItemDataRole.ToolTipRole)


def test_labels_of_the_panel_have_room_for_their_words(
    at_page: Go, quiet: Quiet, draft_folder: Path
) -> None:
    window = at_page(draft_folder, PLACE)
    page = page_of(window)
    for row in page.presenter.view.rows if page.presenter.view else ():
        page.tree.choose(row.code)
        quiet(window)
        for made in page.details.findChildren(QLabel):
            if made.isVisible() and made.text() and not made.wordWrap():
                need = made.fontMetrics().horizontalAdvance(made.text())
                assert made.width() >= need, (row.code, made.text())
            elif made.isVisible() and made.text():
                assert made.height() >= made.heightForWidth(made.width()), (row.code, made.text())


def test_a_table_of_230_rows_is_shown_and_walked_through_without_delay(
    at_page: Go, quiet: Quiet, real_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(real_folder, PLACE)
    page = page_of(window)
    assert page.presenter.view is not None
    assert len(page.presenter.view.rows) == 230
    page.tree.setFocus()
    before = time.perf_counter()
    for _ in range(20):
        qtbot.keyClick(page.tree, Qt.Key.Key_Down)
    assert (time.perf_counter() - before) / 20 < 0.25
    page.tree.fold(away=True)
    shown = page.tree.visualRect(page.tree.rows.index_of("I"))
    assert shown.isValid()
    assert page.tree.indexAt(QPoint(20, shown.center().y())).isValid()


def test_rules_that_go_with_the_table_are_added_and_can_be_chosen(
    at_page: Go, quiet: Quiet, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, PLACE)
    page = page_of(window)
    assert not page.tables.isVisible()
    page.whole.draft()
    quiet(window)
    sheet = sheet_of(page, DraftSheet)
    assert sheet.frames.choose(lambda frame: frame.overlay)
    assert not sheet.name.isEnabled()
    qtbot.mouseClick(sheet.act, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.tables.isVisible()
    page.tables.choose("bac-kan-2023")
    page.tables.activated.emit(1)
    assert "không có tiêu chí chấm điểm" in page.sentence.whole_text()
    assert page.presenter.view is not None
    assert page.presenter.view.rows == ()
    assert page.companion.isVisible()


def test_an_exported_table_comes_back_as_the_same_next_version(
    at_page: Go, quiet: Quiet, sample_folder: Path, tmp_path: Path
) -> None:
    window = at_page(sample_folder, PLACE)
    page = page_of(window)
    page.whole.export_to(tmp_path / "bang.toml")
    file = tmp_path / "bang.toml"
    assert file.exists()
    sheet = RevisionSheet(page.context, page.presenter, page, file)
    sheet.show_over()
    type_in(sheet.reason, "Thử")
    sheet.look.click()
    quiet(window)
    assert sheet.changes.rows.rows == ()
    assert sheet.moves.rows.rows == ()
    sheet.close()


def test_every_control_of_the_page_has_a_name(
    at_page: Go, quiet: Quiet, draft_folder: Path
) -> None:
    window = at_page(draft_folder, PLACE)
    page = page_of(window)
    for code in ("I", "I.1", "II.1.1", "II.1.4"):
        page.tree.choose(code)
        quiet(window)
        for widget in page.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName(), (code, widget)


def test_a_form_that_was_left_goes_on_where_one_stopped(
    at_page: Go, quiet: Quiet, draft_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(draft_folder, PLACE)
    page = at(window, "II.1.1")
    assert page.details.editor is not None
    page.details.editor.kinds.choose("lateness")
    assert page.details.editor.form is not None
    line = page.details.editor.form.editors["per_day"]
    assert isinstance(line, QLineEdit)
    type_in(line, "0,25")
    page.tree.choose("II.1.2")
    page.tree.choose("II.1.1")
    assert page.details.editor.method == {"kind": "lateness", "per_day": Decimal("0.25")}
    assert page.details.use is not None
    assert page.details.use.isEnabled()
    page.rows.ask("rename", page.tree.current)
    sheet_of(page, TitleSheet).close()
    page.details.asked.emit("reset")
    assert page.details.editor is not None
    assert page.details.editor.kinds.token == "checklist"


def test_a_registered_criterion_is_changed_before_it_is_scored(
    at_page: Go, quiet: Quiet, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, PLACE)
    page = at(window, "I.1")
    page.rows.ask("own", page.tree.current)
    sheet = sheet_of(page, OwnSheet)
    count = len(sheet.list.rows.rows)
    assert not sheet.act.isEnabled()
    type_in(sheet.title, "Việc mới")
    type_in(sheet.points, "12,5")
    qtbot.mouseClick(sheet.act, Qt.MouseButton.LeftButton)
    quiet(window)
    assert len(sheet.list.rows.rows) == count + 1
    assert sheet.list.choose(lambda row: row.title == "Việc mới")
    qtbot.mouseClick(sheet.edit, Qt.MouseButton.LeftButton)
    type_in(sheet.title, "Việc đã đổi tên")
    qtbot.mouseClick(sheet.act, Qt.MouseButton.LeftButton)
    quiet(window)
    assert len(sheet.list.rows.rows) == count + 1
    assert sheet.list.choose(lambda row: row.title == "Việc đã đổi tên")
    qtbot.mouseClick(sheet.drop, Qt.MouseButton.LeftButton)
    quiet(window)
    assert len(sheet.list.rows.rows) == count
    sheet.close()
