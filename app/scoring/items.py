"""Bonus and deduction points of one unit, item by item, with their caps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from app.domain.snapshot import ItemFact, Unit
from app.domain.step import Step, StepRule
from app.rules.methods import Given, Scored
from app.rules.methods.base import show
from app.rules.pack import DirectPoints, EachOver, Item, Items, PercentOfTotal, PerCount
from app.rules.pack import Scored as ScoredWorth
from app.scoring.assessment import CriterionScore, ItemScore, ItemsScore
from app.scoring.frame import below
from app.scoring.scene import Scene

ZERO = Fraction(0)
Rounder = Callable[[Fraction], Fraction]


def score_items(
    scene: Scene,
    unit: Unit,
    rules: Items,
    facts: Sequence[ItemFact],
    criteria: Mapping[str, CriterionScore],
    subtotal: Fraction,
    rounded: Rounder,
) -> ItemsScore:
    """All items of one kind; ``subtotal`` is what a percent is taken of.

    Caps go from the inside out: each fact, then the item's ``max``, then the group's (A19).
    """
    kept = _one_reward_per_subject(scene, unit, rules, facts, subtotal)
    items: dict[str, ItemScore] = {}
    for item in rules.items:
        own = [f for f in kept if f.item == item.id]
        if item.role is not None and item.role not in unit.roles:
            if own:
                scene.findings.error(
                    "item_not_for_role",
                    f"{unit.name} ({unit.id}), mục {item.id}",
                    f"“{item.title}” chỉ áp dụng cho đơn vị giữ vai trò “{item.role}”; không tính.",
                    "Bỏ mục này hoặc ghi lại vai trò của đơn vị.",
                )
            continue
        step = _item(scene, unit, item, own, criteria, subtotal)
        if step is None:
            continue
        items[item.id] = ItemScore(
            item.id, item.title, step.value, rounded(step.value), step.with_clause(item.clause)
        )
    return _group(rules, items, rounded)


def _group(rules: Items, items: Mapping[str, ItemScore], rounded: Rounder) -> ItemsScore:
    total = sum((i.exact for i in items.values()), ZERO)
    parts = tuple(i.why for i in items.values())
    if rules.max is not None and total > rules.max:
        bound = Fraction(rules.max)
        how = f"Cộng {show(total)} điểm, không quá {show(bound)}"
        step = Step(bound, how, rules.clause, StepRule.CAP, parts)
    else:
        step = Step(total, f"Cộng {show(total)} điểm", rules.clause, StepRule.SUM, parts)
    return ItemsScore(items, step.value, rounded(step.value), step)


def _one_reward_per_subject(
    scene: Scene, unit: Unit, rules: Items, facts: Sequence[ItemFact], subtotal: Fraction
) -> list[ItemFact]:
    """Facts about one and the same subject: only the one worth most stays."""
    if rules.same_subject == "all":
        return list(facts)
    by_id = {i.id: i for i in rules.items}
    best: dict[str, tuple[Fraction, ItemFact]] = {}
    kept: list[ItemFact] = []
    for fact in facts:
        subject = " ".join(fact.subject.split()).casefold()
        item = by_id.get(fact.item)
        if not subject or item is None:
            kept.append(fact)
            continue
        worth = _fact(scene, unit, item, fact, subtotal, quiet=True).value
        if subject not in best or worth > best[subject][0]:
            best[subject] = (worth, fact)
    chosen = {id(fact) for _, fact in best.values()}
    for fact in facts:
        if id(fact) in chosen:
            kept.append(fact)
        elif fact not in kept:
            scene.findings.note(
                "same_subject",
                f"{unit.name} ({unit.id}), mục {fact.item}",
                f"“{fact.subject}” đã được tính ở mức cao hơn; không tính lần nữa.",
            )
    return kept


def _item(
    scene: Scene,
    unit: Unit,
    item: Item,
    facts: Sequence[ItemFact],
    criteria: Mapping[str, CriterionScore],
    subtotal: Fraction,
) -> Step | None:
    if isinstance(item.worth, EachOver) and not facts:
        steps: Iterable[Step] = _each_over(item.worth, criteria)
    else:
        steps = (_fact(scene, unit, item, fact, subtotal) for fact in facts)
    parts = tuple(steps)
    if not parts:
        return None
    total = sum((s.value for s in parts), ZERO)
    if item.max is not None and total > item.max:
        bound = Fraction(item.max)
        how = f"{item.title}: cộng {show(total)}, không quá {show(bound)} điểm"
        return Step(bound, how, item.clause, StepRule.CAP, parts)
    return Step(total, f"{item.title}: {show(total)} điểm", item.clause, StepRule.SUM, parts)


def _fact(
    scene: Scene,
    unit: Unit,
    item: Item,
    fact: ItemFact,
    subtotal: Fraction,
    quiet: bool = False,
) -> Step:
    """What one recorded ground is worth."""
    note = f" ({fact.reason or fact.subject})" if fact.reason or fact.subject else ""
    match item.worth:
        case PerCount(points=points):
            value = fact.count * Fraction(points)
            how = f"{fact.count} × {show(Fraction(points))} = {show(value)} điểm{note}"
            return Step(value, how, item.clause, StepRule.FORMULA)
        case PercentOfTotal(percent=percent):
            value = subtotal * Fraction(percent) / 100 * fact.count
            how = f"{show(Fraction(percent))} % × {show(subtotal)} × {fact.count} = {show(value)}"
            return Step(value, how + note, item.clause, StepRule.FORMULA)
        case ScoredWorth(method=method):
            top = Fraction(item.max) if item.max is not None else ZERO
            outcome = method.score(Given(unit.id, top, fact.figures, {}, item.clause))
            if isinstance(outcome, Scored):
                return outcome.step.with_clause(item.clause)
            if not quiet:
                _unclear(scene, unit, item)
            return Step(ZERO, "Chưa đủ số liệu: 0 điểm", item.clause, StepRule.NOT_COUNTED)
        case DirectPoints() | EachOver():
            return _typed(scene, unit, item, fact, note, quiet)


def _typed(scene: Scene, unit: Unit, item: Item, fact: ItemFact, note: str, quiet: bool) -> Step:
    if fact.points is None:
        if not quiet:
            _unclear(scene, unit, item)
        return Step(ZERO, "Chưa ghi số điểm: 0 điểm", item.clause, StepRule.NOT_COUNTED)
    value = fact.points
    allowed = item.worth.range if isinstance(item.worth, DirectPoints) else None
    low = allowed.low if allowed else None
    high = allowed.high if allowed else None
    bound = value
    if low is not None and value < low[0]:
        bound = low[0]
    if high is not None and value > high[0]:
        bound = high[0]
    if bound < 0:
        bound = ZERO
    over = item.max is not None and value > item.max
    if (bound != value or over) and not quiet:
        limit = allowed.words() if allowed else f"đến {show(Fraction(item.max or 0))}"
        scene.findings.error(
            "item_out_of_range",
            f"{unit.name} ({unit.id}), mục {item.id}",
            f"Điểm {show(value)} nằm ngoài mức cho phép ({limit}); chỉ tính trong mức cho phép.",
            "Ghi lại số điểm theo quy định.",
        )
    if bound != value:
        how = f"Ghi {show(value)}, tính {show(bound)} điểm{note}"
        return Step(bound, how, item.clause, StepRule.CAP)
    return Step(value, f"{show(value)} điểm{note}", item.clause, StepRule.GIVEN)


def _unclear(scene: Scene, unit: Unit, item: Item) -> None:
    scene.findings.error(
        "item_incomplete",
        f"{unit.name} ({unit.id}), mục {item.id}",
        f"“{item.title}” chưa ghi đủ số điểm hoặc số liệu; đang tính 0 điểm.",
        "Ghi số điểm hoặc số liệu mà mục này cần.",
    )


def _each_over(worth: EachOver, criteria: Mapping[str, CriterionScore]) -> Iterable[Step]:
    """Bonus of every criterion above its plan, capped by the criterion's own maximum first."""
    for score in criteria.values():
        percent = score.plan_percent
        if percent is None or percent <= 100 or not score.assigned:
            continue
        if worth.criteria and not any(below(score.code, code) for code in worth.criteria):
            continue
        over = (percent - 100) / Fraction(worth.per)
        counted = Fraction(int(over)) if worth.whole else over
        value = counted * Fraction(worth.points)
        how = (
            f"{score.code} vượt {show(percent - 100)} %: {show(counted)} × "
            f"{show(Fraction(worth.points))} = {show(value)}"
        )
        if worth.share_of_max is not None:
            bound = score.max * Fraction(worth.share_of_max) / 100
            if value > bound:
                how += f", không quá {show(Fraction(worth.share_of_max))} % × {show(score.max)}"
                how += f" = {show(bound)}"
                yield Step(bound, how, None, StepRule.CAP)
                continue
        if value:
            yield Step(value, how, None, StepRule.FORMULA)
