"""Edges of the live assessment, one by one; the laws hold them against random worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.domain.snapshot import Decision, Entry, EntryKey, EntryState, Snapshot
from app.rules.document import LoadedPack
from app.scoring import cells
from app.scoring.assess import assess
from app.scoring.live import Live, Packs
from tests import builders as b

RANKED = {"kind": "rank_table", "table": [10, 8, 6, 4], "beyond": "zero"}
ROUNDS: list[dict[str, Any]] = [
    {"id": "self", "title": "Tự chấm", "hand": "unit"},
    {"id": "final", "title": "Chốt", "hand": "department"},
]


def typed(live: Live, *changed: Entry, removed: Sequence[EntryKey] = ()) -> Live:
    """The live assessment after a change, held against the whole one."""
    after = live.with_entries(changed, removed)
    packs = after.packs
    assert after.assessment == assess(
        after.snapshot, packs.main, packs.overlays, packs.companions, packs.as_of
    )
    return after


def started(facts: Snapshot, rules: LoadedPack, *beside: LoadedPack) -> Live:
    return Live(facts, Packs(rules, (), beside))


def two_clusters(**more: Any) -> Live:
    rules = b.pack(b.direct("1", 10), b.criterion("2", 10, RANKED), b.award("co", b.fixed(1)))
    members = (*b.units(3), b.unit("v1", "k2"), b.unit("v2", "k2"))
    entries = [b.entry(u.id, "1", points=5) for u in members]
    entries += [b.entry(u.id, "2", value=n) for n, u in enumerate(members)]
    return started(b.snapshot(members, entries, **more), rules)


def test_only_the_cards_that_change_are_new_objects() -> None:
    live = two_clusters()
    after = typed(live, b.entry("u1", "1", points=9))
    for unit, was in live.assessment.units.items():
        assert (after.assessment.units[unit].card is was.card) is (unit != "u1")
    assert after.assessment.units["v1"] is live.assessment.units["v1"]


def test_a_criterion_that_compares_touches_the_cluster_and_nobody_else() -> None:
    live = two_clusters()
    after = typed(live, b.entry("u1", "2", value=99))
    new = {
        u for u, r in live.assessment.units.items() if after.assessment.units[u].card is not r.card
    }
    assert new == {"u1", "u2", "u3"}
    assert b.ranks(after.assessment)["u1"] == 1


def test_units_whose_rank_in_a_criterion_stays_keep_their_cards() -> None:
    live = two_clusters()
    after = typed(live, b.entry("u1", "2", value="n:0.5"))
    assert after.assessment.units["u2"].card is live.assessment.units["u2"].card


def test_only_cells_that_a_change_can_touch_are_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live, read = two_clusters(), []
    inner = cells._score_cell

    def noted(scene: Any, unit: Any, node: Any, entries: Any) -> Any:
        read.append((unit.id, node.code))
        return inner(scene, unit, node, entries)

    monkeypatch.setattr(cells, "_score_cell", noted)
    live.with_entries([b.entry("u1", "1", points=9)])
    assert read == [("u1", "1")]
    read.clear()
    live.with_entries([b.entry("v2", "2", value=9)])
    assert read == [("v1", "2"), ("v2", "2")]


def test_the_same_again_changes_no_object() -> None:
    live = two_clusters()
    again = typed(live, live.snapshot.entries[0])
    assert all(again.assessment.units[u] is r for u, r in live.assessment.units.items())


def test_the_round_that_counts_may_become_another() -> None:
    rules = b.pack(
        b.direct("1", 10),
        b.criterion("2", 10, RANKED),
        rounds=ROUNDS,
        scoring={"ranking_round": "final"},
    )
    entries = [b.entry(u.id, "1", "self", points=5) for u in b.units(2)]
    live = started(b.snapshot(b.units(2), entries), rules)
    assert live.assessment.scored_round == "self"
    later = typed(live, b.entry("u1", "1", "final", points=4))
    assert later.assessment.scored_round == "final"
    back = typed(later, removed=[("u1", "1", "final", None)])
    assert back.assessment == live.assessment
    blank = typed(later, b.entry("u1", "1", "final", state="blank"))
    assert blank.assessment.scored_round == "self"


def test_a_finding_that_two_cells_tell_stays_when_one_of_them_is_mended() -> None:
    rules = b.pack(b.direct("1", 10), b.direct("2", 10))
    facts = b.snapshot(b.units(1), b.entry("u1", "1", points=11), b.entry("u1", "2", points=12))
    live = started(facts, rules)
    assert b.codes(live.assessment).count("over_max") == 2
    mended = typed(live, b.entry("u1", "1", points=10))
    assert b.codes(mended.assessment).count("over_max") == 1
    assert (
        typed(mended, b.entry("u1", "1", points=11)).assessment.findings == live.assessment.findings
    )


def test_a_decision_is_used_as_long_as_its_question_is_asked() -> None:
    method = {**RANKED, "table": [10], "beyond": "open"}
    rules = b.pack(b.criterion("1", 10, method))
    decided = Decision("open:beyond:1", "zero")
    facts = b.snapshot(
        b.units(2), b.entry("u1", "1", value=5), b.entry("u2", "1", value=4), decided
    )
    live = started(facts, rules)
    assert "decision_unused" not in b.codes(live.assessment)
    level = typed(live, b.entry("u2", "1", value=5))
    assert "decision_unused" in b.codes(level.assessment)
    assert typed(level, b.entry("u2", "1", value=4)).assessment == live.assessment


def test_a_substitute_comes_and_goes_with_what_it_stands_for() -> None:
    rules = b.pack(b.direct("1", 10), b.direct("2", 10, substitute_for="1"))
    facts = b.snapshot(b.units(2), b.entry("u1", "1", points=5), b.entry("u1", "2", points=7))
    live = started(facts, rules)
    assert list(live.assessment.units["u1"].card.criteria) == ["1"]
    given_up = typed(live, b.entry("u1", "1", state="not_assigned"))
    assert list(given_up.assessment.units["u1"].card.criteria) == ["1", "2"]
    assert typed(given_up, b.entry("u1", "1", points=5)).assessment == live.assessment


def test_a_precondition_on_another_score_follows_it() -> None:
    gate = {"title": "Cổng", "when": {"points": {"of": "2", "ge": 5}}}
    rules = b.pack(b.direct("1", 10, gate=gate), b.direct("2", 10))
    facts = b.snapshot(b.units(1), b.entry("u1", "1", points=9), b.entry("u1", "2", points=6))
    live = started(facts, rules)
    closed = typed(live, b.entry("u1", "2", points=4))
    assert b.totals(closed.assessment) == {"u1": 4}
    assert typed(closed, b.entry("u1", "2", points=5)).assessment.units["u1"].card.total == 14


def test_a_key_that_ranks_by_another_round_sees_that_round() -> None:
    rules = b.pack(
        b.direct("1", 10),
        rounds=ROUNDS,
        scoring={"ranking_round": "final", "rank_keys": [{"by": "round_total", "of": "self"}]},
    )
    entries = [b.entry(u.id, "1", r, points=5) for u in b.units(2) for r in ("self", "final")]
    live = started(b.snapshot(b.units(2), entries), rules)
    assert b.ranks(live.assessment) == {"u1": 1, "u2": 1}
    higher = typed(live, b.entry("u2", "1", "self", points=6))
    assert b.ranks(higher.assessment) == {"u1": 2, "u2": 1}


def test_a_companion_is_followed_and_its_cards_stay_too() -> None:
    beside = b.pack(b.direct("1", 10), id="kem")
    rules = b.pack(
        b.direct("1", 10),
        b.standing_case("x", "barred", when={"companion": {"pack": "kem", "total": {"lt": 5}}}),
    )
    entries = [b.entry(u.id, "1", points=5) for u in b.units(2)]
    entries += [b.entry(u.id, "1", points=5, pack="kem") for u in b.units(2)]
    live = started(b.snapshot(b.units(2), entries), rules, beside)
    low = typed(live, b.entry("u1", "1", points=4, pack="kem"))
    assert low.assessment.units["u1"].eligibility
    was, now = live.assessment.companions["kem"], low.assessment.companions["kem"]
    assert now.units["u2"].card is was.units["u2"].card
    assert low.assessment.units["u1"].card is live.assessment.units["u1"].card


def test_entries_that_name_the_main_pack_may_speak_for_the_same_cell() -> None:
    rules = b.pack(b.direct("1", 10), id="chinh")
    live = started(b.snapshot(b.units(1), b.entry("u1", "1", points=5)), rules)
    both = typed(live, b.entry("u1", "1", points=7, pack="chinh"))
    assert b.totals(both.assessment) == {"u1": 7}
    blank = typed(both, replace(b.entry("u1", "1", pack="chinh"), state=EntryState.BLANK))
    assert b.totals(blank.assessment) == {"u1": 5}
    assert b.totals(typed(both, b.entry("u1", "1", points=3)).assessment) == {"u1": 7}
    first = typed(both, removed=[("u1", "1", b.ROUND, "chinh")])
    assert b.totals(first.assessment) == {"u1": 5}


def test_what_is_taken_out_twice_or_was_never_there_is_passed_over() -> None:
    live = two_clusters()
    key = live.snapshot.entries[1].key
    gone = typed(live, removed=[key, key, ("u9", "1", b.ROUND, None)])
    assert gone.entry(key) is None
    assert len(gone.snapshot.entries) == len(live.snapshot.entries) - 1
    anew = typed(gone, live.snapshot.entries[1], removed=[key])
    assert anew.entry(key) is live.snapshot.entries[1]
    assert live.entry(key) is live.snapshot.entries[1]
