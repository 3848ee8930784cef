"""Packages that come to the department through the page."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.ground.findings import UserError
from app.operations.province.folder import at_cluster, at_province
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import return_round
from app.persistence import books
from tests.app.operations.province.post import Leader, judge, key, trust
from tests.app.operations.province.worlds import CLUSTERS, DAY, make_province
from ui.application import Window
from ui.flows.own_key import OwnKey
from ui.pages.province.arrival_sheet import ArrivalSheet
from ui.pages.province.page import ProvincePage
from ui.pages.province.presenter.arriving import Arriving, DifferenceRow, Need, Seen, Share
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.rows import cluster_rows, state_sentence
from ui.places import PageId, Place
from ui.preferences import Preferences
from ui.runner import AtOnce
from ui.session import Session
from ui.widgets.form import FormSheet


@pytest.fixture
def leader(tmp_path: Path, small: Path) -> Generator[Leader]:
    """The leader of the first cluster."""
    made = Leader.of(1, small / "cum" / "k01", tmp_path)
    yield made
    made.workspace.close(backup=False)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The department before anything has arrived."""
    return make_province(tmp_path / "so", CLUSTERS[:2])


def nothing(_done: object) -> None:
    """Nobody listens."""


def raising(fault: Exception) -> None:
    raise fault


@pytest.fixture
def book(session: Session, tmp_path: Path, empty: Path) -> ProvinceBook:
    made = ProvinceBook(session, AtOnce(), Preferences(tmp_path / "cau-hinh"), raising)
    made.choose(empty)
    made.look(lambda: None)
    return made


@pytest.fixture
def arriving(book: ProvinceBook, tmp_path: Path) -> Arriving:
    return Arriving(book, OwnKey(AtOnce(), Preferences(tmp_path / "cau-hinh")))


def looked(arriving: Arriving, file: Path) -> Seen:
    found: list[Seen] = []
    arriving.look_at(file, found.append)
    return found[0]


def test_a_stranger_is_confirmed_by_the_fingerprint_and_the_first_package_makes_the_workspace(
    book: ProvinceBook, arriving: Arriving, leader: Leader
) -> None:
    seen = looked(arriving, leader.sends().file)
    assert (seen.need, seen.sender) == (Need.SENDER, "Trưởng cụm số 1")
    assert "KHÁC khóa" in arriving.heard_wrong(seen, key(2).public.fingerprint)
    assert arriving.heard_wrong(seen, "12 34") != ""
    found: list[Seen] = []
    arriving.confirm(seen, key(1).public.fingerprint, found.append)
    assert found[0].need is Need.NOTHING
    assert "gói đầu tiên" in found[0].words
    arriving.take([found[0]], nothing)
    assert book.view is not None
    assert state_sentence(book.view) == "Năm 2026: 1/2 cụm, khối đã gửi; 1 chưa gửi."
    row = cluster_rows(book.view)[0]
    assert (row.sent is not None, row.agreement) == (True, "Khớp (20/12/2026)")


@pytest.fixture
def begun(book: ProvinceBook, arriving: Arriving, leader: Leader) -> ProvinceBook:
    """The department, with the leader's first package taken in."""
    found: list[Seen] = []
    arriving.confirm(looked(arriving, leader.sends().file), key(1).public.fingerprint, found.append)
    arriving.take([found[0]], nothing)
    return book


def of_the_cluster(desk: Desk, points: int) -> None:
    """The round comes back, and the cluster's score of one cell is mended."""
    return_round(desk, "cluster", ["k01_1"], DAY, "Số liệu chưa khớp")
    enter_scores(
        desk, [TypedCell("k01_1", "II.2", "cluster", points=str(points), reason="đối chiếu")]
    )


def kept(book: ProvinceBook) -> int:
    """What the department has for that cell now."""
    assert book.folder is not None
    with at_province(book.folder) as province, at_cluster(province, "k01") as desk:
        entry = desk.workspace.one(
            books.ENTRIES, "k01_1", "II.2", "cluster", None, period=desk.period
        )
        assert entry is not None
        assert entry.points is not None
        return int(entry.points)


@pytest.mark.parametrize(("theirs", "points"), [(False, 7), (True, 8)])
def test_what_both_sides_changed_is_decided_cell_by_cell(
    begun: ProvinceBook, arriving: Arriving, leader: Leader, theirs: bool, points: int
) -> None:
    assert begun.folder is not None
    with at_province(begun.folder) as province, at_cluster(province, "k01") as desk:
        of_the_cluster(desk, 7)
    of_the_cluster(leader.desk, 8)
    seen = looked(arriving, leader.sends(hour=9).file)
    (conflict,) = seen.of(Share.CONFLICT)
    assert (conflict.ours, conflict.theirs) == ("7", "8")
    with pytest.raises(UserError):
        arriving.take([seen], nothing)
    assert kept(begun) == 7
    arriving.take([replace(seen, decisions={conflict.name: theirs})], nothing)
    assert kept(begun) == points


@pytest.mark.usefixtures("begun")
def test_the_same_package_again_changes_nothing(arriving: Arriving, leader: Leader) -> None:
    file = next(leader.post.glob("*.bvg")) if leader.post.is_dir() else leader.post
    said: list[str] = []
    seen = looked(arriving, file)
    assert seen.rows == ()
    arriving.take([seen], lambda done: said.append(done.sentence))
    assert said == ["1 gói đã nhận trước đây nên không thay đổi gì."]


def test_what_the_department_scored_differs_from_the_package(
    begun: ProvinceBook,
) -> None:
    assert begun.folder is not None
    with at_province(begun.folder) as province, at_cluster(province, "k01") as desk:
        for unit in desk.units:
            judge(desk, unit, "I.1", 30)
    begun.look(lambda: None)
    assert begun.view is not None
    row = cluster_rows(begun.view)[0]
    assert (row.agreement, row.differs) == ("Khác (20/12/2026)", True)


def test_a_file_that_is_no_package_is_refused_in_words(arriving: Arriving, tmp_path: Path) -> None:
    file = tmp_path / "la.bvg"
    file.write_bytes(b"khong phai goi")
    seen = looked(arriving, file)
    assert seen.need is Need.REFUSED
    assert seen.problems


def test_a_package_of_an_unlisted_cluster_asks_whose_it_is(
    window: Window, tmp_path: Path, leader: Leader, quiet: Callable[[Window], None]
) -> None:
    other = make_province(tmp_path / "khac", CLUSTERS[1:3])
    with at_province(other) as province:
        trust(province, leader.name, key(1))
    file = leader.sends().file
    window.frame.go(Place(PageId.PROVINCE))
    page = window.frame.page
    assert isinstance(page, ProvincePage)
    page.open_folder(other)
    quiet(window)
    page.arrivals.look_at(file)
    quiet(window)
    sheet = page.arrivals.shown
    assert isinstance(sheet, FormSheet)
    sheet.verb.click()
    assert sheet.isVisible(), "nothing is chosen for the officer"
    box = sheet.form.editor("cluster")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("k03"))
    sheet.verb.click()
    quiet(window)
    arrival = page.arrivals.shown
    assert isinstance(arrival, ArrivalSheet)
    arrival.close()
    quiet(window)
    assert page.sentence.whole_text() == "Năm 2026: 0/2 cụm, khối đã gửi; 2 chưa gửi."


def test_the_sheet_takes_nothing_before_every_conflict_is_decided(window: Window) -> None:
    rows = tuple(
        DifferenceRow(name, share, f"Ô {name}", "7", "8", f"Ô {name}: 7 thành 8.")
        for name, share in (("a", Share.CONFLICT), ("b", Share.CONFLICT), ("c", Share.CHANGE))
    )
    seen = Seen(Path("goi.bvg"), Need.NOTHING, "Gói nguyên vẹn.", "Trưởng cụm", rows=rows)
    taken: list[Mapping[str, bool]] = []
    sheet = ArrivalSheet(
        window.context, window.frame, seen, lambda said: taken.append(said.decisions)
    )
    sheet.show_over()
    assert not sheet.verb.isEnabled()
    assert sheet.whole.text() == "Ô a: 7 thành 8."
    sheet.decide(True, every=True)
    assert sheet.verb.isEnabled()
    sheet.decide(False, every=False)
    sheet.verb.click()
    assert taken == [{"a": False, "b": True}]


def test_the_sheets_lead_from_the_file_to_the_cluster_s_workspace(
    window: Window, empty: Path, leader: Leader, quiet: Callable[[Window], None]
) -> None:
    file = leader.sends().file
    window.frame.go(Place(PageId.PROVINCE))
    page = window.frame.page
    assert isinstance(page, ProvincePage)
    page.open_folder(empty)
    quiet(window)
    page.arrivals.look_at(file)
    quiet(window)
    sheet = page.arrivals.shown
    assert isinstance(sheet, FormSheet)
    heard = sheet.form.editor("heard")
    assert isinstance(heard, QLineEdit)
    heard.setText(key(2).public.fingerprint)
    sheet.verb.click()
    assert sheet.isVisible(), "another key is not confirmed"
    heard.setText(key(1).public.fingerprint)
    sheet.verb.click()
    quiet(window)
    arrival = page.arrivals.shown
    assert isinstance(arrival, ArrivalSheet)
    arrival.verb.click()
    quiet(window)
    assert page.sentence.whole_text() == "Năm 2026: 1/2 cụm, khối đã gửi; 1 chưa gửi."
    assert page.overview.open.isEnabled()
