"""The grid under real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence import books
from ui.application import Window
from ui.models.score_cells import CellState, CellView
from ui.pages.scores.page import ScoresPage
from ui.pages.scores.turn_sheet import TurnSheet
from ui.pages.scores.turns import Turn
from ui.places import PageId, Place
from ui.widgets.form import FormSheet

Go = Callable[..., Window]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def real(at_page: Go, real_folder: Path) -> ScoresPage:
    return at_scores(at_page(real_folder, Place(PageId.SCORES)))


@pytest.fixture
def sample(at_page: Go, sample_folder: Path) -> ScoresPage:
    return at_scores(at_page(sample_folder, Place(PageId.SCORES)))


def at_scores(window: Window) -> ScoresPage:
    page = window.frame.page
    assert isinstance(page, ScoresPage)
    page.grid.setFocus()
    return page


def view(page: ScoresPage, unit: str, code: str) -> CellView:
    line, lane = page.presenter.spot(unit, code)
    assert line is not None
    assert lane is not None
    return page.presenter.cell(line, lane)


def where(page: ScoresPage) -> tuple[str, str]:
    assert page.grid.lane is not None
    assert page.grid.line is not None
    return page.grid.lane.unit, page.grid.line.code


def clipboard(text: str) -> None:
    QApplication.clipboard().setText(text)


def explain(page: ScoresPage) -> None:
    """Explains the active cell at once, as it is after a short pause."""
    page._later.stop()
    page._explain()


def form_sheet() -> FormSheet:
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, FormSheet)
    return sheet


def write(sheet: FormSheet, key: str, text: str) -> None:
    area = sheet.form.editor(key)
    assert isinstance(area, QPlainTextEdit)
    area.setPlainText(text)


class TestTyping:
    def test_typing_replaces_enter_moves_down_tab_moves_right(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        assert real.select_cell("D1", "I.1.2")
        qtbot.keyClicks(real.grid, "8,5")
        qtbot.keyClick(real.grid, Key.Key_Return)
        assert view(real, "D1", "I.1.2").text == "8,5"
        assert where(real) == ("D1", "I.1.3")
        qtbot.keyClicks(real.grid, "7")
        qtbot.keyClick(real.grid, Key.Key_Tab)
        assert view(real, "D1", "I.1.3").text == "7"
        assert where(real) == ("D2", "I.1.3")

    def test_enter_passes_over_sections(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.5")
        qtbot.keyClick(real.grid, Key.Key_Return)
        assert where(real) == ("D1", "I.1.6.6a")

    def test_f2_edits_what_stands_and_escape_leaves_it(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClick(real.grid, Key.Key_F2)
        line = real.editor.inputs["points"]
        assert isinstance(line, QLineEdit)
        assert line.text() == "10"
        qtbot.keyClicks(real.grid, "3")
        qtbot.keyClick(real.grid, Key.Key_Escape)
        assert not real.editor.is_open
        assert view(real, "D1", "I.1.2").text == "10"

    def test_the_total_and_the_move_are_told_while_typing(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClicks(real.grid, "9")
        assert "Điểm ô này: 10 → 9" in real.editor.preview.text()
        assert "Tổng điểm: 912,75 → 911,75" in real.panel.trial_words.text()
        assert real.panel.trial.isVisible()
        qtbot.keyClick(real.grid, Key.Key_Escape)
        assert not real.panel.trial.isVisible()

    def test_what_is_refused_stays_with_the_reason_beside_it(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClicks(real.grid, "abc")
        qtbot.keyClick(real.grid, Key.Key_Return)
        assert real.editor.is_open
        assert "đang ghi “abc”" in real.editor.message.text()
        assert real.editor.message.isVisible()
        assert real.editor.values() == {"points": "abc"}
        assert where(real) == ("D1", "I.1.2")

    def test_a_click_elsewhere_keeps_what_was_typed(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClicks(real.grid, "6")
        _click(real, qtbot, "D2", "I.1.4")
        assert view(real, "D1", "I.1.2").text == "6"
        assert where(real) == ("D2", "I.1.4")
        assert not real.editor.is_open

    def test_a_click_elsewhere_does_not_throw_away_what_was_refused(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClicks(real.grid, "6x")
        _click(real, qtbot, "D2", "I.1.4")
        assert where(real) == ("D1", "I.1.2")
        assert real.editor.values() == {"points": "6x"}
        assert real.editor.message.isVisible()

    def test_folding_keeps_what_was_typed(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClicks(real.grid, "6")
        real.bar.folded.emit(True)
        assert view(real, "D1", "I.1.2").text == "6"

    def test_the_editor_stays_with_its_cell(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.5")
        qtbot.keyClicks(real.grid, "6")
        before = real.editor.inputs["points"].y()
        real.grid.verticalScrollBar().setValue(20)
        assert real.editor.inputs["points"].y() == before - 20

    def test_above_the_maximum_the_cell_bears_a_mark(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClicks(real.grid, "11")
        qtbot.keyClick(real.grid, Key.Key_Return)
        assert "vượt mức tối đa 10" in view(real, "D1", "I.1.2").tip

    def test_states_are_typed_as_their_marks(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.2")
        for text in ("kth", "KG", "0", "-"):
            qtbot.keyClicks(real.grid, text)
            qtbot.keyClick(real.grid, Key.Key_Return)
        states = [view(real, "D1", f"I.1.{at}").state for at in (2, 3, 4, 5)]
        assert states == [
            CellState.NOT_DONE,
            CellState.NOT_ASSIGNED,
            CellState.SCORED,
            CellState.BLANK,
        ]

    def test_delete_clears_and_undo_brings_back(
        self, real: ScoresPage, qtbot: QtBot, quiet: Callable[[Window], None], window: Window
    ) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClick(real.grid, Key.Key_Delete)
        assert view(real, "D1", "I.1.2").state is CellState.BLANK
        qtbot.keyClick(window.frame, Key.Key_Z, CONTROL)
        quiet(window)
        assert view(real, "D1", "I.1.2").text == "10"
        qtbot.keyClick(window.frame, Key.Key_Y, CONTROL)
        quiet(window)
        assert view(real, "D1", "I.1.2").state is CellState.BLANK

    def test_alt_g_writes_kg_into_the_selection(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClick(real.grid, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(real.grid, Key.Key_G, ALT)
        assert view(real, "D1", "I.1.2").text == view(real, "D1", "I.1.3").text == "KG"


class TestFigures:
    def test_a_form_opens_with_a_field_for_each_figure(
        self, sample: ScoresPage, qtbot: QtBot
    ) -> None:
        sample.select_cell("bien_phong", "II.1.1")
        qtbot.keyClick(sample.grid, Key.Key_F2)
        made = sample.editor.inputs
        assert list(made) == ["ke_hoach", "trien_khai", "bao_cao", "points"]
        box = made["bao_cao"]
        assert isinstance(box, QComboBox)
        box.setCurrentText("có")
        qtbot.keyClick(sample.grid, Key.Key_Return, CONTROL)
        assert not sample.editor.is_open
        assert view(sample, "bien_phong", "II.1.1").text == "8"

    def test_enter_goes_through_the_fields_and_keeps_at_the_last(
        self, sample: ScoresPage, qtbot: QtBot
    ) -> None:
        sample.select_cell("bien_phong", "II.1.2")
        qtbot.keyClicks(sample.grid, "300")
        qtbot.keyClick(sample.grid, Key.Key_Return)
        qtbot.keyClicks(sample.grid, "150")
        qtbot.keyClick(sample.grid, Key.Key_Return)
        assert sample.editor.is_open
        qtbot.keyClick(sample.grid, Key.Key_Return)
        assert not sample.editor.is_open
        assert view(sample, "bien_phong", "II.1.2").text == "5"


class TestReview:
    @pytest.fixture
    def reviewing(self, sample: ScoresPage) -> ScoresPage:
        presenter = sample.presenter
        presenter.turn_rounds(Turn.SUBMIT, list(presenter.stages), "")
        sample.edit_round("cluster")
        return sample

    def test_equals_accepts_the_self_score_and_goes_on(
        self, reviewing: ScoresPage, qtbot: QtBot
    ) -> None:
        reviewing.select_cell("cong_an", "II.1.1")
        assert view(reviewing, "cong_an", "II.1.1").small == "8"
        qtbot.keyClicks(reviewing.grid, "=")
        assert view(reviewing, "cong_an", "II.1.1").text == "8"
        assert where(reviewing) == ("cong_an", "II.1.2")

    def test_the_reason_is_asked_for_in_place(self, reviewing: ScoresPage, qtbot: QtBot) -> None:
        reviewing.select_cell("cong_an", "IV.1.1")
        qtbot.keyClicks(reviewing.grid, "1")
        qtbot.keyClick(reviewing.grid, Key.Key_Return)
        assert reviewing.editor.reason.isVisible()
        reviewing.editor.reason.setText("chưa đủ tài liệu")
        qtbot.keyClick(reviewing.editor.reason, Key.Key_Return)
        assert not reviewing.editor.is_open
        shown = view(reviewing, "cong_an", "IV.1.1")
        assert shown.text == "1"
        assert "chưa đủ tài liệu" in shown.tip

    def test_one_reason_serves_a_whole_block(self, reviewing: ScoresPage, qtbot: QtBot) -> None:
        reviewing.select_cell("cong_an", "II.1.1")
        qtbot.keyClick(reviewing.grid, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(reviewing.grid, Key.Key_T, ALT)
        assert reviewing.editor.asks_reason_only
        reviewing.editor.reason.setText("không thực hiện")
        qtbot.keyClick(reviewing.editor.reason, Key.Key_Return)
        assert view(reviewing, "cong_an", "II.1.1").text == "KTH"
        assert view(reviewing, "cong_an", "II.1.2").text == "KTH"
        assert not reviewing.editor.is_open

    def test_rounds_stand_side_by_side(self, reviewing: ScoresPage) -> None:
        reviewing.bar.round_shown.emit("self")
        lanes = reviewing.grid.grid.lanes
        assert [(lane.round, lane.editing) for lane in lanes[:2]] == [
            ("self", False),
            ("cluster", True),
        ]
        assert not reviewing.grid.grid.view_at(2, 0).editable
        reviewing.bar.round_shown.emit("self")
        assert all(lane.editing for lane in reviewing.grid.grid.lanes)


class TestBlocks:
    def test_a_block_from_excel_is_pasted_from_the_active_cell_on(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        real.select_cell("D1", "I.1.2")
        clipboard("9,5\tKG\r\n8\t\r\n")
        qtbot.keyClick(real.grid, Key.Key_V, CONTROL)
        assert view(real, "D1", "I.1.2").text == "9,5"
        assert view(real, "D2", "I.1.2").text == "KG"
        assert view(real, "D1", "I.1.3").text == "8"
        assert view(real, "D2", "I.1.3").text == "10"

    def test_a_block_with_a_fault_is_not_pasted_at_all(
        self, real: ScoresPage, qtbot: QtBot, window: Window
    ) -> None:
        real.select_cell("D1", "I.1.2")
        clipboard("9,5\tx y\n")
        qtbot.keyClick(real.grid, Key.Key_V, CONTROL)
        sheet = QApplication.activeModalWidget()
        assert sheet is not None
        sheet.close()
        assert view(real, "D1", "I.1.2").text == "10"

    def test_what_is_copied_is_what_excel_wants(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.1")
        for key in (Key.Key_Down, Key.Key_Right):
            qtbot.keyClick(real.grid, key, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(real.grid, Key.Key_C, CONTROL)
        assert QApplication.clipboard().text() == "50\t50\n10\t10"

    def test_figures_survive_copying_back(self, sample: ScoresPage, qtbot: QtBot) -> None:
        sample.select_cell("bien_phong", "II.1.1")
        qtbot.keyClick(sample.grid, Key.Key_C, CONTROL)
        sample.select_cell("cong_an", "II.1.1")
        qtbot.keyClick(sample.grid, Key.Key_V, CONTROL)
        entry = sample.presenter.acts.entry(*_spot(sample, "cong_an", "II.1.1"))
        assert entry is not None
        assert dict(entry.figures) == {"ke_hoach": True, "trien_khai": True, "bao_cao": False}

    def test_control_d_fills_down(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClicks(real.grid, "4")
        qtbot.keyClick(real.grid, Key.Key_Return)
        real.select_cell("D1", "I.1.2")
        for _ in range(3):
            qtbot.keyClick(real.grid, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(real.grid, Key.Key_D, CONTROL)
        assert [view(real, "D1", f"I.1.{at}").text for at in (2, 3, 4, 5)] == ["4"] * 4

    def test_one_value_fills_the_whole_selection(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.2")
        qtbot.keyClick(real.grid, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        clipboard("6")
        qtbot.keyClick(real.grid, Key.Key_V, CONTROL)
        assert view(real, "D1", "I.1.2").text == view(real, "D2", "I.1.2").text == "6"


class TestGoingAbout:
    def test_f8_and_control_down_go_to_the_next_open_cell(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        real.select_cell("D1", "I.1.1")
        qtbot.keyClick(real.grid, Key.Key_F8)
        assert where(real) == ("D4", "III.1.146.146a")
        qtbot.keyClick(real.grid, Key.Key_Down, CONTROL)
        assert where(real) == ("D6", "I.2.2-b.22")

    def test_control_f_finds_without_accents_and_enter_goes_on(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        qtbot.keyClick(real.grid, Key.Key_F, CONTROL)
        search = real.bar.search
        qtbot.keyClicks(search, "tieu chi 14")
        first = where(real)[1]
        qtbot.keyClick(search, Key.Key_Return)
        assert real.bar.hits.text().startswith("2/")
        assert where(real)[1] != first

    def test_turned_round_the_cell_stays_and_sums_stand_at_the_right(
        self, real: ScoresPage, qtbot: QtBot
    ) -> None:
        real.select_cell("D2", "I.1.3")
        real.bar.turn.click()
        assert where(real) == ("D2", "I.1.3")
        assert real.grid.grid.rowCount() == 7
        qtbot.waitUntil(lambda: real.area.sums.x() > real.grid.geometry().right())
        row = real.grid.currentIndex().row()
        assert real.area.sums_model.text_at(row, 0) == "874,27"
        assert real.area.sums.rowViewportPosition(row) == real.grid.rowViewportPosition(row)

    def test_sums_follow_the_cells_sideways(self, real: ScoresPage) -> None:
        real.select_cell("D7", "I.1.3")
        column = real.grid.currentIndex().column()
        sums = real.area.sums
        assert real.grid.columnViewportPosition(column) == sums.columnViewportPosition(column)
        assert real.grid.columnWidth(column) == sums.columnWidth(column)

    def test_space_folds_a_section(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1")
        before = real.grid.grid.rowCount()
        qtbot.keyClicks(real.grid, " ")
        assert real.grid.grid.rowCount() < before
        qtbot.keyClicks(real.grid, " ")
        assert real.grid.grid.rowCount() == before

    def test_a_click_on_the_head_folds_too(self, real: ScoresPage, qtbot: QtBot) -> None:
        before = real.grid.grid.rowCount()
        head = real.grid.heads_down
        qtbot.mouseClick(
            head.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(20, head.sectionViewportPosition(1) + 5),
        )
        assert real.grid.grid.rowCount() < before

    def test_the_grid_has_most_of_the_height(self, real: ScoresPage) -> None:
        assert real.area.height() >= 0.7 * real.height()

    def test_the_page_fits_a_small_screen(self, real: ScoresPage) -> None:
        hint = real.minimumSizeHint()
        assert hint.width() <= 820
        assert hint.height() <= 400

    def test_f7_hides_the_panel_and_it_stays_hidden(
        self, real: ScoresPage, qtbot: QtBot, window: Window
    ) -> None:
        assert real.panel.isVisible()
        qtbot.keyClick(real.grid, Key.Key_F7)
        assert not real.panel.isVisible()
        window.context.restyle()
        assert not at_scores(window).panel.isVisible()

    def test_a_place_leads_to_the_cell(self, sample: ScoresPage, window: Window) -> None:
        window.frame.go(Place(PageId.SCORES, unit="toa_an", criterion="III.1", round="department"))
        assert where(sample) == ("toa_an", "III.1")
        assert sample.presenter.editing == "department"


class TestPanel:
    def test_it_explains_the_cell_with_its_history(
        self, sample: ScoresPage, quiet: Callable[[Window], None], window: Window, qtbot: QtBot
    ) -> None:
        sample.select_cell("bien_phong", "II.1.1")
        qtbot.waitUntil(lambda: "Lịch sử" in sample.panel.text.toPlainText())
        words = sample.panel.text.toPlainText()
        assert "Báo cáo kết quả đủ kỳ: không" in words
        assert "Căn cứ" in words
        assert sample.panel.points.text() == "6 / 8 điểm"

    def test_a_unit_is_asked_about_the_cell_and_its_answer_is_kept(
        self, sample: ScoresPage, window: Window, qtbot: QtBot
    ) -> None:
        sample.select_cell("toa_an", "I.1.1")
        explain(sample)
        panel = sample.panel
        assert panel.ask.text() == "Yêu cầu giải trình…"
        assert panel.waiting.isHidden()
        qtbot.mouseClick(panel.ask, Qt.MouseButton.LeftButton)
        sheet = form_sheet()
        qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
        assert sheet.isVisible(), "the question is not optional"
        write(sheet, "question", "Căn cứ nào để chấm đủ điểm?")
        qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
        explain(sample)
        assert panel.waiting.isVisible()
        assert panel.waiting_words.text().startswith(
            "Chờ giải trình: Căn cứ nào để chấm đủ điểm? (hỏi ngày "
        )
        read = window.session.desk.workspace.read
        (asked,) = read(books.EXPLANATIONS, window.session.desk.period)
        assert (asked.unit, asked.criterion) == ("toa_an", "I.1.1")
        assert asked.round == sample.presenter.editing

        assert panel.ask.text() == "Ghi trả lời của đơn vị…"
        panel.ask.setFocus()
        qtbot.keyClick(panel.ask, Key.Key_Space)
        sheet = form_sheet()
        write(sheet, "answer", "Theo biên bản 5/BB.")
        sheet.verb.click()
        explain(sample)
        assert panel.waiting.isHidden()
        assert panel.ask.text() == "Yêu cầu giải trình…"
        said = panel.text.toPlainText()
        assert "Căn cứ nào để chấm đủ điểm? → Theo biên bản 5/BB." in said
        (kept,) = read(books.EXPLANATIONS, window.session.desk.period)
        assert kept.answer == "Theo biên bản 5/BB."

    def test_escape_asks_nothing(self, sample: ScoresPage, window: Window, qtbot: QtBot) -> None:
        sample.select_cell("toa_an", "I.1.1")
        before = window.session.desk.workspace.head
        sample.asking.begin()
        sheet = form_sheet()
        write(sheet, "question", "Vì sao?")
        qtbot.keyClick(sheet, Key.Key_Escape)
        assert window.session.desk.workspace.head == before

    def test_sums_are_not_asked_about_and_a_read_only_medium_asks_nothing(
        self, sample: ScoresPage, window: Window
    ) -> None:
        sample.select_cell("toa_an", "I.1.1")
        assert sample.asking.may_begin
        sample.select_cell("toa_an", "I.1")
        explain(sample)
        assert sample.grid.line is not None
        assert not sample.grid.line.scored
        assert sample.panel.ask.isHidden()
        workspace = window.session.workspace
        assert workspace is not None
        workspace.read_only = True
        sample.refresh(sample.topics)
        sample.select_cell("toa_an", "I.1.1")
        explain(sample)
        assert sample.panel.ask.isHidden()
        sample.asking.begin()
        assert QApplication.activeModalWidget() is None
        workspace.read_only = False


class TestRounds:
    def test_the_primary_button_hands_in_and_then_seals(
        self, sample: ScoresPage, qtbot: QtBot
    ) -> None:
        for verb, words in (("Nộp", "Nộp vòng"), ("Chốt điểm", "Chốt điểm vòng")):
            assert sample.next_button.text().startswith(words)
            qtbot.keyClick(sample.grid, Key.Key_F9)
            sheet = QApplication.activeModalWidget()
            assert isinstance(sheet, TurnSheet)
            assert sheet.act.text() == f"{verb} cho 8 đơn vị"
            qtbot.keyClick(sheet, Key.Key_Return)
            qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        assert sample.next_button.text() == "Chấm vòng “Khối xác định điểm”"
        qtbot.keyClick(sample.grid, Key.Key_F9)
        assert sample.presenter.editing == "cluster"

    def test_sending_back_needs_a_reason(self, sample: ScoresPage, qtbot: QtBot) -> None:
        sample.presenter.turn_rounds(Turn.SUBMIT, ["cong_an", "toa_an"], "")
        sheet = sample.turn_sheet(Turn.RETURN)
        assert sheet.chosen == ["cong_an", "toa_an"]
        assert not sheet.act.isEnabled()
        sheet.units["toa_an"].setChecked(False)
        sheet.reason.setText("thiếu biểu")
        sheet.act.click()
        stages = sample.presenter.stages
        assert (stages["cong_an"].value, stages["toa_an"].value) == ("returned", "submitted")


class TestLooks:
    def test_the_four_states_differ_without_colour(self, real: ScoresPage, qtbot: QtBot) -> None:
        real.select_cell("D1", "I.1.2")
        for text in ("5", "KG", "KTH", "-"):
            qtbot.keyClicks(real.grid, text)
            qtbot.keyClick(real.grid, Key.Key_Return)
        pictures: list[QImage] = []
        for at in (2, 3, 4, 5):
            line, lane = _spot(real, "D1", f"I.1.{at}")
            rect = real.grid.visualRect(real.grid.grid.place_of(line, lane)).adjusted(12, 1, -1, -2)
            grey = real.grid.viewport().grab(rect).toImage()
            pictures.append(grey.convertToFormat(QImage.Format.Format_Grayscale8))
        assert all(one != other for at, one in enumerate(pictures) for other in pictures[at + 1 :])

    def test_what_cannot_be_typed_says_why_in_the_status_line(
        self, sample: ScoresPage, qtbot: QtBot, window: Window
    ) -> None:
        said: list[str] = []
        window.notices.said.connect(said.append)
        sample.select_cell("cong_an", "I.1")
        qtbot.keyClicks(sample.grid, "5")
        sample.select_cell("cong_an", "III.1")
        qtbot.keyClicks(sample.grid, "5")
        assert not sample.editor.is_open
        assert said[0].startswith("Dòng này là tổng")
        assert "vòng này không chấm tiêu chí này" in said[1]


class TestEmptiness:
    def test_without_units_the_officer_is_led_to_them(
        self, at_page: Go, tmp_path: Path, window: Window
    ) -> None:
        workspace = create_workspace(tmp_path / "trong", "Hoa")
        change_setting(workspace, "Hoa", OFFICER, "Hoa")
        desk, _ = open_year(workspace, "Hoa", year_record("2026"))
        adopt_pack(desk, Path("cao-bang-2018-vi-du"))
        workspace.close()
        page = at_scores(at_page(tmp_path / "trong", Place(PageId.SCORES)))
        assert page.stack.currentIndex() == 1
        assert not page.next_button.isVisible()
        page.stack.currentWidget().act.click()  # type: ignore[union-attr]
        assert window.frame.page.id is PageId.UNITS


def _click(page: ScoresPage, qtbot: QtBot, unit: str, code: str) -> None:
    rect = page.grid.visualRect(page.grid.grid.place_of(*_spot(page, unit, code)))
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def _spot(page: ScoresPage, unit: str, code: str):  # type: ignore[no-untyped-def]
    line, lane = page.presenter.spot(unit, code)
    assert line is not None
    assert lane is not None
    return line, lane
