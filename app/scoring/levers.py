"""The criteria by which one unit's total can be moved: one typed number in one cell.

A lever supposes other points in the round whose entry counts for a cell, as the hand of that
round would type them; all other cells stay as they are. Cells that were not done, or not
assigned, are no levers: that would change a state, not points.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from app.domain.snapshot import Entry, EntryState
from app.ground.findings import Findings
from app.rules.merge import with_overlays
from app.rules.methods.single import Direct
from app.scoring.assessment import Assessment, CriterionScore
from app.scoring.cells import counting_round, in_round
from app.scoring.frame import Node, below, unit_frame
from app.scoring.live import Live
from app.scoring.scene import Scene
from app.scoring.thresholds import Edges, Thresholds, thresholds

ZERO = Fraction(0)
LEAST_DIGITS = 2
"""Points are typed with at least so many decimals, however few the pack prints."""


@dataclass(frozen=True)
class Lever:
    """One cell that may get more points (``up``), or fewer.

    ``start`` are its points now, ``room`` how far they can be moved. ``kind`` is the same for
    levers of a unit that move its total alike, until a condition turns out otherwise (``jumps``);
    ``template`` is the entry that would be typed.
    """

    unit: str
    code: str
    up: bool
    start: Fraction
    room: Fraction
    kind: Hashable
    template: Entry

    def steps(self, step: Fraction) -> int:
        """How many steps there are until the cell is full, or empty; the last may be shorter."""
        return math.ceil(self.room / step)

    def amount(self, steps: int, step: Fraction) -> Fraction:
        """How far so many steps move the points."""
        return min(steps * step, self.room)

    def entry(self, amount: Fraction) -> Entry:
        """The entry with the points moved so far."""
        return replace(self.template, points=self.start + (amount if self.up else -amount))


def step_of(assessment: Assessment) -> Fraction:
    """The smallest change of points that is typed: 0.01, or the last decimal that is printed."""
    scoring = assessment.pack.rules.scoring
    assert scoring is not None
    return Fraction(1, 10 ** max(LEAST_DIGITS, scoring.digits))


class Levers:
    """The levers of the units of an assessment."""

    def __init__(self, live: Live) -> None:
        packs, snapshot = live.packs, live.snapshot
        self.assessment = live.assessment
        rules = with_overlays(packs.main.rules, [o.rules for o in packs.overlays], Findings())
        self.scene = Scene(snapshot, packs.main, rules, packs.as_of or snapshot.period.end, None)
        self.thresholds = Thresholds(rules)
        self._found: dict[tuple[str, bool], tuple[Lever, ...]] = {}

    def of(self, unit: str, *, up: bool) -> tuple[Lever, ...]:
        """The levers of a unit, in the order of its table."""
        if (unit, up) not in self._found:
            self._found[unit, up] = tuple(self._levers(unit, up))
        return self._found[unit, up]

    def _levers(self, unit: str, up: bool) -> Iterator[Lever]:
        card = self.assessment.units[unit].card
        if card.given_total:
            return
        for path in self._leaves(unit):
            node = path[-1]
            score = card.criteria.get(node.code)
            if score is None or not score.assigned or node.method is None:
                continue
            if score.state not in (EntryState.SCORED, EntryState.BLANK):
                continue
            if any(below(node.code, section) for section in card.given_sections):
                continue
            lever = self._lever(unit, path, score, up)
            if lever is not None and lever.room > 0 and lever.start >= 0:
                yield lever

    def _leaves(self, unit: str) -> Iterator[Sequence[Node]]:
        """Each scored row of a unit's table, after the groups that it stands in."""

        def walk(path: Sequence[Node]) -> Iterator[Sequence[Node]]:
            if path[-1].is_leaf:
                yield path
            for child in path[-1].children:
                yield from walk((*path, child))

        for top in unit_frame(self.scene, self.scene.units[unit]):
            yield from walk((top,))

    def _lever(
        self, unit: str, path: Sequence[Node], score: CriterionScore, up: bool
    ) -> Lever | None:
        node = path[-1]
        round_id = self._round(node)
        entries = self.scene.entries.cell(unit, node.code)
        there = entries.get(round_id)
        if there is None and score.round is not None:
            there = entries.get(score.round)
        template = replace(
            there or Entry(unit, node.code, round_id),
            round=round_id,
            state=EntryState.SCORED,
            reason="giả định",
        )
        rules = self.scene.rounds.get(round_id)
        if rules is not None and rules.hand == "unit" and not isinstance(node.method, Direct):
            if node.method is None or node.method.compares:
                return None  # a claim counts only without figures, which the others look at
            template = replace(template, figures={})
        start = ZERO if score.state is EntryState.BLANK else self._start(node, score, there)
        top = node.max if node.max is not None else ZERO
        room = top - start if up else start
        return Lever(
            unit, node.code, up, start, room, self._kind(path, score, start, template), template
        )

    def _round(self, node: Node) -> str:
        """The round whose entry would count, if there were one."""
        counting = counting_round(self.scene, node)
        for name in self.scene.stand_ins(counting):
            rules = self.scene.rounds.get(name)
            if rules is None or in_round(node.code, rules):
                return name
        return counting

    def _start(self, node: Node, score: CriterionScore, there: Entry | None) -> Fraction:
        """The points before a precondition takes its share."""
        gate = node.row.gate if node.row is not None else None
        if gate is not None and isinstance(node.method, Direct) and there is not None:
            return there.points or ZERO
        if gate is not None and gate.when is not None and score.round is not None:
            said = score.rounds[score.round].points if score.round in score.rounds else None
            return ZERO if said is None else said
        return score.exact

    def jumps(self, lever: Lever, edges: Edges) -> tuple[Fraction, ...]:
        """How far the points are moved when a condition may turn out otherwise, nearest first."""
        score = self.assessment.units[lever.unit].card.criteria[lever.code]
        planned = score.plan_percent is not None
        found = thresholds(edges, lever.code, score.max, planned=planned)
        away = (at - lever.start if lever.up else lever.start - at for at in found)
        return tuple(sorted(amount for amount in away if 0 <= amount <= lever.room))

    # ------------------------------------------------------------------ levers that are alike

    def _kind(
        self, path: Sequence[Node], score: CriterionScore, start: Fraction, template: Entry
    ) -> Hashable:
        """What tells a lever from others of its unit in how it moves the total."""
        node, scoring = path[-1], self.scene.scoring
        place = node.code.rpartition(".")[0]
        marks: list[Hashable] = [place, score.state]
        row = node.row
        gate = row.gate if row is not None else None
        alone = (
            not place
            or any(group.row is not None and group.row.combine == "highest" for group in path)
            or any(below(code, node.code) for code in self._named)
            or (row is not None and row.substitute_for is not None)
            or (gate is not None and gate.when is not None)
        )
        if alone:
            marks.append(node.code)
        if isinstance(node.method, Direct):
            if gate is not None and gate.figure is not None:
                marks.append((template.figures.get(gate.figure), gate.keeps))
        elif not template.figures:  # a claim, which counts without the figures that were given
            marks.append((score.plan_percent, score.level, score.bars))
        if row is not None and row.inside_bonus:
            marks.append("bonus")
        if scoring.round_at == "criterion":
            marks.append(start * 10**scoring.digits % 1)
        return tuple(marks)

    @cached_property
    def _named(self) -> frozenset[str]:
        """Rows that a condition or a key looks at by name, and those that others stand in for."""
        edges = (
            *self.thresholds.ranking,
            *(e for of in self.thresholds.awards.values() for e in of),
        )
        steps = (step for step in self.scene.rules.ties.chain if step.step == "keys")
        keys = (*self.scene.scoring.rank_keys, *(key for step in steps for key in step.keys))
        rows = (row.substitute_for for row in self.scene.rules.criteria)
        tested = (edge.of for edge in edges if edge.alone)
        return frozenset(
            code for code in (*(key.of for key in keys), *rows, *tested) if code is not None
        )
