"""Scoring one period, and asking what would happen if a figure were another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.snapshot import Snapshot
from app.ground.findings import Findings
from app.operations.loading import Loaded, PackSet, load
from app.rules.checks.context import PackUnderCheck
from app.rules.checks.sources import validity
from app.scoring.assess import assess
from app.scoring.assessment import Assessment

if TYPE_CHECKING:
    from app.operations.moves import Move


@dataclass(frozen=True, slots=True)
class Scored:
    """An assessment, and what moved where a what-if was asked for."""

    assessment: Assessment
    packs: PackSet
    moves: tuple[Move, ...] | None = None


def score(
    packs: Sequence[Path],
    facts: Path,
    as_of: dt.date | None = None,
    changes: Sequence[str] = (),
) -> Scored:
    """The assessment of a facts file under packs.

    With ``changes`` (``UNIT/CRITERION[@ROUND]/FIGURE=VALUE`` …) the assessment is that of the
    changed facts, and ``moves`` tells every unit that stands otherwise than before. Raises
    ``UserError`` where there can be no assessment.
    """
    return score_loaded(load(packs, facts), as_of, changes)


def score_loaded(
    loaded: Loaded, as_of: dt.date | None = None, changes: Sequence[str] = ()
) -> Scored:
    """The same from what is loaded already."""
    before = assessed(loaded.packs, loaded.snapshot, as_of)
    if not changes:
        return Scored(with_remarks(before, remarks(loaded, as_of)), loaded.packs)
    from app.operations.moves import moves_between
    from app.operations.what_if import changed_snapshot

    snapshot = changed_snapshot(loaded, before, changes)
    after = assessed(loaded.packs, snapshot, as_of)
    moves = moves_between(before, after)
    return Scored(with_remarks(after, remarks(loaded, as_of)), loaded.packs, moves)


def assessed(packs: PackSet, snapshot: Snapshot, as_of: dt.date | None) -> Assessment:
    """The assessment of a snapshot under packs in their roles."""
    return assess(snapshot, packs.main, packs.overlays, packs.companions, as_of)


def remarks(loaded: Loaded, as_of: dt.date | None) -> Findings:
    """What was remarked on the files of an assessment, and the sources that had expired."""
    told = Findings()
    for pack in loaded.packs.all:
        validity(PackUnderCheck(pack, as_of or loaded.snapshot.period.end), told)
    expired = [finding for finding in told if finding.code == "source_expired"]
    return Findings((*loaded.findings, *expired))


def with_remarks(assessment: Assessment, told: Findings) -> Assessment:
    """The assessment with what was remarked on its files before its own findings."""
    codes = {finding.code for finding in told}
    own = (f for f in assessment.findings if f.code not in codes or f not in told)
    return replace(assessment, findings=(*told, *own)) if codes else assessment
