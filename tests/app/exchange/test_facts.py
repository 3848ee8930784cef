"""A facts file becomes a snapshot: the same one from TOML and JSON, in any order."""

from __future__ import annotations

import copy
import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.snapshot import EntryState, Snapshot
from app.exchange.facts import read_facts
from app.exchange.facts_text import facts_tree
from app.exchange.facts_writer import facts_tree_of
from tests import builders as b
from tests.journeys import world as w


def snapshot(tree: w.Tree, name: str = "facts.toml") -> Snapshot:
    found, findings = w.read(tree, name)
    assert found is not None, [f"{f.place}: {f.message}" for f in findings]
    return found


def with_entry(**entry: object) -> w.Tree:
    tree = w.facts()
    tree["entries"] = [
        e for e in tree["entries"] if (e["unit"], e["criterion"]) != ("u1", entry["criterion"])
    ]
    tree["entries"].append({"unit": "u1", "round": "self", **entry})
    return tree


def entry(tree: w.Tree, criterion: str):
    found = snapshot(tree)
    (only,) = (e for e in found.entries if (e.unit, e.criterion) == ("u1", criterion))
    return only


def test_json_and_toml_give_equal_snapshots() -> None:
    assert snapshot(w.facts(), "facts.json") == snapshot(w.facts())


def test_clean_facts_give_no_finding() -> None:
    _, findings = w.read(w.facts())
    assert findings == ()


def test_the_order_of_lists_in_the_file_is_irrelevant() -> None:
    chance = random.Random(7)
    tree = w.facts()
    for _ in range(5):
        shuffled = copy.deepcopy(tree)
        for value in shuffled.values():
            if isinstance(value, list):
                chance.shuffle(value)
        assert snapshot(shuffled) == snapshot(tree)


def test_units_stand_in_the_order_that_people_count_in() -> None:
    tree = w.facts()
    tree["units"] += [{"id": "u10", "cluster": "k1"}, {"id": "u4", "cluster": "k1"}]
    assert [u.id for u in snapshot(tree).units] == ["u1", "u2", "u3", "u4", "u10"]


@pytest.mark.parametrize("written", [Decimal("12.5"), "12,5", "12.5", " 12,5 ", "12,50"])
def test_a_number_may_be_a_number_or_text_with_a_comma(written: object) -> None:
    tree = with_entry(criterion="I.1", figures={"plan": 100, "actual": written})
    assert entry(tree, "I.1").figures == {"plan": 100, "actual": Fraction(25, 2)}


def test_a_bare_1_250_is_a_decimal_and_no_question() -> None:
    tree = facts_tree(
        w.as_toml(with_entry(criterion="II.1", points=Decimal("1.250"))).encode(), "facts.toml"
    )
    found, findings = read_facts(tree, "facts.toml", w.small_pack({"A10": "zero"}))
    assert found is not None, findings.as_tuple()
    assert Fraction(5, 4) in [e.points for e in found.entries]


def test_figures_stand_in_the_order_of_the_method() -> None:
    tree = with_entry(criterion="I.1", figures={"actual": 1, "plan": 2})
    assert list(entry(tree, "I.1").figures) == ["plan", "actual"]


def test_an_empty_text_is_a_value_that_was_not_given() -> None:
    tree = with_entry(criterion="I.1", figures={"plan": "", "actual": ""}, points="", reason="")
    found = entry(tree, "I.1")
    assert (found.figures, found.points, found.state) == ({}, None, EntryState.BLANK)


def test_an_entry_that_says_nothing_is_blank_and_zero_is_not() -> None:
    assert entry(with_entry(criterion="II.1"), "II.1").state is EntryState.BLANK
    assert entry(with_entry(criterion="II.1", points=0), "II.1").state is EntryState.SCORED


@pytest.mark.parametrize("state", list(EntryState))
def test_the_four_states_stay_apart(state: EntryState) -> None:
    points = 3 if state is EntryState.SCORED else None
    more = {} if points is None else {"points": points}
    assert entry(with_entry(criterion="II.1", state=state.value, **more), "II.1").state is state


@pytest.mark.parametrize("word", ["Tốt", "tốt", "XUẤT  SẮC", "To\u0302\u0301t"])
def test_a_level_is_known_by_its_words_or_an_equivalent(word: str) -> None:
    assert "level" in entry(with_entry(criterion="I.2", figures={"level": word}), "I.2").figures


@pytest.mark.parametrize("written", [dt.date(2026, 3, 5), "2026-03-05", "05/03/2026", "5/3/2026"])
def test_a_date_may_be_a_date_or_text(written: object) -> None:
    tree = with_entry(criterion="II.3", figures={"due": dt.date(2026, 3, 1), "done": written})
    assert entry(tree, "II.3").figures["done"] == dt.date(2026, 3, 5)


def test_composed_and_decomposed_ids_are_the_same_unit() -> None:
    tree = w.facts()
    tree["units"].append({"id": "So\u0302\u0309", "cluster": "k1"})
    tree["conditions"].append({"unit": "Sổ", "condition": "vuot", "met": True})
    assert "Sổ" in {condition.unit for condition in snapshot(tree).conditions}


def test_names_and_the_only_cluster_may_be_left_out() -> None:
    tree = w.facts()
    tree["units"].append({"id": "u4"})
    del tree["clusters"][0]["name"]
    found = snapshot(tree)
    assert (found.unit("u4").name, found.unit("u4").cluster) == ("u4", "k1")
    assert found.clusters[0].name == "k1"


def test_the_only_round_of_a_pack_need_not_be_named() -> None:
    pack = b.pack(b.direct("1", 10))
    tree = w.facts() | {"parameters": {}, "units": [{"id": "u1"}]}
    tree = {key: tree[key] for key in ("schema", "period", "parameters", "clusters", "units")}
    tree["entries"] = [{"unit": "u1", "criterion": "1", "points": 9}]
    found, findings = read_facts(tree, "facts.toml", pack)
    assert found is not None, findings.as_tuple()
    assert found.entries[0].round == b.ROUND


def test_entries_of_a_companion_are_read_against_its_own_table() -> None:
    companion = b.pack(b.direct("X", 5), id="kem")
    tree = w.facts()
    tree["entries"].append({"unit": "u1", "criterion": "X", "pack": "kem", "points": 4})
    found, findings = read_facts(
        tree, "facts.toml", w.small_pack({"A10": "zero"}), companions=[companion]
    )
    assert found is not None, findings.as_tuple()
    assert [e.pack for e in found.entries if e.criterion == "X"] == ["kem"]


def test_numbers_in_parameters_quotas_and_ballots_are_exact() -> None:
    tree = w.facts()
    tree["parameters"]["digits"] = "1"
    tree["quotas"] = [{"award": "bk", "percent": "12,5", "base": 8}]
    tree["ballots"] = [
        {"purpose": "tie", "award": "co", "number": "1", "votes": {"u1": 8, "u2": "1"}}
    ]
    found = snapshot(tree)
    assert found.quotas[0].percent == Fraction(25, 2)
    assert found.ballots[0].votes == {"u1": 8, "u2": 1}
    assert found.ballots[0].members is None
    assert (found.ballots[0].totals, found.ballots[0].places) == ({}, None)


def test_a_ballot_may_name_the_totals_that_it_was_opened_for_and_its_places() -> None:
    tree = w.facts()
    totals = {"u1": "972,95", "u2": Decimal("972.95")}
    tree["ballots"] = [
        {"purpose": "tie", "award": "co", "votes": {"u1": 8}, "totals": totals, "places": 1}
    ]
    (ballot,) = snapshot(tree).ballots
    assert ballot.totals == {"u1": Fraction("972.95"), "u2": Fraction("972.95")}
    assert ballot.places == 1
    again = snapshot(facts_tree_of(snapshot(tree)))
    assert again.ballots == (ballot,)


def test_a_decision_may_be_a_number_of_points() -> None:
    tree = w.facts()
    tree["decisions"] = [{"question": "gap:II.2:u1", "outcome": Decimal("7.5")}]
    assert snapshot(tree).decisions[0].outcome == "7.5"


def test_unused_roles_and_attributes_are_remarked_and_kept() -> None:
    tree = w.facts()
    tree["units"][0]["roles"] = ["leeder"]
    tree["units"][0]["attributes"] = {"women_percent": 71}
    found, findings = w.read(tree)
    assert found is not None
    assert found.unit("u1").attributes == {"women_percent": 71}
    assert {f.code for f in findings} == {"facts_unknown_role", "facts_unused_attribute"}
    assert "leader" in next(f.remedy for f in findings if f.code == "facts_unknown_role")
