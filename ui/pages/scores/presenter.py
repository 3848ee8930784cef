"""What the page of scores knows and does: the grid, typing, accepting, finding, turning rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.domain.year import RoundStage
from app.ground.findings import UserError
from app.ground.text import folded
from app.operations.workspace.desk import Done, packs_of, today
from app.rules.pack import Round
from ui.models.score_cells import CellState, CellView, Lane, Line, SumView
from ui.pages.scores import turns
from ui.pages.scores.acts import Acts, Spot
from ui.pages.scores.cells import Cells
from ui.pages.scores.lines import (
    lanes_of,
    lines_in_sight,
    parents,
    short_round,
    table_lines,
)
from ui.pages.scores.reasons import Reasons
from ui.pages.scores.year import YearOfScores
from ui.places import PageId
from ui.preferences import Preferences
from ui.session import Session, Topic

_CHOICES: Final = "cham-diem"
_STRUCTURE: Final = frozenset({Topic.WORKSPACE, Topic.YEAR, Topic.MEMBERS, Topic.TABLE})


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next with the round: the turn and its button's words."""

    turn: turns.Turn | None
    words: str
    next_round: str = ""


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why there is nothing to score, and where to begin."""

    picture: str
    words: str
    verb: str
    page: PageId


class ScoresPresenter:
    """The grid's source (``GridSource``) and all acts of the page."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        self._session = session
        self._preferences = preferences
        self.year: YearOfScores | None = None
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
            self.year, self.lines, self.lanes, self._all = None, (), (), ()
            self._forget()
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
        year.reworked = set(year.desk.workspace.reworked(year.desk.period))
        if live is None or Topic.RESULT not in topics or self._session.result_is_due:
            year.read_entries()
            return
        year.entries.clear()
        year.entries.update({entry.key: entry for entry in live.snapshot.entries})

    def _forget(self) -> None:
        for name in ("cells", "reasons", "acts"):
            vars(self).pop(name, None)

    @property
    def emptiness(self) -> Emptiness | None:
        """What is to be done first, where there is nothing to score yet."""
        if self.year is None and self._session.seat is not None:
            try:
                packs_of(self._session.seat)
                words = ""
            except UserError as fault:
                words = " ".join(f"{f.message} {f.remedy}".strip() for f in fault.findings[:2])
            return Emptiness("list-tree", words, "Mở bảng tiêu chí", PageId.CRITERIA)
        if not self._all:
            words = "Bảng tiêu chí chưa có dòng nào. Soạn bảng trước rồi mới chấm điểm được."
            return Emptiness("list-tree", words, "Mở bảng tiêu chí", PageId.CRITERIA)
        if not self.lanes:
            words = "Năm này chưa có đơn vị nào. Thêm đơn vị trước rồi mới chấm điểm được."
            return Emptiness("building-2", words, "Thêm đơn vị", PageId.UNITS)
        return None

    @cached_property
    def cells(self) -> Cells:
        """The cells of the year as it is now."""
        assert self.year is not None
        return Cells(self.year, self.year.rounds)

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

    def spot(
        self, unit: str | None, criterion: str | None, round_id: str | None = None
    ) -> tuple[Line | None, Lane | None]:
        """The line of a criterion (or section) and the lane of a unit, where they exist."""
        wanted = round_id or self._editing
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
    def next_step(self) -> NextStep:
        """What the primary button does."""
        if self.year is None or self.year.closed:
            return NextStep(None, "")
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
