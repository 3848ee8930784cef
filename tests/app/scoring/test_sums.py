"""Groups, roles, blocks, what was not assigned, rounding, totals that were sent."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from app.domain.snapshot import Cluster, EntryState
from app.domain.step import StepRule
from app.scoring.assessment import Assessment, UnitCard
from tests.builders import (
    Row,
    assess,
    codes,
    criterion,
    deduction,
    direct,
    entry,
    given_total,
    own,
    pack,
    q,
    ranks,
    row,
    snapshot,
    totals,
    unit,
    units,
)

NA = "not_assigned"


def scored(*rows: Row, points: dict[str, Any], **head: Any) -> Assessment:
    """One unit with points by criterion, or ``NA``."""
    entries = [
        entry("u1", code, state=NA) if value == NA else entry("u1", code, points=value)
        for code, value in points.items()
    ]
    return assess(snapshot(units(1), entries), pack(*rows, **head))


def card(*rows: Row, points: dict[str, Any], **head: Any) -> UnitCard:
    return scored(*rows, points=points, **head).units["u1"].card


# ------------------------------------------------------------------ groups


def test_groups_add_up_at_every_level() -> None:
    done = card(
        criterion("I", 60),
        criterion("I.1", 40),
        direct("I.1.a", 25),
        direct("I.1.b", 15),
        direct("I.2", 20),
        direct("II", 40),
        points={"I.1.a": 20, "I.1.b": 10, "I.2": "12.5", "II": 33},
    )
    assert {c: s.points for c, s in done.sections.items()} == {"I": q("42.5"), "I.1": 30}
    assert {c: s.max for c, s in done.sections.items()} == {"I": 60, "I.1": 40}
    assert (done.total, done.own_max) == (q("75.5"), 100)


def test_a_group_may_stand_after_its_rows_or_only_in_the_codes() -> None:
    after = card(
        direct("I.1", 10), direct("I.2", 10), criterion("I", 20, cap=12),
        points={"I.1": 9, "I.2": 9},
    )  # fmt: skip
    assert (after.total, list(after.sections)) == (12, ["I"])
    named = card(direct("I.1", 10), direct("I.2.a", 10), points={"I.1": 9, "I.2.a": 8})
    assert ({c: s.points for c, s in named.sections.items()}, named.total) == (
        {"I": 17, "I.2": 8},
        17,
    )


def test_only_the_highest_row_of_a_group_counts() -> None:
    done = card(
        criterion("I", 10, combine="highest"),
        direct("I.1", 10),
        direct("I.2", 6),
        points={"I.1": 5, "I.2": 6},
    )
    assert (done.total, done.own_max) == (6, 10)
    assert done.sections["I"].why.rule is StepRule.HIGHEST


@pytest.mark.parametrize("over_max", ["clamp", "keep"])
def test_the_cap_of_a_group_always_holds_and_bounds_what_can_be_reached(over_max: str) -> None:
    done = scored(
        criterion("I", 30, cap=20),
        direct("I.1", 15),
        direct("I.2", 15),
        points={"I.1": 15, "I.2": 15},
        scoring={"over_max": over_max},
    )
    unit_card = done.units["u1"].card
    assert (unit_card.total, unit_card.own_max, unit_card.percent) == (20, 20, 100)
    assert "over_max" not in codes(done)


def test_rows_above_the_maximum_of_their_group_are_cut_with_an_error() -> None:
    rows = (criterion("I", 10), direct("I.1", 8), direct("I.2", 8))
    done = scored(*rows, points={"I.1": 8, "I.2": 8})
    assert (done.units["u1"].card.total, codes(done)) == (10, ["over_max"])
    kept = scored(*rows, points={"I.1": 8, "I.2": 8}, scoring={"over_max": "keep"})
    assert (kept.units["u1"].card.total, codes(kept)) == (16, ["over_max"])


# ------------------------------------------------------------------ roles and blocks


def test_points_for_the_leader_only_lower_the_ceiling_of_the_others() -> None:
    # A4: another unit reaches 95 at most, and nothing is rescaled
    rules = pack(direct("I", 80), criterion("IV", 20), direct("IV.1", 15), direct("IV.2", 5, role="leader"))  # fmt: skip
    facts = snapshot(
        unit("a", roles=["leader"]), unit("b"),
        *(entry(u, "I", points=80) for u in "ab"), *(entry(u, "IV.1", points=15) for u in "ab"),
        entry("a", "IV.2", points=5), entry("b", "IV.2", points=5),
    )  # fmt: skip
    done = assess(facts, rules)
    assert totals(done) == {"a": 100, "b": 95}
    assert {u: r.card.own_max for u, r in done.units.items()} == {"a": 100, "b": 95}
    assert done.units["b"].card.sections["IV"].max == 15
    assert "IV.2" not in done.units["b"].card.criteria


@pytest.mark.parametrize("limit", [{"role": "leader"}, {"blocks": ["A"]}])
def test_what_holds_for_a_group_holds_for_the_rows_below_it(limit: dict[str, Any]) -> None:
    rules = pack(
        direct("I", 80), criterion("II", 20, **limit), direct("II.1", 20),
        row("blocks", id="A", title="Huyện"), row("blocks", id="B", title="Sở"),
    )  # fmt: skip
    facts = snapshot(
        Cluster("k1", "Cụm", "B"),
        units(1),
        entry("u1", "I", points=70),
        entry("u1", "II.1", points=20),
    )
    done = assess(facts, rules).units["u1"].card
    assert (done.total, done.own_max, list(done.sections)) == (70, 80, [])


def test_each_block_has_its_own_rows_in_one_section() -> None:
    rules = pack(
        criterion("I", 50), direct("I.a", 50, blocks=["A"]), direct("I.b", 50, blocks=["B"]),
        row("blocks", id="A", title="Huyện"), row("blocks", id="B", title="Sở"),
    )  # fmt: skip
    facts = snapshot(
        Cluster("k1", "1", "A"), Cluster("k2", "2", "B"), unit("a"), unit("b", "k2"),
        entry("a", "I.a", points=40), entry("b", "I.b", points=30), entry("b", "I.a", points=50),
    )  # fmt: skip
    done = assess(facts, rules)
    assert totals(done) == {"a": 40, "b": 30}
    assert {u: list(r.card.criteria) for u, r in done.units.items()} == {"a": ["I.a"], "b": ["I.b"]}


def test_a_block_that_the_text_rules_elsewhere_warns() -> None:
    rules = pack(direct("1", 10), row("blocks", id="A", title="Huyện", served=False))
    for block in ("A", "Z"):
        done = assess(snapshot(Cluster("k1", "1", block), units(1)), rules)
        assert "block_not_served" in codes(done)


# ------------------------------------------------------------------ not assigned

FRAME = (criterion("I", 60), direct("I.1", 20), direct("I.2", 40), direct("II", 40))
POINTS = {"I.1": NA, "I.2": 30, "II": 20}


@pytest.mark.parametrize(
    ("policy", "total", "maximum", "section"),
    [
        ("exclude", "50", 80, (30, 40)),
        ("rescale", "65", 100, (45, 60)),
        ("full", "70", 100, (50, 60)),
        ("zero", "50", 100, (30, 60)),
    ],
)
def test_four_ways_with_a_criterion_that_was_not_assigned(
    policy: str, total: str, maximum: int, section: tuple[int, int]
) -> None:
    # rescale: 30 × 60/40 = 45
    done = card(*FRAME, points=POINTS, scoring={"not_assigned": policy})
    assert (done.total, done.own_max) == (q(total), maximum)
    assert (done.sections["I"].points, done.sections["I"].max) == section
    assert done.criteria["I.1"].state is EntryState.NOT_ASSIGNED
    assert done.percent == q(total) / maximum * 100


def test_a_criterion_may_have_its_own_way() -> None:
    rows = (criterion("I", 60), direct("I.1", 20, not_assigned="full"), *FRAME[2:])
    assert card(*rows, points=POINTS).total == 70


def test_what_a_group_says_holds_for_its_rows() -> None:
    rows = (criterion("I", 60, not_assigned="full"), *FRAME[1:])
    assert card(*rows, points=POINTS).total == 70


def test_a_whole_section_that_was_not_assigned_leaves_the_maximum() -> None:
    done = card(*FRAME, points={"I.1": NA, "I.2": NA, "II": 30})
    assert (done.total, done.own_max, done.percent) == (30, 40, 75)
    assert (done.sections["I"].points, done.sections["I"].max) == (0, 0)


def test_a_flat_table_loses_the_maximum_of_what_was_not_assigned() -> None:
    done = card(direct("1", 60), direct("2", 40), points={"1": 45, "2": NA})
    assert (done.total, done.own_max, done.percent) == (45, 60, 75)


def test_nothing_at_all_was_assigned() -> None:
    done = card(direct("1", 60), points={"1": NA})
    assert (done.total, done.own_max, done.percent) == (0, 0, None)


def test_a_flat_table_is_rescaled_as_a_whole() -> None:
    # 45 × 100/60 = 75
    done = card(
        direct("1", 60), direct("2", 40), points={"1": 45, "2": NA},
        scoring={"not_assigned": "rescale"},
    )  # fmt: skip
    assert (done.total, done.own_max) == (75, 100)


DEEP = (
    criterion("I", 100),
    criterion("I.1", 60),
    direct("I.1.a", 20),
    direct("I.1.b", 40),
    direct("I.2", 40),
)


def test_the_rest_of_its_own_group_makes_up_for_it() -> None:
    # I.1: 30 × 60/40 = 45; with 10: 55
    done = card(
        *DEEP, points={"I.1.a": NA, "I.1.b": 30, "I.2": 10}, scoring={"not_assigned": "rescale"}
    )
    assert (done.sections["I.1"].points, done.total, done.own_max) == (45, 55, 100)


def test_a_group_above_may_be_named_to_make_up_for_it() -> None:
    # I: (30 + 10) × 100/80 = 50
    rows = (criterion("I", 100, rescale=True), *DEEP[1:])
    for scoring in ({}, {"not_assigned": "rescale"}):
        done = card(*rows, points={"I.1.a": NA, "I.1.b": 30, "I.2": 10}, scoring=scoring)
        assert (done.sections["I.1"].points, done.total, done.own_max) == (30, 50, 100)


def test_where_a_whole_group_is_missing_the_group_above_makes_up_for_it() -> None:
    # I: 10 × 100/40 = 25
    done = card(
        *DEEP, points={"I.1.a": NA, "I.1.b": NA, "I.2": 10}, scoring={"not_assigned": "rescale"}
    )
    assert (done.total, done.own_max) == (25, 100)


def test_roles_are_not_made_up_for() -> None:
    # the 5 points of the leader stay away from the others: 6 × 15/10 = 9
    rows = (
        criterion("IV", 20), direct("IV.1", 10), direct("IV.2", 5), direct("IV.3", 5, role="leader"),
    )  # fmt: skip
    done = card(*rows, points={"IV.1": 6, "IV.2": NA}, scoring={"not_assigned": "rescale"})
    assert (done.total, done.own_max) == (9, 15)


def test_a_substitute_counts_only_where_the_other_was_not_assigned() -> None:
    rows = (
        criterion("I", 60), direct("I.1", 20), direct("I.1t", 20, substitute_for="I.1"),
        direct("I.2", 40),
    )  # fmt: skip
    points = {"I.2": 30, "I.1t": 15}
    with_it = card(*rows, points={**points, "I.1": NA}, scoring={"not_assigned": "rescale"})
    assert (with_it.total, with_it.own_max) == (45, 60)
    without = card(*rows, points={**points, "I.1": 10})
    assert (without.total, without.own_max, "I.1t" in without.criteria) == (40, 60, False)
    blank = card(*rows, points={"I.2": 30, "I.1": NA})
    assert (blank.total, blank.own_max, blank.blanks) == (30, 60, ("I.1t",))


def test_a_chain_of_substitutes_in_any_order() -> None:
    rows = (
        direct("c", 20, substitute_for="b"), direct("b", 20, substitute_for="a"), direct("a", 20),
    )  # fmt: skip
    done = card(*rows, points={"a": NA, "b": NA, "c": 7})
    assert (done.total, done.own_max) == (7, 20)


def test_a_group_may_stand_in_for_a_group() -> None:
    rows = (
        criterion("A", 20), direct("A.1", 10), direct("A.2", 10),
        criterion("B", 20, substitute_for="A"), direct("B.1", 20),
    )  # fmt: skip
    assert card(*rows, points={"A.1": NA, "A.2": NA, "B.1": 8}).total == 8
    assert card(*rows, points={"A.1": NA, "A.2": 3, "B.1": 8}).total == 3


def test_ranking_by_percent_of_what_was_assigned() -> None:
    rules = pack(direct("1", 60), direct("2", 40), scoring={"rank_by": "percent"})
    facts = snapshot(
        units(2),
        entry("u1", "1", points=48), entry("u1", "2", state=NA),
        entry("u2", "1", points=50), entry("u2", "2", points=29),
    )  # fmt: skip
    # 48/60 = 80 %; 79/100 = 79 %
    assert ranks(assess(facts, rules)) == {"u1": 1, "u2": 2}


# ------------------------------------------------------------------ own criteria in slots


def test_own_criteria_fill_the_slot() -> None:
    rules = pack(criterion("I", 100), criterion("I.1", 60, slot={"count": 2}), direct("I.2", 40))
    facts = snapshot(
        units(2),
        own("u1", "I.1", "I.1.a", 40, "proportional"),
        own("u1", "I.1", "I.1.b", 20, "direct"),
        entry("u1", "I.1.a", plan=100, actual=90), entry("u1", "I.1.b", points=15),
        entry("u1", "I.2", points=40), entry("u2", "I.2", points=40),
    )  # fmt: skip
    done = assess(facts, rules)
    # 40 × 90 % + 15 + 40 = 91
    assert totals(done) == {"u1": 91, "u2": 40}
    assert done.units["u1"].card.sections["I.1"].max == 60
    assert done.units["u2"].card.blanks == ("I.1",)
    assert "slot_empty" in codes(done)


def test_own_criteria_are_held_against_number_and_maximum() -> None:
    rules = pack(criterion("I", 60, slot={"count": 3}))
    facts = snapshot(units(1), own("u1", "I", "I.a", 40, "direct"), own("u1", "I", "I.b", 30, "direct"))  # fmt: skip
    assert {"slot_count", "slot_sum"} <= set(codes(assess(facts, rules)))
    less = snapshot(units(1), own("u1", "I", "I.a", 40, "direct"))
    assert "slot_sum" in codes(assess(less, rules))
    at_most = pack(criterion("I", 60, slot={}, frame="at_most"))
    assert "slot_sum" not in codes(assess(less, at_most))


def test_a_slot_of_another_role_is_not_missed() -> None:
    rules = pack(direct("1", 40), criterion("2", 60, slot={}, role="leader"))
    done = assess(snapshot(units(1), entry("u1", "1", points=40)), rules)
    assert codes(done) == []


# ------------------------------------------------------------------ rounding


THIRDS = (
    criterion("I", 10), criterion("I.1", 5, "proportional"), criterion("I.2", 5, "proportional"),
    criterion("II", 10), criterion("II.1", 10, "proportional"),
)  # fmt: skip


def thirds(**scoring: Any) -> UnitCard:
    facts = snapshot(
        units(1),
        entry("u1", "I.1", plan=3, actual=1),
        entry("u1", "I.2", plan=3, actual=1),
        entry("u1", "II.1", plan=3, actual=2),
    )
    return assess(facts, pack(*THIRDS, scoring=scoring)).units["u1"].card


@pytest.mark.parametrize(
    ("place", "exact", "total"),
    [
        # 5/3 + 5/3 + 20/3 = 10
        ("total", "10", "10"),
        # 3,33 + 6,67 = 10,00; exactly 10
        ("section", "10", "10"),
        # 1,67 + 1,67 + 6,67 = 10,01
        ("criterion", "10.01", "10.01"),
    ],
)
def test_rounding_happens_in_one_place(place: str, exact: str, total: str) -> None:
    done = thirds(round_at=place)
    assert (done.total_exact, done.total) == (q(exact), q(total))
    assert done.unrounded == 10
    assert done.criteria["I.1"].exact == Fraction(5, 3)
    assert done.criteria["I.1"].points == q("1.67")


def test_each_top_section_is_rounded_flat_rows_too() -> None:
    # 3,3 + 6,7 = 10,0 with one digit; flat: 10/3 + 20/3 → 3,3 + 6,7
    assert thirds(round_at="section", digits=1).total_exact == 10
    flat = (criterion("1", 10, "proportional"), criterion("2", 10, "proportional"))
    facts = snapshot(units(1), *(entry("u1", c, plan=6, actual=1) for c in "12"))
    done = assess(facts, pack(*flat, scoring={"round_at": "section"})).units["u1"].card
    # 10/6 = 1,666… → 1,67 twice
    assert done.total == q("3.34")


@pytest.mark.parametrize(
    ("mode", "total"),
    [("half_up", "0.13"), ("half_even", "0.12"), ("down", "0.12"), ("up", "0.13")],
)
def test_the_way_of_rounding_is_the_pack_s(mode: str, total: str) -> None:
    done = card(direct("1", 10), points={"1": "0.125"}, scoring={"rounding": mode})
    assert (done.total_exact, done.total) == (q("0.125"), q(total))


@pytest.mark.parametrize(("digits", "total"), [(0, "13"), (1, "12.5"), (3, "12.499")])
def test_the_number_of_digits_is_the_pack_s(digits: int, total: str) -> None:
    value = "12.5" if digits == 0 else "12.499"
    done = card(direct("1", 20), points={"1": value}, scoring={"digits": digits})
    assert done.total == q(total)


# ------------------------------------------------------------------ totals that were sent


def test_a_total_stands_in_for_everything() -> None:
    done = assess(snapshot(units(2), given_total("u1", "91.5")), pack(*FRAME))
    assert totals(done) == {"u1": q("91.5"), "u2": 0}
    assert done.units["u1"].card.blanks == ()
    assert [why for why in done.why_provisional if "u1" in why] == []


def test_totals_by_section_at_any_level() -> None:
    rules = pack(*DEEP, direct("II", 20))
    facts = snapshot(
        units(1), given_total("u1", 50, "I.1"), entry("u1", "I.2", points=30),
        entry("u1", "II", points=12),
    )  # fmt: skip
    done = assess(facts, rules)
    assert totals(done) == {"u1": 92}
    assert done.units["u1"].card.sections["I.1"].points == 50
    assert not done.provisional


def test_a_sent_total_beside_other_points_is_told() -> None:
    rules = pack(*FRAME)
    facts = snapshot(
        units(1), given_total("u1", 50, "I"), entry("u1", "I.1", points=20),
        entry("u1", "I.2", points=31), entry("u1", "II", points=12),
    )  # fmt: skip
    done = assess(facts, rules)
    assert (totals(done), codes(done)) == ({"u1": 62}, ["given_total_differs"])


def test_sent_totals_above_their_maximum_are_told() -> None:
    for facts in (snapshot(units(1), given_total("u1", 61, "I")), snapshot(units(1), given_total("u1", 101))):  # fmt: skip
        assert "over_max" in codes(assess(facts, pack(*FRAME)))


def test_totals_of_another_round_stand_in_only_where_the_pack_says_so() -> None:
    rounds = [{"id": "self", "title": "Tự chấm"}, {"id": "final", "title": "Chốt", "hand": "department"}]  # fmt: skip
    facts = snapshot(
        units(2), given_total("u1", 90, round="self"), given_total("u2", 80, round="final")
    )
    assert totals(assess(facts, pack(*FRAME, rounds=rounds)))["u1"] == 0
    rounds[1]["stands_in"] = "self"
    assert totals(assess(facts, pack(*FRAME, rounds=rounds))) == {"u1": 90, "u2": 80}


# ------------------------------------------------------------------ bounds of the total


@pytest.mark.parametrize(
    ("clamp", "total"), [({}, 0), ({"low": -50}, -5), ({"low": 3, "high": 8}, 3)]
)
def test_the_total_stays_inside_its_bounds_with_a_warning(
    clamp: dict[str, int], total: int
) -> None:
    rules = pack(
        direct("1", 100),
        ("deductions", {"id": "d", "title": "Trừ", "worth": {"kind": "per_count", "points": 10}}),
        scoring={"clamp": clamp} if clamp else {},
    )
    done = assess(snapshot(units(1), entry("u1", "1", points=5), deduction("u1", "d")), rules)
    assert totals(done) == {"u1": total}
    assert ("total_clamped" in codes(done)) is (total != -5)
