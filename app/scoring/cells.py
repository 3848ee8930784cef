"""One cell: what each round says of one unit and one criterion, and what counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app.domain.snapshot import Entry, EntryState, Figure, Unit
from app.domain.step import Step, StepRule
from app.ground.numbers import NumberTextError, read_number
from app.rules.methods import Given, Inapplicable, Lacking, Outcome, Scored, Undecided
from app.rules.methods.base import show
from app.rules.methods.measure import MeasuredMethod, NoBase
from app.rules.methods.single import Direct
from app.rules.pack import Round
from app.scoring.assessment import OpenQuestion, QuestionOutcome, RoundScore
from app.scoring.frame import Node, below
from app.scoring.scene import Scene

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """The counted result of one cell, before groups are added up."""

    state: EntryState
    figures: Mapping[str, Figure]
    points: Fraction
    round: str | None
    why: Step
    rounds: Mapping[str, RoundScore]
    level: str | None = None
    bars: bool = False
    plan_percent: Fraction | None = None
    question: OpenQuestion | None = None


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What one entry amounts to."""

    state: EntryState
    computed: Fraction | None
    step: Step
    level: str | None = None
    bars: bool = False
    question: OpenQuestion | None = None


def entry_for(scene: Scene, unit: str, node: Node, round_id: str) -> Entry | None:
    """The entry that speaks for a round: its own, or that of the round standing in for it."""
    seen: set[str] = set()
    current: str | None = round_id
    while current is not None and current not in seen:
        seen.add(current)
        found = scene.entries.get((node.code, current, unit))
        rules = scene.rounds.get(current)
        if found is not None and (rules is None or _in_round(node, rules)):
            return found
        current = rules.stands_in if rules is not None else None
    return None


def _in_round(node: Node, rules: Round) -> bool:
    return not rules.only or any(below(node.code, code) for code in rules.only)


def counting_round(scene: Scene, node: Node) -> str:
    """The round whose entry counts for a criterion: the scored one, or its named hand's."""
    hand = node.row.hand if node.row is not None else None
    if hand is not None:
        named = [r.id for r in scene.rules.rounds if r.hand == hand]
        if named:
            return named[-1]
    return scene.scored_round


def score_cell(scene: Scene, unit: Unit, node: Node) -> Cell:
    """The cell of one unit and one criterion in all rounds, and the one that counts."""
    rounds = {
        r: _round_score(scene, unit, node, entry, r)
        for r in scene.rounds
        if (entry := scene.entries.get((node.code, r, unit.id))) is not None
    }
    counting = counting_round(scene, node)
    entry = entry_for(scene, unit.id, node, counting)
    if entry is None:
        how = "Chưa chấm: tạm tính 0 điểm"
        step = Step(ZERO, how, node.clause, StepRule.NOT_COUNTED)
        return Cell(EntryState.BLANK, {}, ZERO, None, step, rounds)
    judgement = _judge(scene, unit, node, entry, counting)
    points, step = _counted(scene, unit, node, entry, judgement)
    plan = _plan_percent(node, entry)
    if points is None:
        blank = Step(ZERO, step.how, node.clause, StepRule.NOT_COUNTED, step.parts)
        asked = judgement.question is not None
        return Cell(
            EntryState.SCORED if asked else EntryState.BLANK,
            entry.figures,
            ZERO,
            entry.round,
            blank.with_clause(node.clause),
            rounds,
            question=judgement.question,
        )
    return Cell(
        judgement.state,
        entry.figures,
        points,
        entry.round,
        step.with_clause(node.clause),
        rounds,
        judgement.level,
        judgement.bars,
        plan,
        judgement.question,
    )


def _round_score(scene: Scene, unit: Unit, node: Node, entry: Entry, round_id: str) -> RoundScore:
    judgement = _judge(scene, unit, node, entry, round_id)
    points, _ = _counted(scene, unit, node, entry, judgement)
    hand = scene.rounds[round_id].hand
    direct = isinstance(node.method, Direct)
    own_hand = hand == "unit"
    return RoundScore(
        judgement.state,
        entry.figures,
        judgement.computed,
        entry.points if own_hand else None,
        entry.points if not own_hand and not direct else None,
        entry.reason,
        points,
        entry.evidence,
    )


def _counted(
    scene: Scene, unit: Unit, node: Node, entry: Entry, judgement: _Judgement
) -> tuple[Fraction | None, Step]:
    """What counts in the entry's round, with its step; ``None`` where it stays unfinished."""
    if judgement.state in (EntryState.NOT_DONE, EntryState.NOT_ASSIGNED):
        return ZERO, judgement.step
    rules = scene.rounds[entry.round]
    if entry.points is None:
        return judgement.computed, judgement.step
    if isinstance(node.method, Direct):
        value = _bounded(scene, unit, node, entry)
        how = f"{rules.title}: chấm {show(entry.points)} điểm"
        rule = StepRule.GIVEN
        if value != entry.points:
            how, rule = f"{how}, vượt mức nên tính {show(value)} điểm", StepRule.CAP
        return value, Step(value, _with_reason(how, entry), node.clause, rule)
    if rules.hand == "unit":
        if judgement.computed is not None:
            if judgement.computed != entry.points:
                scene.findings.warning(
                    "claim_differs",
                    _place(scene, unit, node, entry.round),
                    f"Điểm đơn vị tự ghi là {show(entry.points)} nhưng tính từ số liệu được "
                    f"{show(judgement.computed)}; kết quả dùng số tính được.",
                    "Đối chiếu số liệu với điểm tự ghi.",
                )
            return judgement.computed, judgement.step
        value = _bounded(scene, unit, node, entry)
        how = f"{rules.title}: đơn vị tự ghi {show(value)} điểm, không kèm số liệu"
        return value, Step(value, how, node.clause, StepRule.GIVEN)
    return _overridden(scene, unit, node, entry, judgement)


def _overridden(
    scene: Scene, unit: Unit, node: Node, entry: Entry, judgement: _Judgement
) -> tuple[Fraction | None, Step]:
    assert entry.points is not None
    rules = scene.rounds[entry.round]
    if not entry.reason.strip() and entry.points != judgement.computed:
        scene.findings.error(
            "override_without_reason",
            _place(scene, unit, node, entry.round),
            f"Điểm ghi {show(entry.points)} khác cách tính của quy định mà không nêu lý do; "
            "điểm này chưa được dùng.",
            "Ghi lý do, hoặc bỏ điểm ghi tay để dùng điểm tính từ số liệu.",
        )
        return judgement.computed, judgement.step
    value = _bounded(scene, unit, node, entry)
    if judgement.computed is None:
        how = f"{rules.title}: chấm {show(value)} điểm"
        return value, Step(value, _with_reason(how, entry), node.clause, StepRule.GIVEN)
    if value == judgement.computed:
        return value, judgement.step
    how = f"{rules.title}: chấm {show(value)} điểm thay cho {show(judgement.computed)} tính được"
    step = Step(value, _with_reason(how, entry), node.clause, StepRule.GIVEN, (judgement.step,))
    return value, step


def _with_reason(how: str, entry: Entry) -> str:
    return f"{how}, lý do: {entry.reason.strip()}" if entry.reason.strip() else how


def _bounded(scene: Scene, unit: Unit, node: Node, entry: Entry) -> Fraction:
    """Typed points inside 0 … maximum, as ``over_max`` says; always with an error finding."""
    points = entry.points if entry.points is not None else ZERO
    top = node.max
    if points >= 0 and (top is None or points <= top):
        return points
    place = _place(scene, unit, node, entry.round)
    if points < 0:
        scene.findings.error(
            "points_negative",
            place,
            f"Điểm {show(points)} là số âm.",
            f"Nhập số từ 0 đến {show(top) if top is not None else 'điểm tối đa'}.",
        )
        return points if scene.scoring.over_max == "keep" else ZERO
    assert top is not None
    ways: dict[Literal["clamp", "keep", "refuse"], str] = {
        "clamp": f"; đang tính {show(top)}",
        "keep": "; gói quy tắc cho giữ nguyên",
        "refuse": "; gói quy tắc không cho tính tiếp",
    }
    code = "over_max_refused" if scene.scoring.over_max == "refuse" else "over_max"
    scene.findings.error(
        code,
        place,
        f"Điểm {show(points)} vượt mức tối đa {show(top)}{ways[scene.scoring.over_max]}.",
        f"Nhập số từ 0 đến {show(top)}.",
    )
    return points if scene.scoring.over_max == "keep" else top


def _judge(scene: Scene, unit: Unit, node: Node, entry: Entry, round_id: str) -> _Judgement:
    """The rule applied to one entry, typed points left aside."""
    if entry.state is EntryState.NOT_DONE:
        step = Step(ZERO, "Không thực hiện: 0 điểm", node.clause, StepRule.TABLE)
        return _Judgement(EntryState.NOT_DONE, None, step)
    if entry.state is EntryState.NOT_ASSIGNED:
        step = Step(ZERO, "Không được giao", node.clause, StepRule.NOT_COUNTED)
        return _Judgement(EntryState.NOT_ASSIGNED, None, step)
    outcome = _outcome(scene, unit, node, entry, round_id)
    question: OpenQuestion | None = None
    if isinstance(outcome, Undecided):
        question, outcome = _asked(scene, unit, node, outcome)
    match outcome:
        case Scored(step, level, bars):
            return _Judgement(EntryState.SCORED, step.value, step, level, bars, question)
        case Inapplicable(how):
            step = Step(ZERO, f"{how}: không thuộc diện chấm", node.clause, StepRule.NOT_COUNTED)
            return _Judgement(EntryState.NOT_ASSIGNED, None, step)
        case Undecided():
            step = Step(
                ZERO, f"Chưa có quy định: {outcome.what}", node.clause, StepRule.NOT_COUNTED
            )
            return _Judgement(EntryState.SCORED, None, step, question=question)
        case Lacking(names):
            how = "Chưa chấm: còn thiếu " + ", ".join(names)
            step = Step(ZERO, how, node.clause, StepRule.NOT_COUNTED)
            return _Judgement(EntryState.SCORED, None, step)


def _outcome(scene: Scene, unit: Unit, node: Node, entry: Entry, round_id: str) -> Outcome:
    row, method = node.row, node.method
    assert method is not None
    top = node.max if node.max is not None else ZERO
    if row is not None and row.already is not None and entry.figures.get(row.already.figure):
        value = top if row.already.points is None else Fraction(row.already.points)
        how = f"{row.already.title}: {show(value)} điểm"
        return Scored(Step(value, how, row.already.clause, StepRule.TABLE))
    if row is not None and row.gate is not None and row.gate.figure is not None:
        met = entry.figures.get(row.gate.figure)
        if met is None and entry.points is None:
            return Lacking((row.gate.figure,))
        if met is False:
            value = Fraction(row.gate.otherwise)
            how = f"{row.gate.title}: không đạt điều kiện, {show(value)} điểm"
            return Scored(Step(value, how, row.gate.clause, StepRule.TABLE))
    peers = (
        _peers(scene, unit, node, round_id)
        if method.comparative
        or (
            isinstance(method, MeasuredMethod)
            and method.input in ("average_percent", "best_percent")
        )
        else {}
    )
    return method.score(Given(unit.id, top, entry.figures, peers, node.clause))


def _peers(
    scene: Scene, unit: Unit, node: Node, round_id: str
) -> Mapping[str, Mapping[str, Figure]]:
    """The others' figures in the same round (and what the pack lets stand in for it)."""
    if node.own:
        return {}
    peers: dict[str, Mapping[str, Figure]] = {}
    for other in scene.competitors(unit.cluster):
        entry = entry_for(scene, other.id, node, round_id)
        if entry is not None and entry.state is EntryState.SCORED and entry.figures:
            peers[other.id] = entry.figures
    return peers


def _asked(
    scene: Scene, unit: Unit, node: Node, open_: Undecided
) -> tuple[OpenQuestion | None, Outcome]:
    """The open question of a cell, or the outcome that a recorded decision gives it."""
    if open_.gap:
        key = f"gap:{node.code}:{unit.id}"
    else:
        key = f"open:{open_.parameter}:{node.code}:{unit.id}"
    for decided in _decided(scene, key, unit.id):
        if decided in open_.options:
            return None, open_.options[decided]
        try:
            value = Fraction(read_number(decided))
        except NumberTextError:
            continue
        how = f"{open_.what}; cấp có thẩm quyền quyết định {show(value)} điểm"
        return None, Scored(Step(value, how, node.clause, StepRule.GIVEN))
    outcomes = tuple(
        QuestionOutcome(
            choice,
            f"{unit.name}: "
            + (f"{show(o.step.value)} điểm" if isinstance(o, Scored) else "không thuộc diện chấm"),
        )
        for choice, o in open_.options.items()
    )
    what = f"{node.code} {node.title} ({unit.name}): {open_.what}"
    return OpenQuestion(key, open_.parameter or "gap", (unit.id,), what, outcomes), open_


def _decided(scene: Scene, key: str, unit: str) -> Iterator[str]:
    """Decisions on exactly this question, on it for several units, or on the parameter."""
    question, _, _ = key.rpartition(":")
    whole, _, _ = question.rpartition(":")
    for asked, outcome in scene.decisions.items():
        head, _, units = asked.rpartition(":")
        about_unit = head == question and unit in units.split("+")
        if about_unit or asked in (question, whole):
            yield outcome


def _plan_percent(node: Node, entry: Entry) -> Fraction | None:
    """The percent of plan that the figures show, where the method knows a plan."""
    method = node.method
    if not isinstance(method, MeasuredMethod) or method.input != "plan_percent":
        return None
    given = Given("", ZERO, entry.figures)
    if method.lacking(given) or any(
        entry.figures.get(s.name) is None for s in MeasuredMethod.figure_specs(method)
    ):
        return None
    reading = method.read(given)
    return None if isinstance(reading, NoBase) else reading.value


def _place(scene: Scene, unit: Unit, node: Node, round_id: str) -> str:
    return f"{unit.name} ({unit.id}), tiêu chí {node.code}, vòng {scene.rounds[round_id].title}"
