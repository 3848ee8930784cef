"""A year while somebody types: the same result as a whole one, and who moves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.snapshot import Entry
from app.exchange.result import result_tree
from app.ground.findings import Finding, Severity, UserError
from app.operations.live import LiveYear
from app.operations.loading import Loaded, PackSet
from app.operations.scoring import score_loaded
from app.operations.workspace.facts_desk import TypedCell
from app.scoring.assessment import Assessment
from tests import builders as b
from tests.journeys import world as w


def loaded(**more: object) -> Loaded:
    snapshot, findings = w.read({**w.facts(), **more})
    assert snapshot is not None, findings
    return Loaded(PackSet(w.small_pack({"A10": "zero"})), snapshot, findings)


def digest(assessment: Assessment) -> str:
    text: str = result_tree(assessment)["digest"]
    return text


def assert_whole(year: LiveYear) -> None:
    whole = score_loaded(year.loaded).assessment
    assert year.assessment == whole
    assert digest(year.assessment) == digest(whole)


def moved(year: LiveYear, *cells: TypedCell) -> set[tuple[object, ...]]:
    return {(m.unit, m.what, m.criterion, m.old, m.new) for m in year.preview(cells).moves}


def test_it_says_what_a_whole_assessment_says_findings_of_the_files_included() -> None:
    remark = Finding("facts_empty_cluster", Severity.WARNING, "tệp", "Cụm không có đơn vị.")
    year = LiveYear(replace(loaded(), findings=(remark,)))
    assert year.assessment.findings[0] == remark
    assert_whole(year)


def test_a_preview_tells_everyone_who_moves_and_changes_nothing() -> None:
    year = LiveYear(loaded())
    before = year.assessment
    typed = TypedCell("u3", "II.2", "self", figures={"value": "99"})
    found = moved(year, typed)
    assert ("u3", "points", "II.2", "6", "10") in found
    assert ("u1", "points", "II.2", "10", "8") in found
    assert ("u2", "points", "II.2", "8", "6") in found
    assert moved(year, typed) == found
    assert year.assessment is before
    assert_whole(year)


def test_what_was_applied_is_the_base_of_what_follows() -> None:
    year = LiveYear(loaded())
    after = year.applied([TypedCell("u3", "II.2", "self", figures={"value": "99"})])
    assert_whole(after)
    assert moved(after, TypedCell("u3", "II.2", "self", figures={"value": "99,0"})) == set()
    again = after.applied([TypedCell("u3", "II.1", "self", points="1")])
    assert_whole(again)
    assert_whole(year)


def test_a_cell_is_read_with_all_its_faults() -> None:
    year = LiveYear(loaded())
    with pytest.raises(UserError) as caught:
        year.preview(
            [
                TypedCell("u1", "II.1", "self", points="1.250"),
                TypedCell("u1", "IX", "self", points="1"),
            ]
        )
    codes = [finding.code for finding in caught.value.findings]
    assert codes == ["ambiguous_number", "facts_unknown_criterion"]
    assert year.preview([TypedCell("u1", "II.1", "self", points="5")]).entries[0].points == 5


def test_bare_points_of_a_later_hand_keep_the_figures_under_them() -> None:
    year = LiveYear(loaded())
    seen = year.preview([TypedCell("u2", "I.1", "department", points="20", reason="Trùng")])
    score = seen.assessment.units["u2"].card.criteria["I.1"]
    assert score.points == 20
    assert score.rounds["department"].computed == 27


def test_a_cell_of_an_own_criterion_is_read_too() -> None:
    year = LiveYear(loaded())
    seen = year.preview([TypedCell("u2", "III.a", "self", points="12,5")])
    assert seen.assessment.units["u2"].card.criteria["III.a"].points == Fraction(25, 2)


def test_an_understood_entry_can_be_given_and_one_taken_out() -> None:
    year = LiveYear(loaded())
    entry = Entry("u1", "II.1", "self", points=Fraction(3))
    assert year.preview([entry]).assessment.units["u1"].card.criteria["II.1"].points == 3
    gone = year.applied([], removed=[entry.key])
    assert gone.entry(entry.key) is None
    assert gone.assessment.units["u1"].card.blanks == ("II.1",)
    assert_whole(gone)


def test_a_cell_out_of_a_units_reach_is_remarked_as_reading_the_facts_would() -> None:
    rules = b.pack(
        b.direct("1", 10, role="leader"), b.direct("2", 10), b.award("co", b.fixed(1)), id="x"
    )
    facts = b.snapshot(b.units(2), b.entry("u1", "2", points=3), b.entry("u2", "2", points=4))
    year = LiveYear(Loaded(PackSet(rules), facts, ()))
    after = year.applied([TypedCell("u1", "1", b.ROUND, points="5")])
    assert after.assessment.findings[0].code == "facts_not_for_unit"
    assert_whole(after)
    back = after.applied([], removed=[("u1", "1", b.ROUND, None)])
    assert digest(back.assessment) == digest(year.assessment)


def test_where_the_pack_refuses_a_result_typing_goes_on_until_it_is_mended() -> None:
    rules = b.pack(b.direct("1", 10), b.direct("2", 10), scoring={"over_max": "refuse"})
    facts = b.snapshot(b.units(1), b.entry("u1", "1", points=3))
    year = LiveYear(Loaded(PackSet(rules), facts, ()))
    with pytest.raises(UserError):
        year.preview([TypedCell("u1", "1", b.ROUND, points="11")])
    wrong = year.applied([TypedCell("u1", "1", b.ROUND, points="11")])
    with pytest.raises(UserError):
        _ = wrong.assessment
    with pytest.raises(UserError):
        wrong.preview([TypedCell("u1", "2", b.ROUND, points="4")])
    seen = wrong.preview([TypedCell("u1", "1", b.ROUND, points="9")])
    assert seen.assessment.units["u1"].card.total == 9
    assert seen.moves == ()
    assert_whole(wrong.applied([TypedCell("u1", "1", b.ROUND, points="9")]))
