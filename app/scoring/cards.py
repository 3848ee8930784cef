"""The scorecard of one unit: cells into groups, groups into the total, with one rounding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from app.domain.snapshot import EntryState, GivenTotal, Unit
from app.domain.step import Step, StepRule
from app.ground.numbers import round_to
from app.rules.methods.base import show
from app.scoring.assessment import (
    CriterionScore,
    ItemsScore,
    OpenQuestion,
    SectionScore,
    UnitCard,
)
from app.scoring.cells import Cell, score_cell
from app.scoring.conditions import Facts, judge
from app.scoring.frame import Node, unit_frame
from app.scoring.items import score_items
from app.scoring.scene import Scene

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class CardWork:
    """A scorecard with the questions that its cells raised."""

    card: UnitCard
    questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A row's contribution: its exact value, what its parent adds, its assigned maximum."""

    exact: Fraction
    used: Fraction
    assigned: Fraction | None
    step: Step


class _Adder:
    """Adds up one unit's table; one pass, from the leaves to the top rows."""

    def __init__(self, scene: Scene, unit: Unit, tops: tuple[Node, ...]) -> None:
        self.scene = scene
        self.unit = unit
        self.tops = tops
        self.scoring = scene.scoring
        self.cells: dict[str, Cell] = {}
        self.criteria: dict[str, CriterionScore] = {}
        self.sections: dict[str, SectionScore] = {}
        self.substituted: set[str] = set()
        self.inactive: set[str] = set()
        self.bonus_inside = ZERO

    def rounded(self, value: Fraction) -> Fraction:
        return round_to(value, self.scoring.digits, self.scoring.rounding)

    def score_cells(self) -> None:
        substitutes: list[Node] = []
        for top in self.tops:
            for node in top.walk():
                if node.row is not None and node.row.substitute_for is not None:
                    substitutes.append(node)
        waiting = {leaf.code for node in substitutes for leaf in node.leaves()}
        for top in self.tops:
            for leaf in top.leaves():
                if leaf.code not in waiting:
                    self.cells[leaf.code] = score_cell(self.scene, self.unit, leaf)
        for node in substitutes:
            original = node.row.substitute_for if node.row is not None else None
            cell = self.cells.get(original or "")
            if cell is not None and cell.state is EntryState.NOT_ASSIGNED:
                self.substituted.add(original or "")
                for leaf in node.leaves():
                    self.cells[leaf.code] = score_cell(self.scene, self.unit, leaf)
            else:
                self.inactive.update(n.code for n in node.walk())

    def add(self, node: Node, rescaler: Node | None) -> _Part | None:
        """The contribution of a row; ``None`` where it is not in this unit's table."""
        if node.code in self.inactive:
            return None
        if node.is_leaf:
            return self._leaf(node)
        if not node.children:
            return None
        if node.row is not None and node.row.rescale:
            rescaler = node
        before = self.bonus_inside
        parts = [(c, p) for c in node.children if (p := self.add(c, rescaler)) is not None]
        part = self._group(node, parts, rescaler)
        if node.row is not None and node.row.inside_bonus:
            self.bonus_inside = before + part.used
        return part

    def policy(self, node: Node) -> str:
        """What holds for a criterion that was not assigned."""
        if node.code in self.substituted:
            return "exclude"
        own = node.row.not_assigned if node.row is not None else None
        return own or self.scoring.not_assigned

    def _leaf(self, node: Node) -> _Part:
        cell = self.cells[node.code]
        top = node.max if node.max is not None else ZERO
        value, step, assigned = cell.points, cell.why, True
        if cell.state is EntryState.NOT_ASSIGNED:
            policy = self.policy(node)
            if policy == "full":
                value = top
                how = f"{step.how}; tính điểm tối đa {show(top)}"
                step = Step(top, how, step.clause, StepRule.TABLE)
            elif policy == "zero":
                step = replace(step, how=f"{step.how}; không tính điểm")
            else:
                assigned = False
                way = (
                    "quy đổi phần còn lại" if policy == "rescale" else "không tính vào điểm tối đa"
                )
                step = replace(step, how=f"{step.how}; {way}")
        shown = self.rounded(value)
        used = shown if self.scoring.round_at == "criterion" else value
        self.criteria[node.code] = CriterionScore(
            node.code,
            node.title,
            node.label,
            cell.state,
            cell.figures,
            value,
            shown,
            top,
            cell.round,
            step,
            cell.rounds,
            cell.level,
            cell.bars,
            assigned,
            cell.plan_percent,
            node.own,
        )
        if used != value:
            step = Step(
                used,
                f"Làm tròn {show(value)} thành {show(used)}",
                step.clause,
                StepRule.ROUND,
                (step,),
            )
        if node.row is not None and node.row.inside_bonus:
            self.bonus_inside += used
        limit: Fraction | None = (top if node.max is not None else None) if assigned else ZERO
        return _Part(value, used, limit, step)

    def _group(self, node: Node, parts: list[tuple[Node, _Part]], rescaler: Node | None) -> _Part:
        highest = node.row is not None and node.row.combine == "highest"
        steps = tuple(p.step for _, p in parts)
        values = [p.used for _, p in parts]
        assigned = _assigned([p.assigned for _, p in parts], highest)
        if highest:
            value = max(values, default=ZERO)
            how = f"Chỉ tính mức cao nhất: {show(value)} điểm"
            step = Step(value, how, node.clause, StepRule.HIGHEST, steps)
        else:
            value = sum(values, ZERO)
            step = Step(value, f"Cộng {show(value)} điểm", node.clause, StepRule.SUM, steps)
        limit = node.max
        if node.row is not None and node.row.cap is not None:
            limit = Fraction(node.row.cap)
        if limit is not None and step.value > limit and self.scoring.over_max != "keep":
            how = f"{step.how}, không quá {show(limit)}"
            step = Step(limit, how, node.clause, StepRule.CAP, steps)
        own_max = node.max if assigned is None else assigned
        if node.max is not None and own_max is not None:
            own_max = min(node.max, own_max)
        if self._rescales(node, parts, rescaler) and node.max is not None and own_max:
            value = step.value * node.max / own_max
            how = (
                f"Quy đổi: {show(step.value)} × {show(node.max)} / {show(own_max)} = {show(value)}"
            )
            step = Step(value, how, node.clause, StepRule.RESCALE, (step,))
            own_max = node.max
        exact = step.value
        used = exact
        is_top = "." not in node.code or node in self.tops
        if is_top and self.scoring.round_at == "section":
            used = self.rounded(exact)
            if used != exact:
                how = f"Làm tròn {show(exact)} thành {show(used)}"
                step = Step(used, how, node.clause, StepRule.ROUND, (step,))
        self.sections[node.code] = SectionScore(
            node.code, node.title, node.label, exact, self.rounded(exact), own_max or ZERO, step
        )
        return _Part(exact, used, own_max, step)

    def _rescales(self, node: Node, parts: list[tuple[Node, _Part]], rescaler: Node | None) -> bool:
        if (rescaler is not None and rescaler is not node) or (
            rescaler is None and node not in self.tops
        ):
            return False
        return any(
            not self.criteria[leaf.code].assigned and self.policy(leaf) == "rescale"
            for child, _ in parts
            for leaf in child.leaves()
            if leaf.code in self.criteria
        )


def _assigned(maxima: list[Fraction | None], highest: bool) -> Fraction | None:
    known = [m for m in maxima if m is not None]
    if len(known) < len(maxima):
        return None
    return max(known, default=ZERO) if highest else sum(known, ZERO)


def score_unit(scene: Scene, unit: Unit) -> CardWork:
    """The scorecard of one unit in the scored round."""
    adder = _Adder(scene, unit, unit_frame(scene, unit))
    adder.score_cells()
    parts = _add_all(adder)
    if _apply_gates(scene, adder):
        parts = _add_all(adder)
    questions = tuple(c.question for c in adder.cells.values() if c.question is not None)
    return CardWork(_total(scene, unit, adder, parts), questions)


def _add_all(adder: _Adder) -> list[tuple[Node, _Part]]:
    adder.criteria.clear()
    adder.sections.clear()
    adder.bonus_inside = ZERO
    return [(top, p) for top in adder.tops if (p := adder.add(top, None)) is not None]


def _apply_gates(scene: Scene, adder: _Adder) -> bool:
    """Closes criteria whose precondition on other scores is not met; True where one was."""
    closed = False
    for top in adder.tops:
        for leaf in top.leaves():
            gate = leaf.row.gate if leaf.row is not None else None
            cell = adder.cells.get(leaf.code)
            if gate is None or gate.when is None or cell is None:
                continue
            facts = Facts(scene, adder.unit, adder.criteria, adder.sections)
            if cell.state is EntryState.SCORED and judge(gate.when, facts).truth is False:
                value = Fraction(gate.otherwise)
                how = f"{gate.title}: không đạt điều kiện, {show(value)} điểm"
                step = Step(value, how, gate.clause or leaf.clause, StepRule.TABLE, (cell.why,))
                adder.cells[leaf.code] = replace(cell, points=value, why=step)
                closed = True
                _add_all(adder)
    return closed


def _total(scene: Scene, unit: Unit, adder: _Adder, parts: list[tuple[Node, _Part]]) -> UnitCard:
    rules, scoring = scene.rules, scene.scoring
    given = _given_totals(scene, unit)
    steps: list[Step] = []
    subtotal = assigned = ZERO
    for node, part in parts:
        used, step = part.used, part.step
        if node.code in given:
            used = given[node.code].points
            how = f"Điểm mục {node.code} được gửi theo tổng: {show(used)}"
            step = Step(used, how, node.clause, StepRule.GIVEN)
            own_max = part.assigned or node.max or ZERO
            adder.sections[node.code] = SectionScore(
                node.code, node.title, node.label, used, adder.rounded(used), own_max, step
            )
        subtotal += used
        assigned += part.assigned or node.max or ZERO
        steps.append(step)
    free = scoring.round_at == "total"
    item_rounder = (lambda v: v) if free else adder.rounded
    facts = scene.snapshot if scene.companion_id is None else None
    bonus_facts = [f for f in facts.bonus if f.unit == unit.id] if facts else []
    minus_facts = [f for f in facts.deductions if f.unit == unit.id] if facts else []
    bonus = score_items(
        scene, unit, rules.bonus, bonus_facts, adder.criteria, subtotal, adder.rounded
    )
    before = subtotal + item_rounder(bonus.exact)
    minus = score_items(
        scene, unit, rules.deductions, minus_facts, adder.criteria, before, adder.rounded
    )
    exact = before - item_rounder(minus.exact)
    base = exact - item_rounder(bonus.exact) - adder.bonus_inside
    if rules.bonus.items:
        steps.append(replace(bonus.why, how=f"Điểm thưởng: {bonus.why.how}"))
    if rules.deductions.items:
        steps.append(_negated(minus))
    step = Step(exact, f"Tổng cộng {show(exact)} điểm", scoring.clause, StepRule.SUM, tuple(steps))
    whole = given.get("")
    if whole is not None:
        exact = base = before = whole.points
        how = f"Tổng điểm được gửi: {show(exact)}"
        step = Step(exact, how, scoring.clause, StepRule.GIVEN)
    step = _clamped(scene, unit, step)
    total = adder.rounded(step.value)
    if total != step.value:
        how = f"Làm tròn {show(step.value)} thành {show(total)} ({scoring.digits} chữ số)"
        final = Step(total, how, scoring.clause, StepRule.ROUND, (step,))
    else:
        final = step
    return UnitCard(
        unit.id,
        dict(adder.criteria),
        dict(adder.sections),
        bonus,
        minus,
        step.value,
        total,
        adder.rounded(base),
        adder.rounded(before),
        _own_max(scene, unit, assigned),
        step.value / assigned * 100 if assigned else None,
        final,
        whole is not None,
    )


def _negated(minus: ItemsScore) -> Step:
    how = f"Điểm trừ: {minus.why.how}"
    return Step(-minus.exact, how, minus.why.clause, StepRule.FORMULA, (minus.why,))


def _clamped(scene: Scene, unit: Unit, step: Step) -> Step:
    clamp = scene.scoring.clamp
    value = step.value
    if clamp.low is not None:
        value = max(value, Fraction(clamp.low))
    if clamp.high is not None:
        value = min(value, Fraction(clamp.high))
    if value == step.value:
        return step
    scene.findings.warning(
        "total_clamped",
        f"{unit.name} ({unit.id})",
        f"Tổng điểm {show(step.value)} ra ngoài thang điểm nên được tính là {show(value)}.",
        "Kiểm tra lại điểm thưởng và điểm trừ.",
    )
    how = f"Tổng {show(step.value)} ra ngoài thang điểm, tính {show(value)}"
    return Step(value, how, scene.scoring.clause, StepRule.CAP, (step,))


def _own_max(scene: Scene, unit: Unit, assigned: Fraction) -> Fraction:
    """The most that this unit can reach: its assigned maxima and the bonus open to its roles."""
    bonus = sum(
        (
            Fraction(i.max)
            for i in scene.rules.bonus.items
            if i.max is not None and (i.role is None or i.role in unit.roles)
        ),
        ZERO,
    )
    if scene.rules.bonus.max is not None:
        bonus = min(bonus, Fraction(scene.rules.bonus.max))
    top = assigned + bonus
    high = scene.scoring.clamp.high
    return top if high is None else min(top, Fraction(high))


def _given_totals(scene: Scene, unit: Unit) -> dict[str, GivenTotal]:
    """The totals sent for the counting round, by section ("" for the whole)."""
    if scene.companion_id is not None:
        return {}
    chain: list[str] = []
    current: str | None = scene.scored_round
    while current is not None and current not in chain:
        chain.append(current)
        rules = scene.rounds.get(current)
        current = rules.stands_in if rules is not None else None
    found: dict[str, GivenTotal] = {}
    for round_id in chain:
        for total in scene.snapshot.totals:
            if total.unit == unit.id and total.round == round_id:
                found.setdefault(total.section or "", total)
    return found
