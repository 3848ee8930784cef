"""The page of evidence through its real widgets."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen import canvas

from app.domain.year import Evidence
from app.operations.workspace.evidence import CellName, cite_evidence, listed_evidence
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.years import close_year
from tests.ui import walker
from ui.application import Window
from ui.pages.evidence.citation_sheet import CitationSheet
from ui.pages.evidence.page import EvidencePage
from ui.pages.evidence.pick_sheet import PickSheet
from ui.pages.evidence.viewer import Viewer
from ui.places import PageId, Place
from ui.widgets.sheet import Sheet

Go = Callable[..., Window]
Wait = Callable[[Window], None]
UNIT, OTHER = "bien_phong", "cong_an"
ORDER = Evidence("", "125/QĐ-UBND", dt.date(2019, 5, 6), "UBND tỉnh", "Khen thưởng", "Điều 1")


def page_of(window: Window) -> EvidencePage:
    page = window.frame.page
    assert isinstance(page, EvidencePage)
    return page


@pytest.fixture
def window(at_page: Go, sample_folder: Path) -> Window:
    return at_page(sample_folder, Place(PageId.EVIDENCE, UNIT, "I.1.1"))


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    out = io.BytesIO()
    made = canvas.Canvas(out)
    for _page in range(2):
        made.drawString(100, 700, "Quyet dinh")
        made.showPage()
    made.save()
    file = tmp_path / "125.pdf"
    file.write_bytes(out.getvalue())
    return file


def sheet_of(kind: type[Sheet]) -> Sheet:
    QApplication.processEvents()  # what is told over a sheet comes a moment later
    (sheet,) = [w for w in QApplication.topLevelWidgets() if type(w) is kind and w.isVisible()]
    return sheet


def cited(window: Window) -> list[tuple[str, list[str]]]:
    return [
        (document.number, [f"{cell.unit} {cell.criterion}" for cell in cells])
        for document, cells in listed_evidence(window.session.desk)
    ]


def cite(window: Window, quiet: Wait, *cells: tuple[str, str], file: Path | None = None) -> None:
    names = [CellName(unit, code, "self") for unit, code in cells]
    window.session.act(lambda desk: cite_evidence(desk, ORDER, names, file)[1])
    quiet(window)


def drop(target: QWidget, at: QPointF, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        at,
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target.dropEvent(event)


def type_number(sheet: Sheet, qtbot: QtBot, words: str) -> None:
    assert isinstance(sheet, CitationSheet)
    number = sheet.form.editor("number")
    assert isinstance(number, QLineEdit)
    number.setFocus()
    if words.isascii():
        qtbot.keyClicks(number, words)
    else:
        number.insert(words)  # Qt's tester types ASCII only


def test_a_place_selects_its_cell(window: Window) -> None:
    page = page_of(window)
    page.go_to(Place(PageId.EVIDENCE, OTHER, "II.2.1"))
    cell = page.matrix.current
    assert cell is not None
    assert (cell.unit, cell.criterion) == (OTHER, "II.2.1")
    assert page.cell_panel.criterion.text().startswith("II.2.1.")


def test_enter_cites_a_document_for_the_cell_without_a_mouse(
    window: Window, quiet: Wait, qtbot: QtBot
) -> None:
    page = page_of(window)
    page.matrix.setFocus()
    qtbot.keyClick(page.matrix, Qt.Key.Key_Down)
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return)
    sheet = sheet_of(CitationSheet)
    type_number(sheet, qtbot, "9/BC-BCH")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    quiet(window)
    assert cited(window) == [("9/BC-BCH", [f"{UNIT} I.1.2"])]
    assert [row.document.number for row in page.cell_panel.table.rows.rows] == ["9/BC-BCH"]


def test_a_document_without_number_and_subject_is_asked_for_in_place(
    window: Window, qtbot: QtBot
) -> None:
    page_of(window).add_document()
    sheet = sheet_of(CitationSheet)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert cited(window) == []
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_day_that_is_none_is_told_beside_it(window: Window, qtbot: QtBot) -> None:
    sheet = page_of(window).add_document()
    type_number(sheet, qtbot, "9/BC")
    day = sheet.form.editor("date")
    assert isinstance(day, QLineEdit)
    day.setText("31/02/2019")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert cited(window) == []
    sheet.close()


def test_a_file_dropped_on_a_cell_is_cited_with_it(
    window: Window, quiet: Wait, qtbot: QtBot, pdf: Path
) -> None:
    page = page_of(window)
    spot = page.matrix.visualRect(page.matrix.cells.index_of(OTHER, "I.1.2")).center()
    drop(page.matrix, QPointF(spot), pdf)
    sheet = sheet_of(CitationSheet)
    type_number(sheet, qtbot, "125/QĐ-UBND")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    quiet(window)
    assert cited(window) == [("125/QĐ-UBND", [f"{OTHER} I.1.2"])]
    ((document, _),) = listed_evidence(window.session.desk)
    assert document.file_name == "125.pdf"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")  # a list of suggestions opens
def test_several_dropped_files_are_cited_one_after_the_other(
    window: Window, quiet: Wait, qtbot: QtBot, pdf: Path
) -> None:
    other = pdf.with_name("126.pdf")
    other.write_bytes(pdf.read_bytes() + b"\n")
    page = page_of(window)
    spot = page.matrix.visualRect(page.matrix.cells.index_of(OTHER, "I.1.2")).center()
    drop(page.matrix, QPointF(spot), pdf, other)
    for number, file in (("1/BC", "125.pdf"), ("2/BC", "126.pdf")):
        qtbot.waitUntil(lambda f=file: sheet_of(CitationSheet).file.name == f)
        sheet = sheet_of(CitationSheet)
        type_number(sheet, qtbot, number)
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        quiet(window)
    assert [document.file_name for document, _ in listed_evidence(window.session.desk)] == [
        "125.pdf", "126.pdf",
    ]  # fmt: skip
    assert {tuple(cells) for _, cells in cited(window)} == {(f"{OTHER} I.1.2",)}


def test_a_file_dropped_on_a_document_is_kept_and_replaced_after_a_question(
    window: Window, quiet: Wait, qtbot: QtBot, pdf: Path
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"))
    page = page_of(window)
    page.tabs.setCurrentIndex(1)
    spot = page.documents.visualRect(page.documents.rows.index(0, 0)).center()
    drop(page.documents, QPointF(spot), pdf)
    quiet(window)
    assert page.documents.rows.rows[0].file == "125.pdf"
    other = pdf.with_name("126.pdf")
    other.write_bytes(pdf.read_bytes() + b"\n")
    drop(page.documents, QPointF(spot), other)
    quiet(window)
    assert page.documents.rows.rows[0].file == "125.pdf"
    qtbot.keyClick(sheet_of(Sheet), Qt.Key.Key_Return)
    quiet(window)
    assert page.documents.rows.rows[0].file == "126.pdf"


def test_a_file_dropped_on_a_document_of_the_cell_is_kept(
    window: Window, quiet: Wait, pdf: Path
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"))
    table = page_of(window).cell_panel.table
    drop(table, QPointF(table.visualRect(table.rows.index(0, 0)).center()), pdf)
    quiet(window)
    assert table.rows.rows[0].file == "125.pdf"


def test_one_document_is_linked_to_several_selected_cells(
    window: Window, quiet: Wait, qtbot: QtBot
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"))
    page = page_of(window)
    page.start_linking(page.presenter.documents()[0])
    assert page.linking.isVisible()
    page.matrix.choose(UNIT, "I.1.2")
    select = page.matrix.selectionModel()
    select.select(
        page.matrix.cells.index_of(UNIT, "I.1.3"), QItemSelectionModel.SelectionFlag.Select
    )
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return)
    quiet(window)
    assert cited(window)[0][1] == [f"{UNIT} I.1.1", f"{UNIT} I.1.2", f"{UNIT} I.1.3"]
    assert not page.linking.isVisible()


def test_escape_ends_the_choosing_of_cells(window: Window, quiet: Wait, qtbot: QtBot) -> None:
    cite(window, quiet, (UNIT, "I.1.1"))
    page = page_of(window)
    page.start_linking(page.presenter.documents()[0])
    qtbot.keyClick(page.matrix, Qt.Key.Key_Escape)
    assert not page.linking.isVisible()
    page.matrix.choose(UNIT, "I.1.2")
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return)
    sheet_of(CitationSheet).close()
    assert cited(window)[0][1] == [f"{UNIT} I.1.1"]


def test_a_document_that_is_there_is_picked_by_a_few_letters(
    window: Window, quiet: Wait, qtbot: QtBot
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"))
    page = page_of(window)
    page.matrix.choose(OTHER, "I.1.1")
    sheet = page.pick_document()
    assert isinstance(sheet, PickSheet)
    qtbot.keyClicks(sheet.search, "khen thuong")
    assert sheet.table.rows.rowCount() == 1
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    quiet(window)
    assert cited(window)[0][1] == [f"{UNIT} I.1.1", f"{OTHER} I.1.1"]


def test_the_same_paper_is_used_instead_of_recorded_again(
    window: Window, quiet: Wait, qtbot: QtBot
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"))
    page = page_of(window)
    page.matrix.choose(UNIT, "I.1.2")
    sheet = page.add_document()
    type_number(sheet, qtbot, "125/QĐ-UBND")
    for key, words in (("date", "6/5/2019"), ("issuer", "UBND tỉnh")):
        editor = sheet.form.editor(key)
        assert isinstance(editor, QLineEdit)
        editor.setText(words)
    assert sheet.same.isVisible()
    qtbot.mouseClick(sheet.use, Qt.MouseButton.LeftButton)
    quiet(window)
    assert cited(window) == [("125/QĐ-UBND", [f"{UNIT} I.1.1", f"{UNIT} I.1.2"])]


def test_delete_takes_a_document_from_the_cell_and_undo_brings_it_back(
    window: Window, quiet: Wait, qtbot: QtBot
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"))
    page = page_of(window)
    page.cell_panel.table.setFocus()
    qtbot.keyClick(page.cell_panel.table, Qt.Key.Key_Delete)
    quiet(window)
    assert cited(window) == [("125/QĐ-UBND", [])]
    qtbot.keyClick(window.frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    quiet(window)
    assert cited(window) == [("125/QĐ-UBND", [f"{UNIT} I.1.1"])]


def test_delete_in_the_search_box_deletes_letters_and_no_link(
    window: Window, quiet: Wait, qtbot: QtBot
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"))
    page = page_of(window)
    page.search.setFocus()
    qtbot.keyClicks(page.search, "quan")
    qtbot.keyClick(page.search, Qt.Key.Key_Home)
    qtbot.keyClick(page.search, Qt.Key.Key_Delete)
    quiet(window)
    assert page.search.text() == "uan"
    assert cited(window) == [("125/QĐ-UBND", [f"{UNIT} I.1.1"])]


def test_filters_leave_only_what_is_wanted(window: Window, qtbot: QtBot) -> None:
    page = page_of(window)
    page.search.setFocus()
    qtbot.keyClicks(page.search, "tuan tra")
    assert page.matrix.cells.rowCount() == 1
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.matrix.cells.rowCount() > 20
    qtbot.keyClicks(page.search, "zzz")
    assert page.stack.currentIndex() == 1
    assert "Xóa ô tìm" in page.nothing.words.text()


class TestTheViewer:
    @pytest.fixture
    def viewer(self, window: Window, quiet: Wait, pdf: Path) -> Viewer:
        cite(window, quiet, (UNIT, "I.1.1"), file=pdf)
        return self.opened(window, quiet)

    def opened(self, window: Window, quiet: Wait) -> Viewer:
        page = page_of(window)
        made = page.acts.view(page.presenter.documents()[0])
        assert made is not None
        quiet(window)
        return made

    def test_turns_pages_and_changes_size_by_keys(
        self, window: Window, viewer: Viewer, quiet: Wait, qtbot: QtBot
    ) -> None:
        assert viewer.where.text() == "Trang 1/2"
        small = viewer.picture.width()
        qtbot.keyClick(viewer, Qt.Key.Key_PageDown)
        quiet(window)
        assert viewer.where.text() == "Trang 2/2"
        assert not viewer.after.isEnabled()
        qtbot.keyClick(viewer, Qt.Key.Key_Plus)
        quiet(window)
        assert viewer.picture.width() > small
        qtbot.keyClick(viewer, Qt.Key.Key_Escape)
        assert not viewer.isVisible()

    def test_says_why_a_damaged_file_is_not_shown(
        self, window: Window, quiet: Wait, tmp_path: Path
    ) -> None:
        file = tmp_path / "hong.pdf"
        file.write_bytes(b"%PDF-1.7 khong co gi")
        cite(window, quiet, (UNIT, "I.1.1"), file=file)
        viewer = self.opened(window, quiet)
        assert "hỏng" in viewer.words.text()
        assert viewer.outside.isEnabled()
        viewer.close()

    @pytest.mark.parametrize(("name", "opened"), [("a.docx", 1), ("a.exe", 0), ("a", 0)])
    def test_other_kinds_open_outside_after_a_click_but_no_program_does(
        self,
        window: Window,
        quiet: Wait,
        qtbot: QtBot,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        opened: int,
    ) -> None:
        asked: list[QUrl] = []
        monkeypatch.setattr(
            QDesktopServices, "openUrl", lambda url: bool(asked.append(url)) or True
        )
        file = tmp_path / name
        file.write_bytes(b"PK\x03\x04")
        cite(window, quiet, (UNIT, "I.1.1"), file=file)
        viewer = self.opened(window, quiet)
        assert asked == []
        qtbot.mouseClick(viewer.outside, Qt.MouseButton.LeftButton)
        assert len(asked) == opened
        viewer.close()

    def test_closed_before_it_has_read_it_does_no_harm(
        self, window: Window, quiet: Wait, pdf: Path
    ) -> None:
        cite(window, quiet, (UNIT, "I.1.1"), file=pdf)
        page = page_of(window)
        made = page.acts.view(page.presenter.documents()[0])
        assert made is not None
        made.close()
        quiet(window)


def test_a_handed_in_round_is_told_and_nothing_is_lost(
    window: Window, quiet: Wait, qtbot: QtBot
) -> None:
    window.session.act(lambda desk: submit_round(desk, "self", None, dt.date(2019, 11, 20)))
    quiet(window)
    page = page_of(window)
    sheet = page.add_document()
    type_number(sheet, qtbot, "9/BC")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    told = sheet_of(Sheet)
    assert sheet.isVisible(), "what was typed stays"
    told.close()
    sheet.close()
    assert cited(window) == []


def test_in_a_closed_year_evidence_is_only_looked_at(
    window: Window, quiet: Wait, qtbot: QtBot, pdf: Path
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"), file=pdf)
    day = dt.date(2019, 11, 20)
    for round_id in ("self", "cluster", "department"):
        for turn in (submit_round, seal_round):
            window.session.act(lambda desk, t=turn, r=round_id: t(desk, r, None, day))  # type: ignore[misc]
    window.session.act(close_year)
    quiet(window)
    page = page_of(window)
    assert not page.add.isEnabled()
    assert not page.cell_panel.unlink.isEnabled()
    assert page.cell_panel.view.isEnabled()
    page.matrix.setFocus()
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return)
    drop(page.matrix, QPointF(page.matrix.visualRect(page.matrix.currentIndex()).center()), pdf)
    qtbot.keyClick(page.cell_panel.table, Qt.Key.Key_Delete)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, Sheet)]
    quiet(window)
    assert cited(window) == [("125/QĐ-UBND", [f"{UNIT} I.1.1"])]
    viewer = page.acts.view(page.presenter.documents()[0])
    assert viewer is not None
    quiet(window)
    assert viewer.where.text() == "Trang 1/2"
    viewer.close()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
@pytest.mark.parametrize("tab", [0, 1])
def test_every_tab_can_be_read_and_used(
    window: Window, quiet: Wait, pdf: Path, size: tuple[int, int], tab: int
) -> None:
    cite(window, quiet, (UNIT, "I.1.1"), (OTHER, "I.1.1"), file=pdf)
    page = page_of(window)
    page.tabs.setCurrentIndex(tab)
    window.frame.resize(*size)
    walker.settle()
    assert page.minimumSizeHint().width() <= 820
    assert page.minimumSizeHint().height() <= 400
    assert walker.complaints(window.frame) == []
