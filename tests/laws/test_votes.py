"""Laws of votes: they part those who were in them and nobody else, and places follow.

Units of few different totals, barred, held or short of a condition here and there, stand for three
awards; every tie is voted on in turn, one place at a time as the awards ask. More:
``BANGVANG_DOSE=20`` multiplies the examples.
"""

from __future__ import annotations

import os
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.scoring.assessment import Assessment, Tie
from tests.builders import (
    assess,
    award,
    ballot,
    condition_item,
    direct,
    entry,
    fixed,
    pack,
    snapshot,
    standing,
    standing_case,
    ticked,
    units,
)

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
STATES = ("", "", "", "kx", "cx", "vuot", "gioi")
CHAIN = {"chain": [{"step": "ballot"}]}


class Meeting:
    """A cluster with its awards, and the votes held so far."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.size = data.draw(st.integers(3, 6))
        self.names = [f"u{n}" for n in range(1, self.size + 1)]
        points = [data.draw(st.sampled_from([8, 9, 9])) for _ in self.names]
        self.entries = [entry(u, "1", points=p) for u, p in zip(self.names, points, strict=True)]
        states = {u: data.draw(st.sampled_from(STATES)) for u in self.names}
        self.facts: list[Any] = [standing(u, s) for u, s in states.items() if s in ("kx", "cx")]
        for name, conditions in product(self.names, ("vuot", "gioi")):
            self.facts.append(ticked(name, conditions, met=states[name] != conditions))
        held = data.draw(st.sampled_from(["hold", "pass_on"]))
        places, more = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 3))
        besides = data.draw(st.sampled_from([{}, {"excludes": ["co"]}]))
        self.rules = pack(
            direct("1", 10),
            award("co", fixed(1), conditions=["vuot"], held=held),
            award("bk", fixed(places), conditions=["gioi"], held=held, reserve=1, **besides),
            award("ld", fixed(more), held=held, reserve=1, excludes=["bk"]),
            condition_item("vuot"),
            condition_item("gioi"),
            standing_case("kx", "barred", ranked=True),
            standing_case("cx", "held"),
            ties=CHAIN,
        )

    def result(self) -> Assessment:
        return assess(snapshot(units(self.size), self.facts, self.entries), self.rules)

    def vote(self, tie: Tie) -> None:
        """Everybody gets another number of votes, in an order that is drawn."""
        order = self.data.draw(st.permutations(tie.level))
        votes: dict[str, Any] = {u: n for n, u in enumerate(order)}
        self.facts.append(ballot("tie", tie.award, **votes))


def laws_hold(done: Assessment) -> None:
    ranks = {u: r.rank for u, r in done.units.items() if r.rank is not None}
    totals = {u: done.units[u].card.total for u in ranks}
    losers = {u for t in done.ties if t.winners for u in t.units if u not in t.winners}
    for unit, rank in ranks.items():
        by_points = 1 + sum(other > totals[unit] for other in totals.values())
        assert rank == by_points or (unit in losers and rank > by_points)
        assert rank == 1 + sum(other < rank for other in ranks.values())
        level = {u for u in ranks if ranks[u] == rank and u != unit}
        assert set(done.units[unit].tied_with) == level
        assert {totals[u] for u in level} <= {totals[unit]}
    for tie in done.ties:
        for won, lost in product(tie.winners, set(tie.units) - set(tie.winners)):
            assert tie.winners == () or ranks[won] < ranks[lost]
    for line in done.awards:
        stays_out = [x for x in done.awards if x.award == line.award and x.state == "reserve"]
        if line.state in ("proposed", "held"):
            assert all(ranks[line.unit] <= ranks[out.unit] for out in stays_out)


@settings(max_examples=60 * DOSE, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_votes_part_those_who_were_in_them_and_nobody_else(data: st.DataObject) -> None:
    meeting = Meeting(data)
    done = meeting.result()
    laws_hold(done)
    settled: dict[str, tuple[str, ...]] = {}
    while waits := [tie for tie in done.ties if tie.resolved_by is None]:
        meeting.vote(waits[0])
        done = meeting.result()
        laws_hold(done)
        now = {tie.id: tie.winners for tie in done.ties if tie.resolved_by is not None}
        assert settled.items() <= now.items(), "a later vote undid an earlier one"
        assert len(now) > len(settled), "the vote settled nothing"
        settled = now
    for award_id in ("co", "bk", "ld"):
        taken = [x for x in done.awards if x.award == award_id and x.state in ("proposed", "held")]
        count = next(q.count for q in done.quotas if q.award == award_id)
        assert count is not None
        assert len(taken) <= count
