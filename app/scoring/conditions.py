"""Judging the boolean trees of a pack for one unit: true, false, or not known.

Numbers are tested as they are published or as they are exactly, as the pack's ``class_on`` says;
the provisional 0 of a cell that is not finished counts. A fact that nobody recorded, the level of
an unfinished cell and a case that is not decided yet make a test unknown, never false.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from app.ground.text import same_words
from app.rules.condition import ClassTest, CompanionTest, When
from app.rules.pack import RulePack
from app.scoring import score_conditions
from app.scoring.assessment import Assessment
from app.scoring.judgement import Facts, Judgement

MET = {"met": True, "unmet": False}
"""The outcomes of a decision on a condition."""


def judge(when: When, facts: Facts) -> Judgement:
    """Whether a condition holds for a unit (three-valued: unknown is not false)."""
    (key,) = when.given
    return _TESTS[key](when, facts)


def judge_openly(when: When, facts: Facts, what: str) -> Judgement:
    """The same, with a finding where published and exact numbers give different answers."""
    judgement = judge(when, facts)
    other = judge(when, facts.by_other_numbers())
    if judgement.truth is not other.truth:
        words = {True: "đạt", False: "không đạt", None: "chưa rõ"}
        told = [words[judgement.truth], words[other.truth]]
        public, exact = told if facts.published else reversed(told)
        used = "điểm công bố" if facts.published else "điểm chưa làm tròn"
        facts.scene.findings.warning(
            "threshold_hidden_by_rounding",
            f"{facts.unit.name} ({facts.unit.id})",
            f"{what}: theo điểm công bố thì {public}, theo điểm chưa làm tròn thì {exact}; kết quả "
            f"dùng {used}.",
            "Ghi rõ trong biên bản cách làm tròn đã dùng.",
        )
    return judgement


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
    return Judgement(score_conditions.level_fits(test, str(value), facts), ground)


def _ticked(when: When, facts: Facts) -> Judgement:
    assert when.condition is not None
    return condition_holds(when.condition, facts)


def condition_holds(condition: str, facts: Facts) -> Judgement:
    """Whether a condition of the pack is met: as ticked, as decided, or as its rule says."""
    for fact in facts.scene.snapshot.conditions:
        if fact.unit == facts.unit.id and fact.condition == condition:
            return Judgement(fact.met, (condition,))
    for question, outcome in facts.scene.decided(f"open:{condition}", facts.unit.id):
        if outcome in MET:
            return Judgement(MET[outcome], (condition,))
        facts.scene.does_not_fit(question, outcome, MET)
    item = next((c for c in facts.scene.rules.conditions if c.id == condition), None)
    if item is not None and item.when is not None:
        return judge(item.when, facts)
    return Judgement(None, (condition,))


def _class(when: When, facts: Facts) -> Judgement:
    assert when.class_ is not None
    return Judgement(_class_fits(when.class_, facts.class_id, facts.scene.rules), ("class",))


def _class_fits(test: ClassTest, class_id: str | None, rules: RulePack) -> bool | None:
    """Whether a class is among those named, or at least / at most one of them."""
    order = [c.id for c in rules.classes]
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
    return Judgement(_companion_truth(test, other, facts.unit.id), (test.pack,))


def _companion_truth(test: CompanionTest, other: Assessment, unit: str) -> bool | None:
    result = other.units[unit]
    truths: list[bool | None] = []
    if test.class_ is not None:
        truths.append(_class_fits(test.class_, result.class_id, other.pack.rules))
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
    """Whole months of membership inside the period; a unit that left was no member that day."""
    assert when.months is not None
    period = facts.scene.snapshot.period
    start = max(facts.unit.joined or period.start, period.start)
    after = period.end + dt.timedelta(days=1)
    end = min(facts.unit.left or after, after)
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return Judgement(when.months.holds(Fraction(max(0, months))), ("membership",))


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
    "total": score_conditions.total,
    "percent": score_conditions.percent,
    "points": score_conditions.points,
    "share": score_conditions.share,
    "every_share": score_conditions.every_share,
    "no_zero": score_conditions.no_zero,
    "targets_met": score_conditions.targets_met,
    "level": score_conditions.level,
    "state": score_conditions.state,
    "barring_level": score_conditions.barring_level,
    "role": lambda w, f: Judgement(w.role in f.unit.roles, ("role",)),
    "block": lambda w, f: Judgement(f.scene.block(f.unit) == w.block, ("block",)),
    "size": _size,
    "rank": _rank,
    "attribute": _attribute,
    "condition": _ticked,
    "standing": lambda w, f: Judgement(f.cases.get(w.standing or ""), (w.standing or "",)),
    "class_": _class,
    "companion": _companion,
    "bonus": score_conditions.bonus,
    "deductions": score_conditions.deductions,
    "months": _months,
    "always": lambda w, f: Judgement(True),
}
