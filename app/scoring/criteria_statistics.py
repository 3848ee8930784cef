"""What the scores of a cluster say about its criteria: pure counting, with exact numbers.

Counted are the units of a cluster that have a score and did not leave. Criteria that units
registered for themselves are counted together, as the slot in which they stand.

The *share of the spread* of a criterion is its covariance with the totals, divided by the variance
of the totals. With ``x`` the points of a criterion that go into the total ``T`` of each unit::

    share(x) = Σ (x - mean x)(T - mean T) / Σ (T - mean T)²

Since the totals are the criteria plus bonus, minus deductions, plus what caps, rescaling and
totals that were sent make of them, the shares of all criteria and of these three rests add up to
1. A share may be negative: units that are ahead on the whole are behind there. Where all totals
are equal there is no spread to share.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app.domain.snapshot import EntryState
from app.ground.numbers import added
from app.rules.pack import Criterion
from app.scoring.assessment import Assessment, CriterionScore, UnitCard

ZERO = Fraction(0)
Rest = Literal["bonus", "deductions", "other"]


@dataclass(frozen=True, slots=True)
class CriterionStatistics:
    """One criterion, or slot, over the units of a cluster.

    ``units`` have it in their table; ``scored``, ``blank``, ``not_assigned`` and ``not_done`` add
    up to them. Of the scored ones ``full`` reach the maximum and ``zero`` have no point. Evidence
    is expected where the unit scored itself, or where the table asks for it: ``unproven`` of these
    ``expected`` have no document. ``differing`` units were given other points by another round,
    ``overridden`` ones other points than the rule gives, ``asked`` ones had to explain theirs, and
    ``disputed`` ones any of these. ``inflation`` is how much more, on average, the ``compared``
    units gave themselves than counts. ``level``: all scored ones have the same (share of the
    maximum).
    """

    code: str
    label: str
    title: str
    max: Fraction
    needs_evidence: bool
    units: int
    scored: int
    blank: int
    not_assigned: int
    not_done: int
    full: int
    zero: int
    lowest: Fraction | None
    highest: Fraction | None
    mean: Fraction | None
    level: bool
    differing: int
    overridden: int
    asked: int
    disputed: int
    expected: int
    unproven: int
    compared: int
    inflation: Fraction | None
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class ClusterStatistics:
    """All criteria of a cluster in the order of the table, and what else parts the totals.

    ``rests`` are the shares of the spread of bonus, deductions, and of caps, rescaling and totals
    that were sent; empty where there is no spread. ``evidence_known``: somebody recorded evidence.
    """

    cluster: str
    units: tuple[str, ...]
    criteria: tuple[CriterionStatistics, ...]
    rests: Mapping[Rest, Fraction]
    evidence_known: bool


def criteria_statistics(
    assessment: Assessment, cluster: str, asked: Collection[tuple[str, str]] = ()
) -> ClusterStatistics:
    """The statistics of one cluster; ``asked`` are the units with criteria they had to explain."""
    return _Counting(assessment, cluster, asked).statistics()


@dataclass(frozen=True, slots=True)
class _Cell:
    """One unit's points at a criterion, or at all that it registered in a slot."""

    unit: str
    scores: tuple[CriterionScore, ...]
    counts: bool

    @property
    def state(self) -> EntryState:
        states = {score.state for score in self.scores}
        order = (EntryState.SCORED, EntryState.NOT_DONE, EntryState.BLANK, EntryState.NOT_ASSIGNED)
        return next(state for state in order if state in states)

    @property
    def points(self) -> Fraction:
        """What the criterion gives."""
        return added(score.exact for score in self.scores)

    @property
    def counted(self) -> Fraction:
        """What of it goes into the total."""
        return self.points if self.counts else ZERO

    @property
    def max(self) -> Fraction:
        return added(score.max for score in self.scores)

    @property
    def reached(self) -> Fraction:
        """The share of the maximum; the points where there is none."""
        return self.points / self.max if self.max else self.points


class _Counting:
    """Counts the cells of one cluster."""

    def __init__(
        self, assessment: Assessment, cluster: str, asked: Collection[tuple[str, str]]
    ) -> None:
        self.assessment = assessment
        self.cluster = cluster
        self.asked = asked
        rules = assessment.pack.rules
        self.rows: Mapping[str, Criterion] = {row.code: row for row in rules.criteria}
        self.own_rounds = {one.id for one in rules.rounds if one.hand == "unit"}
        self.slots = {(o.unit, o.code): o.slot for o in assessment.snapshot.own_criteria}
        members = {unit.id: unit for unit in assessment.snapshot.units}
        end = assessment.snapshot.period.end
        self.units = tuple(
            sorted(
                unit
                for unit in assessment.clusters.get(cluster, ())
                if not ((left := members[unit].left) is not None and left <= end)
                and has_score(assessment.units[unit].card)
            )
        )
        self.cells = self._cells()

    def _cells(self) -> dict[str, list[_Cell]]:
        """The cells of each criterion or slot, in the order of the table."""
        found: dict[str, list[_Cell]] = {}
        for unit in self.units:
            card = self.assessment.units[unit].card
            scores: dict[str, list[CriterionScore]] = {}
            for code, score in card.criteria.items():
                scores.setdefault(self.slots.get((unit, code), code), []).append(score)
            for code, some in scores.items():
                found.setdefault(code, []).append(_Cell(unit, tuple(some), _counts(card, code)))
        place = {code: at for at, code in enumerate(self.rows)}
        return dict(sorted(found.items(), key=lambda item: place.get(item[0], len(place))))

    def statistics(self) -> ClusterStatistics:
        """All of it."""
        spread = _Spread({u: self.assessment.units[u].card.total_exact for u in self.units})
        criteria = tuple(self._one(code, cells, spread) for code, cells in self.cells.items())
        known = any(
            said.evidence
            for cells in self.cells.values()
            for cell in cells
            for score in cell.scores
            for said in score.rounds.values()
        )
        return ClusterStatistics(self.cluster, self.units, criteria, self._rests(spread), known)

    def _one(self, code: str, cells: Sequence[_Cell], spread: _Spread) -> CriterionStatistics:
        row = self.rows.get(code)
        states = [cell.state for cell in cells]
        scored = [cell for cell in cells if cell.state is EntryState.SCORED]
        points = [cell.points for cell in scored]
        overridden = {cell.unit for cell in cells if any(map(_is_overridden, cell.scores))}
        differing = {cell.unit for cell in cells if any(map(_differs, cell.scores))}
        asked = {
            cell.unit
            for cell in cells
            if any((cell.unit, s.code) in self.asked for s in cell.scores)
        }
        more = [gap for cell in cells if (gap := self._inflation(cell)) is not None]
        needed = self._needs_evidence(code)
        expected = [cell for cell in scored if needed or self._claimed(cell)]
        top = Fraction(row.max) if row is not None and row.max is not None else None
        return CriterionStatistics(
            code,
            row.printed if row is not None else code,
            row.title if row is not None else code,
            top if top is not None else max((cell.max for cell in cells), default=ZERO),
            needed,
            len(cells),
            len(scored),
            states.count(EntryState.BLANK),
            states.count(EntryState.NOT_ASSIGNED),
            states.count(EntryState.NOT_DONE),
            sum(bool(cell.max) and cell.points >= cell.max for cell in scored),
            sum(cell.points == 0 for cell in scored),
            min(points, default=None),
            max(points, default=None),
            added(points) / len(points) if points else None,
            len({cell.reached for cell in scored}) == 1,
            len(differing),
            len(overridden),
            len(asked),
            len(differing | overridden | asked),
            len(expected),
            sum(not _proven(cell) for cell in expected),
            len(more),
            added(more) / len(more) if more else None,
            spread.share({cell.unit: cell.counted for cell in cells}),
        )

    def _claimed(self, cell: _Cell) -> bool:
        """Whether the unit scored itself."""
        return any(name in self.own_rounds for score in cell.scores for name in score.rounds)

    def _inflation(self, cell: _Cell) -> Fraction | None:
        """How much more the unit gave itself than counts, where another hand has scored too."""
        own = [
            said.points
            for score in cell.scores
            for name, said in score.rounds.items()
            if name in self.own_rounds and said.points is not None
        ]
        judged = all(score.round not in self.own_rounds for score in cell.scores)
        if not judged or len(own) != len(cell.scores) or cell.state is EntryState.BLANK:
            return None
        return added(own) - cell.points

    def _needs_evidence(self, code: str) -> bool:
        while code:
            row = self.rows.get(code)
            if row is not None and row.needs_evidence:
                return True
            code = code.rpartition(".")[0]
        return False

    def _rests(self, spread: _Spread) -> dict[Rest, Fraction]:
        cards = {unit: self.assessment.units[unit].card for unit in self.units}
        bonus = {u: ZERO if c.given_total else c.bonus.exact for u, c in cards.items()}
        minus = {u: ZERO if c.given_total else -c.deductions.exact for u, c in cards.items()}
        of_criteria = {
            unit: added(c.counted for cells in self.cells.values() for c in cells if c.unit == unit)
            for unit in cards
        }
        other = {
            unit: card.total_exact - of_criteria[unit] - bonus[unit] - minus[unit]
            for unit, card in cards.items()
        }
        parts: tuple[tuple[Rest, dict[str, Fraction]], ...] = (
            ("bonus", bonus),
            ("deductions", minus),
            ("other", other),
        )
        shares = {name: spread.share(values) for name, values in parts}
        return {name: share for name, share in shares.items() if share is not None}


class _Spread:
    """The totals of units, of which parts have a share of the spread."""

    def __init__(self, totals: Mapping[str, Fraction]) -> None:
        mean = added(totals.values()) / len(totals) if totals else ZERO
        self.away = {unit: total - mean for unit, total in totals.items()}
        self.variance = added(away * away for away in self.away.values()) if totals else ZERO

    def share(self, values: Mapping[str, Fraction]) -> Fraction | None:
        """The share of a part, given its values; a unit that is not named has 0 there.

        The deviations of the totals add up to 0, so the mean of the part need not be taken off.
        """
        if not self.variance:
            return None
        return added(value * self.away[unit] for unit, value in values.items()) / self.variance


def has_score(card: UnitCard) -> bool:
    """Whether anything was scored, or sent, for a unit."""
    return (
        card.given_total
        or bool(card.given_sections)
        or any(score.state is not EntryState.BLANK for score in card.criteria.values())
    )


def _counts(card: UnitCard, code: str) -> bool:
    """Whether the criterion goes into the total, not a total that was sent in its place."""
    return not card.given_total and not any(
        code == given or code.startswith(given + ".") for given in card.given_sections
    )


def _said(score: CriterionScore) -> Iterator[Fraction]:
    yield from (one.points for one in score.rounds.values() if one.points is not None)


def _differs(score: CriterionScore) -> bool:
    return len(set(_said(score))) > 1


def _is_overridden(score: CriterionScore) -> bool:
    return any(
        one.override is not None and one.computed is not None and one.override != one.computed
        for one in score.rounds.values()
    )


def _proven(cell: _Cell) -> bool:
    return any(said.evidence for score in cell.scores for said in score.rounds.values())
