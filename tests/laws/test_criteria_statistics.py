"""Whatever the pack and the facts: the shares of the spread make up the whole."""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.ground.findings import UserError
from app.scoring.assess import assess
from app.scoring.criteria_health import criteria_health
from app.scoring.criteria_statistics import criteria_statistics
from tests.laws.worlds import seeds, world

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))


def law(examples: int) -> settings:
    return settings(
        max_examples=examples * DOSE, suppress_health_check=list(HealthCheck), deadline=None
    )


@law(60)
@given(seeds)
def test_the_shares_of_criteria_and_rests_add_up_to_one(seed: int) -> None:
    rules, snapshot = world(seed)
    try:
        assessment = assess(snapshot, rules)
    except UserError:
        assume(False)
        return
    for cluster in assessment.clusters:
        found = criteria_statistics(assessment, cluster)
        shares = [one.share for one in found.criteria]
        if not found.rests:
            assert set(shares) <= {None}
            continue
        assert sum((s for s in shares if s is not None), sum(found.rests.values())) == 1
        for one in found.criteria:
            assert one.units == one.scored + one.blank + one.not_assigned + one.not_done
            assert max(one.full, one.zero, one.unproven) <= one.scored
            assert one.unproven <= one.expected <= one.scored
            assert max(one.differing, one.overridden, one.asked) <= one.disputed <= one.units


@law(30)
@given(seeds, st.integers(0, 10**6))
def test_the_order_of_units_and_entries_changes_nothing(seed: int, luck: int) -> None:
    rules, snapshot = world(seed)
    luck_ = Random(luck)
    turned = replace(
        snapshot,
        units=tuple(luck_.sample(snapshot.units, len(snapshot.units))),
        entries=tuple(luck_.sample(snapshot.entries, len(snapshot.entries))),
    )
    try:
        one, other = assess(snapshot, rules), assess(turned, rules)
    except UserError:
        assume(False)
        return
    for cluster, units in one.clusters.items():
        assert criteria_statistics(one, cluster) == criteria_statistics(other, cluster)
        if units:
            first = criteria_health((one, ()), cluster)
            assert criteria_health((other, ()), cluster).rows == first.rows
