"""Keys that order units with equal totals: in the ranking itself, or in a tie at the cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from app.ground.findings import Findings
from app.ground.text import same_words
from app.rules.condition import Key
from app.scoring.assessment import UnitCard
from app.scoring.cards import score_unit
from app.scoring.scene import Scene

if TYPE_CHECKING:
    from app.scoring.standings import Standing

ZERO = Fraction(0)


class RankKey:
    """One key of a pack; higher stands first, ``lower`` and ``at`` worked in."""

    def __init__(self, scene: Scene, key: Key) -> None:
        self.scene = scene
        self.key = key
        self.unknown: list[str] = []

    @property
    def name(self) -> str:
        """What the key is called in an explanation."""
        return self.key.title or self.key.of or self.key.by

    def value(self, standing: Standing) -> Fraction | None:
        """The number that the key compares; ``None`` where nobody recorded it."""
        found = self._raw(standing)
        if found is None:
            self.unknown.append(standing.unit.id)
            return None
        if self.key.at is not None:
            found = Fraction(1 if self.key.at.holds(found) else 0)
        return -found if self.key.lower else found

    def tell_unknown(self, concerned: Sequence[str]) -> None:
        """A finding where a unit with equal points stands last only because this is unknown."""
        for unit in self.unknown:
            if unit in concerned:
                self.scene.findings.warning(
                    "key_unknown",
                    f"{self.scene.units[unit].name} ({unit})",
                    f"Chưa ghi số liệu để xét thứ tự ưu tiên “{self.name}”; đơn vị được xếp sau.",
                    "Ghi số liệu này (attributes của đơn vị, hoặc điểm của tiêu chí).",
                )

    def _raw(self, standing: Standing) -> Fraction | None:
        card, of = standing.card, self.key.of or ""
        row = card.criteria.get(of) or card.sections.get(of)
        match self.key.by:
            case "points":
                return row.points if row is not None else None
            case "share":
                return row.exact / row.max if row is not None and row.max else None
            case "exact_total":
                return card.unrounded
            case "before_bonus":
                return card.base_total
            case "before_deductions":
                return card.before_deductions
            case "bonus":
                items = card.bonus.items
                if not of:
                    return card.bonus.total
                return items[of].points if of in items else ZERO
            case "deductions":
                return card.deductions.total
            case "round_total":
                return self._round_total(standing)
            case "level":
                return self._level(card)
            case "attribute":
                value = standing.unit.attributes.get(of)
                if isinstance(value, bool):
                    return Fraction(int(value))
                if isinstance(value, str):
                    return self._on_scale(value)
                return value if isinstance(value, Fraction) else None

    def _round_total(self, standing: Standing) -> Fraction | None:
        """The total as it would be if that round ranked; ``None`` where it has no entries."""
        scene = self._in_that_round
        if scene.scored_round != self.key.of:
            return None
        with scene.apart(("round", self.key.of)):
            return score_unit(scene, standing.unit).card.total

    @cached_property
    def _in_that_round(self) -> Scene:
        snapshot = replace(self.scene.snapshot, ranking_round=self.key.of)
        return replace(self.scene, snapshot=snapshot, findings=Findings())

    def _level(self, card: UnitCard) -> Fraction | None:
        score = card.criteria.get(self.key.of or "")
        return None if score is None or score.level is None else self._on_scale(score.level)

    def _on_scale(self, level: str) -> Fraction | None:
        scale = next((s for s in self.scene.rules.scales if s.id == self.key.scale), None)
        names = scale.levels if scale is not None else ()
        return next((Fraction(-i) for i, n in enumerate(names) if same_words(n, level)), None)
