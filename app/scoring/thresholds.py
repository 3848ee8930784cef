"""Where the conditions of a pack look at single criteria: the points at which one may change.

A ranking asks preconditions of criteria and the cases that take a unit out of it; an award asks
also its own requirements, those of awards that it goes by, and the classes where they are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.rules.awards import Award, PercentPlaces
from app.rules.base import Range
from app.rules.condition import When
from app.rules.pack import RulePack
from app.rules.trees import tests_behind
from app.scoring.frame import below


@dataclass(frozen=True, slots=True)
class Edge:
    """A number at which a test of criteria below ``of`` ("" for all; ``alone``: itself) may change.

    It is a share of the maximum, or points; ``by_plan``: a percent of plan stands before it.
    """

    of: str
    at: Fraction
    in_points: bool = False
    by_plan: bool = False
    alone: bool = False


Edges = tuple[Edge, ...]
Tests = tuple[When, ...]


class Thresholds:
    """The tests of one pack that look at criteria, by what asks them."""

    def __init__(self, rules: RulePack) -> None:
        self.rules = rules
        ranking = self._ranking()
        self.ranking: Edges = tuple(dict.fromkeys(_edges(ranking)))
        self.awards: Mapping[str, Edges] = {
            award.id: tuple(dict.fromkeys(_edges((*ranking, *self._award(award)))))
            for award in rules.awards
        }

    def _ranking(self) -> Tests:
        cases = (
            case.when
            for case in self.rules.standing
            if case.ranked is False or (case.kind == "barred" and case.ranked is None)
        )
        gates = (row.gate.when for row in self.rules.criteria if row.gate is not None)
        return self._behind((*gates, *cases))

    def _award(self, award: Award) -> Tests:
        known = {one.id: one for one in self.rules.awards}
        todo, seen = [award], {award.id}
        trees: list[When | None] = [
            case.when for case in self.rules.standing if case.kind in ("barred", "held")
        ]
        classes = False
        while todo:
            one = todo.pop()
            trees.append(one.requires)
            trees += [item.when for item in self.rules.conditions if item.id in one.conditions]
            named = [*one.excludes, *([one.among] if one.among is not None else [])]
            if isinstance(one.places, PercentPlaces):
                named.append(one.places.of)
                classes = classes or bool(one.places.of_classes)
            todo += [known[name] for name in named if name in known and name not in seen]
            seen |= set(named)
        found = self._behind(trees)
        if classes or any(test.class_ is not None for test in found):
            found += self._behind(one.when for one in self.rules.classes)
            found += self._behind(case.when for case in self.rules.standing)
        return found

    def _behind(self, trees: Iterable[When | None]) -> Tests:
        return tuple(
            t for tree in trees if tree is not None for t in tests_behind(tree, self.rules)
        )


def thresholds(
    edges: Iterable[Edge], code: str, top: Fraction, *, planned: bool
) -> frozenset[Fraction]:
    """The points of a criterion at which one of the tests may turn out otherwise.

    ``planned``: its targets are judged by the percent of plan, not by points.
    """
    return frozenset(
        edge.at if edge.in_points else edge.at * top / 100
        for edge in edges
        if (code == edge.of if edge.alone else not edge.of or below(code, edge.of))
        and not (edge.by_plan and planned)
    )


def _edges(tests: Iterable[When]) -> Iterator[Edge]:
    for test in tests:
        for named, in_points in ((test.points, True), (test.share, False)):
            if named is not None:
                yield from (Edge(named.of, at, in_points, alone=True) for at in _of_range(named))
        if test.every_share is not None:
            for group in test.every_share.within or ("",):
                yield from (Edge(group, at) for at in _of_range(test.every_share))
        if test.no_zero is not None:
            yield from (Edge(g, Fraction(0), in_points=True) for g in test.no_zero.within or ("",))
        if test.targets_met is not None:
            share = Fraction(test.targets_met.share)
            yield from (Edge(g, share, by_plan=True) for g in test.targets_met.within or ("",))


def _of_range(given: Range) -> tuple[Fraction, ...]:
    edges = (given.ge, given.gt, given.le, given.lt, given.eq)
    return tuple(Fraction(edge) for edge in edges if edge is not None)
