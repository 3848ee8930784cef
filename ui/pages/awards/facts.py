"""What the page of the awards shows, as plain rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.domain.conference import Proposal
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.operations.workspace.consequences import Plan
    from app.operations.workspace.desk import Desk

Make = Callable[["Desk"], "Plan"]
"""Plans an act at a desk."""


@dataclass(frozen=True, slots=True)
class AwardChoice:
    """One award in one cluster, or in the province."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One unit at one award; ``kept`` is the proposal that was made for it."""

    unit: str
    name: str
    order: int
    state: str
    why: str
    tone: Tone
    waits: Literal["", "held", "ballot", "decision"] = ""
    question: str = ""
    kept: Proposal | None = None
    kept_words: str = ""


@dataclass(frozen=True, slots=True)
class AwardView:
    """One award: its places, how they were found, and who stands for them.

    ``council``: its units are chosen by the council, not by rank.
    """

    award: str
    cluster: str | None
    title: str
    places: str
    quota: int | None
    rows: tuple[LineRow, ...]
    council: bool = False


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One case or condition at one unit; ``act`` is what can be recorded about it."""

    id: str
    kind: Literal["case", "condition"]
    group: str
    title: str
    state: str
    tone: Tone
    act: Literal["", "record", "conclude", "tick"]
    held: bool = False


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit: its checklist and what it received before."""

    unit: str
    name: str
    checks: tuple[CheckRow, ...]
    past: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer to a question, with what it would bring."""

    choice: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a place hangs on; ``places`` above 1: so many answers are chosen."""

    id: str
    what: str
    answers: tuple[Answer, ...]
    places: int = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that the council may choose; ``chosen`` where it chose it before."""

    unit: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    """Among whom the council chooses, and at most how many, in words."""

    award: str
    title: str
    limit: str
    units: tuple[Candidate, ...]
