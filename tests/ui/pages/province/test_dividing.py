"""The division of the work: in rows, in its sheet, and a copy for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.year import PeriodState
from app.ground.findings import UserError
from app.operations.province.dividing import division
from app.operations.province.folder import at_province, is_province
from app.persistence import books
from app.scoring.division import Share
from ui.application import Window
from ui.pages.province.page import ProvincePage
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.dividing import Dividing, share_of
from ui.pages.province.share_sheet import ShareSheet
from ui.places import PageId, Place

Quiet = Callable[[Window], None]
AN, BINH = "Nguyễn An", "Lê Bình"


def nothing(_answer: object = None) -> None:
    """Nobody listens."""


def test_shares_are_kept_and_what_is_left_to_nobody_is_counted(received: ProvinceBook) -> None:
    """Of one cluster eight units came, with two criteria in each section."""
    dividing = Dividing(received)
    assert (dividing.rows, dividing.sentence) == ((), "")
    dividing.keep(share_of(f"  {AN} ", (), ("I",)), None, nothing)
    (row,) = dividing.rows
    assert (row.appraiser, row.clusters, row.cells, row.judged) == (AN, "Mọi cụm, khối", 16, 0)
    assert row.criteria == "I. Tiêu chí I"
    assert dividing.sentence == "16 ô chưa giao cho ai, ở 1 cụm, khối: Cụm thi đua số 1."
    assert row.told[-1] == "• Cụm thi đua số 1: 16 ô ở tiêu chí II.1, II.2"
    dividing.keep(share_of(BINH, ("k01",), ("II",)), None, nothing)
    assert dividing.sentence == ""
    dividing.remove(AN, nothing)
    assert dividing.shares == (Share(BINH, ("k01",), ("II",)),)


def test_what_two_people_would_have_is_named(received: ProvinceBook) -> None:
    dividing = Dividing(received)
    dividing.keep(share_of(AN, ("k01", "k02"), ("I",)), None, nothing)
    wrong = dividing.fault(share_of(BINH, ("k02", "k03"), ()), None)
    assert wrong == (
        "Trùng với Nguyễn An: Cụm thi đua số 2, I. Tiêu chí I. Mỗi ô chỉ giao một người."
    )
    assert dividing.fault(share_of("nguyễn an", ("k03",), ()), None).startswith("nguyễn an đã có")
    assert dividing.fault(share_of(BINH, ("k03",), ()), None) == ""
    assert dividing.fault(share_of(AN, ("k01",), ()), dividing.shares[0]) == ""


def test_a_criterion_that_was_named_elsewhere_can_still_be_ticked(received: ProvinceBook) -> None:
    codes = [code for code, _ in Dividing(received).sections(["II.2"])]
    assert codes == ["I", "II", "II.2"]


def test_the_books_of_a_share_are_copied(received: ProvinceBook, tmp_path: Path) -> None:
    dividing = Dividing(received)
    dividing.keep(share_of(AN, (), ()), None, nothing)
    said: list[str] = []
    dividing.copy_for(AN, tmp_path / "cho-an", said.append)
    assert said[0].startswith("Đã chép 1 sổ cụm, khối cho Nguyễn An vào “cho-an”.")
    assert is_province(tmp_path / "cho-an")


@pytest.mark.parametrize(
    "name",
    ["A | B: C/../D", "Ẵ" * 200, "x.y=z 😀", "  Nguyễn\u00a0An  ", "O'Brien; DROP TABLE"],
)
def test_any_name_is_kept_as_it_was_written(received: ProvinceBook, name: str) -> None:
    dividing = Dividing(received)
    dividing.keep(share_of(name, ("k01",), ("I",)), None, nothing)
    received.look(nothing)
    (share,) = dividing.shares
    assert share.appraiser == " ".join(name.split())
    assert (share.clusters, share.criteria) == (("k01",), ("I",))
    dividing.remove(share.appraiser, nothing)
    assert dividing.shares == ()


def test_in_a_closed_year_nothing_is_divided(received: ProvinceBook) -> None:
    assert received.folder is not None
    with at_province(received.folder) as province:
        closed = replace(province.desk.year, state=PeriodState.CLOSED)
        with province.desk.act("year.closed", "Khóa sổ", barrier=True) as change:
            change.put(books.PERIODS, closed)
    with pytest.raises(UserError) as fault:
        Dividing(received).keep(share_of(AN, (), ()), None, nothing)
    assert [one.code for one in fault.value.findings] == ["period_closed"]
    assert not received.at_work


# ---------------------------------------------------------------------- with real widgets


@pytest.fixture
def page(window: Window, folder: Path, quiet: Quiet) -> ProvincePage:
    window.frame.go(Place(PageId.PROVINCE))
    made = window.frame.page
    assert isinstance(made, ProvincePage)
    made.open_folder(folder)
    quiet(window)
    made.tabs.setCurrentWidget(made.dividing)
    return made


def typed(sheet: ShareSheet, name: str) -> None:
    editor = sheet.form.editor("name")
    assert isinstance(editor, QLineEdit)
    editor.setText(name)


def test_a_share_is_given_by_ticking_with_the_space_bar(
    page: ProvincePage, window: Window, folder: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    dividing = page.dividing
    assert dividing.empty.isVisible()
    dividing.empty.act.click()
    sheet = dividing.shown
    assert sheet is not None
    sheet.verb.click()
    assert sheet.isVisible(), "the name is asked for"
    typed(sheet, AN)
    sheet.clusters.list.setCurrentRow(1)
    qtbot.keyClick(sheet.clusters.list, Qt.Key.Key_Space)  # type: ignore[no-untyped-call]
    assert sheet.clusters.ticked == ("k02",)
    sheet.verb.click()
    quiet(window)
    with at_province(folder) as province:
        assert division(province) == (Share(AN, ("k02",), ()),)
    assert [row.cells for row in dividing.table.rows.rows] == [32]
    assert "Cụm thi đua số 1" in dividing.notice.words.text()

    dividing.add.click()
    second = dividing.shown
    assert second is not None
    typed(second, BINH)
    second.clusters.all.click()
    second.verb.click()
    assert second.isVisible()
    assert second.clusters.under.text().startswith("Trùng với Nguyễn An: Cụm thi đua số 2")
    second.clusters.none.click()
    assert second.clusters.under.text() == "Không chọn dòng nào: mọi cụm, khối."
    second.close()


def test_a_very_long_name_does_not_widen_the_page(
    page: ProvincePage, window: Window, quiet: Quiet
) -> None:
    page.dividing.ask_share(None)
    sheet = page.dividing.shown
    assert sheet is not None
    typed(sheet, "Nguyễn Thị Bích " * 12)
    sheet.verb.click()
    quiet(window)
    assert page.minimumSizeHint().width() <= 820


def test_a_share_is_taken_back_after_a_question_and_the_risk_can_be_seen_by_person(
    page: ProvincePage, window: Window, folder: Path, quiet: Quiet
) -> None:
    page.dividing.ask_share(None)
    sheet = page.dividing.shown
    assert sheet is not None
    typed(sheet, BINH)
    sheet.sections.tick(every=True)
    sheet.clusters.list.item(0).setCheckState(Qt.CheckState.Checked)
    sheet.verb.click()
    quiet(window)

    page.tabs.setCurrentWidget(page.risk)
    quiet(window)
    assert len(page.risk.table.rows.rows) == 64
    page.risk.person.setCurrentIndex(page.risk.person.findData(BINH))
    page.risk.person.activated.emit(page.risk.person.currentIndex())
    quiet(window)
    assert {row.cluster.key for row in page.risk.table.rows.rows} == {"k01"}

    page.tabs.setCurrentWidget(page.dividing)
    page.dividing.away.click()
    question = QApplication.activeModalWidget()
    assert question is not None
    buttons = {b.text(): b for b in question.findChildren(type(page.dividing.away))}
    buttons["Bỏ phần việc"].click()
    quiet(window)
    assert page.dividing.empty.isVisible()
    assert page.risk.person.count() == 1
