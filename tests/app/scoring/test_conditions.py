"""Boolean trees: every test, three-valued logic, published and exact numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain.snapshot import Cluster, Snapshot
from app.scoring.assessment import Assessment
from tests.builders import (
    Row,
    assess,
    award,
    bonus,
    bonus_item,
    class_rule,
    codes,
    condition_item,
    criterion,
    decision,
    deduction,
    deduction_item,
    direct,
    entry,
    fixed,
    lines,
    pack,
    questions,
    row,
    snapshot,
    standing,
    standing_case,
    ticked,
    unit,
)

YES, NO, UNKNOWN = "proposed", "refused", "held"
When = dict[str, Any]


def holds(
    when: When, *facts: Any, rows: tuple[Row, ...] = (), member: Any = None, **head: Any
) -> str:
    """What a required condition comes to for one unit: proposed, refused or held (unknown)."""
    return lines(asked(when, *facts, rows=rows, member=member, **head), "co").get("u1", "none")


def asked(
    when: When, *facts: Any, rows: tuple[Row, ...] = (), member: Any = None, **head: Any
) -> Assessment:
    table = rows or (direct("I", 60), direct("II", 40))
    rules = pack(*table, award("co", fixed(1), requires=when), **head)
    return assess(snapshot(member or unit("u1"), *facts), rules)


def points(one: object = 48, two: object = 30) -> list[Any]:
    return [entry("u1", "I", points=one), entry("u1", "II", points=two)]  # type: ignore[arg-type]


# ------------------------------------------------------------------ three-valued trees

TRUE: When = {"always": True}
FALSE: When = {"not": {"always": True}}
OPEN: When = {"condition": "x"}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"all": [TRUE, TRUE]}, YES),
        ({"all": [TRUE, OPEN]}, UNKNOWN),
        ({"all": [OPEN, FALSE]}, NO),
        ({"all": []}, YES),
        ({"any": [FALSE, TRUE]}, YES),
        ({"any": [OPEN, TRUE]}, YES),
        ({"any": [FALSE, OPEN]}, UNKNOWN),
        ({"any": [FALSE, FALSE]}, NO),
        ({"any": []}, NO),
        ({"some": {"count": 2, "of": [TRUE, TRUE, OPEN]}}, YES),
        ({"some": {"count": 2, "of": [TRUE, FALSE, OPEN]}}, UNKNOWN),
        ({"some": {"count": 2, "of": [TRUE, FALSE, FALSE]}}, NO),
        ({"some": {"count": 3, "of": [TRUE, TRUE]}}, NO),
        ({"not": OPEN}, UNKNOWN),
        ({"not": FALSE}, YES),
        ({"not": {"any": [FALSE, {"not": {"all": [TRUE, TRUE]}}]}}, YES),
    ],
)
def test_unknown_is_not_false(when: When, expected: str) -> None:
    assert holds(when, points(), rows=(direct("I", 60), condition_item("x"))) == expected


# ------------------------------------------------------------------ points and shares


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"total": {"ge": 78}}, YES),
        ({"total": {"gt": 78}}, NO),
        ({"total": {"ge": 70, "lt": 78}}, NO),
        ({"percent": {"ge": 78}}, YES),
        ({"points": {"of": "I", "ge": 48}}, YES),
        ({"points": {"of": "I", "gt": 48}}, NO),
        ({"share": {"of": "I", "ge": 80}}, YES),
        ({"share": {"of": "II", "ge": 80}}, NO),
        ({"every_share": {"ge": 75}}, YES),
        ({"every_share": {"ge": 76}}, NO),
        ({"every_share": {"ge": 76, "within": ["I"]}}, YES),
        ({"no_zero": {}}, YES),
        ({"targets_met": {"share": 80, "count": 1}}, YES),
        ({"targets_met": {"share": 80, "count": 2}}, NO),
        ({"targets_met": {"share": 80, "percent": 50}}, YES),
        ({"targets_met": {"share": 80, "percent": 51}}, NO),
        ({"size": {"eq": 1}}, YES),
        ({"rank": {"le": 1}}, YES),
        ({"rank": {"ge": 2}}, NO),
        ({"role": "leader"}, NO),
        ({"block": "A"}, NO),
        ({"deductions": {"eq": 0}}, YES),
        ({"bonus": {"of": "a", "ge": 1}}, NO),
        ({"months": {"eq": 12}}, YES),
        ({"always": True}, YES),
    ],
)
def test_each_test_on_one_card(when: When, expected: str) -> None:
    # I: 48 of 60 = 80 %, II: 30 of 40 = 75 %, total 78 of 100
    assert holds(when, points()) == expected


def test_a_criterion_with_zero_points() -> None:
    assert holds({"no_zero": {}}, points(two=0)) == NO
    assert holds({"no_zero": {"within": ["I"]}}, points(two=0)) == YES


def test_what_was_not_assigned_is_no_zero_and_no_missed_target() -> None:
    facts = [entry("u1", "I", points=48), entry("u1", "II", state="not_assigned")]
    assert holds({"no_zero": {}}, facts) == YES
    assert holds({"every_share": {"ge": 80}}, facts) == YES
    assert holds({"targets_met": {"share": 80, "percent": 100}}, facts) == YES
    assert holds({"points": {"of": "II", "ge": 0}}, facts) == UNKNOWN


def test_the_provisional_zero_of_a_blank_cell_counts() -> None:
    facts = [entry("u1", "I", points=48)]
    assert holds({"no_zero": {}}, facts) == NO
    assert holds({"points": {"of": "II", "ge": 1}}, facts) == NO


def test_targets_look_at_the_plan_where_there_is_one() -> None:
    rows = (criterion("I", 60, {"kind": "proportional", "cap": 80}),)
    facts = [entry("u1", "I", plan=100, actual=100)]
    # 48 of 60 points are 80 %, but the plan was met in full
    assert holds({"targets_met": {"share": 100, "count": 1}}, facts, rows=rows) == YES
    assert holds({"every_share": {"ge": 100}}, facts, rows=rows) == NO


@pytest.mark.parametrize(
    ("of", "value"), [("all", 91), ("without_bonus", 76), ("before_deductions", 96)]
)
def test_kinds_of_totals(of: str, value: int) -> None:
    # 80 in sections (4 of them bonus inside), bonus 16, deduction 5: 80 + 16 − 5 = 91
    # without bonus: 91 − 16 − 4 = 71 … the 4 inside and the 16 above
    rows = (
        direct("I", 76), criterion("IV", 24, inside_bonus=True), direct("IV.1", 24),
        bonus_item("a", {"kind": "points"}), deduction_item("d", {"kind": "points"}),
    )  # fmt: skip
    facts = [
        entry("u1", "I", points=76), entry("u1", "IV.1", points=4),
        bonus("u1", "a", points=16), deduction("u1", "d", points=5),
    ]  # fmt: skip
    expected = {"all": 91, "without_bonus": 71, "before_deductions": 96}[of]
    assert holds({"total": {"eq": expected, "of": of}}, facts, rows=rows) == YES


# ------------------------------------------------------------------ levels and states

LEVELS = {
    "kind": "levels",
    "levels": [
        {"name": "Tốt", "points": 10},
        {"name": "Khá", "points": 7, "also": ["Loại B"]},
        {"name": "Yếu", "points": 0, "bars": True},
    ],
}
SCALE = row("scales", id="muc", title="Mức", levels=["Tốt", "Khá", "Yếu"])


@pytest.mark.parametrize(
    ("test", "good", "fair", "poor"),
    [
        ({"is": ["Khá"]}, NO, YES, NO),
        ({"scale": "muc", "at_most": "Khá"}, NO, YES, YES),
        ({"scale": "muc", "below": "Khá"}, NO, NO, YES),
        ({"scale": "muc", "at_least": "Khá"}, YES, YES, NO),
        ({"scale": "muc", "above": "Khá"}, YES, NO, NO),
        ({"scale": "muc", "at_most": "Khá", "at_least": "Khá"}, NO, YES, NO),
    ],
)
@pytest.mark.parametrize("where", [{"of": "I"}, {"within": ["I"]}, {}])
def test_bounds_on_a_scale_include_or_leave_out_the_named_level(
    test: When, good: str, fair: str, poor: str, where: When
) -> None:
    def given(word: str) -> str:
        rows = (criterion("I", 10, LEVELS), SCALE, standing_case("b", "held", when=FALSE))
        quiet = {"when": {"barring_level": {"within": ["II"]}}}
        rows += (standing_case("c", "lowered", **quiet),)
        return holds({"level": {**test, **where}}, entry("u1", "I", level=word), rows=rows)

    assert [given(w) for w in ("tốt", "KHÁ", "Yếu")] == [good, fair, poor]
    assert given("loại b") == fair


def test_the_level_of_a_blank_cell_is_unknown() -> None:
    rows = (criterion("I", 10, LEVELS), direct("II", 10))
    facts = [entry("u1", "II", points=1)]
    for where in ({"of": "I"}, {"within": ["I"]}, {}):
        assert holds({"level": {"is": ["Yếu"], **where}}, facts, rows=rows) == UNKNOWN
    assert holds({"level": {"is": ["Yếu"], "within": ["II"]}}, facts, rows=rows) == NO
    given = entry("u1", "I", state="not_assigned")
    assert holds({"level": {"is": ["Yếu"], "of": "I"}}, facts, given, rows=rows) == NO


@pytest.mark.parametrize(
    ("state", "when"),
    [
        ("not_done", {"is": "not_done"}),
        ("not_assigned", {"is": "not_assigned", "within": ["II"]}),
        ("blank", {"is": "blank"}),
    ],
)
def test_states_of_criteria(state: str, when: When) -> None:
    facts = [entry("u1", "I", points=1), entry("u1", "II", state=state)]
    assert holds({"state": when}, facts) == YES
    assert holds({"state": {**when, "within": ["I"]}}, facts) == NO


def test_a_level_that_bars_may_be_limited_to_a_section() -> None:
    rows = (
        criterion("I", 10, LEVELS), direct("II", 10),
        standing_case("kx", "barred", when={"barring_level": {"within": ["II"]}}),
    )  # fmt: skip
    assert holds(TRUE, entry("u1", "I", level="Yếu"), rows=rows) == YES


# ------------------------------------------------------------------ facts about the unit


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ({"is": True}, True, YES),
        ({"is": True}, False, NO),
        ({"is": False}, False, YES),
        ({"is": "Loại A"}, "loại  a", YES),
        ({"is": ["A", "B"]}, "b", YES),
        ({"is": ["A", "B"]}, "c", NO),
        ({"range": {"ge": 70}}, 70, YES),
        ({"range": {"gt": 70}}, 70, NO),
        ({"range": {"ge": 70}}, "bảy mươi", UNKNOWN),
        ({"scale": "muc", "at_most": "Khá"}, "khá", YES),
        ({"scale": "muc", "at_most": "Khá"}, "Tốt", NO),
        ({"scale": "muc", "at_most": "Khá"}, "Lạ", UNKNOWN),
        ({"is": True}, None, UNKNOWN),
    ],
)
def test_attributes(test: When, value: Any, expected: str) -> None:
    member = unit("u1") if value is None else unit("u1", a=value)
    rows = (direct("I", 60), SCALE)
    assert (
        holds({"attribute": {"name": "a", **test}}, points(), rows=rows, member=member) == expected
    )


def test_roles_blocks_and_sizes() -> None:
    member = [unit("u1", roles=["leader"]), unit("u2"), unit("u3", left=dt.date(2026, 7, 1))]
    cluster = Cluster("k1", "Cụm", "B")
    rows = (direct("I", 60), row("blocks", id="B", title="Sở"))
    for when in ({"role": "leader"}, {"block": "B"}, {"size": {"eq": 2}}):
        assert holds(when, points(), cluster, rows=rows, member=member) == YES


@pytest.mark.parametrize(
    ("joined", "left", "months"),
    [
        (None, None, 12),
        (dt.date(2026, 3, 1), None, 10),
        (dt.date(2026, 3, 2), None, 9),
        (dt.date(2026, 3, 15), None, 9),
        (dt.date(2025, 3, 15), None, 12),
        (dt.date(2026, 12, 2), None, 0),
        (dt.date(2026, 1, 1), dt.date(2026, 7, 1), 6),
        (dt.date(2026, 1, 1), dt.date(2026, 6, 30), 5),
        (dt.date(2027, 1, 5), None, 0),
    ],
)
def test_whole_months_of_membership(
    joined: dt.date | None, left: dt.date | None, months: int
) -> None:
    member = unit("u1", joined=joined, left=left)
    head = {"scoring": {"left": "ranked"}}
    assert holds({"months": {"eq": months}}, points(), member=member, **head) == YES


def test_conditions_are_ticked_decided_or_derived() -> None:
    rows = (direct("I", 60), condition_item("x"), condition_item("y", when={"total": {"ge": 40}}))
    assert holds(OPEN, points(), ticked("u1", "x"), rows=rows) == YES
    assert holds(OPEN, points(), ticked("u1", "x", False), rows=rows) == NO
    assert holds(OPEN, points(), decision("open:x:u1", "met"), rows=rows) == YES
    assert holds(OPEN, points(), decision("open:x:u1", "unmet"), rows=rows) == NO
    assert holds(OPEN, points(), decision("open:x:u1+u2", "met"), rows=rows) == YES
    assert holds({"condition": "y"}, points(), rows=rows) == YES
    # what was ticked goes before what is derived
    assert holds({"condition": "y"}, points(), ticked("u1", "y", False), rows=rows) == NO
    wrong = asked(OPEN, points(), decision("open:x:u1", "có lẽ"), rows=rows)
    assert "decision_does_not_fit" in codes(wrong)


def test_a_requirement_that_is_not_known_is_asked_and_decided() -> None:
    rows = (direct("I", 60), condition_item("x"))
    when = {"any": [FALSE, OPEN]}
    assert questions(asked(when, points(), rows=rows)) == ["open:co:u1"]
    assert holds(when, points(), decision("open:co:u1", "met"), rows=rows) == YES
    assert holds(when, points(), decision("open:co:u1", "unmet"), rows=rows) == NO


def test_standing_cases_as_tests() -> None:
    rows = (direct("I", 60), standing_case("k", "lowered"), standing_case("m", "held", when=OPEN), condition_item("x"))  # fmt: skip
    assert holds({"standing": "k"}, points(), rows=rows) == NO
    assert holds({"standing": "k"}, points(), standing("u1", "k"), rows=rows) == YES
    # a derived case whose condition nobody recorded
    assert holds({"standing": "m"}, points(), rows=rows) == UNKNOWN


def test_classes_as_tests() -> None:
    rows = (direct("I", 60), class_rule("tot", {"total": {"ge": 50}}), class_rule("kha", {"total": {"ge": 40}}), class_rule("yeu", TRUE))  # fmt: skip

    def given(test: When, value: int) -> str:
        return holds({"class": test}, entry("u1", "I", points=value), rows=rows)

    assert [given({"is": ["kha"]}, v) for v in (50, 40, 39)] == [NO, YES, NO]
    assert [given({"at_least": "kha"}, v) for v in (50, 40, 39)] == [YES, YES, NO]
    assert [given({"at_most": "kha"}, v) for v in (50, 40, 39)] == [NO, YES, YES]


# ------------------------------------------------------------------ published and exact


def near_threshold(class_on: str) -> Assessment:
    # 89,996 is published as 90,00
    rules = pack(
        direct("I", 100),
        class_rule("tot", {"total": {"ge": 90}}),
        class_rule("kha", TRUE),
        award("co", fixed(1), requires={"share": {"of": "I", "ge": 90}}),
        scoring={"class_on": class_on},
    )
    return assess(snapshot(unit("u1"), entry("u1", "I", points="89.996")), rules)


@pytest.mark.parametrize(
    ("class_on", "class_id", "state"), [("published", "tot", YES), ("exact", "kha", NO)]
)
def test_thresholds_test_what_the_pack_says_and_tell_where_the_two_differ(
    class_on: str, class_id: str, state: str
) -> None:
    done = near_threshold(class_on)
    assert done.units["u1"].class_id == class_id
    assert lines(done, "co") == {"u1": state}
    assert codes(done).count("threshold_hidden_by_rounding") == 2


def test_nothing_is_told_where_published_and_exact_agree() -> None:
    assert codes(asked({"total": {"ge": 78}}, points())) == []


@pytest.mark.parametrize(
    ("when", "exact"),
    [
        ({"percent": {"ge": 60}}, NO),
        ({"points": {"of": "I", "ge": 60}}, NO),
        ({"total": {"ge": 60, "of": "without_bonus"}}, NO),
        ({"total": {"ge": 60, "of": "before_deductions"}}, NO),
        ({"every_share": {"ge": 60}}, NO),
        ({"targets_met": {"share": 60, "count": 1}}, NO),
    ],
)
def test_every_number_is_tested_as_published_or_exactly(when: When, exact: str) -> None:
    rows = (direct("I", 100),)
    facts = entry("u1", "I", points="59.996")
    assert holds(when, facts, rows=rows) == YES
    assert holds(when, facts, rows=rows, scoring={"class_on": "exact"}) == exact


# ------------------------------------------------------------------ companions


def with_companion(when: When, facts: Snapshot, with_it: bool = True) -> str:
    party = pack(
        direct("1", 100), class_rule("tot", {"total": {"ge": 80}}), class_rule("yeu", TRUE),
        standing_case("kx", "barred"), id="dang",
    )  # fmt: skip
    main = pack(direct("I", 60), award("co", fixed(1), requires=when))
    return lines(assess(facts, main, (), (party,) if with_it else ()), "co")["u1"]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ({"class": {"at_least": "tot"}}, YES),
        ({"class": {"is": ["yeu"]}}, NO),
        ({"total": {"ge": 85}}, YES),
        ({"percent": {"gt": 85}}, NO),
        ({"barred": False}, YES),
        ({"barred": True}, NO),
        ({"class": {"at_least": "tot"}, "total": {"ge": 86}}, NO),
    ],
)
def test_the_result_of_another_pack_as_a_condition(test: When, expected: str) -> None:
    facts = snapshot(
        unit("u1"), entry("u1", "I", points=50), entry("u1", "1", points=85, pack="dang")
    )
    when = {"companion": {"pack": "dang", **test}}
    assert with_companion(when, facts) == expected
    assert with_companion(when, facts, with_it=False) == UNKNOWN


def test_entries_of_a_companion_never_count_in_the_main_pack() -> None:
    both = pack(direct("1", 10), id="dang")
    main = pack(direct("1", 10))
    facts = snapshot(
        unit("u1"), entry("u1", "1", points=3), entry("u1", "1", points=9, pack="dang")
    )
    done = assess(facts, main, (), (both,))
    assert done.units["u1"].card.total == 3
    assert done.companions["dang"].units["u1"].card.total == 9


def test_what_is_wrong_in_a_companion_makes_the_whole_provisional() -> None:
    party = pack(direct("1", 10), id="dang")
    main = pack(direct("I", 60))
    facts = snapshot(
        unit("u1"), entry("u1", "I", points=50), entry("u1", "1", points=12, pack="dang")
    )
    done = assess(facts, main, (), (party,))
    assert done.provisional
    assert "over_max" in codes(done)
