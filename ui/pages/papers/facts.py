"""What the page of the papers shows, as plain facts."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.papers import Wording
from app.ground.findings import Finding
from app.reports.papers.data import Subject
from app.reports.papers.paper import Part
from ui.places import Place
from ui.theme.tokens import Tone

Key = tuple[str, str]
"""A paper and the unit, ballot or conference that it is made for ("" for the whole cluster)."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A kind of paper with those for whom it can be made, and how far they have come."""

    id: str
    title: str
    part: Part
    whom: str
    subjects: tuple[Subject, ...]
    state: str
    tone: Tone
    tip: str

    @property
    def name(self) -> str:
        """As it is listed."""
        return f"{self.title} · {self.whom}" if self.whom else self.title

    @property
    def keys(self) -> tuple[Key, ...]:
        """All papers of this kind."""
        return tuple((self.id, subject.id) for subject in self.subjects)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper is a draft; ``place`` is where it is mended, ``verb`` the button to go there."""

    words: str
    place: Place | None = None
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one paper has come."""

    words: str
    tone: Tone
    reasons: tuple[Reason, ...] = ()
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper as it would be printed now, with what is wrong with its wording."""

    pdf: bytes
    standing: Standing
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """Something to fill in: its name in the wording, how it is asked for, what stands there."""

    name: str
    words: str
    kind: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that a wording may use, and what it gives now."""

    name: str
    gives: str
    alone: bool

    @property
    def mark(self) -> str:
        """As it is written into a wording."""
        return f"«{self.name}»"


@dataclass(frozen=True, slots=True)
class WordingFacts:
    """The wording of a paper, whether it is the shipped one, and the places that it may use."""

    wording: Wording
    shipped: bool
    places: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class SetCount:
    """How many papers a set has, and how many of them are not ready."""

    papers: int
    drafts: int
    blank: int


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What a PDF that came back is worth: a verdict, sentences, what must be looked at."""

    file: str
    verdict: str
    tone: Tone
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]
