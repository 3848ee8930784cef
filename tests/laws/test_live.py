"""Laws of the live assessment: whatever was typed before, it says what a whole one says."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.snapshot import Entry, EntryKey, EntryState, Snapshot
from app.exchange.result import result_tree
from app.ground.findings import Finding, UserError
from app.rules.checks import unusable
from app.rules.document import LoadedPack, read_method
from app.rules.methods import FigureSpec
from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from app.scoring.live import Live, Packs
from tests.builders import read
from tests.laws.worlds import CASES, CONDITIONS, Dice, conditions, facts, figures, pack, seeds, tree

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
ROUNDS = ("self", "final")


def law(examples: int = 60) -> settings:
    return settings(
        max_examples=examples * DOSE, suppress_health_check=[HealthCheck.too_slow], deadline=None
    )


# ------------------------------------------------------------------ worlds with several packs


def companion(dice: Dice) -> LoadedPack:
    for _ in range(20):
        loaded, _ = read(tree(dice) | {"id": "kem"})
        assert loaded is not None
        if not unusable(loaded):
            return loaded
    raise AssertionError("no companion")


def overlay(dice: Dice) -> LoadedPack:
    found: dict[str, Any] = {
        "schema": "bangvang-pack/1",
        "kind": "overlay",
        "id": "trinh-tu",
        "version": "1.0.0",
        "title": "Trình tự",
        "standing": [
            {"id": case, "kind": "barred", "title": case, "when": conditions(dice, early=True)}
            for case in dice.some(["x", *CASES], 2)
        ],
        "conditions": [{"id": c, "title": c} for c in dice.some(["y", *CONDITIONS], 2)],
    }
    loaded, findings = read(found)
    assert loaded is not None, list(findings)
    return loaded


@cache
def world(seed: int) -> tuple[Packs, Snapshot]:
    """Facts under a pack, now and then with a companion and an overlay."""
    dice = Dice(seed + 2)
    rules = pack(seed)
    snapshot = facts(Dice(seed + 1), rules)
    if dice.chance(3):
        beside = companion(dice)
        more = tuple(
            replace(e, pack="kem") for e in facts(dice, beside).entries if e.unit in ids(snapshot)
        )
        laid = (overlay(dice),) if dice.flag() else ()
        both = replace(snapshot, entries=snapshot.entries + more)
        return Packs(rules, laid, (beside,)), both
    return Packs(rules), snapshot


def ids(snapshot: Snapshot) -> set[str]:
    return {unit.id for unit in snapshot.units}


def whole(live: Live) -> Assessment | tuple[Finding, ...]:
    """The assessment of the same facts from nothing, or why the pack refuses one."""
    packs = live.packs
    try:
        return assess(live.snapshot, packs.main, packs.overlays, packs.companions)
    except UserError as refusal:
        return refusal.findings


def digest(done: Assessment) -> str:
    text: str = result_tree(done)["digest"]
    return text


def assert_whole(live: Live) -> None:
    done = whole(live)
    if not isinstance(done, Assessment):
        assert live.refusal is not None
        assert live.refusal.findings == done
        return
    assert live.assessment == done
    assert live.assessment.findings == done.findings
    assert list(live.assessment.units) == list(done.units)
    for unit, result in done.units.items():
        now = live.assessment.units[unit].card
        assert list(now.criteria) == list(result.card.criteria)
        assert list(now.sections) == list(result.card.sections)
    assert digest(live.assessment) == digest(done)


# ------------------------------------------------------------------ edits

Edit = tuple[tuple[Entry, ...], tuple[EntryKey, ...]]


def edit(dice: Dice, live: Live) -> Edit:
    """One cell or a few, typed, blanked, put into another state or taken out."""
    changed = [typed(dice, live) for _ in range(dice.one([1, 1, 1, 2, 5]))]
    removed = [e.key for e in dice.some(live.snapshot.entries, 1)] if dice.chance(4) else []
    if dice.chance(12):  # a round is emptied, so that another one counts
        emptied = dice.one(ROUNDS)
        removed = [e.key for e in live.snapshot.entries if e.round == emptied]
    return tuple(changed), tuple(removed)


def typed(dice: Dice, live: Live) -> Entry:
    packs, snapshot = live.packs, live.snapshot
    rules = dice.one([packs.main, packs.main, *packs.companions])
    unit = dice.one(sorted(ids(snapshot)))
    if snapshot.entries and dice.chance(3):
        known = dice.one(snapshot.entries)
        return dice.one(
            [
                replace(known, state=dice.one(list(EntryState))),
                replace(known, points=dice.one([None, Fraction(3), dice.number()])),
                replace(known, reason="khác", evidence=dice.randint(0, 2)),
                known,
            ]
        )
    rows: dict[str, tuple[FigureSpec, ...]] = {
        row.code: tuple(row.method.figure_specs()) if row.method is not None else ()
        for row in rules.rules.criteria
    }
    if rules is packs.main:
        for own in snapshot.own_criteria:
            method, _ = read_method(own.method, own.code)
            if own.unit == unit and method is not None:
                rows[own.code] = tuple(method.figure_specs())
    code = dice.one(list(rows))
    name = dice.one([None] * 9 + [rules.rules.id]) if rules is packs.main else rules.rules.id
    return Entry(
        unit,
        code,
        dice.one(ROUNDS),
        dice.one(list(EntryState)) if dice.chance(4) else EntryState.SCORED,
        figures(dice, rows[code]),
        dice.number() if not rows[code] or dice.chance(5) else None,
        dice.one(["", "lý do"]),
        dice.one([None, 0, 2]),
        name,
    )


# ------------------------------------------------------------------ laws


@law()
@given(seeds, st.integers(0, 10**6))
def test_after_any_edits_the_live_assessment_is_the_whole_one(seed: int, luck: int) -> None:
    packs, snapshot = world(seed)
    live, dice = Live(snapshot, packs), Dice(luck)
    assert_whole(live)
    for _ in range(5):
        live = live.with_entries(*edit(dice, live))
        assert_whole(live)


@law()
@given(seeds, st.integers(0, 10**6))
def test_a_preview_leaves_the_base_as_it_was_and_says_the_same_when_asked_again(
    seed: int, luck: int
) -> None:
    packs, snapshot = world(seed)
    base, dice = Live(snapshot, packs), Dice(luck)
    edits = [edit(dice, base) for _ in range(3)]
    first = [base.with_entries(*each) for each in edits]
    for each, live in reversed(list(zip(edits, first, strict=True))):
        again = base.with_entries(*each)
        assert_whole(again)
        assert again.snapshot == live.snapshot
        if live.refusal is None:
            assert again.assessment == live.assessment
    assert base.snapshot == snapshot
    assert_whole(base)


@law()
@given(seeds, st.integers(0, 10**6))
def test_cards_that_are_equal_stay_the_very_objects(seed: int, luck: int) -> None:
    packs, snapshot = world(seed)
    base, dice = Live(snapshot, packs), Dice(luck)
    entry = typed(dice, base)
    if entry.pack == packs.main.rules.id:  # what carries it may speak for a cell a second time
        entry = replace(entry, pack=None)
    after = base.with_entries([entry])
    if base.refusal is not None or after.refusal is not None:
        return
    was, now = base.assessment, after.assessment
    if was.scored_round != now.scored_round:
        return
    for unit, old in was.units.items():
        new = now.units[unit]
        if unit != entry.unit and new.card == old.card:
            assert new.card is old.card
            assert (new == old) is (new is old)
