"""The page Văn bản with real widgets: by keys and clicks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.operations.workspace.members import rename_unit
from app.operations.workspace.years import close_year
from app.operations.workspace_lifecycle import open_workspace
from app.persistence import books
from tests.app.exchange.pdf.certificates import PASSPHRASE, SECRETARY, pfx_of
from tests.ui import walker
from tests.ui.pages.closing.test_presenter import seal
from tests.ui.pages.health.world import two_years
from tests.ui.worlds import _new, make_sample
from ui.application import Window
from ui.pages.papers.page import PapersPage
from ui.pages.papers.sheets import CheckSheet
from ui.pages.papers.sign_sheet import SignSheet
from ui.places import PageId, Place
from ui.widgets.form import FormSheet
from ui.widgets.sheet import Sheet

Go = Callable[..., Window]
Quiet = Callable[[Window], None]
PROPOSAL = "to_trinh_khen_thuong"
SHEET = "phieu_tu_cham"
LONG = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh " * 2


def page_of(window: Window) -> PapersPage:
    page = window.frame.page
    assert isinstance(page, PapersPage)
    return page


def sheet_of(kind: type[Sheet] = Sheet) -> Sheet:
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, kind)
    return sheet


def pressed(qtbot: QtBot, words: str) -> None:
    """Presses a button of the sheet in sight."""
    (found,) = [one for one in sheet_of().findChildren(QPushButton) if one.text() == words]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def line_of(page: PapersPage, name: str) -> QLineEdit:
    assert page.panel.fill.form is not None
    editor = page.panel.fill.form.editor(name)
    assert isinstance(editor, QLineEdit)
    return editor


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One year of three scored units, nothing sealed; copied before it is used."""
    folder = tmp_path_factory.mktemp("van-ban")
    two_years(folder, years=("2026",)).close()
    return folder / "so"


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "so-nho"))


@pytest.fixture
def window_at(at_page: Go, folder: Path) -> Window:
    """The page with the request for awards chosen."""
    return at_page(folder, Place(PageId.PAPERS, topic=PROPOSAL))


@pytest.fixture
def page(window_at: Window, quiet: Quiet) -> PapersPage:
    quiet(window_at)
    return page_of(window_at)


def test_a_paper_shows_its_pages_and_why_it_is_a_draft_with_the_way_to_mend_it(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot
) -> None:
    assert page.list.current is not None
    assert page.list.current.id == PROPOSAL
    assert page.panel.view.where.text().startswith("Trang 1/")
    qtbot.keyClick(page.panel.view.area, Qt.Key.Key_PageDown)
    quiet(window_at)
    assert page.panel.view.where.text().startswith("Trang 2/")
    assert page.panel.state.text() == "Dự thảo"
    at = page.panel.tabs.indexOf(page.panel.why)
    assert page.panel.tabs.tabText(at) == "Vì sao là dự thảo (2)"
    page.panel.tabs.setCurrentIndex(at)
    (go,) = [b for b in page.panel.why.findChildren(QPushButton) if b.text() == "Đến Khen thưởng"]
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert window_at.frame.page.id is PageId.AWARDS


def test_a_paper_that_is_filtered_away_comes_into_sight_when_it_is_asked_for(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.search, "khong co")
    assert page.list.rows == ()
    assert not page.one.isEnabled()
    window_at.frame.go(Place(PageId.PAPERS, topic=f"{PROPOSAL}/dien"))
    quiet(window_at)
    assert page.panel.key == (PROPOSAL, "")
    assert page.panel.tabs.currentWidget() is page.panel.fill


def test_papers_are_found_and_shown_by_keys_and_for_one_unit(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.search, "danh muc tai lieu")
    assert [row.id for row in page.list.rows] == ["danh_muc_tai_lieu"]
    assert page.all.text() == "Ghi cả bộ (3)"
    assert page.panel.subject.count() == 3
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    quiet(window_at)
    assert window_at.frame.focusWidget() is page.panel.view.area
    page.search.clear()
    unit, name = page.presenter.units[2]
    page.unit.setCurrentIndex(page.unit.findData(unit))
    page.unit.activated.emit(page.unit.currentIndex())
    quiet(window_at)
    assert page.panel.key is not None
    assert page.panel.key[1] == unit
    assert name in page.panel.title.text()
    assert not page.panel.subject.isVisible()


def test_what_is_filled_in_is_kept_by_the_button_on_leaving_and_taken_back(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot
) -> None:
    page.panel.tabs.setCurrentWidget(page.panel.fill)
    assert not page.panel.fill.save.isEnabled()
    qtbot.keyClicks(line_of(page, "ngày văn bản"), "31/2/2019")
    qtbot.mouseClick(page.panel.fill.save, Qt.MouseButton.LeftButton)
    assert page.panel.fill.typed
    line_of(page, "ngày văn bản").setText("20/12/2019")
    qtbot.mouseClick(page.panel.fill.save, Qt.MouseButton.LeftButton)
    quiet(window_at)
    assert not page.panel.fill.typed
    fields = {f.name: f.value for f in page.presenter.fields((PROPOSAL, ""))}
    assert fields["ngày văn bản"] == "20/12/2019"
    qtbot.keyClicks(line_of(page, "số văn bản"), "15")
    page.list.choose(SHEET)
    quiet(window_at)
    fields = {f.name: f.value for f in page.presenter.fields((PROPOSAL, ""))}
    assert fields["số văn bản"] == "15"
    window_at.context.do(window_at.session.undo)
    quiet(window_at)
    fields = {f.name: f.value for f in page.presenter.fields((PROPOSAL, ""))}
    assert fields["số văn bản"] == ""


def test_a_wording_is_tried_out_used_and_given_back(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot
) -> None:
    tab = page.panel.wording
    page.panel.tabs.setCurrentWidget(tab)
    body = tab.parts["body"]
    before = body.toPlainText()
    assert before
    assert not tab.use.isEnabled()
    body.setFocus()
    body.setPlainText(f"{before}\nCảm ơn «tên cúm».")
    qtbot.waitUntil(lambda: "«tên cúm»" in tab.told.text(), timeout=10_000)
    quiet(window_at)
    assert page.panel.view.where.text().startswith("Trang 1/")
    assert page.presenter.unused[PROPOSAL].body.endswith("«tên cúm».")
    body.setPlainText("Gửi ")
    body.moveCursor(body.textCursor().MoveOperation.End)
    assert tab.places.choose(lambda place: place.name == "tên cụm")
    qtbot.keyClick(tab.places, Qt.Key.Key_Return)
    assert body.toPlainText() == "Gửi «tên cụm»"
    assert tab.places.choose(lambda place: place.alone)
    qtbot.keyClick(tab.places, Qt.Key.Key_Return)
    alone = tab.places.current
    assert alone is not None
    assert body.toPlainText().split("\n")[1] == alone.mark
    qtbot.mouseClick(tab.use, Qt.MouseButton.LeftButton)
    quiet(window_at)
    assert page.presenter.unused == {}
    assert tab.state.text() == "Đang dùng lời văn riêng của cụm, khối."
    qtbot.mouseClick(tab.restore, Qt.MouseButton.LeftButton)
    pressed(qtbot, "Trở lại lời văn có sẵn")
    quiet(window_at)
    assert body.toPlainText() == before
    assert tab.state.text() == "Đang dùng lời văn có sẵn."


def test_a_wording_that_is_not_used_yet_waits_while_other_papers_are_seen(
    window_at: Window, page: PapersPage, quiet: Quiet
) -> None:
    tab = page.panel.wording
    tab.parts["subject"].setPlainText("Về việc khác")
    page.list.choose(SHEET)
    quiet(window_at)
    assert tab.parts["subject"].toPlainText() != "Về việc khác"
    page.list.choose(PROPOSAL)
    quiet(window_at)
    assert tab.parts["subject"].toPlainText() == "Về việc khác"
    assert tab.use.isEnabled()


def test_the_set_that_is_seen_is_written_after_its_drafts_were_told(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.keyClicks(page.search, "to trinh de nghi")
    qtbot.mouseClick(page.all, Qt.MouseButton.LeftButton)
    words = " ".join(one.text() for one in sheet_of().findChildren(type(page.heading)))
    assert "Có 1 văn bản còn là dự thảo" in words
    qtbot.keyClick(sheet_of(), Qt.Key.Key_Escape)
    qtbot.mouseClick(page.forms["docx"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.forms["pdf"], Qt.MouseButton.LeftButton)
    target = tmp_path / "giấy tờ"
    target.mkdir()
    page.write_to(target, page.keys)
    quiet(window_at)
    assert [file.name for file in target.iterdir()] == ["to-trinh-khen-thuong.docx"]
    assert window_at.preferences.choice("papers.forms", "") == "docx"
    qtbot.mouseClick(page.forms["docx"], Qt.MouseButton.LeftButton)
    assert page.chosen == ("pdf",), "no form at all is not a choice"


def test_what_was_just_typed_stands_in_the_file(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot, tmp_path: Path
) -> None:
    from pypdf import PdfReader

    page.panel.tabs.setCurrentWidget(page.panel.fill)
    qtbot.keyClicks(line_of(page, "số văn bản"), "4711")
    qtbot.mouseClick(page.one, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()
    page.write_to(tmp_path, [(PROPOSAL, "")])
    quiet(window_at)
    (file,) = tmp_path.glob("*.pdf")
    assert "4711" in PdfReader(file).pages[0].extract_text()


def test_who_issues_is_asked_once_with_a_heading_of_their_own(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.issuer, Qt.MouseButton.LeftButton)
    sheet = sheet_of(FormSheet)
    assert isinstance(sheet, FormSheet)
    own, heading = sheet.form.editor("heading_text"), sheet.form.editor("heading")
    assert isinstance(own, QPlainTextEdit)
    assert isinstance(heading, QComboBox)
    assert own.isHidden()
    heading.setCurrentIndex(heading.findData("own"))
    assert not own.isHidden()
    own.setPlainText("LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM")
    name = sheet.form.editor("name")
    assert isinstance(name, QPlainTextEdit)
    name.setPlainText("Liên đoàn Lao động\ntỉnh Cao Bằng")
    walker.settle()
    assert walker.complaints(sheet) == []
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window_at)
    kept = page.presenter.issuer
    assert kept.name == ("Liên đoàn Lao động", "tỉnh Cao Bằng")
    assert (kept.heading, kept.heading_text) == ("own", "LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM")


def test_a_paper_is_signed_beside_and_what_comes_back_is_checked_when_dropped(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "ký"
    target.mkdir()
    pfx = tmp_path / "binh.pfx"
    pfx.write_bytes(pfx_of(SECRETARY))
    qtbot.mouseClick(page.sign, Qt.MouseButton.LeftButton)
    sheet = sheet_of(SignSheet)
    assert isinstance(sheet, SignSheet)
    assert not sheet.verb.isEnabled()
    sheet.take_paper(target)
    quiet(window_at)
    assert "dự thảo" in sheet.told.text()
    assert sheet.place.count() == 1
    sheet.take_pfx(pfx)
    qtbot.keyClicks(sheet.passphrase, "sai")
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window_at)
    assert sheet.findings.isVisible()
    sheet.passphrase.setText(PASSPHRASE)
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    quiet(window_at)
    assert SECRETARY in sheet.told.text()
    assert sheet.findings.isVisible(), "the certificate of the tests ended in 2021"
    sheet.close()
    names = sorted(file.name for file in target.iterdir())
    assert names == ["to-trinh-khen-thuong-da-ky.pdf", "to-trinh-khen-thuong.pdf"]

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(target / names[0]))])
    page.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    quiet(window_at)
    found = sheet_of(CheckSheet)
    assert isinstance(found, CheckSheet)
    assert found.verdict.text() == "Văn bản đúng với số liệu hiện nay của sổ."
    said = " ".join(one.text() for one in found.findChildren(type(page.heading)))
    assert f"Chữ ký của {SECRETARY}" in said
    walker.settle()
    assert walker.complaints(found) == []
    found.close()


def test_what_is_typed_when_another_year_is_chosen_is_kept_in_its_own(
    at_page: Go, tmp_path: Path, quiet: Quiet, qtbot: QtBot
) -> None:
    two_years(tmp_path, years=("2025", "2026")).close()
    window = at_page(tmp_path / "so", Place(PageId.PAPERS, topic=PROPOSAL))
    page = page_of(window)
    page.panel.tabs.setCurrentWidget(page.panel.fill)
    assert window.session.year is not None
    typed_in = window.session.year.id
    qtbot.keyClicks(line_of(page, "số văn bản"), "15")
    (other,) = [year.id for year in window.session.years if year.id != typed_in]
    window.session.choose_year(other)
    quiet(window)
    assert line_of(page, "số văn bản").text() == ""
    window.session.choose_year(typed_in)
    quiet(window)
    assert page.presenter.fields((PROPOSAL, ""))[0].value == "15"


def test_what_is_typed_when_the_window_closes_is_kept(
    window_at: Window, page: PapersPage, folder: Path, qtbot: QtBot
) -> None:
    page.panel.tabs.setCurrentWidget(page.panel.fill)
    qtbot.keyClicks(line_of(page, "số văn bản"), "15")
    window_at.frame.close()
    with open_workspace(folder) as kept:
        answers = kept.read(books.PAPER_ANSWERS, "2026")
    assert [(one.paper, one.value) for one in answers] == [(PROPOSAL, "15")]


def test_another_workspace_shows_nothing_of_the_one_before(
    window_at: Window, page: PapersPage, quiet: Quiet, qtbot: QtBot, tmp_path: Path
) -> None:
    make_sample(tmp_path / "so")
    page.panel.wording.parts["subject"].setPlainText("Về việc khác")
    page.panel.tabs.setCurrentWidget(page.panel.fill)
    qtbot.keyClicks(line_of(page, "số văn bản"), "15")
    window_at.open(tmp_path / "so")
    quiet(window_at)
    window_at.frame.go(Place(PageId.PAPERS, topic=PROPOSAL))
    quiet(window_at)
    assert page.presenter.unused == {}
    assert line_of(page, "số văn bản").text() == ""
    assert page.panel.wording.parts["subject"].toPlainText() != "Về việc khác"
    assert len(page.presenter.units) == 8


def test_after_closing_papers_are_still_filled_in(
    at_page: Go, tmp_path: Path, quiet: Quiet, qtbot: QtBot
) -> None:
    workspace = two_years(tmp_path, years=("2026",))
    workspace.close()
    window = at_page(tmp_path / "so", Place(PageId.OVERVIEW))
    seal(window.session.desk)
    window.session.act(lambda desk: close_year(desk))
    window.frame.go(Place(PageId.PAPERS, topic=PROPOSAL))
    quiet(window)
    page = page_of(window)
    page.panel.tabs.setCurrentWidget(page.panel.fill)
    qtbot.keyClicks(line_of(page, "số văn bản"), "15")
    qtbot.mouseClick(page.panel.fill.save, Qt.MouseButton.LeftButton)
    quiet(window)
    assert page.presenter.fields((PROPOSAL, ""))[0].value == "15"


def test_on_a_read_only_medium_papers_are_written_and_nothing_is_kept(
    window_at: Window, page: PapersPage, quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_at.session.workspace, "read_only", True)
    page.refresh(page.topics)
    quiet(window_at)
    page.list.choose(SHEET)
    quiet(window_at)
    assert not page.issuer.isEnabled()
    assert page.one.isEnabled()
    assert page.panel.fill.form is not None
    assert not page.panel.fill.form.isEnabled()
    assert page.panel.wording.parts["body"].isReadOnly()
    monkeypatch.undo()


def test_an_empty_year_says_what_comes_first(at_page: Go, tmp_path: Path) -> None:
    workspace, _desk = _new(tmp_path / "so", "2026")
    workspace.close()
    window = at_page(tmp_path / "so", Place(PageId.PAPERS))
    page = page_of(window)
    assert page.stack.currentWidget() is page.empty
    assert not page.one.isEnabled()
    assert page.sentence.whole_text() == "Chưa lập được văn bản nào."


def test_every_tab_can_be_read_at_a_small_screen_with_long_names(
    window_at: Window, page: PapersPage, quiet: Quiet
) -> None:
    unit = page.presenter.units[0][0]
    window_at.session.act(lambda desk: rename_unit(desk, unit, LONG.strip()))
    window_at.frame.resize(911, 512)
    page.list.choose(SHEET)
    for at in range(3):
        page.panel.tabs.setCurrentIndex(at)
        quiet(window_at)
        walker.settle()
        assert walker.complaints(page) == []
    wording = replace(page.panel.wording.wording, body="«sai» " * 40)
    page.panel.wording.parts["body"].setPlainText(wording.body)
    page.panel.draw()
    quiet(window_at)
    walker.settle()
    assert walker.complaints(page) == []
    assert page.minimumSizeHint().width() <= 820
    assert page.minimumSizeHint().height() <= 400
