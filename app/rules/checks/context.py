"""A pack under check, with the look-ups that the checks share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from app.rules.condition import When
from app.rules.document import LoadedPack
from app.rules.pack import Criterion, RulePack


@dataclass(frozen=True)
class PackUnderCheck:
    """The rules of a pack as a tree of rows."""

    pack: LoadedPack
    as_of: dt.date | None

    @property
    def rules(self) -> RulePack:
        """The resolved rules."""
        return self.pack.rules

    @cached_property
    def rows(self) -> dict[str, Criterion]:
        """The rows by code."""
        return {row.code: row for row in self.rules.criteria}

    @cached_property
    def children(self) -> dict[str, list[Criterion]]:
        """The rows below each code, in the pack's order."""
        children: dict[str, list[Criterion]] = {}
        for row in self.rules.criteria:
            if row.parent is not None:
                children.setdefault(row.parent, []).append(row)
        return children

    @cached_property
    def codes(self) -> set[str]:
        """All codes, those of groups that only the codes name included."""
        return set(self.rows) | set(self.children)

    @property
    def tops(self) -> list[Criterion]:
        """The rows without a parent."""
        return [row for row in self.rules.criteria if row.parent is None]

    def is_leaf(self, row: Criterion) -> bool:
        """Whether a row is scored itself."""
        return row.code not in self.children and row.slot is None

    def leaves(self) -> list[Criterion]:
        """All scored rows."""
        return [row for row in self.rules.criteria if self.is_leaf(row)]

    def maximum(self, row: Criterion) -> Fraction | None:
        """The most that a row gives: named, or what its method or its rows amount to; its cap."""
        found = self._uncapped(row)
        if row.cap is None or found is None:
            return found
        return min(found, Fraction(row.cap))

    def _uncapped(self, row: Criterion) -> Fraction | None:
        if row.max is not None:
            return Fraction(row.max)
        if row.method is not None:
            return row.method.natural_max()
        parts = [self.maximum(c) for c in self.children.get(row.code, []) if not c.substitute_for]
        if not parts or any(p is None for p in parts):
            return None
        known = [p for p in parts if p is not None]
        return max(known) if row.combine == "highest" else sum(known, Fraction(0))

    def conditions(self) -> Iterator[tuple[str, When]]:
        """Every boolean tree of the pack with the place where it stands."""
        for case in self.rules.standing:
            if case.when is not None:
                yield f"standing {case.id}", case.when
        for item in self.rules.conditions:
            if item.when is not None:
                yield f"conditions {item.id}", item.when
        for rule in self.rules.classes:
            yield f"classes {rule.id}", rule.when
        for award in self.rules.awards:
            if award.requires is not None:
                yield f"awards {award.id}", award.requires
        for row in self.rules.criteria:
            if row.gate is not None and row.gate.when is not None:
                yield f"criteria {row.code}", row.gate.when

    def place(self, where: str) -> str:
        """A place in this pack, in the user's words."""
        return f"{self.rules.id}, {where}"
