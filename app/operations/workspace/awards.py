"""Proposals for awards: pinned to the sealed data, withdrawn, passed on, decided.

The places are filled by the engine; what is proposed here is what it says. A unit that withdraws,
or is barred after the conference, leaves a place: whether that passes to the reserve or stays
empty is written down with who decided it, never assumed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from app.domain.conference import Proposal, ProposalState
from app.domain.snapshot import Decision, StandingFact
from app.domain.year import AwardRecord, AwardStage, PeriodState
from app.ground.findings import UserError
from app.operations.workspace.consequences import Act, Plan, planned, result_of, supposed
from app.operations.workspace.desk import (
    Desk,
    Done,
    cluster_of,
    done,
    open_year_of,
    refusal,
    unit_of,
)
from app.operations.workspace.eligibility import case_of, needed, refuse_recorded, rules_of
from app.operations.workspace.proposals import digest_of, hindrances, proposed_lines, scope_of
from app.persistence import books
from app.persistence.records import Change
from app.scoring.assessment import Assessment

Place = Literal["passed_on", "left_empty"]
PLACE_WORDS = {
    "passed_on": "chỗ chuyển cho đơn vị kế tiếp",
    "left_empty": "chỗ để trống",
}


def propose(
    desk: Desk,
    on: dt.date,
    clusters: Collection[str] | None = None,
    *,
    reason: str = "",
) -> Done:
    """Pins what the data propose to the state that they are in: result digest and journal head.

    Without ``clusters`` those of all, and of the province. What was proposed before and is not
    any more is withdrawn, which needs a reason. Raises ``UserError`` with every reason why not:
    a unit's ranking round is not sealed, something is still to be decided, a ballot was not
    confirmed (architecture 1.3: no inconsistent paper).
    """
    open_year_of(desk)
    for cluster in clusters or ():
        cluster_of(desk, cluster)
    found = result_of(desk)
    told = hindrances(desk, found, clusters)
    if told.errors:
        raise UserError(told)
    kept = _kept(desk)
    rows = _synced(desk, found, kept, clusters, on, reason.strip(), "")
    gone = [p for p in rows if p.state is ProposalState.WITHDRAWN]
    if gone and not reason.strip():
        names = ", ".join(desk.units[p.unit].name for p in gone)
        raise refusal(
            "reason_missing",
            "Đề nghị khen thưởng",
            f"Lập lại thì không còn đề nghị: {names}; việc này phải có lý do.",
            "Ghi lý do lập lại đề nghị.",
        )
    count = sum(p.state is ProposalState.PROPOSED for p in rows)
    title = f"Lập đề nghị khen thưởng cho {count} đơn vị"
    title += f", lý do: {reason.strip()}" if reason.strip() else ""
    parameters = {"digest": digest_of(found), "head": desk.workspace.head}
    with desk.act("award.proposed", title, parameters) as change:
        changed = change.put(books.PROPOSALS, *rows)
    return done(change, changed, told)


def _kept(desk: Desk) -> tuple[Proposal, ...]:
    return desk.workspace.read(books.PROPOSALS, desk.period)


def _synced(
    desk: Desk,
    found: Assessment,
    kept: Sequence[Proposal],
    clusters: Collection[str] | None,
    on: dt.date,
    reason: str,
    replaces: str,
) -> list[Proposal]:
    """The proposals as the data say them: pinned anew, withdrawn, or new with what they replace."""
    digest, head = digest_of(found), desk.workspace.head
    live = {(p.award, p.unit): p for p in kept if p.state is ProposalState.PROPOSED}
    decided = {(p.award, p.unit) for p in kept if p.state is ProposalState.DECIDED}
    lines = proposed_lines(found, clusters)
    wanted = {(x.award, x.unit) for x in lines}
    rows: list[Proposal] = []
    orphans: list[Proposal] = []
    for key, proposal in live.items():
        if key not in wanted and (clusters is None or proposal.cluster in clusters):
            gone = _turned(proposal, ProposalState.WITHDRAWN, desk, on, reason, "")
            rows.append(gone)
            orphans.append(gone)
    next_number = _next(kept)
    place: dict[tuple[str, str | None], int] = {}
    for line in lines:
        scope = scope_of(found, line)
        at = place[line.award, scope] = place.get((line.award, scope), 0) + 1
        if (line.award, line.unit) in decided:
            continue
        old = live.get((line.award, line.unit))
        if old is not None:
            same = (old.digest, old.place, old.cluster) == (digest, at, scope)
            rows.append(old if same else replace(old, digest=digest, head=head, place=at))
            continue
        taken = replaces if _was(kept, replaces, line.award) else None
        if taken is None:
            match = next((o for o in orphans if o.award == line.award), None)
            taken = None if match is None else match.id
            orphans = [o for o in orphans if o is not match]
        rows.append(
            Proposal(
                id=f"dn{next_number}",
                award=line.award,
                unit=line.unit,
                cluster=scope,
                place=at,
                digest=digest,
                head=head,
                made_by=desk.actor,
                made_on=on,
                replaces=taken,
            )
        )
        next_number += 1
    return rows


def _next(kept: Sequence[Proposal]) -> int:
    known = [int(p.id[2:]) for p in kept if p.id[:2] == "dn" and p.id[2:].isdecimal()]
    return max(known, default=0) + 1


def _was(kept: Sequence[Proposal], proposal: str, award: str) -> bool:
    return any(p.id == proposal and p.award == award for p in kept)


def _turned(
    proposal: Proposal,
    state: ProposalState,
    desk: Desk,
    on: dt.date,
    reason: str,
    reference: str,
) -> Proposal:
    return replace(
        proposal,
        state=state,
        changed_by=desk.actor,
        changed_on=on,
        reason=reason,
        reference=reference,
    )


# ------------------------------------------------------------------ after the conference


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who decided what becomes of a place, on what paper, on which day.

    ``place`` left out: what the pack says, which is that a reserve list moves up.
    """

    decided_by: str
    reference: str
    on: dt.date
    place: Place | None = None
    reason: str = ""


def plan_withdrawn(desk: Desk, proposal: str, ruling: Ruling) -> Plan:
    """A unit withdraws from one award after the conference; ranks and ballots stay as they were."""
    known = proposal_of(desk, proposal)
    who = unit_of(desk, known.unit)
    place = _place(desk, known, ruling)
    by, paper = _grounds(desk, known, ruling)
    reason = needed(ruling.reason, who.name, "Lý do rút")
    decision = Decision(f"place:{known.award}:{known.unit}", place, by, paper)
    acts: tuple[Act, ...] = (partial(_decide, decision),)
    turned = _turned(known, ProposalState.WITHDRAWN, desk, ruling.on, reason, paper)
    title = (
        f"{who.name} rút khỏi đề nghị {_title(desk, known.award)}: {reason}; "
        f"{PLACE_WORDS[place]} ({by}, {paper} ngày {ruling.on:%d/%m/%Y})"
    )
    return _with_sync(desk, "award.withdrawn", title, acts, [turned], ruling)


def plan_barred_after(desk: Desk, unit: str, case: str, ruling: Ruling) -> Plan:
    """A unit is barred after the conference; each of its places goes where it was decided.

    A "chưa xét" case that stood against the unit ends with that.
    """
    who, bar = unit_of(desk, unit), case_of(desk, case, "barred")
    refuse_recorded(desk, who, bar)
    by = needed(ruling.decided_by, who.name, "Người hoặc cơ quan quyết định")
    paper = needed(ruling.reference, who.name, "Văn bản quyết định")
    about = [
        p
        for p in _kept(desk)
        if p.unit == unit
        and p.state is ProposalState.PROPOSED
        and (not bar.awards or p.award in bar.awards)
    ]
    late = ruling.on > desk.year.end
    dated = f"{paper} ngày {ruling.on:%d/%m/%Y}" if late else paper
    fact = StandingFact(unit, bar.id, dated, None if late else ruling.on)
    acts: list[Act] = [partial(_stand, fact)]
    for number, held in desk.workspace.numbered(books.STANDING, desk.period).items():
        kinds = {c.id: c.kind for c in rules_of(desk).standing}
        if held.unit == unit and kinds.get(held.case) == "held":
            acts.append(partial(_no_more, number))
    places = {p.award: _place(desk, p, ruling) for p in about}
    for award, place in places.items():
        acts.append(partial(_decide, Decision(f"place:{award}:{unit}", place, by, paper)))
    reason = ruling.reason.strip() or f"Không xét: {bar.title}"
    turned = [_turned(p, ProposalState.BARRED, desk, ruling.on, reason, paper) for p in about]
    words = "".join(f"; {_title(desk, a)}: {PLACE_WORDS[p]}" for a, p in places.items())
    title = (
        f"Không xét {who.name} sau hội nghị, “{bar.title}”{words} "
        f"({by}, {paper} ngày {ruling.on:%d/%m/%Y})"
    )
    return _with_sync(desk, "award.barred", title, acts, turned, ruling)


def _with_sync(
    desk: Desk,
    kind: str,
    title: str,
    acts: Sequence[Act],
    turned: Sequence[Proposal],
    ruling: Ruling,
) -> Plan:
    """The acts, and the proposals as the data then say them, in one operation."""
    open_year_of(desk)
    after = result_of(desk, supposed(desk, acts))
    changed = {p.id: p for p in turned}
    kept = [changed.get(p.id, p) for p in _kept(desk)]
    scopes = {p.cluster for p in kept}
    clusters = None if None in scopes else {c for c in scopes if c is not None}
    why = "; ".join(dict.fromkeys(p.reason for p in turned)) or title
    replaced = turned[0].id if len(turned) == 1 else ""
    rows = _synced(desk, after, kept, clusters, ruling.on, f"theo sau: {why}", replaced)
    again = {p.id for p in rows}
    rows = [*(p for p in turned if p.id not in again), *rows]
    told = {"by": ruling.decided_by, "reference": ruling.reference, "on": ruling.on.isoformat()}
    return planned(desk, kind, title, (*acts, partial(_keep, tuple(rows))), told)


def _place(desk: Desk, proposal: Proposal, ruling: Ruling) -> Place:
    """What becomes of the place: as decided, or else as the pack's reserve list says."""
    if ruling.place is not None:
        return ruling.place
    award = next((a for a in rules_of(desk).awards if a.id == proposal.award), None)
    if award is not None and award.reserve > 0:
        return "passed_on"
    raise refusal(
        "place_undecided",
        f"{desk.units[proposal.unit].name}, {_title(desk, proposal.award)}",
        "Quy định không nói chỗ này chuyển cho đơn vị kế tiếp hay để trống.",
        "Nêu rõ quyết định: chuyển cho đơn vị kế tiếp (passed_on) hoặc để trống (left_empty).",
    )


def _grounds(desk: Desk, proposal: Proposal, ruling: Ruling) -> tuple[str, str]:
    name = desk.units[proposal.unit].name
    by = needed(ruling.decided_by, name, "Người hoặc cơ quan quyết định")
    return by, needed(ruling.reference, name, "Văn bản quyết định")


def proposal_of(desk: Desk, proposal: str) -> Proposal:
    """The proposal with this id, which must still stand; raises ``UserError``."""
    kept = _kept(desk)
    found = next((p for p in kept if p.id == proposal), None)
    if found is not None and found.state is ProposalState.PROPOSED:
        return found
    listed = ", ".join(p.id for p in kept if p.state is ProposalState.PROPOSED) or "chưa có"
    raise refusal(
        "proposal_unknown",
        f"Năm {desk.period}",
        f"Không có đề nghị “{proposal[:80]}” đang đứng.",
        f"Các đề nghị đang đứng: {listed}.",
    )


def decide_proposals(
    desk: Desk, proposals: Sequence[str], number: str, date: dt.date, issuer: str = ""
) -> Done:
    """What was decided on proposals: the units received their awards, with number and day."""
    paper = needed(number, "Quyết định khen thưởng", "Số của quyết định")
    chosen = [proposal_of(desk, proposal) for proposal in proposals]
    if desk.year.state is PeriodState.CLOSED:
        open_year_of(desk)
    rows = [
        _turned(p, ProposalState.DECIDED, desk, date, "", f"{paper} ngày {date:%d/%m/%Y}")
        for p in chosen
    ]
    records = [
        AwardRecord(p.id, p.unit, p.award, AwardStage.DECIDED, desk.year.name, paper, date, issuer)
        for p in chosen
    ]
    names = ", ".join(f"{desk.units[p.unit].name} ({_title(desk, p.award)})" for p in chosen)
    with desk.act("award.decided", f"Ghi quyết định khen thưởng {paper}: {names}") as change:
        changed = change.put(books.PROPOSALS, *rows) + change.put(books.AWARDS, *records)
    return done(change, changed)


def _title(desk: Desk, award: str) -> str:
    titles = {a.id: a.title for a in rules_of(desk).awards}
    return titles.get(award, award)


def _decide(decision: Decision, change: Change) -> int:
    return change.put(books.DECISIONS, decision)


def _stand(fact: StandingFact, change: Change) -> int:
    return len(change.add(books.STANDING, fact))


def _no_more(number: int, change: Change) -> int:
    return int(change.remove(books.STANDING, number))


def _keep(rows: tuple[Proposal, ...], change: Change) -> int:
    return change.put(books.PROPOSALS, *rows)
