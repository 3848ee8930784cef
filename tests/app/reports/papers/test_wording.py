"""Wording with named places: what is put in, and that it can do nothing but name."""

from __future__ import annotations

import pytest

from app.ground.findings import Findings
from app.reports.document import Heading, Note, Paragraph, plain_line
from app.reports.papers.wording import Filler, Place, names_in

BLOCK = Paragraph(plain_line("Đoạn của chương trình."))


def filler(**values: Place) -> Filler:
    return Filler({name.replace("_", " "): v for name, v in values.items()}, "Thử", Findings())


class TestAPlace:
    def test_gives_its_value_in_the_letters_of_its_name(self) -> None:
        words = filler(cụm="khối", trưởng="Trưởng khối")
        assert words.line("«cụm» - «Cụm» - «CỤM» - «trưởng»") == "khối - Khối - KHỐI - Trưởng khối"

    def test_is_found_in_decomposed_letters_and_with_more_spaces(self) -> None:
        words = filler(tên_cụm="Khối 1")
        assert words.line("«te\u0302n  cu\u0323m»") == "Khối 1"

    def test_that_nobody_knows_is_a_finding_with_the_nearest_name_and_stays(self) -> None:
        words = filler(đơn_vị="Sở A")
        assert words.line("Gửi «đơn vi»") == "Gửi «đơn vi»"
        (told,) = words.told
        assert told.code == "paper_place_unknown"
        assert "«đơn vị»" in told.remedy

    def test_of_blocks_stands_alone_on_its_line(self) -> None:
        words = filler(bảng=(BLOCK,))
        assert words.blocks("Kèm theo:\n\n«bảng»") == (Paragraph(plain_line("Kèm theo:")), BLOCK)
        assert not words.told

    def test_of_blocks_inside_a_sentence_is_a_finding(self) -> None:
        words = filler(bảng=(BLOCK,))
        words.blocks("Kèm theo «bảng» này")
        assert [told.code for told in words.told] == ["paper_place_not_alone"]


class TestMarkdown:
    def test_headings_bold_italic_and_notes_are_read(self) -> None:
        head, line, note = filler(x="5").blocks("## I. KẾT QUẢ\n\nCó **«x»** và *hết*\n\n> Ghi chú")
        assert head == Heading("I. KẾT QUẢ", 1)
        assert isinstance(line, Paragraph)
        assert [(run.text, run.bold, run.italic) for run in line.runs] == [
            ("Có ", False, False),
            ("5", True, False),
            (" và ", False, False),
            ("hết", False, True),
        ]
        assert note == Note(plain_line("Ghi chú"))

    def test_each_line_is_a_paragraph_and_list_marks_stay_words(self) -> None:
        lines = filler().blocks("1. Một\n- Hai\n+ Ba")
        assert [block.runs[0].text for block in lines if isinstance(block, Paragraph)] == [
            "1. Một",
            "- Hai",
            "+ Ba",
        ]

    def test_a_value_brings_no_marks_of_its_own(self) -> None:
        (line,) = filler(tên="**A** «năm» # x").blocks("Tên: «tên»")
        assert isinstance(line, Paragraph)
        assert "".join(run.text for run in line.runs) == "Tên: **A** «năm» # x"
        assert not any(run.bold for run in line.runs)


@pytest.mark.parametrize(
    "wording",
    [
        "{năm}",
        "${năm}",
        "{{ năm }}",
        "%(năm)s",
        "{0.real}",
        "<script>alert(1)</script>",
        "![ảnh](file:///etc/passwd)",
        "[x](http://a.b)",
        "`import os`",
    ],
)
def test_whatever_else_is_written_is_only_words(wording: str) -> None:
    words = filler(năm="2019")
    (block,) = words.blocks(wording)
    assert isinstance(block, Paragraph)
    assert "".join(run.text for run in block.runs) == wording


@pytest.mark.parametrize("wording", ["«", "»", "««", "«»", "« »", "«a\nb»", "«" * 50, "«a" * 30])
def test_halves_of_places_are_words_or_findings(wording: str) -> None:
    words = filler(năm="2019")
    words.blocks(wording)
    assert words.line("«năm»") == "2019"


def test_names_are_listed_once_in_their_order() -> None:
    assert names_in("«B b» và «a», rồi «B b»") == ("B b", "a")
