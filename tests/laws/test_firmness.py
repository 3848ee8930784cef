"""A change that is said to turn an order does turn it, and one step less does not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from app.domain.snapshot import Entry, Snapshot
from app.ground.findings import UserError
from app.operations.firmness import firmness_of
from app.operations.loading import Loaded, PackSet
from app.rules.document import LoadedPack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from app.scoring.levers import Levers, step_of
from app.scoring.live import Live, Packs
from app.scoring.neighbours import IN, Neighbours, award_cuts, neighbours_in
from app.scoring.swaps import Swap, Swaps
from tests import builders as b
from tests.laws.worlds import seeds, world

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))


def law(examples: int) -> settings:
    return settings(
        max_examples=examples * DOSE,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        deadline=None,
    )


def with_entry(snapshot: Snapshot, entry: Entry) -> Snapshot:
    kept = [e for e in snapshot.entries if e.key != entry.key]
    return replace(snapshot, entries=(*kept, entry))


def pairs(assessment: Assessment) -> Iterator[Neighbours]:
    for cluster in assessment.clusters:
        yield from neighbours_in(assessment, cluster)
    yield from award_cuts(assessment)


def is_turned(now: Assessment, two: Neighbours) -> bool:
    if two.award is None:
        ranks = b.ranks(now)
        ahead, behind = ranks[two.ahead or ""], ranks[two.behind or ""]
        return ahead is not None and behind is not None and behind < ahead
    states = b.lines(now, two.award)
    gained = two.behind is not None and states.get(two.behind) in IN
    return gained or (two.ahead is not None and states.get(two.ahead) not in (*IN, "tied"))


def turns(rules: LoadedPack, snapshot: Snapshot, two: Neighbours, entry: Entry) -> bool:
    try:
        now = assess(with_entry(snapshot, entry), rules)
    except UserError:
        return False
    return is_turned(now, two)


def less(swap: Swap, steps_back: Fraction) -> Entry:
    amount = max(Fraction(0), swap.amount - steps_back)
    return replace(swap.entry, points=swap.start + (amount if swap.up else -amount))


@law(60)
@given(seeds)
@example(53986)  # a level is lost at the very end of a cell that is no whole number of steps
def test_the_swap_really_swaps_and_one_step_less_does_not(seed: int) -> None:
    rules, snapshot = world(seed)
    live = Live(snapshot, Packs(rules))
    assume(live.refusal is None)
    swaps, step = Swaps(live), step_of(live.assessment)
    for two in pairs(live.assessment):
        assert not is_turned(live.assessment, two)
        swap = swaps.between(two)
        if swap is None:
            continue
        assert swap.amount > 0
        assert swap.unit in (two.ahead, two.behind)
        assert swap.up == (swap.unit == two.behind)
        top = live.assessment.units[swap.unit].card.criteria[swap.criterion].max
        assert 0 <= swap.end <= max(top, swap.start)
        assert turns(rules, snapshot, two, swap.entry)
        whole = swap.amount // step * step
        one_less = swap.amount - whole if whole != swap.amount else step
        assert not turns(rules, snapshot, two, less(swap, one_less))
        assert not turns(rules, snapshot, two, less(swap, swap.amount))


# ------------------------------------------------------------------ no smaller one is passed over

CENTS = st.integers(0, 12).map(lambda n: Fraction(n, 100))


@st.composite
def small_worlds(draw: st.DrawFn) -> tuple[LoadedPack, Snapshot]:
    """Criteria worth a few cents, so that every change there is can be tried."""
    rows = []
    codes = []
    for section in ("I", "II"):
        more = draw(st.sampled_from([{}, {"cap": "0.15"}, {"combine": "highest"}]))
        rows.append(b.criterion(section, **more))
        for place in range(1, draw(st.integers(1, 2)) + 1):
            codes.append(f"{section}.{place}")
            when = {"points": {"of": "I.1", "ge": "0.06"}}
            gate = {"title": "Cổng", "when": when, "keeps": draw(st.sampled_from([0, 50]))}
            gated = section == "II" and draw(st.integers(0, 3)) == 0
            rows.append(b.direct(codes[-1], "0.12", **({"gate": gate} if gated else {})))
    tests = [
        {"total": {"ge": "0.2"}},
        {"every_share": {"ge": 40}},
        {"share": {"of": "I.1", "ge": 50}},
        {"points": {"of": "II", "gt": "0.05"}},
        {"class": {"at_least": "tot"}},
    ]
    if draw(st.booleans()):
        needed = draw(st.sampled_from(tests))
        rows.append(b.award("co", b.fixed(draw(st.integers(0, 2))), requires=needed))
        more = {"excludes": ["co"]} if draw(st.booleans()) else {"scope": "province"}
        rows.append(b.award("bk", b.fixed(1), **more))
        rows.append(b.class_rule("tot", {"no_zero": {"within": ["I"]}}))
        rows.append(b.class_rule("dat", {"always": True}))
    for case in draw(st.sampled_from([(), ("no_zero",), ("every_share",)])):
        when = {"not": {"no_zero": {}}} if case == "no_zero" else {"not": tests[1]}
        rows.append(b.standing_case("x", draw(st.sampled_from(["barred", "held"])), when=when))
    scoring = {
        "round_at": draw(st.sampled_from(["criterion", "section", "total"])),
        "digits": draw(st.sampled_from([1, 2])),
        "rounding": draw(st.sampled_from(["half_up", "down"])),
        "rank_by": draw(st.sampled_from(["total", "percent"])),
        "barred": draw(st.sampled_from(["apart", "ranked"])),
        "not_assigned": draw(st.sampled_from(["exclude", "rescale"])),
    }
    rules = b.pack(*rows, scoring=scoring)
    units = [b.unit(f"u{n}") for n in range(1, draw(st.integers(1, 3)) + 1)]
    units += [b.unit(f"v{n}", "k2") for n in range(1, draw(st.integers(0, 2)) + 1)]
    entries = []
    for unit in (unit.id for unit in units):
        for code in codes:
            kind = draw(st.sampled_from(["typed"] * 5 + ["blank", "not_assigned"]))
            if kind == "typed":
                entries.append(b.entry(unit, code, points=draw(CENTS)))
            elif kind == "not_assigned":
                entries.append(b.entry(unit, code, state="not_assigned"))
    return rules, b.snapshot(units, entries)


@law(40)
@given(small_worlds())
def test_no_smaller_change_of_any_criterion_is_passed_over(
    made: tuple[LoadedPack, Snapshot],
) -> None:
    rules, snapshot = made
    live = Live(snapshot, Packs(rules))
    swaps, levers, step = Swaps(live), Levers(live), step_of(live.assessment)
    for two in pairs(live.assessment):
        found = []
        for unit, up in ((two.behind, True), (two.ahead, False)):
            for lever in levers.of(unit, up=up) if unit is not None else ():
                for steps in range(1, lever.steps(step) + 1):
                    entry = lever.entry(lever.amount(steps, step))
                    if is_turned(live.with_entries([entry]).assessment, two):
                        found.append(lever.amount(steps, step))
                        break
        swap = swaps.between(two)
        assert (None if swap is None else swap.amount) == min(found, default=None)


@law(40)
@given(small_worlds())
def test_a_cluster_alone_gives_changes_as_small_as_in_the_province(
    made: tuple[LoadedPack, Snapshot],
) -> None:
    rules, snapshot = made
    found = firmness_of(Loaded(PackSet(rules), snapshot, ()))
    whole = Swaps(Live(snapshot, Packs(rules)))
    for firm in (*(one for firms in found.rankings.values() for one in firms), *found.awards):
        found_ = whole.between(firm.between)
        assert (firm.swap and firm.swap.amount) == (found_ and found_.amount)
