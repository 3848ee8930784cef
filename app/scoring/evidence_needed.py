"""Which criteria ask for evidence: themselves, by a group above them, or by their slot."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.domain.snapshot import OwnCriterion
from app.rules.pack import RulePack
from app.scoring.frame import below


def needing_evidence(
    rules: RulePack, own_criteria: Iterable[OwnCriterion]
) -> Callable[[str, str], bool]:
    """Whether a unit's criterion asks for evidence, by unit and code."""
    needing = {row.code for row in rules.criteria if row.needs_evidence}
    own = {
        (one.unit, one.code)
        for one in own_criteria
        if any(below(one.slot, code) for code in needing)
    }

    def needs(unit: str, code: str) -> bool:
        return (unit, code) in own or any(below(code, above) for above in needing)

    return needs
