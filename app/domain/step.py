"""A step of reasoning: the value, how it came about, and the clause that says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class StepRule(StrEnum):
    """What a step does with its parts. Only ``SUM`` promises that the parts add up."""

    SUM = "sum"
    GIVEN = "given"
    FORMULA = "formula"
    TABLE = "table"
    CAP = "cap"
    ROUND = "round"
    RESCALE = "rescale"
    HIGHEST = "highest"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class Step:
    """One number with its explanation; the result of scoring *is* a tree of these.

    ``how`` is one Vietnamese sentence; ``clause`` the id of a clause of the pack. With
    ``rule`` = ``SUM`` the values of ``parts`` add up to ``value``; any other rule names what
    was done to them (a cap, a rounding, a table).
    """

    value: Fraction
    how: str
    clause: str | None
    rule: StepRule
    parts: tuple[Step, ...] = ()

    def with_clause(self, clause: str | None) -> Step:
        """The same step, citing ``clause`` wherever nothing was cited."""
        if clause is None:
            return self
        return Step(
            self.value,
            self.how,
            self.clause or clause,
            self.rule,
            tuple(part.with_clause(clause) for part in self.parts),
        )
