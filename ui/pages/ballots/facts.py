"""What the page of the ballots shows, as plain rows."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.snapshot import BallotPurpose
from ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class Due:
    """Something that has to be voted on now."""

    key: str
    purpose: BallotPurpose
    award: str | None
    cluster: str | None
    words: str


@dataclass(frozen=True, slots=True)
class BallotRow:
    """One ballot in the list; ``state`` is what it comes to now."""

    id: str
    title: str
    vote: int
    stage: str
    state: str
    tone: Tone
    why: str

    @property
    def status(self) -> str:
        """How far it is, and what it comes to."""
        if self.state.startswith(self.stage) or not self.state:
            return self.stage
        return f"{self.stage}; {self.state[:1].lower()}{self.state[1:]}"


@dataclass(frozen=True, slots=True)
class CountField:
    """A number that the tellers give: its key in the count, and its words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class VoteRow:
    """Who or what votes are counted for."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Whether a count adds up, and in sentences what does not."""

    holds: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BallotDetail:
    """One ballot: what it decides, how it is counted, its result, and what may be done now."""

    row: BallotRow
    subject: str
    rule: str
    why: str
    lines: tuple[str, ...]
    next_step: str
    counts: tuple[CountField, ...]
    votes: tuple[VoteRow, ...]
    columns: tuple[CountField, ...]
    counted_by: str
    may_count: bool
    may_confirm: bool
    may_recount: bool
    may_cancel: bool
    may_remove: bool = False
