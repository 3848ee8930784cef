"""Who may be considered, which class each unit reaches, and the order of ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from app.domain.snapshot import Unit
from app.ground.numbers import round_to
from app.rules.condition import Key, When
from app.rules.pack import StandingCase
from app.scoring.assessment import Assessment, Eligibility, OpenQuestion, QuestionOutcome, UnitCard
from app.scoring.conditions import Facts, judge
from app.scoring.scene import Scene

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's eligibility and class, before ranks."""

    unit: Unit
    card: UnitCard
    eligibility: tuple[Eligibility, ...]
    class_id: str | None
    class_title: str | None
    class_reason: str
    questions: tuple[OpenQuestion, ...] = ()

    def blocked(self, kind: str, award: str | None = None) -> Eligibility | None:
        """The first bar (or hold) that concerns ``award``, or every award where ``None``."""
        for item in self.eligibility:
            if item.kind == kind and (
                not item.awards or (award is not None and award in item.awards)
            ):
                return item
        return None


@dataclass(slots=True)
class Order:
    """The ranking of one cluster: groups of equal units, best first, and those listed apart.

    ``decided`` says what put a unit before the next ("total", "keys", "ballot", "decision").
    """

    cluster: str
    groups: list[tuple[str, ...]]
    apart: tuple[str, ...]
    decided: dict[str, str] = field(default_factory=dict)

    def split(self, group: Sequence[str], first: Sequence[str], how: str) -> None:
        """Puts ``first`` before the rest of a tied group, as a ballot or decision settled it."""
        members = set(group)
        rebuilt: list[tuple[str, ...]] = []
        for units in self.groups:
            if not members <= set(units):
                rebuilt.append(units)
                continue
            chosen = tuple(u for u in units if u in first)
            rest = tuple(u for u in units if u not in first)
            rebuilt.extend(g for g in (chosen, rest) if g)
            for unit in units:
                if unit in members:
                    self.decided[unit] = how
        self.groups = rebuilt

    def ranks(self) -> dict[str, int]:
        """Competition ranks: 1, 2, 2, 4."""
        ranks: dict[str, int] = {}
        position = 1
        for units in self.groups:
            for unit in units:
                ranks[unit] = position
            position += len(units)
        return ranks


def stand(
    scene: Scene, unit: Unit, card: UnitCard, companions: Mapping[str, Assessment]
) -> Standing:
    """The eligibility and class of one unit.

    Cases that look at the class are derived after it; a case may look at cases before it.
    """
    facts = Facts(scene, unit, card.criteria, card.sections, card, companions=companions)
    eligibility = list(_cases(scene, facts, with_class=False))
    facts = replace(facts, cases=frozenset(e.case for e in eligibility))
    class_id, reason, questions = _class(scene, unit, facts)
    class_id, reason = _limited(scene, class_id, reason, eligibility)
    facts = replace(facts, class_id=class_id)
    known = {e.case for e in eligibility}
    eligibility += [e for e in _cases(scene, facts, with_class=True) if e.case not in known]
    if scene.rules.classes and class_id is None:
        eligibility.append(
            Eligibility("unclassified", "class", "Chưa xếp loại được", None, "total")
        )
    title = next((c.title for c in scene.rules.classes if c.id == class_id), None)
    return Standing(unit, card, tuple(eligibility), class_id, title, reason, questions)


def _cases(scene: Scene, facts: Facts, with_class: bool) -> list[Eligibility]:
    found: list[Eligibility] = []
    recorded = {
        s.case: s
        for s in scene.snapshot.standing
        if s.unit == facts.unit.id and s.holds_on(scene.as_of)
    }
    for case in scene.rules.standing:
        if case.id in recorded:
            reference = recorded[case.id].reference
            found.append(_eligibility(scene, case, reference or "recorded"))
            continue
        if case.when is None or _looks_at_class(case.when) is not with_class:
            continue
        seen = replace(facts, cases=facts.cases | {e.case for e in found})
        judgement = judge(case.when, seen)
        if judgement.truth:
            grounds = ", ".join(dict.fromkeys(judgement.grounds)) or "derived"
            found.append(_eligibility(scene, case, grounds))
    if not with_class and not any(_tests_levels(c) for c in scene.rules.standing):
        for score in facts.criteria.values():
            if score.bars:
                title = f"Tiêu chí {score.code} ở mức không được xét"
                ranked = scene.scoring.barred == "ranked"
                found.append(
                    Eligibility(
                        "barred",
                        f"level:{score.code}",
                        title,
                        score.why.clause,
                        score.code,
                        ranked=ranked,
                    )
                )
    return found


def _looks_at_class(when: When) -> bool:
    return any(w.class_ is not None for w in when.walk())


def _tests_levels(case: StandingCase) -> bool:
    return case.when is not None and any(w.barring_level is not None for w in case.when.walk())


def _eligibility(scene: Scene, case: StandingCase, grounds: str) -> Eligibility:
    ranked = (
        case.ranked
        if case.ranked is not None
        else (case.kind != "barred" or scene.scoring.barred == "ranked")
    )
    return Eligibility(case.kind, case.id, case.title, case.clause, grounds, case.awards, ranked)


def _class(
    scene: Scene, unit: Unit, facts: Facts
) -> tuple[str | None, str, tuple[OpenQuestion, ...]]:
    """The first class whose condition holds; none is an open question."""
    rules = scene.rules.classes
    if not rules:
        return None, "", ()
    question = f"class_gap:{unit.id}"
    decided = scene.decisions.get(question)
    if decided in {c.id for c in rules}:
        return decided, "Cấp có thẩm quyền quyết định", ()
    for rule in rules:
        if judge(rule.when, facts).truth:
            return rule.id, f"Đạt điều kiện xếp loại “{rule.title}”", ()
    outcomes = tuple(QuestionOutcome(c.id, c.title) for c in rules)
    what = f"{unit.name}: không mức xếp loại nào của quy định áp dụng được"
    return None, what, (OpenQuestion(question, "class_gap", (unit.id,), what, outcomes),)


def _limited(
    scene: Scene, class_id: str | None, reason: str, eligibility: Sequence[Eligibility]
) -> tuple[str | None, str]:
    """The class after direct fails, ceilings and lowerings, in this order."""
    order = [c.id for c in scene.rules.classes]
    cases = {c.id: c for c in scene.rules.standing}
    if not order:
        return class_id, reason
    for kind in ("failed", "ceiling", "lowered"):
        for item in eligibility:
            if item.kind != kind:
                continue
            case = cases[item.case]
            if kind == "failed":
                class_id, reason = case.class_ or order[-1], item.title
            elif class_id is not None and kind == "ceiling" and case.class_ in order:
                if order.index(class_id) < order.index(case.class_):
                    class_id, reason = case.class_, f"{reason}; giới hạn: {item.title}"
            elif class_id is not None and kind == "lowered":
                place = min(order.index(class_id) + case.steps, len(order) - 1)
                class_id, reason = order[place], f"{reason}; hạ bậc: {item.title}"
    return class_id, reason


def rank_value(scene: Scene, card: UnitCard) -> Fraction:
    """What ranks compare: the published total, or the published percent (A35)."""
    if scene.scoring.rank_by == "percent" and card.percent is not None:
        return round_to(card.percent, scene.scoring.digits, scene.scoring.rounding)
    return card.total


def exact_value(scene: Scene, card: UnitCard) -> Fraction:
    """The same before rounding."""
    if scene.scoring.rank_by == "percent" and card.percent is not None:
        return card.percent
    return card.total_exact


def order_cluster(scene: Scene, cluster: str, standings: Mapping[str, Standing]) -> Order:
    """The ranking of a cluster: by published value, then by the pack's ranking keys."""
    ranked: list[Standing] = []
    apart: list[str] = []
    for unit in scene.snapshot.members(cluster):
        standing = standings[unit.id]
        listed_apart = any(not e.ranked for e in standing.eligibility)
        if listed_apart or (scene.scoring.left == "apart" and scene.has_left(unit)):
            apart.append(unit.id)
        else:
            ranked.append(standing)
    ranked.sort(key=lambda s: s.unit.id)
    keys = scene.scoring.rank_keys

    def sort_key(standing: Standing) -> tuple[Fraction, ...]:
        values = [key_value(scene, key, standing) for key in keys]
        return (-rank_value(scene, standing.card), *(-v for v in values))

    groups: list[tuple[str, ...]] = []
    previous: tuple[Fraction, ...] | None = None
    order = Order(cluster, groups, tuple(sorted(apart)))
    for standing in sorted(ranked, key=sort_key):
        value = sort_key(standing)
        if previous is not None and value == previous:
            groups[-1] = (*groups[-1], standing.unit.id)
        else:
            if previous is not None and groups and value[0] == previous[0]:
                order.decided[standing.unit.id] = "keys"
                for unit_id in groups[-1]:
                    order.decided[unit_id] = "keys"
            groups.append((standing.unit.id,))
        previous = value
    _warn_hidden_differences(scene, groups, standings)
    return order


def _warn_hidden_differences(
    scene: Scene, groups: Sequence[tuple[str, ...]], standings: Mapping[str, Standing]
) -> None:
    """Says where the unrounded values would order units otherwise (A35)."""
    exact = [[exact_value(scene, standings[u].card) for u in g] for g in groups]
    for units, values in zip(groups, exact, strict=True):
        if len(set(values)) > 1:
            scene.findings.warning(
                "order_hidden_by_rounding",
                ", ".join(units),
                "Các đơn vị bằng điểm sau khi làm tròn nhưng điểm chưa làm tròn khác nhau; "
                "xếp hạng theo điểm công bố.",
            )
    for (units, values), (others, below_) in zip(
        zip(groups, exact, strict=True), list(zip(groups, exact, strict=True))[1:], strict=False
    ):
        if max(below_) > min(values):
            scene.findings.warning(
                "order_hidden_by_rounding",
                ", ".join((*units, *others)),
                "Thứ tự theo điểm công bố khác thứ tự theo điểm chưa làm tròn; xếp hạng theo điểm "
                "công bố.",
            )


def key_value(scene: Scene, key: Key, standing: Standing) -> Fraction:
    """The number that a tie-break key compares, higher first; unknown stands last."""
    value = _raw_key(scene, key, standing)
    if value is None:
        return Fraction(-(10**12))
    if key.at is not None:
        value = Fraction(1 if key.at.holds(value) else 0)
    return -value if key.lower else value


def _raw_key(scene: Scene, key: Key, standing: Standing) -> Fraction | None:
    card = standing.card
    row = card.criteria.get(key.of or "") or card.sections.get(key.of or "")
    match key.by:
        case "points":
            return row.points if row is not None else None
        case "share":
            return row.exact / row.max if row is not None and row.max else None
        case "exact_total":
            return card.total_exact
        case "before_bonus":
            return card.base_total
        case "before_deductions":
            return card.before_deductions
        case "bonus":
            items = card.bonus.items
            if key.of is None:
                return card.bonus.total
            return items[key.of].points if key.of in items else ZERO
        case "deductions":
            return card.deductions.total
        case "round_total":
            return _round_total(card, key.of or "")
        case "level":
            return _level_key(scene, key, card)
        case "attribute":
            value = standing.unit.attributes.get(key.of or "")
            if isinstance(value, bool):
                return Fraction(int(value))
            return value if isinstance(value, Fraction) else None


def _round_total(card: UnitCard, round_id: str) -> Fraction:
    return sum(
        (c.rounds[round_id].points or ZERO for c in card.criteria.values() if round_id in c.rounds),
        ZERO,
    )


def _level_key(scene: Scene, key: Key, card: UnitCard) -> Fraction | None:
    score = card.criteria.get(key.of or "")
    scale = next((s for s in scene.rules.scales if s.id == key.scale), None)
    if score is None or score.level is None or scale is None or score.level not in scale.levels:
        return None
    return Fraction(-scale.levels.index(score.level))
