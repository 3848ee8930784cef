"""What the page Khóa sổ và bàn giao knows and does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.ground.findings import UserError
from app.operations.workspace.desk import OFFICER, Desk, change_setting
from app.operations.workspace.members import give_role
from app.operations.workspace.records import choose_parameter
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence.workspace import Workspace
from tests import builders as b
from tests.ui.pages.health.world import two_years
from ui.pages.closing.ahead import NextYear
from ui.pages.closing.presenter import Checked, ClosingPresenter
from ui.places import PageId
from ui.runner import AtOnce
from ui.session import Session
from ui.theme.tokens import Tone

DAY = dt.date(2026, 11, 20)
QUESTIONS = (
    b.parameter("so_le", allowed=[0, 1, 2], default=2),
    b.parameter("xet_them", allowed=["no", "yes"]),
)


def seal(desk: Desk) -> None:
    """All units hand in and are sealed."""
    submit_round(desk, b.ROUND, None, DAY)
    seal_round(desk, b.ROUND, None, DAY)


@pytest.fixture
def year(session: Session, tmp_path: Path) -> Session:
    """One open year with three scored units."""
    session.adopt(two_years(tmp_path, years=("2026",)), "Hoa")
    return session


def looked(session: Session) -> ClosingPresenter:
    presenter = ClosingPresenter(session, AtOnce())
    presenter.look()
    return presenter


def closed(session: Session) -> ClosingPresenter:
    seal(session.desk)
    presenter = looked(session)
    presenter.close(lambda _done: None)
    presenter.look()
    return presenter


def test_a_round_that_is_not_sealed_stands_in_the_way(year: Session) -> None:
    presenter = looked(year)
    blocking = [row for row in presenter.items if row.tone is Tone.ERROR]
    assert {row.place for row in blocking} == {"Sở A", "Sở B", "Sở C"}
    assert {row.page for row in blocking} == {PageId.SCORES}
    assert presenter.sentence().startswith("Năm 2026 chưa khóa sổ được: 3 việc chặn")
    with pytest.raises(UserError):
        presenter.close(lambda _done: None)
    assert not presenter.busy


def test_a_closed_year_has_a_seal_that_is_part_of_its_journal(year: Session) -> None:
    presenter = closed(year)
    assert presenter.sentence() == "Năm 2026 đã khóa sổ: xem được, không sửa được."
    (row,) = presenter.years()
    assert row.digest
    assert row.seal.replace(" ", "") == row.digest.rpartition(":")[2]
    found: list[Checked] = []
    presenter.check(row.digest, found.append)
    presenter.check("sha256:" + "0" * 64, found.append)
    assert [one.intact for one in found] == [True, False]


def test_a_year_is_opened_again_only_for_a_reason(year: Session) -> None:
    presenter = closed(year)
    with pytest.raises(UserError):
        presenter.reopen("  ", lambda _done: None)
    presenter.reopen("Công văn 12/BTĐKT", lambda _done: None)
    presenter.look()
    assert presenter.is_open
    assert presenter.years()[0].digest == ""


def test_the_deputy_leads_the_next_year_and_the_next_deputy_is_asked(year: Session) -> None:
    year.act(lambda desk: give_role(desk, "b", "deputy"))
    seen: list[NextYear] = []
    presenter = looked(year)
    presenter.look_ahead(seen.append)
    leader, deputy = seen[0].roles
    assert "Sở B" in leader.words
    assert (leader.asked, deputy.asked) == (False, True)
    assert seen[0].name == "2027"
    opened: list[str] = []
    presenter.begin({deputy.key: "c"}, "Biên bản 5/BB", lambda _done, period: opened.append(period))
    assert opened == ["2027"]
    presenter.go_to_year("2027")
    roles = {unit.id: set(unit.roles) for unit in year.units.values()}
    assert roles == {"a": set(), "b": {"leader"}, "c": {"deputy"}}


def test_a_unit_is_named_only_with_a_paper(year: Session) -> None:
    presenter = looked(year)
    with pytest.raises(UserError):
        presenter.begin({"deputy:k": "c"}, " ", lambda _done, _period: None)
    assert [record.id for record in year.years] == ["2026"]


def chosen_before(folder: Path, years: tuple[str, ...] = ("2026",)) -> Workspace:
    """In the first year two questions of the table were answered, one of them with its reason."""
    workspace = two_years(folder, years=years, more=QUESTIONS)
    desk = Desk(workspace, "Hoa", years[0])
    choose_parameter(desk, "so_le", 1, "Quy chế 12/QC")
    choose_parameter(desk, "xet_them", "yes")
    return workspace


def test_last_year_s_answers_are_read_with_their_questions_and_reasons(
    session: Session, tmp_path: Path
) -> None:
    session.adopt(chosen_before(tmp_path, ("2026", "2027")), "Hoa")
    session.choose_year("2027")
    presenter = looked(session)
    assert presenter.may_adopt
    found = presenter.answers
    assert found is not None
    assert (found.name, found.before) == ("2027", "2026")
    assert [(row.question, row.answer, row.reason) for row in found.rows] == [
        ("Hỏi so_le", "1", "Lý do năm trước: Quy chế 12/QC"),
        ("Hỏi xet_them", "có", ""),
    ]
    presenter.adopt(found, ["so_le"])
    presenter.look()
    assert presenter.answers is not None
    assert [row.parameter for row in presenter.answers.rows] == ["xet_them"]


def test_the_first_year_and_a_closed_year_take_nothing_over(
    session: Session, tmp_path: Path
) -> None:
    session.adopt(chosen_before(tmp_path, ("2026", "2027")), "Hoa")
    session.choose_year("2026")
    assert not looked(session).may_adopt
    session.choose_year("2027")
    assert not closed(session).may_adopt


def test_the_backup_is_told_and_made(year: Session) -> None:
    presenter = looked(year)
    assert presenter.backup_words() == "Chưa có bản sao lưu nào."
    told: list[str] = []
    presenter.back_up(told.append)
    assert told[0].startswith("Đã sao lưu vào tệp “")
    assert presenter.backup_words().endswith("có đủ mọi thao tác.")


def test_the_minutes_of_handing_over_are_written(year: Session, tmp_path: Path) -> None:
    files = looked(year).write(tmp_path)
    assert [file.suffix for file in files] == [".pdf", ".xlsx"]


def test_an_empty_year_says_what_is_missing(session: Session, tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "so", "Hoa")
    change_setting(workspace, "Hoa", OFFICER, "Hoa")
    open_year(workspace, "Hoa", year_record("2026"))
    session.adopt(workspace, "Hoa")
    presenter = looked(session)
    assert presenter.blocked == 1
    assert presenter.items[0].page in (PageId.CRITERIA, PageId.UNITS)
