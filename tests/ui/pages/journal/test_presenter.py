"""What the journal's page knows."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.members import rename_unit
from app.persistence.journal import Operation
from ui.pages.journal.presenter import JournalPresenter, Wish, day_words, short_day, undone
from ui.runner import AtOnce
from ui.session import Session


@pytest.fixture
def presenter(open_session: Session) -> JournalPresenter:
    """The sample's journal; three units were renamed, the third name taken back."""
    for unit, name in (("toa_an", "Tòa án tỉnh"), ("cong_an", "Công an"), ("tu_phap", "Tư pháp")):
        open_session.act(lambda desk, u=unit, n=name: rename_unit(desk, u, n))  # type: ignore[misc]
    open_session.undo()
    made = JournalPresenter(open_session, AtOnce())
    made.read()
    return made


def titles(presenter: JournalPresenter) -> list[str]:
    return [row.title for row in presenter.rows]


def test_the_newest_act_stands_first_and_each_day_is_named_once(
    presenter: JournalPresenter,
) -> None:
    numbers = [row.number for row in presenter.rows]
    assert numbers == sorted(numbers, reverse=True)
    assert titles(presenter)[0].startswith("Hoàn tác: Đổi tên Sở Tư pháp")
    assert [row.day for row in presenter.rows if row.day] == [presenter.rows[0].day]


def test_what_was_taken_back_and_what_bars_undo_is_marked(presenter: JournalPresenter) -> None:
    states = {row.title: row.state for row in presenter.rows}
    assert states["Đổi tên Sở Tư pháp thành Tư pháp"] == "đã hoàn tác"
    assert states["Lập sổ làm việc"] == "mốc"
    assert states["Đổi tên Công an tỉnh thành Công an"] == ""


def test_words_are_found_without_accents_in_titles_and_changes(
    presenter: JournalPresenter,
) -> None:
    presenter.want(Wish(words="doi ten toa an"))
    assert titles(presenter) == ["Đổi tên Tòa án nhân dân tỉnh thành Tòa án tỉnh"]
    presenter.want(Wish(words="toa an nhan dan tinh → toa an tinh"))
    assert titles(presenter) == ["Đổi tên Tòa án nhân dân tỉnh thành Tòa án tỉnh"]
    presenter.want(Wish(words="khong co chu nay"))
    assert presenter.rows == ()
    assert presenter.sentence() == f"Đang hiện 0 trong {presenter.total} thao tác."


def test_a_unit_s_acts_are_those_that_changed_it(presenter: JournalPresenter) -> None:
    presenter.want(Wish(unit="cong_an"))
    assert titles(presenter)[0] == "Đổi tên Công an tỉnh thành Công an"
    assert not [title for title in titles(presenter) if "Tòa án" in title]
    number = presenter.rows[-1].number
    details = presenter.details(number)
    assert details is not None
    assert all("Công an" in sentence for sentence in details.sentences)


def test_acts_are_chosen_by_person_and_day(presenter: JournalPresenter) -> None:
    assert [words for _, words in presenter.choices.actors][-1] == "Nguyễn Thị Hoa"
    presenter.want(Wish(actor="Nguyễn Thị Hoa", day=presenter.choices.days[0][0]))
    assert presenter.rows
    presenter.want(Wish(actor="không ai"))
    assert presenter.rows == ()


def test_an_act_in_full_says_when_who_and_what_changed(presenter: JournalPresenter) -> None:
    number = next(r.number for r in presenter.rows if r.title.startswith("Đổi tên Công an"))
    details = presenter.details(number)
    assert details is not None
    assert details.sentences == ("sửa đơn vị Công an: tên: Công an tỉnh → Công an",)
    assert any(line.startswith(f"Thao tác số {number}, mã ") for line in details.lines)
    assert "Người làm: Nguyễn Thị Hoa" in details.lines


def test_of_a_large_act_only_the_changes_with_the_words_are_shown(
    presenter: JournalPresenter,
) -> None:
    number = next(r.number for r in presenter.rows if r.title.startswith("Nhập dữ kiện"))
    presenter.want(Wish(words="them don vi toa an"))
    details = presenter.details(number)
    assert details is not None
    assert details.sentences == ("thêm đơn vị Tòa án nhân dân tỉnh",)
    assert details.lines[-1].startswith("1 trong 4")
    presenter.want(Wish(words="nhap du kien"))
    whole = presenter.details(number)
    assert whole is not None
    assert len(whole.sentences) > 400, "the title has the words, so all changes are shown"


def test_acts_are_taken_back_down_to_the_chosen_one(
    presenter: JournalPresenter, open_session: Session
) -> None:
    number = next(r.number for r in presenter.rows if r.title.startswith("Đổi tên Tòa án"))
    details = presenter.details(number)
    assert details is not None
    assert details.steps == 2, "the name of Công an and this one; the third is back already"
    assert presenter.question(number).startswith("Sẽ hoàn tác 2 việc")
    assert len(presenter.undo_to(number)) == 2
    assert open_session.units["toa_an"].name == "Tòa án nhân dân tỉnh"
    assert open_session.units["cong_an"].name == "Công an tỉnh"


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Hoàn tác: Đổi tên Sở", "Đây là một lần hoàn tác. Muốn có lại việc đã lùi, bấm Ctrl+Y."),
        ("Đổi tên Sở Tư pháp", "Việc này đã được hoàn tác."),
        ("Lập sổ làm việc", "Đây là một mốc; hoàn tác không lùi qua mốc."),
    ],
)
def test_why_an_act_cannot_be_taken_back_is_said(
    presenter: JournalPresenter, title: str, why: str
) -> None:
    number = next(row.number for row in presenter.rows if row.title.startswith(title))
    details = presenter.details(number)
    assert details is not None
    assert (details.steps, details.why_not) == (0, why)


def test_undo_does_not_pass_a_seal(presenter: JournalPresenter, open_session: Session) -> None:
    assert open_session.workspace is not None
    with open_session.workspace.operation("seal", "Chốt", "A", barrier=True, empty=True):
        pass
    presenter.read()
    number = next(r.number for r in presenter.rows if r.title.startswith("Đổi tên Tòa án"))
    details = presenter.details(number)
    assert details is not None
    assert details.why_not == "Sau việc này đã có một mốc; hoàn tác không lùi qua mốc."
    assert presenter.undo_to(number) == ()


def test_the_list_goes_into_a_table_that_no_spreadsheet_takes_for_a_formula(
    presenter: JournalPresenter, open_session: Session, tmp_path: Path
) -> None:
    assert open_session.workspace is not None
    change_setting(open_session.workspace, "=1+1", OFFICER, "B")
    presenter.read()
    file = presenter.export(tmp_path / "a.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=";"))
    assert rows[0][:4] == ["Thao tác", "Ngày", "Giờ", "Người làm"]
    assert rows[1][3] == "'=1+1"
    assert len(rows) > len(presenter.rows), "one line for each change"


def test_days_are_written_as_people_say_them() -> None:
    empty = Operation(1, "", "", "", "", None, {}, None, None, False, "", "")
    words = [
        (day_words(op), short_day(op))
        for day in (dt.date(2026, 11, 21), dt.date(2026, 11, 22), dt.date(2026, 11, 23))
        for op in [replace(empty, at=f"{day}T08:00:00+07:00")]
    ]
    assert words == [
        ("Thứ Bảy, 21/11/2026", "T7 21/11/2026"),
        ("Chủ nhật, 22/11/2026", "CN 22/11/2026"),
        ("Thứ Hai, 23/11/2026", "T2 23/11/2026"),
    ]


def test_what_was_done_again_is_not_taken_back() -> None:
    empty = Operation(1, "", "", "", "", None, {}, None, None, False, "", "")
    acts = [empty, replace(empty, id=2, undoes=1), replace(empty, id=3, redoes=1)]
    assert undone(acts[:2]) == {1}
    assert undone(acts) == frozenset()
