"""Handing in, accepting, sending back, sealing: what a round's next step is, and for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.year import RoundStage
from app.operations.workspace.desk import Desk, Done
from app.operations.workspace.permits import WRITABLE, Permits
from app.operations.workspace.rounds import (
    accept_round,
    recall_round,
    reopen_round,
    return_round,
    seal_round,
    submit_round,
)
from app.rules.pack import Round
from ui.pages.scores.lines import short_round


class Turn(StrEnum):
    """What can be done with a unit's round."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    SEAL = "seal"
    RETURN = "return"
    RECALL = "recall"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class TurnWords:
    """A turn as its button says it, from which stages it goes, and what it brings about."""

    verb: str
    sources: frozenset[RoundStage]
    tells: str
    needs_reason: bool = False


TURNS: Final[Mapping[Turn, TurnWords]] = {
    Turn.SUBMIT: TurnWords(
        "Nộp", WRITABLE, "Vòng này coi như đã gửi đi; muốn sửa thì rút lại, hoặc được trả lại."
    ),
    Turn.ACCEPT: TurnWords(
        "Chấp nhận", frozenset({RoundStage.SUBMITTED}), "Ghi nhận là đã nhận đủ; điểm chưa khóa."
    ),
    Turn.SEAL: TurnWords(
        "Chốt điểm",
        frozenset({RoundStage.SUBMITTED, RoundStage.ACCEPTED}),
        "Điểm của vòng này được khóa lại, hoàn tác không đi qua bước này. Khi thật cần vẫn mở lại "
        "được, có lý do.",
    ),
    Turn.RETURN: TurnWords(
        "Trả lại",
        frozenset({RoundStage.SUBMITTED, RoundStage.ACCEPTED}),
        "Đơn vị sửa rồi nộp lại; lý do được ghi vào nhật ký.",
        needs_reason=True,
    ),
    Turn.RECALL: TurnWords(
        "Rút lại", frozenset({RoundStage.SUBMITTED}), "Người nộp lấy lại để sửa trước khi ai chấm."
    ),
    Turn.REOPEN: TurnWords(
        "Mở lại",
        frozenset({RoundStage.SEALED}),
        "Vòng đã chốt được mở để sửa; lý do được ghi vào nhật ký.",
        needs_reason=True,
    ),
}
STAGES: Final[Mapping[RoundStage, str]] = {
    RoundStage.DRAFT: "đang soạn",
    RoundStage.SUBMITTED: "đã nộp",
    RoundStage.RETURNED: "bị trả lại",
    RoundStage.RECALLED: "đã rút lại",
    RoundStage.ACCEPTED: "đã chấp nhận",
    RoundStage.SEALED: "đã chốt",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next with the round: the turn and its button's words."""

    turn: Turn | None = None
    words: str = ""
    next_round: str = ""


def stages_of(permits: Permits, units: Collection[str], round_id: str) -> dict[str, RoundStage]:
    """Where each unit stands in a round."""
    return {unit: permits.state(unit, round_id).stage for unit in units}


def next_turn(stages: Mapping[str, RoundStage]) -> Turn | None:
    """What comes next: whoever still writes hands in, then all is sealed; ``None`` when done."""
    there = set(stages.values())
    if there & WRITABLE:
        return Turn.SUBMIT
    if there & TURNS[Turn.SEAL].sources:
        return Turn.SEAL
    return None


def next_step(stages: Mapping[str, RoundStage], rounds: Sequence[Round], editing: str) -> NextStep:
    """What comes next in a round, or the round after it."""
    titles = {r.id: short_round(r.title) for r in rounds}
    turn = next_turn(stages)
    if turn is not None:
        return NextStep(turn, f"{TURNS[turn].verb} vòng “{titles[editing]}”")
    ids = list(titles)
    at = ids.index(editing) if editing in ids else len(ids)
    if stages and at + 1 < len(ids):
        return NextStep(None, f"Chấm vòng “{titles[ids[at + 1]]}”", ids[at + 1])
    return NextStep()


def ready_for(turn: Turn, stages: Mapping[str, RoundStage]) -> tuple[str, ...]:
    """The units with which this can be done now."""
    return tuple(unit for unit, stage in stages.items() if stage in TURNS[turn].sources)


def turned(
    turn: Turn, round_id: str, units: Collection[str], on: dt.date, reason: str
) -> Callable[[Desk], Done]:
    """The verb that turns the round of these units."""
    match turn:
        case Turn.SUBMIT:
            return lambda desk: submit_round(desk, round_id, units, on)
        case Turn.ACCEPT:
            return lambda desk: accept_round(desk, round_id, units, on)
        case Turn.SEAL:
            return lambda desk: seal_round(desk, round_id, units, on)
        case Turn.RETURN:
            return lambda desk: return_round(desk, round_id, units, on, reason)
        case Turn.RECALL:
            return lambda desk: recall_round(desk, round_id, units, on, reason)
    return lambda desk: reopen_round(desk, round_id, units, on, reason)
