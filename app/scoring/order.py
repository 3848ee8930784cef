"""Facts in one fixed order: what stands where in the files changes no result."""

from __future__ import annotations

from dataclasses import replace

from app.domain.snapshot import Ballot, ItemFact, Snapshot
from app.ground.text import natural_key


def in_fixed_order(snapshot: Snapshot) -> Snapshot:
    """The same facts, each list sorted by what its rows are about.

    Entries need no order: there is one for a unit, a criterion and a round.
    """
    return replace(
        snapshot,
        clusters=tuple(sorted(snapshot.clusters, key=lambda c: natural_key(c.id))),
        units=tuple(sorted(snapshot.units, key=lambda u: natural_key(u.id))),
        own_criteria=tuple(sorted(snapshot.own_criteria, key=lambda o: natural_key(o.code))),
        bonus=tuple(sorted(snapshot.bonus, key=_of_item)),
        deductions=tuple(sorted(snapshot.deductions, key=_of_item)),
        standing=tuple(
            sorted(snapshot.standing, key=lambda s: (s.case, s.reference, str(s.since)))
        ),
        conditions=tuple(sorted(snapshot.conditions, key=lambda c: (c.condition, c.met))),
        ballots=tuple(sorted(snapshot.ballots, key=_of_ballot)),
        decisions=tuple(sorted(snapshot.decisions, key=lambda d: d.question)),
        quotas=tuple(sorted(snapshot.quotas, key=lambda q: (q.award, q.cluster or ""))),
    )


def _of_item(fact: ItemFact) -> tuple[object, ...]:
    figures = sorted((name, str(value)) for name, value in fact.figures.items())
    points = -1 if fact.points is None else fact.points
    return (fact.unit, fact.item, fact.subject, fact.reason, fact.count, points, figures)


def _of_ballot(ballot: Ballot) -> tuple[str, str, int, str]:
    """By purpose, award and number; ballots that share these by everything that was counted."""
    counted = (
        *(
            sorted(votes.items())
            for votes in (ballot.votes, ballot.against, ballot.written, ballot.written_against)
        ),
        ballot.form,
        ballot.cluster,
        ballot.members,
        ballot.present,
        ballot.issued,
        ballot.returned,
        ballot.valid,
        ballot.invalid,
        ballot.blank,
        ballot.written_returned,
        sorted(ballot.totals.items()),
        ballot.places,
    )
    return (ballot.purpose, ballot.award or "", ballot.number, repr(counted))
