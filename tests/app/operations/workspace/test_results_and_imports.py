"""The year's result, its facts out and in, and the Excel forms."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import tomli

from app.domain.snapshot import GivenTotal, Snapshot
from app.exchange.facts_writer import FACT_LISTS, fact_row, facts_text, facts_tree_of
from app.exchange.result import result_tree
from app.ground.findings import UserError
from app.operations.scoring import score
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import clear_scores, enter_scores, enter_table
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.forms import import_forms, look_at_forms, write_forms
from app.operations.workspace.imports import import_facts
from app.operations.workspace.members import leave_unit
from app.operations.workspace.records import record
from app.operations.workspace.results import scored_year, write_facts
from app.operations.workspace.rounds import return_round, submit_round
from app.operations.workspace.tables import adopt_pack, export_table
from app.operations.workspace.turn import begin_next_year
from app.persistence import books
from tests.journeys import world as w

from .conftest import DAY, codes


def digest(desk: Desk) -> str:
    return str(result_tree(scored_year(desk).assessment)["digest"])


class TestFacts:
    def test_written_give_the_same_digest_outside(self, handed_in: Desk, tmp_path: Path) -> None:
        record(handed_in, "bonus", [{"unit": "u1", "item": "b", "points": "2,5"}])
        file = write_facts(handed_in, tmp_path / "ra" / "du-kien.toml")
        table = export_table(handed_in, tmp_path / "bang.moi.toml")
        outside = result_tree(score([table], file).assessment)
        assert outside["digest"] == digest(handed_in)
        with pytest.raises(UserError) as fault:
            write_facts(handed_in, file)
        assert codes(fault) == ["file_exists"]

    def test_of_every_list_survive_writing_and_reading(self) -> None:
        totals = [{"unit": "u1", "round": "self", "points": "91.5", "section": "I"}]
        ballots = [{"purpose": "tie", "award": "co", "issued": 3, "votes": {"u1": 2, "u2": 1}}]
        decisions = [{"question": "tie:co:u1+u2", "outcome": "u1", "by": "Hội nghị"}]
        more = {"totals": totals, "ballots": ballots, "decisions": decisions}
        snapshot, _ = w.read({**w.facts(), **more})
        assert snapshot is not None
        assert [name for name in FACT_LISTS if not getattr(snapshot, name)] == []
        assert w.read(facts_tree_of(snapshot))[0] == snapshot
        assert w.read(tomli.loads(facts_text(snapshot), parse_float=Decimal))[0] == snapshot

    def test_a_number_that_no_decimal_writes_is_a_bug(self) -> None:
        with pytest.raises(ValueError, match="decimal"):
            fact_row(GivenTotal("u1", "self", Fraction(1, 3)))

    def test_without_a_table_or_units_there_is_no_result(self, bare: Desk, pack_file: Path) -> None:
        with pytest.raises(UserError) as fault:
            scored_year(bare)
        assert codes(fault) == ["table_missing"]
        adopt_pack(bare, pack_file)
        with pytest.raises(UserError) as fault:
            scored_year(bare)
        assert codes(fault) == ["year_without_units"]

    def test_a_place_that_cannot_be_written_is_told(self, handed_in: Desk, tmp_path: Path) -> None:
        (tmp_path / "tep").write_text("x", encoding="utf-8")
        with pytest.raises(UserError) as fault:
            write_facts(handed_in, tmp_path / "tep" / "du-kien.toml")
        assert codes(fault) == ["cannot_write"]

    def test_what_if_tells_who_moves_and_keeps_nothing(self, handed_in: Desk) -> None:
        before = digest(handed_in)
        scored = scored_year(handed_in, changes=["u3/I.1@self/actual=100"])
        assert scored.moves is not None
        assert {m.unit for m in scored.moves} == {"u1", "u2", "u3"}
        assert digest(handed_in) == before


class TestImportingFacts:
    @pytest.fixture
    def file(self, handed_in: Desk, tmp_path: Path) -> Path:
        return_round(handed_in, "self", ["u1"], DAY, "Sửa")
        return write_facts(handed_in, tmp_path / "du-kien.toml")

    def test_the_same_year_changes_nothing(self, handed_in: Desk, file: Path) -> None:
        found = import_facts(handed_in, file, apply=True)
        assert found.consequences == ()
        assert found.done is not None
        assert found.done.operation is None

    def test_consequences_are_told_as_the_journal_will(self, handed_in: Desk, file: Path) -> None:
        text = file.read_text(encoding="utf-8").replace("points = 9.5", "points = 8.5", 1)
        file.write_text(text, encoding="utf-8")
        looked = import_facts(handed_in, file)
        assert looked.consequences == ("sửa điểm II.2 của Sở Một (Tự chấm): 9,5 → 8,5",)
        assert looked.done is None
        assert import_facts(handed_in, file) == looked, "looking keeps nothing"
        import_facts(handed_in, file, apply=True)
        assert handed_in.workspace.journal()[-1].sentences == looked.consequences
        assert len(handed_in.workspace.backups()) == 1

    def test_a_file_does_not_go_past_a_handed_in_round(self, handed_in: Desk, file: Path) -> None:
        text = file.read_text(encoding="utf-8").replace("points = 9.5", "points = 8.5")
        file.write_text(text, encoding="utf-8")
        with pytest.raises(UserError) as fault:
            import_facts(handed_in, file, apply=True)
        assert codes(fault) == ["import_past_state", "import_past_state"]

    def test_of_another_year_are_refused(self, handed_in: Desk, file: Path) -> None:
        following, _, _ = begin_next_year(handed_in)
        with pytest.raises(UserError) as fault:
            import_facts(following, file)
        assert codes(fault) == ["facts_other_year"]

    def test_all_faults_of_a_file_are_told_at_once(self, handed_in: Desk, file: Path) -> None:
        text = file.read_text(encoding="utf-8").replace("points = 9.5", 'points = "1.250"', 2)
        file.write_text(text, encoding="utf-8")
        with pytest.raises(UserError) as fault:
            import_facts(handed_in, file)
        assert codes(fault).count("ambiguous_number") == 2

    def test_a_table_of_cells_is_taken_in_at_once(self, desk: Desk, tmp_path: Path) -> None:
        file = tmp_path / "diem.csv"
        file.write_text(
            'unit,criterion,round,points,plan,actual\nu1,I.2,self,"12,5",,\nu1,I.1,self,,100,95\n',
            encoding="utf-8",
        )
        assert enter_table(desk, file).changed == 2
        assert enter_table(desk, file).operation is None


class TestForms:
    @pytest.fixture
    def folder(self, handed_in: Desk, tmp_path: Path) -> Path:
        folder = tmp_path / "phieu"
        written = write_forms(handed_in, folder)
        assert [file.name for file in written] == [f"phieu-tu-cham-u{n}.xlsx" for n in (1, 2, 3)]
        return folder

    def test_of_what_is_there_change_nothing(self, handed_in: Desk, folder: Path) -> None:
        found = import_forms(handed_in, folder, apply=True)
        assert (found.consequences, found.done and found.done.operation) == ((), None)

    def test_bring_back_what_was_lost_as_one_step(self, handed_in: Desk, folder: Path) -> None:
        before = digest(handed_in)
        return_round(handed_in, "self", ["u1", "u2"], DAY, "Nhập lại")
        clear_scores(handed_in, [("u1", "I.1", "self"), ("u2", "I.2", "self")])
        looked = import_forms(handed_in, folder)
        assert [s.partition(":")[0] for s in looked.consequences] == [
            "nhập điểm I.1 của Sở Một (Tự chấm)",
            "nhập điểm I.2 của Sở Hai (Tự chấm)",
        ]
        assert digest(handed_in) != before
        import_forms(handed_in, folder, apply=True)
        assert digest(handed_in) == before
        handed_in.workspace.undo("Lê An")
        assert len(import_forms(handed_in, folder).consequences) == 2

    def test_do_not_go_past_a_handed_in_round(self, handed_in: Desk, folder: Path) -> None:
        return_round(handed_in, "self", ["u1"], DAY, "Sửa")
        enter_scores(handed_in, [TypedCell("u1", "I.2", "self", points="11")])
        submit_round(handed_in, "self", ["u1"], DAY)
        with pytest.raises(UserError) as fault:
            import_forms(handed_in, folder)
        assert "round_submitted" in codes(fault)

    def test_a_blank_cell_keeps_what_is_there(self, handed_in: Desk, tmp_path: Path) -> None:
        return_round(handed_in, "self", ["u1"], DAY, "Sửa")
        clear_scores(handed_in, [("u1", "I.2", "self")])
        (file,) = write_forms(handed_in, tmp_path / "p", units=["u1"])
        enter_scores(handed_in, [TypedCell("u1", "I.2", "self", points="11")])
        found = import_forms(handed_in, file, apply=True)
        assert "form_blank_kept" in [f.code for f in found.findings]
        entry = handed_in.workspace.one(books.ENTRIES, "u1", "I.2", "self", None, period="2026")
        assert entry is not None
        assert entry.points == 11

    def test_units_that_left_get_none_and_an_unknown_round_is_refused(
        self, handed_in: Desk, tmp_path: Path
    ) -> None:
        leave_unit(handed_in, "u3", DAY)
        assert len(write_forms(handed_in, tmp_path / "p")) == 2
        with pytest.raises(UserError) as fault:
            write_forms(handed_in, tmp_path / "q", "tinh")
        assert codes(fault) == ["facts_unknown_round"]

    def test_looking_keeps_nothing(self, handed_in: Desk, folder: Path) -> None:
        head = handed_in.workspace.head
        reading, _ = look_at_forms(handed_in, folder)
        assert len(reading.readings) == 3
        assert handed_in.workspace.head == head


def test_snapshots_name_no_list_that_a_facts_file_lacks() -> None:
    rest = {"period", "parameters", "ranking_round"}
    assert set(Snapshot.__slots__) == {*FACT_LISTS, *rest}
