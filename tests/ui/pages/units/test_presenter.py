"""What the page of units knows and keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster
from app.domain.year import Registration
from app.ground.findings import UserError
from app.operations.workspace.desk import OFFICER, Desk, change_setting
from app.operations.workspace.members import add_clusters, give_role
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.turn import begin_next_year
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence import books
from ui.pages.units.acts import as_typed, note_of
from ui.pages.units.changes import NEW, Changes
from ui.pages.units.facts import Detail, Field, History, UnitRow
from ui.pages.units.presenter import UnitsPresenter
from ui.runner import AtOnce
from ui.session import Session

NAME = "Nguyễn Thị Hoa"
MID = dt.date(2019, 7, 1)


@pytest.fixture
def units(open_session: Session) -> UnitsPresenter:
    made = UnitsPresenter(open_session, AtOnce())
    made.look()
    return made


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Session]:
    """A year under a table that asks much about units, with two clusters and no units."""
    workspace = create_workspace(tmp_path / "so", NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    desk, _ = open_year(workspace, NAME, year_record("2026"))
    adopt_pack(desk, Path("bac-giang-2022-vi-du"))
    add_clusters(desk, [Cluster("k1", "Cụm 1", "A"), Cluster("k2", "Cụm 2", "B")])
    session = Session(AtOnce())
    session.adopt(workspace)
    yield session
    session.close()


def row_of(units: UnitsPresenter, unit: str) -> UnitRow:
    return next(row for row in units.look() if row.id == unit)


def detail_of(units: UnitsPresenter, unit: str) -> Detail:
    detail = units.detail(row_of(units, unit))
    assert detail is not None
    return detail


def changes_of(session: Session, units: UnitsPresenter, unit: str) -> Changes:
    return Changes(session, units, unit)


# ------------------------------------------------------------------ the list


def test_units_stand_as_in_a_dictionary_with_the_roles_in_the_words_of_the_text(
    units: UnitsPresenter,
) -> None:
    rows = units.look()
    assert [row.name for row in rows][:2] == [
        "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
        "Bộ Chỉ huy Quân sự tỉnh",
    ]
    assert row_of(units, "cong_an").roles == "Trưởng khối"
    assert row_of(units, "tu_phap").roles == "Phó Trưởng khối"
    assert units.sentence(rows) == "8 đơn vị · 8 đơn vị chưa đủ đăng ký, giao ước"


def test_a_pasted_list_is_told_before_it_is_added(units: UnitsPresenter) -> None:
    told, fault = units.typed_units("1. Sở Một\n2. Sở Hai\n")
    assert (told, fault) == ("Sẽ thêm 2 đơn vị: Sở Một, Sở Hai", "")
    assert units.typed_units("Sở Một\nsở một")[1] == "Ghi hai lần: sở một."
    assert units.typed_units("công an TỈNH")[1] == "Đã có trong danh sách: công an TỈNH."


def test_units_are_added_with_ids_that_nobody_has(units: UnitsPresenter) -> None:
    units.add("Sở Công an\nSở Công an 2\nToà án (Phó trưởng khối)", "k1", MID)
    rows = {row.name: row for row in units.look()}
    assert rows["Sở Công an"].stay == "từ 01/07/2019"
    assert rows["Toà án"].roles == "Phó Trưởng khối"
    assert len({row.id for row in units.look()}) == 11
    assert row_of(units, "tu_phap").roles == ""


def test_an_id_is_never_that_of_another_unit(units: UnitsPresenter, open_session: Session) -> None:
    ids = units.fresh_ids(["Tòa án", "Tòa án", "Công an", "công an"])
    assert len(set(ids)) == 4
    assert not set(ids) & set(open_session.units)


def test_clusters_come_and_go(asking: Session) -> None:
    units = UnitsPresenter(asking, AtOnce())
    units.look()
    key = units.add_cluster("Cụm 10", "C")
    units.change_cluster(key, "Cụm mười", "D")
    assert units.clusters()[key] == Cluster(key, "Cụm mười", "D")
    assert [one.name for one in units.clusters().values()] == ["Cụm 1", "Cụm 2", "Cụm mười"]
    units.remove_cluster(key)
    assert list(units.clusters()) == ["k1", "k2"]


# ------------------------------------------------------------------ roles and stay


def test_a_role_passes_over_from_the_one_that_held_it(units: UnitsPresenter) -> None:
    mark = next(role for role in detail_of(units, "toa_an").roles if role.id == "leader")
    assert (mark.words, mark.held, mark.holder) == ("Trưởng khối", False, "Công an tỉnh")
    units.set_role("toa_an", "leader", held=True)
    assert row_of(units, "toa_an").roles == "Trưởng khối"
    assert row_of(units, "cong_an").roles == ""
    units.set_role("toa_an", "leader", held=False)
    assert row_of(units, "toa_an").roles == ""


def test_a_wrong_day_is_mended(units: UnitsPresenter, open_session: Session) -> None:
    changes_of(open_session, units, "toa_an").leave(MID)
    assert row_of(units, "toa_an").gone
    units.set_stay("toa_an", None, None)
    assert not row_of(units, "toa_an").gone


# ------------------------------------------------------------------ papers, targets, notes


def test_a_paper_is_noted_for_one_or_for_all_that_lack_it(
    units: UnitsPresenter, open_session: Session
) -> None:
    units.keep_paper(["toa_an"], "pledge", {"number": "12/GƯ", "signed": dt.date(2019, 2, 20)})
    assert row_of(units, "toa_an").papers == "Thiếu đăng ký"
    others = [unit for unit, _name in units.without_paper("pledge")]
    assert len(others) == 7
    units.keep_paper(others, "pledge", {"signed": dt.date(2019, 2, 21)})
    assert units.without_paper("pledge") == ()
    desk = open_session.desk
    kept: tuple[Registration, ...] = desk.workspace.read(books.REGISTRATIONS, desk.period)
    assert len(kept) == 8
    paper = detail_of(units, "toa_an").papers[1]
    assert paper.words == "Số 12/GƯ; ký 20/02/2019."
    units.remove_paper("toa_an", "pledge")
    assert detail_of(units, "toa_an").papers[1].kept is None


def test_targets_are_kept_changed_and_taken_out(units: UnitsPresenter) -> None:
    values = {"title": "Thu ngân sách", "plan": "12.500,5", "measure": "tỷ đồng", "half_year": ""}
    units.keep_target("toa_an", values, None)
    units.keep_target("toa_an", {"title": "Số vụ án"}, None)
    first, second = detail_of(units, "toa_an").targets
    assert (first.kept.code, second.kept.code) == ("ct1", "ct2")
    assert first.plan == "12.500,5 tỷ đồng"
    units.keep_target("toa_an", values | {"half_year": "6000"}, first.kept)
    assert detail_of(units, "toa_an").targets[0].half_year == "6000 tỷ đồng"
    units.remove_target("toa_an", "ct1")
    assert [row.title for row in detail_of(units, "toa_an").targets] == ["Số vụ án"]


def test_figures_are_shown_so_that_they_can_be_typed_again() -> None:
    assert as_typed(Fraction(9, 8)) == "1,1250"
    assert as_typed(Fraction(12000)) == "12000"
    assert as_typed(dt.date(2019, 12, 31)) == "31/12/2019"
    assert as_typed(False) == "không"
    assert as_typed(None) == ""


def test_what_the_rules_ask_about_a_unit_is_asked_in_words(asking: Session) -> None:
    units = UnitsPresenter(asking, AtOnce())
    units.look()
    units.add("Sở Một", "k1", None)
    notes = {note.name: note for note in detail_of(units, "so_mot").notes}
    assert notes["dang_ky"].title == "Có đăng ký tham gia thi đua"
    assert notes["dang_ky"].kind == "yes_no"
    assert notes["dang_ky"].used_for == "Không có đăng ký tham gia thi đua"
    assert notes["phong_trao_antq"].levels == ("xuất sắc", "tốt", "khá", "trung bình", "yếu")
    units.describe("so_mot", {"dang_ky": False, "phong_trao_antq": "khá"})
    notes = {note.name: note for note in detail_of(units, "so_mot").notes}
    assert (notes["dang_ky"].value, notes["phong_trao_antq"].value) == (False, "khá")
    units.describe("so_mot", {"dang_ky": None})
    notes = {note.name: note for note in detail_of(units, "so_mot").notes}
    assert notes["dang_ky"].value is None


@pytest.mark.parametrize(
    ("kind", "answer", "kept"),
    [("yes_no", "no", False), ("yes_no", "", None), ("text", "", None), ("level", "khá", "khá")],
)
def test_an_unanswered_note_stays_unknown(kind: str, answer: str, kept: object) -> None:
    note = Field("x", "X", kind)  # type: ignore[arg-type]
    assert note_of(note, answer) == kept


# ------------------------------------------------------------------ grounds for points


def test_deductions_are_recorded_counted_and_taken_out(asking: Session) -> None:
    units = UnitsPresenter(asking, AtOnce())
    units.look()
    units.add("Sở Một", "k1", None)
    choices = {choice.id: choice for choice in units.rules.items("deductions")}
    choice = next(one for one in choices.values() if one.asks_count)
    values = {"count": Fraction(2), "reason": "Công văn 12", "subject": "nhắc nhở"}
    units.keep_item("so_mot", "deductions", choice, values, None)
    (item,) = detail_of(units, "so_mot").items
    assert (item.title, item.words) == (choice.title, "2 lần")
    assert item.reason == "nhắc nhở; Công văn 12"
    units.keep_item("so_mot", "deductions", choice, values | {"count": Fraction(1)}, item.number)
    (item,) = detail_of(units, "so_mot").items
    assert item.row["count"] == 1
    units.remove_item(item)
    assert detail_of(units, "so_mot").items == ()


def test_bonus_points_beyond_their_range_are_refused(asking: Session) -> None:
    units = UnitsPresenter(asking, AtOnce())
    units.look()
    units.add("Sở Một", "k1", None)
    choice = next(one for one in units.rules.items("bonus") if one.asks_points)
    units.keep_item("so_mot", "bonus", choice, {"points": Fraction(9, 8), "reason": "a"}, None)
    (item,) = detail_of(units, "so_mot").items
    assert item.words == "1,125 điểm"


def test_bonus_that_is_worked_out_by_itself_is_not_typed(asking: Session) -> None:
    units = UnitsPresenter(asking, AtOnce())
    units.look()
    assert len(units.rules.items("bonus")) < len(units.rules.item_titles("bonus"))


# ------------------------------------------------------------------ units that change


def test_what_hangs_on_a_unit_is_counted_in_words(
    units: UnitsPresenter, open_session: Session
) -> None:
    held = changes_of(open_session, units, "toa_an").holdings()
    assert "5 tiêu chí tự đăng ký" in held
    assert "ô điểm" in held


def test_a_unit_with_scores_is_not_removed_but_one_added_by_mistake_is(
    units: UnitsPresenter, open_session: Session
) -> None:
    with pytest.raises(UserError):
        changes_of(open_session, units, "toa_an").remove()
    units.add("Nhầm", "k1", None)
    changes = changes_of(open_session, units, "nham")
    assert changes.holdings() == ""
    changes.remove()
    assert "nham" not in open_session.units


def test_moving_says_what_becomes_of_the_scores_and_does_it(
    units: UnitsPresenter, open_session: Session
) -> None:
    key = units.add_cluster("Khối khác", None)
    changes = changes_of(open_session, units, "toa_an")
    words = changes.moving_words(key, MID, follow=True)
    assert "đến hết 30/06/2019 và tham gia Khối khác từ 01/07/2019" in words
    assert "được chép theo sang Khối khác" in words
    assert "chấm từ đầu" in changes.moving_words(key, MID, follow=False)
    changes.move(key, MID, follow=True)
    there = [u for u in open_session.units.values() if u.cluster == key]
    assert [u.name for u in there] == ["Tòa án nhân dân tỉnh"]
    assert open_session.units["toa_an"].left == dt.date(2019, 6, 30)
    assert changes_of(open_session, units, there[0].id).holdings()


def test_merging_into_a_new_unit_takes_the_scores_that_were_named(
    units: UnitsPresenter, open_session: Session
) -> None:
    changes = changes_of(open_session, units, "toa_an")
    words = changes.merging_words(["toa_an", "thanh_tra"], "Sở Mới", "toa_an")
    assert "thôi tham gia; Sở Mới tiếp nối" in words
    changes.merge("thanh_tra", NEW, "Sở Mới", MID, "toa_an")
    assert open_session.units["so_moi"].joined == MID
    assert all(open_session.units[unit].left for unit in ("toa_an", "thanh_tra"))
    assert changes_of(open_session, units, "so_moi").holdings()


def test_merging_into_the_other_leaves_its_scores_alone(
    units: UnitsPresenter, open_session: Session
) -> None:
    before = changes_of(open_session, units, "thanh_tra").holdings()
    changes_of(open_session, units, "toa_an").merge("thanh_tra", "thanh_tra", "", MID, None)
    assert open_session.units["thanh_tra"].left is None
    assert changes_of(open_session, units, "thanh_tra").holdings() == before


def test_splitting_asks_for_two_names_and_gives_the_scores_to_the_one_named(
    units: UnitsPresenter, open_session: Session
) -> None:
    changes = changes_of(open_session, units, "toa_an")
    assert "từ hai đơn vị" in changes.splitting_words("Tòa A", None)
    changes.split("Tòa A\nTòa B", MID, "Tòa B")
    assert changes_of(open_session, units, "toa_b").holdings()
    assert not changes_of(open_session, units, "toa_a").holdings()


def test_history_tells_where_a_unit_came_from_and_what_was_done(
    units: UnitsPresenter, open_session: Session
) -> None:
    changes_of(open_session, units, "toa_an").merge("thanh_tra", NEW, "Sở Mới", MID, None)
    open_session.act(lambda desk: give_role(desk, "so_moi", "leader"))
    heard: list[History] = []
    units.history("so_moi", heard.append)
    (history,) = heard
    assert [line.what for line in history.succession] == [
        "Đơn vị sáp nhập từ Thanh tra tỉnh",
        "Đơn vị sáp nhập từ Tòa án nhân dân tỉnh",
    ]
    assert history.journal[0].what.startswith("Sở Mới làm")


def test_history_tells_the_ranks_of_other_years(
    units: UnitsPresenter, open_session: Session
) -> None:
    assert open_session.workspace is not None
    begin_next_year(Desk(open_session.workspace, NAME, "2019"))
    open_session.choose_year("2020")
    units.look()
    heard: list[History] = []
    units.history("tu_phap", heard.append)
    (line,) = heard[0].ranks
    assert (line.when, line.what) == ("Năm 2019", "hạng 3, 964,00 điểm")
