"""Rows of every kind, answers to open questions, and evidence with its warnings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.domain.year import Evidence
from app.ground.findings import UserError
from app.operations.workspace.accepting import accept_scores
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import clear_scores, enter_scores
from app.operations.workspace.evidence import (
    CellName,
    attach_file,
    change_evidence,
    cite_evidence,
    link_evidence,
    listed_evidence,
    remove_evidence,
    unlink_evidence,
)
from app.operations.workspace.evidence_board import Backing, evidence_board
from app.operations.workspace.evidence_checks import evidence_remarks, evidence_warnings
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.own_criteria import register_own_criteria
from app.operations.workspace.records import (
    RECORD_KINDS,
    choose_parameter,
    listed_records,
    record,
    remove_record,
    replace_record,
    row_words,
)
from app.operations.workspace.results import scored_year
from app.operations.workspace.rounds import (
    accept_round,
    return_round,
    seal_round,
    submit_round,
)
from app.operations.workspace.years import close_year
from app.persistence import books

from .conftest import DAY, codes, told

ROWS: dict[str, dict[str, Any]] = {
    "bonus": {"unit": "u1", "item": "b", "points": "2,5", "subject": "Sáng kiến"},
    "deductions": {"unit": "u1", "item": "tre", "count": "2", "reason": "Nộp chậm"},
    "standing": {"unit": "u2", "case": "ky_luat", "reference": "QĐ 5", "since": "01/06/2026"},
    "conditions": {"unit": "u1", "condition": "vuot", "met": True},
    "quotas": {"award": "co", "count": "1"},
    "ballots": {"purpose": "tie", "award": "co", "votes": {"u1": "5", "u2": "3"}, "issued": "8"},
    "decisions": {"question": "tie:co:u1+u2", "outcome": "u1", "by": "Hội nghị"},
    "totals": {"unit": "u3", "round": "department", "points": "91,5"},
    "registrations": {"unit": "u1", "kind": "pledge", "received_by_leader": "18/01/2026"},
    "targets": {
        "unit": "u1",
        "code": "ct1",
        "title": "Thu ngân sách",
        "plan": "1200",
        "half_year": "650,5",
    },
    "deadlines": {"duty": "self", "due": "2026-11-30"},
    "exceptions": {
        "duty": "self",
        "unit": "u2",
        "until": "05/12/2026",
        "reason": "Bão",
        "granted_by": "Cụm trưởng",
    },
    "conferences": {
        "id": "tk",
        "kind": "summary",
        "date": "20/12/2026",
        "attendants": [{"name": "Lê An", "unit": "u1", "present": False}],
    },
    "papers": {"id": "v1", "kind": "to_trinh", "number": "12/TTr", "date": "22/12/2026"},
    "awards": {"id": "k1", "unit": "u1", "award": "co", "stage": "received", "year": "2025"},
    "activities": {
        "id": "dh1",
        "kind": "exemplar",
        "title": "Gương điển hình",
        "unit": "u1",
        "date": "05/06/2026",
        "chosen_to_report": True,
    },
    "duties": {"duty": "so_ket", "holder": "leader", "cluster": "k1", "date": "30/07/2026"},
}


class TestRecords:
    @pytest.mark.parametrize("kind", ROWS)
    def test_of_every_kind_are_kept_listed_and_removed(self, desk: Desk, kind: str) -> None:
        assert record(desk, kind, [ROWS[kind]]).changed == 1
        assert record(desk, kind, [ROWS[kind]]).operation is None, "a second time changes nothing"
        ((key, row),) = listed_records(desk, kind)
        assert record(desk, kind, [row]).changed == 0, "what is listed can be typed again"
        assert row_words(row)
        assert remove_record(desk, kind, key.split("/")).changed == 1
        assert listed_records(desk, kind) == ()

    def test_every_kind_is_tried(self) -> None:
        assert set(RECORD_KINDS) == set(ROWS)

    def test_name_only_what_the_table_and_the_year_know(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            record(desk, "bonus", [{**ROWS["bonus"], "item": "c"}, {**ROWS["bonus"], "unit": "u7"}])
        assert sorted(codes(fault)) == ["facts_unknown_item", "facts_unknown_unit"]
        with pytest.raises(UserError) as fault:
            record(desk, "targets", [{"unit": "u1", "code": "ct1", "titel": "x", "plan": "1.250"}])
        assert codes(fault) == ["facts_unknown_key", "facts_missing_key", "ambiguous_number"]

    def test_an_exception_names_its_reason_and_who_granted_it(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            record(desk, "exceptions", [{"duty": "self", "unit": "u2", "until": "05/12/2026"}])
        assert codes(fault) == ["facts_missing_key", "facts_missing_key"]

    def test_of_an_unknown_kind_are_refused_with_a_guess(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            record(desk, "balots", [])
        assert "“ballots”" in told(fault)

    def test_numbered_ones_are_replaced_in_their_place(self, desk: Desk) -> None:
        record(desk, "bonus", [ROWS["bonus"]])
        replace_record(desk, "bonus", 1, {**ROWS["bonus"], "points": "3"})
        assert [row["points"] for _, row in listed_records(desk, "bonus")] == [3]
        with pytest.raises(UserError) as fault:
            replace_record(desk, "bonus", 9, ROWS["bonus"])
        assert codes(fault) == ["record_missing"]
        with pytest.raises(UserError):
            remove_record(desk, "conditions", ["u1", "vuot"])

    def test_awards_and_papers_come_after_closing_and_nothing_else(self, handed_in: Desk) -> None:
        seal_round(handed_in, "self", None, DAY)
        close_year(handed_in)
        record(handed_in, "awards", [{**ROWS["awards"], "stage": "decided"}])
        record(handed_in, "papers", [ROWS["papers"]])
        assert remove_record(handed_in, "papers", ["v1"]).changed == 1
        for act in (
            lambda: record(handed_in, "bonus", [ROWS["bonus"]]),
            lambda: remove_record(handed_in, "conditions", ["u1", "vuot"]),
        ):
            with pytest.raises(UserError) as fault:
                act()
            assert codes(fault) == ["period_closed"]


class TestParameters:
    def test_are_answered_in_the_tables_words(self, desk: Desk) -> None:
        choose_parameter(desk, "digits", "1", "Thống nhất tại hội nghị")
        chosen = scored_year(desk).assessment.parameters["digits"]
        assert (chosen.value, chosen.source) == (1, "facts")
        choose_parameter(desk, "digits", None)
        assert scored_year(desk).assessment.parameters["digits"].value == 2

    def test_that_nobody_asked_or_answers_that_nobody_allows_are_refused(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            choose_parameter(desk, "digit", "1")
        assert "“digits”" in told(fault)
        with pytest.raises(UserError) as fault:
            choose_parameter(desk, "digits", "7")
        assert codes(fault) == ["parameter_not_allowed"]


REPORT = Evidence("", "12/BC", dt.date(2026, 10, 1), "Sở Một", "Báo cáo năm", "mục 3")


def warned(desk: Desk) -> set[str]:
    return {finding.code for finding in evidence_warnings(desk)}


class TestEvidence:
    @pytest.fixture
    def returned(self, handed_in: Desk) -> Desk:
        return_round(handed_in, "self", None, DAY, "Bổ sung minh chứng")
        return handed_in

    def test_is_a_citation_with_or_without_a_file(self, returned: Desk, tmp_path: Path) -> None:
        kept, _ = cite_evidence(returned, REPORT, [CellName("u1", "I.1", "self")])
        assert (kept.id, kept.sha256) == ("mc1", None)
        file = tmp_path / "quyet dinh.pdf"
        file.write_bytes(b"%PDF-1.4")
        other = Evidence("", "", None, "", "Quyết định khen")
        kept, _ = cite_evidence(returned, other, file=file)
        assert kept.sha256 is not None
        assert returned.workspace.evidence_content(kept.sha256, "x") == b"%PDF-1.4"
        assert [document.id for document, _ in listed_evidence(returned)] == ["mc1", "mc2"]

    def test_without_number_and_subject_is_none(self, returned: Desk) -> None:
        with pytest.raises(UserError) as fault:
            cite_evidence(returned, Evidence("", " "))
        assert codes(fault) == ["evidence_uncited"]

    def test_links_to_many_cells_which_count_their_documents(self, returned: Desk) -> None:
        cell = CellName("u1", "I.1", "self")
        kept, _ = cite_evidence(returned, REPORT, [cell])
        link_evidence(returned, kept.id, [CellName("u1", "I.2", "self")])
        entry = returned.workspace.one(books.ENTRIES, "u1", "I.1", "self", None, period="2026")
        assert entry is not None
        assert entry.evidence == 1
        unlink_evidence(returned, kept.id, cell)
        entry = returned.workspace.one(books.ENTRIES, "u1", "I.1", "self", None, period="2026")
        assert entry is not None
        assert entry.evidence is None

    def test_that_was_declared_and_is_more_stays(self, returned: Desk) -> None:
        cell = CellName("u1", "I.2", "self")
        enter_scores(returned, [TypedCell("u1", "I.2", "self", points="20", evidence="3")])
        kept, _ = cite_evidence(returned, REPORT, [cell])
        for _step in range(2):
            entry = returned.workspace.one(books.ENTRIES, "u1", "I.2", "self", None, period="2026")
            assert entry is not None
            assert entry.evidence == 3
            unlink_evidence(returned, kept.id, cell)

    def test_is_not_changed_in_a_round_that_was_handed_in(self, handed_in: Desk) -> None:
        with pytest.raises(UserError) as fault:
            cite_evidence(handed_in, REPORT, [CellName("u1", "I.1", "self")])
        assert codes(fault) == ["round_submitted"]
        with pytest.raises(UserError) as fault:
            link_evidence(handed_in, "mc9", [])
        assert codes(fault) == ["evidence_unknown"]
        with pytest.raises(UserError) as fault:
            cite_evidence(handed_in, REPORT, [CellName("u1", "IX", "self")])
        assert codes(fault) == ["facts_unknown_criterion"]

    def test_outside_the_year_is_told(self, returned: Desk) -> None:
        old = Evidence("", "3/BC", dt.date(2025, 12, 31), "Sở Một", "Báo cáo")
        _, answer = cite_evidence(returned, old, [CellName("u1", "I.1", "self")])
        assert [f.code for f in answer.findings] == ["evidence_outside_year"]

    def test_used_twice_or_by_two_units_is_told(self, returned: Desk) -> None:
        cite_evidence(
            returned, REPORT, [CellName("u1", "I.1", "self"), CellName("u1", "I.2", "self")]
        )
        assert "evidence_used_twice" in warned(returned)
        same = Evidence("", " 12/bc", REPORT.date, "SỞ MỘT", "Báo cáo khác chữ")
        cite_evidence(returned, same, [CellName("u2", "I.1", "self")])
        assert "evidence_two_units" in warned(returned)

    def test_that_a_criterion_asks_for_and_lacks_is_told(self, returned: Desk) -> None:
        lacking = [f.place for f in evidence_warnings(returned) if f.code == "evidence_lacking"]
        assert lacking == [f"{name}, tiêu chí I.1" for name in ("Sở Một", "Sở Hai", "Sở Ba")]
        cite_evidence(returned, REPORT, [CellName("u1", "I.1", "self")])
        lacking = [f.place for f in evidence_warnings(returned) if f.code == "evidence_lacking"]
        assert "Sở Một, tiêu chí I.1" not in lacking


class TestDocumentsThatAreThere:
    CELL = CellName("u1", "I.1", "self")

    @pytest.fixture
    def cited(self, handed_in: Desk) -> Desk:
        return_round(handed_in, "self", None, DAY, "Bổ sung minh chứng")
        cite_evidence(handed_in, REPORT, [self.CELL])
        return handed_in

    def test_are_corrected_and_keep_their_file(self, cited: Desk, tmp_path: Path) -> None:
        file = tmp_path / "bao-cao.pdf"
        file.write_bytes(b"%PDF-1.4")
        attach_file(cited, "mc1", file)
        change_evidence(cited, Evidence("mc1", "13/BC", REPORT.date, "Sở Một", "Báo cáo năm"))
        ((document, cells),) = listed_evidence(cited)
        assert (document.number, document.place, document.file_name) == ("13/BC", "", file.name)
        assert document.file_size == 8
        assert cells == (self.CELL,)
        cited.workspace.undo("Lê An")
        assert listed_evidence(cited)[0][0].number == "12/BC"

    def test_are_never_left_without_number_and_subject(self, cited: Desk) -> None:
        with pytest.raises(UserError) as fault:
            change_evidence(cited, Evidence("mc1"))
        assert codes(fault) == ["evidence_uncited"]

    def test_are_removed_with_their_links_and_come_back(self, cited: Desk) -> None:
        remove_evidence(cited, "mc1")
        assert listed_evidence(cited) == ()
        entry = cited.workspace.one(books.ENTRIES, "u1", "I.1", "self", None, period="2026")
        assert entry is not None
        assert entry.evidence is None
        cited.workspace.undo("Lê An")
        assert [cells for _, cells in listed_evidence(cited)] == [(self.CELL,)]

    def test_stand_still_in_a_handed_in_round_but_a_file_may_come(
        self, cited: Desk, tmp_path: Path
    ) -> None:
        submit_round(cited, "self", None, DAY)
        for act in (
            lambda: change_evidence(cited, Evidence("mc1", "13/BC")),
            lambda: remove_evidence(cited, "mc1"),
        ):
            with pytest.raises(UserError) as fault:
                act()
            assert codes(fault) == ["round_submitted"]
        file = tmp_path / "anh.png"
        file.write_bytes(b"\x89PNG")
        assert attach_file(cited, "mc1", file).changed == 1
        seal_round(cited, "self", None, DAY)
        with pytest.raises(UserError) as fault:
            attach_file(cited, "mc1", file)
        assert codes(fault) == ["round_sealed"]

    def test_that_are_unknown_are_refused(self, cited: Desk, tmp_path: Path) -> None:
        for act in (
            lambda: change_evidence(cited, Evidence("mc9", "1")),
            lambda: remove_evidence(cited, "mc9"),
            lambda: attach_file(cited, "mc9", tmp_path / "x"),
        ):
            with pytest.raises(UserError) as fault:
                act()
            assert codes(fault) == ["evidence_unknown"]

    def test_that_were_recorded_twice_are_told(self, cited: Desk) -> None:
        cite_evidence(cited, Evidence("", "12/bc", REPORT.date, "SỞ MỘT", "Khác", "Mục 3"))
        assert "evidence_recorded_twice" in warned(cited)
        ((twice,),) = [
            [r for r in evidence_remarks(cited) if r.finding.code == "evidence_recorded_twice"]
        ]
        assert twice.documents == ("mc1", "mc2")
        other_page = Evidence("mc2", "12/BC", REPORT.date, "Sở Một", "Khác", "mục 4")
        change_evidence(cited, other_page)
        assert "evidence_recorded_twice" not in warned(cited)


class TestBoard:
    def backing(self, desk: Desk, unit: str, code: str) -> Backing:
        return evidence_board(desk).cell(unit, code).backing

    @pytest.fixture
    def returned(self, handed_in: Desk) -> Desk:
        return_round(handed_in, "self", None, DAY, "Bổ sung")
        return handed_in

    def test_has_the_scored_criteria_in_order_and_all_units(self, returned: Desk) -> None:
        board = evidence_board(returned)
        assert [row.code for row in board.rows] == ["I.1", "I.2", "II.1", "II.2"]
        assert board.units == ("u1", "u2", "u3")

    def test_a_scored_cell_that_asks_and_has_none_is_missing(self, returned: Desk) -> None:
        assert self.backing(returned, "u1", "I.1") is Backing.MISSING
        assert self.backing(returned, "u1", "I.2") is Backing.NOTHING
        clear_scores(returned, [("u1", "I.1", "self")])
        assert self.backing(returned, "u1", "I.1") is Backing.ASKED

    def test_fewer_than_declared_is_missing_where_asked_and_weak_elsewhere(
        self, returned: Desk
    ) -> None:
        figures = {"plan": "100", "actual": "90"}
        enter_scores(
            returned,
            [
                TypedCell("u1", "I.1", "self", figures=figures, evidence="2"),
                TypedCell("u1", "I.2", "self", points="20", evidence="1"),
            ],
        )
        cite_evidence(returned, REPORT, [CellName("u1", "I.1", "self")])
        assert self.backing(returned, "u1", "I.1") is Backing.MISSING
        assert self.backing(returned, "u1", "I.2") is Backing.WEAK

    def test_a_doubtful_document_is_weak_and_says_why(self, returned: Desk) -> None:
        old = Evidence("", "3/BC", dt.date(2025, 12, 31), "Sở Một", "Báo cáo")
        cite_evidence(returned, old, [CellName("u1", "I.1", "self")])
        cell = evidence_board(returned).cell("u1", "I.1")
        assert cell.backing is Backing.WEAK
        assert [f.code for f in cell.findings] == ["evidence_outside_year"]
        assert self.backing(returned, "u2", "I.1") is Backing.MISSING

    def test_what_a_later_hand_scored_is_checked(self, returned: Desk) -> None:
        cite_evidence(returned, REPORT, [CellName("u1", "I.1", "self")])
        assert self.backing(returned, "u1", "I.1") is Backing.GIVEN
        submit_round(returned, "self", None, DAY)
        accept_scores(returned, "cluster", ["u1"], ["I.1"])
        assert self.backing(returned, "u1", "I.1") is Backing.CHECKED

    def test_what_was_accepted_is_checked(self, returned: Desk) -> None:
        cite_evidence(returned, REPORT, [CellName("u1", "I.1", "self")])
        submit_round(returned, "self", None, DAY)
        accept_round(returned, "self", ["u1"], DAY)
        assert self.backing(returned, "u1", "I.1") is Backing.CHECKED

    def test_a_criterion_of_one_unit_is_foreign_to_the_others(self, returned: Desk) -> None:
        own = {
            "unit": "u1",
            "slot": "II.3",
            "code": "II.3.1",
            "title": "Việc riêng",
            "max": "20",
            "method": {"kind": "direct"},
        }
        register_own_criteria(returned, [own])
        board = evidence_board(returned)
        assert [row.code for row in board.rows][-1] == "II.3.1"
        assert board.cell("u1", "II.3.1").backing is Backing.NOTHING
        assert board.cell("u2", "II.3.1").backing is Backing.FOREIGN
