"""Typing, clearing, accepting: what the grid writes, and what would be if."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.snapshot import Entry, EntryKey
from app.exchange.facts_known import KnownCriterion
from app.ground.findings import UserError
from app.ground.numbers import vietnamese
from app.operations.workspace.accepting import accept_scores
from app.operations.workspace.desk import Desk, Done
from app.operations.workspace.entries import clear_scores, enter_scores
from app.operations.workspace.facts_desk import TypedCell
from ui.models.score_cells import Lane, Line
from ui.pages.scores.trial import Tried, told_moves
from ui.pages.scores.typed import Form, form_of
from ui.pages.scores.year import YearOfScores
from ui.session import Session

Spot = tuple[Line, Lane]


class Acts:
    """Writes into one year; ``year`` is kept up to date by the presenter."""

    def __init__(self, session: Session, year: YearOfScores) -> None:
        self._session = session
        self._year = year

    def typed(self, line: Line, lane: Lane) -> TypedCell:
        """An empty typed cell for a place of the grid; declared documents stay with it."""
        entry = self.entry(line, lane)
        evidence = "" if entry is None or entry.evidence is None else str(entry.evidence)
        return TypedCell(lane.unit, line.code, lane.round, evidence=evidence, pack=line.pack or "")

    def key(self, line: Line, lane: Lane) -> EntryKey:
        """How the entry of a place is told from others."""
        return (lane.unit, line.code, lane.round, line.pack)

    def entry(self, line: Line, lane: Lane) -> Entry | None:
        """What is kept at a place."""
        return self._year.entries.get(self.key(line, lane))

    def known(self, line: Line, lane: Lane) -> KnownCriterion | None:
        """The figures that are typed at a place."""
        return self._year.known(lane.unit, line.code, line.pack)

    def form(self, line: Line, lane: Lane) -> Form:
        """What is typed at a place, with what stands there."""
        year = self._year
        known = year.known(lane.unit, line.code, line.pack)
        assert known is not None
        entry = self.entry(line, lane)
        earlier = None
        if year.permits is not None:
            earlier = year.permits.earlier_entry(
                Entry(lane.unit, line.code, lane.round, pack=line.pack)
            )
        hand = next((r.hand for r in year.rules(line.pack).rounds if r.id == lane.round), "unit")
        own = year.own.get((lane.unit, line.code)) if line.own else None
        top = line.max if own is None else vietnamese(own.max)
        row = year.row(line.pack, line.code, lane.unit)
        return form_of(known, row, top, entry, earlier, unit_hand=hand == "unit")

    def enter(self, cells: Sequence[TypedCell]) -> Done:
        """Keeps typed cells; raises ``UserError`` with all reasons, and then nothing is kept."""
        return self._session.act(lambda desk: enter_scores(desk, cells))

    def clear(self, spots: Sequence[Spot]) -> Done | None:
        """Takes what was typed out again; blank cells are left out."""
        keys = [self.key(*spot) for spot in spots if self.entry(*spot) is not None]
        if not keys:
            return None
        cells = [key[:3] for key in keys]
        return self._session.act(lambda desk: clear_scores(desk, cells))

    def accept(
        self, into: str, units: Sequence[str] | None, criteria: Sequence[str] | None
    ) -> Done:
        """Takes over what the round before said: cells, a criterion, a unit, or all.

        Single cells and criteria are replaced where they differ; whole units keep what was scored.
        """
        replacing = criteria is not None and units is not None

        def verb(desk: Desk) -> Done:
            return accept_scores(desk, into, units, criteria, replacing=replacing)

        return self._session.act(verb)

    # ------------------------------------------------------------- trying

    def tried(self, cell: TypedCell) -> Tried:
        """What typing this would move; faults as sentences where it cannot be read."""
        live = self._session.live
        if live is None or self._session.result_is_due:
            return Tried((), ())
        if cell.round not in live.rounds_begun:
            return Tried(("Ô đầu tiên của vòng này: kết quả được tính sau khi ghi.",), ())
        try:
            preview = live.preview([cell])
        except UserError as fault:
            faults = tuple(f"{f.message} {f.remedy}".strip() for f in fault.findings)
            return Tried((), (), faults)
        names = {unit.id: unit.name for unit in live.snapshot.units}
        awards = {award.id: award.title for award in live.loaded.packs.main.rules.awards}
        return told_moves(
            preview.moves, cell.unit, cell.criterion, names, lambda ids: _award_words(ids, awards)
        )


def _award_words(ids: str, awards: dict[str, str]) -> str:
    if not ids:
        return "không"
    parts = []
    for one in ids.split("+"):
        award, _, _ = one.partition(":")
        parts.append(awards.get(award, award))
    return ", ".join(parts)
