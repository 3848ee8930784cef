"""Tests of conditions that look at points, levels and states of one scorecard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import compress
from operator import is_

from app.domain.snapshot import EntryState
from app.ground.numbers import round_to
from app.ground.text import same_words
from app.rules.condition import (
    AttributeTest,
    EveryShare,
    LevelTest,
    TargetsMet,
    When,
    Within,
)
from app.scoring.assessment import CriterionScore, SectionScore
from app.scoring.frame import below
from app.scoring.judgement import Facts, Judgement

ZERO = Fraction(0)


def total(when: When, facts: Facts) -> Judgement:
    """The total, with everything or without bonus or deductions."""
    assert when.total is not None
    if facts.card is None:
        return Judgement(None)
    card, of = facts.card, when.total.of
    if facts.published:
        values = (card.total, card.base_total, card.before_deductions)
    else:
        values = (card.total_exact, card.base_exact, card.before_exact)
    value = values[("all", "without_bonus", "before_deductions").index(of)]
    return Judgement(when.total.holds(value), ("total",))


def percent(when: When, facts: Facts) -> Judgement:
    """The total in percent of the assigned maximum."""
    assert when.percent is not None
    if facts.card is None or facts.card.percent is None:
        return Judgement(None)
    value = facts.card.percent
    if facts.published:
        value = round_to(value, facts.scene.scoring.digits, facts.scene.scoring.rounding)
    return Judgement(when.percent.holds(value), ("percent",))


def _row(facts: Facts, code: str) -> CriterionScore | SectionScore | None:
    """A row of the unit's table; ``None`` where it is absent or was not assigned."""
    criterion = facts.criteria.get(code)
    if criterion is None:
        return facts.sections.get(code)
    return criterion if criterion.assigned else None


def _value(facts: Facts, row: CriterionScore | SectionScore) -> Fraction:
    return row.points if facts.published else row.exact


def _share_of(facts: Facts, row: CriterionScore | SectionScore) -> Fraction:
    return row.share if facts.published else row.share_exact


def points(when: When, facts: Facts) -> Judgement:
    """The points of a criterion or section."""
    assert when.points is not None
    row = _row(facts, when.points.of)
    truth = None if row is None else when.points.holds(_value(facts, row))
    return Judgement(truth, (when.points.of,))


def share(when: When, facts: Facts) -> Judgement:
    """Those points in percent of their maximum."""
    assert when.share is not None
    row = _row(facts, when.share.of)
    truth = None if row is None or not row.max else when.share.holds(_share_of(facts, row))
    return Judgement(truth, (when.share.of,))


def _within(facts: Facts, codes: Sequence[str]) -> list[CriterionScore]:
    return _below(facts.criteria.values(), codes)


def _below(rows: Iterable[CriterionScore], codes: Sequence[str]) -> list[CriterionScore]:
    return [
        c for c in rows if c.assigned and (not codes or any(below(c.code, code) for code in codes))
    ]


def _codes_where(
    facts: Facts, within: EveryShare | TargetsMet | Within, holds: Callable[[CriterionScore], bool]
) -> tuple[str, ...]:
    """The codes of the criteria of which a test holds.

    What was found of a criterion is taken over while its score is the very same object; a table
    has many criteria, and one of them changes at a time.
    """
    if facts.scene.memory is None:
        return tuple(c.code for c in _within(facts, within.within) if holds(c))
    key = ("criteria", id(within), facts.published)
    seen = facts.scene.recall(key, (within,), _Seen)
    rows = (*facts.criteria.values(),)
    known, truths = seen.last
    truths = list(truths) if len(known) == len(rows) else [False] * len(rows)
    stayed = [*map(is_, known, rows)] if len(known) == len(rows) else [False] * len(rows)
    for place in _places_of(False, stayed):
        row = rows[place]
        truths[place] = bool(_below((row,), within.within)) and holds(row)
    seen.last = rows, truths
    return tuple(compress(facts.criteria, truths)) if any(truths) else ()


class _Seen:
    """The criteria that were looked at last, and of which of them the test held."""

    def __init__(self) -> None:
        self.last: tuple[Sequence[CriterionScore], Sequence[bool]] = ((), ())


def _places_of(value: bool, values: Sequence[bool]) -> Iterator[int]:
    place = -1
    for _ in range(values.count(value)):
        place = values.index(value, place + 1)
        yield place


def every_share(when: When, facts: Facts) -> Judgement:
    """Every criterion reaches a percent of its maximum."""
    test = when.every_share
    assert test is not None

    def fails(row: CriterionScore) -> bool:
        return bool(row.max) and not test.holds(_share_of(facts, row))

    failing = _codes_where(facts, test, fails)
    return Judgement(not failing, failing)


def no_zero(when: When, facts: Facts) -> Judgement:
    """No criterion has 0 points."""
    assert when.no_zero is not None
    zero = _codes_where(facts, when.no_zero, lambda row: _value(facts, row) == 0)
    return Judgement(not zero, zero)


def targets_met(when: When, facts: Facts) -> Judgement:
    """So many criteria reach a share of their plan or maximum."""
    test = when.targets_met
    assert test is not None

    def reached(row: CriterionScore) -> bool:
        share = row.plan_percent
        return (_share_of(facts, row) if share is None else share) >= test.share

    met = _codes_where(facts, test, reached)
    enough = test.count is None or len(met) >= test.count
    if test.percent is not None and (rows := _within(facts, test.within)):
        enough = enough and Fraction(len(met) * 100, len(rows)) >= test.percent
    return Judgement(enough, met)


def level(when: When, facts: Facts) -> Judgement:
    """A level is one of those named, or on the named side of a scale."""
    test = when.level
    assert test is not None
    rows = (
        [c for c in facts.criteria.values() if c.code == test.of]
        if test.of is not None
        else [c for c in _within(facts, test.within) if c.level or c.state is EntryState.BLANK]
    )
    hits = tuple(c.code for c in rows if c.level is not None and level_fits(test, c.level, facts))
    if hits:
        return Judgement(True, hits)
    return Judgement(None if any(_level_awaited(c) for c in rows) else False)


def _level_awaited(score: CriterionScore) -> bool:
    """Whether a level may still come: the cell is blank, or was scored without its level."""
    scored = score.state is EntryState.SCORED and score.level is None
    return scored or score.state is EntryState.BLANK


def level_fits(test: LevelTest | AttributeTest, level: str, facts: Facts) -> bool | None:
    """Whether a level is among those named, or on the named side of the scale."""
    names = test.is_ if isinstance(test, LevelTest) else ()
    if names:
        return any(same_words(level, name) for name in names)
    scale = next((s for s in facts.scene.rules.scales if s.id == test.scale), None)
    if scale is None:
        return None

    def place(word: str) -> int | None:
        return next((i for i, name in enumerate(scale.levels) if same_words(word, name)), None)

    own = place(level)
    if own is None:
        return None
    sides: tuple[tuple[str | None, Callable[[int, int], bool]], ...] = (
        (test.at_most, lambda mine, edge: mine >= edge),
        (test.at_least, lambda mine, edge: mine <= edge),
        (test.below, lambda mine, edge: mine > edge),
        (test.above, lambda mine, edge: mine < edge),
    )
    return all(
        (edge := place(word)) is not None and fits(own, edge)
        for word, fits in sides
        if word is not None
    )


def state(when: When, facts: Facts) -> Judgement:
    """Some criterion is in a state."""
    test = when.state
    assert test is not None
    wanted = EntryState(test.is_)
    hits = tuple(
        c.code
        for c in facts.criteria.values()
        if c.state is wanted
        and (not test.within or any(below(c.code, code) for code in test.within))
    )
    return Judgement(bool(hits), hits)


def barring_level(when: When, facts: Facts) -> Judgement:
    """Some criterion has a level that bars."""
    assert when.barring_level is not None
    hits = tuple(c.code for c in _within(facts, when.barring_level.within) if c.bars)
    return Judgement(bool(hits), hits)


def bonus(when: When, facts: Facts) -> Judgement:
    """The points of a bonus item."""
    assert when.bonus is not None
    if facts.card is None:
        return Judgement(None)
    items = facts.card.bonus.items
    item = items.get(when.bonus.of)
    value = ZERO if item is None else item.points if facts.published else item.exact
    return Judgement(when.bonus.holds(value), (when.bonus.of,))


def deductions(when: When, facts: Facts) -> Judgement:
    """The total of deductions."""
    assert when.deductions is not None
    if facts.card is None:
        return Judgement(None)
    minus = facts.card.deductions
    value = minus.total if facts.published else minus.exact
    return Judgement(when.deductions.holds(value), ("deductions",))
