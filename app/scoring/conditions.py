"""Judging the boolean trees of a pack for one unit: true, false, or not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from app.domain.snapshot import EntryState, Unit
from app.ground.text import same_words
from app.rules.condition import (
    AttributeTest,
    ClassTest,
    CompanionTest,
    LevelTest,
    When,
)
from app.scoring.assessment import CriterionScore, SectionScore, UnitCard
from app.scoring.frame import below
from app.scoring.scene import Scene

if TYPE_CHECKING:
    from app.scoring.assessment import Assessment

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may look at; later stages know more than earlier ones."""

    scene: Scene
    unit: Unit
    criteria: Mapping[str, CriterionScore]
    sections: Mapping[str, SectionScore]
    card: UnitCard | None = None
    class_id: str | None = None
    rank: int | None = None
    cases: frozenset[str] = frozenset()
    companions: Mapping[str, Assessment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``truth`` is ``None`` where a fact is not known; ``grounds`` are the codes behind it."""

    truth: bool | None
    grounds: tuple[str, ...] = ()


def judge(when: When, facts: Facts) -> Judgement:
    """Whether a condition holds for a unit (three-valued: unknown is not false)."""
    (key,) = when.given
    return _TESTS[key](when, facts)


def _every(parts: Iterable[Judgement]) -> Judgement:
    parts = tuple(parts)
    grounds = tuple(g for p in parts for g in p.grounds)
    if any(p.truth is False for p in parts):
        return Judgement(False, grounds)
    return Judgement(None if any(p.truth is None for p in parts) else True, grounds)


def _at_least(count: int, parts: Iterable[Judgement]) -> Judgement:
    parts = tuple(parts)
    grounds = tuple(g for p in parts if p.truth for g in p.grounds)
    true = sum(p.truth is True for p in parts)
    unknown = sum(p.truth is None for p in parts)
    if true >= count:
        return Judgement(True, grounds)
    return Judgement(None if true + unknown >= count else False, grounds)


def _negate(when: When, facts: Facts) -> Judgement:
    assert when.not_ is not None
    inner = judge(when.not_, facts)
    return Judgement(None if inner.truth is None else not inner.truth, inner.grounds)


def _total(when: When, facts: Facts) -> Judgement:
    assert when.total is not None
    if facts.card is None:
        return Judgement(None)
    card = facts.card
    published = facts.scene.scoring.class_on == "published"
    values = {
        "all": card.total if published else card.total_exact,
        "without_bonus": card.base_total,
        "before_deductions": card.before_deductions,
    }
    return Judgement(when.total.holds(values[when.total.of]), ("total",))


def _percent(when: When, facts: Facts) -> Judgement:
    assert when.percent is not None
    if facts.card is None or facts.card.percent is None:
        return Judgement(None)
    return Judgement(when.percent.holds(facts.card.percent), ("percent",))


def _row(facts: Facts, code: str) -> CriterionScore | SectionScore | None:
    return facts.criteria.get(code) or facts.sections.get(code)


def _value(facts: Facts, row: CriterionScore | SectionScore) -> Fraction:
    return row.points if facts.scene.scoring.class_on == "published" else row.exact


def _points(when: When, facts: Facts) -> Judgement:
    assert when.points is not None
    row = _row(facts, when.points.of)
    if row is None or (isinstance(row, CriterionScore) and not row.assigned):
        return Judgement(None, (when.points.of,))
    return Judgement(when.points.holds(_value(facts, row)), (when.points.of,))


def _share(when: When, facts: Facts) -> Judgement:
    assert when.share is not None
    row = _row(facts, when.share.of)
    if row is None or not row.max or (isinstance(row, CriterionScore) and not row.assigned):
        return Judgement(None, (when.share.of,))
    return Judgement(when.share.holds(row.exact / row.max * 100), (when.share.of,))


def _within(facts: Facts, codes: Sequence[str]) -> list[CriterionScore]:
    return [
        c
        for c in facts.criteria.values()
        if c.assigned and (not codes or any(below(c.code, code) for code in codes))
    ]


def _every_share(when: When, facts: Facts) -> Judgement:
    test = when.every_share
    assert test is not None
    failing = tuple(
        c.code
        for c in _within(facts, test.within)
        if c.max and not test.holds(c.exact / c.max * 100)
    )
    return Judgement(not failing, failing)


def _no_zero(when: When, facts: Facts) -> Judgement:
    assert when.no_zero is not None
    zero = tuple(c.code for c in _within(facts, when.no_zero.within) if c.exact == 0)
    return Judgement(not zero, zero)


def _targets_met(when: When, facts: Facts) -> Judgement:
    test = when.targets_met
    assert test is not None
    rows = _within(facts, test.within)

    def reached(row: CriterionScore) -> bool:
        share = row.plan_percent
        if share is None:
            share = row.exact / row.max * 100 if row.max else ZERO
        return share >= test.share

    met = [c.code for c in rows if reached(c)]
    enough = test.count is None or len(met) >= test.count
    if test.percent is not None and rows:
        enough = enough and Fraction(len(met) * 100, len(rows)) >= test.percent
    return Judgement(enough, tuple(met))


def _level(when: When, facts: Facts) -> Judgement:
    test = when.level
    assert test is not None
    rows = (
        [c for c in facts.criteria.values() if c.code == test.of]
        if test.of is not None
        else _within(facts, test.within)
    )
    hits = tuple(c.code for c in rows if c.level is not None and _level_fits(test, c.level, facts))
    if hits:
        return Judgement(True, hits)
    known = test.of is None or any(c.level is not None for c in rows)
    return Judgement(False if known else None, ())


def _level_fits(test: LevelTest | AttributeTest, level: str, facts: Facts) -> bool | None:
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


def _state(when: When, facts: Facts) -> Judgement:
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


def _barring_level(when: When, facts: Facts) -> Judgement:
    assert when.barring_level is not None
    hits = tuple(c.code for c in _within(facts, when.barring_level.within) if c.bars)
    return Judgement(bool(hits), hits)


def _attribute(when: When, facts: Facts) -> Judgement:
    test = when.attribute
    assert test is not None
    value = facts.unit.attributes.get(test.name)
    if value is None:
        return Judgement(None, (test.name,))
    ground = (test.name,)
    if test.range is not None:
        number = value if isinstance(value, Fraction) and not isinstance(value, bool) else None
        return Judgement(None if number is None else test.range.holds(number), ground)
    if test.is_ is not None:
        wanted = test.is_ if isinstance(test.is_, tuple) else (test.is_,)
        if isinstance(value, bool):
            return Judgement(value in wanted, ground)
        return Judgement(any(same_words(str(value), str(w)) for w in wanted), ground)
    return Judgement(_level_fits(test, str(value), facts), ground)


def _ticked(when: When, facts: Facts) -> Judgement:
    for fact in facts.scene.snapshot.conditions:
        if fact.unit == facts.unit.id and fact.condition == when.condition:
            return Judgement(fact.met, (fact.condition,))
    item = next((c for c in facts.scene.rules.conditions if c.id == when.condition), None)
    if item is not None and item.when is not None:
        return judge(item.when, facts)
    return Judgement(None, (when.condition or "",))


def _class(when: When, facts: Facts) -> Judgement:
    assert when.class_ is not None
    return Judgement(class_fits(when.class_, facts.class_id, facts.scene), ("class",))


def class_fits(test: ClassTest, class_id: str | None, scene: Scene) -> bool | None:
    """Whether a class is among those named, or at least / at most one of them."""
    order = [c.id for c in scene.rules.classes]
    if class_id is None or class_id not in order:
        return None
    own = order.index(class_id)
    if test.is_ and class_id not in test.is_:
        return False
    if test.at_least is not None and (
        test.at_least not in order or own > order.index(test.at_least)
    ):
        return False
    return not (
        test.at_most is not None and (test.at_most not in order or own < order.index(test.at_most))
    )


def _companion(when: When, facts: Facts) -> Judgement:
    test = when.companion
    assert test is not None
    other = facts.companions.get(test.pack)
    result = other.units.get(facts.unit.id) if other is not None else None
    if other is None or result is None:
        return Judgement(None, (test.pack,))
    scene = Scene(other.snapshot, other.pack, other.pack.rules, facts.scene.as_of, test.pack)
    return Judgement(_companion_truth(test, other, facts.unit.id, scene), (test.pack,))


def _companion_truth(
    test: CompanionTest, other: Assessment, unit: str, scene: Scene
) -> bool | None:
    result = other.units[unit]
    truths: list[bool | None] = []
    if test.class_ is not None:
        truths.append(class_fits(test.class_, result.class_id, scene))
    if test.total is not None:
        truths.append(test.total.holds(result.card.total))
    if test.percent is not None:
        percent = result.card.percent
        truths.append(None if percent is None else test.percent.holds(percent))
    if test.barred is not None:
        barred = any(e.kind == "barred" for e in result.eligibility)
        truths.append(barred is test.barred)
    if any(t is False for t in truths):
        return False
    return None if any(t is None for t in truths) else True


def _months(when: When, facts: Facts) -> Judgement:
    """Whole months of membership inside the period."""
    assert when.months is not None
    period = facts.scene.snapshot.period
    start = max(facts.unit.joined or period.start, period.start)
    end = min(facts.unit.left or period.end, period.end)
    months = (end.year - start.year) * 12 + end.month - start.month + (end.day >= start.day)
    if facts.unit.left is None and start.day == 1 and end == period.end:
        months = (end.year - start.year) * 12 + end.month - start.month + 1
    return Judgement(when.months.holds(Fraction(max(0, months))), ("membership",))


def _bonus(when: When, facts: Facts) -> Judgement:
    assert when.bonus is not None
    if facts.card is None:
        return Judgement(None)
    items = facts.card.bonus.items
    value = items[when.bonus.of].points if when.bonus.of in items else ZERO
    return Judgement(when.bonus.holds(value), (when.bonus.of,))


def _deductions(when: When, facts: Facts) -> Judgement:
    assert when.deductions is not None
    if facts.card is None:
        return Judgement(None)
    return Judgement(when.deductions.holds(facts.card.deductions.total), ("deductions",))


def _rank(when: When, facts: Facts) -> Judgement:
    assert when.rank is not None
    if facts.rank is None:
        return Judgement(None, ("rank",))
    return Judgement(when.rank.holds(Fraction(facts.rank)), ("rank",))


def _size(when: When, facts: Facts) -> Judgement:
    assert when.size is not None
    size = len(facts.scene.competitors(facts.unit.cluster))
    return Judgement(when.size.holds(Fraction(size)), ("size",))


_TESTS: Mapping[str, Callable[[When, Facts], Judgement]] = {
    "all": lambda w, f: _every(judge(p, f) for p in w.all or ()),
    "any": lambda w, f: _at_least(1, (judge(p, f) for p in w.any or ())),
    "some": lambda w, f: _at_least(
        w.some.count if w.some else 0, (judge(p, f) for p in (w.some.of if w.some else ()))
    ),
    "not_": _negate,
    "total": _total,
    "percent": _percent,
    "points": _points,
    "share": _share,
    "every_share": _every_share,
    "no_zero": _no_zero,
    "targets_met": _targets_met,
    "level": _level,
    "state": _state,
    "barring_level": _barring_level,
    "role": lambda w, f: Judgement(w.role in f.unit.roles, ("role",)),
    "block": lambda w, f: Judgement(f.scene.block(f.unit) == w.block, ("block",)),
    "size": _size,
    "rank": _rank,
    "attribute": _attribute,
    "condition": _ticked,
    "standing": lambda w, f: Judgement(w.standing in f.cases, (w.standing or "",)),
    "class_": _class,
    "companion": _companion,
    "bonus": _bonus,
    "deductions": _deductions,
    "months": _months,
    "always": lambda w, f: Judgement(True),
}
