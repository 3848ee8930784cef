"""The nouns of a paper, and the paper as plain text."""

from __future__ import annotations

import datetime as dt

import pytest

from app.reports import text
from app.reports.document import (
    Column,
    Document,
    Row,
    Table,
    cell,
    number_line,
    place_and_date,
)
from app.reports.texts import texts


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (dt.date(2019, 1, 5), "Cao Bằng, ngày 05 tháng 01 năm 2019"),
        (dt.date(2019, 2, 12), "Cao Bằng, ngày 12 tháng 02 năm 2019"),
        (dt.date(2019, 3, 9), "Cao Bằng, ngày 09 tháng 3 năm 2019"),
        (dt.date(2019, 12, 31), "Cao Bằng, ngày 31 tháng 12 năm 2019"),
        (None, "Cao Bằng, ngày … tháng … năm …"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_carry_a_zero(
    day: dt.date | None, printed: str
) -> None:
    assert place_and_date("Cao Bằng", day) == printed


def test_numbers_below_ten_carry_a_zero_and_a_missing_number_leaves_room() -> None:
    assert number_line(5, "BC-SNV") == "Số: 05/BC-SNV"
    assert number_line(105, "BC-SNV") == "Số: 105/BC-SNV"
    assert number_line(None, "BC-SNV").split() == ["Số:", "/BC-SNV"]


def test_a_row_must_cover_all_columns() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Table((Column("a"), Column("b")), (Row((cell("1"),)),))


def test_plain_text_holds_every_text_of_the_document(draft: Document) -> None:
    printed = " ".join(text.render(draft).split())
    for _, words in list(texts(draft))[:-1]:
        assert " ".join(words.split()) in printed


def test_plain_text_ends_its_lines_cleanly(draft: Document) -> None:
    printed = text.render(draft)
    assert printed.endswith("\n")
    assert not any(line != line.rstrip() for line in printed.split("\n"))
