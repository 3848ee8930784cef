"""What the page Lịch và nhiệm vụ knows and does (Bắc Giang: before 31/3, schools before 31/10)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.ground.findings import UserError
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from tests.ui.pages.calendar.world import bac_giang
from ui.pages.calendar.presenter import CalendarPresenter, DutyRow
from ui.runner import AtOnce
from ui.session import Session
from ui.theme.tokens import Tone

VALUES = {"on": dt.date(2022, 3, 1), "document": "12/BC", "note": ""}


@pytest.fixture
def presenter(session: Session, tmp_path: Path) -> CalendarPresenter:
    """At the cluster of two offices."""
    session.adopt(bac_giang(tmp_path), "Hoa")
    return looked(session)


def looked(session: Session) -> CalendarPresenter:
    made = CalendarPresenter(session, AtOnce())
    made.look()
    return made


def duty(presenter: CalendarPresenter, key: str, holder: str) -> DutyRow:
    presenter.look()
    rows = [r for r in presenter.duties() if (r.line.duty.id, r.line.holder) == (key, holder)]
    return rows[0]


def test_before_a_day_ends_on_the_day_before_it_and_is_told_as_written(
    presenter: CalendarPresenter,
) -> None:
    row = next(row for row in presenter.days() if row.title.startswith("Đăng ký tham gia"))
    assert row.day == dt.date(2022, 3, 30)
    assert row.left.startswith("đã qua ")
    assert "tức hết ngày 30/03/2022" in row.details[0]
    assert (row.state, row.tone) == ("Quá hạn, chờ 2", Tone.ERROR)
    assert "Còn chờ: Sở Tư pháp, Sở Nội vụ." in row.details


def test_a_duty_is_noted_corrected_and_taken_out(presenter: CalendarPresenter) -> None:
    presenter.note(duty(presenter, "ke_hoach", "leader"), {**VALUES, "state": "done"})
    row = duty(presenter, "ke_hoach", "leader")
    assert (row.tone, row.document) == (Tone.GOOD, "12/BC")
    presenter.note(row, {**VALUES, "state": "done", "document": "13/BC"})
    assert duty(presenter, "ke_hoach", "leader").document == "13/BC"
    presenter.take_out(row)
    assert not duty(presenter, "ke_hoach", "leader").line.noted


def test_not_applicable_needs_a_reason(presenter: CalendarPresenter) -> None:
    row = duty(presenter, "kiem_tra", "leader")
    with pytest.raises(UserError):
        presenter.note(row, {**VALUES, "state": "not_applicable", "on": None, "document": ""})


def test_one_unit_is_put_off_by_name_and_the_others_are_not(presenter: CalendarPresenter) -> None:
    until = dt.date(2022, 4, 15)
    row = duty(presenter, "dang_ky", "b")
    presenter.put_off(row, {"until": until, "reason": "Chờ sáp nhập", "granted_by": "Trưởng cụm"})
    assert duty(presenter, "dang_ky", "b").order == until
    assert duty(presenter, "dang_ky", "a").order == dt.date(2022, 3, 30)
    assert any("gia hạn riêng cho Sở Nội vụ" in row.words for row in presenter.days())


def test_activities_are_counted_against_the_rule(presenter: CalendarPresenter) -> None:
    words = "Sở Nội vụ: có {} phong trào thi đua, cần ít nhất 1 ({})"
    assert (words.format(0, "chưa đủ"), Tone.WAITING) in presenter.counts()
    values = {
        "kind": "movement", "title": "Thi đua nước rút", "owner": "u:b", "on": None,
        "document": "", "note": "", "chosen": False,
    }  # fmt: skip
    presenter.keep_activity(None, values)
    presenter.look()
    assert (words.format(1, "đủ"), Tone.GOOD) in presenter.counts()
    (row,) = presenter.activities()
    assert (row.title, row.whose) == ("Thi đua nước rút", "Sở Nội vụ")
    presenter.keep_activity(row, {**values, "owner": "u:a", "title": "Thi đua quý IV"})
    presenter.look()
    (row,) = presenter.activities()
    assert (row.title, row.whose) == ("Thi đua quý IV", "Sở Tư pháp")
    presenter.drop_activity(row)
    presenter.look()
    assert presenter.activities() == ()


def test_only_what_is_not_done_can_be_shown(presenter: CalendarPresenter) -> None:
    presenter.note(duty(presenter, "ke_hoach", "leader"), {**VALUES, "state": "done"})
    presenter.look()
    shown = {row.line.duty.id for row in presenter.duties(waiting=True)}
    assert "ke_hoach" not in shown
    assert "kiem_tra" in shown


def test_the_calendar_is_written_for_other_programs(
    presenter: CalendarPresenter, tmp_path: Path
) -> None:
    said: list[str] = []
    presenter.export(tmp_path / presenter.file_name, said.append)
    text = (tmp_path / "lich-2022.ics").read_text(encoding="utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert "20220330" in text
    assert said == ["Đã ghi lịch vào tệp “lich-2022.ics”."]


def test_a_year_without_a_table_is_empty_and_says_so(session: Session, tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "so", "Hoa")
    change_setting(workspace, "Hoa", OFFICER, "Hoa")
    open_year(workspace, "Hoa", year_record("2026"))
    session.adopt(workspace, "Hoa")
    found = looked(session)
    assert found.days() == ()
    assert found.duties() == ()
    assert found.sentence() == "Năm này chưa có thời hạn hay nhiệm vụ nào."
