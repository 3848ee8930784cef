"""Fills the descriptions of pictures from assessments; no score is worked out here.

Every number is the published one of a scorecard, so a picture says what the papers say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.domain.snapshot import Cluster, EntryState
from app.reports.charts.description import (
    Bar,
    ComparisonChart,
    Gap,
    GapsChart,
    Numbers,
    Pair,
    Part,
    PartKind,
    SectionsChart,
    Side,
    clean,
)
from app.reports.figures import BLANK, NOT_ASSIGNED, NOT_DONE, state_mark
from app.reports.issuing import cluster_name
from app.reports.ranking import part_points, period_words, sum_difference, top_rows
from app.reports.rounds import counted_head, other_rounds
from app.scoring.assessment import Assessment, CriterionScore, UnitCard, UnitResult

BONUS = Part("Điểm thưởng", kind=PartKind.BONUS)
DEDUCTIONS = Part("Điểm trừ", kind=PartKind.DEDUCTION)
SENT = Part("Tổng điểm được gửi", kind=PartKind.SENT)
OUTSIDE = "không áp dụng"
"""Stands where a part is not in a unit's table."""
OWN = "Tự chấm"
MOST_GAPS = 10


def numbers_of(assessment: Assessment) -> Numbers:
    """How the pack prints its numbers."""
    scoring = assessment.pack.rules.scoring
    assert scoring is not None, "a points pack has scoring settings"
    return Numbers(scoring.digits, scoring.rounding)


def sections_chart(assessment: Assessment, cluster: Cluster) -> SectionsChart:
    """The units of a cluster in the order of ranks, each with the parts of its total."""
    units = assessment.clusters[cluster.id]
    cards = [assessment.units[unit].card for unit in units]
    tops = top_rows(assessment, units)
    parts = [section_part(assessment, units, top) for top in tops]
    parts += [BONUS] if any(card.bonus.total for card in cards) else []
    parts += [DEDUCTIONS] if any(card.deductions.total for card in cards) else []
    parts += [SENT] if any(card.given_total for card in cards) else []
    return SectionsChart(
        title=f"Điểm các phần {period_words(assessment)}",
        cluster=clean(cluster_name(assessment, cluster)),
        parts=tuple(parts),
        bars=tuple(_bar(assessment, unit, tops, parts) for unit in units),
        numbers=numbers_of(assessment),
        provisional=assessment.provisional,
    )


def section_part(assessment: Assessment, units: Sequence[str], top: str) -> Part:
    """A top row with its printed label and its title."""
    for unit in units:
        card = assessment.units[unit].card
        row = card.sections.get(top) or card.criteria.get(top)
        if row is not None:
            title = clean(row.title)
            label = clean(row.label).rstrip(".")
            return Part("" if title == label else title, label)
    return Part("", clean(top))


def _bar(assessment: Assessment, unit: str, tops: Sequence[str], parts: Sequence[Part]) -> Bar:
    result = assessment.units[unit]
    card = result.card
    values: list[Fraction | None] = [_counted(result, top) for top in tops]
    unscored = tuple(
        part.label or part.title for top, part in zip(tops, parts, strict=False) if _open(card, top)
    )
    for part in parts[len(tops) :]:
        match part.kind:
            case PartKind.BONUS:
                values.append(None if card.given_total else card.bonus.total)
            case PartKind.DEDUCTION:
                values.append(None if card.given_total else -card.deductions.total)
            case _:
                values.append(card.total if card.given_total else None)
    return Bar(
        name=clean(assessment.snapshot.unit(unit).name),
        rank=result.rank,
        values=tuple(values),
        total=card.total if has_points(card) else None,
        blanks=len(card.blanks),
        unscored=unscored,
        reason="" if card.given_total else clean(sum_difference(assessment, unit, tops)),
    )


def _counted(result: UnitResult, top: str) -> Fraction | None:
    return part_points(result, top) if not _mark(result.card, top) else None


def has_points(card: UnitCard) -> bool:
    """Whether anything of the unit was scored; if not, its total of 0 is no score."""
    return (
        card.given_total
        or bool(card.given_sections)
        or bool(card.bonus.total or card.deductions.total)
        or any(score.state is not EntryState.BLANK for score in card.criteria.values())
    )


def _open(card: UnitCard, top: str) -> bool:
    """Whether nothing of a top row was scored yet."""
    return not card.given_total and _mark(card, top) == BLANK


def _mark(card: UnitCard, top: str) -> str:
    """Why a top row has no number; empty where it has one."""
    if card.given_total:
        return BLANK
    if top not in card.sections and top not in card.criteria:
        return OUTSIDE
    states = {card.criteria[code].state for code in below(card, top)}
    if top in card.given_sections or not states:
        return ""
    marks = {EntryState.BLANK: BLANK, EntryState.NOT_ASSIGNED: NOT_ASSIGNED}
    return marks.get(states.pop(), "") if len(states) == 1 else ""


def below(card: UnitCard, top: str) -> Iterator[str]:
    """The criteria at and below a row."""
    return (code for code in card.criteria if code == top or code.startswith(f"{top}."))


# ---------------------------------------------------------------------- two units
def comparison_chart(assessment: Assessment, one: str, other: str) -> ComparisonChart:
    """Two units part by part, in the order of the table."""
    units = (one, other)
    results = [assessment.units[unit] for unit in units]
    tops = top_rows(assessment, units)
    first, second = results
    pairs = [
        Pair(
            section_part(assessment, units, top),
            _counted(first, top),
            _counted(second, top),
            _mark(first.card, top),
            _mark(second.card, top),
        )
        for top in tops
    ]
    cards = [result.card for result in results]
    for part, values in (
        (BONUS, [card.bonus.total for card in cards]),
        (DEDUCTIONS, [-card.deductions.total for card in cards]),
    ):
        if any(values):
            pairs.append(Pair(part, values[0], values[1]))
    names = [clean(assessment.snapshot.unit(unit).name) for unit in units]
    sides = [
        Side(name, result.card.total if has_points(result.card) else None, result.rank)
        for name, result in zip(names, results, strict=True)
    ]
    return ComparisonChart(
        f"{names[0]} và {names[1]} {period_words(assessment)}",
        sides[0],
        sides[1],
        tuple(pairs),
        numbers_of(assessment),
        assessment.provisional,
    )


# ---------------------------------------------------------------------- self and final
def gaps_chart(
    assessment: Assessment,
    unit: str,
    *,
    self_scored: Assessment | None = None,
    most: int = MOST_GAPS,
) -> GapsChart:
    """Where the score that counts differs from the unit's own, the largest difference first.

    By criteria; with ``self_scored``, the same year scored by the round of the units, by
    sections. At most ``most`` rows are kept, the others are counted.
    """
    numbers = numbers_of(assessment)
    card = assessment.units[unit].card
    own_round = next((r.id for r in assessment.pack.rules.rounds if r.hand == "unit"), None)
    if self_scored is None:
        rows = [_criterion_gap(card, score, own_round, numbers) for score in card.criteria.values()]
    else:
        own = self_scored.units[unit]
        tops = top_rows(assessment, [unit])
        rows = [_section_gap(assessment, unit, own, top) for top in tops]
    rows = [row for row in rows if {row.own_mark, row.final_mark} != {NOT_ASSIGNED}]
    changed = [(row, d) for row in rows if (d := row.difference)]
    changed.sort(key=lambda item: -abs(item[1]))
    known = sum(row.difference is not None for row in rows)
    return GapsChart(
        title=f"Điểm tự chấm và điểm được tính của {assessment.snapshot.unit(unit).name}",
        unit=clean(assessment.snapshot.unit(unit).name),
        own_name=dict(other_rounds(assessment)).get(own_round or "", OWN),
        final_name=counted_head(assessment),
        rows=tuple(row for row, _ in changed[:most]),
        others=max(0, len(changed) - most),
        same=known - len(changed),
        unscored=len(rows) - known,
        noun="tiêu chí" if self_scored is None else "phần",
        numbers=numbers,
        provisional=assessment.provisional,
    )


def _criterion_gap(
    card: UnitCard, score: CriterionScore, own_round: str | None, numbers: Numbers
) -> Gap:
    said = score.rounds.get(own_round or "")
    own_mark = BLANK if said is None else state_mark(said.state) or ""
    own = None if said is None or own_mark else said.points
    final_mark = state_mark(score.state) or ""
    final = None if final_mark else score.points
    return Gap(
        clean(score.title),
        printed_code(card, score.code),
        Fraction(0) if own_mark == NOT_DONE else None if own is None else numbers.published(own),
        Fraction(0) if final_mark == NOT_DONE else final,
        own_mark or BLANK,
        final_mark or BLANK,
    )


def _section_gap(assessment: Assessment, unit: str, own: UnitResult, top: str) -> Gap:
    result, part = assessment.units[unit], section_part(assessment, [unit], top)
    return Gap(
        part.title,
        part.label,
        _counted(own, top),
        _counted(result, top),
        _mark(own.card, top) or BLANK,
        _mark(result.card, top) or BLANK,
    )


def printed_code(card: UnitCard, code: str) -> str:
    """The labels from the top row down to a criterion: "I.2.a"."""
    parts = code.split(".")
    labels = []
    for depth in range(1, len(parts) + 1):
        here = ".".join(parts[:depth])
        row = card.sections.get(here) or card.criteria.get(here)
        labels.append(clean(row.label if row is not None else parts[depth - 1]).strip(". "))
    last = labels[-1]
    return last if "." in last else ".".join(filter(None, labels))
