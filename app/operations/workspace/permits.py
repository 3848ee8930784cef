"""What a state allows: which cells may be written now, and why another may not.

Rounds follow each other in the order of the criteria table. A unit's cells of one round can be
written while that round is a draft, was returned or recalled; a later round opens for a unit when
the round before it was handed in. Refusals say where, why, and how to go on.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from typing import Final

from app.domain.snapshot import Entry, EntryKey, Figure
from app.domain.year import HANDED_IN, RoundStage, RoundState
from app.exchange.facts_known import KnownCriterion
from app.ground.findings import Finding, Findings, Severity
from app.ground.numbers import vietnamese
from app.operations.workspace.desk import Desk, open_year_of
from app.operations.workspace.earlier import EarlierRounds
from app.operations.workspace.facts_desk import FactsDesk
from app.persistence import books
from app.rules.pack import Round

DIRECT: Final = "direct"
_FEW: Final = 60
WRITABLE: Final = frozenset({RoundStage.DRAFT, RoundStage.RETURNED, RoundStage.RECALLED})
_NOT_NOW: Final = {
    RoundStage.SUBMITTED: ("đã nộp", "round_submitted", "Rút lại, hoặc trả lại (có lý do)"),
    RoundStage.ACCEPTED: ("đã được chấp nhận", "round_accepted", "Trả lại (có lý do)"),
    RoundStage.SEALED: ("đã chốt điểm", "round_sealed", "Mở lại vòng chấm (có lý do)"),
}


def cell_of(entry: Entry) -> EntryKey:
    """Unit, criterion, round and pack of an entry."""
    return entry.key


class Permits:
    """The states of one open year, and the entries that are there; faults go to ``findings``."""

    def __init__(
        self, desk: Desk, facts: FactsDesk, entries: dict[EntryKey, Entry] | None = None
    ) -> None:
        open_year_of(desk)
        self._facts = facts
        self.findings = Findings()
        self.names = facts.names
        self.stages = {
            (state.unit, state.round): state
            for state in desk.workspace.read(books.ROUND_STATES, desk.period)
        }
        self._desk = desk
        self._found: dict[EntryKey, Entry | None] = {}
        self._given = entries
        slots = {(own.unit, own.code): own.slot for own in facts.members.own.values()}
        self._earlier = EarlierRounds(facts.packs, slots, self.entry)

    @cached_property
    def entries(self) -> dict[EntryKey, Entry]:
        """All entries of the year, or those that whoever asks has at hand."""
        if self._given is not None:
            return self._given
        there = self._desk.workspace.read(books.ENTRIES, self._desk.period)
        return {cell_of(entry): entry for entry in there}

    def entry(self, cell: EntryKey) -> Entry | None:
        """The entry of one cell. A few are looked up one by one, more of them all at once."""
        if self._given is not None or len(self._found) > _FEW or "entries" in vars(self):
            return self.entries.get(cell)
        if cell not in self._found:
            found = self._desk.workspace.one(books.ENTRIES, *cell, period=self._desk.period)
            self._found[cell] = found
        return self._found[cell]

    def computed(self, entry: Entry) -> bool:
        """Whether points follow from figures, so that typed points stand in for them."""
        own = self._facts.members.own.get((entry.unit, entry.criterion))
        if own is not None:
            return own.method.get("kind") != DIRECT
        row = self._earlier.rows.get((entry.pack, entry.criterion))
        return row is not None and row.method is not None and row.method.kind != DIRECT

    @property
    def packs(self) -> tuple[str | None, ...]:
        """The tables of the year: the main one, then its companions by their ids."""
        return tuple(self._earlier.rules)

    def rounds(self, pack: str | None = None) -> dict[str, Round]:
        """The rounds of a table in their order."""
        return {rules.id: rules for rules in self._earlier.rules[pack].rounds}

    def state(self, unit: str, round_id: str) -> RoundState:
        """Where a unit stands in a round; a draft where nothing was said yet."""
        return self.stages.get((unit, round_id), RoundState(unit, round_id, RoundStage.DRAFT))

    def title(self, round_id: str, pack: str | None = None) -> str:
        """The round in the words of the table."""
        known = self.rounds(pack).get(round_id)
        return f"“{known.title if known is not None else round_id}”"

    def earlier_entry(self, entry: Entry) -> Entry | None:
        """The entry of the nearest earlier round for the same cell."""
        return self._earlier.entry_before(entry)

    def may_write(self, unit: str, code: str, round_id: str, pack: str | None = None) -> bool:
        """Whether a cell may be written now; otherwise says why not."""
        why = self.why_not(unit, code, round_id, pack)
        if why is not None:
            self.findings.add(why)
        return why is None

    def why_not(
        self, unit: str, code: str, round_id: str, pack: str | None = None
    ) -> Finding | None:
        """Why a cell may not be written now, or ``None`` where it may."""
        name = self.names[unit]
        stage = self.state(unit, round_id).stage
        if stage not in WRITABLE:
            words, finding, remedy = _NOT_NOW[stage]
            return Finding(
                finding,
                Severity.ERROR,
                name,
                f"Vòng {self.title(round_id, pack)} {words} nên không sửa được.",
                f"{remedy} trước khi sửa.",
            )
        for rules in self._earlier.before(unit, code, round_id, pack)[:1]:
            if self.state(unit, rules.id).stage not in HANDED_IN:
                return Finding(
                    "round_too_early",
                    Severity.ERROR,
                    name,
                    f"Chưa nộp vòng “{rules.title}” nên chưa chấm được vòng "
                    f"{self.title(round_id, pack)}.",
                    f"Nộp vòng “{rules.title}” của đơn vị trước.",
                )
        return None

    def completed(self, entry: Entry) -> Entry:
        """An entry of a later hand beside computed points: the figures stay under the override."""
        known = self._facts.criterion(entry.unit, entry.criterion, entry.pack)
        return self._earlier.completed(entry, known)

    def explains_itself(self, entry: Entry) -> bool:
        """Whether a later round gives its reason where it differs; otherwise says so."""
        rounds = self.rounds(entry.pack)
        if entry.reason.strip() or rounds[entry.round].hand == "unit":
            return True
        earlier = self.earlier_entry(entry)
        overrides = entry.points is not None and self.computed(entry)
        if earlier is None:
            differs = overrides
            what = "Điểm ghi thay điểm tính từ số liệu"
        else:
            differs = overrides or not _same(entry, earlier)
            known = self._facts.criterion(entry.unit, entry.criterion, entry.pack)
            shown = f"{shown_value(earlier, known)} → {shown_value(entry, known)}"
            what = f"Điểm khác vòng {self.title(earlier.round, entry.pack)} ({shown})"
        if differs:
            self.findings.error(
                "reason_missing",
                f"{self.names[entry.unit]}, tiêu chí {entry.criterion}",
                f"{what} nên phải nêu lý do.",
                "Ghi lý do ngắn gọn, ví dụ căn cứ hoặc số liệu đã đối chiếu.",
            )
        return not differs


def _same(entry: Entry, earlier: Entry) -> bool:
    """Whether a later hand says what the earlier said; a claim beside figures does not count."""
    if entry.state is not earlier.state or dict(entry.figures) != dict(earlier.figures):
        return False
    return entry.points == earlier.points or (entry.points is None and bool(entry.figures))


def shown_value(entry: Entry, known: KnownCriterion | None) -> str:
    """What a cell says, in a few words; figures by their titles."""
    words = {"not_done": "không thực hiện", "not_assigned": "không được giao", "blank": "trống"}
    if entry.state.value in words:
        return words[entry.state.value]
    if entry.points is not None:
        return vietnamese(entry.points)
    titles = {} if known is None else {name: f.title for name, f in known.figures.items()}
    return ", ".join(
        f"{titles.get(name, name)} {shown_figure(value)}" for name, value in entry.figures.items()
    )


def shown_figure(value: Figure) -> str:
    """A figure as it is printed."""
    match value:
        case bool():
            return "có" if value else "không"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case Fraction():
            return vietnamese(value)
    return str(value)
