"""What is examined before a pack is used: each check finds its fault, and passes what is right."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.ground.findings import Severity
from app.rules.checks import PackCheck, check_pack, unusable
from tests.builders import (
    Row,
    award,
    bonus_item,
    class_rule,
    clause,
    condition_item,
    criterion,
    deduction_item,
    direct,
    fixed,
    pack,
    parameter,
    row,
    standing_case,
)

TRUE = {"always": True}


def checked(*rows: Row, as_of: dt.date | None = None, **head: Any) -> PackCheck:
    return check_pack(pack(*rows, **head), as_of)


def errors(*rows: Row, **head: Any) -> list[str]:
    return [f.code for f in checked(*rows, **head).findings if f.is_error]


def warnings(*rows: Row, **head: Any) -> list[str]:
    findings = checked(*rows, **head).findings
    return [f.code for f in findings if f.severity is Severity.WARNING and f.code != "uncited"]


def stops(*rows: Row, **head: Any) -> list[str]:
    return [f.code for f in unusable(pack(*rows, **head))]


ONE = direct("1", 10)


def test_a_sound_pack_passes() -> None:
    done = checked(clause("m"), direct("1", 10, clause="m"), award("co", fixed(1), clause="m"))
    assert done.ok
    assert done.findings == ()


def test_every_finding_says_where_what_and_how() -> None:
    found = (
        checked(ONE, ONE, award("co", fixed(1), excludes=["bk"]), total=None)
        if False
        else (checked(ONE, ONE, award("co", fixed(1), excludes=["bk"])))
    )
    for finding in found.findings:
        assert finding.place.startswith("thu, ")
        assert not finding.message.isascii()
        assert finding.remedy


# ------------------------------------------------------------------ ids and references


@pytest.mark.parametrize(
    "rows",
    [
        [ONE, ONE],
        [ONE, clause("a"), clause("a")],
        [ONE, award("a", fixed(1)), award("a", fixed(1))],
        [ONE, standing_case("a", "held"), standing_case("a", "barred")],
        [ONE, condition_item("a"), condition_item("a")],
        [ONE, class_rule("a", TRUE), class_rule("a", TRUE)],
        [ONE, bonus_item("a", {"kind": "points"}), bonus_item("a", {"kind": "points"})],
        [ONE, parameter("a"), parameter("a")],
        [ONE, row("scales", id="a", title="a", levels=["Tốt", "tốt"])],
        [criterion("1", 5, {"kind": "checklist", "parts": [
            {"id": "a", "title": "a", "points": 2}, {"id": "a", "title": "b", "points": 3}]})],
        [criterion("1", 5, {"kind": "levels", "levels": [
            {"name": "Tốt", "points": 5}, {"name": "Khá", "points": 3, "also": ["TỐT"]}]})],
    ],
)  # fmt: skip
def test_an_id_stands_once_in_its_list(rows: list[Row]) -> None:
    assert stops(*rows) == ["duplicate_id"]


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ([direct("1", 10, clause="x")], {}),
        ([direct("1", 10, hand="council")], {}),
        ([direct("1", 10, substitute_for="2")], {}),
        ([direct("1", 10, blocks=["x"])], {}),
        ([ONE], {"scoring": {"ranking_round": "x"}}),
        ([ONE], {"scoring": {"late_items": ["x"]}}),
        ([ONE], {"scoring": {"rank_keys": [{"by": "points", "of": "9"}]}}),
        ([ONE], {"scoring": {"rank_keys": [{"by": "bonus", "of": "x"}]}}),
        ([ONE], {"scoring": {"rank_keys": [{"by": "attribute"}]}}),
        ([ONE], {"scoring": {"rank_keys": [{"by": "round_total", "of": "x"}]}}),
        ([ONE], {"ties": {"chain": [{"step": "keys", "keys": [{"by": "level", "of": "1", "scale": "x"}]}]}}),
        ([ONE, award("co", fixed(1), excludes=["x"])], {}),
        ([ONE, award("co", fixed(1), among="x")], {}),
        ([ONE, award("co", fixed(1), conditions=["x"])], {}),
        ([ONE, award("co", {"kind": "percent", "percent": 5, "of": "x"})], {}),
        ([ONE, standing_case("a", "barred", awards=["x"])], {}),
        ([ONE, standing_case("a", "ceiling", class_="x")], {}),
        ([ONE, bonus_item("a", {"kind": "each_over_plan", "criteria": ["x"]})], {}),
        ([ONE], {"ballots": [{"purpose": "award", "award": "x"}]}),
        ([ONE], {"rounds": [{"id": "final", "title": "a", "stands_in": "later"}, {"id": "later", "title": "b"}]}),
        ([ONE], {"rounds": [{"id": "final", "title": "a", "only": ["1", "x"]}]}),
    ],
)  # fmt: skip
def test_what_is_pointed_at_exists(rows: list[Row], head: dict[str, Any]) -> None:
    assert "unknown_reference" in stops(*rows, **head)


@pytest.mark.parametrize(
    "when",
    [
        {"points": {"of": "x", "ge": 1}},
        {"no_zero": {"within": ["x"]}},
        {"state": {"is": "blank", "within": ["x"]}},
        {"barring_level": {"within": ["x"]}},
        {"level": {"of": "x", "is": ["a"]}},
        {"level": {"of": "1", "scale": "x", "at_most": "a"}},
        {"condition": "x"},
        {"standing": "x"},
        {"class": {"is": ["x"]}},
        {"block": "x"},
        {"bonus": {"of": "x", "ge": 1}},
        {"all": [{"not": {"any": [{"condition": "x"}]}}]},
    ],
)
def test_what_a_test_points_at_exists(when: dict[str, Any]) -> None:
    assert stops(ONE, award("co", fixed(1), requires=when)) == ["unknown_reference"]


def test_a_criterion_that_a_unit_may_register_need_not_exist() -> None:
    slot = criterion("1", 10, slot={})
    assert stops(slot, award("co", fixed(1), requires={"points": {"of": "1.a", "ge": 1}})) == []


def test_an_overlay_may_point_at_what_the_main_pack_has() -> None:
    overlay = pack(
        standing_case("a", "barred", awards=["co"], when={"condition": "x"}), kind="overlay"
    )
    assert unusable(overlay) == ()
    assert "unknown_reference" in [f.code for f in check_pack(overlay).findings]


@pytest.mark.parametrize("code", [".", "I.", ".I", "I..1"])
def test_codes_have_no_empty_part(code: str) -> None:
    assert "code_malformed" in stops(direct(code, 10))


# ------------------------------------------------------------------ circles


@pytest.mark.parametrize(
    "rows",
    [
        [condition_item("a", when={"condition": "a"})],
        [condition_item("a", when={"condition": "b"}), condition_item("b", when={"condition": "a"})],
        [standing_case("a", "held", when={"not": {"standing": "a"}})],
        [standing_case("a", "held", when={"condition": "c"}), condition_item("c", when={"standing": "a"})],
        [class_rule("x", {"standing": "a"}), standing_case("a", "held", when={"class": {"is": ["x"]}})],
        [class_rule("x", {"class": {"is": ["x"]}})],
        [direct("2", 10, substitute_for="2")],
        [direct("2", 10, substitute_for="3"), direct("3", 10, substitute_for="2")],
        [criterion("2", 10), direct("2.1", 10, substitute_for="2")],
        [direct("2", 10, gate={"title": "a", "when": {"points": {"of": "2", "ge": 1}}})],
        [direct("2", 10, gate={"title": "a", "when": {"no_zero": {}}})],
        [direct("2", 10, gate={"title": "a", "when": {"points": {"of": "3", "ge": 1}}}),
         direct("3", 10, gate={"title": "a", "when": {"points": {"of": "2", "ge": 1}}})],
        [criterion("2", 10), direct("2.1", 10, gate={"title": "a", "when": {"points": {"of": "2", "ge": 1}}})],
    ],
)  # fmt: skip
def test_nothing_leads_back_to_itself(rows: list[Row]) -> None:
    assert "circle" in stops(ONE, *rows)


def test_pointing_at_each_other_without_a_circle_is_fine() -> None:
    rows = [
        condition_item("a", when={"condition": "b"}),
        condition_item("b", when={"all": [{"condition": "c"}, {"condition": "c"}]}),
        condition_item("c"),
        standing_case("k", "held", when={"any": [{"condition": "a"}, {"condition": "b"}]}),
        direct("2", 10, gate={"title": "a", "when": {"points": {"of": "1", "ge": 1}}}),
        direct("3", 10, substitute_for="2"),
        direct("4", 10, substitute_for="3"),
    ]
    assert stops(ONE, *rows) == []


# ------------------------------------------------------------------ one thing each


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([direct("1", 10), direct("1.1", 10)], "group_with_method"),
        ([criterion("1", 10)], "criterion_without_method"),
        ([criterion("1", 10, {"kind": "levels", "levels": [{"name": "Tốt"}]})], "worth_unclear"),
        ([criterion("1", 10, {"kind": "bands", "bands": [{"ge": 1, "points": 1, "percent": 5}]})], "worth_unclear"),
        ([criterion("1", 10, {"kind": "rank_table", "table": [10], "beyond": "continue_step"})], "worth_unclear"),
        ([criterion("1", 10, {"kind": "deduct", "items": [{"id": "a", "title": "a", "points": 1, "loses_all": True}]})], "worth_unclear"),
    ],
)  # fmt: skip
def test_each_row_is_one_thing(rows: list[Row], code: str) -> None:
    assert code in stops(*rows)


def test_an_incomplete_pack_may_have_rows_without_a_method() -> None:
    assert stops(ONE, criterion("2", 10), incomplete="Chưa có mục 2") == []


def test_a_pack_of_points_has_rounds_and_scoring() -> None:
    assert "no_rounds" in stops(ONE, rounds=[])


@pytest.mark.parametrize(
    ("row_", "told"),
    [
        (criterion("1", 10, "direct", cap=5), True),
        (criterion("1", 10, "direct", combine="highest"), True),
        (criterion("1", 10, "direct", rescale=True), True),
        (criterion("1", 10, "direct", given_count=3), True),
        (criterion("1", 10, "direct", gate={"figure": "x", "title": "x"}), False),
        (criterion("1", 10, "direct", needs_evidence=True), False),
    ],
)
def test_a_key_of_groups_on_a_criterion_is_told(row_: Row, told: bool) -> None:
    assert ("key_without_effect" in errors(row_)) is told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"gate": {"figure": "x", "title": "x"}}, True),
        ({"already": {"figure": "x", "title": "x"}}, True),
        ({"slot": {}}, True),
        ({"cap": 5, "combine": "highest", "rescale": True}, False),
    ],
)
def test_a_key_of_criteria_on_a_group_is_told(more: dict[str, Any], told: bool) -> None:
    assert ("key_without_effect" in errors(criterion("1", 10, **more), direct("1.1", 10))) is told


# ------------------------------------------------------------------ the frame


def test_rows_add_up_to_their_frame() -> None:
    rows = [criterion("I", 30), direct("I.1", 10), direct("I.2", 15)]
    assert errors(*rows) == ["sum_differs_from_frame"]
    assert errors(*rows, scoring={"frame": "at_most"}) == []
    assert errors(criterion("I", 30, frame="at_most"), *rows[1:]) == []
    over = [criterion("I", 20, frame="at_most"), *rows[1:]]
    assert errors(*over) == ["sum_differs_from_frame"]


def test_sections_add_up_to_the_total() -> None:
    rows = [direct("I", 60), direct("II", 30)]
    assert errors(*rows, scoring={"total_max": 100}) == ["total_differs_from_frame"]
    assert errors(*rows, scoring={"total_max": 90}) == []
    # A3: 90 and 10 of bonus are the 100 of the frame
    assert errors(*rows, scoring={"total_max": 100}, bonus={"max": 10}) == []


def test_substitutes_and_other_blocks_are_not_added_twice() -> None:
    blocks = [row("blocks", id="A", title="a"), row("blocks", id="B", title="b")]
    rows = [
        criterion("I", 20), direct("I.1", 20, blocks=["A"]), direct("I.2", 20, blocks=["B"]),
        criterion("II", 10), direct("II.1", 10), direct("II.2", 10, substitute_for="II.1"),
    ]  # fmt: skip
    assert errors(*blocks, *rows, scoring={"total_max": 30}) == []


@pytest.mark.parametrize(("added", "ok"), [(3, True), (4, False)])
def test_no_more_than_thirty_percent_are_added(added: int, ok: bool) -> None:
    # A32: 30 % of 10 = 3
    rows = [criterion("I", 10 + added, given_count=10)]
    rows += [direct(f"I.{n}", 1, added=n > 10) for n in range(1, 11 + added)]
    found = errors(*rows, scoring={"added_share": 30})
    assert ("too_many_added" in found) is not ok


def test_own_maxima_by_role() -> None:
    rows = [direct("I", 80), criterion("IV", 20), direct("IV.1", 15), direct("IV.2", 5, role="leader")]  # fmt: skip
    assert checked(*rows).own_max == {"member": 95, "leader": 100}


# ------------------------------------------------------------------ methods


def banded(*bands: dict[str, Any], **more: Any) -> list[str]:
    method = {"kind": "bands", "input": "ratio_percent", "bands": list(bands), **more}
    return [f.code for f in checked(criterion("1", 10, method)).findings if f.code != "uncited"]


def test_gaps_and_overlaps_of_bands() -> None:
    full = ({"ge": 95, "le": 100, "points": 10}, {"ge": 0, "lt": 95, "points": 8})
    assert banded(*full) == []
    assert banded({"gt": 95, "le": 100, "points": 10}, {"ge": 0, "lt": 95, "points": 8}) == ["bands_gap"]  # fmt: skip
    assert banded({"ge": 95, "le": 100, "points": 10}, {"ge": 0, "le": 95, "points": 8}) == ["bands_overlap"]  # fmt: skip
    assert banded({"ge": 95, "le": 100, "points": 10}, {"ge": 1, "lt": 95, "points": 8}) == ["bands_gap"]  # fmt: skip
    assert banded({"ge": 95, "lt": 100, "points": 10}, {"ge": 0, "lt": 95, "points": 8}) == ["bands_gap"]  # fmt: skip
    assert banded({"gt": 95, "points": 10}, {"lt": 95, "points": 8}, outside="zero") == []


@pytest.mark.parametrize(
    "method",
    [
        {"kind": "yes_no", "yes": 12},
        {"kind": "yes_no", "no": 12},
        {"kind": "levels", "levels": [{"name": "a", "percent": 120}]},
        {"kind": "bands", "bands": [{"ge": 0, "points": 12}]},
        {"kind": "threshold", "threshold": {"ge": 1}, "points": 12},
        {"kind": "proportional", "cap": 120},
        {"kind": "ratios", "parts": [{"id": "a", "title": "a", "points": 12}]},
        {"kind": "rank_table", "table": [12, 8]},
        {"kind": "versus_average", "above": 12},
        {"kind": "versus_leader", "low": 12},
        {"kind": "versus_leader", "no_target": 120},
        {"kind": "best_of_group", "others": 12},
        {"kind": "lateness", "per_day": 1, "floor": 12},
        {"kind": "against_base", "start": 1, "step": 1, "up": 1, "down": 1, "floor": 12},
        {"kind": "judged", "range": {"ge": 0, "le": 12}},
    ],
)
def test_a_method_that_gives_more_than_the_maximum(method: dict[str, Any]) -> None:
    assert errors(criterion("1", 10, method)) == ["method_above_max"]


def test_a_method_that_never_gives_the_maximum() -> None:
    method = {"kind": "rank_table", "table": [8, 6]}
    assert warnings(criterion("1", 10, method)) == ["method_below_max"]


def test_a_maximum_may_follow_from_the_method() -> None:
    method = {"kind": "levels", "levels": [{"name": "a", "points": 8}]}
    assert errors(criterion("I", 8), criterion("I.1", None, method)) == []
    share = {"kind": "levels", "levels": [{"name": "a", "percent": 70}]}
    assert "no_maximum" in warnings(criterion("1", None, share))


@pytest.mark.parametrize(
    ("worth", "more"),
    [
        ({"kind": "best_of_group"}, {"max": 5}),
        ({"kind": "proportional", "input": "average_percent"}, {"max": 5}),
        ({"kind": "direct"}, {"max": 5}),
        ({"kind": "proportional"}, {}),
    ],
)
def test_methods_that_a_bonus_cannot_use(worth: dict[str, Any], more: dict[str, Any]) -> None:
    item = bonus_item("a", {"kind": "method", "method": worth}, **more)
    assert errors(ONE, item) == ["item_method"]


def test_every_criterion_is_scored_in_the_ranking_round_or_by_its_hand() -> None:
    self_ = {"id": "self", "title": "a"}
    final = {"id": "final", "title": "b", "hand": "department", "only": ["1"]}
    rows = [direct("1", 10), direct("2", 10)]
    assert errors(*rows, rounds=[self_, final]) == ["not_in_ranking_round"]
    assert errors(*rows, rounds=[self_, {**final, "stands_in": "self"}]) == []
    assert errors(rows[0], direct("2", 10, hand="unit"), rounds=[self_, final]) == []
    only = {"id": "final", "title": "b", "only": ["1"]}
    assert "never_scored" in errors(*rows, rounds=[only])


# ------------------------------------------------------------------ conditions and thresholds


@pytest.mark.parametrize(
    "when",
    [
        {"targets_met": {"share": 80}},
        {"level": {"of": "1"}},
        {"level": {"of": "1", "at_most": "Khá"}},
        {"attribute": {"name": "x"}},
        {"class": {}},
        {"companion": {"pack": "dang"}},
        {"all": []},
        {"some": {"count": 1, "of": []}},
    ],
)
def test_a_test_asks_for_something(when: dict[str, Any]) -> None:
    assert "test_says_nothing" in errors(ONE, award("co", fixed(1), requires=when))


@pytest.mark.parametrize(
    "edges",
    [
        {"ge": 9, "le": 8},
        {"gt": 9, "lt": 9},
        {"ge": 9, "lt": 9},
        {"eq": 9, "ge": 10},
        {"eq": 9, "gt": 9},
        {"eq": 9, "le": 8},
        {"eq": 9, "lt": 9},
    ],
)
def test_a_range_holds_some_number(edges: dict[str, int]) -> None:
    assert "range_empty" in errors(ONE, award("co", fixed(1), requires={"total": edges}))


@pytest.mark.parametrize("edges", [{"ge": 9, "le": 9}, {"eq": 9}, {"gt": 1, "lt": 2}])
def test_a_narrow_range_is_a_range(edges: dict[str, int]) -> None:
    assert errors(ONE, award("co", fixed(1), requires={"total": edges})) == []


@pytest.mark.parametrize(
    "rows",
    [
        [direct("2", 10, gate={"title": "a", "when": {"total": {"ge": 1}}})],
        [direct("2", 10, gate={"title": "a", "when": {"condition": "c"}}), condition_item("c", when={"rank": {"le": 1}})],
        [class_rule("x", {"rank": {"le": 1}})],
        [standing_case("a", "held", when={"rank": {"le": 1}})],
        [standing_case("a", "held", when={"standing": "b"}), standing_case("b", "held", when={"total": {"ge": 1}})],
    ],
)  # fmt: skip
def test_nothing_is_tested_before_it_is_known(rows: list[Row]) -> None:
    assert "test_too_early" in errors(ONE, *rows)


def test_a_case_may_look_at_cases_before_it_and_at_the_class() -> None:
    rows = [
        class_rule("x", TRUE),
        standing_case("late", "held", when={"all": [{"class": {"is": ["x"]}}, {"standing": "b"}]}),
        standing_case("b", "held"),
    ]
    assert errors(ONE, *rows) == []


def test_awards_look_only_at_those_before_them() -> None:
    for more in ({"excludes": ["bk"]}, {"among": "bk"}):
        assert errors(ONE, award("co", fixed(1), **more), award("bk", fixed(1))) == ["award_order"]
    percent = {"kind": "percent", "percent": 5, "of": "co"}
    assert errors(ONE, award("co", percent)) == ["award_order"]


@pytest.mark.parametrize(
    ("when", "ok"),
    [
        ({"total": {"ge": 100}}, True),
        ({"total": {"gt": 100}}, False),
        ({"percent": {"ge": 101}}, False),
        ({"points": {"of": "1", "ge": 61}}, False),
        ({"share": {"of": "1", "gt": 100}}, False),
    ],
)
def test_no_threshold_lies_above_what_can_be_reached(when: dict[str, Any], ok: bool) -> None:
    found = errors(direct("1", 60), direct("2", 40), award("co", fixed(1), requires=when))
    assert found == ([] if ok else ["threshold_unreachable"])


def test_every_class_can_be_reached() -> None:
    good = [class_rule("a", {"total": {"ge": 9}}), class_rule("b", {"total": {"ge": 5}})]
    assert errors(ONE, *good) == []
    assert errors(ONE, *good[::-1]) == ["class_unreachable"]


def test_every_size_of_cluster_has_one_row_of_ranks() -> None:
    def places(*rows: dict[str, Any]) -> list[str]:
        return errors(ONE, award("bk", {"kind": "ranks", "by_size": list(rows)}))

    small = {"size": {"le": 7}, "first": 2, "last": 2}
    assert places(small, {"size": {"ge": 8}, "first": 2, "last": 3}) == []
    assert places(small, {"size": {"ge": 9}, "first": 2, "last": 3}) == ["places_unclear"]
    assert places(small, {"size": {"ge": 7}, "first": 2, "last": 3}) == ["places_unclear"]
    assert places({"size": {"ge": 1}, "first": 3, "last": 2}) == ["places_unclear"]


# ------------------------------------------------------------------ sources and parameters


def sourced(**source: Any) -> list[str]:
    head = {"sources": [{"id": "S", "kind": "decision", "type": "QĐ", "issuer": "x", "subject": "x", **source}]}  # fmt: skip
    found = checked(clause("m"), direct("1", 10, clause="m"), as_of=dt.date(2026, 6, 1), **head)
    return [f.code for f in found.findings]


def test_the_validity_of_sources() -> None:
    assert sourced() == []
    assert sourced(until=dt.date(2026, 6, 1)) == []
    assert sourced(until=dt.date(2026, 5, 31)) == ["source_expired"]
    assert sourced(replaced_by="QĐ khác") == ["source_replaced"]
    assert sourced(kind="lecture") == ["source_is_lecture"]


def test_open_parameters_and_incomplete_packs_are_told() -> None:
    table = {"kind": "rank_table", "table": [10, 8], "beyond": {"parameter": "A10"}}
    found = checked(criterion("1", 10, table), parameter("A10"), incomplete="Thiếu mục II")
    assert {"parameter_open", "pack_incomplete"} <= {f.code for f in found.findings}


def test_rows_without_a_clause_are_told() -> None:
    found = checked(ONE, deduction_item("d", {"kind": "points"}))
    assert [f.code for f in found.findings] == ["uncited", "uncited"]
