"""Who is ranked and how, bars and holds, classes with their limits, order hidden by rounding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from app.scoring.assessment import Assessment
from tests.builders import (
    Row,
    assess,
    award,
    ballot,
    bonus,
    bonus_item,
    class_rule,
    codes,
    condition_item,
    criterion,
    decision,
    direct,
    entry,
    fixed,
    lines,
    pack,
    questions,
    ranks,
    row,
    snapshot,
    standing,
    standing_case,
    ticked,
    totals,
    unit,
    units,
)

TRUE = {"always": True}


def ranked(points: list[object], *rows: Row, facts: Any = (), **head: Any) -> Assessment:
    """Units ``u1`` … with these points under one directly scored criterion."""
    entries = [entry(f"u{n}", "1", points=p) for n, p in enumerate(points, 1) if p is not None]  # type: ignore[arg-type]
    given = facts if isinstance(facts, list | tuple) else [facts]
    members = [] if any(type(f).__name__ == "Unit" for f in given) else [units(len(points))]
    return assess(snapshot(*members, *given, entries), pack(direct("1", 100), *rows, **head))


# ------------------------------------------------------------------ ranks


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([9, 8, 8, 7], [1, 2, 2, 4]),
        ([9, 9, 9], [1, 1, 1]),
        ([5], [1]),
        ([0, 0, 1], [2, 2, 1]),
        (["9.001", "9.004", 9], [1, 1, 1]),
    ],
)
def test_equal_totals_share_a_rank_and_the_next_one_skips(
    points: list[object], expected: list[int]
) -> None:
    assert list(ranks(ranked(points)).values()) == expected


def test_equal_units_name_each_other_and_nothing_decided_their_rank() -> None:
    done = ranked([9, 8, 8])
    assert done.units["u2"].tied_with == ("u3",)
    assert done.units["u2"].rank_decided_by is None
    assert done.units["u1"].rank_decided_by == "total"
    assert done.ties == ()


def test_each_cluster_has_its_own_ranks() -> None:
    facts = snapshot(
        unit("a"), unit("b", "k2"), unit("c", "k2"),
        entry("a", "1", points=1), entry("b", "1", points=2), entry("c", "1", points=3),
    )  # fmt: skip
    done = assess(facts, pack(direct("1", 10)))
    assert ranks(done) == {"a": 1, "b": 2, "c": 1}
    assert done.clusters == {"k1": ("a",), "k2": ("c", "b")}


def test_a_cluster_that_only_its_units_name_is_a_cluster() -> None:
    facts = snapshot(unit("a", "k9"), entry("a", "1", points=1))
    done = assess(replace(facts, clusters=()), pack(direct("1", 10)))
    assert (ranks(done), done.clusters) == ({"a": 1}, {"k9": ("a",)})


KEYS = [
    {"by": "points", "of": "2"},
    {"by": "attribute", "of": "women", "at": {"ge": 70}},
    {"by": "deductions", "lower": True},
]


def keyed(*facts: Any, keys: list[dict[str, Any]]) -> Assessment:
    rules = pack(
        direct("1", 50), direct("2", 50), bonus_item("a", {"kind": "points"}),
        ("deductions", {"id": "d", "title": "Trừ", "worth": {"kind": "points"}}),
        row("scales", id="muc", title="Mức", levels=["Tốt", "Khá"]),
        scoring={"rank_keys": keys},
    )  # fmt: skip
    return assess(snapshot(*facts), rules)


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ({"by": "points", "of": "2"}, "b"),
        ({"by": "points", "of": "1"}, "a"),
        ({"by": "points", "of": "2", "lower": True}, "a"),
        ({"by": "share", "of": "2"}, "b"),
        ({"by": "before_bonus"}, "b"),
        ({"by": "bonus"}, "a"),
        ({"by": "bonus", "of": "a", "lower": True}, "b"),
        ({"by": "attribute", "of": "women"}, "b"),
        ({"by": "attribute", "of": "women", "at": {"ge": 70}}, "b"),
        ({"by": "attribute", "of": "good"}, "a"),
        ({"by": "attribute", "of": "level", "scale": "muc"}, "a"),
        ({"by": "round_total", "of": "final", "lower": True}, None),
    ],
)
def test_keys_order_equal_totals(key: dict[str, Any], first: str | None) -> None:
    # both have 60: a = 40 + 15 + bonus 5, b = 38 + 20 + bonus 2
    facts = [
        unit("a", women=60, good=True, level="tốt"), unit("b", women=70, good=False, level="Khá"),
        entry("a", "1", points=40), entry("a", "2", points=15), bonus("a", "a", points=5),
        entry("b", "1", points=38), entry("b", "2", points=20), bonus("b", "a", points=2),
    ]  # fmt: skip
    done = keyed(*facts, keys=[key])
    assert totals(done) == {"a": 60, "b": 60}
    if first is None:
        assert ranks(done) == {"a": 1, "b": 1}
        return
    assert done.units[first].rank == 1
    assert {r.rank for r in done.units.values()} == {1, 2}
    assert {r.rank_decided_by for r in done.units.values()} == {"keys"}


def test_a_level_of_a_criterion_as_key() -> None:
    levels = {"kind": "levels", "levels": [{"name": "Tốt", "points": 5}, {"name": "Khá", "points": 5}]}  # fmt: skip
    rules = pack(
        criterion("1", 5, levels), row("scales", id="muc", title="Mức", levels=["Tốt", "Khá"]),
        scoring={"rank_keys": [{"by": "level", "of": "1", "scale": "muc"}]},
    )  # fmt: skip
    facts = snapshot(units(2), entry("u1", "1", level="Khá"), entry("u2", "1", level="Tốt"))
    assert ranks(assess(facts, rules)) == {"u1": 2, "u2": 1}


def test_the_total_of_another_round_as_key() -> None:
    rounds = [{"id": "self", "title": "Tự chấm"}, {"id": "final", "title": "Chốt", "hand": "department"}]  # fmt: skip
    rules = pack(
        criterion("I", 10, cap=8), direct("I.1", 5), direct("I.2", 5), rounds=rounds,
        scoring={"rank_keys": [{"by": "round_total", "of": "self"}]},
    )  # fmt: skip
    facts = [
        entry(u, c, r, points=p)
        for u, c, r, p in [
            # u1: 5 + 5 → 8 by the cap; u2: 5 + 2 = 7
            ("u1", "I.1", "self", 5), ("u1", "I.2", "self", 5), ("u2", "I.1", "self", 5),
            ("u2", "I.2", "self", 2), ("u1", "I.1", "final", 4), ("u2", "I.1", "final", 4),
        ]
    ]  # fmt: skip
    assert ranks(assess(snapshot(units(2), facts), rules)) == {"u1": 1, "u2": 2}


def test_an_unknown_key_puts_last_and_says_so() -> None:
    key = {"by": "attribute", "of": "women", "lower": True}
    facts = [unit("a"), unit("b", women=90), entry("a", "1", points=9), entry("b", "1", points=9)]
    done = keyed(*facts, keys=[key])
    assert ranks(done) == {"a": 2, "b": 1}
    assert "key_unknown" in codes(done)


def test_keys_that_change_nothing_decide_nothing() -> None:
    done = keyed(units(2), entry("u1", "1", points=9), entry("u2", "1", points=8), keys=KEYS)
    assert [r.rank_decided_by for r in done.units.values()] == ["total", "total"]
    assert "key_unknown" not in codes(done)


# ------------------------------------------------------------------ order hidden by rounding


def test_equal_published_totals_with_different_exact_ones_are_told() -> None:
    done = ranked(["9.001", "9.004", 8])
    assert ranks(done) == {"u1": 1, "u2": 1, "u3": 3}
    assert codes(done) == ["order_hidden_by_rounding"]


def test_equal_exact_totals_are_not_told() -> None:
    assert codes(ranked([9, 9, 8])) == []


def test_rounding_each_criterion_may_turn_the_order() -> None:
    # u1: 2 × 1,666 → 3,34; u2: 3,335 → 3,34 equal; exactly 3,333 < 3,335
    rules = pack(
        criterion("1", 5, "proportional"), criterion("2", 5, "proportional"),
        scoring={"round_at": "criterion"},
    )  # fmt: skip
    facts = snapshot(
        units(2),
        entry("u1", "1", plan=3, actual=1), entry("u1", "2", plan=3, actual=1),
        entry("u2", "1", plan=1000, actual=667), entry("u2", "2", plan=1000, actual=0),
    )  # fmt: skip
    done = assess(facts, rules)
    assert totals(done) == {"u1": Fraction("3.34"), "u2": Fraction("3.34")}
    assert done.units["u1"].card.unrounded == Fraction(10, 3)
    assert "order_hidden_by_rounding" in codes(done)


# ------------------------------------------------------------------ bars and holds


def test_a_barred_unit_stands_apart_or_is_ranked_as_the_pack_says() -> None:
    bar = standing_case("kx", "barred")
    facts = standing("u1", "kx", reference="QĐ 5")
    apart = ranked([9, 8, 7], bar, facts=facts)
    assert ranks(apart) == {"u1": None, "u2": 1, "u3": 2}
    assert apart.clusters["k1"] == ("u2", "u3", "u1")
    there = ranked([9, 8, 7], bar, facts=facts, scoring={"barred": "ranked"})
    assert ranks(there) == {"u1": 1, "u2": 2, "u3": 3}
    for done in (apart, there):
        among = {u: r.rank_among_eligible for u, r in done.units.items()}
        assert among == {"u1": None, "u2": 1, "u3": 2}
        (item,) = done.units["u1"].eligibility
        assert (item.kind, item.case, item.derived_from) == ("barred", "kx", "QĐ 5")


def test_a_case_may_say_itself_whether_the_unit_is_ranked() -> None:
    for said, rank in ((True, 1), (False, None)):
        bar = standing_case("kx", "barred", ranked=said)
        other = {"barred": "apart" if said else "ranked"}
        done = ranked([9, 8], bar, facts=standing("u1", "kx"), scoring=other)
        assert ranks(done)["u1"] == rank


def test_a_bar_from_some_awards_leaves_the_unit_ranked_and_eligible_for_others() -> None:
    rows = [standing_case("kx", "barred", awards=["co"]), award("co", fixed(1)), award("bk", fixed(1), excludes=["co"])]  # fmt: skip
    done = ranked([9, 8], *rows, facts=standing("u1", "kx"))
    assert ranks(done) == {"u1": 1, "u2": 2}
    assert lines(done, "co") == {"u1": "refused", "u2": "proposed"}
    assert lines(done, "bk") == {"u1": "proposed"}


@pytest.mark.parametrize(
    ("since", "until", "applies"),
    [
        (None, None, True),
        (dt.date(2026, 12, 31), None, True),
        (dt.date(2027, 1, 1), None, False),
        (None, dt.date(2026, 12, 31), True),
        (None, dt.date(2026, 12, 30), False),
    ],
)
def test_a_recorded_case_applies_on_its_days(
    since: dt.date | None, until: dt.date | None, applies: bool
) -> None:
    fact = standing("u1", "kx", since=since, until=until)
    done = ranked([9], standing_case("kx", "barred"), facts=fact)
    assert bool(done.units["u1"].eligibility) is applies


def test_the_day_of_reference_may_be_another() -> None:
    rules = pack(direct("1", 10), standing_case("kx", "barred"))
    facts = snapshot(units(1), standing("u1", "kx", until=dt.date(2027, 1, 15)))
    for day, applies in ((dt.date(2027, 1, 15), True), (dt.date(2027, 1, 16), False)):
        done = assess(facts, rules, as_of=day)
        assert bool(done.units["u1"].eligibility) is applies


def test_cases_derived_from_scores_and_from_other_cases() -> None:
    rows = [
        standing_case("a", "barred", when={"state": {"is": "not_done"}}),
        standing_case("b", "held", when={"standing": "a"}),
        standing_case("c", "held", when={"not": {"standing": "a"}}),
    ]
    facts = snapshot(units(2), entry("u1", "1", state="not_done"), entry("u2", "1", points=3))
    done = assess(facts, pack(direct("1", 10), *rows))
    cases = {u: [e.case for e in r.eligibility] for u, r in done.units.items()}
    assert cases == {"u1": ["a", "b"], "u2": ["c"]}
    assert done.units["u1"].eligibility[0].derived_from == "1"


def test_a_case_that_nobody_can_judge_yet_is_not_assumed() -> None:
    rows = [standing_case("a", "barred", when={"attribute": {"name": "x", "is": False}})]
    assert ranked([9], *rows).units["u1"].eligibility == ()
    known = ranked([9], *rows, facts=[unit("u1", x=False)])
    assert [e.case for e in known.units["u1"].eligibility] == ["a"]


def test_units_that_left_stand_apart_or_are_ranked() -> None:
    members = [unit("u1", left=dt.date(2026, 7, 1)), unit("u2", joined=dt.date(2026, 3, 1))]
    apart = ranked([9, 8], facts=members)
    assert ranks(apart) == {"u1": None, "u2": 1}
    there = ranked([9, 8], facts=members, scoring={"left": "ranked"})
    assert ranks(there) == {"u1": 1, "u2": 2}
    later = ranked([9, 8], facts=[unit("u1", left=dt.date(2027, 1, 1)), unit("u2")])
    assert ranks(later) == {"u1": 1, "u2": 2}


def test_unmet_conditions_are_listed_by_their_own_ids_and_unknown_ones_are_not() -> None:
    rows = [
        condition_item("vuot"), condition_item("manh"),
        award("co", fixed(1), conditions=["vuot", "manh"]),
    ]  # fmt: skip
    done = ranked(
        [9, 8, 7], *rows, facts=[ticked("u1", "vuot", False), ticked("u3", "vuot", False)]
    )
    unmet = {u: [(e.kind, e.case) for e in r.eligibility] for u, r in done.units.items()}
    assert unmet == {
        "u1": [("condition_unmet", "vuot")],
        "u2": [],
        "u3": [("condition_unmet", "vuot")],
    }


# ------------------------------------------------------------------ classes

CLASSES = (
    class_rule("xs", {"total": {"ge": 90}}),
    class_rule("tot", {"total": {"ge": 80}}),
    class_rule("kha", {"total": {"ge": 60}}),
    class_rule("yeu", {"total": {"ge": 0}}),
)


def classes(points: list[object], *rows: Row, facts: Any = (), rules: Any = CLASSES) -> list[Any]:
    done = ranked(points, *rules, *rows, facts=facts)
    return [r.class_id for r in done.units.values()]


def test_the_first_class_that_holds_is_given() -> None:
    assert classes([90, "89.99", 80, 60, 0]) == ["xs", "tot", "tot", "kha", "yeu"]


def test_strict_and_inclusive_edges() -> None:
    rules = (class_rule("xs", {"total": {"gt": 90}}), class_rule("tot", {"total": {"le": 90}}))
    assert classes([90, "90.01"], rules=rules) == ["tot", "xs"]


def test_a_class_that_no_rule_reaches_is_a_question_and_may_be_decided() -> None:
    done = ranked([50], *CLASSES[:2])
    assert (done.units["u1"].class_id, questions(done)) == (None, ["class_gap:u1"])
    assert [o.choice for o in done.open_questions[0].outcomes] == ["xs", "tot"]
    assert [e.kind for e in done.units["u1"].eligibility] == ["unclassified"]
    decided = ranked([50], *CLASSES[:2], facts=decision("class_gap:u1", "tot"))
    assert (decided.units["u1"].class_id, questions(decided)) == ("tot", [])
    wrong = ranked([50], *CLASSES[:2], facts=decision("class_gap:u1", "giỏi"))
    assert questions(wrong) == ["class_gap:u1"]
    assert "decision_does_not_fit" in codes(wrong)


def test_a_decision_on_a_gap_changes_no_class_that_a_rule_gives() -> None:
    done = ranked([95], *CLASSES, facts=decision("class_gap:u1", "yeu"))
    assert done.units["u1"].class_id == "xs"
    assert "decision_unused" in codes(done)


def test_a_better_class_that_is_not_known_yet_is_asked_about() -> None:
    rules = (
        class_rule("xs", {"all": [{"total": {"ge": 90}}, {"condition": "x"}]}),
        class_rule("tot", TRUE),
    )
    item = condition_item("x")
    done = ranked([95, 85], *rules, item)
    assert [r.class_id for r in done.units.values()] == ["tot", "tot"]
    assert questions(done) == ["class_gap:u1"]
    known = ranked([95], *rules, item, facts=ticked("u1", "x"))
    assert (known.units["u1"].class_id, questions(known)) == ("xs", [])


def limit(kind: str, **more: Any) -> Row:
    return standing_case(f"{kind}{more.get('class_', '')}{more.get('steps', '')}", kind, **more)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ([limit("ceiling", class_="kha")], ["kha", "kha", "kha", "yeu"]),
        ([limit("lowered")], ["tot", "kha", "yeu", "yeu"]),
        ([limit("lowered", steps=2)], ["kha", "yeu", "yeu", "yeu"]),
        ([limit("failed", class_="kha")], ["kha", "kha", "kha", "kha"]),
        ([limit("failed")], ["yeu"] * 4),
        # ceiling first, then lowered
        ([limit("lowered"), limit("ceiling", class_="tot")], ["kha", "kha", "yeu", "yeu"]),
        # a direct fail is not lowered further; of two fails the worse counts
        ([limit("failed", class_="kha"), limit("lowered")], ["kha"] * 4),
        ([limit("failed", class_="yeu"), limit("failed", class_="kha")], ["yeu"] * 4),
    ],
)
def test_ceilings_lowerings_and_fails(limits: list[Row], expected: list[str]) -> None:
    facts = [standing(f"u{n}", case["id"]) for n in range(1, 5) for _, case in limits]
    assert classes([95, 85, 65, 10], *limits, facts=facts) == expected


def test_a_direct_fail_closes_the_question_of_the_class() -> None:
    done = ranked(
        [50], *CLASSES[:2], limit("failed", class_="tot"), facts=standing("u1", "failedtot")
    )
    assert (done.units["u1"].class_id, questions(done)) == ("tot", [])


def test_thresholds_by_role() -> None:
    leader = {"role": "leader"}
    rules = (
        class_rule("xs", {"any": [
            {"all": [leader, {"total": {"ge": 95}}]},
            {"all": [{"not": leader}, {"total": {"ge": 90}}]},
        ]}),
        class_rule("tot", TRUE),
    )  # fmt: skip
    members = [unit("u1", roles=["leader"]), unit("u2")]
    assert classes([92, 92], rules=rules, facts=members) == ["tot", "xs"]


def test_a_case_may_look_at_the_class_directly_or_through_a_condition() -> None:
    rows = [
        condition_item("kem", when={"class": {"is": ["yeu"]}}),
        standing_case("a", "barred", when={"class": {"at_most": "kha"}}),
        standing_case("b", "held", when={"condition": "kem"}),
    ]
    done = ranked([95, 65, 10], *CLASSES, *rows)
    assert [[e.case for e in r.eligibility] for r in done.units.values()] == [[], ["a"], ["a", "b"]]


# ------------------------------------------------------------------ what a ballot does to ranks


def test_a_ballot_orders_the_tied_units_and_nobody_else() -> None:
    rows = [award("co", fixed(1))]
    facts = [ballot("tie", "co", u1=2, u2=5)]
    done = ranked([9, 9, 8, 8], *rows, facts=facts, ties={"chain": [{"step": "ballot"}]})
    assert ranks(done) == {"u1": 2, "u2": 1, "u3": 3, "u4": 3}
    by = {u: r.rank_decided_by for u, r in done.units.items()}
    assert by == {"u1": "ballot", "u2": "ballot", "u3": None, "u4": None}
    assert done.units["u1"].tied_with == ()


def test_a_ballot_for_two_of_three_leaves_the_two_level() -> None:
    facts = [ballot("tie", "co", u1=2, u2=5, u3=4)]
    ties = {"chain": [{"step": "ballot"}]}
    done = ranked([9, 9, 9], award("co", fixed(2)), facts=facts, ties=ties)
    assert ranks(done) == {"u1": 3, "u2": 1, "u3": 1}
    assert done.units["u2"].tied_with == ("u3",)


def test_a_decision_that_nothing_asked_for_is_told() -> None:
    done = ranked([9, 8], award("co", fixed(1)), facts=decision("tie:co:u1+u2", "u1"))
    assert codes(done) == ["decision_unused"]


def test_which_round_ranks_may_be_open() -> None:
    rounds = [{"id": "self", "title": "Tự chấm"}, {"id": "final", "title": "Chốt", "hand": "department"}]  # fmt: skip
    rows = [row("parameters", id="A36", title="Vòng nào", note="x")]
    head = {"rounds": rounds, "scoring": {"ranking_round": {"parameter": "A36"}}}
    done = ranked([9], *rows, **head)
    assert questions(done) == ["open:A36"]
    assert [o.choice for o in done.open_questions[0].outcomes] == ["self", "final"]
    assert questions(ranked([9], *rows, facts=decision("open:A36", "final"), **head)) == []
    wrong = ranked([9], *rows, facts=decision("open:A36", "khác"), **head)
    assert (questions(wrong), "decision_does_not_fit" in codes(wrong)) == (["open:A36"], True)
