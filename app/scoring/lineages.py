"""One unit through the years: by its id, and by how it came out of others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.year import Succession

Place = tuple[int, str]
"""A year, counted from the first, and a unit in it."""


@dataclass(frozen=True, slots=True)
class Members:
    """The units of one year with those that left before its end, and its successions."""

    period: str
    units: Collection[str]
    left: Collection[str] = ()
    successions: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """A unit as it was last known, with all the units that it was in each year, oldest year first.

    A unit that left in a year is named there only where nobody of the lineage stayed. ``origins``
    are the successions on the way, the latest first. A unit that was split stands in the lineages
    of all its parts.
    """

    unit: str
    last: int
    years: tuple[tuple[str, ...], ...]
    origins: tuple[Succession, ...]


def lineages(years: Sequence[Members], heads: Sequence[Collection[str]]) -> tuple[Lineage, ...]:
    """The lineages of the last year's ``heads``, then of those of earlier years that ended.

    ``heads`` are the units to begin with, in each year: those of one cluster, say.
    """
    before = _predecessors(years)
    covered: set[Place] = set()
    found: list[Lineage] = []
    for at in reversed(range(len(years))):
        for unit in sorted(heads[at]):
            if (at, unit) in covered or (unit in years[at].left and _goes_on(unit, at, before)):
                continue
            reached, origins = _reached((at, unit), before)
            covered |= reached
            found.append(Lineage(unit, at, _by_year(years, reached), origins))
    return tuple(found)


def _predecessors(
    years: Sequence[Members],
) -> Mapping[Place, tuple[tuple[Place, Succession | None], ...]]:
    """What each unit of each year was before: itself a year earlier, and whom it came out of."""
    periods = {members.period: at for at, members in enumerate(years)}
    found: dict[Place, list[tuple[Place, Succession | None]]] = {}
    for at, members in enumerate(years):
        for unit in members.units:
            if at and unit in years[at - 1].units:
                found.setdefault((at, unit), []).append(((at - 1, unit), None))
        for one in members.successions:
            then = periods.get(one.predecessor_period)
            if then is not None and then <= at and one.predecessor in years[then].units:
                found.setdefault((at, one.unit), []).append(((then, one.predecessor), one))
    return {place: tuple(some) for place, some in found.items()}


def _goes_on(
    unit: str, at: int, before: Mapping[Place, tuple[tuple[Place, Succession | None], ...]]
) -> bool:
    """Whether a unit that left has a successor."""
    return any((at, unit) == place and one for some in before.values() for place, one in some)


def _reached(
    start: Place, before: Mapping[Place, tuple[tuple[Place, Succession | None], ...]]
) -> tuple[set[Place], tuple[Succession, ...]]:
    """All that a unit was before, and the successions on the way."""
    reached, todo = {start}, [start]
    origins: dict[Succession, None] = {}
    while todo:
        for place, one in before.get(todo.pop(0), ()):
            if one is not None:
                origins[one] = None
            if place not in reached:
                reached.add(place)
                todo.append(place)
    return reached, tuple(origins)


def _by_year(years: Sequence[Members], reached: set[Place]) -> tuple[tuple[str, ...], ...]:
    def of_year(at: int) -> Iterator[str]:
        there = sorted(unit for year, unit in reached if year == at)
        stayed = [unit for unit in there if unit not in years[at].left]
        yield from stayed or there

    return tuple(tuple(of_year(at)) for at in range(len(years)))
