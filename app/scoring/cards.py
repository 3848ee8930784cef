"""The scorecard of one unit: its table, bonus and deductions, and the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from app.domain.snapshot import EntryState, GivenTotal, Unit
from app.domain.step import Step, StepRule
from app.ground.findings import Findings
from app.ground.numbers import added
from app.rules.methods.base import show
from app.scoring.assessment import ItemsScore, OpenQuestion, UnitCard
from app.scoring.cells import Cell, bounded_points, score_cell
from app.scoring.conditions import judge
from app.scoring.frame import Node, unit_frame
from app.scoring.gates import kept
from app.scoring.items import ItemWork
from app.scoring.judgement import Facts
from app.scoring.scene import Scene
from app.scoring.sums import Sums, rescaled

ZERO = Fraction(0)
WHOLE = ""
"""Stands for the total itself among totals by section."""


@dataclass(frozen=True, slots=True)
class CardWork:
    """A scorecard with the questions that its cells and items raised."""

    card: UnitCard
    questions: tuple[OpenQuestion, ...]
    blanks: tuple[str, ...]


def score_unit(scene: Scene, unit: Unit) -> CardWork:
    """The scorecard of one unit in the scored round."""
    entries = scene.entries
    grounds = (entries.unit(unit.id), entries.stamps.get(unit.cluster), scene.scored_round)
    work = partial(_score_unit, scene, unit)
    return scene.recall(("card", unit.id), grounds, work, steady=True)


def _score_unit(scene: Scene, unit: Unit) -> CardWork:
    tops = unit_frame(scene, unit)
    cells, substituted = _cells(scene, unit, tops)
    given = _given_totals(scene, unit)

    def summed(some: Mapping[str, Cell], place: str, findings: Findings) -> Sums:
        return Sums(scene, unit, tops, some, substituted, given, place, findings)

    place = scene.scoring.round_at
    gated = [leaf for top in tops for leaf in top.conditional if _closes(leaf, cells)]
    closed: dict[str, Cell] = {}
    sums = summed(cells, place, scene.findings)
    for _ in gated:
        now = _closed_cells(gated, cells, Facts(scene, unit, sums.criteria, sums.sections))
        if now == closed:
            break
        closed = now
        sums = summed({**cells, **closed}, place, scene.findings)
    final = {**cells, **closed}

    def added_up() -> CardWork:
        total = _Total(scene, unit, sums)
        unrounded = total.exact
        if place != "total":
            quiet = summed(final, "total", Findings())
            unrounded = _Total(scene, unit, quiet).exact
        card = total.card(unrounded)
        return CardWork(card, tuple(total.questions), card.blanks)

    grounds = (scene.entries.unit(unit.id), *final.values(), *given.values())
    work = scene.recall("total", grounds, added_up, steady=True)
    asked = [c.question for c in final.values() if c.question is not None]
    return replace(work, questions=(*asked, *work.questions)) if asked else work


# ------------------------------------------------------------------ cells


def _cells(
    scene: Scene, unit: Unit, tops: Sequence[Node]
) -> tuple[dict[str, Cell], frozenset[str]]:
    """The cells of all rows that count for this unit, and the criteria that were replaced.

    A row ``substitute_for`` another counts only where that other one was not assigned.
    """
    waiting = [node for top in tops for node in top.substitutes]
    if not waiting:
        found: dict[str, Cell] = {}
        for top in tops:
            found |= _cells_below(scene, unit, top)
        return found, frozenset()
    leaves = [leaf for top in tops for leaf in top.leaves]
    inside = {leaf.code for node in waiting for leaf in node.leaves}
    by_code = {node.code: node for top in tops for node in top.rows}
    cells = {n.code: score_cell(scene, unit, n) for n in leaves if n.code not in inside}
    substituted: set[str] = set()
    for _ in range(len(waiting)):
        for node in list(waiting):
            original = by_code.get(node.row.substitute_for or "") if node.row else None
            if original is None or not _all_not_assigned(original, cells):
                continue
            waiting.remove(node)
            substituted.update(leaf.code for leaf in original.leaves)
            cells |= {n.code: score_cell(scene, unit, n) for n in node.leaves}
    order = {leaf.code: place for place, leaf in enumerate(leaves)}
    ordered = dict(sorted(cells.items(), key=lambda item: order[item[0]]))
    return ordered, frozenset(substituted)


def _cells_below(scene: Scene, unit: Unit, node: Node) -> Mapping[str, Cell]:
    """The cells of a row and of all below it."""
    if node.is_leaf:
        return {node.code: score_cell(scene, unit, node)}
    entries = scene.entries
    own, others = entries.unit(unit.id), entries.stamps.get(unit.cluster, {})
    grounds = (
        *map(own.get, node.codes),
        *map(others.get, node.compared),
        scene.scored_round,
    )

    def work() -> Mapping[str, Cell]:
        cells: dict[str, Cell] = {}
        for child in node.children:
            cells |= _cells_below(scene, unit, child)
        return cells

    return scene.recall(("cells", node.code), grounds, work)


def _all_not_assigned(node: Node, cells: Mapping[str, Cell]) -> bool:
    states = [cells[leaf.code].state for leaf in node.leaves if leaf.code in cells]
    return bool(states) and all(state is EntryState.NOT_ASSIGNED for state in states)


def _closes(leaf: Node, cells: Mapping[str, Cell]) -> bool:
    """Whether a precondition on other scores may close this criterion."""
    cell = cells.get(leaf.code)
    return cell is not None and cell.state is EntryState.SCORED


def _closed_cells(
    gated: Sequence[Node], cells: Mapping[str, Cell], facts: Facts
) -> dict[str, Cell]:
    """The cells whose precondition is not met, or not known, as the sums in ``facts`` stand.

    Closing one may decide the precondition of another, so this is asked again until nothing
    changes (the checks of packs refuse preconditions that go in a circle).
    """
    closed: dict[str, Cell] = {}
    for leaf in gated:
        gate = leaf.row.gate if leaf.row is not None else None
        assert gate is not None
        assert gate.when is not None
        cell, clause = cells[leaf.code], gate.clause or leaf.clause
        truth = judge(gate.when, facts).truth
        if truth is False and gate.keeps is not None:
            if cell.points is not None:
                step = kept(gate, cell.why).with_clause(clause)
                closed[leaf.code] = replace(cell, points=step.value, why=step)
        elif truth is False:
            value = gate.closed(leaf.max or ZERO)
            value = bounded_points(
                facts.scene, facts.unit, leaf, cell.round or facts.scene.scored_round, value
            )
            how = f"{gate.title}: không đạt điều kiện, {show(value)} điểm"
            step = Step(value, how, clause, StepRule.TABLE, (cell.why,))
            closed[leaf.code] = replace(
                cell, points=value, why=step, plan_percent=None, question=None
            )
        elif truth is None:
            how = f"{gate.title}: chưa đủ căn cứ, tạm tính 0 điểm"
            step = Step(ZERO, how, clause, StepRule.NOT_COUNTED, (cell.why,))
            closed[leaf.code] = replace(cell, state=EntryState.BLANK, points=None, why=step)
    return closed


# ------------------------------------------------------------------ the total


class _Total:
    """Sections, bonus and deductions added up, clamped and rounded."""

    def __init__(self, scene: Scene, unit: Unit, sums: Sums) -> None:
        self.scene = scene
        self.unit = unit
        self.sums = sums
        facts = scene.snapshot if scene.companion_id is None else None
        work = ItemWork(scene, unit, sums)
        sections = self._sections()
        self.bonus = work.score(scene.rules.bonus, facts.bonus if facts else (), sections.value)
        before = sections.value + self.bonus.exact
        self.deductions = work.score(
            scene.rules.deductions, facts.deductions if facts else (), before
        )
        self.questions = tuple(work.questions)
        whole = sums.given.get(WHOLE)
        self.step = self._sent(whole) if whole is not None else self._added(sections)
        self.before = before if whole is None else self.step.value
        self.base = self.step.value
        if whole is None:
            self.base -= self.bonus.exact + sums.bonus_inside
        self.step = self._clamped(self.step)

    @property
    def exact(self) -> Fraction:
        """The total before it is published."""
        return self.step.value

    def _sections(self) -> Step:
        """The sum of the top rows; a flat table is brought to its full maximum as a whole."""
        steps = tuple(part.step for _, part in self.sums.tops)
        value = added(step.value for step in steps)
        how = f"Cộng các mục {show(value)} điểm"
        step = Step(value, how, self.scene.scoring.clause, StepRule.SUM, steps)
        if self._flat_rescaled():
            return rescaled(step, self._maximum("full"), self._maximum("assigned"))
        return step

    def _flat_rescaled(self) -> bool:
        """Whether a criterion without any group above it asks for the rest to be rescaled."""
        asked = any(top.is_leaf and part.wanted for top, part in self.sums.tops)
        return asked and self._maximum("assigned") > 0

    def _maximum(self, which: str) -> Fraction:
        found = [
            (top, part.full if which == "full" else part.assigned) for top, part in self.sums.tops
        ]
        return added(top.max or ZERO if m is None else m for top, m in found)

    def _added(self, sections: Step) -> Step:
        rules = self.scene.rules
        steps = sections.parts if sections.rule is StepRule.SUM else (sections,)
        if rules.bonus.items:
            steps = (*steps, replace(self.bonus.why, how=f"Điểm thưởng: {self.bonus.why.how}"))
        if rules.deductions.items:
            steps = (*steps, _negated(self.deductions))
        exact = sections.value + self.bonus.exact - self.deductions.exact
        how = f"Tổng cộng {show(exact)} điểm"
        return Step(exact, how, self.scene.scoring.clause, StepRule.SUM, steps)

    def _sent(self, whole: GivenTotal) -> Step:
        """A total that was sent as a whole, in place of everything else; kept as sent."""
        named = self.scene.scoring.total_max
        top = None if named is None else Fraction(named)
        if top is None and self._bonus_is_bounded():
            top = self._own_max()
        if top is not None and whole.points > top:
            self.sums.over_max("tổng điểm được gửi", whole.points, top, "giữ nguyên như được gửi")
        how = f"Tổng điểm được gửi: {show(whole.points)}"
        return Step(whole.points, how, self.scene.scoring.clause, StepRule.GIVEN)

    def _clamped(self, step: Step) -> Step:
        clamp = self.scene.scoring.clamp
        value = step.value
        if clamp.low is not None:
            value = max(value, Fraction(clamp.low))
        if clamp.high is not None:
            value = min(value, Fraction(clamp.high))
        if value == step.value:
            return step
        self.sums.findings.warning(
            "total_clamped",
            f"{self.unit.name} ({self.unit.id})",
            f"Tổng điểm {show(step.value)} ra ngoài thang điểm nên được tính là {show(value)}.",
            "Kiểm tra lại điểm thưởng và điểm trừ.",
        )
        how = f"Tổng {show(step.value)} ra ngoài thang điểm, tính {show(value)}"
        return Step(value, how, self.scene.scoring.clause, StepRule.CAP, (step,))

    def _open_items(self) -> list[Fraction | None]:
        """The bounds of the bonus items that are open to this unit's roles."""
        return [
            None if i.max is None else Fraction(i.max)
            for i in self.scene.rules.bonus.items
            if i.role is None or i.role in self.unit.roles
        ]

    def _bonus_is_bounded(self) -> bool:
        return self.scene.rules.bonus.max is not None or None not in self._open_items()

    def _assigned(self) -> Fraction:
        """The maximum of the unit's table without what was not assigned to it."""
        return self._maximum("full" if self._flat_rescaled() else "assigned")

    def _own_max(self) -> Fraction:
        """The most that this unit can reach: its assigned maxima and the bonus open to it."""
        items = self._open_items()
        bonus = sum((bound for bound in items if bound is not None), ZERO)
        limit = self.scene.rules.bonus.max
        if limit is not None:
            bonus = Fraction(limit) if None in items else min(bonus, Fraction(limit))
        high = self.scene.scoring.clamp.high
        top = self._assigned() + bonus
        return top if high is None else min(top, Fraction(high))

    def card(self, unrounded: Fraction) -> UnitCard:
        """The scorecard with its published numbers."""
        sums, scoring, step = self.sums, self.scene.scoring, self.step
        total = sums.rounded(step.value)
        why = step
        if total != step.value:
            how = f"Làm tròn {show(step.value)} thành {show(total)} ({scoring.digits} chữ số)"
            why = Step(total, how, scoring.clause, StepRule.ROUND, (step,))
        assigned = self._assigned()
        return UnitCard(
            self.unit.id,
            sums.criteria,
            sums.sections,
            self.bonus,
            self.deductions,
            step.value,
            total,
            sums.rounded(self.base),
            sums.rounded(self.before),
            self._own_max(),
            step.value / assigned * 100 if assigned else None,
            why,
            WHOLE in sums.given,
            tuple(code for code in sums.given if code != WHOLE),
            self.base,
            self.before,
            unrounded,
        )


def _negated(minus: ItemsScore) -> Step:
    how = f"Điểm trừ: {minus.why.how}"
    return Step(-minus.exact, how, minus.why.clause, StepRule.FORMULA, (minus.why,))


def _given_totals(scene: Scene, unit: Unit) -> dict[str, GivenTotal]:
    """The totals sent for the counting round, by section (``WHOLE`` for the total)."""
    if scene.companion_id is not None:
        return {}
    found: dict[str, GivenTotal] = {}
    for round_id in scene.stand_ins(scene.scored_round):
        for total in scene.snapshot.totals:
            if total.unit == unit.id and total.round == round_id:
                found.setdefault(total.section or WHOLE, total)
    return found
