"""Who may be considered, which class each unit reaches, and the order of ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from app.domain.snapshot import Unit
from app.ground.numbers import round_to
from app.rules.awards import ClassRule, StandingCase
from app.scoring.assessment import Assessment, Eligibility, OpenQuestion, QuestionOutcome, UnitCard
from app.scoring.conditions import judge_openly
from app.scoring.judgement import Facts
from app.scoring.ladder import Order
from app.scoring.rank_keys import RankKey
from app.scoring.scene import Scene

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's eligibility and class, before ranks; ``cases`` says of each case if it applies."""

    unit: Unit
    card: UnitCard
    eligibility: tuple[Eligibility, ...]
    class_id: str | None
    class_title: str | None
    class_reason: str
    questions: tuple[OpenQuestion, ...] = ()
    cases: Mapping[str, bool | None] = field(default_factory=dict)

    def blocked(self, kind: str, award: str | None = None) -> Eligibility | None:
        """The first bar (or hold) that concerns ``award``, or every award where ``None``."""
        for item in self.eligibility:
            if item.kind == kind and (
                not item.awards or (award is not None and award in item.awards)
            ):
                return item
        return None


def stand(
    scene: Scene, unit: Unit, card: UnitCard, companions: Mapping[str, Assessment]
) -> Standing:
    """The eligibility and class of one unit.

    Cases that look at the class are judged after it; a case may look at cases before it.
    """
    facts = Facts(scene, unit, card.criteria, card.sections, card, companions=companions)
    after_class = scene.cases_after_class
    cases, eligibility = _cases(
        scene, facts, [c for c in scene.rules.standing if c.id not in after_class]
    )
    eligibility += _barring_levels(scene, facts)
    facts = replace(facts, cases=cases)
    class_id, reason, questions = _class(scene, unit, facts)
    class_id, reason, failed = _limited(scene, class_id, reason, eligibility)
    facts = replace(facts, class_id=class_id)
    later, found = _cases(scene, facts, [c for c in scene.rules.standing if c.id in after_class])
    eligibility += found
    if scene.rules.classes and class_id is None:
        eligibility.append(
            Eligibility("unclassified", "class", "Chưa xếp loại được", None, "total")
        )
    title = next((c.title for c in scene.rules.classes if c.id == class_id), None)
    return Standing(
        unit,
        card,
        tuple(eligibility),
        class_id,
        title,
        reason,
        () if failed else questions,
        {**cases, **later},
    )


def _cases(
    scene: Scene, facts: Facts, cases: Sequence[StandingCase]
) -> tuple[dict[str, bool | None], list[Eligibility]]:
    """Whether each case applies (recorded or derived, ``None``: not known), and those that do."""
    recorded = {
        s.case: s
        for s in scene.snapshot.standing
        if s.unit == facts.unit.id and s.holds_on(scene.as_of)
    }
    truths: dict[str, bool | None] = dict(facts.cases)
    found: list[Eligibility] = []
    for case in cases:
        grounds = ""
        if case.id in recorded:
            truths[case.id], grounds = True, recorded[case.id].reference or "recorded"
        elif case.when is None:
            truths[case.id] = False
        else:
            judgement = judge_openly(case.when, replace(facts, cases=truths), case.title)
            truths[case.id] = judgement.truth
            grounds = ", ".join(dict.fromkeys(judgement.grounds)) or "derived"
        if truths[case.id]:
            found.append(_eligibility(scene, case, grounds))
    return truths, found


def _barring_levels(scene: Scene, facts: Facts) -> list[Eligibility]:
    """A level that bars does so by itself, unless a case of the pack says what it does."""
    if not scene.levels_bar:
        return []
    return [
        Eligibility(
            "barred",
            f"level:{score.code}",
            f"Tiêu chí {score.code} ở mức không được xét",
            score.why.clause,
            score.code,
            ranked=scene.scoring.barred == "ranked",
        )
        for score in facts.criteria.values()
        if score.bars
    ]


def _eligibility(scene: Scene, case: StandingCase, grounds: str) -> Eligibility:
    """A case that applies; a bar that closes only some awards leaves the unit in the ranking."""
    ranked = case.ranked
    if ranked is None:
        ranked = case.kind != "barred" or bool(case.awards) or scene.scoring.barred == "ranked"
    return Eligibility(case.kind, case.id, case.title, case.clause, grounds, case.awards, ranked)


def _class(
    scene: Scene, unit: Unit, facts: Facts
) -> tuple[str | None, str, tuple[OpenQuestion, ...]]:
    """The first class whose condition holds.

    Where none holds, or where it is not known whether a better one does, that is an open
    question; a recorded decision closes it.
    """
    rules = scene.rules.classes
    if not rules:
        return None, "", ()
    unsure: list[str] = []
    found: ClassRule | None = None
    for rule in rules:
        truth = judge_openly(rule.when, facts, f"Xếp loại “{rule.title}”").truth
        if truth:
            found = rule
            break
        if truth is None:
            unsure.append(rule.title)
    reason = "" if found is None else f"Đạt điều kiện xếp loại “{found.title}”"
    class_id = None if found is None else found.id
    if found is not None and not unsure:
        return class_id, reason, ()
    question = f"class_gap:{unit.id}"
    decided = scene.decision(question)
    if decided is not None:
        if decided in {c.id for c in rules}:
            return decided, "Cấp có thẩm quyền quyết định", ()
        scene.does_not_fit(question, decided, [c.id for c in rules])
    outcomes = tuple(QuestionOutcome(c.id, c.title) for c in rules)
    what = f"{unit.name}: không mức xếp loại nào của quy định áp dụng được"
    if unsure:
        what = f"{unit.name}: chưa đủ căn cứ để biết có đạt “{'”, “'.join(unsure)}” hay không"
    return class_id, reason, (OpenQuestion(question, "class_gap", (unit.id,), what, outcomes),)


def _limited(
    scene: Scene, class_id: str | None, reason: str, eligibility: Sequence[Eligibility]
) -> tuple[str | None, str, bool]:
    """The class after ceilings, then lowerings, then direct fails; and whether one failed it."""
    order = [c.id for c in scene.rules.classes]
    cases = {c.id: c for c in scene.rules.standing}
    if not order:
        return class_id, reason, False
    for item in eligibility:
        case = cases.get(item.case)
        if class_id is None or case is None or case.class_ not in order:
            continue
        if item.kind == "ceiling" and order.index(class_id) < order.index(case.class_):
            class_id, reason = case.class_, f"{reason}; giới hạn: {item.title}"
    for item in eligibility:
        if item.kind == "lowered" and class_id is not None:
            place = min(order.index(class_id) + cases[item.case].steps, len(order) - 1)
            class_id, reason = order[place], f"{reason}; hạ bậc: {item.title}"
    failing = [
        (cases[e.case].class_ or order[-1], e.title) for e in eligibility if e.kind == "failed"
    ]
    if not failing:
        return class_id, reason, False
    worst, title = max(failing, key=lambda f: order.index(f[0]))
    return worst, title, True


def rank_value(scene: Scene, card: UnitCard) -> Fraction:
    """What ranks compare: the published total, or the published percent (A35)."""
    if scene.scoring.rank_by == "percent" and card.percent is not None:
        return round_to(card.percent, scene.scoring.digits, scene.scoring.rounding)
    return card.total


def exact_value(scene: Scene, card: UnitCard) -> Fraction:
    """The same as it were without any rounding."""
    if scene.scoring.rank_by == "percent" and card.percent is not None:
        return card.percent
    return card.unrounded


def ranking_groups(
    scene: Scene, standings: Iterable[Standing], order: Order | None = None
) -> list[tuple[str, ...]]:
    """Groups of equal units, best first: by published value, then by the pack's ranking keys.

    An ``order`` notes the units that a key has put apart.
    """
    keys = [RankKey(scene, key) for key in scene.scoring.rank_keys]

    def value_of(standing: Standing) -> tuple[Fraction, ...]:
        values = [key.value(standing) for key in keys]
        by_keys = (n for v in values for n in ((ONE, ZERO) if v is None else (ZERO, -v)))
        return (-rank_value(scene, standing.card), *by_keys)

    groups: list[tuple[str, ...]] = []
    previous: tuple[Fraction, ...] | None = None
    for value, unit in sorted((value_of(s), s.unit.id) for s in standings):
        if value == previous:
            groups[-1] = (*groups[-1], unit)
            continue
        if order is not None and previous is not None and value[0] == previous[0]:
            order.decided.update(dict.fromkeys((unit, *groups[-1]), "keys"))
        groups.append((unit,))
        previous = value
    if order is not None:
        for key in keys:
            key.tell_unknown([u for u in order.decided if order.decided[u] == "keys"])
    return groups


def order_cluster(scene: Scene, cluster: str, standings: Mapping[str, Standing]) -> Order:
    """The ranking of a cluster."""
    ranked: list[Standing] = []
    apart: list[str] = []
    for unit in scene.snapshot.members(cluster):
        standing = standings[unit.id]
        listed_apart = any(not e.ranked for e in standing.eligibility)
        if listed_apart or (scene.scoring.left == "apart" and scene.has_left(unit)):
            apart.append(unit.id)
        else:
            ranked.append(standing)
    order = Order(cluster, [], tuple(sorted(apart)))
    order.groups = ranking_groups(scene, ranked, order)
    _warn_hidden_differences(scene, order.groups, standings)
    return order


def _warn_hidden_differences(
    scene: Scene, groups: Sequence[tuple[str, ...]], standings: Mapping[str, Standing]
) -> None:
    """Says where the unrounded values would order units otherwise (A35)."""
    exact = {u: exact_value(scene, standings[u].card) for g in groups for u in g}
    level: dict[Fraction, list[str]] = {}
    for unit in exact:
        level.setdefault(rank_value(scene, standings[unit].card), []).append(unit)
    for units in level.values():
        if len({exact[u] for u in units}) > 1:
            scene.findings.warning(
                "order_hidden_by_rounding",
                ", ".join(units),
                "Các đơn vị bằng điểm sau khi làm tròn nhưng điểm chưa làm tròn khác nhau; "
                "xếp hạng theo điểm công bố.",
            )
    ranked = [level[value] for value in sorted(level, reverse=True)]
    for units, others in pairwise(ranked):
        if max(exact[u] for u in others) >= min(exact[u] for u in units):
            scene.findings.warning(
                "order_hidden_by_rounding",
                ", ".join((*units, *others)),
                "Thứ tự theo điểm công bố khác thứ tự theo điểm chưa làm tròn; xếp hạng theo điểm "
                "công bố.",
            )
