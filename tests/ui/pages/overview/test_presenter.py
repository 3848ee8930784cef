"""What the overview knows: the next step, who stands where, deadlines in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.conference import Candidate
from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.ballots import open_ballot
from app.operations.workspace.deadlines import adopt_deadlines
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.explanations import ask_explanation
from app.operations.workspace.members import add_clusters, add_units, leave_unit
from app.operations.workspace.records import record
from app.operations.workspace.rounds import return_round, seal_round, submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import close_year, open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence import books
from ui.pages.overview.facts import OwnAct, View
from ui.pages.overview.matrix import days_words
from ui.pages.overview.presenter import OverviewPresenter
from ui.pages.overview.reading import short_head
from ui.places import PageId, Place
from ui.runner import AtOnce
from ui.session import Session
from ui.theme.tokens import Tone

DAY = dt.date(2019, 12, 10)
NAME = "Nguyễn Thị Hoa"
Empty = Callable[[str], Session]


@pytest.fixture
def empty_year(tmp_path: Path) -> Iterator[Empty]:
    """Opens a session at a year without anything in it."""
    opened: list[Session] = []

    def make(year: str) -> Session:
        workspace = create_workspace(tmp_path / f"so-{year}", NAME)
        change_setting(workspace, NAME, OFFICER, NAME)
        open_year(workspace, NAME, year_record(year))
        session = Session(AtOnce())
        session.adopt(workspace)
        opened.append(session)
        return session

    yield make
    for session in opened:
        session.close()


def presenter_at(session: Session, day: dt.date = DAY) -> OverviewPresenter:
    return OverviewPresenter(session, AtOnce(), lambda: day)


def view_of(session: Session, day: dt.date = DAY) -> View:
    presenter = presenter_at(session, day)
    presenter.look(lambda _view: None)
    assert presenter.view is not None
    return presenter.view


def submit(session: Session, round_id: str, *units: str) -> None:
    session.act(lambda desk: submit_round(desk, round_id, units or None, DAY))


# ------------------------------------------------------------------ the next step


def test_a_year_that_was_taken_in_waits_for_the_first_round(open_session: Session) -> None:
    card = view_of(open_session).card
    assert card.title == "Tự chấm điểm"
    assert card.sentence == "Chưa đơn vị nào nộp."
    assert card.place is not None
    assert (card.place.page, card.place.round) == (PageId.SCORES, "self")


def test_it_names_those_that_have_not_handed_in(open_session: Session) -> None:
    others = [u for u in open_session.units if u not in ("toa_an", "thanh_tra")]
    submit(open_session, "self", *others)
    view = view_of(open_session)
    assert "Còn 2 đơn vị chưa nộp" in view.card.sentence
    assert "Tòa án nhân dân tỉnh" in view.card.sentence
    gap = next(gap for gap in view.gaps if gap.what == "Tự chấm điểm")
    assert set(gap.names) == {"Tòa án nhân dân tỉnh", "Thanh tra tỉnh"}


def test_an_empty_year_begins_with_its_units(empty_year: Empty) -> None:
    view = view_of(empty_year("2026"))
    assert view.card.verb == "Thêm đơn vị"
    assert view.card.place == Place(PageId.UNITS)
    assert [start.verb for start in view.starts][:1] == ["Thêm đơn vị"]
    assert {start.place.page for start in view.starts} == {PageId.UNITS, PageId.CRITERIA}
    assert (view.rows, view.ranking, view.deadlines) == ((), (), ())


def test_a_year_without_a_table_asks_for_one(empty_year: Empty) -> None:
    session = empty_year("2026")
    session.act(lambda desk: add_clusters(desk, [Cluster("k1", "Cụm 1")]))
    unit = Unit("u1", "Sở Một", "k1", frozenset({"leader"}))
    session.act(lambda desk: add_units(desk, [unit]))
    view = view_of(session)
    assert view.card.sentence == "Năm này chưa có bảng tiêu chí."
    assert view.card.place == Place(PageId.CRITERIA)
    assert view.rows[0].rounds == ()


def test_all_rounds_handed_in_leave_the_ranking_and_the_closing(open_session: Session) -> None:
    for name in ("self", "cluster", "department"):
        submit(open_session, name)
    card = view_of(open_session).card
    assert card.title == "Hội nghị tổng kết"
    assert card.act is OwnAct.SUMMARY


def test_a_ballot_that_stands_about_leads_to_the_page_of_closing(open_session: Session) -> None:
    for name in ("self", "cluster", "department"):
        submit(open_session, name)
    open_session.act(lambda desk: seal_round(desk, "department", None, DAY))
    who = [Candidate("toa_an"), Candidate("cong_an")]
    open_session.act(
        lambda desk: open_ballot(desk, "free", DAY, candidates=who, title="Tiêu biểu")[1]
    )
    steps = {step.id: step for step in view_of(open_session).steps}
    assert "Phiếu bầu p1 chưa kiểm phiếu" in steps["closing"].missing
    assert steps["closing"].place == Place(PageId.CLOSING)


def test_a_noted_conference_is_a_step_done(open_session: Session) -> None:
    presenter = presenter_at(open_session)
    presenter.look(lambda _view: None)
    presenter.note_conference(OwnAct.SUMMARY, {"date": DAY, "place": "Hội trường"})
    presenter.look(lambda _view: None)
    assert presenter.view is not None
    states = {step.id: step.state for step in presenter.view.steps}
    assert states["conference"] == "đã xong"


def test_a_closed_year_says_so_and_offers_only_to_open_it_again(open_session: Session) -> None:
    for name in ("self", "cluster", "department"):
        submit(open_session, name)
    open_session.act(lambda desk: seal_round(desk, "department", None, DAY))
    presenter = presenter_at(open_session)
    presenter.look(lambda _view: None)
    assert "Hội nghị tổng kết" in presenter.closing_words()
    open_session.act(close_year)
    view = view_of(open_session)
    assert view.card.title == "Năm thi đua 2019 đã khóa sổ"
    assert view.card.act is OwnAct.REOPEN
    assert (view.gaps, view.starts, view.may_write) == ((), (), False)
    presenter.reopen_year("Công văn 12/SNV ngày 05/01/2020")
    assert view_of(open_session).may_write


# ------------------------------------------------------------------ the matrix


def test_cells_say_stage_day_and_what_is_open(open_session: Session) -> None:
    submit(open_session, "self", "toa_an", "thanh_tra")
    open_session.act(lambda desk: return_round(desk, "self", ["thanh_tra"], DAY, "thiếu số liệu"))
    rows = {row.unit: row for row in view_of(open_session).rows}
    assert rows["toa_an"].rounds[0].words == "Đã nộp 10/12/2019"
    assert rows["thanh_tra"].rounds[0].words == "Trả lại 10/12/2019"
    assert "thiếu số liệu" in rows["thanh_tra"].rounds[0].tip
    assert rows["cong_an"].rounds[0].words == "Đủ ô, chưa nộp"
    assert rows["toa_an"].rounds[0].place == Place(PageId.SCORES, "toa_an", None, "self")


def test_cells_of_other_hands_are_not_open_in_the_self_score(real_folder: Path) -> None:
    session = Session(AtOnce())
    session.open(real_folder)
    words = {row.name: row.rounds[0].words for row in view_of(session).rows}
    assert words["Đơn vị D7"] == "Còn 3 ô"
    assert words["Đơn vị D1"] == "Đủ ô, chưa nộp"
    session.close()


def test_rows_stand_as_in_a_dictionary(open_session: Session) -> None:
    names = [row.name for row in view_of(open_session).rows]
    assert names[:3] == [
        "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
        "Bộ Chỉ huy Quân sự tỉnh",
        "Công an tỉnh",
    ]
    assert names[-2:] == ["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh"]


def test_a_unit_that_left_has_nothing_to_send(open_session: Session) -> None:
    open_session.act(lambda desk: leave_unit(desk, "toa_an", dt.date(2019, 6, 30)))
    rows = {row.unit: row for row in view_of(open_session).rows}
    assert rows["toa_an"].note == "rời từ 30/06/2019"
    assert all("Tòa án nhân dân tỉnh" not in gap.names for gap in view_of(open_session).gaps)


def test_an_overdue_round_is_said_in_the_cell_unless_the_unit_was_put_off(
    open_session: Session,
) -> None:
    row = {"duty": "self", "due": "08/12/2019", "title": "Nộp tự chấm"}
    open_session.act(lambda desk: record(desk, "deadlines", [row]))
    presenter = presenter_at(open_session)
    presenter.look(lambda _view: None)
    assert presenter.view is not None
    (deadline,) = presenter.view.deadlines
    presenter.extend(
        deadline,
        {"unit": "toa_an", "until": DAY, "reason": "bão lũ", "granted_by": "Trưởng khối"},
    )
    rows = {row.unit: row for row in view_of(open_session).rows}
    assert rows["cong_an"].rounds[0].words == "Đủ ô, chưa nộp, quá hạn 2 ngày"
    assert rows["cong_an"].rounds[0].tone is Tone.ERROR
    assert rows["toa_an"].rounds[0].words == "Đủ ô, chưa nộp"
    assert view_of(open_session).card.deadline == "Quá hạn 2 ngày (hạn 08/12/2019)"


# ------------------------------------------------------------------ ranking


def test_the_ranking_shows_who_stands_apart(open_session: Session) -> None:
    rows = {row.unit: row for row in view_of(open_session).ranking}
    assert rows["thanh_tra"].note == "không xét"
    assert rows["thanh_tra"].rank == "–"
    assert rows["toa_an"].rank == "1"
    assert rows["toa_an"].total == "972,95"


def test_nobody_is_ranked_before_anything_is_scored(empty_year: Empty) -> None:
    session = empty_year("2026")
    session.act(lambda desk: adopt_pack(desk, Path("bac-giang-2022-vi-du"))[1])
    clusters = [Cluster("k1", "Cụm 1", "A"), Cluster("k2", "Cụm 2", "B")]
    session.act(lambda desk: add_clusters(desk, clusters))
    units = [Unit(f"u{n}", f"Sở {n}", f"k{1 + n % 2}") for n in range(6)]
    session.act(lambda desk: add_units(desk, units))
    view = view_of(session, dt.date(2026, 7, 31))
    assert view.ranking == ()
    assert view.ranking_title == "Đơn vị dẫn đầu từng cụm, khối"


# ------------------------------------------------------------------ deadlines


@pytest.mark.parametrize(
    ("day", "words"),
    [(15, "còn 5 ngày"), (20, "hạn là hôm nay"), (22, "quá hạn 2 ngày")],
)
def test_days_are_told_in_words(day: int, words: str) -> None:
    assert days_words(dt.date(2026, 12, 20), dt.date(2026, 12, day)) == words


def test_days_of_the_rules_are_told_once_for_all_clusters(empty_year: Empty) -> None:
    session = empty_year("2026")
    session.act(lambda desk: adopt_pack(desk, Path("bac-giang-2022-vi-du"))[1])
    clusters = [Cluster("k1", "Cụm 1", "A"), Cluster("k2", "Cụm 2", "B")]
    session.act(lambda desk: add_clusters(desk, clusters))
    assert view_of(session).rules_have_days
    session.act(adopt_deadlines)
    view = view_of(session, dt.date(2026, 3, 28))
    assert not view.rules_have_days
    register = next(row for row in view.deadlines if row.duty == "dang_ky")
    assert (register.due, register.left) == (dt.date(2026, 3, 30), "còn 2 ngày")
    assert set(register.clusters) == {"k1", "k2"}
    assert register.whose == ""


def test_a_deadline_is_added_changed_and_taken_out(open_session: Session) -> None:
    presenter = presenter_at(open_session)
    presenter.look(lambda _view: None)
    due = dt.date(2019, 12, 20)
    presenter.add_deadline({"duty": "", "title": "Gửi báo cáo", "due": due})
    presenter.add_deadline({"duty": "self", "due": due})
    presenter.look(lambda _view: None)
    assert presenter.view is not None
    rows = {row.title: row for row in presenter.view.deadlines}
    assert set(rows) == {"Gửi báo cáo", "Nộp vòng “Tự chấm điểm”"}
    later = {"title": "Gửi báo cáo năm", "due": dt.date(2019, 12, 31)}
    presenter.change_deadline(rows["Gửi báo cáo"], later)
    presenter.look(lambda _view: None)
    row = next(row for row in presenter.view.deadlines if row.title == "Gửi báo cáo năm")
    assert row.left == "còn 21 ngày"
    presenter.remove_deadline(row)
    desk = open_session.desk
    kept = desk.workspace.read(books.DEADLINES, desk.period)
    assert [deadline.duty for deadline in kept] == ["self"]


def test_a_passed_day_of_a_finished_step_is_done(open_session: Session) -> None:
    row = {"duty": "self", "due": "01/12/2019", "title": "Nộp tự chấm"}
    submit(open_session, "self")
    open_session.act(lambda desk: record(desk, "deadlines", [row]))
    (deadline,) = view_of(open_session).deadlines
    assert (deadline.left, deadline.tone, deadline.pressing) == ("đã xong", Tone.GOOD, False)


# ------------------------------------------------------------------ explanations


def test_what_a_unit_still_owes_an_answer_for_is_listed(open_session: Session) -> None:
    open_session.act(
        lambda desk: ask_explanation(desk, "toa_an", "I.1.1", "self", "Căn cứ nào?", DAY)[1]
    )
    view = view_of(open_session)
    (asked,) = view.asked
    assert asked.words.startswith("Tòa án nhân dân tỉnh, tiêu chí I.1.1: Căn cứ nào?")
    assert asked.place == Place(PageId.SCORES, "toa_an", "I.1.1", "self")
    assert "1 yêu cầu giải trình chưa trả lời" in view.sentence


def test_long_titles_of_rounds_make_short_heads() -> None:
    assert short_head("Khối xác định điểm (Trưởng khối, Phó Trưởng khối)") == "Khối xác định điểm"
    assert short_head("Thống nhất với Ban Thi đua - Khen thưởng") == "Thống nhất với…"
