"""What the page of the ballots knows (two units level at 90 for one flag, worked by hand)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.ground.findings import UserError
from app.operations.workspace_lifecycle import create_workspace
from tests.app.operations.workspace import hall
from ui.pages.ballots.presenter import BallotsPresenter
from ui.runner import AtOnce
from ui.session import Session
from ui.theme.tokens import Tone

POINTS = {"a": 90, "b": 90, "c": 80}
Hall = Callable[..., BallotsPresenter]


@pytest.fixture
def faults() -> list[Exception]:
    return []


@pytest.fixture
def at_hall(session: Session, tmp_path: Path, faults: list[Exception]) -> Hall:
    def go(points: Mapping[str, int] = POINTS, table: Any = None) -> BallotsPresenter:
        workspace = create_workspace(tmp_path / "so", hall.COUNTER)
        hall.meet(workspace, points, table)
        session.adopt(workspace, hall.COUNTER)
        return BallotsPresenter(session, AtOnce(), faults.append)

    return go


def opened(presenter: BallotsPresenter) -> str:
    made: list[str] = []
    presenter.open_due(presenter.due()[0], hall.DAY, "Ba, Tư", made.append)
    return made[0]


def test_a_tie_at_the_cut_is_due_with_its_units_points_and_places(at_hall: Hall) -> None:
    (due,) = at_hall().due()
    assert due.words == "Khen co, Cụm k1, lần 1: chọn 1 trong Sở A (90,00 điểm), Sở B (90,00 điểm)"


def test_nothing_is_due_without_a_tie_and_while_its_ballot_is_open(at_hall: Hall) -> None:
    presenter = at_hall()
    opened(presenter)
    assert presenter.due() == ()
    assert presenter.sentence() == "Không có việc nào phải bỏ phiếu lúc này · 1 phiếu đang mở"


def test_papers_that_contradict_are_told_before_all_numbers_are_there(at_hall: Hall) -> None:
    presenter = at_hall()
    ballot = opened(presenter)
    told = presenter.reconciliation(ballot, {"present": "10", "issued": "12"})
    assert not told.holds
    assert told.sentences[0] == "Số phiếu phát ra lớn hơn số người có mặt (12 > 10)."
    assert told.sentences[1].startswith("Còn 7 con số chưa ghi.")


def test_a_count_that_adds_up_may_be_closed_and_then_waits_for_the_second_person(
    at_hall: Hall,
) -> None:
    presenter = at_hall()
    ballot = opened(presenter)
    row = hall.numbers({"a": 6, "b": 4})
    assert presenter.reconciliation(ballot, row).holds
    presenter.count(ballot, row, lambda _done: None)
    detail = presenter.detail(ballot)
    assert detail is not None
    assert detail.may_confirm
    assert not detail.may_count
    assert "Được chọn: Sở A." in detail.lines
    assert detail.row.stage == "Đã kiểm, chờ xác nhận"


def test_the_second_person_cannot_change_and_not_be_the_first(
    at_hall: Hall, faults: list[Exception]
) -> None:
    presenter = at_hall()
    ballot = opened(presenter)
    presenter.count(ballot, hall.numbers({"a": 6, "b": 4}), lambda _done: None)
    presenter.confirm(ballot, hall.SECOND, hall.numbers({"a": 5, "b": 5}), lambda _done: None)
    presenter.confirm(ballot, hall.COUNTER, hall.numbers({"a": 6, "b": 4}), lambda _done: None)
    codes = [f.findings[0].code for f in faults if isinstance(f, UserError)]
    assert codes == ["ballot_counts_differ", "ballot_same_person"]
    presenter.confirm(ballot, hall.SECOND, hall.numbers({"a": 6, "b": 4}), lambda _done: None)
    detail = presenter.detail(ballot)
    assert detail is not None
    assert detail.row.stage == "Đã xác nhận"


def test_level_votes_name_the_next_vote_and_after_the_last_the_authority(at_hall: Hall) -> None:
    presenter = at_hall()
    for time, then in ((1, "Bước tiếp theo: bỏ phiếu lần 2."), (2, "Hội đồng quyết định")):
        ballot = opened(presenter)
        presenter.count(ballot, hall.numbers({"a": 5, "b": 5}), lambda _done: None)
        detail = presenter.detail(ballot)
        assert detail is not None
        assert detail.row.vote == time
        assert then in detail.next_step
    assert presenter.due() == ()
    assert [row.status for row in presenter.rows()][1].endswith("đã có lần sau")


def test_a_ballot_is_void_once_a_total_changes_and_says_whose(
    at_hall: Hall, session: Session
) -> None:
    presenter = at_hall()
    ballot = opened(presenter)
    presenter.count(ballot, hall.numbers({"a": 6, "b": 4}), lambda _done: None)
    hall.rescore(session.desk, b=89)
    session.work_out_result()
    detail = presenter.detail(ballot)
    assert detail is not None
    assert detail.row.tone is Tone.ERROR
    assert "điểm của Sở B đã thay đổi từ 90" in detail.why.lower().replace("sở b", "Sở B")
    assert not detail.may_confirm


def test_taking_back_is_told_first_and_keeps_the_sheet(at_hall: Hall) -> None:
    presenter = at_hall()
    ballot = opened(presenter)
    presenter.count(ballot, hall.numbers({"a": 6, "b": 4}), lambda _done: None)
    plans: list[Any] = []
    presenter.cancel(ballot, "nhầm biên bản", plans.append)
    _title, told = presenter.told(plans[0])
    assert any(words.startswith("Sở A, Khen co: đề nghị → chờ phân định") for words in told)
    presenter.acts.carry_out(plans[0], lambda _done: None)
    (row,) = presenter.rows()
    assert row.status == "Đã hủy"


def test_next_years_leader_can_be_voted_on_without_a_tie(at_hall: Hall) -> None:
    presenter = at_hall({"a": 95, "b": 90, "c": 80})
    made: list[str] = []
    values = {"on": dt.date(2026, 12, 20), "tellers": "", "places": 1}
    presenter.open_general("leader", values, made.append)
    detail = presenter.detail(made[0])
    assert detail is not None
    assert detail.subject == "Cụm k1. Chọn 1 trong 3: Sở A, Sở B, Sở C."


def test_without_a_table_nothing_can_be_done(session: Session, faults: list[Exception]) -> None:
    presenter = BallotsPresenter(session, AtOnce(), faults.append)
    assert presenter.rows() == ()
    assert presenter.due() == ()
    assert not presenter.may_write


def test_a_result_that_was_written_without_a_sheet_is_listed_and_can_be_taken_out(
    open_session: Session, faults: list[Exception]
) -> None:
    presenter = BallotsPresenter(open_session, AtOnce(), faults.append)
    (row,) = presenter.rows()
    assert row.stage == "Ghi thẳng vào sổ"
    detail = presenter.detail(row.id)
    assert detail is not None
    assert detail.may_remove
    assert "Được chọn: Tòa án nhân dân tỉnh." in detail.lines
    presenter.remove(row.id, lambda _done: None)
    assert presenter.rows() == ()
    (due,) = presenter.due()
    assert due.purpose == "tie"


def test_an_award_that_needs_a_ballot_is_due_and_decided_by_approval(at_hall: Hall) -> None:
    table = hall.tree(
        base=hall.rows(needs_ballot=True),
        ballots=[
            hall.RULE,
            {"purpose": "award", "form": "approve", "percent": 50, "base": "members"},
        ],
    )
    presenter = at_hall({"a": 95, "b": 90, "c": 80}, table)
    (due,) = presenter.due()
    assert due.words == "Khen co, Cụm k1: xét Sở A"
    ballot = opened(presenter)
    detail = presenter.detail(ballot)
    assert detail is not None
    assert [column.words for column in detail.columns][:2] == ["Đồng ý", "Không đồng ý"]
    assert detail.rule == "Cần ít nhất 50 % tổng số thành viên."
    row = {**hall.numbers({"a": 6}, valid=10), "against": {"a": 4}}
    presenter.count(ballot, row, lambda _done: None)
    detail = presenter.detail(ballot)
    assert detail is not None
    assert "Được chọn: Sở A." in detail.lines
    assert any("(10), tức 5 phiếu" in words for words in detail.lines)


def test_the_points_of_several_clusters_are_voted_on_apart(
    session: Session, tmp_path: Path, faults: list[Exception]
) -> None:
    workspace = create_workspace(tmp_path / "so", hall.COUNTER)
    points = {"a": 90, "b": 90, "e": 80, "f": 80}
    hall.meet(workspace, points, clusters={"e": "k2", "f": "k2"})
    session.adopt(workspace, hall.COUNTER)
    presenter = BallotsPresenter(session, AtOnce(), faults.append)
    first, second = presenter.due()
    assert (first.cluster, second.cluster) == ("k1", "k2")
    made: list[str] = []
    presenter.open_due(second, hall.DAY, "", made.append)
    assert presenter.due() == (first,)
