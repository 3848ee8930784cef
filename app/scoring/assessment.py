"""What comes out of an assessment: scorecards, standings, ties, awards and findings.

Field names follow the result (``bangvang-result/1``); ``app.exchange.result`` writes them.
Every number is an exact ``Fraction``; ``points`` and ``total`` are the published (rounded) ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from app.domain.snapshot import EntryState, Figure, Snapshot
from app.domain.step import Step
from app.ground.findings import Finding
from app.rules.document import LoadedPack

AwardState = Literal["proposed", "held", "tied", "reserve", "refused"]
BallotOutcome = Literal["elected", "passed", "failed", "tied", "void", "no_quorum"]


@dataclass(frozen=True, slots=True)
class RoundScore:
    """What one round says of one cell; the computed value is never overwritten.

    ``points`` is what counts in this round: the override, else the computed value, else the
    claim.
    """

    state: EntryState
    figures: Mapping[str, Figure]
    computed: Fraction | None
    claimed: Fraction | None
    override: Fraction | None
    reason: str
    points: Fraction | None
    evidence: int | None = None


def _share(value: Fraction, whole: Fraction) -> Fraction:
    """``value / whole * 100``, brought to lowest terms once; 0 where there is no whole."""
    if not whole:
        return Fraction(0)
    return Fraction(value.numerator * whole.denominator * 100, value.denominator * whole.numerator)


class _Shares:
    """The points of a row in percent of its maximum, worked out once."""

    exact: Fraction
    points: Fraction
    max: Fraction

    @cached_property
    def share(self) -> Fraction:
        """Of the published points."""
        return _share(self.points, self.max)

    @cached_property
    def share_exact(self) -> Fraction:
        """Of the exact points."""
        return _share(self.exact, self.max)


@dataclass(frozen=True)
class CriterionScore(_Shares):
    """One cell as it counts: the round that was used, the points and the reasoning."""

    code: str
    title: str
    label: str
    state: EntryState
    figures: Mapping[str, Figure]
    exact: Fraction
    points: Fraction
    max: Fraction
    round: str | None
    why: Step
    rounds: Mapping[str, RoundScore]
    level: str | None = None
    bars: bool = False
    assigned: bool = True
    plan_percent: Fraction | None = None
    own: bool = False


@dataclass(frozen=True)
class SectionScore(_Shares):
    """A group of criteria at any level; ``max`` is the unit's assigned maximum."""

    code: str
    title: str
    label: str
    exact: Fraction
    points: Fraction
    max: Fraction
    why: Step


@dataclass(frozen=True, slots=True)
class ItemScore:
    """A bonus or deduction item of one unit; ``points`` after all caps."""

    id: str
    title: str
    exact: Fraction
    points: Fraction
    why: Step


@dataclass(frozen=True, slots=True)
class ItemsScore:
    """All bonus, or all deductions, of one unit."""

    items: Mapping[str, ItemScore]
    exact: Fraction
    total: Fraction
    why: Step


@dataclass(frozen=True, slots=True)
class Eligibility:
    """A bar, hold or limit of one unit, with its ground."""

    kind: Literal[
        "barred", "held", "ceiling", "lowered", "failed", "unclassified", "condition_unmet"
    ]
    case: str
    title: str
    clause: str | None
    derived_from: str
    awards: tuple[str, ...] = ()
    ranked: bool = True


@dataclass(frozen=True, slots=True)
class UnitCard:
    """One unit's scorecard: criteria, sections, items and the total.

    ``base_total`` is the total without bonus, ``before_deductions`` the one before deductions,
    each beside its exact value. ``percent`` is the total in percent of the assigned maximum of the
    table; bonus above the table counts in ``own_max`` alone. ``unrounded`` is the total as it were
    without any rounding; ``given_sections`` are sections whose total was sent.
    """

    unit: str
    criteria: Mapping[str, CriterionScore]
    sections: Mapping[str, SectionScore]
    bonus: ItemsScore
    deductions: ItemsScore
    total_exact: Fraction
    total: Fraction
    base_total: Fraction
    before_deductions: Fraction
    own_max: Fraction
    percent: Fraction | None
    why: Step
    given_total: bool = False
    given_sections: tuple[str, ...] = ()
    base_exact: Fraction = Fraction(0)
    before_exact: Fraction = Fraction(0)
    unrounded: Fraction = Fraction(0)

    @property
    def blanks(self) -> tuple[str, ...]:
        """The criteria that are still to be scored, those under a total that was sent left out."""
        if self.given_total:
            return ()
        return tuple(
            score.code
            for score in self.criteria.values()
            if score.state is EntryState.BLANK
            and not any(
                score.code == code or score.code.startswith(code + ".")
                for code in self.given_sections
            )
        )


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A scorecard with its standing among the others."""

    card: UnitCard
    class_id: str | None
    class_title: str | None
    class_reason: str
    rank: int | None
    rank_among_eligible: int | None
    rank_decided_by: str | None
    tied_with: tuple[str, ...]
    eligibility: tuple[Eligibility, ...]


@dataclass(frozen=True, slots=True)
class QuotaUsed:
    """The places of one award in one cluster (or the province) and how they were found."""

    award: str
    cluster: str | None
    base: int | None
    exact: Fraction | None
    count: int | None
    source: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One unit at one award: proposed, held, tied, reserve or refused, with the reason."""

    award: str
    title: str
    unit: str
    cluster: str
    state: AwardState
    reason_code: str
    reason: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class Tie:
    """Equal units across an award cut-off, and what settled it.

    ``totals`` are what the units tie with. Where the tie is open, ``level`` are still level for
    ``places_left`` places, ``step`` is what the chain asks for next and ``vote`` the number of
    the ballot that it asks for. These five stand in no result file.
    """

    id: str
    units: tuple[str, ...]
    award: str
    cluster: str | None
    places: int
    resolved_by: Literal["ballot", "keys", "decision"] | None
    winner: str | None
    winners: tuple[str, ...]
    how: str
    clause: str | None
    totals: Mapping[str, Fraction] = field(default_factory=dict)
    level: tuple[str, ...] = ()
    places_left: int = 0
    step: Literal["ballot", "keys", "authority"] | None = None
    vote: int = 0


@dataclass(frozen=True, slots=True)
class QuorumResult:
    """Whether enough took part."""

    base: int
    needed: int
    present: int
    met: bool


@dataclass(frozen=True, slots=True)
class BallotResult:
    """A counted ballot; ``votes`` include written opinions."""

    purpose: str
    award: str | None
    number: int
    base: str
    base_count: int | None
    needed: int | None
    quorum: QuorumResult | None
    votes: Mapping[str, int]
    outcome: BallotOutcome
    elected: tuple[str, ...]
    why: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """A possible answer to an open question and what it would bring."""

    choice: str
    effect: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the text leaves open here; the result stays provisional until it is decided."""

    id: str
    parameter: str
    units: tuple[str, ...]
    what: str
    outcomes: tuple[QuestionOutcome, ...]


@dataclass(frozen=True, slots=True)
class PackUsed:
    """A pack that took part."""

    id: str
    version: str
    digest: str
    role: Literal["main", "overlay", "companion"]


@dataclass(frozen=True, slots=True)
class ParameterUsed:
    """A parameter with the value in force, where it comes from, and the pack's note."""

    id: str
    title: str
    value: bool | str | Fraction | None
    source: Literal["pack", "facts", "open"]
    clause: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of one period under its packs.

    ``clusters`` lists the units of each cluster in ranking order: ranked ones first, then
    those listed apart.
    """

    snapshot: Snapshot
    pack: LoadedPack
    ranking_round: str
    scored_round: str
    provisional: bool
    why_provisional: tuple[str, ...]
    packs: tuple[PackUsed, ...]
    parameters: Mapping[str, ParameterUsed]
    units: Mapping[str, UnitResult]
    clusters: Mapping[str, tuple[str, ...]]
    quotas: tuple[QuotaUsed, ...]
    awards: tuple[AwardLine, ...]
    ties: tuple[Tie, ...]
    ballots: tuple[BallotResult, ...]
    open_questions: tuple[OpenQuestion, ...]
    findings: tuple[Finding, ...]
    companions: Mapping[str, Assessment] = field(default_factory=dict)
