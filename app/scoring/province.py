"""The province in one table: the results of all its clusters side by side, nothing scored anew.

Each cluster may have a table of its own, so a cluster comes with its own assessment; several
clusters of one assessment are simply named several times. Points of different tables are not
compared: ranks stand within a cluster, only shares and counts run over all of them. The candidates
for the Government's flag are listed and their number is bounded (CĐ, mục III.4: "không quá 20 %");
who is chosen is the council's decision (BG, Phần III.2.2).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from app.rules.awards import Award, PercentPlaces
from app.scoring.assessment import Assessment, AwardLine, AwardState, Eligibility, UnitResult

Rounding = Literal["floor", "ceil", "half_up"]


@dataclass(frozen=True, slots=True)
class ClusterResult:
    """A cluster of the province with the assessment that it belongs to.

    ``cluster`` is its id there, ``key`` tells it from all others of the province.
    """

    key: str
    name: str
    assessment: Assessment
    cluster: str

    @property
    def units(self) -> tuple[str, ...]:
        """Its units in the order of ranks."""
        return tuple(self.assessment.clusters.get(self.cluster, ()))

    def unit_name(self, unit: str) -> str:
        """The name of one of its units."""
        return self.assessment.snapshot.unit(unit).name

    def result(self, unit: str) -> UnitResult:
        """What one of its units came to."""
        return self.assessment.units[unit]

    @property
    def lines(self) -> tuple[AwardLine, ...]:
        """What its units stand for, in the order of the table's awards."""
        return tuple(x for x in self.assessment.awards if x.cluster == self.cluster)


@dataclass(frozen=True, slots=True)
class ProvinceLine:
    """One unit at one award: in which state (proposed, held, reserve …) and why."""

    cluster: ClusterResult
    unit: str
    award: str
    title: str
    state: AwardState
    reason: str

    @property
    def unit_name(self) -> str:
        """The unit's name."""
        return self.cluster.unit_name(self.unit)

    @property
    def rank(self) -> int | None:
        """Its rank in its cluster."""
        return self.cluster.result(self.unit).rank


@dataclass(frozen=True, slots=True)
class Excluded:
    """A unit that is barred or held, with the case."""

    cluster: ClusterResult
    unit: str
    case: Eligibility


@dataclass(frozen=True, slots=True)
class FlagRule:
    """At most ``percent`` of ``base`` units; a given ``base`` takes the place of the counted one.

    ``among`` is the award whose proposed units are counted and are candidates; ``stated`` is
    false where no table of the province says the share and the usual one is taken (A15).
    """

    among: str
    percent: Fraction = Fraction(20)
    rounding: Rounding = "floor"
    base: int | None = None
    stated: bool = True


@dataclass(frozen=True, slots=True)
class FlagCandidates:
    """Who may be chosen for the Government's flag, and how many at most."""

    rule: FlagRule
    base: int
    exact: Fraction
    places: int
    candidates: tuple[ProvinceLine, ...]
    chosen: tuple[ProvinceLine, ...]

    @property
    def too_many(self) -> bool:
        """Whether more were chosen than there may be."""
        return len(self.chosen) > self.places


@dataclass(frozen=True, slots=True)
class Province:
    """All clusters that have sent a result."""

    clusters: tuple[ClusterResult, ...]

    @property
    def unit_count(self) -> int:
        """How many units the clusters have together."""
        return sum(len(cluster.units) for cluster in self.clusters)

    def lines(self, award: str | None = None) -> tuple[ProvinceLine, ...]:
        """Who stands for which award, cluster by cluster."""
        return tuple(
            ProvinceLine(cluster, x.unit, x.award, x.title, x.state, x.reason)
            for cluster in self.clusters
            for x in cluster.lines
            if award in (None, x.award)
        )

    def awards(self) -> tuple[Award, ...]:
        """The awards of all tables, each once, as the first table that has it says it."""
        found: dict[str, Award] = {}
        for cluster in self.clusters:
            for award in cluster.assessment.pack.rules.awards:
                found.setdefault(award.id, award)
        return tuple(found.values())

    def excluded(self) -> tuple[Excluded, ...]:
        """Who is barred or held, with each case."""
        return tuple(
            Excluded(cluster, unit, case)
            for cluster in self.clusters
            for unit in cluster.units
            for case in cluster.result(unit).eligibility
            if case.kind in _KEEPS_OUT
        )

    def provisional(self) -> tuple[ClusterResult, ...]:
        """The clusters whose result is not final yet."""
        return tuple(cluster for cluster in self.clusters if cluster.assessment.provisional)


_KEEPS_OUT: Final = frozenset({"barred", "held"})


def flag_candidates(province: Province, rule: FlagRule, flag: str | None = None) -> FlagCandidates:
    """The candidates for the Government's flag under a rule; ``flag`` is its id in the tables.

    The base is the number of units proposed for the province's flag, unless the rule gives one;
    17 units give 3 places, 4 give none (A15).
    """
    standing = tuple(x for x in province.lines(rule.among) if x.state == "proposed")
    base = len(standing) if rule.base is None else rule.base
    exact = Fraction(base) * rule.percent / 100
    chosen = tuple(
        line for line in (province.lines(flag) if flag else ()) if line.state == "proposed"
    )
    return FlagCandidates(rule, base, exact, rounded(exact, rule.rounding), standing, chosen)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """The number of places out of a share, as the text has it rounded."""
    if rounding == "ceil":
        return math.ceil(exact)
    return math.floor(exact + Fraction(1, 2)) if rounding == "half_up" else math.floor(exact)


def flag_rule(province: Province) -> tuple[str, FlagRule] | None:
    """The flag and its rule, as a table of the province says it; ``None`` where none does."""
    for award in _flags(province):
        places = award.places
        if isinstance(places, PercentPlaces):
            return award.id, FlagRule(
                award.among or places.of, Fraction(places.percent), places.rounding
            )
        if award.among is not None:
            return award.id, FlagRule(award.among, stated=False)
    return None


def _flags(province: Province) -> Iterator[Award]:
    """The awards of the whole province that the council chooses, those with a share first."""
    found = [award for award in province.awards() if award.chosen_by == "council" and award.among]
    yield from sorted(found, key=lambda award: not isinstance(award.places, PercentPlaces))


def province_of(assessments: Sequence[tuple[str, Assessment]]) -> Province:
    """All clusters of some assessments; each is named by where it comes from and its own id."""
    return Province(
        tuple(
            ClusterResult(f"{origin}/{cluster.id}" if origin else cluster.id, cluster.name,
                          assessment, cluster.id)
            for origin, assessment in assessments
            for cluster in assessment.snapshot.clusters
            if assessment.clusters.get(cluster.id)
        )
    )  # fmt: skip
