"""What a condition may look at, and what judging it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.snapshot import Unit
from app.scoring.assessment import CriterionScore, SectionScore, UnitCard
from app.scoring.scene import Scene

if TYPE_CHECKING:
    from app.scoring.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may look at; later stages know more than earlier ones.

    ``cases`` holds the standing cases that were looked at so far. ``other_numbers`` tests the
    exact numbers where the pack tests the published ones, and the other way round.
    """

    scene: Scene
    unit: Unit
    criteria: Mapping[str, CriterionScore]
    sections: Mapping[str, SectionScore]
    card: UnitCard | None = None
    class_id: str | None = None
    rank: int | None = None
    cases: Mapping[str, bool | None] = field(default_factory=dict)
    companions: Mapping[str, Assessment] = field(default_factory=dict)
    other_numbers: bool = False

    def by_other_numbers(self) -> Facts:
        """The same, tested on the other numbers."""
        return Facts(
            self.scene,
            self.unit,
            self.criteria,
            self.sections,
            self.card,
            self.class_id,
            self.rank,
            self.cases,
            self.companions,
            not self.other_numbers,
        )

    @property
    def published(self) -> bool:
        """Whether published numbers are tested, not exact ones."""
        return (self.scene.scoring.class_on == "published") is not self.other_numbers


@dataclass(frozen=True, slots=True)
class Judgement:
    """``truth`` is ``None`` where a fact is not known; ``grounds`` are the codes behind it."""

    truth: bool | None
    grounds: tuple[str, ...] = ()
