"""What was copied from Word or Excel becomes the same cells as a file's."""

from __future__ import annotations

import pytest

from app.exchange.criteria_table import read_criteria_table
from app.exchange.pasted import read_pasted
from app.ground.findings import UserError

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>td {x: 1}</style>
<title>Bảng</title></head><body><!--StartFragment-->
<p>Bảng tiêu chí</p>
<table border=1><tr>
<td rowspan=2><p class=MsoNormal><b>STT</b></p></td>
<td rowspan=2><p>Nội dung<br>tiêu chí</p></td><td colspan=2>Điểm</td></tr>
<tr><td>Điểm chuẩn</td><td>Tự chấm</td></tr>
<tr><td>I</td><td>Kinh tế&nbsp;- xã hội</td><td>30</td><td></td></tr>
<tr><td>1</td><td><p>Thu ngân</p><p>sách</p></td><td>12,5</td><td></td></tr>
<tr><td>2</td><td>Chi<table><tr><td>bảng con</td></tr></table></td><td>17,5</td><td></td></tr>
</table></body></html>"""


def rows(html: str, text: str = "") -> list[tuple[str, str, str]]:
    table, _ = read_pasted(html, text)
    read, _ = read_criteria_table(table)
    return [(c.code, c.title, str(c.max)) for c in read.criteria]


def test_a_table_of_word_is_read_with_its_spans_and_paragraphs() -> None:
    assert rows(WORD) == [
        ("I", "Kinh tế - xã hội", "30"),
        ("I.1", "Thu ngân sách", "12.5"),
        ("I.2", "Chi bảng con", "17.5"),
    ]


def test_text_with_tabs_is_read_where_there_is_no_html() -> None:
    assert rows("<b>không có bảng</b>", "STT\tNội dung\tĐiểm\n1\tThu\t10\n2\tChi\t5,5\n") == [
        ("1", "Thu", "10"),
        ("2", "Chi", "5.5"),
    ]


def test_without_a_heading_the_columns_are_understood_and_that_is_told() -> None:
    table, told = read_pasted("", "1\tThu ngân sách nhà nước\t10\n2\tChi\t5,5\n")
    assert [f.code for f in told] == ["paste_without_head"]
    assert "“STT”, “Nội dung”, “Điểm tối đa”" in told[0].message
    read, _ = read_criteria_table(table)
    assert [(c.code, c.title) for c in read.criteria] == [
        ("1", "Thu ngân sách nhà nước"),
        ("2", "Chi"),
    ]


@pytest.mark.parametrize("html", ["", "<p>chữ</p>", "<table></table>", "<table><tr></tr></table>"])
def test_nothing_that_is_a_table_is_refused(html: str) -> None:
    with pytest.raises(UserError) as fault:
        read_pasted(html, " \n")
    assert [f.code for f in fault.value.findings] == ["table_empty"]


def test_spans_without_end_are_refused_instead_of_filling_the_memory() -> None:
    row = "<tr>" + "<td rowspan=9999 colspan=9999>x</td>" * 3 + "</tr>"
    with pytest.raises(UserError) as fault:
        read_pasted(f"<table>{row * 20}</table>", "")
    assert fault.value.findings[0].code == "table_too_large"
