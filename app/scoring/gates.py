"""Preconditions of a criterion: whether they were answered, and what remains where not met."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from app.domain.snapshot import Entry
from app.domain.step import Step, StepRule
from app.rules.methods import Inapplicable, Scored, Undecided
from app.rules.methods.base import show
from app.rules.pack import Gate
from app.scoring.frame import Node


def closing_gate(node: Node, entry: Entry) -> Gate | None:
    """The precondition that was answered with no and lets a share of the points remain."""
    gate = node.row.gate if node.row is not None else None
    if gate is None or gate.figure is None or gate.keeps is None:
        return None
    return None if entry.figures.get(gate.figure) else gate


def outcome_kept(
    gate: Gate, outcome: Scored | Inapplicable | Undecided
) -> Scored | Inapplicable | Undecided:
    """What remains of an outcome, or of each that is still possible."""
    match outcome:
        case Scored(step):
            return replace(outcome, step=kept(gate, step))
        case Undecided(options=options):
            remaining = {name: outcome_kept(gate, option) for name, option in options.items()}
            return replace(outcome, options=remaining)
    return outcome


def kept(gate: Gate, step: Step) -> Step:
    """The share of the points that remains where a precondition was not met."""
    assert gate.keeps is not None
    value = step.value * Fraction(gate.keeps) / 100
    how = (
        f"{gate.title}: không đạt điều kiện, còn {show(Fraction(gate.keeps))} % × "
        f"{show(step.value)} = {show(value)} điểm"
    )
    return Step(value, how, gate.clause, StepRule.FORMULA, (step,))


def by_method(node: Node, entry: Entry) -> bool:
    """Whether the method gives the points, not a precondition nor what was reached before."""
    row = node.row
    if row is None:
        return True
    closed = (
        row.gate is not None
        and row.gate.figure is not None
        and row.gate.keeps is None
        and entry.figures.get(row.gate.figure) is False
    )
    reached = row.already is not None and entry.figures.get(row.already.figure) is True
    return not closed and not reached


def gate_answered(node: Node, entry: Entry) -> bool:
    """Whether the yes-or-no figure of the precondition, if there is one, was given."""
    gate = node.row.gate if node.row is not None else None
    return gate is None or gate.figure is None or isinstance(entry.figures.get(gate.figure), bool)
