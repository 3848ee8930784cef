"""Ballots on a tie, an award, next year's leader and deputy: opened, counted, confirmed, cancelled.

A ballot is secret: only totals are asked for and kept, never who voted what, nor the order of the
papers (A34). Who counts closes the ballot with numbers that reconcile; a second person confirms
them and can change nothing. What a ballot on a tie decides is the tie that it was opened for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from app.domain.conference import BallotSheet, BallotStage, Candidate
from app.domain.snapshot import Ballot, BallotForm, BallotPurpose
from app.ground.findings import Findings
from app.ground.text import folded
from app.operations.workspace.ballot_candidates import Asked, opened_for
from app.operations.workspace.ballot_counts import Count, differences, read_count
from app.operations.workspace.ballot_views import BallotState, sheet_of, view_of
from app.operations.workspace.consequences import Plan, planned, result_of, supposed
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal
from app.operations.workspace.eligibility import rules_of
from app.persistence import books
from app.persistence.records import Change
from app.scoring.ballots import rule_of


def open_ballot(
    desk: Desk,
    purpose: BallotPurpose,
    on: dt.date,
    *,
    award: str | None = None,
    cluster: str | None = None,
    candidates: Sequence[Candidate] = (),
    places: int | None = None,
    form: BallotForm | None = None,
    title: str = "",
    tellers: Sequence[str] = (),
    conference: str | None = None,
) -> tuple[BallotSheet, Done]:
    """Opens a ballot; what it is on is fixed from here.

    On a tie: the candidates, the places, the number of the vote and the totals are those of the
    tie at the cut as it is now. Raises ``UserError`` where there is no such tie (A8, A31), where
    the chain asks for something else now (A7), where one is open already or was decided.
    """
    open_year_of(desk)
    asked = Asked(purpose, award, cluster, tuple(candidates), places, form, title)
    sheet, findings = opened_for(desk, asked)
    if conference is not None and _conference_missing(desk, conference):
        raise refusal(
            "record_missing",
            sheet.title,
            f"Không có hội nghị “{conference[:80]}” trong sổ.",
            "Ghi hội nghị trước, hoặc để trống.",
        )
    names = tuple(name.strip() for name in tellers if name.strip())
    sheet = replace(sheet, tellers=names, conference=conference, opened_by=desk.actor, opened_on=on)
    told = ", ".join(c.name or c.key for c in sheet.candidates)
    words = f"Mở phiếu bầu {sheet.id}, lần {sheet.vote}: {sheet.title}; bầu {sheet.places} trong: "
    with desk.act("ballot.opened", words + told) as change:
        changed = change.put(books.BALLOT_SHEETS, sheet)
    return sheet, done(change, changed, findings)


def _conference_missing(desk: Desk, conference: str) -> bool:
    return desk.workspace.one(books.CONFERENCES, conference, period=desk.period) is None


def enter_count(
    desk: Desk,
    sheet: str,
    row: Mapping[str, Any],
    on: dt.date,
    *,
    counted_by: str = "",
    reason: str = "",
) -> Done:
    """Closes a ballot with its count: members, present, issued, returned, valid, invalid, blank,
    votes, written opinions. The numbers reconcile or nothing is kept (acceptance 1.16).

    A count that nobody has confirmed yet may be entered anew, with a reason. Raises
    ``UserError`` with all faults at once.
    """
    open_year_of(desk)
    known = sheet_of(desk, sheet)
    if known.stage not in (BallotStage.OPENED, BallotStage.COUNTED):
        raise _stage(known)
    if known.stage is BallotStage.COUNTED and not reason.strip():
        raise refusal(
            "reason_missing",
            known.title,
            "Phiếu đã có kết quả kiểm; nhập lại phải có lý do.",
            "Ghi lý do, ví dụ “cộng nhầm biên bản”.",
        )
    rules = rules_of(desk)
    count = read_count(known, rule_of(rules.ballots, known.purpose, known.award), row)
    ballot = count.ballot(known)
    who = counted_by.strip() or desk.actor
    closed = replace(
        known, stage=BallotStage.COUNTED, counted_by=who, counted_on=on, reason=reason.strip()
    )
    act = partial(_close, closed, ballot)
    findings = _told(desk, closed, ballot, act)
    votes = ", ".join(f"{c.name or c.key} {ballot.votes.get(c.key, 0)}" for c in known.candidates)
    title = f"Ghi kết quả kiểm phiếu {known.id}, lần {known.vote}: {votes}"
    title += f", lý do: {reason.strip()}" if reason.strip() else ""
    with desk.act("ballot.counted", title) as change:
        changed = act(change)
    return done(change, changed, findings)


def _close(sheet: BallotSheet, ballot: Ballot, change: Change) -> int:
    """Keeps the counted ballot among the facts, and on the sheet where it stands."""
    number = sheet.ballot
    changed = 1
    if number is None:
        (number,) = change.add(books.BALLOTS, ballot)
    elif change.numbered(books.BALLOTS).get(number) != ballot:
        change.replace(books.BALLOTS, number, ballot)
    else:
        changed = 0
    return changed + change.put(books.BALLOT_SHEETS, replace(sheet, ballot=number))


def _told(desk: Desk, sheet: BallotSheet, ballot: Ballot, act: partial[int]) -> Findings:
    """What the count comes to, told with the answer."""
    findings = Findings()
    after = result_of(desk, supposed(desk, [act]))
    number = sheet.ballot or 0
    view = view_of(replace(sheet, ballot=number), after, rules_of(desk), {number: ballot})
    if view.state is BallotState.VOID:
        findings.warning(
            "ballot_void",
            sheet.title,
            f"Kết quả này không còn giá trị: {view.why}.",
            "Hủy phiếu rồi mở phiếu mới đúng với số liệu hiện nay.",
        )
    elif view.state in (BallotState.LEVEL, BallotState.FAILED, BallotState.NO_QUORUM):
        findings.note(
            "ballot_undecided",
            sheet.title,
            f"Chưa phân định được: {view.why}.",
            "Mở phiếu lần tiếp theo, hoặc chuyển bước tiếp theo của quy định.",
        )
    return findings


def confirm_count(
    desk: Desk,
    sheet: str,
    on: dt.date,
    *,
    confirmed_by: str = "",
    row: Mapping[str, Any] | None = None,
) -> Done:
    """A second person confirms a count, without being able to change it.

    With ``row`` that person enters the count again; one that differs is refused with the
    differences. Raises ``UserError`` also where the same person counted.
    """
    open_year_of(desk)
    known = sheet_of(desk, sheet)
    if known.stage is not BallotStage.COUNTED or known.ballot is None:
        raise _stage(known)
    who = confirmed_by.strip() or desk.actor
    if _person(who) == _person(known.counted_by):
        raise refusal(
            "ballot_same_person",
            known.title,
            f"{known.counted_by} đã kiểm phiếu nên không tự xác nhận được.",
            "Người thứ hai xác nhận: ghi họ tên người xác nhận.",
        )
    there = desk.workspace.numbered(books.BALLOTS, desk.period)[known.ballot]
    if row is not None:
        rule = rule_of(rules_of(desk).ballots, known.purpose, known.award)
        again: Count = read_count(known, rule, row)
        differing = differences(known, there, again.ballot(known))
        if differing:
            raise refusal(
                "ballot_counts_differ",
                known.title,
                "Số liệu nhập lại khác kết quả đã kiểm: " + "; ".join(differing) + ".",
                "Đối chiếu biên bản; người kiểm phiếu nhập lại (có lý do) nếu đã ghi sai.",
            )
    sealed = replace(known, stage=BallotStage.CONFIRMED, confirmed_by=who, confirmed_on=on)
    title = f"{who} xác nhận kết quả kiểm phiếu {known.id}, lần {known.vote}: {known.title}"
    with desk.act("ballot.confirmed", title) as change:
        changed = change.put(books.BALLOT_SHEETS, sealed)
    return done(change, changed)


def plan_cancelled(desk: Desk, sheet: str, reason: str) -> Plan:
    """A ballot is taken back, with a reason: it decides nothing, and the book keeps its sheet."""
    open_year_of(desk)
    known = sheet_of(desk, sheet)
    if known.stage is BallotStage.CANCELLED:
        raise _stage(known)
    if not reason.strip():
        raise refusal(
            "reason_missing", known.title, "Hủy phiếu bầu phải có lý do.", "Ghi lý do ngắn gọn."
        )
    cancelled = replace(known, stage=BallotStage.CANCELLED, ballot=None, reason=reason.strip())
    act = partial(_cancel, cancelled, known.ballot)
    title = f"Hủy phiếu bầu {known.id}, lần {known.vote}: {known.title}, lý do: {reason.strip()}"
    return planned(desk, "ballot.cancelled", title, (act,), {"sheet": known.id})


def _cancel(sheet: BallotSheet, number: int | None, change: Change) -> int:
    changed = change.put(books.BALLOT_SHEETS, sheet)
    return changed + (change.remove(books.BALLOTS, number) if number is not None else 0)


def _person(name: str) -> str:
    return " ".join(folded(name).split())


def _stage(sheet: BallotSheet) -> Exception:
    words = {
        BallotStage.OPENED: ("chưa kiểm", "Nhập kết quả kiểm phiếu trước."),
        BallotStage.COUNTED: ("đã kiểm, chờ xác nhận", "Người thứ hai xác nhận kết quả."),
        BallotStage.CONFIRMED: ("đã xác nhận", "Kết quả sai thì hủy phiếu (có lý do)."),
        BallotStage.CANCELLED: ("đã hủy", "Mở phiếu mới."),
    }
    state, remedy = words[sheet.stage]
    return refusal("ballot_stage", sheet.title, f"Phiếu bầu {sheet.id} {state}.", remedy)
