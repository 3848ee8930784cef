"""One cell: what each round says of one unit and one criterion, and what counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from app.domain.snapshot import Entry, EntryState, Figure, Unit
from app.domain.step import Step, StepRule
from app.rules.methods import Given, Inapplicable, Lacking, Outcome, Scored, Undecided
from app.rules.methods.base import Peers, show
from app.rules.methods.measure import MeasuredMethod
from app.rules.methods.single import Direct
from app.rules.pack import Round
from app.scoring.assessment import OpenQuestion, RoundScore
from app.scoring.cell_questions import asked
from app.scoring.entries import CellEntries
from app.scoring.frame import Node, below
from app.scoring.gates import by_method, closing_gate, gate_answered, kept, outcome_kept
from app.scoring.scene import Scene

ZERO = Fraction(0)
OVER_MAX_REFUSED = "over_max_refused"
"""The finding with which a pack refuses to give any result."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one entry amounts to, before groups are added up.

    ``computed`` is what the rule gives, ``points`` what counts; ``None`` where the cell is
    unfinished. ``why`` explains ``points``.
    """

    state: EntryState
    figures: Mapping[str, Figure]
    computed: Fraction | None
    points: Fraction | None
    why: Step
    round: str | None = None
    rounds: Mapping[str, RoundScore] | None = None
    level: str | None = None
    bars: bool = False
    plan_percent: Fraction | None = None
    question: OpenQuestion | None = None


def score_cell(scene: Scene, unit: Unit, node: Node) -> Cell:
    """The cell of one unit and one criterion in all rounds, and the one that counts."""
    entries = scene.entries.cell(unit.id, node.code)
    compares = node.method is not None and node.method.compares
    others = scene.entries.stamp(unit.cluster, node.code) if compares else None
    work = partial(_score_cell, scene, unit, node, entries)
    return scene.recall(node.code, (entries, others, scene.scored_round), work, steady=True)


def _score_cell(scene: Scene, unit: Unit, node: Node, entries: CellEntries) -> Cell:
    read: dict[str, Cell] = {}
    rounds: dict[str, RoundScore] = {}
    for round_id in scene.rounds:
        entry = entries.get(round_id)
        if entry is None:
            continue
        if node.method is not None:
            read[round_id] = _read_beside(scene, unit, node, entry, round_id)
        rounds[round_id] = _round_score(scene, node, entry, read.get(round_id))
    counting = counting_round(scene, node)
    entry = entry_for(scene, unit.id, node, counting)
    if entry is None or node.method is None:
        step = Step(ZERO, "Chưa chấm: tạm tính 0 điểm", node.clause, StepRule.NOT_COUNTED)
        return Cell(EntryState.BLANK, {}, None, None, step, rounds=rounds)
    if entry.round == counting or not node.method.compares:
        cell = read[entry.round]
    else:  # standing in for another round, it is compared with that round's entries
        cell = _read_beside(scene, unit, node, entry, counting)
    why = cell.why
    if cell.points is None:
        why = Step(ZERO, why.how, node.clause, StepRule.NOT_COUNTED, why.parts)
    return Cell(
        cell.state,
        cell.figures,
        cell.computed,
        cell.points,
        why.with_clause(node.clause),
        entry.round,
        rounds,
        cell.level,
        cell.bars,
        cell.plan_percent,
        cell.question,
    )


def entry_for(scene: Scene, unit: str, node: Node, round_id: str) -> Entry | None:
    """The entry that speaks for a round: its own, or that of the round standing in for it."""
    entries = scene.entries.cell(unit, node.code)
    for current in scene.stand_ins(round_id):
        found = entries.get(current)
        rules = scene.rounds.get(current)
        if found is not None and (rules is None or in_round(node.code, rules)):
            return found
    return None


def in_round(code: str, rules: Round) -> bool:
    """Whether a round scores a criterion, by its ``only``."""
    return not rules.only or any(below(code, prefix) for prefix in rules.only)


def counting_round(scene: Scene, node: Node) -> str:
    """The round whose entry counts for a criterion: the scored one, or its named hand's last."""
    if node.hand is not None:
        for rules in reversed(scene.rules.rounds):
            if rules.hand == node.hand and in_round(node.code, rules):
                return rules.id
    return scene.scored_round


def _round_score(scene: Scene, node: Node, entry: Entry, cell: Cell | None) -> RoundScore:
    if cell is None:
        return RoundScore(EntryState.BLANK, {}, None, None, None, entry.reason, None)
    own_hand = scene.rounds[entry.round].hand == "unit"
    typed = own_hand or isinstance(node.method, Direct)
    return RoundScore(
        cell.state,
        entry.figures,
        cell.computed,
        entry.points if own_hand else None,
        None if typed else entry.points,
        entry.reason,
        cell.points,
        entry.evidence,
    )


# ------------------------------------------------------------------ one entry


def _read_beside(scene: Scene, unit: Unit, node: Node, entry: Entry, round_id: str) -> Cell:
    """An entry as it counts in ``round_id`` beside those of the others, where they matter."""
    work = partial(_read, scene, unit, node, entry, round_id)
    others: tuple[Entry | None, ...] = ()
    if node.method is not None and node.method.compares and not node.own:
        _, others = _beside(scene, unit.cluster, node, round_id)
    return scene.recall((node.code, round_id), (entry, *others), work)


def _read(scene: Scene, unit: Unit, node: Node, entry: Entry, round_id: str) -> Cell:
    """An entry as it counts in ``round_id``: the rule first, then what the hand typed."""
    cell = _by_rule(scene, unit, node, entry, round_id)
    if entry.state is not EntryState.SCORED:
        return cell
    if cell.computed is not None:
        bounded = bounded_points(scene, unit, node, entry.round, cell.computed)
        if bounded != cell.computed:
            how = f"{cell.why.how}, tính {show(bounded)} điểm"
            step = Step(bounded, how, cell.why.clause, StepRule.CAP, cell.why.parts)
            cell = replace(cell, points=bounded, why=step)
    if entry.points is None:
        return cell
    if isinstance(node.method, Direct) and cell.computed is None and cell.question is None:
        if not gate_answered(node, entry):
            return cell
        how = f"{scene.rounds[entry.round].title}: chấm {show(entry.points)} điểm"
        typed = _typed(scene, unit, node, entry, cell, how)
        gate = closing_gate(node, entry)
        if gate is None:
            return typed
        step = kept(gate, typed.why)
        return replace(typed, points=step.value, why=step)
    if scene.rounds[entry.round].hand == "unit":
        return _claimed(scene, unit, node, entry, cell)
    return _overridden(scene, unit, node, entry, cell)


def _by_rule(scene: Scene, unit: Unit, node: Node, entry: Entry, round_id: str) -> Cell:
    """The rule applied to one entry, typed points left aside."""

    def cell(
        state: EntryState, value: Fraction | None, how: str, rule: StepRule, **more: OpenQuestion
    ) -> Cell:
        step = Step(value or ZERO, how, node.clause, rule)
        return Cell(state, entry.figures, None, value, step, question=more.get("question"))

    if entry.state is EntryState.NOT_DONE:
        return cell(entry.state, ZERO, "Không thực hiện: 0 điểm", StepRule.TABLE)
    if entry.state is EntryState.NOT_ASSIGNED:
        return cell(entry.state, ZERO, "Không được giao", StepRule.NOT_COUNTED)
    outcome = _outcome(scene, unit, node, entry, round_id)
    question: OpenQuestion | None = None
    if isinstance(outcome, Undecided):
        question, outcome = asked(scene, unit, node, outcome)
    match outcome:
        case Scored(step, level, bars):
            plan = _plan_percent(node, entry) if by_method(node, entry) else None
            value = step.value
            state = EntryState.SCORED
            return Cell(
                state,
                entry.figures,
                value,
                value,
                step,
                level=level,
                bars=bars,
                plan_percent=plan,
                question=question,
            )
        case Inapplicable(how):
            how = f"{how}: không thuộc diện chấm"
            return cell(EntryState.NOT_ASSIGNED, ZERO, how, StepRule.NOT_COUNTED)
        case Undecided():
            how = f"Chưa có quy định: {outcome.what}"
            assert question is not None
            return cell(EntryState.SCORED, None, how, StepRule.NOT_COUNTED, question=question)
        case Lacking(names):
            how = f"Chưa chấm: còn thiếu {_called(node, names)}"
            return cell(EntryState.BLANK, None, how, StepRule.NOT_COUNTED)


def _called(node: Node, names: Sequence[str]) -> str:
    """The figures that lack, by their titles; the one of a gate by the gate's."""
    gate = node.row.gate if node.row is not None else None
    if gate is not None and gate.figure in names:
        return f"“{gate.title}”"
    return node.method.called(names) if node.method is not None else ", ".join(names)


def _outcome(scene: Scene, unit: Unit, node: Node, entry: Entry, round_id: str) -> Outcome:
    """Gate before "already" before the method."""
    row, method = node.row, node.method
    assert method is not None
    top = node.max if node.max is not None else ZERO
    if row is not None and row.gate is not None and row.gate.figure is not None:
        if not gate_answered(node, entry):
            return Lacking((row.gate.figure,))
        if not entry.figures[row.gate.figure]:
            if row.gate.keeps is not None:
                outcome = _open_outcome(scene, unit, node, entry, round_id)
                return outcome if isinstance(outcome, Lacking) else outcome_kept(row.gate, outcome)
            value = row.gate.closed(top)
            how = f"{row.gate.title}: không đạt điều kiện, {show(value)} điểm"
            return Scored(Step(value, how, row.gate.clause, StepRule.TABLE))
    return _open_outcome(scene, unit, node, entry, round_id)


def _open_outcome(scene: Scene, unit: Unit, node: Node, entry: Entry, round_id: str) -> Outcome:
    """What the criterion gives where its precondition does not close it."""
    row, method = node.row, node.method
    assert method is not None
    top = node.max if node.max is not None else ZERO
    if row is not None and row.already is not None and entry.figures.get(row.already.figure):
        value = row.already.worth(top)
        how = f"{row.already.title}: {show(value)} điểm"
        return Scored(Step(value, how, row.already.clause, StepRule.TABLE))
    peers: Mapping[str, Mapping[str, Figure]] = {}
    if method.compares:
        peers = _peers(scene, unit, node, round_id)
    return method.score(Given(unit.id, top, entry.figures, peers, node.clause))


def _peers(
    scene: Scene, unit: Unit, node: Node, round_id: str
) -> Mapping[str, Mapping[str, Figure]]:
    """The others' figures in the same round (and what the pack lets stand in for it)."""
    return {} if node.own else _beside(scene, unit.cluster, node, round_id)[0]


def _beside(
    scene: Scene, cluster: str, node: Node, round_id: str
) -> tuple[Peers, tuple[Entry | None, ...]]:
    """The figures of a cluster's competitors in a round, and the entries that speak for them."""
    key = (cluster, node.code, round_id)
    if key not in scene.compared:
        entries = tuple(
            entry_for(scene, other.id, node, round_id) for other in scene.competitors(cluster)
        )
        peers = Peers(
            (entry.unit, entry.figures)
            for entry in entries
            if entry is not None and entry.state is EntryState.SCORED and entry.figures
        )
        scene.compared[key] = peers, entries
    return scene.compared[key]


def _plan_percent(node: Node, entry: Entry) -> Fraction | None:
    """The percent of plan that the figures show, where the method knows a plan."""
    method = node.method
    if not isinstance(method, MeasuredMethod) or method.input != "plan_percent":
        return None
    plan, actual = entry.figures.get("plan"), entry.figures.get("actual")
    if not isinstance(plan, Fraction) or not isinstance(actual, Fraction):
        return None
    top, bottom = (plan, actual) if method.direction == "lower" else (actual, plan)
    return top * 100 / bottom if bottom > 0 else None


# ------------------------------------------------------------------ what a hand typed


def _typed(
    scene: Scene,
    unit: Unit,
    node: Node,
    entry: Entry,
    cell: Cell,
    how: str,
    parts: tuple[Step, ...] = (),
) -> Cell:
    """Typed points as they count, inside 0 … maximum; they close an open question."""
    assert entry.points is not None
    value = bounded_points(scene, unit, node, entry.round, entry.points)
    rule = StepRule.GIVEN
    if value != entry.points:
        how, rule = f"{how}, ngoài mức cho phép nên tính {show(value)} điểm", StepRule.CAP
    if entry.reason.strip():
        how = f"{how}, lý do: {entry.reason.strip()}"
    step = Step(value, how, node.clause, rule, parts)
    return replace(cell, state=EntryState.SCORED, points=value, why=step, question=None)


def _claimed(scene: Scene, unit: Unit, node: Node, entry: Entry, cell: Cell) -> Cell:
    """A unit's own claim: it counts only where there are no figures to compute from."""
    assert entry.points is not None
    if cell.computed is not None and cell.computed != entry.points:
        scene.findings.warning(
            "claim_differs",
            place(scene, unit, node.code, entry.round),
            f"Điểm đơn vị tự ghi là {show(entry.points)} nhưng tính từ số liệu được "
            f"{show(cell.computed)}; kết quả dùng số tính được.",
            "Đối chiếu số liệu với điểm tự ghi.",
        )
    if cell.state is not EntryState.BLANK:
        return cell
    how = f"{scene.rounds[entry.round].title}: đơn vị tự ghi {show(entry.points)} điểm"
    return _typed(scene, unit, node, entry, cell, f"{how}, không kèm số liệu")


def _overridden(scene: Scene, unit: Unit, node: Node, entry: Entry, cell: Cell) -> Cell:
    """Points in place of the computed ones: only with a reason, and the computed value stays."""
    assert entry.points is not None
    if entry.points == cell.computed:
        return cell
    if not entry.reason.strip():
        scene.findings.error(
            "override_without_reason",
            place(scene, unit, node.code, entry.round),
            f"Điểm ghi {show(entry.points)} khác cách tính của quy định mà không nêu lý do; "
            "điểm này chưa được dùng.",
            "Ghi lý do, hoặc bỏ điểm ghi tay để dùng điểm tính từ số liệu.",
        )
        return cell
    how = f"{scene.rounds[entry.round].title}: chấm {show(entry.points)} điểm"
    if cell.computed is None:
        return _typed(scene, unit, node, entry, cell, how)
    how += f" thay cho {show(cell.computed)} tính được"
    return _typed(scene, unit, node, entry, cell, how, (cell.why,))


def bounded_points(
    scene: Scene, unit: Unit, node: Node, round_id: str, points: Fraction
) -> Fraction:
    """Points inside 0 … maximum, as ``over_max`` says, always with an error finding."""
    top = node.max
    where = place(scene, unit, node.code, round_id)
    if points < 0:
        scene.findings.error(
            "points_negative",
            where,
            f"Điểm {show(points)} là số âm; đang tính 0 điểm.",
            f"Nhập số từ 0 đến {show(top) if top is not None else 'điểm tối đa'}.",
        )
        return ZERO
    if top is None or points <= top:
        return points
    way = scene.scoring.over_max
    words = {
        "clamp": f"; đang tính {show(top)}",
        "keep": "; gói quy tắc cho giữ nguyên",
        "refuse": "; gói quy tắc không cho tính tiếp",
    }
    scene.findings.error(
        OVER_MAX_REFUSED if way == "refuse" else "over_max",
        where,
        f"Điểm {show(points)} vượt mức tối đa {show(top)}{words[way]}.",
        f"Nhập số từ 0 đến {show(top)}, hoặc sửa số liệu.",
    )
    return points if way == "keep" else top


def place(scene: Scene, unit: Unit, code: str, round_id: str) -> str:
    """A cell in the officer's words."""
    return f"{unit.name} ({unit.id}), tiêu chí {code}, vòng {scene.rounds[round_id].title}"
