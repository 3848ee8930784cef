"""What an act would bring, told before it is done and kept with it in the journal.

A ``Plan`` is made by carrying the act out and taking it back at once, so what it tells is what
the act brings, not what somebody thought it would. It holds for the state of the book that it
was made on: once anything else was done, it is refused and must be looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.snapshot import Snapshot
from app.ground.findings import Finding
from app.ground.text import natural_key
from app.operations.scoring import assessed
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal
from app.operations.workspace.results import loaded_year
from app.persistence.records import Change
from app.persistence.snapshots import snapshot
from app.scoring.assessment import Assessment
from app.scoring.ballots import counted

Act = Callable[[Change], int]
"""Writes a part of an operation and returns how many rows that changed."""

STATES = {
    "proposed": "đề nghị",
    "held": "chờ kết luận",
    "tied": "chờ phân định",
    "reserve": "dự bị",
    "refused": "không đề nghị",
}
_LONG = 900


@dataclass(frozen=True, slots=True)
class Plan:
    """An act that is ready to be done, with its consequences in sentences."""

    kind: str
    title: str
    parameters: Mapping[str, str]
    acts: tuple[Act, ...] = field(repr=False)
    head: str = ""
    consequences: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    barrier: bool = False


class _TakenBackError(Exception):
    """Ends an operation that was only supposed."""


def supposed(desk: Desk, acts: Sequence[Act]) -> Snapshot:
    """The year's facts as they would be after some acts; nothing is kept."""
    found: list[Snapshot] = []
    try:
        with desk.act("supposed", "Xem trước") as change:
            for act in acts:
                act(change)
            found.append(snapshot(change.connection, desk.period))
            raise _TakenBackError
    except _TakenBackError:
        return found[0]


def result_of(desk: Desk, facts: Snapshot | None = None) -> Assessment:
    """The year's assessment, or that of other facts in their place; raises ``UserError``."""
    loaded = loaded_year(desk, facts)
    return assessed(loaded.packs, loaded.snapshot, None)


def planned(
    desk: Desk,
    kind: str,
    title: str,
    acts: Sequence[Act],
    parameters: Mapping[str, str] | None = None,
    findings: Sequence[Finding] = (),
) -> Plan:
    """A plan with what it would bring; raises ``UserError`` where there is no assessment."""
    open_year_of(desk)
    before, after = result_of(desk), result_of(desk, supposed(desk, acts))
    told = consequences(before, after)
    kept = {**(parameters or {}), "consequences": "; ".join(told)[:_LONG] or "không có"}
    return Plan(kind, title, kept, tuple(acts), desk.workspace.head, told, tuple(findings))


def carry_out(desk: Desk, plan: Plan) -> Done:
    """Does what was planned, in one operation; raises ``UserError`` where the book has moved on."""
    open_year_of(desk)
    if desk.workspace.head != plan.head:
        raise refusal(
            "plan_outdated",
            plan.title,
            "Sổ đã có thay đổi khác sau khi xem trước hệ quả.",
            "Xem lại hệ quả rồi mới ghi.",
        )
    with desk.act(plan.kind, plan.title, plan.parameters, barrier=plan.barrier) as change:
        changed = sum(act(change) for act in plan.acts)
    return done(change, changed, plan.findings)


def consequences(before: Assessment, after: Assessment) -> tuple[str, ...]:
    """What moves between two assessments of a year, in sentences: ranks, awards, ballots."""
    return tuple(_told(before, after))


def _told(before: Assessment, after: Assessment) -> Iterator[str]:
    names = {unit.id: unit.name for unit in after.snapshot.units}
    for unit in sorted(after.units, key=natural_key):
        old, new = before.units.get(unit), after.units[unit]
        was, now = (None if old is None else old.rank), new.rank
        if old is not None and old.card.total != new.card.total:
            yield f"{names[unit]}: tổng điểm thay đổi"
        if was != now:
            yield f"{names[unit]}: {_rank(was)} → {_rank(now)}"
    titles = {award.id: award.title for award in after.pack.rules.awards}
    was_at, is_at = ({(x.award, x.unit): x for x in a.awards} for a in (before, after))
    for award, title in titles.items():
        for unit in sorted(after.units, key=natural_key):
            old_line, line = was_at.get((award, unit)), is_at.get((award, unit))
            words = ["không đứng" if x is None else STATES[x.state] for x in (old_line, line)]
            if words[0] != words[1]:
                why = f" ({line.reason})" if line is not None else ""
                yield f"{names[unit]}, {title}: {words[0]} → {words[1]}{why}"
    yield from _ballots(before, after, titles)
    asked = {q.id: q.what for q in before.open_questions}
    asks = {q.id: q.what for q in after.open_questions}
    for question in sorted(asks.keys() - asked.keys()):
        yield f"phải quyết định: {asks[question]}"
    for question in sorted(asked.keys() - asks.keys()):
        yield f"không còn phải quyết định: {asked[question]}"


def _rank(rank: int | None) -> str:
    return "không xếp hạng" if rank is None else f"hạng {rank}"


def _ballots(before: Assessment, after: Assessment, titles: Mapping[str, str]) -> Iterator[str]:
    """Ballots that stop deciding, or decide again."""
    valid = [ballot for ballot, result in counted(before) if result.outcome != "void"]
    for ballot, result in counted(after):
        what = f"kết quả bỏ phiếu lần {ballot.number}"
        if ballot.award is not None:
            what += f" ({titles.get(ballot.award, ballot.award)})"
        if result.outcome == "void" and ballot in valid:
            yield f"{what} không còn giá trị: {result.why}"
        elif result.outcome != "void" and ballot not in valid:
            yield f"{what} được dùng: {result.why}"
