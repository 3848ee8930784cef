"""A form that is filled in as asked reads back as what was typed."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from app.domain.snapshot import EntryState, OwnCriterion
from app.exchange.forms import FormReading, read_form, read_forms, write_form
from tests.app.exchange.forms.conftest import (
    CITATIONS,
    ENTRIES,
    ROSTER,
    UNITS,
    Forms,
    entry,
    pack_of,
)
from tests.app.exchange.forms.filling import OpenForm, filled


def without_places(reading: FormReading | None) -> FormReading:
    assert reading is not None
    plain = tuple(replace(citation, where="") for citation in reading.citations)
    return replace(reading, file="", citations=plain)


def test_what_was_typed_is_read_with_its_evidence_counted(forms: Forms) -> None:
    reading, findings = forms.read(forms.filled())
    assert findings.errors == ()
    assert reading is not None
    counted = {"I.1": 2, "II.1": 1}
    assert reading.entries == tuple(
        replace(item, evidence=counted.get(item.criterion)) for item in ENTRIES
    )
    assert without_places(reading).citations == CITATIONS
    assert reading.blank == ()
    assert reading.computed_total == Fraction("69.5")


def test_a_second_reading_of_a_file_gives_the_same(forms: Forms) -> None:
    path = forms.filled()
    first, second = forms.read(path), forms.read(path)
    assert first[0] == second[0]
    assert tuple(first[1]) == tuple(second[1])


def test_the_bytes_of_a_form_depend_on_nothing_but_its_content(forms: Forms) -> None:
    assert forms.blank().read_bytes() == forms.blank().read_bytes()
    other = write_form(forms.pack, ROSTER, "tp", "self")
    assert other != forms.blank().read_bytes()


def test_a_form_written_with_entries_reads_back_untouched(forms: Forms) -> None:
    path = forms.folder / "tc.xlsx"
    snapshot = replace(ROSTER, entries=ENTRIES)
    path.write_bytes(write_form(forms.pack, snapshot, "tc", "self", CITATIONS))
    reading, findings = forms.read(path)
    again, _ = forms.read(forms.filled())
    assert findings.errors == ()
    assert without_places(reading) == without_places(again)


def test_blank_zero_not_assigned_and_not_done_are_four_things(forms: Forms) -> None:
    form = OpenForm(forms.blank())
    form.cell("points", "I.10").value = 0
    form.cell("state", "I.1").value = "Không được giao"
    form.cell("state", "I.2").value = "không thực hiện"
    reading, findings = forms.read(form.saved())
    assert findings.errors == ()
    assert reading is not None
    states = {item.criterion: (item.state, item.points) for item in reading.entries}
    assert states == {
        "I.10": (EntryState.SCORED, Fraction(0)),
        "I.1": (EntryState.NOT_ASSIGNED, None),
        "I.2": (EntryState.NOT_DONE, None),
    }
    assert "II.1" in reading.blank


def test_yes_and_no_are_understood_in_many_spellings(forms: Forms) -> None:
    for spelling, meant in (
        ("có", True), ("Có", True), ("co", True), ("x", True), ("X", True), ("✓", True),
        ("✔", True), (1, True), ("1", True), (True, True), ("đạt", True),
        ("không", False), ("Khong", False), (0, False), ("0", False), (False, False),
        ("chưa", False), ("không đạt", False),
    ):  # fmt: skip
        form = OpenForm(forms.blank())
        form.figure("II.1", "achieved").value = spelling
        reading, findings = forms.read(form.saved())
        assert findings.errors == (), spelling
        assert reading is not None
        assert reading.entries == (entry("II.1", achieved=meant),), spelling


def test_numbers_and_dates_are_read_as_officers_type_them(forms: Forms) -> None:
    form = OpenForm(forms.blank())
    form.figure("I.1", "plan").value = "12,5"
    form.figure("I.1", "actual").value = "\u00a0 10.25 "
    form.figure("II.3", "due").value = "30/06/2026"
    form.figure("II.3", "done").value = "2.7.2026"
    form.cell("points", "I.10").value = "20,5 điểm"
    reading, findings = forms.read(form.saved())
    assert findings.errors == ()
    assert reading is not None
    assert reading.entries == (
        entry("I.1", plan=Fraction("12.5"), actual=Fraction("10.25")),
        replace(entry("I.10"), points=Fraction("20.5")),
        entry("II.3", due=dt.date(2026, 6, 30), done=dt.date(2026, 7, 2)),
    )


def test_words_in_combining_marks_mean_the_same(forms: Forms) -> None:
    form = OpenForm(forms.blank())
    form.figure("I.2", "level").value = "kha\u0301"
    reading, findings = forms.read(form.saved())
    assert reading is not None
    assert reading.entries == (entry("I.2", level="khá"),)
    assert "form_text_decomposed" in {finding.code for finding in findings}


def test_moved_rows_and_columns_cost_nothing_that_was_typed(forms: Forms) -> None:
    plain, _ = forms.read(forms.filled())
    form = forms.open()
    at = form.row("I.1")
    form.sheet.move_range(f"A{at}:N{at + 1}", rows=60)
    form.sheet.insert_cols(5)
    form.book["Phiếu tự chấm"].title = "Sheet1"
    moved, findings = forms.read(form.saved())
    assert findings.errors == ()
    assert {"form_rows_moved", "form_columns_moved", "form_sheet_renamed"} <= {
        finding.code for finding in findings
    }
    assert without_places(moved) == without_places(plain)


def test_text_of_an_old_font_is_converted_where_that_is_wanted(forms: Forms) -> None:
    form = OpenForm(forms.blank())
    form.figure("I.2", "level").value = "kh¸"
    form.cell("subject", "I.2").value = "B¸o c¸o tæng kÕt n¨m"
    reading, findings = forms.read(form.saved(), convert_legacy=True)
    assert reading is not None
    assert reading.citations[0].subject == "Báo cáo tổng kết năm"
    assert "legacy_text_converted" in {finding.code for finding in findings}


def test_criteria_that_the_unit_registered_stand_on_its_form(forms: Forms) -> None:
    pack = pack_of(
        lambda text: text.replace('method = { kind = "direct" }', "slot = {}", 1)
    )  # fmt: skip
    own = OwnCriterion("tc", "I.10", "I.10.a", "Giải ngân", Fraction(25), {"kind": "direct"})
    snapshot = replace(ROSTER, own_criteria=(own,))
    path = forms.folder / "tc.xlsx"
    path.write_bytes(write_form(pack, snapshot, "tc", "self"))
    form = OpenForm(path)
    form.cell("points", "I.10.a").value = 24
    reading, findings = read_form(form.saved(), pack, snapshot)
    assert findings.errors == ()
    assert reading is not None
    assert reading.entries == (replace(entry("I.10.a"), points=Fraction(24)),)
    changed = replace(snapshot, own_criteria=(replace(own, max=Fraction(20)),))
    refused, findings = read_form(path, pack, changed)
    assert refused is None
    assert [finding.code for finding in findings] == ["form_outdated"]


def test_a_folder_gives_one_reading_for_each_unit_and_names_those_that_are_missing(
    forms: Forms,
) -> None:
    forms.filled()
    forms.blank("tp")
    (forms.folder / "ghi chú.docx").write_bytes(b"x")
    (forms.folder / "~$tc.xlsx").write_bytes(b"x")
    found, findings = read_forms(forms.folder, forms.pack, ROSTER, round_id="self")
    assert [reading.unit for reading in found.readings] == ["tc", "tp"]
    assert found.missing == ("yt",)
    codes = {finding.code for finding in findings}
    assert {"form_unit_missing", "form_empty", "form_file_passed_over"} <= codes
    assert findings.errors == ()


def test_the_same_form_sent_twice_is_used_once_and_a_different_one_is_refused(
    forms: Forms,
) -> None:
    path = forms.filled()
    shutil.copy(path, path.with_name("tc (1).xlsx"))
    found, findings = read_forms(forms.folder, forms.pack, ROSTER)
    assert [reading.unit for reading in found.readings] == ["tc"]
    assert "form_sent_twice" in {finding.code for finding in findings}
    form = OpenForm(path)
    form.cell("points", "I.10").value = 19
    form.saved()
    found, findings = read_forms(forms.folder, forms.pack, ROSTER)
    assert found.readings == ()
    assert [finding.code for finding in findings.errors] == ["form_unit_repeated"]
    assert found.missing == ("tp", "yt")


def test_a_document_that_two_units_cite_is_told(forms: Forms) -> None:
    forms.filled()
    theirs = OpenForm(forms.blank("tp"))
    theirs.type_citations(CITATIONS[:1])
    theirs.saved()
    _, findings = read_forms(forms.folder, forms.pack, ROSTER)
    shared = [finding for finding in findings if finding.code == "form_evidence_shared"]
    assert len(shared) == 1
    assert "tp.xlsx" in shared[0].place
    assert UNITS[0].name in shared[0].message


def test_forms_of_two_rounds_are_not_taken_together(forms: Forms) -> None:
    forms.filled()
    path = forms.folder / "tp.xlsx"
    path.write_bytes(write_form(forms.pack, ROSTER, "tp", "cluster"))
    _, findings = read_forms(forms.folder, forms.pack, ROSTER)
    assert "form_rounds_mixed" in {finding.code for finding in findings.errors}


def test_more_documents_than_lines_stand_on_their_own_sheet(forms: Forms) -> None:
    many = tuple(replace(CITATIONS[0], number=f"{n}/BC", place="") for n in range(1, 6))
    path = filled(forms.blank(), ENTRIES, many)
    reading, findings = forms.read(path)
    assert findings.errors == ()
    assert without_places(reading).citations == many
    assert reading is not None
    assert reading.entries[0].evidence == 5


def test_the_place_of_a_form_is_no_matter(forms: Forms, tmp_path: Path) -> None:
    path = forms.filled()
    elsewhere = tmp_path / "thư mục khác"
    elsewhere.mkdir()
    copy = shutil.copy(path, elsewhere / path.name)
    assert forms.read(path) [0] == forms.read(Path(copy))[0]  # fmt: skip
