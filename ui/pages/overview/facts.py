"""What the overview shows, frozen; made by ``presenter`` and ``reading``, without Qt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from ui.places import Place
from ui.theme.tokens import Tone


class OwnAct(StrEnum):
    """What is done on the overview itself, when it is the next thing of the year."""

    NONE = "none"
    MID_YEAR = "mid_year"
    SUMMARY = "summary"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class NextCard:
    """The one thing to do next: what blocks it, and the button that goes there."""

    over: str
    title: str
    sentence: str
    tone: Tone
    verb: str = ""
    picture: str = ""
    place: Place | None = None
    act: OwnAct = OwnAct.NONE
    deadline: str = ""
    deadline_tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step of the year in the strip: its state in a word, and where it is done."""

    id: str
    title: str
    state: str
    tone: Tone
    icon: str
    missing: str
    place: Place | None
    act: OwnAct
    is_next: bool


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Where one unit stands in one round."""

    words: str
    tone: Tone | None
    icon: str
    tip: str
    place: Place | None
    order: int = 0


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One unit across the steps that it has a part in."""

    unit: str
    name: str
    cluster: str
    note: str
    registered: MatrixCell
    rounds: tuple[MatrixCell, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class RoundHead:
    """A round as a head of the matrix."""

    id: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class RankRow:
    """One unit in the ranking as it is now."""

    unit: str
    rank: str
    name: str
    cluster: str
    total: str
    note: str


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline in words, for one cluster or several with the same day."""

    duty: str
    clusters: tuple[str | None, ...]
    due: dt.date
    title: str
    left: str
    tone: Tone | None
    icon: str
    whose: str
    pressing: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that some units have not sent: what, and who."""

    what: str
    names: tuple[str, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Start:
    """One of the first things to do in a year that is still empty."""

    title: str
    words: str
    verb: str
    picture: str
    place: Place


@dataclass(frozen=True, slots=True)
class Asked:
    """An explanation that a unit still owes."""

    unit: str
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the overview shows of one year.

    One that is not ``dated`` leaves out what belongs to the day on which it is seen: the next
    thing to do and how far the deadlines are.
    """

    sentence: str
    card: NextCard
    steps: tuple[StepMark, ...]
    heads: tuple[RoundHead, ...]
    rows: tuple[MatrixRow, ...]
    several_clusters: bool
    ranking: tuple[RankRow, ...]
    ranking_title: str
    provisional: bool
    why: tuple[str, ...]
    deadlines: tuple[DeadlineRow, ...]
    rules_have_days: bool
    gaps: tuple[Gap, ...]
    starts: tuple[Start, ...]
    asked: tuple[Asked, ...]
    may_write: bool
    dated: bool = True
