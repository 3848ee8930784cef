"""What the page of scores knows and does: the grid, typing, accepting, finding, turning rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.domain.snapshot import Entry, EntryKey
from app.domain.year import Evidence, Explanation, RoundStage
from app.exchange.facts_known import KnownCriterion
from app.ground.findings import UserError
from app.ground.text import folded
from app.operations.live import LiveYear
from app.operations.workspace.accepting import accept_scores
from app.operations.workspace.desk import Desk, Done, today
from app.operations.workspace.entries import clear_scores, enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.persistence import books
from app.persistence.sentences import JournalFilter
from app.rules.pack import Round
from ui.models.score_cells import CellState, CellView, Lane, Line, SumView
from ui.pages.scores import turns
from ui.pages.scores.cells import Cells
from ui.pages.scores.explained import Explained, Explaining
from ui.pages.scores.lines import lanes_of, lines_in_sight, parents, table_lines
from ui.pages.scores.trial import Tried, told_moves
from ui.pages.scores.typed import Form, form_of
from ui.pages.scores.year import YearOfScores
from ui.preferences import Preferences
from ui.session import Session, Topic

_CHOICES: Final = "cham-diem"
_STRUCTURE: Final = frozenset({Topic.WORKSPACE, Topic.YEAR, Topic.MEMBERS, Topic.TABLE})
REASON_MISSING: Final = "reason_missing"
Spot = tuple[Line, Lane]


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next with the round: the turn and its button's words."""

    turn: turns.Turn | None
    words: str
    next_round: str = ""


class ScoresPresenter:
    """The grid's source (``GridSource``) and all acts of the page."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        self._session = session
        self._preferences = preferences
        self.year: YearOfScores | None = None
        self.refusal = ""
        self._all: tuple[Line, ...] = ()
        self._folded: set[str] = set()
        self._editing = ""
        self._shown: frozenset[str] = frozenset()
        self.lines_are_rows = preferences.choice(f"{_CHOICES}.chieu", "dong") == "dong"
        self.lines: tuple[Line, ...] = ()
        self.lanes: tuple[Lane, ...] = ()
        self._forget()

    # ------------------------------------------------------------- keeping up to date

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Takes over what has changed."""
        session = self._session
        packs = session.packs
        if session.seat is None or packs is None:
            self.year, self.lines, self.lanes = None, (), ()
            return
        if self.year is None or topics & _STRUCTURE or self.year.desk != session.seat:
            self.year = YearOfScores.read(session.seat, packs, may_write=session.may_write)
            self.year.reworked = set(session.seat.workspace.reworked(session.seat.period))
            self._all = table_lines(packs, self.year.own)
        else:
            if Topic.ROUNDS in topics:
                self.year.read_stages()
            if topics & {Topic.SCORES, Topic.EVIDENCE}:
                self._take_entries(topics)
        result = session.result
        self.year.take_result(None if result is None else result.assessment, session.result_refusal)
        self._forget()
        self._choose_round()
        self._lay_out()

    def _take_entries(self, topics: frozenset[Topic]) -> None:
        """The entries anew: from the result where it is up to date, else from the workspace."""
        year, live = self.year, self._session.live
        assert year is not None
        if live is not None and Topic.RESULT in topics and not self._session.result_is_due:
            year.entries.clear()
            year.entries.update({entry.key: entry for entry in live.snapshot.entries})
        else:
            year.read_entries()
            year.reworked = set(year.desk.workspace.reworked(year.desk.period))

    def _forget(self) -> None:
        for name in ("cells", "explaining", "_evidence", "_questions"):
            vars(self).pop(name, None)

    @cached_property
    def cells(self) -> Cells:
        """The cells of the year as it is now."""
        assert self.year is not None
        return Cells(self.year, self.year.rounds)

    @cached_property
    def explaining(self) -> Explaining:
        """Explains the year as it is now."""
        assert self.year is not None
        return Explaining(self.year)

    # ------------------------------------------------------------- rounds and lanes

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of the table in their order."""
        return () if self.year is None else self.year.rounds

    @property
    def editing(self) -> str:
        """The id of the round that is being scored."""
        return self._editing

    @property
    def editing_title(self) -> str:
        """The round that is being scored, in the words of the table."""
        return next((r.title for r in self.rounds if r.id == self._editing), "")

    @property
    def is_first_round(self) -> bool:
        """Whether no round stands before the one being scored."""
        return not self.rounds or self.rounds[0].id == self._editing

    @property
    def shown_rounds(self) -> frozenset[str]:
        """The rounds that stand beside the one being scored."""
        return self._shown

    def _choose_round(self) -> None:
        ids = [r.id for r in self.rounds]
        if self._editing in ids:
            return
        assert self.year is not None
        permits = self.year.permits
        units = self._active_units()
        self._editing = ids[-1] if ids else ""
        for round_id in ids:
            if permits is None:
                break
            stages = turns.stages_of(permits, units, round_id)
            if any(stage is not RoundStage.SEALED for stage in stages.values()):
                self._editing = round_id
                if turns.next_turn(stages) is turns.Turn.SUBMIT or round_id == ids[-1]:
                    break

    def edit_round(self, round_id: str) -> None:
        """From now on this round is scored."""
        if round_id in {r.id for r in self.rounds}:
            self._editing = round_id
            self._forget()
            self._lay_out()

    def show_round(self, round_id: str, shown: bool) -> None:
        """Shows a round beside the one being scored, or hides it."""
        self._shown = self._shown | {round_id} if shown else self._shown - {round_id}
        self._lay_out()

    def turn_round(self) -> None:
        """The other way round: units as rows, or criteria as rows."""
        self.lines_are_rows = not self.lines_are_rows
        self._preferences.keep_choice(f"{_CHOICES}.chieu", "dong" if self.lines_are_rows else "cot")

    def _active_units(self) -> list[str]:
        assert self.year is not None
        return [unit.id for unit in self.year.units.values() if unit.left is None]

    def _lay_out(self) -> None:
        if self.year is None:
            return
        self.lines = lines_in_sight(self._all, frozenset(self._folded))
        units = self.year.units.values()
        self.lanes = lanes_of(units, self.rounds, self._shown, self._editing)

    # ------------------------------------------------------------- the grid's source

    def cell(self, line: Line, lane: Lane) -> CellView:
        """One cell as it is shown."""
        return self.cells.view(line, lane)

    def sums(self, lane: Lane) -> SumView:
        """Total and rank of a lane's unit."""
        return self.cells.sums(lane.unit)

    def is_folded(self, line: Line) -> bool:
        """Whether the lines below this one are hidden."""
        return line.key in self._folded

    def head_tip(self, line: Line) -> str:
        """A line in full, with its maximum."""
        return f"{line.name}\nĐiểm tối đa: {line.max}" if line.max else line.name

    # ------------------------------------------------------------- folding

    def fold(self, line: Line) -> None:
        """Hides the lines below, or shows them again."""
        if line.folds:
            self._folded ^= {line.key}
            self._lay_out()

    def fold_all(self, folded: bool) -> None:
        """Hides all that can be hidden, or shows everything."""
        self._folded = {line.key for line in self._all if line.folds} if folded else set()
        self._lay_out()

    def reveal(self, line: Line) -> None:
        """Unfolds what hides a line."""
        hiding = {parent.key for parent in parents(self._all, line)} & self._folded
        if hiding:
            self._folded -= hiding
            self._lay_out()

    # ------------------------------------------------------------- finding

    def spot(self, unit: str | None, criterion: str | None) -> tuple[Line | None, Lane | None]:
        """The line of a criterion (or section) and the lane of a unit, where they exist."""
        line = next((one for one in self._all if one.code == criterion), None)
        lane = next((one for one in self.lanes if one.unit == unit and one.editing), None)
        return line, lane

    def found(self, words: str) -> tuple[tuple[Line | None, Lane | None], ...]:
        """Criteria and units in which the words occur, whatever their accents."""
        wanted = folded(words)
        if not wanted:
            return ()
        lanes = [(None, ln) for ln in self.lanes if ln.editing and wanted in folded(ln.unit_name)]
        lines = [(one, None) for one in self._all if wanted in folded(f"{one.code} {one.name}")]
        return (*lanes, *lines)

    def _open_cells(self) -> Iterator[Spot]:
        lanes = [lane for lane in self.lanes if lane.editing]
        for lane in lanes:
            for line in self._all:
                if line.scored and self.is_open(line, lane):
                    yield line, lane

    def is_open(self, line: Line, lane: Lane) -> bool:
        """Whether nothing was said yet of a cell in the round being scored."""
        return self.cell(line, lane).state is CellState.BLANK

    @property
    def open_count(self) -> int:
        """How many cells of the round being scored are open."""
        return sum(1 for _ in self._open_cells())

    @property
    def open_counts(self) -> dict[str, int]:
        """How many cells of the round being scored are open, by unit."""
        counts: dict[str, int] = {}
        for _, lane in self._open_cells():
            counts[lane.unit] = counts.get(lane.unit, 0) + 1
        return counts

    def next_open(self, line: Line | None, lane: Lane | None) -> Spot | None:
        """The next open cell after this one, unit by unit, and around."""
        spots = list(self._open_cells())
        if not spots:
            return None
        if line is None or lane is None:
            return spots[0]
        lines = {one.key: at for at, one in enumerate(self._all)}
        units = {one.unit: at for at, one in enumerate(self.lanes)}
        here = (units.get(lane.unit, -1), lines.get(line.key, -1))
        later = (s for s in spots if (units[s[1].unit], lines[s[0].key]) > here)
        return next(later, spots[0])

    # ------------------------------------------------------------- typing

    def typed(self, line: Line, lane: Lane) -> TypedCell:
        """An empty typed cell for a place of the grid."""
        return TypedCell(lane.unit, line.code, lane.round, pack=line.pack or "")

    def key(self, line: Line, lane: Lane) -> EntryKey:
        """How the entry of a place is told from others."""
        return (lane.unit, line.code, lane.round, line.pack)

    def entry(self, line: Line, lane: Lane) -> Entry | None:
        """What is kept at a place."""
        return None if self.year is None else self.year.entries.get(self.key(line, lane))

    def known(self, line: Line, lane: Lane) -> KnownCriterion | None:
        """The figures that are typed at a place."""
        return None if self.year is None else self.year.known(lane.unit, line.code, line.pack)

    def form(self, line: Line, lane: Lane) -> Form:
        """What is typed at a place, with what stands there."""
        year = self.year
        assert year is not None
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
        top = line.max if own is None else self.cells.number(own.max)
        row = year.row(line.pack, line.code, lane.unit)
        return form_of(known, row, top, entry, earlier, unit_hand=hand == "unit")

    def enter(self, cells: Sequence[TypedCell]) -> Done:
        """Keeps typed cells; raises ``UserError`` with all reasons, and then nothing is kept."""
        keys: set[EntryKey] = {(c.unit, c.criterion, c.round, c.pack or None) for c in cells}

        def changed(live: LiveYear) -> LiveYear:
            after = live.applied(cells)
            self._note_reworked(live, after, keys)
            return after

        return self._session.act(lambda desk: enter_scores(desk, cells), changed)

    def _note_reworked(self, before: LiveYear, after: LiveYear, keys: set[EntryKey]) -> None:
        """Cells that said something before and say something else now bear a mark."""
        if self.year is not None:
            self.year.reworked |= {
                key
                for key in keys
                if (was := before.entry(key)) is not None and was != after.entry(key)
            }

    def clear(self, spots: Sequence[Spot]) -> Done | None:
        """Takes what was typed out again; blank cells are left out."""
        keys = [self.key(*spot) for spot in spots if self.entry(*spot) is not None]
        if not keys:
            return None
        cells = [key[:3] for key in keys]
        return self._session.act(
            lambda desk: clear_scores(desk, cells), lambda live: live.applied((), keys)
        )

    def accept(self, units: Sequence[str] | None, criteria: Sequence[str] | None) -> Done:
        """Takes over what the round before said: cells, a criterion, a unit, or all.

        Single cells and criteria are replaced where they differ; whole units keep what was scored.
        """
        into = self._editing
        replacing = criteria is not None and units is not None

        def verb(desk: Desk) -> Done:
            return accept_scores(desk, into, units, criteria, replacing=replacing)

        return self._session.act(verb, lambda live: _caught_up(live, self._session.desk))

    # ------------------------------------------------------------- trying

    def tried(self, cell: TypedCell) -> Tried:
        """What typing this would move; faults as sentences where it cannot be read."""
        live = self._session.live
        if live is None or self._session.result_is_due:
            return Tried((), ())
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

    # ------------------------------------------------------------- explaining

    @cached_property
    def _evidence(self) -> dict[tuple[str, str], list[Evidence]]:
        assert self.year is not None
        desk = self.year.desk
        documents = {d.id: d for d in desk.workspace.read(books.EVIDENCE, desk.period)}
        found: dict[tuple[str, str], list[Evidence]] = {}
        for link in desk.workspace.read(books.EVIDENCE_LINKS, desk.period):
            cited = found.setdefault((link.unit, link.criterion), [])
            if link.evidence in documents and documents[link.evidence] not in cited:
                cited.append(documents[link.evidence])
        return found

    @cached_property
    def _questions(self) -> dict[tuple[str, str], list[Explanation]]:
        assert self.year is not None
        desk = self.year.desk
        found: dict[tuple[str, str], list[Explanation]] = {}
        for asked in desk.workspace.read(books.EXPLANATIONS, desk.period):
            found.setdefault((asked.unit, asked.criterion), []).append(asked)
        return found

    def explained(self, line: Line, lane: Lane) -> Explained:
        """Why the number of a cell is what it is."""
        cell = (lane.unit, line.code)
        findings = tuple(self.cells.findings(line, lane)) if line.scored else ()
        return self.explaining.explained(
            line,
            lane,
            findings,
            tuple(self._evidence.get(cell, ())),
            tuple(self._questions.get(cell, ())),
        )

    def history(self, line: Line, lane: Lane) -> Callable[[], tuple[str, ...]]:
        """Reads what happened to a cell, the newest first; may be called on another thread."""
        assert self.year is not None
        desk = self.year.desk
        wanted = JournalFilter(unit=lane.unit, criterion=line.code, period=desk.period)

        def read() -> tuple[str, ...]:
            lines = desk.workspace.journal(wanted)
            return tuple(
                f"{_when(one.operation.at)}, {one.operation.actor}: {sentence}"
                for one in reversed(lines)
                for sentence in one.sentences
            )

        return read

    # ------------------------------------------------------------- rounds

    @property
    def stages(self) -> dict[str, RoundStage]:
        """Where each unit that has not left stands in the round being scored."""
        year = self.year
        if year is None or year.permits is None:
            return {}
        return turns.stages_of(year.permits, self._active_units(), self._editing)

    @property
    def next_step(self) -> NextStep:
        """What the primary button does."""
        turn = turns.next_turn(self.stages)
        if turn is not None:
            return NextStep(
                turn, f"{turns.TURNS[turn].verb} vòng “{short_round(self.editing_title)}”"
            )
        ids = [r.id for r in self.rounds]
        at = ids.index(self._editing) if self._editing in ids else len(ids)
        if self.stages and at + 1 < len(ids):
            later = self.rounds[at + 1]
            return NextStep(None, f"Chấm vòng “{short_round(later.title)}”", later.id)
        return NextStep(None, "")

    def turn_rounds(self, turn: turns.Turn, units: Sequence[str], reason: str) -> Done:
        """Hands in, accepts, seals … the round being scored for these units."""
        return self._session.act(turns.turned(turn, self._editing, units, today(), reason))

    @property
    def sentence(self) -> str:
        """The state of the round being scored, in one sentence."""
        year = self.year
        if year is None:
            return ""
        if year.closed:
            return f"{year.closed} Chỉ xem."
        stages = self.stages
        handed = sum(
            stage not in turns.TURNS[turns.Turn.SUBMIT].sources for stage in stages.values()
        )
        sealed = sum(stage is RoundStage.SEALED for stage in stages.values())
        words = [f"Vòng “{self.editing_title}”"]
        count = self.open_count
        words.append(f"còn {count} ô chưa chấm" if count else "đã chấm hết các ô")
        if sealed:
            words.append(f"đã chốt {sealed}/{len(stages)} đơn vị")
        else:
            words.append(f"đã nộp {handed}/{len(stages)} đơn vị")
        return " · ".join(words)


def short_round(title: str) -> str:
    """A round's title as it fits on a button."""
    short = title.partition("(")[0].strip() or title
    return short if len(short) <= 32 else f"{short[:30].rstrip()}…"


def _award_words(ids: str, awards: dict[str, str]) -> str:
    if not ids:
        return "không"
    parts = []
    for one in ids.split("+"):
        award, _, _ = one.partition(":")
        parts.append(awards.get(award, award))
    return ", ".join(parts)


def _when(at: str) -> str:
    """A moment of the journal: 14:05 20/12/2026."""
    return f"{at[11:16]} {at[8:10]}/{at[5:7]}/{at[:4]}"


def _caught_up(live: LiveYear, desk: Desk) -> LiveYear:
    """The year with the entries that the workspace has and it does not have yet."""
    there = {entry.key: entry for entry in desk.workspace.read(books.ENTRIES, desk.period)}
    before = {entry.key: entry for entry in live.snapshot.entries}
    changed = [entry for key, entry in there.items() if before.get(key) != entry]
    return live.applied(changed, [key for key in before if key not in there])
