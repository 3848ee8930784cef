"""What the grid of scores shows, without Qt: lines of the table, lanes of units, and cells.

A *line* is a section, a criterion or an item of bonus or deduction; a *lane* is one unit in one
round. Which of them are rows and which are columns is the officer's choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ui.theme.tokens import Tone


class LineKind(StrEnum):
    """What stands on a line."""

    SECTION = "section"
    CRITERION = "criterion"
    ITEMS = "items"
    ITEM = "item"


class CellState(StrEnum):
    """How a cell looks. ``ABSENT``: this hand does not score this unit here; ``SUM``: a sum."""

    SCORED = "scored"
    BLANK = "blank"
    NOT_ASSIGNED = "not_assigned"
    NOT_DONE = "not_done"
    ABSENT = "absent"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``key`` tells it from all others, ``pack`` names a companion.

    ``own``: units registered it for themselves, each with its own title.
    """

    key: str
    kind: LineKind
    code: str
    label: str
    title: str
    max: str
    depth: int
    pack: str | None = None
    own: bool = False

    @property
    def scored(self) -> bool:
        """Whether cells of this line can be typed."""
        return self.kind is LineKind.CRITERION

    @property
    def folds(self) -> bool:
        """Whether other lines stand below this one."""
        return self.kind in (LineKind.SECTION, LineKind.ITEMS)

    @property
    def name(self) -> str:
        """Label and title as they are read."""
        return f"{self.label}. {self.title}" if self.label else self.title


@dataclass(frozen=True, slots=True)
class Lane:
    """One unit in one round; ``editing``: this is the round that is being scored."""

    unit: str
    unit_name: str
    round: str
    round_title: str
    editing: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as it is drawn. ``small`` stands above: what the unit said, and the difference."""

    text: str
    state: CellState
    small: str = ""
    editable: bool = False
    changed: bool = False
    tone: Tone | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class SumView:
    """What a unit's lane comes to: the total, the rank and the class as texts."""

    total: str
    rank: str
    tip: str = ""


class GridSource(Protocol):
    """Who knows what the grid shows."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines in sight, folded ones left out."""

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The units in their shown rounds."""

    @property
    def lines_are_rows(self) -> bool:
        """Which way round the grid stands."""

    def cell(self, line: Line, lane: Lane) -> CellView:
        """One cell."""

    def sums(self, lane: Lane) -> SumView:
        """Total and rank of a lane's unit."""

    def is_folded(self, line: Line) -> bool:
        """Whether the lines below this one are hidden."""

    def head_tip(self, line: Line) -> str:
        """What a line is, in full."""
