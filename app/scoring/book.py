"""What the awards write down while they are worked."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.snapshot import Ballot
from app.scoring.assessment import AwardLine, AwardState, BallotResult, OpenQuestion, QuotaUsed, Tie
from app.scoring.ladder import Group, Order


@dataclass(slots=True)
class AwardBook:
    """All lines, places, ties, counted ballots and questions of one assessment.

    ``pending``: units of an unsettled tie, by award, with the places still to be given.
    """

    lines: list[AwardLine] = field(default_factory=list)
    quotas: list[QuotaUsed] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    ballots: list[tuple[Ballot, BallotResult]] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)
    pending: dict[str, list[tuple[Group, int]]] = field(default_factory=dict)

    def with_state(self, award: str, *states: AwardState) -> set[str]:
        """The units that stand at an award in one of these states."""
        return {x.unit for x in self.lines if x.award == award and x.state in states}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a unit is no candidate for an award."""

    unit: str
    code: str
    reason: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one award in one place of competition, best first, in tie groups.

    ``order`` is the ranking order of everybody, refused units included; ``ladder`` knows what ties
    have settled between them so far (in the province nothing: it compares points alone).
    """

    groups: tuple[Group, ...]
    refused: tuple[Refusal, ...]
    order: tuple[str, ...]
    ladder: Order
