"""What surrounds the conference at the year's end: ballots, activities, duties, proposals.

The counted totals of a ballot are facts (``snapshot.Ballot``); here stands the sheet that they
were counted on: what was voted on, who told the votes, who confirmed them. Who voted what, and
the order of the papers, is kept nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from app.domain.snapshot import BallotForm, BallotPurpose


class BallotStage(StrEnum):
    """How far a ballot has come; nobody changes a confirmed one, it can only be cancelled."""

    OPENED = "opened"
    COUNTED = "counted"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class DutyStage(StrEnum):
    """Whether a duty of process was done, or is none of this holder's in this year."""

    DONE = "done"
    UNDONE = "undone"
    NOT_APPLICABLE = "not_applicable"


class ProposalState(StrEnum):
    """What became of a proposal after the conference."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    BARRED = "barred"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who or what a ballot can be cast for; ``key`` is a unit's id, or any name in a free one.

    ``name`` is what the paper prints: the unit's name, or the person who stands for it.
    """

    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class BallotSheet:
    """One ballot from its opening to its confirmation.

    ``question`` is the tie that it was opened for, ``totals`` the points that tied then, and
    ``places`` how many were to be chosen. ``ballot`` is the number of the counted ballot among
    the facts, ``reason`` why it was cancelled or counted anew.
    """

    id: str
    purpose: BallotPurpose
    form: BallotForm
    vote: int = 1
    stage: BallotStage = BallotStage.OPENED
    title: str = ""
    award: str | None = None
    cluster: str | None = None
    candidates: tuple[Candidate, ...] = ()
    places: int = 1
    question: str = ""
    totals: Mapping[str, Fraction] = field(default_factory=dict)
    tellers: tuple[str, ...] = ()
    conference: str | None = None
    opened_by: str = ""
    opened_on: dt.date | None = None
    counted_by: str = ""
    counted_on: dt.date | None = None
    confirmed_by: str = ""
    confirmed_on: dt.date | None = None
    ballot: int | None = None
    reason: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The candidates as votes name them, in the order of the paper."""
        return tuple(candidate.key for candidate in self.candidates)


@dataclass(frozen=True, slots=True)
class Activity:
    """A movement, a joint activity, an exemplar, an inspection, of a unit or of a cluster.

    ``chosen_to_report``: an exemplar that was chosen to report at the conference.
    """

    id: str
    kind: Literal["movement", "joint_activity", "exemplar", "inspection", "other"]
    title: str = ""
    unit: str | None = None
    cluster: str | None = None
    date: dt.date | None = None
    document: str = ""
    note: str = ""
    chosen_to_report: bool = False


@dataclass(frozen=True, slots=True)
class DutyState:
    """Whether a duty was done by its holder: a unit, or a role of the year in a cluster."""

    duty: str
    holder: str
    state: DutyStage = DutyStage.UNDONE
    cluster: str | None = None
    date: dt.date | None = None
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit proposed for an award, pinned to the state of the data that said so.

    ``digest`` is that of the result, ``head`` that of the journal when it was made; ``replaces``
    names the proposal whose place it took. ``reason`` and ``reference`` say why it last changed.
    """

    id: str
    award: str
    unit: str
    state: ProposalState = ProposalState.PROPOSED
    cluster: str | None = None
    place: int | None = None
    digest: str = ""
    head: str = ""
    made_by: str = ""
    made_on: dt.date | None = None
    changed_by: str = ""
    changed_on: dt.date | None = None
    reason: str = ""
    reference: str = ""
    replaces: str | None = None
