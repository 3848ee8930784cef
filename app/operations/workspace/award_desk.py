"""The awards of a year as they stand: places and how they were found, who is proposed, who waits.

Nothing is decided here. The engine fills the places (the waterfall of the pack); this is its
result by award and cluster, with what is known of each unit's earlier awards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.conference import Proposal, ProposalState
from app.domain.year import AwardStage, PeriodRecord
from app.ground.numbers import vietnamese
from app.operations.workspace.consequences import result_of
from app.operations.workspace.desk import Desk
from app.operations.workspace.eligibility import rules_of
from app.persistence import books
from app.rules.awards import Award
from app.scoring.assessment import Assessment, AwardLine, OpenQuestion, QuotaUsed, Tie

_SOURCES: Final = {
    "facts": "chỉ tiêu phân bổ của năm",
    "pack": "theo bảng tiêu chí",
    "missing": "chưa có chỉ tiêu phân bổ",
}


@dataclass(frozen=True, slots=True)
class PastAward:
    """An award that a unit had before: in an earlier year of the book, or noted down."""

    year: str
    award: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaitingUnit:
    """A unit whose place waits: held, with both outcomes, or in a tie, with what comes next."""

    line: AwardLine
    question: OpenQuestion | None


@dataclass(frozen=True, slots=True)
class AwardTable:
    """One award in one cluster (or the province)."""

    award: Award
    cluster: str | None
    places: QuotaUsed | None
    proposed: tuple[AwardLine, ...]
    waiting: tuple[WaitingUnit, ...]
    ties: tuple[Tie, ...]
    reserve: tuple[AwardLine, ...]
    refused: tuple[AwardLine, ...]
    kept: tuple[Proposal, ...] = ()

    @property
    def places_words(self) -> str:
        """How many places there are, and how that was found."""
        return _places_words(self.places)


@dataclass(frozen=True, slots=True)
class AwardBoard:
    """All awards of the year, with each unit's past ones."""

    tables: tuple[AwardTable, ...]
    past: Mapping[str, tuple[PastAward, ...]]
    assessment: Assessment


def award_desk(desk: Desk, assessment: Assessment | None = None) -> AwardBoard:
    """The awards as they stand now; raises ``UserError`` where there is no assessment."""
    found = result_of(desk) if assessment is None else assessment
    kept = desk.workspace.read(books.PROPOSALS, desk.period)
    tables = tuple(
        _table(found, award, cluster, kept)
        for award in rules_of(desk).awards
        for cluster in (list(found.clusters) if award.scope == "cluster" else [None])
    )
    return AwardBoard(tables, past_awards(desk), found)


def _table(
    found: Assessment, award: Award, cluster: str | None, kept: tuple[Proposal, ...]
) -> AwardTable:
    lines = [x for x in found.awards if x.award == award.id and cluster in (None, x.cluster)]
    questions = {q.id: q for q in found.open_questions}
    ties = tuple(t for t in found.ties if t.award == award.id and t.cluster == cluster)
    used = (q for q in found.quotas if q.award == award.id and q.cluster == cluster)
    waiting = tuple(
        WaitingUnit(line, _question(line, questions, ties))
        for line in lines
        if line.state in ("held", "tied")
    )

    def of(state: str) -> tuple[AwardLine, ...]:
        return tuple(line for line in lines if line.state == state)

    own = tuple(p for p in kept if p.award == award.id and p.cluster == cluster)
    return AwardTable(
        award,
        cluster,
        next(used, None),
        of("proposed"),
        waiting,
        ties,
        of("reserve"),
        of("refused"),
        own,
    )


def _question(
    line: AwardLine, questions: Mapping[str, OpenQuestion], ties: tuple[Tie, ...]
) -> OpenQuestion | None:
    """The question that a waiting unit's place hangs on."""
    held = questions.get(f"held:{line.award}:{line.unit}")
    if held is not None:
        return held
    for tie in ties:
        if line.unit in tie.level and tie.id in questions:
            return questions[tie.id]
    for question in questions.values():
        if question.id.startswith("open:") and line.unit in question.units:
            return question
    return None


def _places_words(used: QuotaUsed | None) -> str:
    if used is None:
        return "mọi đơn vị đạt điều kiện"
    words = _SOURCES.get(used.source, used.source)
    if used.count is None:
        return words
    how = ""
    if used.exact is not None and used.base is not None:
        share = vietnamese(used.exact * 100 / used.base) if used.base else "0"
        how = f"{share} % của {used.base} = {vietnamese(used.exact)}; "
    return f"{used.count} ({how}{words})"


# ------------------------------------------------------------------ past awards


def past_awards(desk: Desk) -> Mapping[str, tuple[PastAward, ...]]:
    """What each unit of the year received before, the newest year first.

    Awards noted as received in an earlier year count, and those decided in earlier years of this
    book, also of a unit that this one came out of.
    """
    titles = {award.id: award.title for award in rules_of(desk).awards}
    found: dict[str, tuple[PastAward, ...]] = {}
    for unit in desk.units:
        past = list(_noted(desk, unit, titles))
        for year, ids in _former_ids(desk, unit):
            for who in ids:
                past.extend(_of_year(desk, year.id, year.name, who, titles))
        unique = dict.fromkeys(past)
        found[unit] = tuple(sorted(unique, key=lambda p: (p.year, p.award), reverse=True))
    return found


def _former_ids(desk: Desk, unit: str) -> Iterator[tuple[PeriodRecord, frozenset[str]]]:
    """Each earlier year, the newest first, with the ids that the unit had in it.

    Successions are followed back year by year: who came out of a unit that had itself come out of
    another bears what that one received.
    """
    start = desk.year.start
    years = sorted(desk.workspace.read(books.PERIODS), key=lambda year: year.start, reverse=True)
    ids = frozenset({unit})
    for year in years:
        if year.id != desk.period and year.start >= start:
            continue
        steps = desk.workspace.read(books.SUCCESSIONS, year.id)
        while more := {s.predecessor for s in steps if s.unit in ids} - ids:
            ids |= more
        if year.id != desk.period:
            yield year, ids


def _noted(desk: Desk, unit: str, titles: Mapping[str, str]) -> Iterator[PastAward]:
    for record in desk.workspace.read(books.AWARDS, desk.period):
        if record.unit == unit and record.stage is AwardStage.RECEIVED:
            title = titles.get(record.award, record.award)
            yield PastAward(record.year, title, record.number, record.note)


def _of_year(
    desk: Desk, year: str, name: str, unit: str, titles: Mapping[str, str]
) -> Iterator[PastAward]:
    decided: set[str] = set()
    for record in desk.workspace.read(books.AWARDS, year):
        if record.unit != unit or record.stage is AwardStage.PROPOSED:
            continue
        decided.add(record.award)
        when = record.year or name
        yield PastAward(when, titles.get(record.award, record.award), record.number, record.note)
    for proposal in desk.workspace.read(books.PROPOSALS, year):
        kept = proposal.state in (ProposalState.PROPOSED, ProposalState.DECIDED)
        if proposal.unit == unit and kept and proposal.award not in decided:
            title = titles.get(proposal.award, proposal.award)
            note = "" if proposal.state is ProposalState.DECIDED else "đã đề nghị"
            yield PastAward(name, title, proposal.reference, note)
