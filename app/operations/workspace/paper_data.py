"""Gathers what the papers of one cluster and year are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from app.domain.papers import Heading, Issuer
from app.domain.year import Setting
from app.ground.findings import Findings, UserError
from app.ground.text import composed, nearest
from app.operations.scoring import Scored
from app.operations.workspace.desk import Desk, Done, cluster_of, done
from app.operations.workspace.proposals import STAND_WORDS, digest_of, proposal_state
from app.operations.workspace.results import scored_year
from app.operations.workspace.table_versions import compare_with_frame
from app.persistence import books
from app.persistence.workspace import Workspace
from app.reports.papers.data import PaperData, State, YearBook
from app.rules.document import LoadedPack
from app.scoring.assessment import Assessment

_KEY: Final = "issuer."
_HEADINGS: Final = get_args(Heading)
_LINES: Final = ("superior", "name", "authority")
_FIELDS: Final = (
    *_LINES,
    *("short", "place", "province", "signer", "archive", "heading", "heading_text"),
)


def issuer_of(workspace: Workspace) -> Issuer:
    """Who issues the papers of this workspace, as far as it was asked for."""
    kept = {s.key: s.value for s in workspace.read(books.SETTINGS) if s.key.startswith(_KEY)}
    found = {name: kept[_KEY + name] for name in _FIELDS if kept.get(_KEY + name)}
    values: dict[str, Any] = dict(found)
    values |= {name: tuple(found[name].split("\n")) for name in _LINES if name in found}
    return Issuer(**values)


def issuer_from(workspace: Workspace, typed: Mapping[str, object]) -> Issuer:
    """The issuer with some of its fields anew, as typed; "|" parts lines.

    Raises ``UserError`` for a field or a kind of heading that there is not.
    """
    told = Findings()
    changed: dict[str, Any] = {}
    for name, value in typed.items():
        words = composed(str(value)).strip()
        if name not in _FIELDS:
            guess = nearest(name, _FIELDS)
            told.error(
                "issuer_field_unknown",
                "Cơ quan ban hành",
                f"Không có mục “{name[:80]}”.",
                f"Có phải “{guess}”?" if guess else "Các mục: " + ", ".join(_FIELDS) + ".",
            )
        elif name == "heading" and words not in _HEADINGS:
            told.error(
                "issuer_heading_unknown",
                "Cơ quan ban hành, mục heading",
                f"Không có kiểu tiêu đề “{words[:80]}”.",
                "Chọn state (cơ quan nhà nước), party (cơ quan Đảng) hoặc own (ghi riêng).",
            )
        else:
            lines = tuple(line.strip() for line in words.split("|") if line.strip())
            changed[name] = lines if name in _LINES else words
    if told.errors:
        raise UserError(told)
    return replace(issuer_of(workspace), **changed)


def set_issuer(workspace: Workspace, actor: str, issuer: Issuer) -> Done:
    """Keeps who issues the papers; what is empty is taken out."""
    with workspace.operation("setting.issuer", "Đặt cơ quan ban hành văn bản", actor) as change:
        changed = 0
        for name in _FIELDS:
            value = getattr(issuer, name)
            text = "\n".join(value) if isinstance(value, tuple) else str(value)
            if text.strip():
                changed += change.put(books.SETTINGS, Setting(_KEY + name, text.strip()))
            else:
                changed += change.remove(books.SETTINGS, _KEY + name)
    return done(change, changed, _heading_remark(issuer))


def _heading_remark(issuer: Issuer) -> Findings:
    """NĐ 30/2020 binds state agencies; other headings were not held against their own rules."""
    told = Findings()
    if issuer.heading != "state":
        told.note(
            "issuer_heading_unchecked",
            "Tiêu đề văn bản",
            "Tiêu đề này chưa được đối chiếu với quy định riêng của Đảng hoặc đoàn thể.",
            "Xem lại phần đầu văn bản trước khi ký.",
        )
    return told


def paper_data(desk: Desk, cluster: str, scored: Scored | None = None) -> PaperData:
    """What the papers of a cluster are made from; raises ``UserError`` where nothing can be scored.

    ``scored`` is the year's result where it is there already.
    """
    found = scored or scored_year(desk)
    read = desk.workspace.read
    place = cluster_of(desk, cluster)
    latest = desk.workspace.latest
    return PaperData(
        assessment=found.assessment,
        cluster=place,
        overlays=tuple(found.packs.overlays),
        book=_book(desk),
        issuer=issuer_of(desk.workspace),
        answers={
            (answer.paper, answer.subject, answer.name): answer.value
            for answer in read(books.PAPER_ANSWERS, desk.period)
        },
        wordings={wording.paper: wording for wording in read(books.WORDINGS)},
        frame=_frame(desk),
        last_year=_last_year(desk),
        unproposed=_unproposed(desk, found.assessment),
        state=State(
            desk.workspace.origin,
            desk.period,
            digest_of(found.assessment),
            latest.id,
            latest.digest,
        ),
    )


def _book(desk: Desk) -> YearBook:
    read, period = desk.workspace.read, desk.period
    tables = desk.workspace.pinned_tables(period)
    return YearBook(
        period=desk.year,
        table=tables[0] if tables else None,
        registrations=read(books.REGISTRATIONS, period),
        targets=read(books.TARGETS, period),
        evidence=read(books.EVIDENCE, period),
        evidence_links=read(books.EVIDENCE_LINKS, period),
        explanations=read(books.EXPLANATIONS, period),
        round_states=read(books.ROUND_STATES, period),
        conferences=read(books.CONFERENCES, period),
        ballot_sheets=read(books.BALLOT_SHEETS, period),
        ballots=desk.workspace.numbered(books.BALLOTS, period),
        activities=read(books.ACTIVITIES, period),
        duty_states=read(books.DUTY_STATES, period),
        deadlines=read(books.DEADLINES, period),
        deadline_exceptions=read(books.DEADLINE_EXCEPTIONS, period),
        proposals=read(books.PROPOSALS, period),
        awards=read(books.AWARDS, period),
        papers=read(books.PAPERS, period),
    )


def _frame(desk: Desk) -> LoadedPack | None:
    try:
        return compare_with_frame(desk).frame
    except UserError:
        return None


def _last_year(desk: Desk) -> Assessment | None:
    """The year before, where the workspace has it and it can be scored."""
    start = desk.year.start
    earlier = [year for year in desk.workspace.read(books.PERIODS) if year.start < start]
    if not earlier:
        return None
    last = max(earlier, key=lambda year: year.start)
    try:
        return scored_year(replace(desk, period=last.id)).assessment
    except UserError:
        return None


def _unproposed(desk: Desk, found: Assessment) -> tuple[str, ...]:
    view = proposal_state(desk, found)
    if view.printable:
        return ()
    words = STAND_WORDS[view.stand]
    return (f"{words[:1].upper()}{words[1:].rstrip('.')}.", *view.reasons)
