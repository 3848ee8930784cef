"""Scoring one period, and asking what would happen if a figure were another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.snapshot import Snapshot
from app.ground.findings import Findings
from app.operations.loading import Loaded, PackSet, load
from app.operations.moves import Move, moves_between
from app.operations.what_if import changed_snapshot
from app.scoring.assess import assess
from app.scoring.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Scored:
    """An assessment, and what moved where a what-if was asked for."""

    assessment: Assessment
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
        return Scored(_with_findings(before, loaded))
    snapshot = changed_snapshot(loaded, before, changes)
    after = assessed(loaded.packs, snapshot, as_of)
    return Scored(_with_findings(after, loaded), moves_between(before, after))


def assessed(packs: PackSet, snapshot: Snapshot, as_of: dt.date | None) -> Assessment:
    """The assessment of a snapshot under packs in their roles."""
    return assess(snapshot, packs.main, packs.overlays, packs.companions, as_of)


def _with_findings(assessment: Assessment, loaded: Loaded) -> Assessment:
    """The assessment with what was remarked while its files were read."""
    if not loaded.findings:
        return assessment
    findings = Findings((*loaded.findings, *assessment.findings))
    return replace(assessment, findings=findings.as_tuple())
