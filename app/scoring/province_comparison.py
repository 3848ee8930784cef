"""Comparing clusters, units and criteria of a province: for analysis only, never a score.

Tables differ from cluster to cluster, so nothing is compared in points: every figure is a share of
the maximum. Averages run over the cells that both hands scored; a cell that only one hand scored
says nothing about strictness. Where clusters share a table (the same id and digest), their
criteria are looked at together as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.snapshot import EntryState
from app.ground.numbers import added
from app.scoring.assessment import CriterionScore, UnitCard
from app.scoring.criteria_statistics import CriterionStatistics, criteria_statistics
from app.scoring.province import ClusterResult, Province

ANALYSIS_ONLY: Final = (
    "Chỉ để phân tích, tham khảo; không phải kết quả chấm điểm và không dùng để xếp hạng."
)
"""Stands on everything that comes out of this module."""
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Cut:
    """By how much one hand went below the one before, as a share of the maximum.

    ``cells`` were scored by both hands, ``lowered`` and ``raised`` of them changed. A negative
    ``mean`` means that the later hand gave more on average.
    """

    cells: int
    lowered: int
    raised: int
    mean: Fraction | None


@dataclass(frozen=True, slots=True)
class Strictness:
    """One cluster: from self-scores to the cluster's, from the cluster's to the department's.

    Where the cluster left a cell alone, the self-score stands for it.
    """

    cluster: ClusterResult
    by_cluster: Cut
    by_department: Cut


@dataclass(frozen=True, slots=True)
class Inflation:
    """One unit: how much more it gave itself than counts, as a share of the maxima together."""

    cluster: ClusterResult
    unit: str
    cells: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class SharedCriterion:
    """One criterion over all clusters that score by the same table.

    ``level``: all scored units everywhere reach the same share of the maximum. ``inflation`` is
    the mean over the ``compared`` units, as a share of the maximum.
    """

    code: str
    label: str
    title: str
    max: Fraction
    clusters: int
    scored: int
    level: bool
    disputed: int
    compared: int
    inflation: Fraction | None

    @property
    def dispute_share(self) -> Fraction:
        """Of the scored units, how many had a dispute."""
        return Fraction(self.disputed, self.scored) if self.scored else ZERO


@dataclass(frozen=True, slots=True)
class SharedTable:
    """The criteria of one table, with the clusters that score by it."""

    title: str
    clusters: tuple[ClusterResult, ...]
    criteria: tuple[SharedCriterion, ...]

    def never_differ(self) -> tuple[SharedCriterion, ...]:
        """Criteria at which at least two units were scored and all stand alike."""
        return tuple(one for one in self.criteria if one.level and one.scored > 1)

    def most_disputed(self, most: int = 10) -> tuple[SharedCriterion, ...]:
        """The most disputed ones first."""
        found = [one for one in self.criteria if one.disputed]
        return tuple(sorted(found, key=lambda one: -one.dispute_share)[:most])


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it, for analysis only; the strictest clusters and the most inflated units first."""

    strictness: tuple[Strictness, ...]
    inflation: tuple[Inflation, ...]
    tables: tuple[SharedTable, ...]


Asked = Mapping[str, Iterable[tuple[str, str]]]
"""By the key of a cluster: the units with the criteria that they had to explain."""


def compare(province: Province, asked: Asked | None = None) -> Comparison:
    """What the clusters' scores say beside each other."""
    strictness = [_strictness(cluster) for cluster in province.clusters]
    inflation = [
        found
        for cluster in province.clusters
        for unit in cluster.units
        if (found := _inflation(cluster, unit)) is not None
    ]
    return Comparison(
        tuple(sorted(strictness, key=_strictest)),
        tuple(sorted(inflation, key=lambda one: -one.share)),
        tuple(_tables(province, asked or {})),
    )


def _strictest(one: Strictness) -> Fraction:
    return -added(cut.mean or ZERO for cut in (one.by_cluster, one.by_department))


# ---------------------------------------------------------------------- strictness, inflation
def _strictness(cluster: ClusterResult) -> Strictness:
    rounds = cluster.assessment.pack.rules.rounds
    hands = {r.id: r.hand for r in rounds}
    pairs: dict[str, list[tuple[Fraction, Fraction, Fraction]]] = {"leader": [], "department": []}
    for unit in cluster.units:
        for score in cluster.result(unit).card.criteria.values():
            if not score.max:
                continue
            said = _by_hand(score, hands)
            if "unit" in said and "leader" in said:
                pairs["leader"].append((said["unit"], said["leader"], score.max))
            before = said.get("leader", said.get("unit"))
            if before is not None and "department" in said:
                pairs["department"].append((before, said["department"], score.max))
    return Strictness(cluster, _cut(pairs["leader"]), _cut(pairs["department"]))


def _by_hand(score: CriterionScore, hands: Mapping[str, str]) -> dict[str, Fraction]:
    """The points that each hand said last."""
    return {
        hands.get(name, ""): one.points
        for name, one in score.rounds.items()
        if one.points is not None and one.state is not EntryState.BLANK
    }


def _cut(pairs: Sequence[tuple[Fraction, Fraction, Fraction]]) -> Cut:
    shares = [(before - after) / most for before, after, most in pairs]
    return Cut(
        len(shares),
        sum(share > 0 for share in shares),
        sum(share < 0 for share in shares),
        added(shares) / len(shares) if shares else None,
    )


def _inflation(cluster: ClusterResult, unit: str) -> Inflation | None:
    rounds = cluster.assessment.pack.rules.rounds
    hands = {r.id: r.hand for r in rounds}
    more, most, cells = ZERO, ZERO, 0
    for score in _judged(cluster.result(unit).card, hands):
        more += _by_hand(score, hands)["unit"] - score.exact
        most += score.max
        cells += 1
    return Inflation(cluster, unit, cells, more / most) if most else None


def _judged(card: UnitCard, hands: Mapping[str, str]) -> Iterator[CriterionScore]:
    """The cells that the unit scored itself and another hand scored after it."""
    for score in card.criteria.values():
        said = _by_hand(score, hands)
        if score.max and "unit" in said and hands.get(score.round or "", "unit") != "unit":
            yield score


# ---------------------------------------------------------------------- criteria of one table
def _tables(province: Province, asked: Asked) -> Iterator[SharedTable]:
    groups: dict[tuple[str, str], list[ClusterResult]] = {}
    for cluster in province.clusters:
        pack = cluster.assessment.pack
        groups.setdefault((pack.rules.id, pack.digest), []).append(cluster)
    for clusters in groups.values():
        yield SharedTable(
            clusters[0].assessment.pack.rules.title,
            tuple(clusters),
            tuple(_criteria(clusters, asked)),
        )


def _criteria(clusters: Sequence[ClusterResult], asked: Asked) -> Iterator[SharedCriterion]:
    found: dict[str, list[CriterionStatistics]] = {}
    for cluster in clusters:
        explained = tuple(asked.get(cluster.key, ()))
        for one in criteria_statistics(cluster.assessment, cluster.cluster, explained).criteria:
            found.setdefault(one.code, []).append(one)
    for code, some in found.items():
        first = some[0]
        scored = sum(one.scored for one in some)
        compared = sum(one.compared for one in some)
        more = added((one.inflation or ZERO) * one.compared for one in some)
        yield SharedCriterion(
            code,
            first.label,
            first.title,
            first.max,
            len(some),
            scored,
            _level(some),
            sum(one.disputed for one in some),
            compared,
            more / compared / first.max if compared and first.max else None,
        )


def _level(some: Sequence[CriterionStatistics]) -> bool:
    """Whether all clusters stand alike, each within itself and beside the others."""
    scored = [one for one in some if one.scored]
    means = {one.mean for one in scored}
    return bool(scored) and all(one.level for one in scored) and len(means) == 1
