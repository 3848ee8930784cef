"""Lists of units as officers paste them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.facts_values import is_identifier
from ui.flows.unit_names import TypedUnit, read_units, repeated, short_ids, too_long


def names(text: str) -> list[str]:
    return [unit.name for unit in read_units(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Sở Tài chính",
        "  Sở   Tài chính ;",
        "1. Sở Tài chính",
        "1) Sở Tài chính",
        "(1) Sở Tài chính",
        "01/ Sở Tài chính",
        "1 Sở Tài chính",
        "- Sở Tài chính",
        "• Sở Tài chính,",
        "1\tSở Tài chính\t",
        "1\tSở Tài chính\t12,5\tghi chú",
        unicodedata.normalize("NFD", "Sở Tài chính"),
    ],
)
def test_numbering_bullets_and_other_columns_are_left_out(line: str) -> None:
    assert names(line) == ["Sở Tài chính"]


def test_the_order_is_kept_as_typed_and_empty_lines_are_left_out() -> None:
    text = "Sở Y tế\r\n\r\nBan Dân tộc\n  \nSở Công Thương\n"
    assert names(text) == ["Sở Y tế", "Ban Dân tộc", "Sở Công Thương"]


def test_a_head_of_the_table_is_no_unit() -> None:
    text = "STT\tTên đơn vị\tVai trò\n1\tSở Y tế\t"
    assert names(text) == ["Sở Y tế"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Sở Y tế\tTrưởng khối", "leader"),
        ("Sở Y tế\tCụm trưởng", "leader"),
        ("Sở Y tế (Trưởng cụm)", "leader"),
        ("Sở Y tế\tPhó Trưởng khối", "deputy"),
        ("Sở Y tế (Phó Trưởng cụm)", "deputy"),
        ("Sở Y tế\tCụm phó", "deputy"),
        ("Sở Y tế\tđơn vị thành viên của khối", ""),
    ],
)
def test_who_leads_is_understood_from_a_column_or_a_note(line: str, role: str) -> None:
    assert read_units(line) == (TypedUnit("Sở Y tế", role),)


def test_a_note_that_names_no_role_belongs_to_the_name() -> None:
    assert names("Trường Chính trị (cơ sở 2)") == ["Trường Chính trị (cơ sở 2)"]
    assert names("Trường Cao đẳng Sư phạm") == ["Trường Cao đẳng Sư phạm"]


def test_doubles_are_found_whatever_their_case_and_composition() -> None:
    other = unicodedata.normalize("NFD", "SỞ Y TẾ")
    units = (TypedUnit("Sở Y tế"), TypedUnit("Sở Nội vụ"), TypedUnit(other), TypedUnit("sở y tế"))
    assert repeated(units) == (other,)
    assert repeated((TypedUnit("Xã Tân Hòa"), TypedUnit("Xã Tân Hóa"))) == ()


def test_a_paragraph_is_no_name() -> None:
    assert len(too_long([TypedUnit("x" * 201), TypedUnit("x" * 200)])) == 1


def test_ids_are_made_from_the_letters_and_differ() -> None:
    made = short_ids(["Sở Tài chính", "Đảng ủy Khối", "Sở Tài chính", "???", "!!!"])
    assert made == ("so_tai_chinh", "dang_uy_khoi", "so_tai_chinh_2", "don_vi", "don_vi_2")


@given(st.lists(st.text(max_size=60), max_size=12))
def test_ids_of_any_names_can_be_kept_and_differ(names: list[str]) -> None:
    made = short_ids(names)
    assert len(set(made)) == len(names)
    assert all(is_identifier(key) for key in made)


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for unit in read_units(text):
        assert unit.name.strip() == unit.name != ""
