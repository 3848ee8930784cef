"""Appraisal by risk: in which order the department looks at the cells of a cluster.

Nobody can look at 137 units by 78 criteria with equal care. The order is lexicographic:

1. Cells that by themselves can change who gets an award come before all others, since a fault in
   them does harm that cannot be mended after the decision. A cell can, where the points that may
   be taken from it (or added to it) reach the distance of its unit from the cut of the award.
2. Among these, and among the others, the cell with the larger *weight* comes first::

       weight = maximum × (1 + spread / maximum) × evidence

   ``maximum`` are the points at stake, ``spread`` is the difference between the highest and the
   lowest that the unit, the cluster, the department and the computation say of it, ``evidence`` is
   2 where the table asks for papers and none is cited, 3/2 where they bear no date or one outside
   the year, otherwise 1.

The first step is not a factor of the product, because no number of small points should outweigh an
award; the others are factors that never fall below 1, so that a cell on which all agree does not
fall out of the list. All numbers are exact. The distance from a cut is what ranks compare, before
caps and conditions: the line says what would be enough, not that it will happen.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from app.domain.snapshot import EntryState, Period
from app.domain.year import Evidence, EvidenceLink
from app.ground.numbers import Rounding, round_to, vietnamese
from app.ground.text import natural_key
from app.scoring.assessment import Assessment, CriterionScore
from app.scoring.evidence_needed import needing_evidence
from app.scoring.neighbours import IN, Neighbours, Values, award_cuts

ZERO = Fraction(0)
_JUDGES: Final = frozenset({"department", "council"})


class Proof(StrEnum):
    """What stands behind a cell."""

    NONE = "none"
    UNDATED = "undated"
    OUTSIDE = "outside"
    ENOUGH = "enough"


_FACTOR: Final[Mapping[Proof, Fraction]] = {
    Proof.NONE: Fraction(2),
    Proof.UNDATED: Fraction(3, 2),
    Proof.OUTSIDE: Fraction(3, 2),
    Proof.ENOUGH: Fraction(1),
}
_PROOF_WORDS: Final[Mapping[Proof, str]] = {
    Proof.NONE: "Bảng yêu cầu tài liệu kiểm chứng nhưng chưa có tài liệu nào.",
    Proof.UNDATED: "Tài liệu kiểm chứng chưa ghi ngày.",
    Proof.OUTSIDE: "Tài liệu kiểm chứng ghi ngày ngoài năm thi đua.",
    Proof.ENOUGH: "",
}


@dataclass(frozen=True, slots=True)
class AwardEffect:
    """An award that the cell can change: its unit would lose it (``down``) or come to it.

    ``enough`` are the points of this cell that would be enough; 0 where the unit stands level.
    """

    award: str
    title: str
    down: bool
    enough: Fraction

    @property
    def sentence(self) -> str:
        """In words."""
        if not self.enough:
            return f"Đang ngang điểm ở ranh giới {self.title}: thay đổi nhỏ nào cũng quyết định."
        points = vietnamese(Fraction(math.ceil(self.enough * 100), 100))
        return (
            f"Giảm {points} điểm là có thể không còn được đề nghị {self.title}."
            if self.down
            else f"Tăng {points} điểm là có thể được đề nghị {self.title}."
        )


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One cell, with everything that put it in its place.

    ``said`` are the points that each round says, by its title, with the computed ones where they
    differ. ``judged``: the department has scored it already.
    """

    unit: str
    criterion: str
    label: str
    title: str
    points: Fraction
    max: Fraction
    spread: Fraction
    said: tuple[tuple[str, Fraction], ...]
    proof: Proof
    effects: tuple[AwardEffect, ...]
    judged: bool
    blank: bool

    @property
    def weight(self) -> Fraction:
        """Maximum × (1 + spread / maximum) × evidence."""
        return (self.max + self.spread) * _FACTOR[self.proof]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the cell stands where it does, the weightiest reason first."""
        return tuple(self._reasons())

    def _reasons(self) -> Iterator[str]:
        yield from (effect.sentence for effect in self.effects)
        if self.blank:
            yield f"Chưa có điểm; tối đa {_read(self.max)} điểm."
        else:
            yield f"Được {_read(self.points)}/{_read(self.max)} điểm."
        if self.spread:
            listed = ", ".join(f"{title} {_read(points)}" for title, points in self.said)
            yield f"Các lần chấm chênh nhau {_read(self.spread)} điểm: {listed}."
        if self.proof is not Proof.ENOUGH:
            yield _PROOF_WORDS[self.proof]


def _read(points: Fraction) -> str:
    """Points as they are read: at most two decimals, with ≈ where these cut something off."""
    rounded = round_to(points, 2, Rounding.HALF_UP)
    return vietnamese(rounded) if rounded == points else f"≈ {vietnamese(rounded)}"


def risk_lines(
    assessment: Assessment,
    cluster: str,
    evidence: Sequence[Evidence] = (),
    links: Sequence[EvidenceLink] = (),
) -> tuple[RiskLine, ...]:
    """The assigned cells of a cluster in the order in which they are to be looked at.

    Cells under a total that was sent in their place, of units listed apart from the ranking too,
    are in it as far as they have points of their own.
    """
    proofs = _Proofs(assessment, evidence, links)
    cuts = _Cuts(assessment, cluster)
    judging = [r.id for r in assessment.pack.rules.rounds if r.hand in _JUDGES]
    titles = {r.id: r.title for r in assessment.pack.rules.rounds}
    lines = [
        _line(unit, score, proofs, cuts, judging, titles)
        for unit in assessment.clusters.get(cluster, ())
        for score in assessment.units[unit].card.criteria.values()
        if score.assigned and score.max > 0
    ]
    order = {unit: at for at, unit in enumerate(assessment.clusters.get(cluster, ()))}
    lines.sort(key=lambda line: (order[line.unit], natural_key(line.criterion)))
    return in_order(lines)


def in_order(lines: Iterable[RiskLine]) -> tuple[RiskLine, ...]:
    """Lines of several clusters in one order; within equal weights as they came."""
    return tuple(sorted(lines, key=_first))


def _first(line: RiskLine) -> tuple[bool, Fraction, Fraction]:
    return (not line.effects, -line.weight, -line.spread)


def _line(
    unit: str,
    score: CriterionScore,
    proofs: _Proofs,
    cuts: _Cuts,
    judging: Collection[str],
    titles: Mapping[str, str],
) -> RiskLine:
    said = tuple(_said(score, titles))
    values = [points for _, points in said]
    blank = score.state is EntryState.BLANK
    return RiskLine(
        unit,
        score.code,
        score.label,
        score.title,
        score.exact,
        score.max,
        max(values) - min(values) if values else ZERO,
        said,
        proofs.of(unit, score),
        tuple(cuts.effects(unit, score)),
        any(
            name in judging and said.state is not EntryState.BLANK
            for name, said in score.rounds.items()
        ),
        blank,
    )


def _said(score: CriterionScore, titles: Mapping[str, str]) -> Iterator[tuple[str, Fraction]]:
    """What each round says, and what the figures come to where a hand said something else."""
    for name, one in score.rounds.items():
        if one.state is EntryState.BLANK or one.points is None:
            continue
        yield titles.get(name, name), one.points
        if one.computed is not None and one.computed != one.points:
            yield f"tính theo số liệu ({titles.get(name, name)})", one.computed


class _Proofs:
    """What stands behind the cells of an assessment."""

    def __init__(
        self,
        assessment: Assessment,
        evidence: Sequence[Evidence],
        links: Sequence[EvidenceLink],
    ) -> None:
        papers = {one.id: one for one in evidence}
        self.period: Period = assessment.snapshot.period
        self.needs = needing_evidence(assessment.pack.rules, assessment.snapshot.own_criteria)
        self.cited: dict[tuple[str, str], list[Evidence]] = {}
        for link in links:
            if link.evidence in papers:
                cell = (link.unit, link.criterion)
                self.cited.setdefault(cell, []).append(papers[link.evidence])

    def of(self, unit: str, score: CriterionScore) -> Proof:
        """The weakest thing that can be said: one good paper is enough."""
        papers = self.cited.get((unit, score.code), [])
        if not papers:
            counted = any(one.evidence for one in score.rounds.values())
            weak = self.needs(unit, score.code) and not counted and score.exact > 0
            return Proof.NONE if weak else Proof.ENOUGH
        days = [paper.date for paper in papers if paper.date is not None]
        if any(self._inside(day) for day in days):
            return Proof.ENOUGH
        return Proof.OUTSIDE if days else Proof.UNDATED

    def _inside(self, day: dt.date) -> bool:
        return self.period.start <= day <= self.period.end


class _Cuts:
    """How far the units of a cluster are from the cuts of its awards."""

    def __init__(self, assessment: Assessment, cluster: str) -> None:
        self.assessment = assessment
        self.values = Values(assessment)
        self.order = [u for u in assessment.clusters.get(cluster, ()) if self._ranked(u)]
        self.cuts = [cut for cut in award_cuts(assessment) if cut.cluster == cluster]
        self.titles = {award.id: award.title for award in assessment.pack.rules.awards}
        self.near: dict[str, tuple[AwardEffect, ...]] = {}

    def _ranked(self, unit: str) -> bool:
        return self.assessment.units[unit].rank is not None

    def effects(self, unit: str, score: CriterionScore) -> Iterator[AwardEffect]:
        """The awards that this cell of the unit can change."""
        if unit not in self.near:
            self.near[unit] = tuple(self._near(unit))
        for effect in self.near[unit]:
            room = score.exact if effect.down else score.max - score.exact
            if room > 0 and effect.enough <= room:
                yield effect

    def _near(self, unit: str) -> Iterator[AwardEffect]:
        """What any cell of the unit would have to do for each award."""
        if unit not in self.order or self.assessment.units[unit].card.given_total:
            return
        for cut in self.cuts:
            found = self._distance(unit, cut)
            if found is not None and cut.award is not None:
                yield AwardEffect(cut.award, self.titles[cut.award], *found)

    def _distance(self, unit: str, cut: Neighbours) -> tuple[bool, Fraction] | None:
        """Whether the unit has a place to lose, and the points to the other side of the cut."""
        if cut.ahead is None or cut.behind is None:
            return None
        inside = any(
            line.unit == unit and line.award == cut.award and line.state in IN
            for line in self.assessment.awards
        )
        if inside:
            distance = self.values.exact(unit) - self.values.exact(cut.behind)
        elif self.order.index(unit) >= self.order.index(cut.behind) and not self._barred(unit, cut):
            distance = self.values.exact(cut.ahead) - self.values.exact(unit)
        elif cut.decided_by == "open" and unit in cut.tie:
            distance = ZERO
        else:
            return None
        return None if distance < 0 else (inside, self._in_points(unit, distance))

    def _barred(self, unit: str, cut: Neighbours) -> bool:
        return any(
            one.kind in ("barred", "condition_unmet")
            and (not one.awards or cut.award in one.awards)
            for one in self.assessment.units[unit].eligibility
        )

    def _in_points(self, unit: str, distance: Fraction) -> Fraction:
        """What ranks compare may be a percent of the assigned maximum; a cell has points."""
        card = self.assessment.units[unit].card
        if self.values.in_percent and card.percent:
            return distance * card.total_exact / card.percent
        return distance
