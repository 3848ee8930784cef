"""What the page of scores knows and does: the grid, typing, accepting, finding, turning rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from app.domain.snapshot import Unit
from app.domain.year import RoundStage
from app.ground.text import folded
from app.operations.workspace.desk import Done, today
from app.rules.pack import Round
from ui.models.score_cells import CellState, CellView, Lane, Line, SumView
from ui.pages.scores import turns
from ui.pages.scores.acts import Acts, Spot
from ui.pages.scores.cells import Cells
from ui.pages.scores.emptiness import Emptiness, emptiness_of
from ui.pages.scores.lines import (
    lanes_of,
    lines_for,
    lines_in_sight,
    parents,
    short_round,
    table_lines,
)
from ui.pages.scores.reasons import Reasons
from ui.pages.scores.year import YearOfScores
from ui.preferences import Preferences
from ui.session import Session
from ui.topics import Topic

_CHOICES: Final = "cham-diem"
_MANY: Final = 24
_STRUCTURE: Final = frozenset({Topic.WORKSPACE, Topic.YEAR, Topic.MEMBERS, Topic.TABLE})


class ScoresPresenter:
    """The grid's source (``GridSource``) and all acts of the page."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        self._session = session
        self._preferences = preferences
        self.year: YearOfScores | None = None
        self._table: tuple[Line, ...] = ()
        self._all: tuple[Line, ...] = ()
        self._folded: set[str] = set()
        self._editing = ""
        self._shown: frozenset[str] = frozenset()
        self._cluster = ""
        self._seen = -1
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
            self.year, self.lines, self.lanes, self._all, self._table = None, (), (), (), ()
            self._forget()
            return
        if self.year is None or topics & _STRUCTURE or self.year.desk != session.seat:
            self.year = YearOfScores.read(session.seat, packs, may_write=session.may_write)
            self.year.reworked = set(session.seat.workspace.reworked(session.seat.period))
            self._table = table_lines(packs, self.year.own)
        else:
            if Topic.ROUNDS in topics:
                self.year.read_stages()
            if topics & {Topic.SCORES, Topic.EVIDENCE}:
                self._take_entries()
        self._seen = -1 if session.last_operation is None else session.last_operation.id
        result = session.result
        self.year.take_result(None if result is None else result.assessment, session.result_refusal)
        self._forget()
        self._choose_cluster()
        self._choose_lines()
        self._choose_round()
        self._lay_out()

    def _take_entries(self) -> None:
        """The entries anew: those of the last operation, where no other was missed."""
        year, operation = self.year, self._session.last_operation
        assert year is not None
        workspace, period = year.desk.workspace, year.desk.period
        year.reworked = set(workspace.reworked(period))
        if operation is not None and operation.id == self._seen + 1:
            year.read_entries(workspace.touched_cells(operation.id, period))
        else:
            year.read_entries()

    def _forget(self) -> None:
        for name in ("cells", "reasons", "acts"):
            vars(self).pop(name, None)

    @property
    def emptiness(self) -> Emptiness | None:
        """What is to be done first, where there is nothing to score yet."""
        if self.year is not None and self._all and self.lanes:
            return None
        return emptiness_of(self._session, bool(self._all))

    @cached_property
    def cells(self) -> Cells:
        """The cells of the year as it is now."""
        assert self.year is not None
        return Cells(self.year, self.year.rounds, self._shown)

    @cached_property
    def reasons(self) -> Reasons:
        """Explains the year as it is now."""
        assert self.year is not None
        return Reasons(self.year, self.cells)

    @cached_property
    def acts(self) -> Acts:
        """What can be written."""
        assert self.year is not None
        return Acts(self._session, self.year)

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
    def unit_names(self) -> dict[str, str]:
        """The names of the units by id."""
        return {} if self.year is None else {u.id: u.name for u in self.year.units.values()}

    @property
    def accepts(self) -> bool:
        """Whether there is a round before this one whose scores can be accepted now."""
        return self.year is not None and not self.year.closed and not self.is_first_round

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
        self._forget()
        self._lay_out()

    def turn_round(self) -> None:
        """The other way round: units as rows, or criteria as rows."""
        self.lines_are_rows = not self.lines_are_rows
        self._preferences.keep_choice(f"{_CHOICES}.chieu", "dong" if self.lines_are_rows else "cot")

    @property
    def clusters(self) -> dict[str, str]:
        """The clusters of the year by id; one alone is not chosen from."""
        return {} if self.year is None else self.year.clusters

    @property
    def cluster(self) -> str:
        """The cluster that is shown; empty for all."""
        return self._cluster

    def show_cluster(self, cluster: str) -> None:
        """Shows the units of one cluster, or of all."""
        self._cluster = cluster
        self._choose_lines()
        self._lay_out()

    def _choose_lines(self) -> None:
        """The lines of the table that are for any of the shown units."""
        assert self.year is not None
        units = self._shown_units()
        self._all = lines_for(self._table, self.year.rows_for(units)) if units else self._table

    def _choose_cluster(self) -> None:
        """Few units are shown together, many cluster by cluster."""
        assert self.year is not None
        if self._cluster not in self.clusters:
            many = len(self.clusters) > 1 and len(self.year.units) > _MANY
            self._cluster = next(iter(self.clusters)) if many else ""

    def _shown_units(self) -> list[Unit]:
        assert self.year is not None
        order = list(self.clusters)
        units = sorted(self.year.units.values(), key=lambda unit: order.index(unit.cluster))
        return [unit for unit in units if self._cluster in ("", unit.cluster)]

    def _active_units(self) -> list[str]:
        return [unit.id for unit in self._shown_units() if unit.left is None]

    def _lay_out(self) -> None:
        if self.year is None:
            return
        self.lines = lines_in_sight(self._all, frozenset(self._folded))
        self.lanes = lanes_of(self._shown_units(), self.rounds, self._shown, self._editing)

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

    def spot(
        self, unit: str | None, criterion: str | None, round_id: str | None = None
    ) -> tuple[Line | None, Lane | None]:
        """The line of a criterion (or section) and the lane of a unit, where they exist."""
        wanted = round_id or self._editing
        member = self.year.units.get(unit or "") if self.year is not None else None
        if member is not None and self._cluster not in ("", member.cluster):
            self.show_cluster(member.cluster)
        line = next((one for one in self._all if one.code == criterion), None)
        lane = next((one for one in self.lanes if (one.unit, one.round) == (unit, wanted)), None)
        return line, lane

    @property
    def first_spot(self) -> Spot | None:
        """Where the work begins: the first cell that can be typed, else the first of all."""
        for line in self.lines:
            for lane in self.lanes:
                if line.scored and lane.editing and self.cell(line, lane).editable:
                    return line, lane
        return (self.lines[0], self.lanes[0]) if self.lines and self.lanes else None

    def why_not(self, line: Line, lane: Lane) -> str:
        """Why a cell cannot be typed now."""
        if not line.scored:
            return "Dòng này là tổng của các ô, không gõ trực tiếp được."
        if self.cell(line, lane).state is CellState.ABSENT:
            return self.cell(line, lane).tip
        return self.cells.why_read_only(line, lane)

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
        return self.cells.is_open(line, lane)

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

    # ------------------------------------------------------------- rounds

    @property
    def stages(self) -> dict[str, RoundStage]:
        """Where each unit that has not left stands in the round being scored."""
        year = self.year
        if year is None or year.permits is None:
            return {}
        return turns.stages_of(year.permits, self._active_units(), self._editing)

    @property
    def next_step(self) -> turns.NextStep:
        """What the primary button does."""
        if self.year is None or self.year.closed:
            return turns.NextStep()
        return turns.next_step(self.stages, self.rounds, self._editing)

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
            return f"{year.closed} Trang này chỉ để xem."
        if self._session.result_refusal:
            first = self._session.result_refusal[0]
            return f"Chưa tính được kết quả: {first.place}: {first.message} {first.remedy}".strip()
        stages = self.stages
        handed = sum(
            stage not in turns.TURNS[turns.Turn.SUBMIT].sources for stage in stages.values()
        )
        sealed = sum(stage is RoundStage.SEALED for stage in stages.values())
        words = [f"Vòng “{short_round(self.editing_title)}”"]
        count = self.open_count
        words.append(f"còn {count} ô chưa chấm" if count else "đã chấm hết các ô")
        if sealed:
            words.append(f"đã chốt {sealed}/{len(stages)} đơn vị")
        else:
            words.append(f"đã nộp {handed}/{len(stages)} đơn vị")
        return " · ".join(words)
