"""Criteria tables: from a frame to a draft, to issue, and on to the next version."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.year import TableState
from app.ground.findings import UserError
from app.operations.loading import load_pack
from app.operations.workspace.desk import Desk
from app.operations.workspace.edit_words import table_edits_of
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.own_criteria import register_own_criteria, withdraw_own_criterion
from app.operations.workspace.results import scored_year
from app.operations.workspace.table_edits import NewRow, Reweigh, SplitCriterion, edited
from app.operations.workspace.table_versions import (
    adopt_revision,
    compare_versions,
    revise_by_edits,
    revise_by_file,
)
from app.operations.workspace.tables import (
    adopt_pack,
    consult_table,
    draft_table,
    edit_table,
    export_table,
    issue_table,
    table_findings,
    table_of,
)
from app.persistence import books

from .conftest import codes, told
from .small_table import table_tree


def edit(desk: Desk, *texts: str) -> list[str]:
    return [f.code for f in edit_table(desk, table_edits_of(texts)).findings if f.is_error]


def row(desk: Desk, code: str) -> dict[str, object]:
    return next(r for r in table_of(desk).tree["criteria"] if r["code"] == code)


class TestFromAFrame:
    def test_a_draft_names_the_frame_that_it_was_made_from(
        self, bare: Desk, pack_file: Path
    ) -> None:
        draft_table(bare, pack_file, "cum-1", "Bảng của Cụm 1")
        table = table_of(bare)
        assert (table.id, table.version, table.state) == ("cum-1", 1, TableState.DRAFT)
        assert (table.base, table.base_digest) == ("bang", load_pack(pack_file).digest)

    def test_a_pack_taken_over_keeps_its_digest(self, bare: Desk, pack_file: Path) -> None:
        table, _ = adopt_pack(bare, pack_file)
        assert table.digest == load_pack(pack_file).digest
        assert adopt_pack(bare, pack_file)[1].operation is None

    def test_a_file_that_is_no_pack_is_refused(self, bare: Desk, tmp_path: Path) -> None:
        file = tmp_path / "x.toml"
        file.write_text('schema = "bangvang-pack/1"\n', encoding="utf-8")
        with pytest.raises(UserError):
            adopt_pack(bare, file)

    def test_without_a_table_nothing_can_be_edited(self, bare: Desk) -> None:
        with pytest.raises(UserError) as fault:
            edit(bare, "I/max=3")
        assert codes(fault) == ["table_unknown"]


class TestEditing:
    def test_the_frames_checks_run_at_once(self, desk: Desk) -> None:
        assert edit(desk, "I.2/max=25") == ["sum_differs_from_frame"]
        assert edit(desk, "I.1/max=35") == []

    def test_errors_stand_in_the_way_of_issuing_only(self, desk: Desk) -> None:
        edit(desk, "I.2/max=25")
        consult_table(desk)
        with pytest.raises(UserError) as fault:
            issue_table(desk)
        assert codes(fault) == ["sum_differs_from_frame"]
        edit(desk, "I.2/max=20")
        assert table_of(desk).state is TableState.DRAFT, "what was edited is a draft again"
        issue_table(desk)
        assert table_of(desk).state is TableState.ISSUED
        assert issue_table(desk).operation is None

    def test_a_criterion_is_split_into_parts_that_are_scored(self, desk: Desk) -> None:
        assert edit(desk, "I.2/split=Kế hoạch:12|Báo cáo:8") == []
        assert "method" not in row(desk, "I.2")
        assert row(desk, "I.2.2") == {
            "code": "I.2.2",
            "title": "Báo cáo",
            "max": 8,
            "method": {"kind": "direct"},
            "split": True,
        }
        assert edit(desk, "I.2.2/max=8,5", "I.2.1/max=11,5") == []

    def test_criteria_are_added_and_taken_out_but_those_of_the_frame_stay(self, desk: Desk) -> None:
        assert edit(desk, "I/add=I.3:Chuyển đổi số:5", "I.2/max=15") == []
        codes_ = [r["code"] for r in table_of(desk).tree["criteria"]]
        assert codes_[:4] == ["I", "I.1", "I.2", "I.3"]
        assert edit(desk, "I.3/remove", "I.2/max=20") == []
        with pytest.raises(UserError, match="không được bỏ"):
            edit(desk, "I.2/remove")

    def test_the_way_of_scoring_the_title_and_a_slots_count_are_set(self, desk: Desk) -> None:
        edit(desk, 'I.2/method={ kind = "yes_no" }', "I.2/title=Có kế hoạch", "II.3/count=2")
        assert (row(desk, "I.2")["method"], row(desk, "I.2")["title"]) == (
            {"kind": "yes_no"},
            "Có kế hoạch",
        )
        assert row(desk, "II.3")["slot"] == {"count": 2}

    def test_a_frame_without_points_is_complete_once_the_cluster_gave_them(
        self, bare: Desk
    ) -> None:
        draft_table(bare, Path("bac-giang-2022"), "cum-1", "Bảng của Cụm 1")
        assert "incomplete" in table_of(bare).tree
        with pytest.raises(UserError, match="chưa có điểm tối đa"):
            edit(bare, "bang/complete")
        rows = table_of(bare).tree["criteria"]
        lacking = [r["code"] for r in rows if "max" not in r and ("method" in r or "slot" in r)]
        edit(bare, *(f"{code}/max=10" for code in lacking), "bang/complete")
        assert "incomplete" not in table_of(bare).tree

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("IX/max=3", "facts_unknown_criterion"),
            ("I/split=A:1|B:2", "table_edit_impossible"),
            ("II.3/split=A:1|B:2", "table_edit_impossible"),
            ("I.1/add=I.1.1:A:2", "table_edit_impossible"),
            ("I/add=I.2:A:2", "table_edit_impossible"),
            ("I/add=II.7:A:2", "table_edit_impossible"),
            ('I/method={ kind = "direct" }', "table_edit_impossible"),
            ("I.1/count=3", "table_edit_impossible"),
            ("I.1/max=nhiều", "table_edit_unreadable"),
            ("I.1/max=1.250", "table_edit_unreadable"),
            ("I.1/method=direct", "table_edit_unreadable"),
            ("I.1/mau=đỏ", "table_edit_unreadable"),
            ("max=3", "table_edit_unreadable"),
            ("I/add=I.9", "table_edit_unreadable"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, desk: Desk, text: str, code: str) -> None:
        before = table_of(desk)
        with pytest.raises(UserError) as fault:
            edit(desk, text)
        assert codes(fault) == [code]
        assert table_of(desk) == before

    def test_a_method_that_is_none_is_refused_by_its_key(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            edit(desk, 'I.1/method={ kind = "magic" }')
        assert "I.1" in told(fault)

    def test_edits_leave_the_given_tree_alone(self) -> None:
        tree = table_tree()
        parts = [NewRow("A", Fraction(12)), NewRow("B", Fraction(8))]
        edited(tree, [Reweigh("I.1", Fraction(1)), SplitCriterion("I.2", parts)])
        assert tree == table_tree()

    def test_what_is_exported_reads_back_the_same(self, desk: Desk, tmp_path: Path) -> None:
        edit(desk, "I.2/max=17,5", "I.1/max=42,5")
        file = export_table(desk, tmp_path / "ra")
        assert load_pack(file).digest == table_of(desk).digest
        with pytest.raises(UserError, match="đã có"):
            export_table(desk, tmp_path / "ra")


class TestLocking:
    def test_the_first_score_locks_the_table(self, desk: Desk) -> None:
        enter_scores(desk, [TypedCell("u1", "I.2", "self", points="5")])
        with pytest.raises(UserError) as fault:
            edit(desk, "I.2/max=25")
        assert codes(fault) == ["table_in_use"]

    def test_an_issued_table_is_not_changed_in_its_place(self, desk: Desk) -> None:
        issue_table(desk)
        for act in (lambda: edit(desk, "I.2/max=25"), lambda: consult_table(desk)):
            with pytest.raises(UserError) as fault:
                act()
            assert codes(fault) == ["table_issued"]


class TestTheNextVersion:
    def test_shows_what_it_changes_before_it_is_taken(self, handed_in: Desk) -> None:
        edits = table_edits_of(["I.1/max=30", "I.2/max=30"])
        revision = revise_by_edits(handed_in, edits, "Công văn 9/SNV")
        sentences = [change.sentence() for change in revision.changes]
        assert any("Tiêu chí I.1: điểm tối đa đổi từ “40” thành “30”" in s for s in sentences)
        moved = {
            (m.unit, m.criterion): (m.old, m.new) for m in revision.moves if m.what == "points"
        }
        assert moved["u1", "I.1"] == ("36", "27")
        assert moved["u1", None] == ("75.5", "66.5")
        assert table_of(handed_in).version == 1, "nothing is kept yet"

    def test_is_recorded_with_its_reason_and_the_old_one_stays(self, handed_in: Desk) -> None:
        edits = table_edits_of(["I.1/max=30", "I.2/max=30"])
        answer = adopt_revision(
            handed_in, revise_by_edits(handed_in, edits, "Công văn 9/SNV"), issued=True
        )
        assert answer.operation is not None
        assert (
            "lý do: Công văn 9/SNV; thay đổi điểm hoặc hạng của 3 đơn vị" in answer.operation.title
        )
        assert table_of(handed_in).version == 2
        assert [t.version for t in handed_in.workspace.read(books.CRITERIA_TABLES)] == [1, 2]
        assert scored_year(handed_in).assessment.units["u1"].card.criteria["I.1"].points == 27
        words = [c.sentence() for c in compare_versions(handed_in, "bang", 1, 2)]
        assert any("I.2" in sentence for sentence in words)

    def test_needs_a_reason(self, handed_in: Desk) -> None:
        with pytest.raises(UserError) as fault:
            revise_by_edits(handed_in, table_edits_of(["I.1/max=30"]), "")
        assert codes(fault) == ["reason_missing"]

    def test_is_not_issued_with_errors(self, handed_in: Desk) -> None:
        revision = revise_by_edits(handed_in, table_edits_of(["I.1/max=30"]), "Thử")
        with pytest.raises(UserError) as fault:
            adopt_revision(handed_in, revision, issued=True)
        assert codes(fault) == ["sum_differs_from_frame"]

    def test_can_come_from_a_file(self, handed_in: Desk, tmp_path: Path) -> None:
        file = export_table(handed_in, tmp_path / "moi.toml")
        text = file.read_text(encoding="utf-8").replace("max = 20", "max = 20.0")
        file.write_text(
            text.replace('title = "Tự chấm"', 'title = "Đơn vị tự chấm"'), encoding="utf-8"
        )
        revision = revise_by_file(handed_in, file, "Sửa chữ")
        assert revision.moves == ()
        adopt_revision(handed_in, revision)
        assert table_of(handed_in).version == 2

    def test_versions_that_are_not_there_cannot_be_compared(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            compare_versions(desk, "bang", 1, 7)
        assert codes(fault) == ["table_unknown"]

    def test_findings_of_a_table_are_those_of_its_pack(self, desk: Desk) -> None:
        assert [f for f in table_findings(desk, table_of(desk)) if f.is_error] == []


OWN = {
    "unit": "u1",
    "slot": "II.3",
    "code": "II.3.a",
    "title": "Sáng kiến",
    "max": "20",
    "method": {"kind": "direct"},
}


class TestOwnCriteria:
    def test_are_registered_in_a_slot_and_scored(self, desk: Desk) -> None:
        register_own_criteria(desk, [OWN])
        enter_scores(desk, [TypedCell("u1", "II.3.a", "self", points="15")])
        card = scored_year(desk).assessment.units["u1"].card
        assert card.criteria["II.3.a"].points == 15

    def test_belong_to_a_slot_and_to_their_unit(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            register_own_criteria(desk, [{**OWN, "slot": "I"}, {**OWN, "code": "I.9"}])
        assert codes(fault) == ["facts_unknown_slot", "facts_own_code_outside"]
        register_own_criteria(desk, [OWN])
        with pytest.raises(UserError):
            enter_scores(desk, [TypedCell("u2", "II.3.a", "self", points="15")])

    def test_stay_as_they_are_once_scored(self, desk: Desk) -> None:
        register_own_criteria(desk, [OWN])
        register_own_criteria(desk, [{**OWN, "max": "18"}])
        enter_scores(desk, [TypedCell("u1", "II.3.a", "self", points="15")])
        assert register_own_criteria(desk, [{**OWN, "max": "18"}]).changed == 0
        for act in (
            lambda: register_own_criteria(desk, [OWN]),
            lambda: withdraw_own_criterion(desk, "u1", "II.3.a"),
        ):
            with pytest.raises(UserError) as fault:
                act()
            assert codes(fault) == ["own_criterion_scored"]

    def test_are_withdrawn_before(self, desk: Desk) -> None:
        register_own_criteria(desk, [OWN])
        assert withdraw_own_criterion(desk, "u1", "II.3.a").changed == 1
