"""Rounds: handed in, sent back, recalled, accepted, sealed (“Chốt điểm”), opened again.

Each verb turns the stage of one round for one unit or for several; a unit where that cannot be is
a reason to turn none. Days are calendar days, a deadline ends with its day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.snapshot import Snapshot
from app.domain.year import Deadline, DeadlineException, RoundStage, RoundState
from app.ground.findings import UserError
from app.operations.scoring import assessed
from app.operations.workspace.boards import open_cells
from app.operations.workspace.desk import (
    Desk,
    Done,
    done,
    open_year_of,
    packs_of,
    refusal,
    unit_of,
)
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.permits import WRITABLE, Permits
from app.persistence import books
from app.scoring.assessment import UnitResult

_STAGES: Final[Mapping[RoundStage, str]] = {
    RoundStage.DRAFT: "đang soạn",
    RoundStage.SUBMITTED: "đã nộp",
    RoundStage.RETURNED: "bị trả lại",
    RoundStage.RECALLED: "đã rút lại",
    RoundStage.ACCEPTED: "đã được chấp nhận",
    RoundStage.SEALED: "đã chốt điểm",
}
Units = Collection[str] | None
"""The units that a verb is about; ``None`` means all that have not left."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One way from stage to stage, and how it is told."""

    kind: str
    title: str
    sources: frozenset[RoundStage]
    target: RoundStage
    remedy: str
    barrier: bool = False


_SUBMIT: Final = _Turn(
    "round.submitted", "Nộp", WRITABLE, RoundStage.SUBMITTED, "Vòng này đã nộp rồi."
)
_RETURN: Final = _Turn(
    "round.returned",
    "Trả lại",
    frozenset({RoundStage.SUBMITTED, RoundStage.ACCEPTED}),
    RoundStage.RETURNED,
    "Chỉ trả lại được vòng đã nộp; vòng đã chốt thì mở lại (có lý do).",
)
_RECALL: Final = _Turn(
    "round.recalled",
    "Rút lại",
    frozenset({RoundStage.SUBMITTED}),
    RoundStage.RECALLED,
    "Chỉ rút lại được vòng vừa nộp; vòng đã chấp nhận thì đề nghị trả lại.",
)
_ACCEPT: Final = _Turn(
    "round.accepted",
    "Chấp nhận",
    frozenset({RoundStage.SUBMITTED}),
    RoundStage.ACCEPTED,
    "Nộp vòng này trước.",
)
_SEAL: Final = _Turn(
    "round.sealed",
    "Chốt điểm",
    frozenset({RoundStage.SUBMITTED, RoundStage.ACCEPTED}),
    RoundStage.SEALED,
    "Nộp vòng này trước khi chốt điểm.",
    barrier=True,
)
_REOPEN: Final = _Turn(
    "round.reopened",
    "Mở lại",
    frozenset({RoundStage.SEALED}),
    RoundStage.RETURNED,
    "Vòng này chưa chốt điểm, không cần mở lại.",
    barrier=True,
)


def submit_round(desk: Desk, round_id: str, units: Units, on: dt.date) -> Done:
    """Hands a round in on a day; what is still blank is told and does not stand in the way.

    Raises ``UserError`` where the deadline of the round has passed and no exception names the
    unit; a round that was handed in in time and sent back may come again later.
    """

    def check(unit: str, permits: Permits) -> None:
        _check_deadline(desk, unit, round_id, on, permits)

    return _turn(desk, _SUBMIT, round_id, units, on, check=check, blanks=True)


def return_round(desk: Desk, round_id: str, units: Units, on: dt.date, reason: str) -> Done:
    """Sends a handed-in round back to be mended; the reason is told to the unit."""
    return _turn(desk, _RETURN, round_id, units, on, reason=_needed(reason, "Trả lại"))


def recall_round(desk: Desk, round_id: str, units: Units, on: dt.date, reason: str = "") -> Done:
    """The hand that handed in takes it back, while nobody has scored the next round yet."""

    def check(unit: str, permits: Permits) -> None:
        order = list(permits.rounds())
        later = set(order[order.index(round_id) + 1 :])
        if any(e.unit == unit and e.round in later for e in permits.entries.values()):
            permits.findings.error(
                "round_scored_further",
                permits.names[unit],
                "Vòng sau đã có điểm nên không rút lại được.",
                "Đề nghị trả lại (có lý do).",
            )

    return _turn(desk, _RECALL, round_id, units, on, reason=reason, check=check)


def accept_round(desk: Desk, round_id: str, units: Units, on: dt.date) -> Done:
    """Takes a handed-in round as complete."""
    return _turn(desk, _ACCEPT, round_id, units, on)


def seal_round(desk: Desk, round_id: str, units: Units, on: dt.date) -> Done:
    """“Chốt điểm”: the round is frozen; undo does not pass it."""
    return _turn(desk, _SEAL, round_id, units, on)


def reopen_round(desk: Desk, round_id: str, units: Units, on: dt.date, reason: str) -> Done:
    """Opens a sealed round again, by name and with a reason."""
    return _turn(desk, _REOPEN, round_id, units, on, reason=_needed(reason, "Mở lại"))


def _needed(reason: str, what: str) -> str:
    if reason.strip():
        return reason.strip()
    raise refusal("reason_missing", what, f"{what} vòng chấm phải có lý do.", "Ghi lý do ngắn gọn.")


def _turn(
    desk: Desk,
    turn: _Turn,
    round_id: str,
    units: Units,
    on: dt.date,
    *,
    reason: str = "",
    check: Callable[[str, Permits], None] | None = None,
    blanks: bool = False,
) -> Done:
    open_year_of(desk)
    permits = Permits(desk, FactsDesk(desk))
    if round_id not in permits.rounds():
        raise refusal(
            "facts_unknown_round",
            f"Năm {desk.period}",
            f"Không có vòng chấm “{round_id[:80]}”.",
            "Các vòng: " + ", ".join(permits.rounds()) + ".",
        )
    chosen = _chosen(desk, units)
    states: list[RoundState] = []
    for unit in chosen:
        before = permits.state(unit, round_id)
        if before.stage is turn.target and units is None:
            continue
        if before.stage not in turn.sources:
            permits.findings.error(
                "round_stage",
                permits.names[unit],
                f"Vòng {permits.title(round_id)} {_STAGES[before.stage]} nên không "
                f"{turn.title.lower()} được.",
                turn.remedy,
            )
            continue
        if check is not None:
            check(unit, permits)
        handed = _handed_in(before, turn.target, on)
        states.append(RoundState(unit, round_id, turn.target, on, reason, handed))
    if permits.findings.errors:
        raise UserError(permits.findings)
    if blanks:
        _tell_blanks(desk, chosen, round_id, permits)
    who = "mọi đơn vị" if units is None else ", ".join(permits.names[unit] for unit in chosen)
    title = f"{turn.title} vòng {permits.title(round_id)} của {who}"
    with desk.act(
        turn.kind, title + (f", lý do: {reason}" if reason else ""), barrier=turn.barrier
    ) as change:
        changed = change.put(books.ROUND_STATES, *states)
    return done(change, changed, permits.findings)


def _handed_in(before: RoundState, target: RoundStage, on: dt.date) -> dt.date | None:
    """The day on which a round was handed in first; taking it back oneself forgets that day."""
    if target is RoundStage.RECALLED:
        return None
    if target is RoundStage.SUBMITTED:
        return before.submitted or on
    return before.submitted


def _chosen(desk: Desk, units: Units) -> list[str]:
    if units is None:
        return [unit.id for unit in desk.units.values() if unit.left is None]
    return [unit_of(desk, unit).id for unit in units]


def _tell_blanks(desk: Desk, units: list[str], round_id: str, permits: Permits) -> None:
    """Notes for each unit the criteria that nothing was said about yet, in this round or before."""
    results = _cards(desk, set(units))
    rules = packs_of(desk).main.rules
    first = next(iter(permits.rounds())) == round_id
    for unit in units:
        card = results[unit].card
        blank = (
            open_cells(rules, card, round_id)
            if first
            else tuple(
                code
                for code, score in card.criteria.items()
                if score.round is None and score.assigned
            )
        )
        if blank:
            listed = ", ".join(blank[:8]) + (" …" if len(blank) > 8 else "")
            permits.findings.warning(
                "round_incomplete",
                permits.names[unit],
                f"Còn {len(blank)} tiêu chí chưa ghi: {listed}.",
                "Ghi điểm, hoặc ghi “không thực hiện”, “không được giao”.",
            )


def _cards(desk: Desk, units: set[str]) -> Mapping[str, UnitResult]:
    """The cards of these units alone: what is blank does not depend on the others."""
    whole = desk.workspace.snapshot(desk.period)
    part = Snapshot(
        whole.period,
        whole.clusters,
        tuple(unit for unit in whole.units if unit.id in units),
        tuple(entry for entry in whole.entries if entry.unit in units),
        tuple(own for own in whole.own_criteria if own.unit in units),
        ranking_round=whole.ranking_round,
    )
    return assessed(packs_of(desk), part, None).units


def _check_deadline(desk: Desk, unit: str, round_id: str, on: dt.date, permits: Permits) -> None:
    cluster = desk.units[unit].cluster
    due = last_day(
        desk.workspace.read(books.DEADLINES, desk.period),
        desk.workspace.read(books.DEADLINE_EXCEPTIONS, desk.period),
        round_id,
        unit,
        cluster,
    )
    first = permits.state(unit, round_id).submitted or on
    if due is not None and first > due:
        permits.findings.error(
            "deadline_passed",
            permits.names[unit],
            f"Hạn nộp vòng {permits.title(round_id)} là hết ngày {due:%d/%m/%Y}; ngày nộp là "
            f"{on:%d/%m/%Y}.",
            "Ghi gia hạn riêng cho đơn vị (có lý do và người cho phép) rồi nộp.",
        )


def last_day(
    deadlines: Collection[Deadline],
    exceptions: Collection[DeadlineException],
    duty: str,
    unit: str,
    cluster: str,
) -> dt.date | None:
    """The last day of a duty for a unit: its exception, its cluster's day, or that of all."""
    for exception in exceptions:
        if exception.duty == duty and exception.unit == unit:
            return exception.until
    days = {d.cluster: d.due for d in deadlines if d.duty == duty}
    return days.get(cluster, days.get(None))
