"""Text typed in the fonts of before Unicode is recognised by spelling."""

from __future__ import annotations

from typing import Any

import pytest

from app.exchange.legacy_text import LegacyScript, converted, is_syllable, suspected
from app.exchange.tables import read_table

PAIRS = [
    ("Nội dung tiêu chí", "Néi dung tiªu chÝ", "Noäi dung tieâu chí"),
    ("Điểm chuẩn", "§iÓm chuÈn", "Ñieåm chuaån"),
    ("Thực hiện nhiệm vụ được giao", "Thùc hiÖn nhiÖm vô ®­îc giao", "Thöïc hieän nhieäm vuï ñöôïc giao"),
    ("Cải cách hành chính", "C¶i c¸ch hµnh chÝnh", "Caûi caùch haønh chính"),
    ("quốc phòng, an ninh", "quèc phßng, an ninh", "quoác phoøng, an ninh"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tcvn3", "vni"), PAIRS)
def test_legacy_text_is_recognised_and_converted(text: str, tcvn3: str, vni: str) -> None:
    assert suspected(tcvn3) is LegacyScript.TCVN3
    assert converted(tcvn3, LegacyScript.TCVN3) == text
    assert suspected(vni) is LegacyScript.VNI
    assert converted(vni, LegacyScript.VNI) == text


@pytest.mark.parametrize("text", [text for text, _, _ in PAIRS] + [
    "I. Phát triển kinh tế", "Lý do", "Hà Nam", "café", "50 m²", "5 µm", "© 2026", "Ô tô", "résumé",
    "Kính gửi", "10 %", "", "Điểm", "Trần Thế Phiệt",
])  # fmt: skip
def test_right_text_is_left_alone(text: str) -> None:
    assert suspected(text) is None


@pytest.mark.parametrize("word", ["nghiêng", "giết", "quốc", "khuỷu", "ượt", "yêu", "đẹp", "Thuở"])
def test_right_syllables_are_right(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["cẽng", "ngể", "kà", "các̀h", "dûng", "òố", "tiªu", "ñua", "càch"])
def test_wrong_syllables_are_wrong(word: str) -> None:
    assert not is_syllable(word)


def test_a_doubtful_cell_follows_its_surely_typed_neighbours(files: Any) -> None:
    path = files.xlsx([["Néi dung tiªu chÝ", "§iÓm"], ["Th«ng tin", "hµ"]])
    table, findings = read_table(path, convert_legacy=True)
    assert [cell.text for cell in table.row(2)] == ["Thông tin", "hà"]
    assert "4 ô" in findings[0].message


def test_right_cells_stay_right_beside_cells_of_an_old_font(files: Any) -> None:
    path = files.xlsx([["Nội dung tiêu chí", "§iÓm chuÈn"], ["Quý I", 5]])
    table, _ = read_table(path, convert_legacy=True)
    assert table.cell(1, 1).text == "Nội dung tiêu chí"
    assert table.cell(1, 2).text == "Điểm chuẩn"
    assert table.cell(2, 1).text == "Quý I"


def test_the_finding_names_the_font_the_first_cell_and_a_reading(files: Any) -> None:
    table, (finding,) = read_table(files.xlsx([["x"], ["Noäi dung tieâu chí"]]))
    assert finding.place == "Ô A2, trang “Bảng”, tệp bang.xlsx"
    assert "VNI" in finding.message
    assert "“Nội dung tiêu chí”" in finding.message
    assert table.cell(2, 1).text == "Noäi dung tieâu chí"
