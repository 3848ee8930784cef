"""Adding up one unit's table: cells into groups, groups into sections, with one rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from app.domain.snapshot import EntryState, GivenTotal, Unit
from app.domain.step import Step, StepRule
from app.ground.findings import Findings
from app.ground.numbers import added, round_to
from app.rules.methods.base import show
from app.scoring.assessment import CriterionScore, SectionScore
from app.scoring.cells import OVER_MAX_REFUSED, Cell
from app.scoring.frame import Node
from app.scoring.scene import Scene

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A row's contribution to its parent.

    ``value`` is what the parent adds; ``full`` the maximum of the row in this unit's table,
    ``assigned`` what is left of it without criteria that were not assigned (``None``: the pack
    names no maximum). ``left_out``: such a criterion is still to be made up for by a group above
    that rescales; ``wanted``: it asks for that itself.
    """

    value: Fraction
    full: Fraction | None
    assigned: Fraction | None
    step: Step
    left_out: bool = False
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A row with all below it: its part (``None``: not in this unit's table), and their scores.

    ``bonus_inside`` is what rows that the pack counts as bonus add to the part.
    """

    part: Part | None
    criteria: Mapping[str, CriterionScore]
    sections: Mapping[str, SectionScore]
    bonus_inside: Fraction = ZERO


class Sums:
    """One pass over a unit's table, from the leaves to the top rows.

    ``place`` is where numbers are rounded ("criterion", "section", "total"); ``given`` are totals
    that were sent for whole sections; ``findings`` gathers.
    """

    def __init__(
        self,
        scene: Scene,
        unit: Unit,
        tops: Sequence[Node],
        cells: Mapping[str, Cell],
        substituted: frozenset[str],
        given: Mapping[str, GivenTotal],
        place: str,
        findings: Findings,
    ) -> None:
        self.scene = scene
        self.findings = findings
        self.unit = unit
        self.scoring = scene.scoring
        self.cells = cells
        self.substituted = substituted
        self.given = given
        self.place = place
        self.criteria: dict[str, CriterionScore] = {}
        self.sections: dict[str, SectionScore] = {}
        self.bonus_inside = ZERO
        self.top_codes = {top.code for top in tops}
        self.tops: list[tuple[Node, Part]] = []
        for top in tops:
            branch = self.add(top, False)
            self.criteria |= branch.criteria
            self.sections |= branch.sections
            self.bonus_inside += branch.bonus_inside
            if branch.part is not None:
                self.tops.append((top, branch.part))

    def rounded(self, value: Fraction) -> Fraction:
        """The published form of a number."""
        return round_to(value, self.scoring.digits, self.scoring.rounding)

    def add(self, node: Node, above: bool) -> Branch:
        """A row with all below it; ``above``: a group above is named as the one that rescales."""
        grounds: tuple[object, ...] = (*map(self.cells.get, node.codes),)
        if self.given:
            grounds += (*self.given.values(),)
        if self.substituted:
            grounds += (*(code in self.substituted for code in node.codes),)
        work = partial(self._branch, node, above)
        return self.scene.recall((self.place, node.code), grounds, work, findings=self.findings)

    def _branch(self, node: Node, above: bool) -> Branch:
        part: Part | None = None
        criteria: dict[str, CriterionScore] = {}
        sections: dict[str, SectionScore] = {}
        bonus = ZERO
        if node.is_leaf:
            if node.code in self.cells:
                criteria[node.code], part = self._leaf(node)
        else:
            here = node.row is not None and node.row.rescale
            branches = [self.add(child, above or here) for child in node.children]
            for branch in branches:
                criteria |= branch.criteria
                sections |= branch.sections
                bonus += branch.bonus_inside
            parts = [branch.part for branch in branches if branch.part is not None]
            if parts:
                sections[node.code], part = self._group(node, parts, here, above)
        if part is not None and node.row is not None and node.row.inside_bonus:
            bonus = part.value
        return Branch(part, criteria, sections, bonus)

    # ------------------------------------------------------------------ one criterion

    def _leaf(self, node: Node) -> tuple[CriterionScore, Part]:
        cell = self.cells[node.code]
        top = node.max if node.max is not None else ZERO
        value, step, assigned, wanted = cell.points or ZERO, cell.why, True, False
        if cell.state is EntryState.NOT_ASSIGNED:
            policy = node.not_assigned or self.scoring.not_assigned
            if node.code in self.substituted:
                assigned, how = False, "chấm bằng tiêu chí thay thế"
            elif policy == "full":
                value, how = top, f"tính điểm tối đa {show(top)}"
            elif policy == "zero":
                how = "không tính điểm"
            elif policy == "rescale":
                assigned, wanted, how = False, True, "quy đổi phần còn lại"
            else:
                assigned, how = False, "không tính vào điểm tối đa"
            rule = StepRule.TABLE if policy == "full" and assigned else step.rule
            step = Step(value, f"{step.how}; {how}", step.clause, rule)
        shown = self.rounded(value)
        score = CriterionScore(
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
            cell.rounds or {},
            cell.level,
            cell.bars,
            assigned,
            cell.plan_percent if cell.state is EntryState.SCORED else None,
            node.own,
        )
        here = self.place == "criterion" or (
            self.place == "section" and node.code in self.top_codes
        )
        step = self.rounded_step(step) if here else step
        replaced = node.code in self.substituted
        return score, Part(
            step.value,
            ZERO if replaced else node.max,
            node.max if assigned else ZERO,
            step,
            not assigned and not replaced,
            wanted,
        )

    def rounded_step(self, step: Step) -> Step:
        """A step with its published value, named as a rounding where that is another."""
        shown = self.rounded(step.value)
        if shown == step.value:
            return step
        how = f"Làm tròn {show(step.value)} thành {show(shown)}"
        return Step(shown, how, step.clause, StepRule.ROUND, (step,))

    # ------------------------------------------------------------------ a group

    def _group(
        self, node: Node, parts: Sequence[Part], here: bool, above: bool
    ) -> tuple[SectionScore, Part]:
        limit = node.max
        if node.row is not None and node.row.cap is not None:
            cap = Fraction(node.row.cap)
            limit = cap if limit is None else min(limit, cap)
        highest = node.row is not None and node.row.combine == "highest"
        full = _at_most(_together([p.full for p in parts], highest), limit)
        assigned = full
        if any(p.assigned is not p.full for p in parts):
            assigned = _at_most(_together([p.assigned for p in parts], highest), limit)
        step = self._bounded(node, self._added(node, parts, highest))
        left_out = any(p.left_out for p in parts)
        wanted = any(p.wanted for p in parts)
        asked = (here and left_out) or (wanted and not above)
        if asked and full is not None and assigned:
            step, assigned = rescaled(step, full, assigned), full
            left_out = wanted = False
        if node.code in self.given:
            step = self._sent(node, step, full)
        exact = step.value
        if self.place == "section" and node.code in self.top_codes:
            step = self.rounded_step(step)
        section = SectionScore(
            node.code,
            node.title,
            node.label,
            exact,
            self.rounded(exact),
            node.max or ZERO if assigned is None else assigned,
            step,
        )
        return section, Part(step.value, full, assigned, step, left_out, wanted)

    def _added(self, node: Node, parts: Sequence[Part], highest: bool) -> Step:
        steps = tuple(p.step for p in parts)
        if highest:
            value = max((p.value for p in parts), default=ZERO)
            how = f"Chỉ tính mức cao nhất: {show(value)} điểm"
            return Step(value, how, node.clause, StepRule.HIGHEST, steps)
        value = added(p.value for p in parts)
        return Step(value, f"Cộng {show(value)} điểm", node.clause, StepRule.SUM, steps)

    def _bounded(self, node: Node, step: Step) -> Step:
        """A group's points, not above its cap, nor above its maximum unless that is kept."""
        cap = None if node.row is None or node.row.cap is None else Fraction(node.row.cap)
        if cap is not None and step.value > cap:
            return replace(
                step, value=cap, how=f"{step.how}, không quá {show(cap)}", rule=StepRule.CAP
            )
        if node.max is None or step.value <= node.max:
            return step
        kept = self.scoring.over_max == "keep"
        words = "gói quy tắc cho giữ nguyên" if kept else f"đang tính {show(node.max)}"
        self.over_max(f"mục {node.code}", step.value, node.max, words)
        if kept:
            return step
        how = f"{step.how}, không quá {show(node.max)}"
        return replace(step, value=node.max, how=how, rule=StepRule.CAP)

    def over_max(self, what: str, points: Fraction, top: Fraction, words: str) -> None:
        """Tells that a section, or the total, lies above its maximum, and what counts."""
        refused = self.scoring.over_max == "refuse"
        self.findings.error(
            OVER_MAX_REFUSED if refused else "over_max",
            f"{self.unit.name} ({self.unit.id}), {what}",
            f"Điểm {show(points)} vượt mức tối đa {show(top)}; {words}.",
            "Sửa điểm của mục này, hoặc ghi cap nếu quy định có trần.",
        )

    def _sent(self, node: Node, counted: Step, full: Fraction | None) -> Step:
        """A total that was sent for the whole section, in place of its criteria; kept as sent."""
        points = self.given[node.code].points
        leaves = [self.cells[leaf.code] for leaf in node.leaves if leaf.code in self.cells]
        if any(cell.round is not None for cell in leaves) and counted.value != points:
            self.findings.warning(
                "given_total_differs",
                f"{self.unit.name} ({self.unit.id}), mục {node.code}",
                f"Điểm mục được gửi là {show(points)} nhưng các tiêu chí cộng lại được "
                f"{show(counted.value)}; kết quả dùng điểm được gửi.",
                "Đối chiếu bảng điểm; bỏ tổng của mục nếu đã có đủ điểm từng tiêu chí.",
            )
        how = f"Điểm mục {node.code} được gửi theo tổng: {show(points)}"
        if full is not None and points > full:
            self.over_max(f"mục {node.code}", points, full, "giữ nguyên như được gửi")
        return Step(points, how, node.clause, StepRule.GIVEN)


def rescaled(step: Step, full: Fraction, assigned: Fraction) -> Step:
    """Points of the assigned part brought to the full maximum."""
    value = step.value * full / assigned
    how = f"Quy đổi: {show(step.value)} × {show(full)} / {show(assigned)} = {show(value)}"
    return Step(value, how, step.clause, StepRule.RESCALE, (step,))


def _together(maxima: Sequence[Fraction | None], highest: bool) -> Fraction | None:
    known = [m for m in maxima if m is not None]
    if len(known) < len(maxima):
        return None
    return max(known, default=ZERO) if highest else added(known)


def _at_most(value: Fraction | None, limit: Fraction | None) -> Fraction | None:
    """The smaller one; the frame's maximum where the rows name none."""
    if value is None or limit is None:
        return limit if value is None else value
    return min(value, limit)
