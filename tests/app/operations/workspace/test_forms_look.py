"""Forms out without anything half, and in after a look at every file and cell."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from app.ground.findings import UserError
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import clear_scores, enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.forms import form_files, keep_forms, write_forms
from app.operations.workspace.forms_look import CellChange, FileState, FormsLook, preview_forms
from app.operations.workspace.imports import import_table
from app.operations.workspace.rounds import return_round, submit_round
from app.persistence import books

from .conftest import DAY, codes


class StoppedError(Exception):
    """What the officer asked for."""


def stop_at(name: str) -> object:
    def told(_share: float, at: str) -> None:
        if at == name:
            raise StoppedError

    return told


@pytest.fixture
def returned(handed_in: Desk) -> Desk:
    return_round(handed_in, "self", None, DAY, "Bổ sung")
    return handed_in


@pytest.fixture
def folder(returned: Desk, tmp_path: Path) -> Path:
    write_forms(returned, tmp_path / "phieu")
    return tmp_path / "phieu"


def states(look: FormsLook) -> dict[str, FileState]:
    return {file.path.name: file.state for file in look.files}


class TestWriting:
    def test_stops_before_anything_is_written(self, returned: Desk, tmp_path: Path) -> None:
        with pytest.raises(StoppedError):
            write_forms(returned, tmp_path / "ra", told=stop_at("phieu-tu-cham-u3.xlsx"))  # type: ignore[arg-type]
        assert not (tmp_path / "ra").exists()

    def test_refuses_all_files_that_stand_in_the_way_and_writes_none(
        self, returned: Desk, folder: Path
    ) -> None:
        (folder / "phieu-tu-cham-u1.xlsx").unlink()
        with pytest.raises(UserError) as fault:
            write_forms(returned, folder)
        assert codes(fault) == ["file_exists", "file_exists"]
        assert not (folder / "phieu-tu-cham-u1.xlsx").exists()
        assert len(write_forms(returned, folder, overwrite=True)) == 3

    def test_names_a_unit_always_the_same(self, returned: Desk) -> None:
        assert form_files(returned, ["u2"]) == {"u2": form_files(returned)["u2"]}


class TestLooking:
    def test_nothing_new_moves_nobody(self, returned: Desk, folder: Path) -> None:
        look = preview_forms(returned, folder)
        assert set(states(look).values()) == {FileState.NOTHING_NEW}
        assert (look.readings, look.moves, look.missing) == ((), (), ())

    def test_tells_what_is_new_changed_and_the_same_and_who_moves(
        self, returned: Desk, folder: Path
    ) -> None:
        clear_scores(returned, [("u1", "I.2", "self")])
        enter_scores(returned, [TypedCell("u1", "II.2", "self", points="8")])
        look = preview_forms(returned, [folder / "phieu-tu-cham-u1.xlsx"])
        (file,) = look.files
        assert (file.state, file.unit, file.round) == (FileState.READY, "u1", "self")
        found = {cell.criterion: (cell.old, cell.new, cell.change) for cell in file.cells}
        assert found["I.2"] == ("", "20", CellChange.NEW)
        assert found["II.2"] == ("8", "9,5", CellChange.CHANGED)
        assert found["I.1"][2] is CellChange.SAME
        totals = [m for m in look.moves if m.what == "points" and m.criterion is None]
        assert [(m.unit, m.old, m.new) for m in totals] == [("u1", "54", "75.5")]
        assert look.missing == ("u2", "u3")

    def test_a_bad_file_does_not_hold_up_the_others(self, returned: Desk, folder: Path) -> None:
        clear_scores(returned, [("u1", "I.2", "self"), ("u2", "I.2", "self")])
        (folder / "phieu-tu-cham-u3.xlsx").write_bytes(b"PK\x03\x04 cut short")
        (folder / "ghi chu.docx").write_bytes(b"x")
        look = preview_forms(returned, folder)
        assert states(look) == {
            "phieu-tu-cham-u1.xlsx": FileState.READY,
            "phieu-tu-cham-u2.xlsx": FileState.READY,
            "phieu-tu-cham-u3.xlsx": FileState.REFUSED,
        }
        assert [f.code for f in look.findings] == ["form_file_passed_over"]
        taken = keep_forms(returned, look.readings, apply=True)
        assert taken.done is not None
        assert taken.done.operation is not None
        entry = returned.workspace.one(books.ENTRIES, "u2", "I.2", "self", None, period="2026")
        assert entry is not None
        assert entry.points == 20

    def test_a_form_that_came_twice_is_taken_once(self, returned: Desk, folder: Path) -> None:
        clear_scores(returned, [("u1", "I.2", "self")])
        shutil.copy(folder / "phieu-tu-cham-u1.xlsx", folder / "them.xlsx")
        look = preview_forms(returned, folder)
        assert states(look)["phieu-tu-cham-u1.xlsx"] is FileState.READY
        assert states(look)["them.xlsx"] is FileState.DOUBLE
        assert [form.unit for form in look.readings] == ["u1"]

    def test_two_different_forms_of_a_unit_are_both_refused(
        self, returned: Desk, folder: Path
    ) -> None:
        first, other = folder / "phieu-tu-cham-u1.xlsx", folder / "them.xlsx"
        enter_scores(returned, [TypedCell("u1", "II.2", "self", points="8")])
        (written,) = write_forms(returned, folder / "khac", units=["u1"])
        shutil.copy(written, other)
        look = preview_forms(returned, [first, other])
        assert set(states(look).values()) == {FileState.REFUSED}
        for file in look.files:
            assert [f.code for f in file.findings if f.is_error] == ["form_unit_repeated"]
        assert look.readings == ()

    def test_a_handed_in_round_is_not_gone_past(self, returned: Desk, folder: Path) -> None:
        enter_scores(returned, [TypedCell("u1", "II.2", "self", points="8")])
        submit_round(returned, "self", ["u1"], DAY)
        look = preview_forms(returned, folder)
        assert states(look)["phieu-tu-cham-u1.xlsx"] is FileState.REFUSED
        (file,) = [f for f in look.files if f.unit == "u1"]
        assert "round_submitted" in {f.code for f in file.findings}
        assert states(look)["phieu-tu-cham-u2.xlsx"] is FileState.NOTHING_NEW

    def test_a_form_of_another_table_says_so(self, returned: Desk, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.active["A1"] = "Báo cáo"
        book.save(tmp_path / "bao cao.xlsx")
        (file,) = preview_forms(returned, [tmp_path / "bao cao.xlsx"]).files
        assert file.state is FileState.REFUSED
        assert file.unit is None
        assert any(f.is_error and f.remedy for f in file.findings)

    def test_can_be_stopped(self, returned: Desk, folder: Path) -> None:
        with pytest.raises(StoppedError):
            preview_forms(returned, folder, stop_at("phieu-tu-cham-u2.xlsx"))  # type: ignore[arg-type]


def test_a_table_of_scores_tells_what_it_changes_first(returned: Desk, tmp_path: Path) -> None:
    file = tmp_path / "diem.csv"
    file.write_text('unit,criterion,round,points\nu1,II.2,self,"8,5"\n', encoding="utf-8")
    looked = import_table(returned, file)
    assert looked.consequences == ("sửa điểm II.2 của Sở Một (Tự chấm): 9,5 → 8,5",)
    assert looked.done is None
    done = import_table(returned, file, apply=True).done
    assert done is not None
    assert done.changed == 1
    assert import_table(returned, file).consequences == ()
