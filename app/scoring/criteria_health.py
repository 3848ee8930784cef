"""The health of the criteria: what a year's scores advise for next year's table.

A remark is courteous and cautious: it says what was seen (how many of how many units) and what one
may consider, never that somebody was wrong. The bounds from which something is remarked stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from app.domain.snapshot import Cluster
from app.ground.numbers import vietnamese
from app.scoring.assessment import Assessment
from app.scoring.criteria_matching import matched, scored_rows
from app.scoring.criteria_statistics import (
    ClusterStatistics,
    CriterionStatistics,
    criteria_statistics,
)

FEW: Final = 2
"""With fewer scored units nothing is said about how they differ."""
NEARLY_ALL: Final = Fraction(3, 4)
"""The share of units from which a criterion is called full for most."""
DISPUTED: Final = Fraction(1, 2)
OFTEN: Final = Fraction(1, 3)
INFLATED: Final = Fraction(1, 10)
"""The share of the maximum from which self-scores are called higher."""
DOMINANT: Final = Fraction(1, 4)
"""The share of the spread from which one criterion is said to decide much by itself."""


class Sign(StrEnum):
    """What was seen of a criterion."""

    ALWAYS_FULL = "always_full"
    MOSTLY_FULL = "mostly_full"
    NEVER_ABOVE_ZERO = "never_above_zero"
    NEVER_DIFFERS = "never_differs"
    DECIDES_MUCH = "decides_much"
    DISPUTED = "disputed"
    NO_EVIDENCE = "no_evidence"
    OFTEN_BLANK = "often_blank"
    OFTEN_NOT_ASSIGNED = "often_not_assigned"
    INFLATED = "inflated"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sign with its sentence; ``years`` is for how many years on end it was seen."""

    sign: Sign
    years: int
    sentence: str


@dataclass(frozen=True, slots=True)
class HealthRow:
    """A criterion of this year, with what it was in the years before (the latest first).

    ``earlier`` has ``None`` for a year in which there was no such criterion.
    """

    now: CriterionStatistics
    earlier: tuple[CriterionStatistics | None, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class CriteriaHealth:
    """The health of all criteria of one cluster.

    ``years`` are the names of the years looked at, this one first; ``left_out`` those of years
    that could not be scored.
    """

    assessment: Assessment
    cluster: Cluster
    statistics: ClusterStatistics
    rows: tuple[HealthRow, ...]
    years: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """All remarks, criterion by criterion."""
        yield f"{self.cluster.name}, năm {', '.join(self.years)}"
        for row in self.rows:
            for number, remark in enumerate(row.remarks):
                head = "" if number else f"  {row.now.code}. {row.now.title}"
                yield from (line for line in (head, f"    - {remark.sentence}") if line)
        if not any(row.remarks for row in self.rows):
            yield "  Chưa thấy tiêu chí nào cần lưu ý."

    def with_sign(self, *signs: Sign) -> tuple[HealthRow, ...]:
        """The criteria of which one of these signs was seen."""
        return tuple(row for row in self.rows if any(r.sign in signs for r in row.remarks))


Year = tuple[Assessment, Collection[tuple[str, str]]]
"""A year's assessment, and the cells that units had to explain."""


def criteria_health(
    now: Year, cluster: str, before: Sequence[Year] = (), left_out: Sequence[str] = ()
) -> CriteriaHealth:
    """The health of a cluster's criteria now, beside the years before, the latest first.

    Years in which the cluster does not stand are passed over.
    """
    assessment, asked = now
    statistics = criteria_statistics(assessment, cluster, asked)
    older = [year for year in before if year[0].clusters.get(cluster)]
    known = [criteria_statistics(one, cluster, cells) for one, cells in older]
    chains = _chains([assessment, *(one for one, _ in older)])
    earlier = [{c.code: c for c in one.criteria} for one in known]
    evidence = [one.evidence_known for one in (statistics, *known)]
    rows = []
    for criterion in statistics.criteria:
        codes = chains.get(criterion.code, ())
        past = tuple(
            years.get(code) if code is not None else None
            for years, code in zip(earlier, codes, strict=False)
        )
        rows.append(HealthRow(criterion, past, tuple(_remarks(criterion, past, evidence))))
    return CriteriaHealth(
        assessment,
        next(c for c in assessment.snapshot.clusters if c.id == cluster),
        statistics,
        tuple(rows),
        tuple(one.snapshot.period.name for one in (assessment, *(a for a, _ in older))),
        tuple(left_out),
    )


def _chains(years: Sequence[Assessment]) -> Mapping[str, tuple[str | None, ...]]:
    """The codes that each criterion of the first year had in the years before it."""
    tables = [scored_rows(year.pack.rules) for year in years]
    chains: dict[str, list[str | None]] = {row.code: [] for row in tables[0]}
    current: dict[str, str] = {row.code: row.code for row in tables[0]}
    for now, before in pairwise(tables):
        found = matched(before, now)
        current = {code: found[then] for code, then in current.items() if then in found}
        for code, chain in chains.items():
            chain.append(current.get(code))
    return {code: tuple(chain) for code, chain in chains.items()}


# ------------------------------------------------------------------ what is remarked


def _remarks(
    now: CriterionStatistics,
    past: Sequence[CriterionStatistics | None],
    evidence: Sequence[bool],
) -> Iterator[Remark]:
    for sign in _signs(now, evidence[0]):
        years = 1
        for one, known in zip(past, evidence[1:], strict=False):
            if one is None or sign not in _signs(one, known):
                break
            years += 1
        running = f"{years} năm liền, năm nay " if years > 1 else ""
        words = f"{running}{_WORDS[sign](now)}"
        yield Remark(sign, years, words[:1].upper() + words[1:])


def _signs(one: CriterionStatistics, evidence: bool) -> tuple[Sign, ...]:
    many = one.scored >= FEW
    full = Fraction(one.full, one.scored) if one.scored else Fraction(0)
    seen = {
        Sign.ALWAYS_FULL: many and full == 1,
        Sign.MOSTLY_FULL: many and NEARLY_ALL <= full < 1,
        Sign.NEVER_ABOVE_ZERO: many and one.zero == one.scored,
        Sign.NEVER_DIFFERS: many and one.level and one.scored > one.zero and full < 1,
        Sign.DECIDES_MUCH: one.share is not None and one.share >= DOMINANT,
        Sign.DISPUTED: one.disputed >= FEW and one.disputed >= DISPUTED * one.units,
        Sign.NO_EVIDENCE: (
            one.unproven > 0
            and one.unproven == one.expected
            and (one.needs_evidence or evidence)
            and one.scored > one.zero
        ),
        Sign.OFTEN_BLANK: one.blank > 0 and one.blank >= OFTEN * one.units,
        Sign.OFTEN_NOT_ASSIGNED: one.not_assigned > 0 and one.not_assigned >= OFTEN * one.units,
        Sign.INFLATED: (
            one.compared >= FEW
            and one.inflation is not None
            and one.inflation > 0
            and one.inflation >= INFLATED * one.max
        ),
    }
    return tuple(sign for sign, is_so in seen.items() if is_so)


def _points(value: Fraction | None) -> str:
    return vietnamese(value or Fraction(0), 2)


def _disputed(one: CriterionStatistics) -> str:
    parts = [f"{one.differing} đơn vị có điểm khác nhau giữa các vòng"] if one.differing else []
    parts += [f"{one.asked} đơn vị phải giải trình"] if one.asked else []
    parts += [f"{one.overridden} đơn vị được chấm khác cách tính"] if one.overridden else []
    return (
        f"{', '.join(parts)}: có thể quy định rõ hơn cách chấm và tài liệu cần có để các bên cùng "
        "hiểu như nhau."
    )


_WORDS: Final[Mapping[Sign, Callable[[CriterionStatistics], str]]] = {
    Sign.ALWAYS_FULL: lambda one: (
        f"{one.full}/{one.scored} đơn vị đạt tối đa: tiêu chí này chưa phân loại được; có thể cân "
        "nhắc nâng yêu cầu hoặc giảm điểm tối đa."
    ),
    Sign.MOSTLY_FULL: lambda one: (
        f"{one.full}/{one.scored} đơn vị đạt tối đa: tiêu chí này ít phân loại; có thể xem lại mức "
        "yêu cầu."
    ),
    Sign.NEVER_ABOVE_ZERO: lambda one: (
        f"{one.scored}/{one.scored} đơn vị được 0 điểm: có thể yêu cầu chưa sát thực tế hoặc chưa "
        "rõ; nên trao đổi với các đơn vị."
    ),
    Sign.NEVER_DIFFERS: lambda one: (
        f"{one.scored}/{one.scored} đơn vị đạt mức như nhau: tiêu chí này chưa phân loại được; có "
        "thể chia mức chi tiết hơn."
    ),
    Sign.DECIDES_MUCH: lambda one: (
        f"một mình chiếm {vietnamese((one.share or Fraction(0)) * 100, 1)}% chênh lệch tổng điểm: "
        "nên xem mức điểm này có đúng ý định của cụm, khối không."
    ),
    Sign.DISPUTED: _disputed,
    Sign.NO_EVIDENCE: lambda one: (
        f"0/{one.expected} đơn vị ghi tài liệu minh chứng: có thể nêu rõ tài liệu cần nộp, hoặc bỏ "
        "yêu cầu nếu không cần."
    ),
    Sign.OFTEN_BLANK: lambda one: (
        f"{one.blank}/{one.units} đơn vị chưa được chấm: có thể số liệu khó thu thập hoặc đến "
        "muộn; nên xem lại nguồn và thời hạn."
    ),
    Sign.OFTEN_NOT_ASSIGNED: lambda one: (
        f"{one.not_assigned}/{one.units} đơn vị không được giao: tiêu chí có thể chưa phù hợp với "
        "nhiều đơn vị của cụm, khối."
    ),
    Sign.INFLATED: lambda one: (
        f"{one.compared} đơn vị tự chấm cao hơn kết quả trung bình {_points(one.inflation)} điểm: "
        "có thể hướng dẫn tự chấm rõ hơn."
    ),
}
