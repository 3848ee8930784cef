"""What every method is: the figures that it needs and how they become points.

A method is a frozen table of a pack. ``score`` receives the figures of one unit (and, for
comparisons, those of the others) and answers with an ``Outcome``; it never raises on figures
and never guesses: where the text gives no answer it says ``Undecided``.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar, Literal, get_args

from app.domain.snapshot import Figure
from app.domain.step import Step, StepRule
from app.ground.numbers import vietnamese
from app.rules.base import PackModel, is_open, open_parameter


class FigureKind(StrEnum):
    """The type of a figure."""

    NUMBER = "number"
    COUNT = "count"
    YES_NO = "yes_no"
    LEVEL = "level"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A figure that a method needs: its name in the facts, its kind, its Vietnamese title."""

    name: str
    kind: FigureKind
    title: str
    required: bool = True
    choices: tuple[str, ...] = ()

    def given(self, figures: Mapping[str, Figure]) -> bool:
        """Whether ``figures`` hold this one, of its kind; anything else is not given."""
        value = figures.get(self.name)
        match self.kind:
            case FigureKind.NUMBER:
                return isinstance(value, Fraction)
            case FigureKind.COUNT:
                return isinstance(value, Fraction) and value.denominator == 1 and value >= 0
            case FigureKind.YES_NO:
                return isinstance(value, bool)
            case FigureKind.LEVEL:
                return isinstance(value, str)
            case FigureKind.DATE:
                return isinstance(value, dt.date)


class Peers(dict[str, Mapping[str, Figure]]):
    """The figures of all units that are compared on one criterion, by unit.

    ``of_method`` is what a method measured of them last, worked out once for all of the units.
    """

    of_method: tuple[MethodModel, Mapping[str, Fraction]] | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a method may look at: the criterion's maximum, own figures, the others' figures.

    ``peers`` maps every unit with an entry in this round, the own one included, to its
    figures; a comparative method reads no other round.
    """

    unit: str
    max: Fraction
    figures: Mapping[str, Figure]
    peers: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    clause: str | None = None

    def number(self, name: str) -> Fraction | None:
        """A figure as a number, or ``None`` where it was not given."""
        return number_of(self.figures, name)


def number_of(figures: Mapping[str, Figure], name: str) -> Fraction | None:
    """The number called ``name``; ``None`` where it is missing or not a number."""
    value = figures.get(name)
    return value if isinstance(value, Fraction) else None


@dataclass(frozen=True, slots=True)
class Scored:
    """Points with their explanation; ``level`` and ``bars`` where a level was chosen."""

    step: Step
    level: str | None = None
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Lacking:
    """Figures that are missing: the cell stays unfinished."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inapplicable:
    """The text says that the criterion does not apply to such figures (N = 0)."""

    how: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """The text gives no answer: ``parameter`` would, and ``options`` says how.

    An option may lead to the next question. With ``gap`` no band covers the figure; a decision
    then names the points.
    """

    parameter: str
    what: str
    options: Mapping[str, Scored | Inapplicable | Undecided] = field(default_factory=dict)
    gap: bool = False


Outcome = Scored | Lacking | Inapplicable | Undecided

_SOME_MAXIMUM, _ANOTHER = Fraction(10**9), Fraction(10**12)


class MethodModel(PackModel, ABC):
    """Base of all methods. ``formula`` and ``edges`` are printed on the page of methods."""

    title: ClassVar[str]
    formula: ClassVar[str]
    edges: ClassVar[str]
    comparative: ClassVar[bool] = False
    monotone: ClassVar[bool] = False
    """Whether more achieved never scores less (a law that is tested)."""

    kind: str

    @property
    def compares(self) -> bool:
        """Whether the other units' figures are looked at."""
        return self.comparative

    @abstractmethod
    def figure_specs(self) -> tuple[FigureSpec, ...]:
        """The figures that this method needs, in the order in which they are asked for."""

    @abstractmethod
    def score(self, given: Given) -> Outcome:
        """The points of one unit; see ``Given`` and ``Outcome``."""

    def lacking(self, given: Given) -> Lacking | None:
        """The required figures that were not given, if any."""
        names = tuple(
            s.name for s in self.figure_specs() if s.required and not s.given(given.figures)
        )
        return Lacking(names) if names else None

    def called(self, names: Iterable[str]) -> str:
        """Figures as sentences name them: “Kế hoạch”, “Thực hiện”."""
        titles = {"points": "Điểm", **{s.name: s.title for s in self.figure_specs()}}
        return ", ".join(f"“{titles.get(name, name)}”" for name in names)

    def reach(self, maximum: Fraction) -> Fraction | None:
        """The most points that the method can give, or ``None`` where that is the maximum."""
        return None

    def natural_max(self) -> Fraction | None:
        """The most points that the method can give where that depends on no maximum."""
        most = self.reach(_SOME_MAXIMUM)
        return most if most == self.reach(_ANOTHER) else None

    def undecided(self, setting: str, given: Given, what: str) -> Undecided:
        """The open question of ``setting``, worked through for each value that it may take."""
        value = getattr(self, setting)
        options: dict[str, Scored | Inapplicable | Undecided] = {}
        for choice in choices_of(type(self), setting):
            outcome = self.model_copy(update={setting: choice}).score(given)
            if not isinstance(outcome, Lacking):
                options[choice] = outcome
        return Undecided(open_parameter(value, setting), what, options)


def choices_of(model: type[PackModel], setting: str) -> tuple[str, ...]:
    """The named values of a setting, in the order of the format (``open`` left out)."""
    found: list[str] = []

    def walk(annotation: Any) -> None:
        for arg in get_args(annotation):
            if isinstance(arg, str) and not is_open(arg):
                found.append(arg)
            elif not isinstance(arg, str):
                walk(arg)

    walk(model.model_fields[setting].annotation)
    return tuple(dict.fromkeys(found))


def given_step(title: str, value: Fraction, unit: str = "") -> Step:
    """A figure as a leaf of the explanation."""
    return Step(value, f"{title}: {vietnamese(value)}{unit}", None, StepRule.GIVEN)


def show(value: Fraction, digits: int = 4) -> str:
    """A number inside a sentence: in full where short, otherwise rounded with ≈."""
    return _shown(value.numerator, value.denominator, digits)


@lru_cache(maxsize=10_000)
def _shown(numerator: int, denominator: int, digits: int) -> str:
    value = Fraction(numerator, denominator)
    text = vietnamese(value)
    if "/" in text or len(text.partition(",")[2]) > digits:
        return "≈ " + vietnamese(value, digits)
    return text


def date_words(day: dt.date) -> str:
    """A date as it is printed: 20/12/2026."""
    return f"{day:%d/%m/%Y}"


Direction = Literal["higher", "lower"]
