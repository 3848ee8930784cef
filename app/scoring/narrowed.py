"""One cluster of a province on its own, where nothing outside it can touch its order or awards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.domain.snapshot import Snapshot
from app.scoring.assessment import Assessment
from app.scoring.ballots import candidates
from app.scoring.live import Live


def narrowed(live: Live, cluster: str) -> Live:
    """The cluster alone, which is quicker to try things on; else the whole as it is.

    The whole stays where an award is the province's, or where the cluster alone would come out
    in any other way than in the whole.
    """
    packs = live.packs
    rules = (packs.main.rules, *(pack.rules for pack in packs.overlays))
    if len(live.assessment.clusters) < 2 or any(
        award.scope == "province" for some in rules for award in some.awards
    ):
        return live
    alone = Live(_facts_of(live.snapshot, cluster), packs)
    if alone.refusal is not None or not _same(live.assessment, alone.assessment, cluster):
        return live
    return alone


def _facts_of(snapshot: Snapshot, cluster: str) -> Snapshot:
    units = tuple(unit for unit in snapshot.units if unit.cluster == cluster)
    ids = {unit.id for unit in units}
    return replace(
        snapshot,
        clusters=tuple(one for one in snapshot.clusters if one.id == cluster),
        units=units,
        entries=tuple(one for one in snapshot.entries if one.unit in ids),
        own_criteria=tuple(one for one in snapshot.own_criteria if one.unit in ids),
        totals=tuple(one for one in snapshot.totals if one.unit in ids),
        bonus=tuple(one for one in snapshot.bonus if one.unit in ids),
        deductions=tuple(one for one in snapshot.deductions if one.unit in ids),
        standing=tuple(one for one in snapshot.standing if one.unit in ids),
        conditions=tuple(one for one in snapshot.conditions if one.unit in ids),
        ballots=tuple(one for one in snapshot.ballots if candidates(one) <= ids),
        quotas=tuple(one for one in snapshot.quotas if one.cluster in (None, cluster)),
    )


def _same(whole: Assessment, alone: Assessment, cluster: str) -> bool:
    return (
        whole.scored_round == alone.scored_round
        and whole.clusters[cluster] == alone.clusters.get(cluster)
        and all(whole.units[unit] == result for unit, result in alone.units.items())
        and _lines(whole, cluster) == _lines(alone, cluster)
    )


def _lines(assessment: Assessment, cluster: str) -> Collection[object]:
    return [line for line in assessment.awards if line.cluster == cluster]
