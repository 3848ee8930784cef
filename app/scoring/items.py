"""Bonus and deduction points of one unit, item by item, with their caps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from app.domain.snapshot import ItemFact, Unit
from app.domain.step import Step, StepRule
from app.rules.base import Range
from app.rules.items import DirectPoints, EachOver, Item, Items, PercentOfTotal, PerCount
from app.rules.items import Scored as ScoredWorth
from app.rules.methods import Given, Inapplicable, Lacking, Scored, Undecided
from app.rules.methods.base import show
from app.scoring.assessment import (
    CriterionScore,
    ItemScore,
    ItemsScore,
    OpenQuestion,
    QuestionOutcome,
)
from app.scoring.frame import below
from app.scoring.scene import Scene
from app.scoring.sums import Sums

ZERO = Fraction(0)


class ItemWork:
    """Works out the items of one unit on top of its table; ``questions`` gathers.

    Caps go from the inside out: each fact, then the item's ``max``, then the group's (A19).
    """

    def __init__(self, scene: Scene, unit: Unit, sums: Sums) -> None:
        self.scene = scene
        self.unit = unit
        self.sums = sums
        self.findings = sums.findings
        self.questions: list[OpenQuestion] = []

    def score(self, rules: Items, facts: Sequence[ItemFact], subtotal: Fraction) -> ItemsScore:
        """All items of one kind; ``subtotal`` is what a percent is taken of."""
        own = [f for f in facts if f.unit == self.unit.id]
        known = {item.id: item for item in rules.items if self._open(item)}
        worth = {
            place: self._fact(known[fact.item], fact, subtotal)
            for place, fact in enumerate(own)
            if fact.item in known
        }
        kept = self._one_of_each_subject(rules, own, known, worth)
        items: dict[str, ItemScore] = {}
        for item in rules.items:
            mine = [place for place, f in enumerate(own) if f.item == item.id]
            if item.id not in known:
                self._not_open(item, bool(mine))
                continue
            step = self._item(item, [worth[place] for place in mine if place in kept])
            if step is not None:
                exact, step = step.value, step.with_clause(item.clause)
                step = self.sums.rounded_step(step) if self.sums.place == "criterion" else step
                items[item.id] = ItemScore(
                    item.id, item.title, exact, self.sums.rounded(exact), step
                )
        step = _together(rules, [i.why for i in items.values()])
        if self.sums.place == "section":
            step = self.sums.rounded_step(step)
        return ItemsScore(items, step.value, self.sums.rounded(step.value), step)

    def _place(self, item: str) -> str:
        return f"{self.unit.name} ({self.unit.id}), mục {item}"

    def _open(self, item: Item) -> bool:
        return item.role is None or item.role in self.unit.roles

    def _not_open(self, item: Item, recorded: bool) -> None:
        if recorded:
            self.findings.error(
                "item_not_for_role",
                self._place(item.id),
                f"“{item.title}” chỉ áp dụng cho đơn vị giữ vai trò “{item.role}”; không tính.",
                "Bỏ mục này hoặc ghi lại vai trò của đơn vị.",
            )

    def _one_of_each_subject(
        self,
        rules: Items,
        facts: Sequence[ItemFact],
        known: Mapping[str, Item],
        worth: Mapping[int, Step],
    ) -> set[int]:
        """The facts that count: of those about one and the same subject the one worth most.

        Of equal ones the item that stands first in the pack counts.
        """
        places = {item_id: place for place, item_id in enumerate(known)}
        best: dict[str, tuple[Fraction, int, int]] = {}
        kept = set(worth)
        if rules.same_subject == "all":
            return kept
        for place, fact in enumerate(facts):
            subject = " ".join(fact.subject.split()).casefold()
            if not subject or place not in worth:
                continue
            cap, value = known[fact.item].max, worth[place].value
            value = value if cap is None else min(value, Fraction(cap))
            rank = (value, -places[fact.item], place)
            known_best = best.get(subject)
            if known_best is None:
                best[subject] = rank
                continue
            better = rank[:2] > known_best[:2]
            loser = known_best[2] if better else place
            best[subject] = rank if better else known_best
            kept.discard(loser)
            self.findings.note(
                "same_subject",
                self._place(facts[loser].item),
                f"“{facts[loser].subject}” đã được tính ở mức cao hơn; không tính lần nữa.",
            )
        return kept

    def _item(self, item: Item, steps: Sequence[Step]) -> Step | None:
        parts = tuple(steps)
        if isinstance(item.worth, EachOver):
            parts = self._over_plan(item, item.worth, parts)
        if not parts:
            return None
        total = sum((s.value for s in parts), ZERO)
        if item.max is not None and total > item.max:
            bound = Fraction(item.max)
            how = f"{item.title}: cộng {show(total)}, không quá {show(bound)} điểm"
            return Step(bound, how, item.clause, StepRule.CAP, parts)
        return Step(total, f"{item.title}: {show(total)} điểm", item.clause, StepRule.SUM, parts)

    def _over_plan(self, item: Item, worth: EachOver, typed: tuple[Step, ...]) -> tuple[Step, ...]:
        """What the figures of the criteria amount to; typed points where there are no figures."""
        computed = tuple(_each_over(worth, self.sums.criteria))
        if not typed:
            return computed
        with_plan = [c for c in self.sums.criteria.values() if c.plan_percent is not None]
        if not any(_below(c.code, worth.criteria) for c in with_plan):
            return typed
        self.findings.warning(
            "item_is_computed",
            self._place(item.id),
            f"“{item.title}” được tính từ số liệu kế hoạch của các tiêu chí; điểm ghi tay không "
            "được dùng.",
            "Bỏ dòng này, hoặc sửa số liệu của tiêu chí.",
        )
        return computed

    # --- one recorded ground ------------------------------------------------------------

    def _fact(self, item: Item, fact: ItemFact, subtotal: Fraction) -> Step:
        """What one recorded ground is worth."""
        note = f" ({fact.reason or fact.subject})" if fact.reason or fact.subject else ""
        match item.worth:
            case PerCount(points=points):
                value = fact.count * Fraction(points)
                how = f"{fact.count} × {show(Fraction(points))} = {show(value)} điểm{note}"
                return Step(value, how, item.clause, StepRule.FORMULA)
            case PercentOfTotal(percent=percent):
                share = Fraction(percent)
                value = subtotal * share / 100 * fact.count
                how = f"{show(share)} % × {show(subtotal)} × {fact.count} = {show(value)}"
                return Step(value, how + note, item.clause, StepRule.FORMULA)
            case ScoredWorth():
                return self._by_method(item, item.worth, fact)
            case DirectPoints(range=allowed):
                return self._typed(item, allowed, fact, note)
            case EachOver():
                return self._typed(item, None, fact, note)

    def _by_method(self, item: Item, worth: ScoredWorth, fact: ItemFact) -> Step:
        top = Fraction(item.max) if item.max is not None else worth.method.natural_max() or ZERO
        outcome = worth.method.score(Given(self.unit.id, top, fact.figures, {}, item.clause))
        while isinstance(outcome, Undecided):
            about = f"open:{outcome.parameter or 'gap'}:{item.id}"
            decided = next(
                (
                    outcome.options[answer]
                    for _, answer in self.scene.decided(about, self.unit.id)
                    if answer in outcome.options
                ),
                None,
            )
            if decided is None:
                self._ask(item, about, outcome)
                how = f"Chưa có quy định: {outcome.what}"
                return Step(ZERO, how, item.clause, StepRule.NOT_COUNTED)
            outcome = decided
        match outcome:
            case Scored(step):
                return step.with_clause(item.clause)
            case Inapplicable(how):
                return Step(ZERO, f"{how}: 0 điểm", item.clause, StepRule.NOT_COUNTED)
            case Lacking(names):
                return self._unclear(item, f"còn thiếu {worth.method.called(names)}")

    def _ask(self, item: Item, about: str, open_: Undecided) -> None:
        outcomes = tuple(
            QuestionOutcome(
                choice, f"{show(o.step.value)} điểm" if isinstance(o, Scored) else "không tính"
            )
            for choice, o in open_.options.items()
        )
        what = f"{item.title} ({self.unit.name}): {open_.what}"
        self.questions.append(
            OpenQuestion(
                f"{about}:{self.unit.id}",
                open_.parameter or "gap",
                (self.unit.id,),
                what,
                outcomes,
            )
        )

    def _typed(self, item: Item, allowed: Range | None, fact: ItemFact, note: str) -> Step:
        if fact.points is None:
            return self._unclear(item, "chưa ghi số điểm")
        value = fact.points
        bound = max(ZERO, value)
        if allowed is not None and not allowed.holds(value):
            if allowed.low is not None:
                bound = max(bound, allowed.low[0])
            if allowed.high is not None:
                bound = min(bound, allowed.high[0])
        over = item.max is not None and value > item.max
        if over or value < 0 or (allowed is not None and not allowed.holds(value)):
            limit = allowed.words() if allowed else f"đến {show(Fraction(item.max or 0))}"
            self.findings.error(
                "item_out_of_range",
                self._place(item.id),
                f"Điểm {show(value)} nằm ngoài mức cho phép ({limit}); chỉ tính trong mức cho "
                "phép.",
                "Ghi lại số điểm theo quy định.",
            )
        if bound != value:
            how = f"Ghi {show(value)}, tính {show(bound)} điểm{note}"
            return Step(bound, how, item.clause, StepRule.CAP)
        return Step(value, f"{show(value)} điểm{note}", item.clause, StepRule.GIVEN)

    def _unclear(self, item: Item, what: str) -> Step:
        self.findings.error(
            "item_incomplete",
            self._place(item.id),
            f"“{item.title}” chưa ghi đủ: {what}; đang tính 0 điểm.",
            "Ghi số điểm hoặc số liệu mà mục này cần.",
        )
        return Step(ZERO, f"Chưa đủ, {what}: 0 điểm", item.clause, StepRule.NOT_COUNTED)


def _together(rules: Items, parts: Sequence[Step]) -> Step:
    total = sum((step.value for step in parts), ZERO)
    if rules.max is not None and total > rules.max:
        bound = Fraction(rules.max)
        how = f"Cộng {show(total)} điểm, không quá {show(bound)}"
        return Step(bound, how, rules.clause, StepRule.CAP, tuple(parts))
    return Step(total, f"Cộng {show(total)} điểm", rules.clause, StepRule.SUM, tuple(parts))


def _below(code: str, prefixes: Sequence[str]) -> bool:
    return not prefixes or any(below(code, prefix) for prefix in prefixes)


def _each_over(worth: EachOver, criteria: Mapping[str, CriterionScore]) -> Iterable[Step]:
    """Bonus of every criterion above its plan, capped by the criterion's own maximum first."""
    for score in criteria.values():
        percent = score.plan_percent
        if percent is None or percent <= 100 or not score.assigned:
            continue
        if not _below(score.code, worth.criteria):
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
