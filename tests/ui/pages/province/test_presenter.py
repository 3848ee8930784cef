"""What the page Toàn tỉnh knows and does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.ground.findings import UserError
from app.operations.province.folder import is_province
from app.operations.province.view import ProvinceView
from app.persistence.workspace import Workspace
from app.scoring.province_comparison import Comparison
from tests.app.operations.province.worlds import OFFICER
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.comparing import inflation_rows, strictness_rows
from ui.pages.province.presenter.rows import (
    award_rows,
    cluster_rows,
    flag_facts,
    provisional_words,
    result_rows,
    standing_rows,
    state_sentence,
)
from ui.pages.province.presenter.settings import Settings, clusters_of
from ui.preferences import Preferences
from ui.runner import AtOnce, Progress
from ui.session import Session


def raising(fault: Exception) -> None:
    raise fault


@pytest.fixture
def make(tmp_path: Path, session: Session) -> Callable[[], ProvinceBook]:
    return lambda: ProvinceBook(session, AtOnce(), Preferences(tmp_path / "cau-hinh"), raising)


def nothing(_answer: object = None) -> None:
    """Nobody looks."""


# ---------------------------------------------------------------------- the folder


def test_the_folder_is_remembered_and_an_inner_one_means_it_too(
    make: Callable[[], ProvinceBook], folder: Path
) -> None:
    book = make()
    assert book.folder is None
    book.choose(folder / "cum" / "k01")
    assert book.folder == folder
    assert make().folder == folder
    book.leave()
    assert make().folder is None


def test_a_folder_that_is_none_is_said_and_not_fatal(
    make: Callable[[], ProvinceBook], tmp_path: Path
) -> None:
    book = make()
    book.choose(tmp_path)
    book.look(nothing)
    assert book.view is None
    assert [f.code for f in book.refusal] == ["province_not_found"]
    assert not book.at_work


def test_a_new_folder_is_made_with_its_clusters_and_read_at_once(
    make: Callable[[], ProvinceBook], tmp_path: Path
) -> None:
    book, place = make(), tmp_path / "moi"
    names = ["Khối Nội chính", "Cụm thi đua số 1", "Cụm thi đua số 1"]
    Settings(book, AtOnce()).create(place, OFFICER, "2026", names, nothing)
    assert is_province(place)
    book.look(nothing)
    assert book.view is not None
    assert [row.name for row in cluster_rows(book.view)] == names
    assert state_sentence(book.view) == "Năm 2026: 0/3 cụm, khối đã gửi; 3 chưa gửi."


def test_ids_of_clusters_are_made_from_their_names_in_their_order() -> None:
    found = clusters_of(["Khối Đảng, đoàn thể", "Khối Đảng đoàn thể", "???"], ["k01", "k04-cum"])
    assert [one.id for one in found] == ["k03-khoi-dang-doan-the", "k05-khoi-dang-doan-the", "k06"]


def test_the_workspace_that_is_open_in_the_window_is_read_too(
    make: Callable[[], ProvinceBook], folder: Path, session: Session
) -> None:
    session.open(folder / "cum" / "k01")
    book = make()
    book.choose(folder)
    book.look(nothing)
    assert book.view is not None
    assert [row.stage for row in cluster_rows(book.view)] == ["Đã gửi", "Đã gửi", "Chưa gửi"]
    assert book.holds(folder / "cum" / "k01")
    assert session.workspace is not None
    assert session.units


def test_a_folder_that_somebody_else_has_open_is_said(
    make: Callable[[], ProvinceBook], folder: Path
) -> None:
    book = make()
    book.choose(folder)
    with Workspace.open(folder / "so-tinh"):
        book.look(nothing)
    assert [f.code for f in book.refusal] == ["workspace_in_use"]
    book.look(nothing)
    assert book.refusal == ()
    assert book.view is not None


# ---------------------------------------------------------------------- what is shown


def test_clusters_are_counted_by_how_far_they_came(view: ProvinceView) -> None:
    assert state_sentence(view) == "Năm 2026: 2/3 cụm, khối đã gửi; 1 chưa gửi."
    rows = cluster_rows(view)
    assert [(row.units, row.result) for row in rows] == [
        (8, "Tạm tính"),
        (8, "Tạm tính"),
        (None, "–"),
    ]
    assert [row.agreement for row in rows] == ["–", "–", "–"]
    assert rows[0].told[0] == "Kết quả còn tạm tính:"
    assert not rows[2].there


def test_units_stand_cluster_by_cluster_in_the_order_of_ranks(view: ProvinceView) -> None:
    """Cluster 1, unit n: 40 - n + 30 + 20 - n % 5 + 10, so 98 for the first, 96 for the second."""
    rows = result_rows(view)
    assert len(rows) == 16
    assert [(r.unit, r.rank, r.total) for r in rows[:2]] == [
        ("k01_1", 1, "98,00"),
        ("k01_2", 2, "96,00"),
    ]
    assert rows[0].awards == "Khen co_tinh"
    assert {row.cluster for row in result_rows(view, "k02")} == {"k02"}
    assert "không so với nhau. 2 cụm, khối còn tạm tính." in provisional_words(view)


def test_who_stands_at_an_award_may_be_narrowed_to_the_reserve(view: ProvinceView) -> None:
    found = {row.award: row for row in award_rows(view)}
    assert (found["co_tinh"].places, found["co_tinh"].proposed, found["co_tinh"].over) == (
        "2",
        2,
        0,
    )
    reserve = standing_rows(view, "co_tinh", "reserve")
    assert [row.state for row in reserve] == ["Dự phòng", "Dự phòng"]
    assert reserve[0].unit == "k01_2"


def test_the_flag_says_its_base_its_share_and_that_nobody_was_chosen(view: ProvinceView) -> None:
    """20 % of the two proposed units are 0,4: no flag."""
    facts = flag_facts(view)
    assert facts is not None
    assert facts.words == (
        "Tối đa 0 cờ: 20% của 2 đơn vị được đề nghị Khen co_tinh là 0,4, bỏ phần lẻ."
    )
    assert facts.chosen == "Hội đồng chưa lựa chọn đơn vị nào."
    assert [row.unit for row in facts.candidates] == ["k01_1", "k02_1"]


def test_a_reading_that_breaks_is_not_begun_again_by_itself(
    make: Callable[[], ProvinceBook], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_words: object, **_named: object) -> ProvinceView:
        raise ZeroDivisionError

    monkeypatch.setattr("app.operations.province.view.gather", broken)
    book = make()
    book.choose(folder)
    heard: list[None] = []
    with pytest.raises(ZeroDivisionError):
        book.look(lambda: heard.append(None))
    assert heard == []
    assert not book.at_work


class Later:
    """A runner that works when it is told to."""

    def __init__(self) -> None:
        self.works: list[Callable[[], None]] = []

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        self.works.append(lambda: AtOnce().run(title, work, done, failed, quiet=quiet))

    def go_on(self) -> int:
        """Works until nothing is left; how many works there were."""
        count = 0
        while self.works:
            self.works.pop(0)()
            count += 1
        return count


def test_whatever_is_asked_while_the_folder_is_open_comes_in_its_turn(
    session: Session, tmp_path: Path, folder: Path
) -> None:
    """One reading goes on; two looks, a question and an act are asked for: the looks are one."""
    runner = Later()
    book = ProvinceBook(session, runner, Preferences(tmp_path / "cau-hinh"), raising)
    book.choose(folder)
    heard: list[str] = []
    book.look(lambda: heard.append("đọc"))
    assert book.at_work
    book.look(lambda: heard.append("bỏ"))
    book.read("Hỏi", lambda desk, _progress: desk.desk.period, heard.append)
    Settings(book, runner).set_last_day(
        dt.date(2026, 1, 5), None, lambda _done: heard.append("đặt")
    )
    book.look(lambda: heard.append("đọc lại"))
    assert runner.go_on() == 4
    assert heard == ["đọc", "2026", "đặt", "đọc lại"]
    assert not book.at_work


# ---------------------------------------------------------------------- acting


@pytest.fixture
def book(make: Callable[[], ProvinceBook], folder: Path) -> ProvinceBook:
    made = make()
    made.choose(folder)
    made.look(nothing)
    return made


def test_a_day_that_is_over_makes_late_who_has_not_sent(book: ProvinceBook) -> None:
    said: list[str] = []
    Settings(book, AtOnce()).set_last_day(
        dt.date(2026, 1, 5), None, lambda done: said.append(done.sentence)
    )
    assert book.view is not None
    assert state_sentence(book.view) == "Năm 2026: 2/3 cụm, khối đã gửi; 1 trễ hạn."
    assert "05/01/2026" in said[0]


def test_a_quota_and_the_base_of_the_flag_are_set_and_taken_back(book: ProvinceBook) -> None:
    assert book.view is not None
    flag = book.view.province.awards()[0]
    Settings(book, AtOnce()).set_quota(flag, 1, nothing)
    assert [row.over for row in award_rows(book.view)] == [1, 0, 0]
    Settings(book, AtOnce()).set_flag_base(17, "Công văn số 12", nothing)
    facts = flag_facts(book.view)
    assert facts is not None
    assert facts.words.startswith("Tối đa 3 cờ: 20% của cơ số 17 do Sở đặt (2 đơn vị được đề nghị")
    assert facts.is_set
    Settings(book, AtOnce()).set_flag_base(None, "", nothing)
    facts = flag_facts(book.view)
    assert facts is not None
    assert (facts.base, facts.is_set) == (2, False)


def test_further_clusters_are_listed_and_a_fault_leaves_the_folder_free(
    book: ProvinceBook,
) -> None:
    Settings(book, AtOnce()).add_clusters(["Cụm mới"], nothing)
    assert book.view is not None
    assert [line.cluster.id for line in book.view.lines] == ["k01", "k02", "k03", "k04-cum-moi"]
    flag = book.view.province.awards()[0]
    with pytest.raises(UserError):
        Settings(book, AtOnce()).set_quota(flag, -1, nothing)
    assert not book.at_work


def test_the_riskiest_cells_come_with_their_reasons_and_of_one_cluster(book: ProvinceBook) -> None:
    found: list[object] = []
    book.risk("k02", False, found.extend)
    assert len(found) == 8 * 4
    assert {row.cluster.key for row in found} == {"k02"}  # type: ignore[attr-defined]
    assert all(row.line.reasons for row in found)  # type: ignore[attr-defined]


def test_self_scores_that_nobody_scored_again_say_nothing_of_strictness(
    book: ProvinceBook,
) -> None:
    found: list[Comparison] = []
    book.comparison(found.append)
    assert [row.by_cluster for row in strictness_rows(found[0])] == ["–", "–"]
    assert inflation_rows(found[0]) == ()


def test_the_papers_of_the_department_are_written_beside_what_is_there(
    book: ProvinceBook, tmp_path: Path
) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (place / "bang-toan-tinh.pdf").write_text("của người khác")
    book.write(place, nothing)
    names = {file.name for file in place.iterdir()}
    assert {"bang-toan-tinh (2).pdf", "bang-toan-tinh.xlsx"} <= names
    assert (place / "bang-toan-tinh.pdf").read_text() == "của người khác"
    assert not book.at_work
