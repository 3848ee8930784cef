"""All facts of one period, frozen: what goes into an assessment.

Field names follow the facts file (``bangvang-facts/1``). Points and figures are exact
numbers; a missing value is ``None`` and never zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Literal

Figure = Fraction | bool | dt.date | str
"""A number, a yes or no, a calendar date, or a level in words."""

EntryKey = tuple[str, str, str, str | None]
"""Unit, criterion, round and pack of an entry."""

BallotPurpose = Literal["tie", "award", "leader", "deputy", "free"]
BallotForm = Literal["choose", "approve"]


class EntryState(StrEnum):
    """The four states of a cell; zero is a score and none of the others."""

    SCORED = "scored"
    NOT_DONE = "not_done"
    NOT_ASSIGNED = "not_assigned"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Period:
    """An emulation year, calendar or school; both ends belong to it."""

    name: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster (cụm, khối); ``block`` is the kind of cluster that the pack names."""

    id: str
    name: str
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A member of a cluster in this period; ``roles`` are those of the year (leader, deputy)."""

    id: str
    name: str
    cluster: str
    roles: frozenset[str] = frozenset()
    joined: dt.date | None = None
    left: dt.date | None = None
    attributes: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnCriterion:
    """A criterion that a unit registered for itself inside a slot of the frame.

    ``method`` is the method table as a pack would write it; the rules floor reads it.
    """

    unit: str
    slot: str
    code: str
    title: str
    max: Fraction
    method: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one hand entered for one unit and one criterion in one round."""

    unit: str
    criterion: str
    round: str
    state: EntryState = EntryState.SCORED
    figures: Mapping[str, Figure] = field(default_factory=dict)
    points: Fraction | None = None
    reason: str = ""
    evidence: int | None = None
    pack: str | None = None

    @property
    def key(self) -> EntryKey:
        """What tells it from other entries."""
        return (self.unit, self.criterion, self.round, self.pack)


@dataclass(frozen=True, slots=True)
class GivenTotal:
    """A total (or a section's) that stands in where only totals are known."""

    unit: str
    round: str
    points: Fraction
    section: str | None = None


@dataclass(frozen=True, slots=True)
class ItemFact:
    """A ground for bonus or deduction points. ``subject`` names what is rewarded or blamed."""

    unit: str
    item: str
    count: int = 1
    points: Fraction | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    subject: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StandingFact:
    """A recorded case of "không xét", "chưa xét" …; both days belong to its time."""

    unit: str
    case: str
    reference: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the case applies on ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class ConditionFact:
    """A condition beside the rank, ticked as met or not met, with its reference."""

    unit: str
    condition: str
    met: bool
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The counted totals of one ballot; who voted what is never known.

    ``votes`` and ``against`` count the papers of those present, ``written`` and
    ``written_against`` the written opinions of absentees. ``None`` is "not recorded". ``totals``
    are the points that tied when the ballot was opened, ``places`` how many were to be chosen: a
    ballot that names them decides nothing once they are others.
    """

    purpose: BallotPurpose
    award: str | None
    form: BallotForm
    number: int
    votes: Mapping[str, int]
    against: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, int] = field(default_factory=dict)
    written_against: Mapping[str, int] = field(default_factory=dict)
    members: int | None = None
    present: int | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    blank: int | None = None
    written_returned: int | None = None
    cluster: str | None = None
    totals: Mapping[str, Fraction] = field(default_factory=dict)
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What an authority decided on a tie or an open question, with who and on what paper."""

    question: str
    outcome: str
    by: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """Places of an award in this year: a ``count``, or ``percent`` of ``base``."""

    award: str
    count: int | None = None
    percent: Fraction | None = None
    base: int | None = None
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is known of one period."""

    period: Period
    clusters: tuple[Cluster, ...]
    units: tuple[Unit, ...]
    entries: tuple[Entry, ...] = ()
    own_criteria: tuple[OwnCriterion, ...] = ()
    totals: tuple[GivenTotal, ...] = ()
    bonus: tuple[ItemFact, ...] = ()
    deductions: tuple[ItemFact, ...] = ()
    standing: tuple[StandingFact, ...] = ()
    conditions: tuple[ConditionFact, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    decisions: tuple[Decision, ...] = ()
    quotas: tuple[Quota, ...] = ()
    parameters: Mapping[str, Fraction | bool | str] = field(default_factory=dict)
    ranking_round: str | None = None

    def unit(self, unit_id: str) -> Unit:
        """The unit with this id; raises ``KeyError`` where there is none."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise KeyError(unit_id)

    def members(self, cluster_id: str) -> tuple[Unit, ...]:
        """The units of a cluster, in the order of the facts."""
        return tuple(unit for unit in self.units if unit.cluster == cluster_id)
