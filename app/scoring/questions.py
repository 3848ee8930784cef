"""Open questions of one kind are asked once, for all the units that they concern."""

from __future__ import annotations

from collections.abc import Sequence

from app.scoring.assessment import OpenQuestion, QuestionOutcome


def merged_questions(questions: Sequence[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    """Questions on one parameter and criterion become one: ``open:A10:I.2:u7+u8``.

    Ties, holds and gaps stay apart; each is a question of its own.
    """
    merged: dict[str, OpenQuestion] = {}
    for question in questions:
        kind, _, rest = question.id.partition(":")
        about, _, _ = rest.rpartition(":")
        if kind != "open" or not question.units or ":" not in rest:
            merged.setdefault(question.id, question)
            continue
        key = f"open:{about}"
        known = merged.get(key)
        merged[key] = question if known is None else _together(known, question, about)
    return tuple(merged.values())


def _together(one: OpenQuestion, other: OpenQuestion, about: str) -> OpenQuestion:
    if set(other.units) <= set(one.units):
        return one
    units = tuple(sorted({*one.units, *other.units}))
    effects = {o.choice: o.effect for o in other.outcomes}
    outcomes = [
        QuestionOutcome(
            o.choice, "; ".join(dict.fromkeys((o.effect, effects.pop(o.choice, o.effect))))
        )
        for o in one.outcomes
    ]
    outcomes += [QuestionOutcome(choice, effect) for choice, effect in effects.items()]
    identifier = f"open:{about}:{'+'.join(units)}"
    return OpenQuestion(
        identifier, one.parameter, units, f"{one.what}; {other.what}", tuple(outcomes)
    )
