"""The turn of the year (domain section 1, steps 1 and 12; CB II.I.1 on rotation; acceptance 1.13):
the next year out of this one, what is open before closing, and a closed year that nothing changes.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.domain.snapshot import Unit
from app.domain.year import PeriodState, TableState
from app.ground.findings import Severity, UserError
from app.operations.workspace import ballots
from app.operations.workspace.answers import adopt_answers, answers_before, proposed_answers
from app.operations.workspace.awards import propose
from app.operations.workspace.closing import OpenItem, checklist_lines, closing_checklist
from app.operations.workspace.consequences import carry_out, result_of
from app.operations.workspace.desk import Desk, sit_down
from app.operations.workspace.explanations import ask_explanation
from app.operations.workspace.members import add_units, give_role, leave_unit, take_role
from app.operations.workspace.records import choose_parameter, record
from app.operations.workspace.rounds import seal_round
from app.operations.workspace.successions import merge_units
from app.operations.workspace.table_edits import Retitle
from app.operations.workspace.tables import edit_table, issue_table, table_of
from app.operations.workspace.turn import (
    NamedRole,
    begin_next_year,
    following_record,
    look_ahead,
)
from app.operations.workspace.years import close_year, year_record
from app.persistence import books
from app.persistence.workspace import Workspace

from . import hall
from .conftest import DAY, codes

MID = dt.date(2026, 6, 1)
PAPER = "BB 12/2026"


@pytest.fixture
def led(desk: Desk) -> Desk:
    """Three units: the first leads, the second is deputy."""
    give_role(desk, "u1", "leader")
    give_role(desk, "u2", "deputy")
    return desk


def roles(desk: Desk) -> dict[str, set[str]]:
    return {unit.id: set(unit.roles) for unit in desk.units.values()}


class TestTheYearThatFollows:
    @pytest.mark.parametrize(
        ("year", "key", "start", "end"),
        [
            (year_record("2026"), "2027", (2027, 1, 1), (2027, 12, 31)),
            (year_record("2025-2026", "school"), "2026-2027", (2026, 9, 1), (2027, 8, 31)),
            (year_record("2027"), "2028", (2028, 1, 1), (2028, 12, 31)),
            (
                year_record("2027", start=dt.date(2027, 3, 1), end=dt.date(2028, 2, 28)),
                "2028",
                (2028, 2, 29),
                (2029, 2, 28),
            ),
        ],
    )
    def test_begins_on_the_day_after_and_is_one_year_long(
        self, year: object, key: str, start: tuple[int, int, int], end: tuple[int, int, int]
    ) -> None:
        found = following_record(year)  # type: ignore[arg-type]

        assert (found.id, found.start, found.end) == (key, dt.date(*start), dt.date(*end))

    def test_of_a_year_without_a_plain_name_is_asked(self) -> None:
        odd = year_record("dac-biet", start=dt.date(2026, 1, 1), end=dt.date(2026, 6, 30))
        with pytest.raises(UserError) as fault:
            following_record(odd)
        assert codes(fault) == ["year_unreadable"]


class TestBeginning:
    def test_takes_the_units_that_stay_and_leaves_this_year_open(self, led: Desk) -> None:
        leave_unit(led, "u3", MID)
        following, done, turn = begin_next_year(led)

        assert list(following.units) == ["u1", "u2"]
        assert [unit.id for unit in turn.left_out] == ["u3"]
        assert following.clusters == led.clusters
        assert led.year.state is PeriodState.OPEN
        assert done.operation is not None
        assert "2027" in done.operation.title

    def test_the_deputy_leads_and_the_new_deputy_is_asked(self, led: Desk) -> None:
        """CB II.I.1: "Đơn vị là Phó Trưởng khối năm trước sẽ làm Trưởng khối năm sau"."""
        following, done, turn = begin_next_year(led)

        assert roles(following) == {"u1": set(), "u2": {"leader"}, "u3": set()}
        assert [(r.role, r.cluster) for r in turn.asked] == [("deputy", "k1")]
        assert [f.code for f in done.findings] == ["turn_role_asked"]

    def test_who_is_named_by_a_paper_gets_the_role(self, led: Desk) -> None:
        """BG I.1: "được bầu … và được Chủ tịch UBND tỉnh phân công"."""
        named = (NamedRole("u3", "leader", "QĐ 9"), NamedRole("u1", "deputy", "QĐ 9"))
        following, done, _ = begin_next_year(led, named=named)

        assert roles(following) == {"u1": {"deputy"}, "u2": set(), "u3": {"leader"}}
        assert done.findings == ()

    def test_a_deputy_that_left_does_not_lead_and_nobody_is_guessed(self, led: Desk) -> None:
        leave_unit(led, "u2", MID)
        following, done, _ = begin_next_year(led)

        assert roles(following) == {"u1": set(), "u3": set()}
        assert [f.code for f in done.findings] == ["turn_role_asked"] * 2

    def test_a_merged_deputy_is_asked_about_too(self, led: Desk) -> None:
        merge_units(led, ["u2", "u3"], Unit("m", "Sở Mới", "k1"), MID, follow="u2")
        following, _, turn = begin_next_year(led)

        assert roles(following) == {"m": set(), "u1": set()}
        assert {r.role for r in turn.asked} == {"leader", "deputy"}

    @pytest.mark.parametrize(
        ("named", "code"),
        [
            ([NamedRole("u9", "leader", PAPER)], "turn_not_a_member"),
            ([NamedRole("u1", "leader", "  ")], "reference_missing"),
            (
                [NamedRole("u1", "deputy", PAPER), NamedRole("u3", "deputy", PAPER)],
                "turn_named_twice",
            ),
            ([NamedRole("u2", "deputy", PAPER)], "turn_both_roles"),
            ([NamedRole("'; --", "leader", PAPER)], "turn_not_a_member"),
        ],
    )
    def test_a_name_that_cannot_be_is_refused_and_nothing_is_opened(
        self, led: Desk, named: list[NamedRole], code: str
    ) -> None:
        with pytest.raises(UserError) as fault:
            begin_next_year(led, named=named)
        assert codes(fault) == [code]
        assert [year.id for year in led.workspace.read(books.PERIODS)] == ["2026"]

    def test_twice_is_refused_and_undone_it_can_be_begun_again(self, led: Desk) -> None:
        begin_next_year(led)
        with pytest.raises(UserError) as fault:
            begin_next_year(led)
        assert codes(fault) == ["year_exists"]
        led.workspace.undo("Lê An")
        assert [year.id for year in led.workspace.read(books.PERIODS)] == ["2026"]
        assert len(led.workspace.read(books.CRITERIA_TABLES)) == 1
        led.workspace.redo("Lê An")
        assert led.workspace.period("2027").start == dt.date(2027, 1, 1)
        assert led.workspace.verify().findings == ()

    def test_the_table_is_a_new_draft_that_no_edit_leads_back_from(self, led: Desk) -> None:
        issue_table(led)
        old = table_of(led)
        following, _, _ = begin_next_year(led)

        new = table_of(following)
        assert (new.id, new.version, new.state) == (old.id, old.version + 1, TableState.DRAFT)
        assert new.base == (old.base or "bang")
        assert new.reason == "Lập cho năm 2027 từ phiên bản 1 của năm 2026"
        edit_table(following, [Retitle("I.2", "Tên khác")])
        assert table_of(led) == old
        assert table_of(following).digest != new.digest

    def test_what_belongs_to_one_year_is_not_taken_over(self, led: Desk) -> None:
        record(led, "registrations", [{"unit": "u1", "kind": "pledge", "signed": "10/01/2026"}])
        record(led, "quotas", [{"award": "co", "count": 1}])
        record(led, "deadlines", [{"duty": "self", "due": "30/11/2026"}])
        following, _, _ = begin_next_year(led)

        read = following.workspace.read
        for book in (books.REGISTRATIONS, books.QUOTAS, books.DEADLINES, books.ENTRIES):
            assert read(book, "2027") == ()  # type: ignore[arg-type]

    def test_answers_are_listed_and_taken_over_only_by_name(self, led: Desk) -> None:
        choose_parameter(led, "digits", 1, "quy chế 2026")
        following, _, turn = begin_next_year(led)

        assert [c.parameter for c in turn.answers] == ["digits"]
        assert following.workspace.read(books.PARAMETER_CHOICES, "2027") == ()
        assert [c.parameter for c in proposed_answers(following)] == ["digits"]
        adopt_answers(following, ["digits"])
        (kept,) = following.workspace.read(books.PARAMETER_CHOICES, "2027")
        assert (kept.value, kept.reason) == (1, "như năm 2026: quy chế 2026")
        assert proposed_answers(following) == ()
        with pytest.raises(UserError) as fault:
            adopt_answers(following, ["digits"])
        assert codes(fault) == ["answer_not_proposed"]
        assert proposed_answers(led) == ()

    def test_the_questions_are_named_and_at_least_one_answer_is_taken(self, led: Desk) -> None:
        choose_parameter(led, "digits", 1, "quy chế 2026")
        following, _, _ = begin_next_year(led)
        (answer,) = answers_before(following)
        assert (answer.question, answer.choice.value) == ("Hỏi digits", 1)
        assert answer.rounds["department"] == "Thẩm định"
        with pytest.raises(UserError) as fault:
            adopt_answers(following, [])
        assert codes(fault) == ["answer_not_proposed"]
        done = adopt_answers(following, ["digits"])
        assert done.operation is not None
        assert done.operation.title == "Lấy lại lựa chọn của năm 2026 cho: Hỏi digits"

    def test_looking_ahead_keeps_nothing(self, led: Desk) -> None:
        head = led.workspace.head
        assert look_ahead(led).record.id == "2027"
        assert led.workspace.head == head


def elected(desk: Desk, purpose: str, winner: str, other: str, *, confirm: bool = True) -> None:
    sheet = hall.opened(desk, purpose, candidates=[winner, other], cluster="k1")
    hall.count(desk, sheet.id, **{winner: 5, other: 2})
    if confirm:
        hall.confirm(desk, sheet.id)


@pytest.fixture
def met(workspace: Workspace) -> Desk:
    table = hall.tree(
        hall.b.row("ballots", purpose="leader", form="choose"),
        hall.b.row("ballots", purpose="deputy", form="choose"),
    )
    desk = hall.meet(workspace, {"a": 95, "b": 90, "c": 80}, table)
    give_role(desk, "a", "leader")
    give_role(desk, "b", "deputy")
    return desk


class TestElections:
    def test_who_was_elected_leads_in_the_deputys_place(self, met: Desk) -> None:
        elected(met, "leader", "c", "b")
        elected(met, "deputy", "a", "b")
        following, done, turn = begin_next_year(met)

        assert roles(following) == {"a": {"deputy"}, "b": set(), "c": {"leader"}}
        assert {r.source for r in turn.roles} == {"elected"}
        assert done.findings == ()

    def test_a_count_that_nobody_confirmed_elects_nobody(self, met: Desk) -> None:
        elected(met, "leader", "c", "b", confirm=False)
        following, _, _ = begin_next_year(met)

        assert roles(following)["b"] == {"leader"}
        assert roles(following)["c"] == set()

    def test_a_cancelled_election_elects_nobody(self, met: Desk) -> None:
        elected(met, "deputy", "a", "c")
        carry_out(met, ballots.plan_cancelled(met, "p1", "kiểm sai"))

        assert begin_next_year(met)[2].asked[0].role == "deputy"

    def test_a_paper_against_the_election_is_told(self, met: Desk) -> None:
        elected(met, "leader", "c", "b")
        following, done, _ = begin_next_year(met, named=[NamedRole("a", "leader", "QĐ 9")])

        assert roles(following)["a"] == {"leader"}
        assert "turn_other_than_elected" in {f.code for f in done.findings}


# ------------------------------------------------------------------ before closing


def items(desk: Desk, code: str) -> list[OpenItem]:
    return [item for item in closing_checklist(desk) if item.finding.code == code]


class TestTheChecklist:
    def test_a_round_that_is_not_sealed_blocks_and_says_where_to_mend(
        self, handed_in: Desk
    ) -> None:
        found = items(handed_in, "year_not_sealed")

        assert {item.finding.place for item in found} == {"Sở Một", "Sở Hai", "Sở Ba"}
        assert {item.mends for item in found} == {"scores"}
        assert all(item.blocks for item in found)
        assert closing_checklist(handed_in)[0].blocks

    def test_a_unit_that_left_blocks_nothing(self, handed_in: Desk) -> None:
        leave_unit(handed_in, "u3", MID)
        seal_round(handed_in, "self", ["u1", "u2"], DAY)

        assert items(handed_in, "year_not_sealed") == []

    def test_an_open_or_unconfirmed_ballot_blocks(self, workspace: Workspace) -> None:
        desk = hall.meet(workspace, {"a": 95, "b": 95, "c": 80})
        assert [i.mends for i in items(desk, "closing_tie")] == ["ballots"]
        sheet = hall.opened(desk)
        assert [i.blocks for i in items(desk, "closing_ballot")] == [True]
        hall.count(desk, sheet.id, a=5, b=3)
        assert [i.blocks for i in items(desk, "closing_ballot")] == [True]
        with pytest.raises(UserError) as fault:
            close_year(desk)
        assert codes(fault) == ["closing_ballot"]
        hall.confirm(desk, sheet.id)
        assert items(desk, "closing_ballot") == []
        assert items(desk, "closing_tie") == []

    def test_a_confirmed_ballot_that_became_void_is_told(self, workspace: Workspace) -> None:
        desk = hall.meet(workspace, {"a": 95, "b": 95, "c": 80})
        hall.decide_by_ballot(desk, a=5, b=3)
        hall.rescore(desk, b=96)

        (found,) = items(desk, "closing_ballot")
        assert not found.blocks
        assert "không còn giá trị" in found.finding.message

    def test_proposals_that_the_data_no_longer_say_block(self, workspace: Workspace) -> None:
        desk = hall.meet(workspace, {"a": 95, "b": 90, "c": 80})
        (missing,) = items(desk, "closing_proposals")
        assert not missing.blocks
        propose(desk, hall.DAY)
        assert items(desk, "closing_proposals") == []
        assert [i.finding.severity for i in items(desk, "closing_decisions")] == [Severity.NOTE]
        hall.rescore(desk, a=50)
        (outdated,) = items(desk, "closing_proposals")
        assert outdated.blocks
        with pytest.raises(UserError) as fault:
            close_year(desk)
        assert codes(fault) == ["closing_proposals"]

    def test_a_held_unit_at_a_place_is_told(self, workspace: Workspace) -> None:
        desk = hall.meet(workspace, {"a": 95, "b": 90, "c": 80})
        record(desk, "standing", [{"unit": "a", "case": "cx", "reference": "TB 1"}])

        (found,) = items(desk, "closing_held")
        assert (found.finding.place, found.mends) == ("Sở A", "awards")

    def test_duties_explanations_evidence_papers_and_backups_are_told(
        self, handed_in: Desk
    ) -> None:
        ask_explanation(handed_in, "u1", "I.2", "self", "Vì sao?", DAY)
        day = dt.date(2026, 12, 30)
        found = {item.finding.code: item for item in closing_checklist(handed_in, day)}

        assert found["closing_deadline"].mends == "calendar"
        assert "30/03/2026" in found["closing_deadline"].finding.message
        assert "Vì sao?" in found["closing_explanation"].finding.message
        assert "I.1" in found["closing_evidence"].finding.message
        assert found["closing_evidence"].mends == "evidence"
        assert {"closing_papers", "closing_backup", "closing_table"} <= set(found)
        assert all(f.finding.remedy for f in found.values())
        handed_in.workspace.backup()
        assert items(handed_in, "closing_backup") == []

    def test_members_that_left_after_the_next_year_was_begun_are_told(self, led: Desk) -> None:
        begin_next_year(led)
        leave_unit(led, "u3", MID)
        add_units(led, [Unit("u4", "Sở Bốn", "k1")])

        found = {i.finding.place: i.finding.message for i in items(led, "closing_next_year")}
        assert found == {
            "Sở Ba": "Đã rời cụm, khối từ 01/06/2026 nhưng còn trong năm 2027.",
            "Sở Bốn": "Đang tham gia nhưng chưa có trong năm 2027.",
        }

    def test_a_year_without_units_or_table_says_so(self, bare: Desk) -> None:
        (found,) = closing_checklist(bare)
        assert found.blocks
        with pytest.raises(UserError) as fault:
            close_year(bare)
        assert codes(fault) == ["table_missing"]

    def test_in_words_what_blocks_stands_first(self, handed_in: Desk) -> None:
        lines = list(checklist_lines(closing_checklist(handed_in)))
        assert lines[0].startswith("CHẶN  Sở ")
        assert "(trang Chấm điểm)" in lines[1]
        assert list(checklist_lines(())) == ["Không còn việc nào mở; có thể khóa sổ."]


def test_with_two_years_open_the_old_one_is_closed_by_name(workspace: Workspace) -> None:
    desk = hall.meet(workspace, {"a": 95, "b": 90, "c": 80})
    propose(desk, hall.DAY)
    digest = result_of(desk)
    following, _, _ = begin_next_year(desk)
    close_year(sit_down(workspace, "Lê An", "2026"))

    assert following.year.state is PeriodState.OPEN
    assert desk.year.state is PeriodState.CLOSED
    assert result_of(desk) == digest
    take_role(following, "a", "leader")
    assert workspace.verify().findings == ()


def test_a_table_file_of_the_old_year_stays_the_same(workspace: Workspace, tmp_path: Path) -> None:
    from app.operations.workspace.tables import export_table

    desk = hall.meet(workspace, {"a": 95, "b": 90, "c": 80})
    before = export_table(desk, tmp_path / "truoc").read_text(encoding="utf-8")
    following, _, _ = begin_next_year(desk)
    edit_table(following, [Retitle("1", "Khác")])
    assert export_table(desk, tmp_path / "sau").read_text(encoding="utf-8") == before
