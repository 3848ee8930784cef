"""Two or more years of a cluster side by side: its units, and its criteria.

Units are followed by their ids and successions (``lineages``), criteria by their codes and titles
(``criteria_matching``). Years stand from the first to the last; nothing is worked out but
differences, and points are compared only where the scale is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.domain.snapshot import Cluster, Unit
from app.domain.year import Succession
from app.ground.numbers import vietnamese
from app.ground.text import folded
from app.rules.pack import Criterion
from app.scoring.assessment import Assessment
from app.scoring.criteria_matching import matched, scored_rows
from app.scoring.criteria_statistics import CriterionStatistics, criteria_statistics, has_score
from app.scoring.lineages import Lineage, Members, lineages


@dataclass(frozen=True, slots=True)
class YearResult:
    """A year with its assessment; ``decided`` are awards that were decided, by unit.

    Where a year has none of these, its proposals stand in.
    """

    period: str
    assessment: Assessment
    successions: tuple[Succession, ...] = ()
    decided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the year is called."""
        return self.assessment.snapshot.period.name

    @property
    def words(self) -> str:
        """ "năm 2022", or the year's own name where that is more than a number."""
        name = self.name
        return f"năm {name}" if name.isdecimal() else name[:1].lower() + name[1:]


@dataclass(frozen=True, slots=True)
class YearPlace:
    """How a unit stood in one year; ``total`` is ``None`` where it had no score at all."""

    unit: str
    name: str
    cluster: str
    total: Fraction | None
    percent: Fraction | None
    rank: int | None
    ranked: int
    awards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitYears:
    """A unit in all years: where it stood, or those that it came out of; oldest year first."""

    unit: str
    name: str
    places: tuple[tuple[YearPlace, ...], ...]
    notes: tuple[str, ...]

    def pair(self) -> tuple[YearPlace, YearPlace] | None:
        """Its places in the last two years, where it was one unit in both."""
        if len(self.places) < 2 or any(len(year) != 1 for year in self.places[-2:]):
            return None
        return self.places[-2][0], self.places[-1][0]


@dataclass(frozen=True, slots=True)
class CriterionYear:
    """A criterion in one year; without ``statistics`` the cluster did not score it."""

    code: str
    title: str
    max: Fraction | None
    statistics: CriterionStatistics | None

    @property
    def reached(self) -> Fraction | None:
        """The mean of the scored units in percent of the maximum."""
        one = self.statistics
        return (
            one.mean * 100 / one.max
            if one is not None and one.mean is not None and one.max
            else None
        )


@dataclass(frozen=True, slots=True)
class CriterionYears:
    """A criterion in all years (``None``: there was none such), and what changed."""

    years: tuple[CriterionYear | None, ...]
    notes: tuple[str, ...]

    @property
    def last(self) -> CriterionYear:
        """As it was last known."""
        return next(year for year in reversed(self.years) if year is not None)


@dataclass(frozen=True, slots=True)
class YearsComparison:
    """The years of one cluster; ``left_out`` are years that could not be scored."""

    cluster: Cluster
    years: tuple[YearResult, ...]
    units: tuple[UnitYears, ...]
    criteria: tuple[CriterionYears, ...]
    scales: tuple[Fraction | None, ...]
    left_out: tuple[str, ...] = ()

    @property
    def same_scale(self) -> bool:
        """Whether points of all years can be compared as they are."""
        return len(set(self.scales)) == 1 and None not in self.scales


def years_comparison(
    years: Sequence[YearResult], cluster: str, left_out: Sequence[str] = ()
) -> YearsComparison:
    """The comparison for a cluster of the last year; the years stand from the first on."""
    members = [_members(year) for year in years]
    of_cluster = [
        {unit.id for unit in year.assessment.snapshot.units if unit.cluster == cluster}
        for year in years
    ]
    found = [_unit_years(years, one) for one in lineages(members, of_cluster)]
    last = years[-1].assessment
    return YearsComparison(
        next(c for c in last.snapshot.clusters if c.id == cluster),
        tuple(years),
        tuple(sorted(found, key=_standing)),
        tuple(_criteria(years, cluster)),
        tuple(table_scale(year.assessment) for year in years),
        tuple(left_out),
    )


def _members(year: YearResult) -> Members:
    snapshot = year.assessment.snapshot
    left = {u.id for u in snapshot.units if u.left is not None and u.left <= snapshot.period.end}
    return Members(year.period, [u.id for u in snapshot.units], left, year.successions)


def table_scale(assessment: Assessment) -> Fraction | None:
    """The maximum of the table, as the pack names it or its top rows add up to it."""
    rules = assessment.pack.rules
    if rules.scoring is not None and rules.scoring.total_max is not None:
        return Fraction(rules.scoring.total_max)
    tops = [row.max for row in rules.criteria if "." not in row.code]
    known = [Fraction(top) for top in tops if top is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(tops) else None


# ------------------------------------------------------------------ units


def _unit_years(years: Sequence[YearResult], lineage: Lineage) -> UnitYears:
    places = tuple(
        tuple(_place(year, unit) for unit in units)
        for year, units in zip(years, lineage.years, strict=True)
    )
    last = next(place for place in places[lineage.last] if place.unit == lineage.unit)
    return UnitYears(
        lineage.unit, last.name, places, tuple(_unit_notes(years, lineage, places, last))
    )


def _place(year: YearResult, unit_id: str) -> YearPlace:
    assessment = year.assessment
    unit, result = assessment.snapshot.unit(unit_id), assessment.units[unit_id]
    ranked = [u for u in assessment.clusters[unit.cluster] if assessment.units[u].rank is not None]
    scored = has_score(result.card)
    return YearPlace(
        unit_id,
        unit.name,
        unit.cluster,
        result.card.total if scored else None,
        result.card.percent if scored else None,
        result.rank if scored else None,
        len(ranked),
        _awards(year, unit),
    )


def _awards(year: YearResult, unit: Unit) -> tuple[str, ...]:
    if year.decided:
        return year.decided.get(unit.id, ())
    return tuple(
        line.title
        for line in year.assessment.awards
        if line.unit == unit.id and line.state == "proposed"
    )


def _unit_notes(
    years: Sequence[YearResult],
    lineage: Lineage,
    places: Sequence[tuple[YearPlace, ...]],
    last: YearPlace,
) -> Iterator[str]:
    """What became of the unit, in words."""
    if lineage.last < len(years) - 1:
        yield f"không còn từ {years[lineage.last + 1].words}"
    names = {u.id: u.name for year in years for u in year.assessment.snapshot.units}
    told = {
        "renamed": "đổi tên từ",
        "moved": "chuyển từ",
        "merged": "sáp nhập từ",
        "split": "tách từ",
    }
    by_kind: dict[tuple[str, str], list[str]] = {}
    for one in lineage.origins:
        day = f" ({one.day:%d/%m/%Y})" if one.day is not None else ""
        by_kind.setdefault((told[one.kind], day), []).append(names[one.predecessor])
    for (words, day), who in by_kind.items():
        yield f"{words} {', '.join(dict.fromkeys(who))}{day}"
    first = next(at for at, year in enumerate(places) if year)
    if first and not lineage.origins:
        yield f"mới từ {years[first].words}"
    earlier = [p for year in places for p in year if p.unit == last.unit and p.name != last.name]
    for name in dict.fromkeys(place.name for place in earlier):
        if folded(name) != folded(last.name) and not any(
            one.kind == "renamed" for one in lineage.origins
        ):
            yield f"trước đây là {name}"


def _standing(unit: UnitYears) -> tuple[int, int, str]:
    """Ranked units of the last year first, by rank; those that ended last."""
    places = unit.places[-1]
    if not places:
        return (2, 0, unit.unit)
    rank = next((p.rank for p in places if p.unit == unit.unit), None)
    return (0, rank, unit.unit) if rank is not None else (1, 0, unit.unit)


# ------------------------------------------------------------------ criteria


def _criteria(years: Sequence[YearResult], cluster: str) -> Iterator[CriterionYears]:
    """The criteria of the last table in its order, then those that are gone."""
    tables = [scored_rows(year.assessment.pack.rules) for year in years]
    counted = [
        {one.code: one for one in criteria_statistics(year.assessment, cluster).criteria}
        for year in years
    ]
    used: list[set[str]] = [set() for _ in years]
    for last in reversed(range(len(years))):
        chains = {row.code: [row] for row in tables[last] if row.code not in used[last]}
        open_codes = {code: code for code in chains}
        for at in reversed(range(last)):
            left = [row for row in tables[at] if row.code not in used[at]]
            found = matched(left, tables[at + 1])
            rows = {row.code: row for row in left}
            open_codes = {c: found[then] for c, then in open_codes.items() if then in found}
            for code, then in open_codes.items():
                chains[code].append(rows[then])
        for chain in chains.values():
            known: list[CriterionYear | None] = [None] * len(years)
            for back, row in enumerate(chain):
                used[last - back].add(row.code)
                known[last - back] = _criterion_year(row, counted[last - back].get(row.code))
            yield CriterionYears(tuple(known), tuple(_criterion_notes(years, known)))


def _criterion_year(row: Criterion, counted: CriterionStatistics | None) -> CriterionYear:
    top = Fraction(row.max) if row.max is not None else None
    return CriterionYear(row.code, row.title, top, counted)


def _criterion_notes(
    years: Sequence[YearResult], known: Sequence[CriterionYear | None]
) -> Iterator[str]:
    there = [at for at, year in enumerate(known) if year is not None]
    if there[0] > 0:
        yield f"mới từ {years[there[0]].words}"
    if there[-1] < len(years) - 1:
        yield f"không còn từ {years[there[-1] + 1].words}"
    for at in there[1:]:
        before, now = known[at - 1], known[at]
        assert before is not None
        assert now is not None
        if before.max != now.max:
            old, new = (_points(one.max) for one in (before, now))
            yield f"{years[at].words}: điểm tối đa {old} thành {new}"
        if before.code != now.code:
            yield f"{years[at].words}: mã {before.code} thành {now.code}"
        if folded(before.title) != folded(now.title):
            yield f"{years[at].words}: đổi tên, trước là “{before.title}”"


def _points(value: Fraction | None) -> str:
    return "chưa nêu" if value is None else vietnamese(value)
