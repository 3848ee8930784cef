"""A plain criteria table becomes criteria with codes, titles and maxima."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.exchange.criteria_table import CriteriaTable, pack_tree, read_criteria_table
from app.exchange.table_headings import Role, parse_columns
from app.exchange.tables import read_table
from app.ground.findings import Finding, UserError
from app.rules.document import dump_tree, parse_tree, read_pack

HEAD = ["STT", "Nội dung tiêu chí", "Điểm chuẩn"]
Read = tuple[CriteriaTable, tuple[Finding, ...]]


@pytest.fixture
def read(files: Any) -> Any:
    def reading(rows: Any, columns: str = "", **options: Any) -> Read:
        table, _ = read_table(files.xlsx(rows, **options))
        return read_criteria_table(table, parse_columns(columns) if columns else None)

    return reading


def _codes(result: Read) -> list[str]:
    return [criterion.code for criterion in result[0].criteria]


def _faults(result: Read) -> list[str]:
    return [finding.code for finding in result[1]]


# ------------------------------------------------------------------ the tree


def test_printed_numbers_become_dotted_codes(read: Any) -> None:
    result = read(
        [
            HEAD,
            ["I", "Phát triển kinh tế", 60],
            ["1.", "Thu ngân sách", 40],
            ["a)", "Đạt dự toán", 30],
            ["b)", "Đúng hạn", 10],
            [2, "Đầu tư công", 20],
            ["II", "Xây dựng Đảng", 40],
            ["1", "Học tập", 25],
            ["-", "Có kế hoạch", 10],
            ["-", "Có báo cáo", 15],
            ["+", "Nộp đúng hạn", 15],
            ["2", "Kiểm tra", 15],
        ]
    )
    assert _codes(result) == [
        *["I", "I.1", "I.1.a", "I.1.b", "I.2"],
        *["II", "II.1", "II.1.1", "II.1.2", "II.1.2.1", "II.2"],
    ]
    assert result[1] == ()
    table = result[0]
    assert [c.label for c in table.criteria][:4] == ["I", "1.", "a)", "b)"]
    assert [c.code for c in table.criteria if c.is_group] == ["I", "I.1", "II", "II.1", "II.1.2"]
    assert table.total == 100


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        (["1", "1.1", "1.2", "1.2.1", "2", "2.1"], ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]),
        (["I", "1.1", "1.2", "II", "2.1"], ["I", "I.1", "I.2", "II", "II.1"]),
        (["I", "1", "1.1", "1.2", "2"], ["I", "I.1", "I.1.1", "I.1.2", "I.2"]),
        (["A", "I", "1", "B", "I"], ["A", "A.I", "A.I.1", "B", "B.I"]),
        (["G", "1", "H", "1", "I", "1"], ["G", "G.1", "H", "H.1", "I", "I.1"]),
        (["I", "6", "6a", "6b", "7"], ["I", "I.6", "I.6.6a", "I.6.6b", "I.7"]),
        (["I", "9a", "9b", "10"], ["I", "I.9a", "I.9b", "I.10"]),
        (["Phần I", "Mục 1", "(2)", "03"], ["I", "I.1", "I.2", "I.3"]),
        (["I", "1", "d)", "đ)", "e)"], ["I", "I.1", "I.1.d", "I.1.đ", "I.1.e"]),
        (["I", "I.1", "I.1.a", "I.2"], ["I", "I.1", "I.1.a", "I.2"]),
        ([None, None, None], ["1", "2", "3"]),
        (["TC01", "TC02"], ["TC01", "TC02"]),
    ],
)
def test_numbers_are_followed_as_a_reader_follows_them(
    read: Any, printed: list[str | None], codes: list[str]
) -> None:
    assert _codes(read([HEAD, *([label, "Tiêu chí", 1] for label in printed)])) == codes


def test_a_number_at_the_beginning_of_the_title_serves_where_there_is_no_column(read: Any) -> None:
    result = read(
        [
            ["Nội dung", "Điểm tối đa"],
            ["PHẦN I. KINH TẾ", 10],
            ["1. Thu ngân sách", 4],
            ["2. Đầu tư", 6],
            ["- Giải ngân", 6],
        ]
    )
    assert _codes(result) == ["I", "I.1", "I.2", "I.2.1"]
    assert [c.title for c in result[0].criteria][:2] == ["KINH TẾ", "Thu ngân sách"]


def test_a_column_of_codes_goes_before_the_column_of_numbers(read: Any) -> None:
    result = read(
        [
            ["TT", "Mã", "Nội dung", "Điểm"],
            ["I", None, "Nhóm", 5],
            [1, "KT1", "Một", 2],
            [2, "KT2", "Hai", 3],
        ]
    )
    assert _codes(result) == ["I", "I.KT1", "I.KT2"]
    assert result[1] == ()


def test_a_path_gives_the_tree_and_groups_without_rows(read: Any) -> None:
    result = read(
        [
            ["section", "path", "code", "max"],
            ["I", "I/2./2.d)/34", "34", 10],
            ["I", "I/2./2.d)/27/27a", "27a", 5],
            ["II", "II/3./3. b)/116", "116", 1],
            ["III", "III/4.", "4.", 25],
        ]
    )
    assert _codes(result) == [
        *["I", "I.2", "I.2.d", "I.2.d.34", "I.2.d.27", "I.2.d.27.27a"],
        *["II", "II.3", "II.3.b", "II.3.b.116", "III", "III.4"],
    ]
    labels = {c.code: c.label for c in result[0].criteria}
    assert (labels["I.2.d"], labels["III.4"]) == ("2.d)", "4.")
    assert _faults(result) == ["titles_made"]


def test_a_section_column_heads_the_codes_and_may_be_merged_downwards(read: Any) -> None:
    result = read(
        [
            ["Phần", "TT", "Nội dung", "Điểm"],
            ["I. Kinh tế", 1, "Một", 2],
            [None, 2, "Hai", 3],
            ["II. Xã hội", 1, "Ba", 4],
        ],
        merges=["A2:A3"],
    )
    assert _codes(result) == ["I", "I.1", "I.2", "II", "II.1"]
    assert [c.title for c in result[0].criteria if c.is_group] == ["Kinh tế", "Xã hội"]
    assert result[1] == ()


# ------------------------------------------------------------------ the head


def test_titles_above_the_head_and_the_row_of_column_numbers_are_skipped(read: Any) -> None:
    result = read(
        [
            ["UBND TỈNH X", None, None],
            ["BẢNG TIÊU CHÍ CHẤM ĐIỂM", None, "Điểm"],
            [],
            ["Số TT", "NỘI DUNG TIÊU CHÍ", "Điểm chuẩn (tối đa)"],
            ["(1)", "(2)", "(3)"],
            ["I", "Một", 5],
        ],
        merges=["A1:C1"],
    )
    assert _codes(result) == ["I"]
    assert result[0].heading == "UBND TỈNH X BẢNG TIÊU CHÍ CHẤM ĐIỂM Điểm"


@pytest.mark.parametrize("below", ["Chuẩn", "Điểm chuẩn"])
def test_a_head_of_two_rows_is_read_as_one(read: Any, below: str) -> None:
    result = read(
        [
            ["BẢNG ĐIỂM"],
            ["TT", "Nội dung", "Điểm", None],
            [None, None, below, "Tự chấm"],
            ["I", "Một", 5, 4],
        ],
        merges=["A2:A3", "B2:B3", "C2:D2"],
    )
    assert result[0].heading == "BẢNG ĐIỂM"
    assert [(c.code, c.max) for c in result[0].criteria] == [("I", 5)]


def test_other_headings_are_told_with_a_mapping(read: Any) -> None:
    rows = [["Ký", "Việc phải làm", "Mức cao nhất"], ["I", "Một", 5]]
    with pytest.raises(UserError) as refusal:
        read(rows)
    assert [f.code for f in refusal.value.findings] == ["head_not_found"]
    result = read(rows, "number=Ký, title=Việc phải làm, max=mức CAO nhất")
    assert [(c.code, c.title, c.max) for c in result[0].criteria] == [("I", "Một", 5)]


def test_a_heading_with_a_comma_can_be_mapped() -> None:
    mapping = parse_columns("title=Nội dung, tiêu chí,max=Điểm")
    assert mapping == {Role.TITLE: "Nội dung, tiêu chí", Role.MAX: "Điểm"}


def test_a_faulty_mapping_tells_all_its_faults_with_suggestions() -> None:
    with pytest.raises(UserError) as refusal:
        parse_columns("titel=Nội dung,max=,kinds=Loại")
    assert [f.code for f in refusal.value.findings] == ["columns_option"] * 3
    assert "Có phải “title”?" in refusal.value.findings[0].message


def test_a_mapped_heading_that_is_missing_is_answered_with_the_nearest(read: Any) -> None:
    with pytest.raises(UserError) as refusal:
        read([HEAD, ["I", "Một", 5]], "max=Điểm chuẩng")
    (finding,) = refusal.value.findings
    assert (finding.code, "Có phải “Điểm chuẩn”?" in finding.message) == ("column_missing", True)


def test_two_columns_that_could_both_hold_the_maxima_are_asked_about(read: Any) -> None:
    rows = [["TT", "Nội dung", "Điểm tối đa", "Thang điểm"], ["I", "Một", 5, 6]]
    with pytest.raises(UserError) as refusal:
        read(rows)
    assert [f.code for f in refusal.value.findings] == ["columns_doubtful"]
    assert read(rows, "max=Thang điểm")[0].total == 6


def test_a_table_without_a_column_of_points_is_refused(read: Any) -> None:
    with pytest.raises(UserError) as refusal:
        read([["TT", "Nội dung"], ["I", "Một"]])
    assert [f.code for f in refusal.value.findings] == ["column_missing"]


def test_a_head_without_rows_is_told(read: Any) -> None:
    assert _faults(read([HEAD])) == ["no_criteria"]


# ------------------------------------------------------------------ sums


def test_the_points_of_a_group_are_checked_and_both_numbers_told(read: Any) -> None:
    result = read([HEAD, ["I", "Nhóm", 30], ["1", "Một", 10], ["2", "Hai", 12.5]])
    (finding,) = result[1]
    assert finding.code == "subtotal_differs"
    assert finding.place == "Ô C2 (nhóm I), trang “Bảng”, tệp bang.xlsx"
    assert "30 điểm" in finding.message
    assert "22,5 điểm" in finding.message


@pytest.mark.parametrize(
    "words", ["Tổng cộng", "TỔNG ĐIỂM:", "Cộng", "Tổng cộng (I+II)", "Tổng số"]
)
def test_a_row_of_the_total_is_checked_and_is_no_criterion(read: Any, words: str) -> None:
    rows = [HEAD, ["I", "Một", 10], ["II", "Hai", 12]]
    assert _codes(read([*rows, [None, words, 22]])) == ["I", "II"]
    assert _faults(read([*rows, [None, words, 22]])) == []
    wrong = read([*rows, [words, None, 23]])
    assert _faults(wrong) == ["total_differs"]
    assert "23 điểm" in wrong[1][0].message
    assert "22 điểm" in wrong[1][0].message


def test_a_number_typed_as_text_that_a_sum_of_excel_left_out_is_found(files: Any) -> None:
    rows = [HEAD, ["I", "Nhóm", "=SUM(C3:C4)"], ["1", "Một", "680"], ["2", "Hai", 50]]
    table, _ = read_table(files.in_format(files.xlsx([*rows, ["", "Tổng cộng", 730]]), "ods"))
    result, findings = read_criteria_table(table)
    assert result.total == 730
    assert [f.code for f in findings] == ["subtotal_differs"]
    assert "50 điểm" in findings[0].message
    assert "730 điểm" in findings[0].message


def test_a_total_in_between_belongs_to_the_group_above_or_the_one_it_names(read: Any) -> None:
    result = read(
        [
            HEAD,
            ["I", "Nhóm", None],
            ["1", "Một", 10],
            ["", "Cộng", 10],
            ["II", "Nhóm", None],
            ["1", "Hai", 5],
            ["", "Cộng mục II", 6],
            ["", "Tổng cộng", 15],
        ]
    )
    assert _codes(result) == ["I", "I.1", "II", "II.1"]
    assert _faults(result) == ["total_differs"]
    assert result[1][0].place.startswith("Dòng 7 (tổng của nhóm II)")


@pytest.mark.parametrize("title", ["Tổng kết phong trào thi đua", "Cộng tác với báo chí"])
def test_a_criterion_that_begins_like_a_total_stays_a_criterion(read: Any, title: str) -> None:
    assert _codes(read([HEAD, ["1", title, 10]])) == ["1"]


# ------------------------------------------------------------------ faults by cell


def test_all_faults_are_told_at_once_each_by_its_cell(read: Any) -> None:
    result = read(
        [
            HEAD,
            ["I", "Nhóm", None],
            ["1", "Một", "10 điểm"],
            ["2", "Hai", "05 điểm"],
            ["3", "Ba", "1.250"],
            ["4", "Bốn", -5],
            ["5", "Năm", "nhiều"],
            ["6", None, 5],
            ["6", "Sáu nữa", 5],
            ["7", "Bảy", None],
            ["8", "Tám", "12,5"],
        ]
    )
    found = [(f.code, f.place.split(",")[0]) for f in result[1]]
    assert found == [
        ("number_with_words", "Ô C3 (tiêu chí I.1)"),
        ("number_with_words", "Ô C4 (tiêu chí I.2)"),
        ("ambiguous_number", "Ô C5 (tiêu chí I.3)"),
        ("negative_points", "Ô C6 (tiêu chí I.4)"),
        ("not_a_number", "Ô C7 (tiêu chí I.5)"),
        ("code_repeated", "Dòng 9 (tiêu chí I.6)"),
        ("title_missing", "Ô B8 (tiêu chí I.6)"),
        ("max_missing", "Ô C10 (tiêu chí I.7)"),
    ]
    maxima = {c.code: c.max for c in result[0].criteria}
    assert (maxima["I.1"], maxima["I.2"], maxima["I.8"]) == (10, 5, Decimal("12.5"))
    assert "1,25 hoặc 1250" in next(f.message for f in result[1] if f.code == "ambiguous_number")


def test_points_that_excel_turned_into_a_date_are_asked_about(read: Any) -> None:
    result = read([HEAD, ["I", "Một", dt.date(2026, 5, 10)]])
    assert _faults(result) == ["score_became_date"]
    assert "10.5 hoặc 10/5" in result[1][0].message


def test_a_number_that_excel_turned_into_a_date_is_told(read: Any) -> None:
    assert "code_became_date" in _faults(read([HEAD, [dt.date(2026, 1, 1), "Một", 5]]))


def test_an_error_and_a_formula_without_value_are_told_not_taken_for_blanks(read: Any) -> None:
    result = read([HEAD, ["I", "Một", "=C5"], ["II", "Hai", 5]])
    assert _faults(result) == ["formula_uncalculated"]


def test_points_merged_over_several_criteria_are_told(read: Any) -> None:
    result = read(
        [HEAD, ["1", "Một", 10], ["2", "Hai", None]],
        merges=["C2:C3"],
    )
    assert _faults(result) == ["merged_points"]
    assert "C2:C3" in result[1][0].message


def test_a_group_title_merged_across_the_row_hides_no_points(read: Any) -> None:
    result = read([HEAD, ["I. KINH TẾ"], ["1", "Một", 10]], merges=["A2:C2"])
    assert _codes(result) == ["I", "I.1"]
    assert result[0].criteria[0].title == "KINH TẾ"
    assert result[1] == ()


def test_the_tail_of_a_calculated_number_is_cut_as_excel_shows_it(files: Any) -> None:
    path = files.text("STT,Nội dung,Điểm\nI,Một,5\n")
    table, _ = read_table(path)
    tailed = (*table.values[1][:2], Decimal("4.970000000000001"))
    table = type(table)(table.name, None, (table.values[0], tailed), {})
    result, findings = read_criteria_table(table)
    assert result.total == Decimal("4.97")
    assert [f.code for f in findings] == ["number_has_tail"]


def test_ten_that_became_one_in_a_numeric_column_is_explained(read: Any) -> None:
    result = read([HEAD, ["1", "Nhóm", None], [1.1, "Một", 5], [1.1, "Mười", 5]])
    assert _faults(result) == ["code_repeated"]
    assert "1.10 thành 1.1" in result[1][0].remedy


def test_rows_without_points_below_a_criterion_explain_it(read: Any) -> None:
    result = read(
        [HEAD, ["1", "Một", 10], ["-", "Đạt: 10 điểm", None], ["-", "Không: 0 điểm", None]]
    )
    assert _codes(result) == ["1"]
    assert not result[0].criteria[0].is_group
    assert _faults(result) == ["rows_explain"]


def test_rows_without_number_and_points_are_left_out_and_listed(read: Any) -> None:
    result = read([HEAD, ["1", "Một", 10], [], [None, "Người lập bảng", None]])
    assert _codes(result) == ["1"]
    assert _faults(result) == ["rows_left_out"]
    assert "Dòng 4" in result[1][0].message


def test_a_row_with_points_but_no_number_is_numbered_and_told(read: Any) -> None:
    result = read([HEAD, ["I", "Nhóm", None], [None, "Một", 10], [None, "Hai", 5]])
    assert _codes(result) == ["I", "I.1", "I.2"]
    assert _faults(result) == ["number_missing", "number_missing"]


# ------------------------------------------------------------------ the pack


def test_the_tree_is_a_pack_that_reads_back_equal(read: Any) -> None:
    table, _ = read(
        [
            [*HEAD, "Ghi chú"],
            ["I", "Nhóm", 12.5, None],
            ["a)", "Một", 10, "Có minh chứng"],
            ["b)", "Hai", 2.5, None],
        ]
    )
    tree = pack_tree(table, "bang-thu", "Bảng thử")
    assert parse_tree(dump_tree(tree).encode(), "bang.toml") == tree
    pack, findings = read_pack(tree, "bang.toml")
    assert not findings.errors
    assert pack is not None
    rules = pack.rules
    assert rules.scoring is not None
    assert rules.scoring.total_max == Decimal("12.5")
    assert [(c.code, c.max, c.method is None) for c in rules.criteria] == [
        ("I", Decimal("12.5"), True),
        ("I.a", Decimal(10), False),
        ("I.b", Decimal("2.5"), False),
    ]
    assert rules.criteria[1].printed == "a)"
    assert rules.criteria[1].note == "Có minh chứng"


def test_every_criterion_of_the_pack_cites_the_table(read: Any) -> None:
    table, _ = read([HEAD, ["I", "Một", 5]])
    tree = pack_tree(table, "bang-thu", "Bảng thử")
    clauses = {clause["id"] for clause in tree["clauses"]}
    assert all(row["clause"] in clauses for row in tree["criteria"])
    assert "bang.xlsx" in tree["sources"][0]["note"]


# ------------------------------------------------------------------ seeded tables


def test_a_seeded_table_gives_the_codes_and_maxima_that_it_was_made_of(
    seeded: Any, files: Any
) -> None:
    table, _ = read_table(files.xlsx(seeded.rows))
    result, findings = read_criteria_table(table)
    assert findings == ()
    assert [c.code for c in result.criteria] == seeded.codes
    assert {c.code: c.max for c in result.criteria} == seeded.maxima
    assert result.total == seeded.rows[-1][2]


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_the_formats_of_other_programs_give_the_same_criteria(files: Any, ending: str) -> None:
    rows = [HEAD, ["I", "Nhóm", 12.5], ["1.", "Một", 10], ["2.", "Hai", "=5/2"]]
    path = files.in_format(files.xlsx(rows), ending)
    table, _ = read_table(path)
    result, findings = read_criteria_table(table)
    assert [(c.code, c.max) for c in result.criteria] == [
        ("I", Decimal("12.5")),
        ("I.1", 10),
        ("I.2", Decimal("2.5")),
    ]
    assert findings == ()
