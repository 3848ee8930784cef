"""Every kind of broken form is told by its file, its sheet and its cell."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.domain.snapshot import Period
from app.exchange.forms import read_form, write_form
from app.exchange.table_containers import Limits
from app.ground.findings import Finding, Severity
from tests.app.exchange.forms.conftest import (
    CITATIONS,
    ENTRIES,
    ROSTER,
    YEAR,
    Forms,
    pack_of,
)
from tests.app.exchange.forms.filling import OpenForm, filled


@dataclass(frozen=True)
class Broken:
    """A way to break a form, and the finding that must tell of it."""

    name: str
    edit: Callable[[OpenForm], object]
    code: str
    place: str
    severity: Severity = Severity.ERROR
    says: str = ""


def put(figure: tuple[str, str], value: object) -> Callable[[OpenForm], object]:
    def edit(form: OpenForm) -> None:
        form.figure(*figure).value = value

    return edit


def put_in(column: str, code: str, value: object, line: int = 1) -> Callable[[OpenForm], object]:
    def edit(form: OpenForm) -> None:
        form.cell(column, code, line).value = value

    return edit


def shown_as(figure: tuple[str, str], value: object, number_format: str) -> Callable[..., object]:
    def edit(form: OpenForm) -> None:
        cell = form.figure(*figure)
        cell.value = value
        cell.number_format = number_format

    return edit


def inserted_row(column: str, value: object) -> Callable[[OpenForm], object]:
    def edit(form: OpenForm) -> None:
        form.sheet.insert_rows(10)
        form.sheet[f"{column}10"].value = value

    return edit


def copied_row(form: OpenForm) -> None:
    at = form.row("I.2")
    form.sheet.insert_rows(at + 2)
    for cell in form.sheet[at]:
        form.sheet.cell(at + 2, cell.column).value = cell.value


def foreign_row(form: OpenForm) -> None:
    form.cell("id", "I.2").value = "V.9:1:level"


def swapped_rows(form: OpenForm) -> None:
    one, other = form.row("I.1"), form.row("I.2")
    for column in range(1, 15):
        a, b = form.sheet.cell(one, column), form.sheet.cell(other, column)
        a.value, b.value = b.value, a.value


PLAN, ACTUAL, LEVEL = ("I.1", "plan"), ("I.1", "actual"), ("I.2", "level")
COUNT, DONE, ANSWER = ("II.2", "sang_kien"), ("II.3", "done"), ("II.1", "achieved")
MAY = dt.date(2026, 5, 10)
WARNING, NOTE = Severity.WARNING, Severity.NOTE

BROKEN = (
    Broken("a formula that was never calculated", put(PLAN, "=100+100"), "formula_uncalculated", "Ô F9"),
    Broken("points as a formula without a value", put_in("points", "I.10", "=20+0"), "formula_uncalculated", "Ô H13"),
    Broken("an error of the spreadsheet", put(ACTUAL, "#REF!"), "cell_error", "Ô F10"),
    Broken("an error in a calculated cell", put_in("points", "I.1", "#DIV/0!"), "form_formula_fault", "Ô H9", WARNING),
    Broken("merged answers", lambda f: f.sheet.merge_cells("F9:F10"), "form_cells_merged", "Ô F9"),
    Broken("merged evidence", lambda f: f.sheet.merge_cells("J9:L9"), "form_cells_merged", "Ô J9"),
    Broken("rows changed places", swapped_rows, "form_rows_moved", "Dòng", NOTE),
    Broken("a row of evidence was inserted", inserted_row("J", "7/QĐ"), "form_evidence_inserted", "Dòng 10", NOTE),
    Broken("a row of figures was inserted", inserted_row("F", 12), "form_row_inserted", "Ô F10"),
    Broken("a row of words was inserted", inserted_row("C", "Ghi chú"), "form_text_left_out", "Ô C10", WARNING),
    Broken("a row was deleted", lambda f: f.sheet.delete_rows(f.row("I.1", 2)), "form_row_missing", "tiêu chí I.1"),
    Broken("a criterion was deleted", lambda f: f.sheet.delete_rows(f.row("II.1"), 2), "form_row_missing", "tiêu chí II.1"),
    Broken("a row stands twice", copied_row, "form_row_repeated", "Dòng 13"),
    Broken("a row of another table", foreign_row, "form_row_unknown", "Dòng 11"),
    Broken("a column was inserted", lambda f: f.sheet.insert_cols(6), "form_columns_moved", "Ô G1", NOTE),
    Broken("words in an inserted column", lambda f: (f.sheet.insert_cols(6), f.sheet.__setitem__("F9", "xem lại")), "form_text_left_out", "Ô F9", WARNING),
    Broken("a column was deleted", lambda f: f.sheet.delete_cols(7), "form_column_missing", "Phiếu tự chấm", says="Không được giao"),
    Broken("the hidden ids were deleted", lambda f: f.sheet.delete_cols(1), "form_column_missing", "Phiếu tự chấm", says="cột ẩn"),
    Broken("the hidden row of keys was deleted", lambda f: f.sheet.delete_rows(1), "form_sheet_missing", "tc.xlsx"),
    Broken("the sheet was renamed", lambda f: setattr(f.sheet, "title", "Sheet2"), "form_sheet_renamed", "Sheet2", NOTE),
    Broken("the sheet was deleted", lambda f: f.book.remove(f.sheet), "form_sheet_missing", "tc.xlsx"),
    Broken("a code became a number", put_in("code", "I.10", Decimal("1.1")), "form_code_changed", "Ô B13", WARNING),
    Broken("a code lost its zero", put_in("code", "I.10", "I.1"), "form_code_changed", "Ô B13", WARNING, "I.10"),
    Broken("a title was written over", put_in("title", "I.2", "Tiêu chí khác"), "form_text_changed", "Ô C11", WARNING),
    Broken("a maximum was written over", put_in("max", "I.2", 30), "form_text_changed", "Ô D11", WARNING),
    Broken("the name of a figure was written over", put_in("figure", "I.1", "Thực hiện"), "form_text_changed", "Ô E9", WARNING),
    Broken("something in a closed cell", put_in("points", "I.10", 5, 2), "form_text_left_out", "Ô H14", WARNING),
    Broken("a figure is missing", put_in("value", "I.1", None), "form_figure_missing", "Ô F9", WARNING),
    Broken("a number that reads in two ways", put(PLAN, "1.250"), "ambiguous_number", "Ô F9"),
    Broken("points that read in two ways", put_in("points", "I.10", "1.250"), "ambiguous_number", "Ô H13"),
    Broken("words instead of a number", put(PLAN, "hai trăm"), "not_a_number", "Ô F9"),
    Broken("words instead of points", put_in("points", "I.10", "đạt"), "not_a_number", "Ô H13"),
    Broken("a number of forty digits", put(PLAN, "1" * 38), "number_too_long", "Ô F9"),
    Broken("a figure that became a date", shown_as(PLAN, MAY, "d-mmm"), "score_became_date", "Ô F9"),
    Broken("points that became a date", put_in("points", "I.10", MAY), "score_became_date", "Ô H13", says="10.5"),
    Broken("a number shown as a percent", shown_as(ACTUAL, 0.95, "0%"), "form_percent", "Ô F10", says="95 %"),
    Broken("a number with a percent sign", put(ACTUAL, "95%"), "form_percent", "Ô F10"),
    Broken("a percent of another format", shown_as(ACTUAL, 0.955, '0.0"%"'), "form_percent", "Ô F10"),
    Broken("a negative score", put_in("points", "I.10", -3), "negative_points", "Ô H13"),
    Broken("a negative count", put(COUNT, -1), "facts_negative", "Ô F18"),
    Broken("half an occurrence", put(COUNT, Decimal("1.5")), "facts_not_whole", "Ô F18"),
    Broken("points above the maximum", put_in("points", "I.10", 26), "above_max", "Ô H13", says="25"),
    Broken("a misspelt level", put(LEVEL, "kha"), "facts_unknown_level", "Ô F11", says="khá"),
    Broken("a number instead of a level", put(LEVEL, 8), "facts_unknown_level", "Ô F11"),
    Broken("an answer that is neither yes nor no", put(ANSWER, "có lẽ"), "facts_not_yes_no", "Ô F16"),
    Broken("a day that is on no calendar", put(DONE, "31/02/2026"), "form_not_a_date", "Ô F21"),
    Broken("a number instead of a day", shown_as(DONE, 46000, "0"), "form_not_a_date", "Ô F21"),
    Broken("a state that is none", put_in("state", "I.2", "không đc giao"), "form_state_unknown", "Ô G11", says="Không được giao"),
    Broken("not assigned, yet with figures", put_in("state", "I.1", "Không được giao"), "form_state_contradicts", "Ô G9"),
    Broken("not done, yet with points", put_in("state", "I.10", "Không thực hiện"), "form_state_contradicts", "Ô G13"),
    Broken("points other than the figures give", put_in("points", "I.1", 19), "form_points_differ", "Ô H9", WARNING, "15"),
    Broken("a sum written over", lambda f: f.sheet.__setitem__("H8", 60), "form_total_differs", "Ô H8", WARNING),
    Broken("a total written over", lambda f: f.sheet.__setitem__("H5", 99), "form_total_differs", "Ô H5", WARNING, "99"),
    Broken("words over a formula", put_in("points", "II.2", "đủ"), "form_formula_overwritten", "Ô H18", WARNING),
    Broken("points over a formula without figures", lambda f: (put(COUNT, None)(f), put_in("points", "II.2", 6)(f)), "form_formula_overwritten", "Ô H18", WARNING),
    Broken("text of an old font", put_in("subject", "I.2", "B¸o c¸o tæng kÕt"), "legacy_text", "Ô M11", says="Báo cáo tổng kết"),
    Broken("an old font in a level", put(LEVEL, "trung b×nh"), "legacy_text", "Ô F11"),
    Broken("evidence dated outside the year", put_in("date", "I.1", dt.date(2025, 12, 31)), "form_evidence_outside", "Ô J9", WARNING),
    Broken("evidence with words for a day", put_in("date", "I.1", "cuối năm"), "form_not_a_date", "Ô K9"),
    Broken("one document used twice", lambda f: (put_in("number", "II.1", "12/bc-stc")(f), put_in("date", "II.1", dt.date(2026, 12, 10))(f)), "form_evidence_repeated", "Ô J16", WARNING),
    Broken("evidence without a name", put_in("issuer", "I.2", "UBND tỉnh"), "form_evidence_unnamed", "Ô L11", WARNING),
    Broken("evidence for what is not scored", lambda f: (put(ANSWER, None)(f)), "form_evidence_alone", "Ô J16", WARNING),
    Broken("further evidence for no criterion", lambda f: f.book["Tài liệu thêm"].__setitem__("B4", "9/QĐ"), "form_evidence_criterion", "Ô A4"),
    Broken("further evidence for a criterion that is none", lambda f: (f.book["Tài liệu thêm"].__setitem__("A4", "I.11"), f.book["Tài liệu thêm"].__setitem__("B4", "9/QĐ")), "form_evidence_criterion", "Ô A4", says="I.1"),
    Broken("the unit's name was changed", lambda f: f.sheet.__setitem__("B3", "Đơn vị: Sở Y tế"), "form_unit_name_changed", "Ô B3"),
    Broken("the hidden sheet was deleted", lambda f: f.book.remove(f.book["_bang_vang"]), "form_identity_missing", "tc.xlsx"),
    Broken("the hidden unit was changed", lambda f: f.book["_bang_vang"].__setitem__("B5", "yt"), "form_outdated", "tc.xlsx"),
    Broken("the hidden unit was emptied", lambda f: f.book["_bang_vang"].__setitem__("B5", None), "form_identity_changed", "tc.xlsx"),
    Broken("the hidden unit is of nowhere", lambda f: f.book["_bang_vang"].__setitem__("B5", "zz"), "form_unit_unknown", "tc.xlsx"),
    Broken("a form of a newer program", lambda f: f.book["_bang_vang"].__setitem__("B1", "bangvang-form/9"), "form_schema_unknown", "tc.xlsx"),
    Broken("formulas without values", lambda f: None, "form_not_calculated", "Phiếu tự chấm", NOTE),
    Broken("a control character", put_in("subject", "I.1", "a\u202eb"), "facts_bad_text", "Ô M9"),
)  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_form_is_told_with_its_cell(broken: Broken, forms: Forms) -> None:
    form = forms.open()
    broken.edit(form)
    _, findings = forms.read(form.saved())
    told = [finding for finding in findings if finding.code == broken.code]
    assert told, [(f.code, f.place, f.message) for f in findings]
    fitting = [f for f in told if broken.place in f.place and broken.says in f.message + f.remedy]
    assert fitting, told
    assert fitting[0].severity is broken.severity
    assert "tc.xlsx" in fitting[0].place
    for finding in findings.errors:
        assert finding.remedy.endswith((".", "?")), finding


def test_there_are_more_than_forty_kinds() -> None:
    assert len({broken.name for broken in BROKEN}) >= 40
    assert len({broken.code for broken in BROKEN}) >= 40


# ------------------------------------------------------------------ another form


def only_code(findings: object) -> str:
    (finding,) = findings  # type: ignore[misc]
    assert isinstance(finding, Finding)
    assert finding.is_error
    return finding.code


def test_the_form_of_another_unit_is_refused_where_one_unit_is_expected(forms: Forms) -> None:
    reading, findings = forms.read(forms.filled(), unit_id="tp")
    assert reading is None
    assert only_code(findings) == "form_other_unit"


def test_the_form_of_another_round_is_refused(forms: Forms) -> None:
    reading, findings = forms.read(forms.filled(), round_id="cluster")
    assert reading is None
    assert only_code(findings) == "form_other_round"


def test_the_form_of_another_year_is_refused(forms: Forms) -> None:
    last = replace(ROSTER, period=Period("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31)))
    assert last.period != YEAR
    reading, findings = forms.read(forms.blank(snapshot=last))
    assert reading is None
    assert only_code(findings) == "form_other_period"


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (('"1.2.0"', '"1.1.0"'), "form_other_version", "bản cũ"),
        (('"1.2.0"', '"1.10.0"'), "form_other_version", "mới hơn"),
        (("max = 15", "max = 16"), "form_other_version", "đã được sửa"),
        (('"phieu-mau"', '"phieu-khac"'), "form_other_pack", "phieu-khac"),
    ],
)
def test_the_form_of_another_table_is_refused(
    change: tuple[str, str], code: str, says: str, forms: Forms
) -> None:
    other = pack_of(lambda text: text.replace(*change))
    path = forms.folder / "tc.xlsx"
    path.write_bytes(write_form(other, ROSTER, "tc", "self"))
    reading, findings = forms.read(path)
    assert reading is None
    assert only_code(findings) == code
    assert says in next(iter(findings)).message


# ------------------------------------------------------------------ no form, or a hostile one


def with_member(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_macros_and_links_are_told_and_nothing_of_them_is_used(forms: Forms) -> None:
    plain, _ = forms.read(forms.filled())
    path = with_member(forms.filled(), "xl/vbaProject.bin", b"macro")
    with_member(path, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    reading, findings = forms.read(path)
    assert reading == plain
    assert {"form_has_macros", "form_has_links"} <= {finding.code for finding in findings}


def test_a_form_saved_as_text_is_refused_with_the_way_back(forms: Forms) -> None:
    path = forms.folder / "tc.csv"
    path.write_text("Mã,Nội dung,Điểm\nI.1,Thu ngân sách,15\n", encoding="utf-8")
    reading, findings = forms.read(path)
    assert reading is None
    assert only_code(findings) == "form_saved_as_text"


def test_a_workbook_that_is_no_form_is_refused(forms: Forms) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Bảng điểm"
    path = forms.folder / "khac.xlsx"
    book.save(path)
    reading, findings = forms.read(path)
    assert reading is None
    assert only_code(findings) == "form_identity_missing"


def zip_of(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_empty"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (zip_of("word/document.xml", b"<w/>"), "not_a_table"),
        (zip_of("xl/workbook.xml", b"<workbook/>" + b" " * 70_000_000), "table_too_large"),
        (zip_of("xl/workbook.xml", b"<!DOCTYPE a><workbook/>"), "table_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "table_locked"),
        (b"<html><table></table></html>", "not_a_table"),
    ],
    ids=["empty", "pdf", "word", "bomb", "document type", "password", "web page"],
)  # fmt: skip
def test_a_file_that_is_no_form_is_refused_with_a_reason(
    content: bytes, code: str, forms: Forms
) -> None:
    path = forms.folder / "tc.xlsx"
    path.write_bytes(content)
    reading, findings = forms.read(path)
    assert reading is None
    assert only_code(findings) == code


def test_half_a_file_is_refused(forms: Forms) -> None:
    path = forms.filled()
    path.write_bytes(path.read_bytes()[:-4000])
    reading, findings = forms.read(path)
    assert reading is None
    assert only_code(findings) == "table_broken"


def test_a_file_that_is_too_large_or_gone_is_refused(forms: Forms) -> None:
    path = forms.filled()
    reading, findings = read_form(path, forms.pack, ROSTER, limits=Limits(bytes=1000))
    assert (reading, only_code(findings)) == (None, "table_too_large")
    reading, findings = forms.read(forms.folder / "không có.xlsx")
    assert (reading, only_code(findings)) == (None, "table_not_found")


def test_an_empty_form_is_told(forms: Forms) -> None:
    reading, findings = forms.read(forms.blank())
    assert reading is not None
    assert reading.entries == ()
    assert "form_empty" in {finding.code for finding in findings}


def test_a_faulty_cell_loses_nothing_else(forms: Forms) -> None:
    path = filled(forms.blank(), ENTRIES, CITATIONS)
    form = OpenForm(path)
    form.figure("I.2", "level").value = "rất tốt"
    reading, findings = forms.read(form.saved())
    assert len(findings.errors) == 1
    assert reading is not None
    assert {entry.criterion for entry in reading.entries} == {
        entry.criterion for entry in ENTRIES
    } - {"I.2"}
