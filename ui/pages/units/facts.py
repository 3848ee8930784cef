"""What the page of units shows, frozen; without Qt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from app.domain.snapshot import Figure
from app.domain.year import Registration, Target
from ui.theme.tokens import Tone

ItemKind = Literal["bonus", "deductions"]
FieldKind = Literal["number", "yes_no", "level", "date", "text"]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the list."""

    id: str
    name: str
    cluster: str
    cluster_name: str
    roles: str
    stay: str
    gone: bool
    papers: str
    papers_tone: Tone | None
    papers_icon: str
    targets: int
    missing_notes: int


@dataclass(frozen=True, slots=True)
class RoleMark:
    """A role of the year: whether the unit has it, and who has it otherwise."""

    id: str
    words: str
    held: bool
    holder: str


@dataclass(frozen=True, slots=True)
class Field:
    """A figure that the rules ask for: how it is asked, and what for."""

    name: str
    title: str
    kind: FieldKind
    used_for: str = ""
    levels: tuple[str, ...] = ()
    value: Figure | None = None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A registration or a pledge, there or missing."""

    kind: Literal["registration", "pledge"]
    title: str
    words: str
    tone: Tone
    kept: Registration | None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with its figures as they are printed."""

    kept: Target
    title: str
    plan: str
    half_year: str
    criterion: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A recorded ground for bonus or deduction points."""

    number: int
    kind: ItemKind
    item: str
    title: str
    words: str
    reason: str
    row: Mapping[str, object] = field(compare=False)


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item of the rules that can be recorded, and what is asked about it."""

    id: str
    title: str
    asks_count: bool
    asks_points: bool
    figures: tuple[Field, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One unit with everything that the year keeps about it (history aside)."""

    row: UnitRow
    joined: dt.date | None
    left: dt.date | None
    roles: tuple[RoleMark, ...]
    notes: tuple[Field, ...]
    papers: tuple[PaperRow, ...]
    targets: tuple[TargetRow, ...]
    items: tuple[ItemRow, ...]
    bonus_total: Fraction | None
    deductions_total: Fraction | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened to a unit: when, what, and the details below."""

    when: str
    what: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Where a unit came from, how it stood in other years, and what was done about it."""

    succession: tuple[HistoryLine, ...]
    ranks: tuple[HistoryLine, ...]
    journal: tuple[HistoryLine, ...]
