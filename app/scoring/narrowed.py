"""One cluster of a province on its own, where it comes out as it does in the whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.domain.snapshot import Snapshot
from app.scoring.assessment import Assessment
from app.scoring.ballots import candidates
from app.scoring.live import Live


def narrowed(live: Live, cluster: str) -> Live:
    """The cluster alone, which is quicker to try things on; else the whole as it is.

    The whole stays where the cluster alone has other results, another order, or other lines at
    its own awards. Awards of the province may bring the outside in again when something changes
    (``is_shared``): then what was found here is to be tried on the whole.
    """
    if len(live.assessment.clusters) < 2:
        return live
    alone = Live(_facts_of(live.snapshot, cluster), live.packs)
    if alone.refusal is not None or not _same(live.assessment, alone.assessment, cluster):
        return live
    return alone


def is_shared(live: Live) -> bool:
    """Whether an award is given among all clusters of the province."""
    return any(award.scope == "province" for award in live.packs.main.rules.awards)


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
    own = {award.id for award in assessment.pack.rules.awards if award.scope == "cluster"}
    return [x for x in assessment.awards if x.cluster == cluster and x.award in own]
