"""The table of entries beside a facts file: the same entries, and faults by cell."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.domain.snapshot import EntryState
from tests.journeys import world as w

COLUMNS = [
    "unit", "criterion", "round", "state", "points", "reason", "evidence",
    "plan", "actual", "level", "value", "due", "done", "signed", "achieved", "works",
]  # fmt: skip


def cell(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return str(value).replace(".", ",") if value.__class__.__name__ == "Decimal" else str(value)


def table(entries: list[w.Tree], delimiter: str = ",") -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        flat = {k: v for k, v in entry.items() if k != "figures"} | entry.get("figures", {})
        writer.writerow({key: cell(value) for key, value in flat.items()})
    return stream.getvalue()


def beside(folder: Path, text: str, encoding: str = "utf-8", **more: Any):
    (folder / "scores.csv").write_bytes(text.encode(encoding))
    tree = w.facts() | {"entries_file": "scores.csv"} | more
    if "entries" not in more:
        del tree["entries"]
    return w.read_beside(folder, tree)


def faults(folder: Path, *lines: str) -> list[tuple[str, str]]:
    snapshot, findings = beside(folder, "\n".join(lines) + "\n")
    assert snapshot is None
    return [(f.code, f.place) for f in findings]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_table_gives_the_same_entries_as_the_list(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    listed, _ = w.read(w.facts())
    found, findings = beside(tmp_path, table(w.facts()["entries"], delimiter), encoding)
    assert found is not None, findings
    assert listed is not None
    assert found == listed


def test_rows_of_both_the_list_and_the_table_count(tmp_path: Path) -> None:
    entries = w.facts()["entries"]
    listed, _ = w.read(w.facts())
    found, findings = beside(tmp_path, table(entries[:10]), entries=entries[10:])
    assert found is not None, findings
    assert found == listed


def test_an_empty_row_of_a_unit_and_criterion_is_blank(tmp_path: Path) -> None:
    found, findings = beside(
        tmp_path, "unit,criterion,round,points\nu1,II.1,self,\n\n,,,\nu2,II.1,self,0\n"
    )
    assert found is not None, findings
    assert [e.state for e in found.entries] == [EntryState.BLANK, EntryState.SCORED]


def test_a_fault_names_file_row_and_column(tmp_path: Path) -> None:
    head = "unit,criterion,round,state,points,plan"
    told = faults(
        tmp_path,
        head,
        "u1,I.1,self,,,100",
        "u9,II.1,self,,5,",
        "u1,IX,self,,5,",
        "u1,II.1,lần 1,,5,",
        "u1,II.1,self,done,5,",
        "u1,II.1,self,,1.250,",
        "u2,II.1,self,,5,100",
        'u3,II.1,self,,"7,5",',
        "u3,II.1,self,,8,",
        "u3,II.1,department,,7,5,9",
    )
    assert told == [
        ("facts_unknown_unit", "scores.csv, dòng 3, cột unit"),
        ("facts_unknown_criterion", "scores.csv, dòng 4, cột criterion"),
        ("facts_unknown_round", "scores.csv, dòng 5, cột round"),
        ("facts_unknown_choice", "scores.csv, dòng 6, cột state"),
        ("ambiguous_number", "scores.csv, dòng 7, cột points"),
        ("facts_unknown_figure", "scores.csv, dòng 8, cột plan"),
        ("facts_repeated_entry", "scores.csv, dòng 10"),
        ("entries_row_too_wide", "scores.csv, dòng 11"),
    ]


def test_an_unquoted_decimal_comma_is_told_and_not_guessed(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, "unit,criterion,round,points", "u1,II.1,self,7,5")
    assert told == ("entries_row_too_wide", "scores.csv, dòng 2")


@pytest.mark.parametrize(
    ("head", "code", "place"),
    [
        ("unit,criterion,round,ponts", "entries_column_unknown", "dòng 1, cột ponts"),
        ("unit,criterion,round,points,points", "entries_column_repeated", "dòng 1, cột points"),
        ("unit,round,points", "entries_column_missing", "dòng 1"),
        ("unit;criterion;round;diem", "entries_column_unknown", "dòng 1, cột diem"),
    ],
)
def test_a_faulty_heading_is_told(tmp_path: Path, head: str, code: str, place: str) -> None:
    assert (code, f"scores.csv, {place}") in faults(tmp_path, head, "u1,II.1,self,5")


def test_content_under_no_heading_is_told(tmp_path: Path) -> None:
    told = faults(tmp_path, "unit,criterion,round,,points", "u1,II.1,self,9,5")
    assert told == [("entries_column_untitled", "scores.csv, dòng 2, cột thứ 4")]


def test_either_reading_of_an_ambiguous_number_can_be_written_as_the_remedy_says(
    tmp_path: Path,
) -> None:
    head = "unit,criterion,round,points\n"
    for text, safe, value in (("1.125", "1,1250", "9/8"), ("1.250", "1,25", "5/4")):
        _, (finding,) = beside(tmp_path, f"{head}u1,II.1,self,{text}\n")
        assert f"“{safe}”" in finding.remedy
        found, findings = beside(tmp_path, f'{head}u1,II.1,self,"{safe}"\n')
        assert found is not None, findings
        assert found.entries[0].points == Fraction(value)


def test_yes_and_no_may_be_written_as_officers_do(tmp_path: Path) -> None:
    text = "unit,criterion,round,signed,achieved\n" + "".join(
        f"u{n},II.4,self,{word},{word}\n" for n, word in ((1, "có"), (2, "x"), (3, "Không"))
    )
    found, findings = beside(tmp_path, text)
    assert found is not None, findings
    assert [e.figures["achieved"] for e in found.entries] == [True, True, False]


def test_a_missing_or_empty_table_is_told(tmp_path: Path) -> None:
    snapshot, findings = w.read_beside(tmp_path, w.facts() | {"entries_file": "x.csv"})
    assert (snapshot, [f.code for f in findings]) == (None, ["file_missing"])
    (tmp_path / "x.csv").write_bytes(b"")
    snapshot, findings = w.read_beside(tmp_path, w.facts() | {"entries_file": "x.csv"})
    assert (snapshot, [f.code for f in findings]) == (None, ["entries_file_empty"])


def test_a_link_or_folder_in_place_of_the_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    _, findings = w.read_beside(tmp_path, w.facts() | {"entries_file": "x.csv"})
    assert [f.code for f in findings] == ["file_unreadable"]


def test_a_binary_file_in_place_of_the_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(bytes(range(256)) * 40)
    snapshot, findings = w.read_beside(tmp_path, w.facts() | {"entries_file": "x.csv"})
    assert snapshot is None
    assert findings
