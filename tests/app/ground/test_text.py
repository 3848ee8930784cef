"""Text is found and compared as officers expect, whatever its composition."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ground.text import composed, dictionary_key, folded, natural_key, nearest, same_words


def test_thanh_hoa_is_found_without_accents() -> None:
    assert folded("Thanh  Hóa") == "thanh hoa" == folded(unicodedata.normalize("NFD", "THANH HÓA"))
    assert folded("Đắk Lắk") == "dak lak"


def test_accents_count_when_words_are_compared() -> None:
    assert same_words("hoàn thành  TỐT", "Hoàn thành tốt")
    assert same_words(unicodedata.normalize("NFD", "Khá"), "khá")
    assert not same_words("Khá", "Kha")


@pytest.mark.parametrize(
    ("codes", "ordered"),
    [
        (["I.10", "I.2", "I.1"], ["I.1", "I.2", "I.10"]),
        (["9b", "9", "10"], ["9", "9b", "10"]),
        (["u10", "u9", "u1"], ["u1", "u9", "u10"]),
        (["1.a", "1", "1.1"], ["1", "1.1", "1.a"]),
    ],
)
def test_codes_stand_as_people_read_them(codes: list[str], ordered: list[str]) -> None:
    assert sorted(codes, key=natural_key) == ordered


@pytest.mark.parametrize(
    "ordered",
    [
        ["Cục Hải quan", "Cục Thuế", "Đài Truyền hình", "Sở Công an"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "ăn", "ân"],
        ["Cụm 2", "Cụm 10", "Cụm A"],
        ["I.2", "I.10", "II.1"],
        ["Sở Y tế", "Sở Y tế tỉnh", "Sở Ý"],
    ],
)
def test_names_stand_as_in_a_dictionary(ordered: list[str]) -> None:
    mixed = [unicodedata.normalize("NFD", name) for name in reversed(ordered)]
    assert [composed(name) for name in sorted(mixed, key=dictionary_key)] == ordered


def test_a_misspelt_word_gets_its_neighbour() -> None:
    assert nearest("proportinal", ["proportional", "levels"]) == "proportional"
    assert nearest("xyz", ["proportional", "levels"]) is None


@given(st.text(max_size=30))
def test_composing_twice_changes_nothing(text: str) -> None:
    assert composed(composed(text)) == composed(text)
    assert folded(folded(text)) == folded(text)
