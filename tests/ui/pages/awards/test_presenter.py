"""What the page of the awards knows (one flag, one certificate below it; worked by hand)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.ground.findings import UserError
from app.operations.workspace.awards import Ruling, plan_barred_after, plan_withdrawn
from app.operations.workspace.decisions import plan_decision
from app.operations.workspace.eligibility import plan_case, plan_cleared, plan_condition
from app.operations.workspace_lifecycle import create_workspace
from tests.app.operations.workspace import hall
from ui.pages.awards.facts import AwardView, CheckRow, LineRow, Make
from ui.pages.awards.presenter import AwardsPresenter
from ui.runner import AtOnce
from ui.session import Session

POINTS = {"a": 95, "b": 90, "c": 85, "d": 80}
Hall = Callable[..., AwardsPresenter]
RULING = Ruling("Hội đồng", "30/BB", hall.LATER, "passed_on", "theo văn bản")


@pytest.fixture
def faults() -> list[Exception]:
    return []


@pytest.fixture
def at_hall(session: Session, tmp_path: Path, faults: list[Exception]) -> Hall:
    def go(points: Mapping[str, int] = POINTS, *, sealed: bool = True) -> AwardsPresenter:
        workspace = create_workspace(tmp_path / "so", hall.COUNTER)
        hall.meet(workspace, points, sealed=sealed)
        session.adopt(workspace, hall.COUNTER)
        presenter = AwardsPresenter(session, AtOnce(), faults.append)
        presenter.load()
        return presenter

    return go


def view_of(presenter: AwardsPresenter, award: str) -> AwardView:
    presenter.load()
    view = presenter.view(f"{award}/k1")
    assert view is not None
    return view


def states(presenter: AwardsPresenter, award: str) -> dict[str, str]:
    return {row.unit: row.state for row in view_of(presenter, award).rows}


def row_of(presenter: AwardsPresenter, award: str, unit: str) -> LineRow:
    return next(row for row in view_of(presenter, award).rows if row.unit == unit)


def check_of(presenter: AwardsPresenter, unit: str, check: str) -> CheckRow:
    presenter.load()
    view = presenter.unit(unit)
    assert view is not None
    return next(row for row in view.checks if row.id == check)


def do(presenter: AwardsPresenter, make: Make) -> tuple[str, ...]:
    """Plans, carries out; what was told before."""
    plans: list[Any] = []
    presenter.plan(make, plans.append)
    told = presenter.told(plans[0])[1]
    presenter.acts.carry_out(plans[0], lambda _done: None)
    presenter.load()
    return told


def propose(presenter: AwardsPresenter, reason: str = "") -> None:
    presenter.propose(hall.DAY, reason, lambda _done: None)
    presenter.load()


def test_the_waterfall_goes_from_the_flag_to_the_certificate(at_hall: Hall) -> None:
    presenter = at_hall()
    assert states(presenter, "co") == {
        "a": "Đề nghị",
        "b": "Dự bị",
        "c": "Ngoài số suất",
        "d": "Ngoài số suất",
    }
    assert states(presenter, "bk")["b"] == "Đề nghị"
    assert view_of(presenter, "co").places == "Số suất: 1 (theo bảng tiêu chí)"


def test_a_quota_of_the_year_takes_the_place_of_the_tables(at_hall: Hall) -> None:
    presenter = at_hall()
    presenter.keep_quota(view_of(presenter, "bk"), 2, lambda _done: None)
    view = view_of(presenter, "bk")
    assert view.places == "Số suất: 2 (chỉ tiêu phân bổ của năm)"
    assert states(presenter, "bk")["c"] == "Đề nghị"


def test_a_held_unit_at_a_place_shows_both_outcomes_and_the_decision_moves_the_place(
    at_hall: Hall,
) -> None:
    presenter = at_hall()
    do(presenter, lambda desk: plan_case(desk, "a", "cx", "12/QĐ", hall.DAY))
    row = row_of(presenter, "co", "a")
    assert (row.state, row.waits) == ("Chờ kết luận", "held")
    asked = presenter.asked(row.question)
    assert asked is not None
    assert [answer.words for answer in asked.answers] == [
        "Giữ suất: giữ chỗ cho Sở A đến khi có kết luận",
        "Chuyển suất: chuyển cho Sở B",
    ]
    told = do(
        presenter, lambda desk: plan_decision(desk, row.question, "passed_on", "Hội đồng", "1/BB")
    )
    assert any(words.startswith("Sở B, Khen co: dự bị → đề nghị") for words in told)
    assert states(presenter, "co")["b"] == "Đề nghị"


def test_a_recorded_case_stands_first_and_can_be_concluded(at_hall: Hall) -> None:
    presenter = at_hall()
    assert check_of(presenter, "a", "cx").act == "record"
    do(presenter, lambda desk: plan_case(desk, "a", "cx", "12/QĐ", hall.DAY))
    view = presenter.unit("a")
    assert view is not None
    first = view.checks[0]
    assert (first.id, first.state, first.act) == (
        "cx",
        "Vướng: 12/QĐ từ 20/12/2026",
        "conclude",
    )
    do(presenter, lambda desk: plan_cleared(desk, "a", "cx", "Thanh tra", "5/KL", hall.LATER))
    assert check_of(presenter, "a", "cx").act == "record"
    assert states(presenter, "co")["a"] == "Đề nghị"


def test_what_follows_from_scores_cannot_be_recorded_and_says_so(at_hall: Hall) -> None:
    presenter = at_hall({"a": 95, "b": 5})
    derived = check_of(presenter, "b", "kx_diem")
    assert derived.act == ""
    assert derived.state.startswith("Vướng: suy từ số liệu")
    assert check_of(presenter, "a", "kx_diem").state == "Không vướng (theo số liệu)"


def test_a_condition_is_ticked_with_its_reference(at_hall: Hall) -> None:
    presenter = at_hall()
    assert check_of(presenter, "a", "vuot").state == "Chưa ghi"
    do(presenter, lambda desk: plan_condition(desk, "a", "vuot", True, "7/BC"))
    assert check_of(presenter, "a", "vuot").state == "Đạt (7/BC)"


def test_proposing_too_early_tells_every_unit_that_is_not_sealed(
    at_hall: Hall, faults: list[Exception]
) -> None:
    propose(at_hall(sealed=False))
    (fault,) = faults
    assert isinstance(fault, UserError)
    told = [f.message for f in fault.findings if f.code == "proposal_not_sealed"]
    assert told == [f"Vòng “Thẩm định” của Sở {u} chưa chốt điểm." for u in "ABCD"]


def test_proposals_part_from_the_data_unit_by_unit(at_hall: Hall, session: Session) -> None:
    presenter = at_hall()
    propose(presenter)
    assert presenter.parted() == ()
    assert presenter.sentence().endswith("đề nghị đúng với số liệu hiện nay")
    hall.rescore(session.desk, b=99)
    session.work_out_result()
    presenter.load()
    told = "\n".join(presenter.parted())
    assert "Sở A: Khen co: đã đề nghị, nay dự bị" in told
    assert "Sở B: Khen co: số liệu đề nghị" in told


def test_a_unit_that_withdraws_leaves_its_place_as_it_was_decided(at_hall: Hall) -> None:
    presenter = at_hall()
    propose(presenter)
    kept = row_of(presenter, "co", "a").kept
    assert kept is not None
    told = do(presenter, lambda desk: plan_withdrawn(desk, kept.id, RULING))
    assert any(words.startswith("Sở B, Khen co: dự bị → đề nghị") for words in told)
    row = row_of(presenter, "co", "a")
    assert row.kept_words == "đã rút"
    assert row_of(presenter, "co", "b").kept_words == "đã đề nghị"


def test_a_unit_barred_after_the_conference_loses_all_its_places(at_hall: Hall) -> None:
    presenter = at_hall()
    propose(presenter)
    do(presenter, lambda desk: plan_barred_after(desk, "a", "kx", RULING))
    assert row_of(presenter, "co", "a").kept_words == "không xét sau hội nghị"
    assert states(presenter, "co")["b"] == "Đề nghị"


def test_a_decision_closes_the_proposals(at_hall: Hall) -> None:
    presenter = at_hall()
    propose(presenter)
    assert presenter.has_proposals
    values = {"number": "99/QĐ-UBND", "date": hall.LATER, "issuer": "UBND tỉnh"}
    presenter.decide(values, lambda _done: None)
    presenter.load()
    assert not presenter.has_proposals
    assert row_of(presenter, "co", "a").kept_words == "đã có quyết định"


def test_without_a_year_there_is_nothing_to_do(session: Session, faults: list[Exception]) -> None:
    presenter = AwardsPresenter(session, AtOnce(), faults.append)
    presenter.load()
    assert presenter.choices() == ()
    assert presenter.unit("a") is None
    assert not presenter.may_write
