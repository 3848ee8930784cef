"""Several packages at a time: how each stands, all ready ones by one act, and that act taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Lock, send
from app.operations.province.dividing import copy_for, set_division
from app.operations.province.folder import at_cluster, at_province
from app.operations.province.returning import return_appraisals
from app.operations.workspace.years import open_year, year_record
from app.persistence import books
from app.scoring.division import Share
from tests.app.operations.province.post import Leader, judge, key, trust
from tests.ui.pages.exchange.world import PASS
from ui.application import Window
from ui.flows.own_key import OwnKey
from ui.pages.province.arrival_sheet import ArrivalSheet
from ui.pages.province.basket_sheet import BasketSheet
from ui.pages.province.page import ProvincePage
from ui.pages.province.presenter.arriving import MOST_FILES, Arriving, Need, packages_in
from ui.pages.province.presenter.basket import Basket
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.rows import cluster_rows
from ui.pages.province.presenter.taken import Taking
from ui.places import PageId, Place
from ui.preferences import Preferences
from ui.runner import AtOnce
from ui.sheets.key_sheet import PassphraseSheet
from ui.widgets.form import FormSheet

Quiet = Callable[[Window], None]


def nothing(_answer: object = None) -> None:
    """Nobody listens."""


@pytest.fixture
def arriving(desk_book: ProvinceBook, own_key: Preferences) -> Arriving:
    return Arriving(desk_book, OwnKey(AtOnce(), own_key))


def looked(arriving: Arriving, folder: Path) -> Basket:
    basket = Basket(arriving, packages_in(folder))
    basket.look(nothing)
    return basket


def stages(book: ProvinceBook) -> list[str]:
    assert book.view is not None
    return [row.stage for row in cluster_rows(book.view)]


def test_only_packages_are_found_in_a_folder_and_in_its_folders(mail: Path) -> None:
    assert [file.name for file in packages_in(mail)] == ["thu-la.bvg", "cum-1.bvg", "cum-2.bvg"]


def test_each_package_says_what_it_would_do_or_what_it_waits_for(
    arriving: Arriving, mail: Path
) -> None:
    basket = looked(arriving, mail)
    states = {row.file.name: (row.state, row.ready) for row in basket.rows}
    assert states["cum-1.bvg"] == ("Lập sổ của cụm, khối từ gói này", True)
    assert states["cum-2.bvg"] == ("Nơi gửi chưa xác nhận", False)
    assert states["thu-la.bvg"][1] is False
    assert basket.sentence == "3 gói: 1 sẵn sàng, 2 còn vướng."


def test_what_is_no_file_any_more_is_told_beside_the_others(
    arriving: Arriving, mail: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "thu-muc.bvg"
    folder.mkdir()
    good = mail / "cum 1" / "cum-1.bvg"
    basket = Basket(arriving, [tmp_path / "da-mat.bvg", folder, good, good])
    basket.look(nothing)
    assert [row.ready for row in basket.rows] == [False, False, True]
    assert all(row.state for row in basket.rows)
    basket.remove(good)
    assert basket.sentence == "2 gói: 0 sẵn sàng, 2 còn vướng."
    basket.take(nothing)


def test_a_folder_of_too_many_packages_is_cut(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number:04d}.BVG").touch()
    found = packages_in(tmp_path)
    assert len(found) == MOST_FILES
    assert found[0].name == "0000.BVG"


def test_what_is_ready_is_taken_in_and_the_act_can_be_taken_back(
    arriving: Arriving, desk_book: ProvinceBook, mail: Path
) -> None:
    basket = looked(arriving, mail)
    found: list[Taking] = []
    basket.take(found.append)
    assert found[0].sentence == "Đã nhận 1 gói, sổ được thay đổi: Cụm thi đua số 1."
    assert stages(desk_book) == ["Đã gửi", "Chưa gửi", "Chưa gửi"]
    basket.look(nothing)
    assert {r.file.name: r.state for r in basket.rows}["cum-1.bvg"] == "Đã nhận trước đây"
    arriving.take_back(found[0], found.append)
    assert found[1].sentence == "Đã hoàn tác lần nhận gói ở sổ: Cụm thi đua số 1."
    assert not found[1].changed
    assert stages(desk_book) == ["Chưa gửi"] * 3


def test_what_cannot_be_taken_back_is_left_and_told(
    arriving: Arriving, desk_book: ProvinceBook, office: Path, mail: Path
) -> None:
    found: list[Taking] = []
    looked(arriving, mail).take(found.append)
    with at_province(office) as province, at_cluster(province, "k01") as desk:
        judge(desk, "k01_1", "I.1", 30)
    arriving.take_back(found[0], found.append)
    assert found[1].changed
    assert [finding.code for finding in found[1].refused] == ["taking_passed"]
    assert stages(desk_book)[0] == "Đã gửi"


def test_a_package_locked_for_the_department_is_opened_by_its_own_key(
    arriving: Arriving, own_key: Preferences, small: Path, tmp_path: Path
) -> None:
    public = OwnKey(AtOnce(), own_key).opened(PASS).public
    leader = Leader.of(1, small / "cum" / "k01", tmp_path)
    with leader.workspace:
        order, envelope = Order(Kind.FOR_APPRAISAL, papers=False), Envelope(leader.name)
        lock = Lock(recipient=public)
        file = send(leader.desk, order, envelope, key(1), tmp_path / "khoa", lock).file
    basket = Basket(arriving, [file])
    basket.look(nothing)
    assert basket.rows[0].state == "Có khóa, cần mở trước"
    arriving.look_at(file, basket.put, own=PASS)
    assert basket.seen[0].need is Need.NOTHING
    found: list[Taking] = []
    basket.take(found.append)
    assert found[0].changed


def test_two_open_years_are_chosen_between(desk_book: ProvinceBook, office: Path) -> None:
    with at_province(office) as province:
        open_year(province.desk.workspace, "Trần Sở", year_record("2027"))
    desk_book.choose(office)
    desk_book.look(nothing)
    assert desk_book.view is not None
    assert (desk_book.view.year.id, len(desk_book.view.lines)) == ("2027", 0)
    assert [year.id for year in desk_book.years] == ["2026", "2027"]
    desk_book.choose_year("2026", nothing)
    assert (desk_book.view.year.id, len(desk_book.view.lines)) == ("2026", 3)


# ---------------------------------------------------------------------- with real widgets


@pytest.fixture
def page(window: Window, office: Path, quiet: Quiet) -> ProvincePage:
    window.frame.go(Place(PageId.PROVINCE))
    made = window.frame.page
    assert isinstance(made, ProvincePage)
    made.open_folder(office)
    quiet(window)
    return made


def test_a_stranger_is_cleared_up_in_the_list_and_all_ready_ones_are_taken(
    page: ProvincePage, window: Window, mail: Path, qtbot: QtBot, quiet: Quiet
) -> None:
    page.arrivals.receive_folder(mail)
    quiet(window)
    sheet = page.arrivals.shown
    assert isinstance(sheet, BasketSheet)
    assert sheet.verb.text() == "Nhận 1 gói sẵn sàng"
    assert sheet.table.choose(lambda row: row.file.name == "cum-2.bvg")
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    asked = page.arrivals.shown
    assert isinstance(asked, FormSheet)
    heard = asked.form.editor("heard")
    assert isinstance(heard, QLineEdit)
    heard.setText(key(2).public.fingerprint)
    asked.verb.click()
    quiet(window)
    assert sheet.verb.text() == "Nhận 2 gói sẵn sàng"
    sheet.verb.click()
    quiet(window)
    assert page.sentence.whole_text() == "Năm 2026: 2/3 cụm, khối đã gửi; 1 chưa gửi."
    said = page.taken.words.text()
    assert said.startswith("Đã nhận 2 gói, sổ được thay đổi: Cụm thi đua số 1, Cụm thi đua số 2.")
    assert "Ctrl+Z chỉ hoàn tác trong sổ đang mở" in said
    page.back.click()
    quiet(window)
    assert page.sentence.whole_text() == "Năm 2026: 0/3 cụm, khối đã gửi; 3 chưa gửi."
    assert not page.back.isVisible()


def test_what_is_taken_back_in_the_open_workspace_is_shown_there_too(
    page: ProvincePage, window: Window, mail: Path, quiet: Quiet, office: Path
) -> None:
    page.arrivals.look_at(mail / "cum 1" / "cum-1.bvg")
    quiet(window)
    page.arrivals.shown.verb.click()  # type: ignore[union-attr]
    quiet(window)
    window.open(office / "cum" / "k01")
    quiet(window)
    assert len(window.session.units) == 8
    window.frame.go(Place(PageId.PROVINCE))
    quiet(window)
    page.back.click()
    quiet(window)
    assert len(window.session.units) == 0


def test_a_wrong_passphrase_is_told_beside_its_field_and_the_sheet_stays(
    page: ProvincePage, window: Window, small: Path, tmp_path: Path, quiet: Quiet
) -> None:
    leader = Leader.of(1, small / "cum" / "k01", tmp_path)
    with leader.workspace:
        order, envelope = Order(Kind.FOR_APPRAISAL, papers=False), Envelope(leader.name)
        lock = Lock(passphrase="năm từ chẳng dính nhau")
        file = send(leader.desk, order, envelope, key(1), tmp_path / "khoa", lock).file
    page.arrivals.receive([file])
    sheet = page.arrivals.shown
    assert isinstance(sheet, PassphraseSheet)
    words = sheet.form.editor("passphrase")
    assert isinstance(words, QLineEdit)
    words.setText("không phải mật khẩu này")
    sheet.verb.click()
    quiet(window)
    assert sheet.isVisible()
    assert words.property("tone") == "error"
    words.setText("năm từ chẳng dính nhau")
    sheet.verb.click()
    quiet(window)
    page.arrivals.shown.verb.click()  # type: ignore[union-attr]
    quiet(window)
    assert page.sentence.whole_text() == "Năm 2026: 1/3 cụm, khối đã gửi; 2 chưa gửi."


def appraised(office: Path, folder: Path, who: str, number: int, points: int) -> Path:
    """A person scores a cell in a copy and sends the file to the department."""
    with at_province(office) as province:
        trust(province, who, key(number))
        copy_for(province, who, folder)
    with at_province(folder, who) as copy:
        with at_cluster(copy, "k01") as desk:
            judge(desk, "k01_1", "I.1", points)
        (one,) = return_appraisals(
            copy, ["k01"], key(number), who, folder, recipient="Sở Nội vụ", papers=False
        )
    assert one.sent is not None
    return one.sent.file


def test_the_files_of_two_appraisers_are_merged_and_what_both_scored_comes_back_to_be_decided(
    page: ProvincePage, window: Window, mail: Path, office: Path, tmp_path: Path, quiet: Quiet
) -> None:
    page.arrivals.look_at(mail / "cum 1" / "cum-1.bvg")
    quiet(window)
    page.arrivals.shown.verb.click()  # type: ignore[union-attr]
    quiet(window)
    with at_province(office) as province:
        set_division(province, [Share("Nguyễn An", (), ("I",)), Share("Lê Bình", (), ("II",))])
    files = [
        appraised(office, tmp_path / f"ban-{number}", who, number, points)
        for number, (who, points) in ((101, ("Nguyễn An", 30)), (102, ("Lê Bình", 35)))
    ]
    page.arrivals.receive(files)
    quiet(window)
    sheet = page.arrivals.shown
    assert isinstance(sheet, BasketSheet)
    assert [row.state for row in sheet.basket.rows] == [
        "1 thay đổi",
        "1 thay đổi; 1 điều cần xem trước",
    ]
    sheet.verb.click()
    quiet(window)
    again = page.arrivals.shown
    assert isinstance(again, BasketSheet)
    assert again is not sheet
    assert [row.state for row in again.basket.rows] == ["1 mục hai bên cùng sửa, cần quyết định"]
    assert not again.verb.isEnabled()
    again.one.click()
    decide = page.arrivals.shown
    assert isinstance(decide, ArrivalSheet)
    decide.decide(True, every=True)
    decide.verb.click()
    quiet(window)
    again.verb.click()
    quiet(window)
    with at_province(office) as province, at_cluster(province, "k01") as desk:
        cell = ("k01_1", "I.1", "department", None)
        entry = desk.workspace.one(books.ENTRIES, *cell, period=desk.period)
    assert entry is not None
    assert entry.points == 35


def test_what_was_taken_in_last_is_taken_back_later_too(
    page: ProvincePage, window: Window, mail: Path, office: Path, quiet: Quiet
) -> None:
    page.arrivals.look_at(mail / "cum 1" / "cum-1.bvg")
    quiet(window)
    page.arrivals.shown.verb.click()  # type: ignore[union-attr]
    quiet(window)
    page.open_folder(office)
    quiet(window)
    assert not page.taken.isVisible()
    page.overview.back.click()
    quiet(window)
    question = QApplication.activeModalWidget()
    assert question is not None
    buttons = {one.text(): one for one in question.findChildren(QPushButton)}
    buttons["Hoàn tác lần nhận này"].click()
    quiet(window)
    assert page.sentence.whole_text() == "Năm 2026: 0/3 cụm, khối đã gửi; 3 chưa gửi."
    said: list[str] = []
    window.notices.said.connect(said.append)
    page.overview.back.click()
    quiet(window)
    assert said[-1].startswith(
        "Việc cuối cùng trong sổ của Cụm thi đua số 1 không phải là nhận gói"
    )


def test_a_folder_without_packages_is_said_and_nothing_opens(
    page: ProvincePage, window: Window, tmp_path: Path
) -> None:
    (tmp_path / "trong").mkdir()
    said: list[str] = []
    window.notices.said.connect(said.append)
    page.arrivals.receive_folder(tmp_path / "trong")
    assert said == ["Thư mục “trong” không có gói dữ liệu nào."]
    assert QApplication.activeModalWidget() is None


def test_the_year_is_chosen_in_the_heading_and_a_cluster_opens_in_that_year(
    page: ProvincePage, window: Window, mail: Path, office: Path, quiet: Quiet
) -> None:
    assert not page.year.isVisible()
    with at_province(office) as province:
        later, _ = open_year(province.desk.workspace, "Trần Sở", year_record("2027"))
        trust(province, "Trưởng cụm số 1", key(1))
        assert later.period == "2027"
    page.open_folder(office)
    quiet(window)
    assert page.year.isVisible()
    assert page.sentence.whole_text() == "Năm 2027: 0/0 cụm, khối đã gửi."
    assert page.overview.empty.isVisible()
    assert not page.overview.table.isVisible()
    page.year.setCurrentIndex(page.year.findData("2026"))
    page.year.activated.emit(page.year.currentIndex())
    quiet(window)
    assert page.sentence.whole_text() == "Năm 2026: 0/3 cụm, khối đã gửi; 3 chưa gửi."
    page.arrivals.look_at(mail / "cum 1" / "cum-1.bvg")
    quiet(window)
    page.arrivals.shown.verb.click()  # type: ignore[union-attr]
    quiet(window)
    with at_province(office, period="2026") as province, at_cluster(province, "k01") as desk:
        open_year(desk.workspace, "Trần Sở", year_record("2027"))
    page.overview.open.click()
    quiet(window)
    assert window.session.year is not None
    assert window.session.year.id == "2026"
