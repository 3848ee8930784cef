"""The result of a year while somebody types: what the window shows at every keystroke.

``LiveYear`` is a value like ``app.scoring.live``: a preview leaves it as it was, and ``applied``
gives the next one. Its assessment is that of ``score_loaded`` for the same facts, findings of the
files included, so both have the same digest. What was typed is read as ``enter_scores`` reads it;
whether it may be kept (rounds, reasons) is asked only there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from app.domain.snapshot import Entry, EntryKey, Snapshot
from app.exchange.facts import read_facts
from app.exchange.facts_faults import Gathering
from app.exchange.facts_known import KnownCriterion, known_names, method_figures
from app.exchange.facts_writer import facts_tree_of
from app.ground.findings import Finding, Findings
from app.operations.loading import Loaded
from app.operations.moves import Move, moves_between
from app.operations.scoring import remarks, with_remarks
from app.operations.workspace.desk import Desk
from app.operations.workspace.earlier import EarlierRounds
from app.operations.workspace.facts_desk import CellReader, TypedCell
from app.operations.workspace.results import loaded_year
from app.persistence import books
from app.rules.document import read_method
from app.scoring.assessment import Assessment
from app.scoring.live import Live, Packs

_MANY: Final = 100
Change = TypedCell | Entry
"""A cell as it was typed, or as it is understood already."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be: the assessment, every value that moves, and the entries as understood."""

    assessment: Assessment
    moves: tuple[Move, ...]
    entries: tuple[Entry, ...]


class LiveYear:
    """A year's facts with their assessment, ready for the next keystroke.

    ``name`` is how findings call the facts.
    """

    def __init__(self, loaded: Loaded, as_of: dt.date | None = None, name: str = "") -> None:
        packs = loaded.packs
        self._set(
            loaded,
            Live(loaded.snapshot, Packs(packs.main, packs.overlays, packs.companions, as_of)),
            _Reading(loaded),
            remarks(loaded, as_of),
            name or f"Năm {loaded.snapshot.period.name}",
        )

    def _set(
        self, loaded: Loaded, live: Live, reading: _Reading, told: Findings, name: str
    ) -> None:
        self.loaded = loaded
        self._live = live
        self._reading = reading
        self._told = told
        self._name = name

    @classmethod
    def opened(cls, desk: Desk, as_of: dt.date | None = None) -> LiveYear:
        """The year of a desk as it stands now; raises ``UserError`` where it cannot be read."""
        return cls(loaded_year(desk), as_of, f"Năm {desk.period}")

    @property
    def snapshot(self) -> Snapshot:
        """The facts."""
        return self.loaded.snapshot

    @cached_property
    def assessment(self) -> Assessment:
        """The result; raises ``UserError`` where the pack refuses one (points above a maximum)."""
        return with_remarks(self._live.assessment, self._told)

    def entry(self, key: EntryKey) -> Entry | None:
        """What the facts hold for one cell in one round."""
        return self._live.entry(key)

    @cached_property
    def rounds_begun(self) -> frozenset[str]:
        """The rounds in which anything was entered. The first cell of another round may change
        the round that counts, and then everything is worked out anew.
        """
        return frozenset(entry.round for entry in self.snapshot.entries)

    def understood(self, changes: Iterable[Change]) -> tuple[Entry, ...]:
        """The entries that ``enter_scores`` would keep; raises ``UserError`` with all faults."""
        found = tuple(changes)
        typed = [change for change in found if isinstance(change, TypedCell)]
        read = self._reading.entries(typed, self._live)
        return (*read, *(change for change in found if isinstance(change, Entry)))

    def preview(self, changes: Iterable[Change], removed: Sequence[EntryKey] = ()) -> Preview:
        """What would be if these cells were kept, and ``removed`` ones taken out again.

        Raises ``UserError`` where a text cannot be read or the pack would refuse a result. Where
        there is no result now, nothing can move.
        """
        entries = self.understood(changes)
        after = self._after(entries, removed).assessment
        if self._live.refusal is not None:
            return Preview(after, (), entries)
        return Preview(after, moves_between(self.assessment, after), entries)

    def applied(self, changes: Iterable[Change], removed: Sequence[EntryKey] = ()) -> LiveYear:
        """The year after these cells were kept; raises ``UserError`` where one cannot be read."""
        return self._after(self.understood(changes), removed)

    def followed(self, desk: Desk, keys: Collection[EntryKey]) -> LiveYear:
        """The year after an operation that touched these cells alone, as the desk has them now."""
        if len(keys) > _MANY:
            there = {e.key: e for e in desk.workspace.read(books.ENTRIES, desk.period)}
            found = {key: there.get(key) for key in keys}
        else:
            one = desk.workspace.one
            found = {key: one(books.ENTRIES, *key, period=desk.period) for key in keys}
        kept = [entry for entry in found.values() if entry is not None]
        return self._after(kept, [key for key, entry in found.items() if entry is None])

    def _after(self, entries: Sequence[Entry], removed: Sequence[EntryKey]) -> LiveYear:
        live = self._live.with_entries(entries, removed)
        loaded, told = replace(self.loaded, snapshot=live.snapshot), self._told
        touched = (*(entry.key for entry in entries), *removed)
        if any(self._reading.is_out_of_reach(key) for key in touched):
            loaded = replace(loaded, findings=self._findings_of(live.snapshot))
            told = remarks(loaded, live.packs.as_of)
        year = object.__new__(LiveYear)
        year._set(loaded, live, self._reading, told, self._name)
        return year

    def _findings_of(self, snapshot: Snapshot) -> tuple[Finding, ...]:
        """What reading these facts anew would remark."""
        packs = self.loaded.packs
        _, told = read_facts(
            facts_tree_of(snapshot), self._name, packs.main, packs.overlays, packs.companions
        )
        return Findings((*packs.findings, *told)).as_tuple()


class _Reading:
    """Reads what was typed into the cells of one year, whatever its entries are."""

    def __init__(self, loaded: Loaded) -> None:
        snapshot = loaded.snapshot
        self._packs = loaded.packs
        self._known = known_names(loaded.packs.main, loaded.packs.overlays, loaded.packs.companions)
        self._units = {unit.id: unit for unit in snapshot.units}
        self._clusters = {cluster.id: cluster for cluster in snapshot.clusters}
        self._slots = {(own.unit, own.code): own.slot for own in snapshot.own_criteria}
        own: dict[tuple[str, str], KnownCriterion] = {}
        for row in snapshot.own_criteria:
            method, _ = read_method(row.method, row.code)
            if method is not None:
                own[row.unit, row.code] = KnownCriterion(
                    row.code, row.title, method_figures(method)
                )
        self._reader = CellReader(self._known, self._units, self._clusters, own)

    def entries(self, cells: Sequence[TypedCell], live: Live) -> tuple[Entry, ...]:
        """The entries of typed cells beside those that are there; raises ``UserError``."""
        if not cells:
            return ()
        earlier = EarlierRounds(self._packs, self._slots, live.entry)
        return tuple(
            earlier.completed(
                entry, self._reader.criterion(entry.unit, entry.criterion, entry.pack)
            )
            for entry in self._reader.entries(cells, Gathering())
        )

    def is_out_of_reach(self, key: EntryKey) -> bool:
        """Whether a criterion is for other clusters or roles, which reading the facts remarks."""
        unit_id, code, _, pack = key
        unit, table = self._units.get(unit_id), self._known.main
        if pack is not None and pack != self._known.main_id:
            table = self._known.companions.get(pack, table)
        known = table.criteria.get(code)
        if unit is None or known is None:
            return False
        cluster = self._clusters.get(unit.cluster)
        block = None if cluster is None else cluster.block
        return bool(known.blocks and block not in known.blocks) or (
            known.role is not None and known.role not in unit.roles
        )
