"""The days of the year that the guidance of Bắc Giang (3/2022) sets, as its text states them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.rules.document import LoadedPack, parse_tree, read_pack
from app.rules.pack import DayOfYear, Duty

ROOT = Path(__file__).resolve().parents[2]
PACKS = ("bac-giang-2022", "bac-giang-2022-vi-du")
CALENDAR_YEAR = {"A", "B", "C", "D", "xa", "phong_huyen", "benh_vien"}
SCHOOL_YEAR = {"truong_so", "truong_huyen"}
"""Schools under the education department and the districts; professional schools (block B)
follow the calendar year."""

DUE = {
    # duty: (day, month) for most clusters, then for schools with the year after the start
    "dang_ky": ((31, 3), (31, 10, 0)),  # "trước ngày 31/3 … trước ngày 31/10 hằng năm"
    "ke_hoach": ((31, 3), (31, 10, 0)),  # "trước ngày 31/3 … trước ngày 31/10 hằng năm"
    "quy_che": ((31, 7), (31, 12, 0)),  # "trước ngày 31/7 … trước ngày 31/12 hằng năm"
    "so_ket": ((31, 7), (31, 1, 1)),  # "trong tháng 7 … trong tháng 01 hằng năm"
    "tong_ket": ((31, 12), (30, 6, 1)),  # "trong tháng 12 … trong tháng 6 hằng năm"
}
BEFORE_THE_DAY = {"dang_ky", "ke_hoach", "quy_che"}


def _pack(name: str, choices: dict[str, object] | None = None) -> LoadedPack:
    path = ROOT / "data" / "packs" / name / "pack.toml"
    pack, findings = read_pack(parse_tree(path.read_bytes(), name), name, choices)
    assert pack is not None
    assert not list(findings)
    return pack


def _dated(pack: LoadedPack) -> dict[str, Duty]:
    return {duty.id: duty for duty in pack.rules.duties if duty.due}


def _for(duty: Duty, blocks: set[str]) -> DayOfYear:
    (due,) = [d for d in duty.due if set(d.blocks) == blocks]
    return due


@pytest.mark.parametrize("name", PACKS)
def test_each_dated_duty_names_the_day_of_the_text_for_each_kind_of_cluster(name: str) -> None:
    duties = _dated(_pack(name))

    assert duties.keys() == DUE.keys()
    for key, (ordinary, schools) in DUE.items():
        due = _for(duties[key], CALENDAR_YEAR)
        assert (due.day, due.month, due.year_offset) == (*ordinary, 0), key
        due = _for(duties[key], SCHOOL_YEAR)
        assert (due.day, due.month, due.year_offset) == schools, key


@pytest.mark.parametrize("name", PACKS)
def test_every_kind_of_cluster_has_each_date_once(name: str) -> None:
    pack = _pack(name)
    kinds = sorted(block.id for block in pack.rules.blocks)

    for duty in _dated(pack).values():
        assert sorted(block for due in duty.due for block in due.blocks) == kinds, duty.id


@pytest.mark.parametrize("name", PACKS)
def test_before_a_day_leaves_that_day_out_and_within_a_month_keeps_its_last(name: str) -> None:
    strict = {duty.id for duty in _dated(_pack(name)).values() if duty.strict}

    assert strict == BEFORE_THE_DAY


@pytest.mark.parametrize("name", PACKS)
def test_the_strict_reading_of_a_day_is_a_choice(name: str) -> None:
    duties = _dated(_pack(name, {"A33": False}))

    assert not any(duty.strict for duty in duties.values())


@pytest.mark.parametrize("name", PACKS)
def test_duties_without_a_day_in_the_text_have_none(name: str) -> None:
    undated = {duty.id for duty in _pack(name).rules.duties if not duty.due}

    assert undated == {
        "kiem_tra",
        "tu_cham",
        "tru_bi",
        "dien_hinh",
        "giao_uoc",
        "ho_so",
        "co_quan_huong_dan",
        "phat_dong",
        "hoat_dong_chung",
        "tong_hop_diem",
        "pho_phoi_hop",
        "pho_thay_mat",
        "ky_giao_uoc",
        "tham_gia_xay_dung",
        "phong_trao_don_vi",
        "tham_gia_hoat_dong",
        "gioi_thieu_dien_hinh",
        "nhiem_vu_duoc_giao",
        "so_noi_vu_danh_gia",
        "nhat_tri_bang_diem",
    }
