"""What is examined before a pack is used. The list of checks *is* the list of what a pack owes.

Each check is a function of one file of this room: ``references`` (ids that point nowhere or stand
twice), ``structure`` (codes, circles, what is asked before it is known), ``conditions`` (tests and
ranges that say nothing), ``frame`` (sums against the frame, added criteria, own maxima),
``methods`` (gaps and overlaps of bands, methods above or below their maximum), ``thresholds`` (what
nobody can reach), ``sources`` (clauses, expired and lecture sources, open parameters).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.ground.findings import Finding, Findings
from app.rules.checks.conditions import ranges, says_something
from app.rules.checks.context import PackUnderCheck
from app.rules.checks.frame import (
    SectionFrame,
    added_criteria,
    frames,
    given_criteria,
    own_maxima,
    sums,
)
from app.rules.checks.methods import bands, choices, items, reach, scored_somewhere
from app.rules.checks.references import duplicates, unknown_references
from app.rules.checks.sources import citations, open_parameters, validity
from app.rules.checks.structure import circles, codes, idle_keys, too_early, waterfall
from app.rules.checks.thresholds import classes, places, thresholds
from app.rules.document import LoadedPack


@dataclass(frozen=True, slots=True)
class PackCheck:
    """The outcome of checking a pack; ``ok`` where no finding is an error."""

    findings: tuple[Finding, ...]
    frame: Mapping[str, SectionFrame]
    own_max: Mapping[str, Fraction]

    @property
    def ok(self) -> bool:
        """Whether the pack may be used."""
        return not any(f.is_error for f in self.findings)


CHECKS: tuple[Callable[[PackUnderCheck, Findings], None], ...] = (
    duplicates,
    codes,
    unknown_references,
    circles,
    sums,
    given_criteria,
    added_criteria,
    choices,
    bands,
    reach,
    items,
    scored_somewhere,
    idle_keys,
    says_something,
    ranges,
    too_early,
    waterfall,
    thresholds,
    places,
    classes,
    citations,
    validity,
    open_parameters,
)


MUST_HOLD = (duplicates, codes, unknown_references, circles, choices, scored_somewhere)
"""The checks without which a pack cannot be applied at all; the others warn its author."""


def unusable(pack: LoadedPack) -> tuple[Finding, ...]:
    """The errors that keep a pack from being applied: ids that clash or point nowhere …"""
    subject = PackUnderCheck(pack, None)
    findings = Findings()
    for check in MUST_HOLD:
        check(subject, findings)
    return findings.errors


def check_pack(pack: LoadedPack, as_of: dt.date | None = None) -> PackCheck:
    """All checks of one pack; ``as_of`` is the day on which sources must be valid."""
    subject = PackUnderCheck(pack, as_of)
    findings = Findings()
    for check in CHECKS:
        check(subject, findings)
    return PackCheck(findings.as_tuple(), frames(subject), own_maxima(subject))
