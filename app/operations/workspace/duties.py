"""Noting whether the year's duties were done: when, by which document, or why they do not apply.

What duties there are, and how they stand, is read by ``duty_board``.
"""

from __future__ import annotations

import datetime as dt

from app.domain.conference import DutyStage, DutyState
from app.ground.findings import Findings, UserError
from app.ground.text import nearest
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal
from app.operations.workspace.eligibility import rules_of
from app.persistence import books
from app.rules.pack import Duty
from app.scoring.duties import HOLDER_WORDS, OF_CLUSTER


def note_duty(
    desk: Desk,
    duty: str,
    holder: str,
    state: DutyStage,
    *,
    cluster: str | None = None,
    on: dt.date | None = None,
    document: str = "",
    note: str = "",
) -> Done:
    """Notes whether a duty was done by its holder; raises ``UserError`` where that was noted.

    One that is not applicable needs a note that says why.
    """
    fresh = _state(desk, duty, holder, state, cluster, on, document, note)
    if _kept(desk, fresh) is not None:
        raise refusal(
            "duty_noted",
            _called(desk, fresh),
            "Nhiệm vụ này đã được ghi rồi.",
            "Sửa dòng đã ghi, hoặc bỏ dòng đó trước.",
        )
    return _put(desk, "duty.noted", "Ghi", fresh)


def change_duty(
    desk: Desk,
    duty: str,
    holder: str,
    state: DutyStage,
    *,
    cluster: str | None = None,
    on: dt.date | None = None,
    document: str = "",
    note: str = "",
) -> Done:
    """Corrects what was noted; raises ``UserError`` where nothing was."""
    fresh = _state(desk, duty, holder, state, cluster, on, document, note)
    if _kept(desk, fresh) is None:
        raise _not_noted(desk, fresh)
    return _put(desk, "duty.changed", "Sửa", fresh)


def remove_duty(desk: Desk, duty: str, holder: str, cluster: str | None = None) -> Done:
    """Takes a note about a duty out; raises ``UserError`` where there is none."""
    there = _state(desk, duty, holder, DutyStage.UNDONE, cluster, None, "", "")
    if _kept(desk, there) is None:
        raise _not_noted(desk, there)
    with desk.act("duty.removed", f"Bỏ ghi chép {_called(desk, there)}") as change:
        changed = int(change.remove(books.DUTY_STATES, duty, holder, there.cluster))
    return done(change, changed)


def _put(desk: Desk, kind: str, verb: str, fresh: DutyState) -> Done:
    words = {
        DutyStage.DONE: "đã làm",
        DutyStage.UNDONE: "chưa làm",
        DutyStage.NOT_APPLICABLE: "không áp dụng",
    }
    findings = Findings()
    year = desk.year
    if fresh.date is not None and not year.start <= fresh.date <= year.end:
        findings.warning(
            "day_outside_year",
            _called(desk, fresh),
            f"Ngày {fresh.date:%d/%m/%Y} nằm ngoài năm thi đua.",
            "Kiểm tra lại ngày; việc của năm này vẫn có thể làm trước hoặc sau năm.",
        )
    title = f"{verb} {_called(desk, fresh)}: {words[fresh.state]}"
    with desk.act(kind, title) as change:
        changed = change.put(books.DUTY_STATES, fresh)
    return done(change, changed, findings)


def _state(
    desk: Desk,
    duty: str,
    holder: str,
    state: DutyStage,
    cluster: str | None,
    on: dt.date | None,
    document: str,
    note: str,
) -> DutyState:
    """What is to be kept, its holder checked; raises ``UserError``."""
    open_year_of(desk)
    known = duty_of(desk, duty)
    place = _place(desk, known, holder, cluster)
    if state is DutyStage.NOT_APPLICABLE and not note.strip():
        raise refusal(
            "reason_missing",
            known.title,
            "Ghi “không áp dụng” phải nói vì sao.",
            "Ghi lý do vào phần ghi chú.",
        )
    day = on if state is DutyStage.DONE else None
    return DutyState(duty, holder, state, place, day, document.strip(), note.strip())


def duty_of(desk: Desk, duty: str) -> Duty:
    """The duty of the year's rules with this id; raises ``UserError`` with the nearest."""
    known = {d.id: d for d in rules_of(desk).duties}
    if duty in known:
        return known[duty]
    guess = nearest(duty, known)
    raise refusal(
        "duty_unknown",
        f"Năm {desk.period}",
        f"Bảng tiêu chí không có nhiệm vụ “{duty[:80]}”.",
        f"Có phải “{guess}”?" if guess else "Các nhiệm vụ: " + (", ".join(known) or "không có"),
    )


def _place(desk: Desk, duty: Duty, holder: str, cluster: str | None) -> str | None:
    """The cluster that a note belongs to: that of a role; none for a unit, or the department."""
    fits = holder in desk.units if duty.who == "unit" else holder == duty.who
    if not fits:
        listed = ", ".join(desk.units) if duty.who == "unit" else duty.who
        raise refusal(
            "duty_holder",
            duty.title,
            f"Nhiệm vụ này không phải của “{holder[:80]}”.",
            f"Chọn một trong: {listed[:200] or 'chưa có đơn vị'}.",
        )
    if duty.who not in OF_CLUSTER:
        return None
    clusters = desk.clusters
    if cluster is None and len(clusters) == 1:
        return next(iter(clusters))
    if cluster in clusters:
        return cluster
    raise refusal(
        "duty_cluster",
        duty.title,
        "Nhiệm vụ này theo từng cụm, khối; cần nêu rõ cụm, khối.",
        f"Chọn một trong: {', '.join(clusters)}.",
    )


def _kept(desk: Desk, state: DutyState) -> DutyState | None:
    key = (state.duty, state.holder, state.cluster)
    return desk.workspace.one(books.DUTY_STATES, *key, period=desk.period)


def _called(desk: Desk, state: DutyState) -> str:
    who = desk.units[state.holder].name if state.holder in desk.units else ""
    if not who:
        vocabulary = rules_of(desk).vocabulary
        words = {"leader": vocabulary.leader, "deputy": vocabulary.deputy, **HOLDER_WORDS}
        who = words.get(state.holder, state.holder)
    return f"nhiệm vụ “{duty_of(desk, state.duty).title}” của {who}"


def _not_noted(desk: Desk, state: DutyState) -> UserError:
    return refusal(
        "duty_not_noted",
        _called(desk, state),
        "Chưa có ghi chép nào về nhiệm vụ này.",
        "Ghi nhiệm vụ trước.",
    )
