"""What is read out of spreadsheets of every format, cell by cell."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from app.exchange.sheet_scan import CellFault, FaultKind
from app.exchange.tables import Table, read_table
from app.ground.findings import UserError
from tests.app.exchange.conftest import TableFiles


def _codes(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [finding.code for finding in error.value.findings]


@pytest.fixture(scope="module", params=["xlsx", "ods", "xls"])
def mixed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Table:
    """One sheet with all kinds of cells, starting at B3, in each format."""
    files = TableFiles(tmp_path_factory.mktemp("bang"))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Bảng điểm"
    sheet["B3"], sheet["C3"], sheet["D3"] = "Điểm", 12.5, 10
    sheet["B4"], sheet["C4"], sheet["D4"] = dt.date(2026, 5, 10), 0.1, 1234567
    sheet["B5"], sheet["D5"], sheet["C6"] = "gộp", "  ", 7
    sheet.merge_cells("B5:B6")
    path = files.saved(book)
    if request.param != "xlsx":
        path = files.in_format(path, request.param)
    table, findings = read_table(path)
    assert findings == ()
    return table


def test_numbers_come_out_exactly_in_every_format(mixed: Table) -> None:
    assert mixed.cell(3, 3).value == Decimal("12.5")
    assert mixed.cell(4, 3).value == Decimal("0.1")
    assert str(mixed.cell(3, 4).value) == "10"
    assert mixed.cell(4, 4).value == Decimal(1234567)


def test_a_cell_knows_its_address_though_the_sheet_starts_further_down(mixed: Table) -> None:
    assert mixed.cell(3, 2).text == "Điểm"
    assert mixed.cell(3, 2).address == "B3"
    assert mixed.cell(1, 1).is_blank
    assert mixed.cell(99, 28).address == "AB99"


def test_a_date_stays_a_date(mixed: Table) -> None:
    assert mixed.cell(4, 2).value == dt.date(2026, 5, 10)
    assert mixed.cell(4, 2).text == "10/05/2026"


def test_cells_under_a_merged_range_know_where_its_value_stands(mixed: Table) -> None:
    assert mixed.anchored(6, 2).text == "gộp"
    assert not mixed.cell(5, 2).is_covered
    assert mixed.cell(6, 2).is_covered


def test_a_cell_of_spaces_is_blank(mixed: Table) -> None:
    assert mixed.cell(5, 4).is_blank


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_an_excel_error_is_not_a_blank(files: Any, ending: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "Điểm", "#REF!"
    book.active["A2"].data_type = "e"
    path = files.saved(book)
    path = path if ending == "xlsx" else files.in_format(path, ending)
    table, _ = read_table(path)
    assert table.cell(2, 1).value == CellFault(FaultKind.ERROR, "#REF!")


def test_a_formula_that_was_never_calculated_is_not_a_blank(files: Any) -> None:
    table, _ = read_table(files.xlsx([["Điểm"], ["=1+1"]]))
    assert table.cell(2, 1).value == CellFault(FaultKind.UNCALCULATED, "")


def test_text_is_composed_whatever_the_file_holds(files: Any) -> None:
    apart = unicodedata.normalize("NFD", "Tiêu chí thứ nhất")
    table, _ = read_table(files.xlsx([[apart]]))
    assert table.cell(1, 1).value == "Tiêu chí thứ nhất"


def test_the_only_visible_sheet_with_content_is_taken(files: Any) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Dữ liệu")["A1"] = "ở đây"
    hidden = book.create_sheet("Ẩn")
    hidden["A1"], hidden.sheet_state = "không phải", "hidden"
    table, _ = read_table(files.saved(book))
    assert (table.sheet, table.cell(1, 1).text) == ("Dữ liệu", "ở đây")


def test_several_sheets_are_asked_about_never_the_first_one_taken(files: Any) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "một"
    book.create_sheet("Bảng B")["A1"] = "hai"
    path = files.saved(book)
    with pytest.raises(UserError) as asked:
        read_table(path)
    assert _codes(asked) == ["several_sheets"]
    assert "“Bảng B”" in asked.value.findings[0].message
    assert read_table(path, sheet="bảng b")[0].cell(1, 1).text == "hai"


def test_a_sheet_that_is_not_there_is_answered_with_the_nearest_name(files: Any) -> None:
    path = files.xlsx([["x"]], sheet="Bảng điểm")
    with pytest.raises(UserError) as answer:
        read_table(path, sheet="Bang diem")
    assert _codes(answer) == ["sheet_not_found"]
    assert "Có phải “Bảng điểm”?" in answer.value.findings[0].message


def test_the_place_names_cell_subject_sheet_and_file(files: Any) -> None:
    table, _ = read_table(files.xlsx([["x"]], sheet="Bảng điểm"))
    place = table.at_cell(table.cell(12, 5), "tiêu chí II.3", "đơn vị Sở A")
    assert place == "Ô E12 (tiêu chí II.3, đơn vị Sở A), trang “Bảng điểm”, tệp bang.xlsx"


def test_the_name_of_a_file_does_not_decide_its_kind(files: Any) -> None:
    workbook = files.xlsx([["trong sổ"]]).read_bytes()
    assert read_table(files.data(workbook, "ten.xls"))[0].cell(1, 1).text == "trong sổ"
    assert read_table(files.text("a,b\n", name="ten.xlsx"))[0].cell(1, 2).text == "b"
