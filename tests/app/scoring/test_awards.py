"""Places and proposals: the waterfall, quotas, ranks by size, holds, reserves, the council."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.scoring.assessment import Assessment, QuotaUsed
from tests.builders import (
    Row,
    assess,
    award,
    ballot,
    class_rule,
    codes,
    condition_item,
    decision,
    direct,
    entry,
    fixed,
    lines,
    pack,
    parameter,
    q,
    questions,
    quota,
    snapshot,
    standing,
    standing_case,
    ticked,
    unit,
    units,
)

P, H, T, R, X = "proposed", "held", "tied", "reserve", "refused"
BALLOT = {"chain": [{"step": "ballot"}]}


def given(points: list[int], *rows: Row, facts: Any = (), **head: Any) -> Assessment:
    """Units ``u1`` … of one cluster with these points."""
    members: Any = [f for f in facts if type(f).__name__ == "Unit"] or units(len(points))
    entries = [entry(m.id, "1", points=p) for m, p in zip(members, points, strict=True)]
    rest = [f for f in facts if type(f).__name__ != "Unit"]
    return assess(snapshot(members, rest, entries), pack(direct("1", 100), *rows, **head))


def clusters(points: dict[str, list[int]], *rows: Row, facts: Any = (), **head: Any) -> Assessment:
    """Clusters with the points of their units ``k1a``, ``k1b`` …"""
    members = [unit(f"{k}{'abcdefghij'[n]}", k) for k, ps in points.items() for n in range(len(ps))]
    given_ = [p for ps in points.values() for p in ps]
    entries = [entry(m.id, "1", points=p) for m, p in zip(members, given_, strict=True)]
    return assess(snapshot(members, entries, facts), pack(direct("1", 100), *rows, **head))


def places(done: Assessment, award_id: str) -> list[tuple[str | None, int | None, Any, int | None]]:
    used: list[QuotaUsed] = [x for x in done.quotas if x.award == award_id]
    return [(x.cluster, x.base, x.exact, x.count) for x in used]


# ------------------------------------------------------------------ kinds of places


@pytest.mark.parametrize(("count", "proposed"), [(0, 0), (1, 1), (3, 3), (9, 4)])
def test_a_fixed_number_from_the_top(count: int, proposed: int) -> None:
    done = given([9, 8, 7, 6], award("co", fixed(count)))
    assert list(lines(done, "co")) == ["u1", "u2", "u3", "u4"][:proposed]


def test_a_fixed_number_in_each_cluster() -> None:
    done = clusters({"k1": [9, 8], "k2": [5, 7]}, award("co", fixed(1)))
    assert lines(done, "co") == {"k1a": P, "k2b": P}


@pytest.mark.parametrize(("rounding", "count"), [("floor", 0), ("ceil", 1), ("half_up", 1)])
def test_a_percent_of_the_participants(rounding: str, count: int) -> None:
    # 20 % of 4 = 0,8
    where = {"kind": "percent", "percent": 20, "rounding": rounding}
    done = given([9, 8, 7, 6], award("co", where))
    assert places(done, "co") == [("k1", 4, q("0.8"), count)]
    assert len(lines(done, "co")) == count


def test_half_a_place_is_rounded_up_only_by_half_up() -> None:
    # 50 % of 3 = 1,5
    found = {}
    for rounding in ("floor", "half_up", "ceil"):
        where = {"kind": "percent", "percent": 50, "rounding": rounding}
        found[rounding] = len(lines(given([9, 8, 7], award("co", where)), "co"))
    assert found == {"floor": 1, "half_up": 2, "ceil": 2}


def test_a_percent_of_the_eligible_leaves_refused_units_out() -> None:
    # 3 of 4 reach 7 points: 50 % of 3 → 1; participants: 50 % of 4 → 2
    requires = {"total": {"ge": 7}}
    eligible = award("co", {"kind": "percent", "percent": 50, "of": "eligible"}, requires=requires)
    assert places(given([9, 8, 7, 6], eligible), "co") == [("k1", 3, q("1.5"), 1)]
    everyone = award("co", {"kind": "percent", "percent": 50}, requires=requires)
    assert places(given([9, 8, 7, 6], everyone), "co") == [("k1", 4, 2, 2)]


def test_a_percent_of_another_award_over_the_whole_province() -> None:
    # A15: 20 % of 17 flags = 3,4 → 3; of 4 flags = 0,8 → 0
    rows = [
        award("co", fixed(1)),
        award("cp", {"kind": "percent", "percent": 20, "of": "co"}, scope="province", among="co"),
    ]
    many = clusters({f"k{n:02}": [n + 10, 5] for n in range(1, 18)}, *rows)
    assert places(many, "cp") == [(None, 17, q("3.4"), 3)]
    assert lines(many, "cp") == {"k17a": P, "k16a": P, "k15a": P}
    few = clusters({f"k{n}": [n + 10, 5] for n in range(1, 5)}, *rows)
    assert places(few, "cp") == [(None, 4, q("0.8"), 0)]
    assert lines(few, "cp") == {}


def test_a_percent_of_the_units_of_some_classes() -> None:
    rows = [
        class_rule("tot", {"total": {"ge": 7}}), class_rule("kha", {"always": True}),
        award("co", {"kind": "percent", "percent": 40, "of_classes": ["tot"]}),
    ]  # fmt: skip
    done = given([9, 8, 7, 6], *rows)
    assert places(done, "co") == [("k1", 3, q("1.2"), 1)]


def test_all_that_meet_the_requirement() -> None:
    done = given([9, 8, 7], award("tt", {"kind": "all"}, requires={"total": {"ge": 8}}))
    assert lines(done, "tt") == {"u1": P, "u2": P, "u3": X}


BY_SIZE = {
    "kind": "ranks",
    "by_size": [{"size": {"le": 7}, "first": 2, "last": 2}, {"size": {"ge": 8}, "first": 2, "last": 3}],
}  # fmt: skip


@pytest.mark.parametrize(("size", "proposed"), [(7, ["u2"]), (8, ["u2", "u3"])])
def test_ranks_by_the_size_of_the_cluster(size: int, proposed: list[str]) -> None:
    rows = [award("co", fixed(1)), award("bk", BY_SIZE, excludes=["co"])]
    done = given([90 - n for n in range(size)], *rows)
    assert lines(done, "co") == {"u1": P}
    assert [u for u, state in lines(done, "bk").items() if state == P] == proposed


def test_a_unit_that_left_does_not_count_for_the_size() -> None:
    members = [unit(f"u{n}") for n in range(1, 8)] + [unit("u8", left=dt.date(2026, 6, 1))]
    done = given([90 - n for n in range(8)], award("bk", BY_SIZE), facts=members)
    assert lines(done, "bk") == {"u2": P}


def test_a_barred_unit_never_uses_up_a_rank_or_a_place() -> None:
    rows = [standing_case("kx", "barred"), award("co", fixed(1)), award("bk", BY_SIZE)]
    for barred in ("apart", "ranked"):
        done = given([9, 8, 7, 6], *rows, facts=[standing("u1", "kx")], scoring={"barred": barred})
        assert lines(done, "co") == {"u1": X, "u2": P}
        assert lines(done, "bk") == {"u1": X, "u3": P}


# ------------------------------------------------------------------ quotas of the year


def quota_award(**more: Any) -> Row:
    return award("bk", {"kind": "quota", **more})


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (quota("bk", 2), ("k1", None, None, 2)),
        (quota("bk", 2, cluster="k1"), ("k1", None, None, 2)),
        (quota("bk", percent=30), ("k1", 4, q("1.2"), 1)),
        (quota("bk", percent=10, base=27), ("k1", 27, q("2.7"), 2)),
        (quota("bk", 1, cluster="k9"), ("k1", None, None, None)),
    ],
)
def test_the_quota_of_the_facts(fact: Any, expected: Any) -> None:
    done = given([9, 8, 7, 6], quota_award(), facts=[fact])
    assert places(done, "bk") == [expected]
    assert len(lines(done, "bk")) == (expected[3] or 0)
    assert ("quota_missing" in codes(done)) is (expected[3] is None)


def test_a_quota_for_one_cluster_goes_before_the_general_one() -> None:
    facts = [quota("bk", 1), quota("bk", 2, cluster="k2")]
    done = clusters({"k1": [9, 8, 7], "k2": [9, 8, 7]}, quota_award(), facts=facts)
    assert [(c, n) for c, _, _, n in places(done, "bk")] == [("k1", 1), ("k2", 2)]


def test_without_a_quota_the_pack_s_default_or_percent_counts() -> None:
    assert len(lines(given([9, 8, 7], quota_award(default=2)), "bk")) == 2
    done = given([9, 8, 7], quota_award(percent=50, rounding="ceil"))
    assert places(done, "bk") == [("k1", 3, q("1.5"), 2)]


@pytest.mark.parametrize("where", [fixed(1), {"kind": "percent", "percent": 25}])
def test_a_quota_goes_before_what_the_pack_fixes(where: dict[str, Any]) -> None:
    done = given([9, 8, 7, 6], award("bk", where), facts=[quota("bk", 3)])
    assert len(lines(done, "bk")) == 3
    assert done.quotas[0].source == "facts"


def test_a_huge_quota_is_no_fault() -> None:
    done = given([9, 8], quota_award(), facts=[quota("bk", 10**400)])
    assert lines(done, "bk") == {"u1": P, "u2": P}


# ------------------------------------------------------------------ waterfall and requirements

WATERFALL = (
    award("co", fixed(1), requires={"total": {"ge": 90}}),
    award("bk", {"kind": "quota", "default": 2}, requires={"total": {"ge": 85}}, excludes=["co"]),
    award("tt", {"kind": "quota", "default": 9}, excludes=["co", "bk"]),
)


def test_awards_are_filled_from_the_top() -> None:
    done = given([95, 92, 88, 84, 80], *WATERFALL)
    assert lines(done, "co") == {"u1": P}
    assert lines(done, "bk") == {"u2": P, "u3": P}
    assert lines(done, "tt") == {"u4": P, "u5": P}


def test_a_requirement_that_is_not_met_leaves_places_empty() -> None:
    done = given([89, 86, 80], *WATERFALL)
    assert lines(done, "co") == {"u1": X, "u2": X, "u3": X}
    assert lines(done, "bk") == {"u1": P, "u2": P}
    assert {x.reason_code for x in done.awards if x.state == X} == {"requirement_unmet"}


def test_an_award_may_go_beside_another() -> None:
    rows = [award("co", fixed(1)), award("bk", fixed(1), excludes=["co"], beside="yes")]
    assert lines(given([9, 8], *rows), "bk") == {"u1": P}


def test_conditions_beside_the_rank() -> None:
    rows = [condition_item("vuot"), award("co", fixed(1), conditions=["vuot"])]
    met = given([9, 8], *rows, facts=[ticked("u1", "vuot")])
    assert (lines(met, "co"), questions(met)) == ({"u1": P}, [])
    unmet = given([9, 8], *rows, facts=[ticked("u1", "vuot", False), ticked("u2", "vuot")])
    assert lines(unmet, "co") == {"u1": X, "u2": P}
    unknown = given([9, 8], *rows)
    assert (lines(unknown, "co"), questions(unknown)) == ({"u1": H}, ["open:vuot:u1"])
    assert unknown.provisional


def test_unrecorded_conditions_are_one_question_that_one_decision_closes() -> None:
    rows = [condition_item("vuot"), award("co", fixed(2), conditions=["vuot"])]
    assert questions(given([9, 8], *rows)) == ["open:vuot:u1+u2"]
    decided = given([9, 8], *rows, facts=[decision("open:vuot:u1+u2", "met")])
    assert (lines(decided, "co"), questions(decided)) == ({"u1": P, "u2": P}, [])


def test_a_held_place_is_not_offered_again_below() -> None:
    rows = [
        condition_item("vuot"), award("co", fixed(1), conditions=["vuot"]),
        award("bk", fixed(1), excludes=["co"]),
    ]  # fmt: skip
    done = given([9, 8, 7], *rows)
    assert (lines(done, "co"), lines(done, "bk")) == ({"u1": H}, {"u2": P})


# ------------------------------------------------------------------ held units (A38)


def held(how: Any = None, *facts: Any) -> Assessment:
    more = {} if how is None else {"held": how}
    rows = [standing_case("cx", "held"), award("co", fixed(1), **more)]
    rows += [parameter("A38")] if isinstance(how, dict) else []
    return given([9, 8, 7], *rows, facts=[standing("u1", "cx"), *facts])


def test_a_held_unit_at_a_place_stops_with_both_outcomes() -> None:
    for how in (None, "open", {"parameter": "A38"}):
        done = held(how)
        assert (lines(done, "co"), questions(done)) == ({"u1": H}, ["held:co:u1"])
        outcomes = {o.choice: o.effect for o in done.open_questions[0].outcomes}
        assert list(outcomes) == ["held", "passed_on"]
        assert "u2" in outcomes["passed_on"]
        assert done.provisional


@pytest.mark.parametrize(
    ("how", "facts", "expected"),
    [
        ("hold", [], {"u1": H}),
        ("pass_on", [], {"u1": X, "u2": P}),
        ("open", [decision("held:co:u1", "held")], {"u1": H}),
        ("open", [decision("held:co:u1", "passed_on")], {"u1": X, "u2": P}),
        ("hold", [decision("held:co:u1", "passed_on")], {"u1": X, "u2": P}),
    ],
)
def test_the_place_is_kept_or_passed_on(how: str, facts: list[Any], expected: Any) -> None:
    done = held(how, *facts)
    assert (lines(done, "co"), questions(done)) == (expected, [])


def test_a_decision_on_a_held_unit_names_one_of_the_outcomes() -> None:
    done = held("open", decision("held:co:u1", "bỏ"))
    assert questions(done) == ["held:co:u1"]
    assert "decision_does_not_fit" in codes(done)


def test_a_held_unit_away_from_the_places_stops_nothing() -> None:
    rows = [standing_case("cx", "held"), award("co", fixed(1))]
    done = given([9, 8], *rows, facts=[standing("u2", "cx")])
    assert (lines(done, "co"), questions(done)) == ({"u1": P}, [])


def test_the_heirs_of_a_held_place_may_be_level() -> None:
    rows = [standing_case("cx", "held"), award("co", fixed(1))]
    done = given([9, 8, 8], *rows, facts=[standing("u1", "cx")], ties=BALLOT)
    passed = done.open_questions[0].outcomes[1].effect
    assert "u2" in passed
    assert "u3" in passed


# ------------------------------------------------------------------ after the conference


def test_a_unit_that_withdraws_leaves_its_place_where_it_was_decided() -> None:
    rows = [award("co", fixed(1)), award("bk", fixed(1), excludes=["co"])]
    passed = given([9, 8, 7], rows[0], facts=[decision("place:co:u1", "passed_on")])
    assert lines(passed, "co") == {"u1": X, "u2": P}
    empty = given([9, 8, 7], rows[0], facts=[decision("place:co:u1", "left_empty")])
    assert (lines(empty, "co"), codes(empty)) == ({"u1": X}, [])
    assert [x.reason for x in empty.awards] == ["Không nhận đề nghị sau hội nghị; chỗ để trống"]
    # whoever gave up the flag is a candidate for what comes below
    assert lines(given([9, 8, 7], *rows, facts=[decision("place:co:u1", "passed_on")]), "bk") == {
        "u1": P
    }


def test_the_ranking_of_a_ballot_stays_when_the_winner_withdraws() -> None:
    vote = ballot("tie", "co", 1, u1=6, u2=2, u3=1)
    facts = [vote, decision("place:co:u1", "passed_on")]
    done = given([9, 9, 9, 5], award("co", fixed(1)), facts=facts, ties=BALLOT)
    assert lines(done, "co") == {"u1": X, "u2": T, "u3": T}
    assert questions(done) == ["tie:co:u2+u3"], "those who lost are level: a ballot among them"
    assert done.units["u1"].rank == 1
    pair = [facts[1], ballot("tie", "co", 1, u1=6, u2=2)]
    two = given([9, 9, 5], award("co", fixed(1)), facts=pair, ties=BALLOT)
    assert (lines(two, "co"), two.ballots[0].outcome) == ({"u1": X, "u2": P}, "elected")
    assert (two.units["u1"].rank, two.units["u2"].rank) == (1, 2)
    kept = given([9, 9, 5], award("co", fixed(1)), facts=[
        decision("place:co:u1", "left_empty"), ballot("tie", "co", 1, u1=6, u2=2)
    ], ties=BALLOT)  # fmt: skip
    assert lines(kept, "co") == {"u1": X}


def test_the_place_of_a_unit_that_was_barred_later_may_stay_empty() -> None:
    rows = [standing_case("kx", "barred"), award("co", fixed(2))]
    barred = standing("u1", "kx")
    assert lines(given([9, 8, 7], *rows, facts=[barred]), "co") == {"u1": X, "u2": P, "u3": P}
    empty = given([9, 8, 7], *rows, facts=[barred, decision("place:co:u1", "left_empty")])
    assert lines(empty, "co") == {"u1": X, "u2": P}
    passed = given([9, 8, 7], *rows, facts=[barred, decision("place:co:u1", "passed_on")])
    assert lines(passed, "co") == {"u1": X, "u2": P, "u3": P}


def test_a_rank_that_was_given_up_goes_to_the_next_rank() -> None:
    by_size = {"kind": "ranks", "by_size": [{"size": {"ge": 1}, "first": 1, "last": 2}]}
    for outcome, expected in (
        ("passed_on", {"u1": X, "u2": P, "u3": P}),
        ("left_empty", {"u1": X, "u2": P}),
    ):
        done = given([9, 8, 7, 6], award("bk", by_size), facts=[decision("place:bk:u1", outcome)])
        assert lines(done, "bk") == expected
    level = given([9, 8, 7, 7], award("bk", by_size), facts=[decision("place:bk:u1", "passed_on")])
    assert questions(level) == ["tie:bk:u3+u4"]


def test_a_unit_that_withdrew_is_no_reserve_either() -> None:
    # u1 withdrew while it was first; now it stands behind, and the next in reserve is u3
    facts = [decision("place:co:u1", "passed_on")]
    done = given([7, 9, 6], award("co", fixed(1), reserve=1), facts=facts)
    assert lines(done, "co") == {"u2": P, "u3": R}


def test_a_decision_on_a_place_names_one_of_the_outcomes() -> None:
    done = given([9, 8], award("co", fixed(1)), facts=[decision("place:co:u1", "u2")])
    assert (lines(done, "co"), codes(done)) == ({"u1": P}, ["decision_does_not_fit"])


# ------------------------------------------------------------------ reserves


def test_the_next_units_are_listed_as_reserve() -> None:
    done = given([9, 8, 7, 6], award("co", fixed(1), reserve=2))
    assert lines(done, "co") == {"u1": P, "u2": R, "u3": R}


def test_equal_units_at_the_last_reserve_place_are_all_listed() -> None:
    done = given([9, 8, 8, 6], award("co", fixed(1), reserve=1))
    assert lines(done, "co") == {"u1": P, "u2": R, "u3": R}


# ------------------------------------------------------------------ the council


def council(*facts: Any) -> Assessment:
    rows = [
        award("co", fixed(1)),
        award("cp", {"kind": "percent", "percent": 50, "of": "co"}, scope="province", among="co",
              chosen_by="council"),
    ]  # fmt: skip
    return clusters({"k1": [9, 8], "k2": [7, 6]}, *rows, facts=facts)


def test_the_council_s_candidates_are_listed_and_nobody_is_chosen() -> None:
    done = council()
    assert lines(done, "cp") == {"k1a": R, "k2a": R}
    assert {x.reason_code for x in done.awards if x.award == "cp"} == {"council_chooses"}
    assert places(done, "cp") == [(None, 2, 1, 1)]


def test_what_the_council_chose_is_recorded_as_a_decision() -> None:
    assert lines(council(decision("choice:cp", "k2a")), "cp") == {"k2a": P}


@pytest.mark.parametrize("outcome", ["k1a+k2a", "k1b", "x"])
def test_a_choice_that_does_not_fit_is_told(outcome: str) -> None:
    done = council(decision("choice:cp", outcome))
    assert "decision_does_not_fit" in codes(done)
    assert lines(done, "cp") == {"k1a": R, "k2a": R}


def test_a_choice_in_every_cluster_is_looked_at_cluster_by_cluster() -> None:
    rows = [award("cp", fixed(1), chosen_by="council")]
    units = {"k1": [9, 8], "k2": [7, 6]}
    done = clusters(units, *rows, facts=[decision("choice:cp", "k1b+k2a")])
    assert (lines(done, "cp"), codes(done)) == ({"k1b": P, "k2a": P}, [])
    done = clusters(units, *rows, facts=[decision("choice:cp", "k1b")])
    assert lines(done, "cp") == {"k1b": P, "k2a": R, "k2b": R}
    done = clusters(units, *rows, facts=[decision("choice:cp", "k1a+k1b+k2a")])
    assert (lines(done, "cp"), codes(done)) == (
        {"k1a": R, "k1b": R, "k2a": P},
        ["decision_does_not_fit"],
    )


# ------------------------------------------------------------------ ballots on awards


def voted(*ballots: Any, **rule: Any) -> Assessment:
    rows = [award("co", fixed(1), needs_ballot=True)]
    head = {"ballots": [{"purpose": "award", "form": "approve", **rule}]}
    return given([9, 8, 7], *rows, facts=ballots, **head)


def approve(unit_id: str, yes: int, no: int, number: int = 1, **counts: int) -> Any:
    counts.setdefault("valid", yes + no)
    return ballot(
        "award", "co", number, "approve", against={unit_id: no}, counts=counts, **{unit_id: yes}
    )


def test_an_award_may_need_a_ballot() -> None:
    missing = voted()
    assert (lines(missing, "co"), questions(missing)) == ({"u1": H}, ["open:ballot:co:u1"])
    assert lines(voted(approve("u1", 8, 1), percent=80), "co") == {"u1": P}
    failed = voted(approve("u1", 7, 2), approve("u2", 9, 0), percent=80)
    assert lines(failed, "co") == {"u1": X, "u2": P}
    assert [b.outcome for b in failed.ballots] == ["failed", "passed"]


def test_a_void_ballot_is_no_ballot() -> None:
    done = voted(approve("u1", 8, 3, valid=9), percent=80)
    assert (lines(done, "co"), questions(done)) == ({"u1": H}, ["open:ballot:co:u1"])
    assert [b.outcome for b in done.ballots] == ["void"]
    again = voted(approve("u1", 8, 3, valid=9), approve("u1", 9, 0, 2), percent=80)
    assert lines(again, "co") == {"u1": P}


def test_the_latest_ballot_counts_and_only_so_many_are_allowed() -> None:
    twice = [approve("u1", 1, 8), approve("u1", 9, 0, 2)]
    assert lines(voted(*twice, percent=80), "co") == {"u1": P}
    done = voted(*twice, percent=80, max=1)
    assert lines(done, "co") == {"u1": X, "u2": H}
    assert "ballot_beyond_limit" in codes(done)


def test_a_ballot_that_chooses_fills_all_places() -> None:
    rows = [award("co", fixed(2), needs_ballot=True)]
    vote = ballot("award", "co", u1=5, u2=4, u3=1, counts={"valid": 5})
    done = given([9, 8, 7], *rows, facts=[vote])
    assert lines(done, "co") == {"u1": P, "u2": P}
    assert [(b.outcome, b.elected) for b in done.ballots] == [("elected", ("u1", "u2"))]


# ------------------------------------------------------------------ the whole province


def test_province_wide_places_compare_all_clusters_by_total_and_keys() -> None:
    rows = [award("co", fixed(2), scope="province")]
    assert lines(clusters({"k1": [9, 8], "k2": [7, 8]}, *rows), "co") == {
        "k1a": P,
        "k1b": T,
        "k2b": T,
    }
    keyed = {"scoring": {"rank_keys": [{"by": "attribute", "of": "women"}]}}
    facts = snapshot(
        unit("a", women=50), unit("b", "k2", women=60), entry("a", "1", points=8),
        entry("b", "1", points=8),
    )  # fmt: skip
    done = assess(facts, pack(direct("1", 100), award("co", fixed(1), scope="province"), **keyed))
    assert lines(done, "co") == {"b": P}
