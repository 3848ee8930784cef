"""What the text leaves open for one cell, and what a recorded decision says of it."""

from __future__ import annotations

from fractions import Fraction

from app.domain.snapshot import Unit
from app.domain.step import Step, StepRule
from app.ground.numbers import NumberTextError, read_number
from app.rules.methods import Outcome, Scored, Undecided
from app.rules.methods.base import show
from app.scoring.assessment import OpenQuestion, QuestionOutcome
from app.scoring.frame import Node
from app.scoring.scene import Scene


def asked(
    scene: Scene, unit: Unit, node: Node, open_: Undecided
) -> tuple[OpenQuestion | None, Outcome]:
    """The open question of a cell, or the outcome that a recorded decision gives it."""
    about = f"gap:{node.code}" if open_.gap else f"open:{open_.parameter}:{node.code}"
    for question_id, decided in scene.decided(about, unit.id):
        if decided in open_.options:
            chosen = open_.options[decided]
            if isinstance(chosen, Undecided):
                return asked(scene, unit, node, chosen)
            return None, chosen
        try:
            value = Fraction(read_number(decided))
        except NumberTextError:
            scene.does_not_fit(question_id, decided, (*open_.options, "số điểm"))
            continue
        how = f"{open_.what}; cấp có thẩm quyền quyết định {show(value)} điểm"
        return None, Scored(Step(value, how, node.clause, StepRule.GIVEN))
    outcomes = tuple(
        QuestionOutcome(choice, f"{unit.name}: {_effect(option)}")
        for choice, option in open_.options.items()
    )
    what = f"{node.code} {node.title} ({unit.name}): {open_.what}"
    question = OpenQuestion(
        f"{about}:{unit.id}", open_.parameter or "gap", (unit.id,), what, outcomes
    )
    return question, open_


def _effect(option: Outcome) -> str:
    match option:
        case Scored(step):
            return f"{show(step.value)} điểm"
        case Undecided():
            return f"còn hỏi tiếp: {option.what}"
    return "không thuộc diện chấm"
