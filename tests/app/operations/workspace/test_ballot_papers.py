"""The minutes of counts out of a workspace: each shows its own ballot, as the data are now."""

from __future__ import annotations

import pytest

from app.operations.workspace.ballots import enter_count, plan_cancelled
from app.operations.workspace.decisions import plan_decision
from app.operations.workspace.desk import Desk
from app.operations.workspace.paper_data import paper_data
from app.persistence.workspace import Workspace
from app.reports import text
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.shelf import paper_of

from .hall import DAY, confirm, count, decide_by_ballot, do, meet, numbers, opened, rescore

LEVEL = {"a": 90, "b": 90, "c": 80}


def minutes(desk: Desk, sheet: str, paper: str = "bien_ban_kiem_phieu") -> str:
    """The minutes of one count, as text."""
    data = paper_data(desk, "k1")
    subject = next(s for s in subjects_of(paper_of(paper), data) if s.id in (sheet, ""))
    return text.render(make(paper_of(paper), data, subject).document)


def test_each_shows_the_votes_of_its_own_ballot_though_numbers_have_gaps(
    workspace: Workspace,
) -> None:
    """Two free ballots on the same names and a cancelled one before them."""
    desk = meet(workspace, LEVEL)
    gone = decide_by_ballot(desk, a=3, b=6)
    do(desk, plan_cancelled(desk, gone.id, "phát sai mẫu phiếu"))
    kept = []
    for title, first in (("Nơi họp", 1), ("Nơi họp dự phòng", 5)):
        sheet = opened(desk, "free", candidates=["Phương án 1", "Phương án 2"], title=title)
        votes = {"Phương án 1": first, "Phương án 2": 7 - first}
        enter_count(desk, sheet.id, numbers(votes), DAY)
        kept.append(sheet.id)
    assert "1 | Phương án 1 | 1 | 14,29" in minutes(desk, kept[0])
    assert "1 | Phương án 1 | 5 | 71,43" in minutes(desk, kept[1])
    with pytest.raises(StopIteration):
        minutes(desk, gone.id)
    again = decide_by_ballot(desk, a=5, b=4)
    told = minutes(desk, again.id)
    assert "1 | Sở A | 5 | 55,56" in told
    assert "đã hủy, lý do: phát sai mẫu phiếu" in told


def test_are_a_draft_as_long_as_the_scores_are_others_than_those_voted_on(
    workspace: Workspace,
) -> None:
    desk = meet(workspace, LEVEL)
    sheet = decide_by_ballot(desk, a=3, b=6)
    assert "[DỰ THẢO]" not in minutes(desk, sheet.id)
    rescore(desk, b=85)
    told = minutes(desk, sheet.id)
    assert "- Kết quả bỏ phiếu không được sử dụng, vì điểm của Sở B đã thay đổi" in told
    assert "Sở A 90,00; Sở B 90,00." in told, "what was voted on"
    rescore(desk, b=90)
    told = minutes(desk, sheet.id)
    assert "[DỰ THẢO]" not in told
    assert "Sở B được chọn ở vị trí xét đề nghị tặng Khen co." in told


def test_are_a_draft_until_a_second_person_confirms(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    sheet = opened(desk)
    assert "chưa ghi kết quả kiểm phiếu" in minutes(desk, sheet.id)
    count(desk, sheet.id, a=3, b=6)
    assert "chưa được người thứ hai xác nhận" in minutes(desk, sheet.id)
    confirm(desk, sheet.id)
    assert "[DỰ THẢO]" not in minutes(desk, sheet.id)


def test_tell_two_level_ballots_and_what_the_authority_decided(workspace: Workspace) -> None:
    desk = meet(workspace, LEVEL)
    decide_by_ballot(desk, a=4, b=4)
    second = decide_by_ballot(desk, a=4, b=4)
    assert "cấp có thẩm quyền quyết định giữa Sở A và Sở B" in minutes(desk, second.id)
    do(desk, plan_decision(desk, "tie:co:a+b", "a", "Hội đồng", "12/BB"))
    told = minutes(desk, "", "bien_ban_tong_ket")
    assert "quyết định của Hội đồng 12/BB. Được chọn: Sở A." in told
    assert told.count("Sở A và Sở B bằng phiếu nhau (4 phiếu), chưa phân định được.") == 2
    assert "[DỰ THẢO]" not in told
