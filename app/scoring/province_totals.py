"""The awards of a province added up: places, proposals, and what exceeds a quota."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.scoring.assessment import AwardState
from app.scoring.province import Province


@dataclass(frozen=True, slots=True)
class AwardTotal:
    """One award over all clusters.

    ``places`` are those of the clusters together, ``None`` where one of them has no number;
    ``reserve`` counts no candidates from whom a council chooses: these are no list of reserves.
    ``quota`` is what was set for the whole province. A held place is kept free for a unit whose
    case is not concluded, a tied one waits for a ballot or a decision.
    """

    award: str
    title: str
    places: int | None
    quota: int | None
    proposed: int
    held: int
    tied: int
    reserve: int

    @property
    def over(self) -> int:
        """By how many the proposals, held places included, exceed the province's quota."""
        return 0 if self.quota is None else max(0, self.proposed + self.held - self.quota)


def award_totals(province: Province, quotas: Mapping[str, int]) -> tuple[AwardTotal, ...]:
    """Each award of the tables, in the order in which the first table names them."""
    return tuple(
        AwardTotal(
            award.id,
            award.title,
            _places(province, award.id),
            quotas.get(award.id),
            _count(province, award.id, "proposed"),
            _count(province, award.id, "held"),
            _count(province, award.id, "tied"),
            0 if award.chosen_by == "council" else _count(province, award.id, "reserve"),
        )
        for award in province.awards()
    )


def _count(province: Province, award: str, state: AwardState) -> int:
    return sum(line.state == state for line in province.lines(award))


def _places(province: Province, award: str) -> int | None:
    """The places of all clusters; those of an award among several clusters count once."""
    whole = 0
    seen: set[int] = set()
    for cluster in province.clusters:
        if not any(one.id == award for one in cluster.assessment.pack.rules.awards):
            continue
        found = [q for q in cluster.assessment.quotas if q.award == award]
        used = next((q for q in found if q.cluster in (None, cluster.cluster)), None)
        if used is None or used.count is None:
            return None
        if used.cluster is None:
            if id(cluster.assessment) in seen:
                continue
            seen.add(id(cluster.assessment))
        whole += used.count
    return whole
