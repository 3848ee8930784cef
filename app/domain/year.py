"""What a cluster's year keeps beside the facts that are scored.

``snapshot`` holds what an assessment reads; here stand the period as it is kept, the criteria
table that it pins, and the records around the scores: registrations, targets, rounds and their
states, evidence, deadlines, conferences, papers. Ids are short texts, as in a facts file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, Literal

from app.domain.snapshot import Figure, Period


class PeriodState(StrEnum):
    """Whether a year is still worked on; the next may be open while the last is not closed."""

    OPEN = "open"
    CLOSED = "closed"


class TableState(StrEnum):
    """How far a criteria table has come: drawn up, sent for opinions, issued."""

    DRAFT = "draft"
    CONSULTED = "consulted"
    ISSUED = "issued"


class RoundStage(StrEnum):
    """Where one unit stands in one round; a sealed round is changed by nobody."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RECALLED = "recalled"
    ACCEPTED = "accepted"
    SEALED = "sealed"


HANDED_IN: Final = frozenset({RoundStage.SUBMITTED, RoundStage.ACCEPTED, RoundStage.SEALED})
"""The stages in which a unit has done its part of a round."""


class AwardStage(StrEnum):
    """What is known of an award: proposed, decided, or received in an earlier year."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class PeriodRecord:
    """A year as it is kept; ``kind`` is the calendar that it follows."""

    id: str
    name: str
    start: dt.date
    end: dt.date
    kind: Literal["calendar", "school"] = "calendar"
    state: PeriodState = PeriodState.OPEN
    ranking_round: str | None = None

    @property
    def period(self) -> Period:
        """The year as an assessment reads it."""
        return Period(self.name, self.start, self.end)


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """One version of a criteria table: a pack's tree as written, with where it comes from.

    ``digest`` is that of the tree (``app.ground.canonical``); ``base`` names the frame pack that
    it was made from.
    """

    id: str
    version: int
    title: str
    tree: Mapping[str, Any] = field(repr=False)
    digest: str
    state: TableState = TableState.DRAFT
    base: str | None = None
    base_digest: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PinnedTable:
    """A version of a table that a year is scored by; place 1 is the main one."""

    place: int
    table: str
    version: int


@dataclass(frozen=True, slots=True)
class ParameterChoice:
    """An answer to a question that the rule text leaves open, with its reason."""

    parameter: str
    value: Fraction | bool | str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """How a unit came out of another: renamed, moved, merged or split, and on which day."""

    unit: str
    predecessor: str
    predecessor_period: str
    kind: Literal["renamed", "moved", "merged", "split"]
    day: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """A unit's registration or signed pledge, received by the leader and by the department."""

    unit: str
    kind: Literal["registration", "pledge"]
    number: str = ""
    content: str = ""
    signed: dt.date | None = None
    received_by_leader: dt.date | None = None
    received_by_department: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A target that a unit registered, with what was reached at mid-year."""

    unit: str
    code: str
    title: str
    criterion: str | None = None
    plan: Figure | None = None
    measure: str = ""
    half_year: Figure | None = None
    half_year_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RoundState:
    """The stage of one unit's round, since which day, and why it was sent back."""

    unit: str
    round: str
    stage: RoundStage
    since: dt.date | None = None
    reason: str = ""
    submitted: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was asked of a unit about one cell, and its answer."""

    id: str
    unit: str
    criterion: str
    round: str
    question: str
    asked_by: str = ""
    asked: dt.date | None = None
    answer: str | None = None
    answered: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cited document: number, day, issuer, what it is about, the place in it.

    ``sha256`` names the kept file where there is one.
    """

    id: str
    number: str = ""
    date: dt.date | None = None
    issuer: str = ""
    subject: str = ""
    place: str = ""
    sha256: str | None = None
    file_name: str | None = None
    file_size: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A cell that a document supports; one document may support many."""

    evidence: str
    unit: str
    criterion: str
    round: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a duty in this year, for a cluster or (``None``) for all."""

    duty: str
    due: dt.date
    title: str = ""
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class DeadlineException:
    """A named, dated exception that lets one unit finish a duty later."""

    duty: str
    unit: str
    until: dt.date
    reason: str
    granted_by: str = ""


@dataclass(frozen=True, slots=True)
class Attendant:
    """Somebody at a conference, for a unit or as a guest."""

    name: str
    office: str = ""
    unit: str | None = None
    present: bool = True


@dataclass(frozen=True, slots=True)
class Conference:
    """A meeting of the cluster, with day, place and who was there."""

    id: str
    kind: Literal["summary", "mid_year", "preparatory", "other"]
    title: str = ""
    date: dt.date | None = None
    place: str = ""
    cluster: str | None = None
    chair: str = ""
    secretary: str = ""
    attendants: tuple[Attendant, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardRecord:
    """An award of a unit: proposed, decided, or received in an earlier year."""

    id: str
    unit: str
    award: str
    stage: AwardStage
    year: str = ""
    number: str = ""
    date: dt.date | None = None
    issuer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper that left the house, with number, day and the digest of its content."""

    id: str
    kind: str
    title: str = ""
    number: str = ""
    date: dt.date | None = None
    digest: str = ""
    unit: str | None = None
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the workspace: issuer, signer, place …"""

    key: str
    value: str
