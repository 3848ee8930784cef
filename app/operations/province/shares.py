"""The division of the appraisal as it stands: who has how many cells, what nobody or two have.

Only clusters that have sent can be counted: their tables say which criteria there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.snapshot import Cluster, EntryState
from app.operations.province.readings import ClusterReading
from app.operations.province.view import ProvinceView
from app.scoring.assessment import CriterionScore
from app.scoring.division import Share, overlapping, uncovered

_JUDGES: Final = frozenset({"department", "council"})
DEEPEST: Final = 2
"""Work is divided by sections down to this level; a single criterion is named by its code."""


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A person's share: how many cells it has among what came, and how many are judged."""

    share: Share
    cells: int
    judged: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The criteria of a cluster that nobody appraises."""

    cluster: Cluster
    codes: tuple[str, ...]
    cells: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people who would appraise the same: in which clusters (none named: in all), what."""

    one: str
    two: str
    clusters: tuple[str, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """A section that can be given to somebody; its first title among the tables."""

    code: str
    title: str


def share_lines(view: ProvinceView, shares: Sequence[Share]) -> tuple[ShareLine, ...]:
    """The shares in their order, each with its cells."""
    cells = tuple(_cells(view))
    return tuple(
        ShareLine(
            share,
            sum(share.covers(cluster, code) for cluster, code, _ in cells),
            sum(share.covers(cluster, code) and done for cluster, code, done in cells),
        )
        for share in shares
    )


def gaps(view: ProvinceView, shares: Sequence[Share]) -> tuple[Gap, ...]:
    """What nobody appraises, cluster by cluster; nothing while no work is divided."""
    found: list[Gap] = []
    for reading in view.readings if shares else ():
        cells = [(cluster, code) for cluster, code, _ in _of(reading)]
        free = uncovered(shares, cells)
        if free:
            codes = tuple(dict.fromkeys(code for _, code in free))
            found.append(Gap(reading.cluster, codes, len(free)))
    return tuple(found)


def meetings(shares: Sequence[Share]) -> tuple[Meeting, ...]:
    """Where two people would appraise the same cells."""
    return tuple(
        Meeting(
            one.appraiser,
            two.appraiser,
            _both(one.clusters, two.clusters),
            _deeper(one.criteria, two.criteria),
        )
        for one, two in overlapping(shares)
    )


def _both(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    if not one or not two:
        return one or two
    return tuple(key for key in one if key in two)


def _deeper(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    """The criteria that both name, by the narrower of the two names."""
    if not one or not two:
        return one or two
    pairs = [(a, b) for a in one for b in two]
    inside = [a for a, b in pairs if Share("", (), (b,)).covers("", a)]
    inside += [b for a, b in pairs if Share("", (), (a,)).covers("", b)]
    return tuple(dict.fromkeys(inside))


def section_choices(view: ProvinceView) -> tuple[SectionChoice, ...]:
    """The sections of all tables that came, in the order of the tables, each before its parts."""
    found: dict[str, str] = {}
    tops: dict[str, int] = {}
    for reading in view.readings:
        for unit in reading.year.assessment.units.values() if reading.year is not None else ():
            for code, section in unit.card.sections.items():
                tops.setdefault(code.partition(".")[0], len(tops))
                if code.count(".") < DEEPEST:
                    found.setdefault(code, section.title)
    order = sorted(found, key=lambda code: (tops[code.partition(".")[0]], code.count(".") > 0))
    return tuple(SectionChoice(code, found[code]) for code in order)


def _cells(view: ProvinceView) -> Iterator[tuple[str, str, bool]]:
    for reading in view.readings:
        yield from _of(reading)


def _of(reading: ClusterReading) -> Iterator[tuple[str, str, bool]]:
    """The assigned cells of a cluster: its id, the criterion, whether the department judged it."""
    year = reading.year
    if year is None:
        return
    judging = {r.id for r in year.loaded.packs.main.rules.rounds if r.hand in _JUDGES}
    for unit in year.assessment.units.values():
        for code, score in unit.card.criteria.items():
            if score.assigned and score.max > 0:
                yield reading.cluster.id, code, _judged(score, judging)


def _judged(score: CriterionScore, judging: set[str]) -> bool:
    return any(
        name in judging and said.state is not EntryState.BLANK
        for name, said in score.rounds.items()
    )
