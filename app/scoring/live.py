"""An assessment that is kept up to date while cells are typed.

``Live`` is a value: a change gives another one and leaves the old one as it was. It comes to
exactly what ``assess`` says of the changed facts, and works out again only what the change can
touch (see ``memory``): the cell, for a criterion that compares units those of the same cluster,
the sums on the way to their totals, and the standings and awards that rest on them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.snapshot import Entry, EntryKey, EntryState, Snapshot
from app.ground.findings import UserError
from app.rules.document import LoadedPack
from app.scoring.assess import assess_ordered
from app.scoring.assessment import Assessment
from app.scoring.entries import Entries
from app.scoring.memory import Memory, Records
from app.scoring.order import in_fixed_order
from app.scoring.scene import own_names


@dataclass(frozen=True)
class Packs:
    """The packs of an assessment by their roles, and the day on which recorded cases must hold."""

    main: LoadedPack
    overlays: tuple[LoadedPack, ...] = ()
    companions: tuple[LoadedPack, ...] = ()
    as_of: dt.date | None = None

    @cached_property
    def tables(self) -> Mapping[str | None, tuple[str | None, ...]]:
        """What the entries of each points pack carry as their pack, by companion."""
        return {
            None: own_names(self.main, None),
            **{c.rules.id: own_names(c, c.rules.id) for c in self.companions},
        }

    @cached_property
    def compared(self) -> Mapping[str | None, frozenset[str]]:
        """The criteria of each points pack whose method compares units."""
        packs: dict[str | None, LoadedPack] = {
            None: self.main,
            **{c.rules.id: c for c in self.companions},
        }
        return {
            name: frozenset(
                row.code
                for row in pack.rules.criteria
                if row.method is not None and row.method.compares
            )
            for name, pack in packs.items()
        }


class Live:
    """The assessment of a snapshot, ready for the next keystroke."""

    def __init__(self, snapshot: Snapshot, packs: Packs) -> None:
        self.snapshot = snapshot
        self.packs = packs
        self._facts = in_fixed_order(snapshot)
        self._tables = {
            companion: Entries.of(snapshot.entries, names)
            for companion, names in packs.tables.items()
        }
        self._records: Records = {}
        self._work()
        _ = self._places, self._clusters, self._is_plain  # so that the first keystroke is as quick

    def _work(self) -> None:
        memory = Memory(self._tables, self._records)
        self._refusal: UserError | None = None
        self._assessment: Assessment | None = None
        packs = self.packs
        try:
            self._assessment = assess_ordered(
                self.snapshot,
                self._facts,
                packs.main,
                packs.overlays,
                packs.companions,
                packs.as_of,
                memory,
            )
        except UserError as refusal:
            self._refusal = refusal
        if self._refusal is None:
            self._records = memory.records
        else:  # what was not come to this time may still do the next time
            self._records = {**self._records, **memory.records}

    @property
    def assessment(self) -> Assessment:
        """What ``assess`` says; raises its ``UserError`` where the pack refuses a result."""
        if self._assessment is None:
            assert self._refusal is not None
            raise UserError(self._refusal.findings)
        return self._assessment

    @property
    def refusal(self) -> UserError | None:
        """Why there is no assessment, where there is none."""
        return self._refusal

    def entry(self, key: EntryKey) -> Entry | None:
        """The entry of one cell in one round, as the snapshot has it."""
        place = self._places.get(key)
        return None if place is None else self.snapshot.entries[place]

    @cached_property
    def _places(self) -> Mapping[EntryKey, int]:
        """Where each entry stands in the snapshot."""
        return {entry.key: place for place, entry in enumerate(self.snapshot.entries)}

    @cached_property
    def _clusters(self) -> Mapping[str, str]:
        return {unit.id: unit.cluster for unit in self.snapshot.units}

    @cached_property
    def _is_plain(self) -> bool:
        """Whether no two entries speak for the same cell, round and pack."""
        seen = {
            (companion, entry.unit, entry.criterion, entry.round)
            for companion, names in self.packs.tables.items()
            for entry in self.snapshot.entries
            if entry.pack in names
        }
        return len(seen) == sum(
            entry.pack in names
            for names in self.packs.tables.values()
            for entry in self.snapshot.entries
        )

    def with_entries(self, changed: Sequence[Entry], removed: Sequence[EntryKey] = ()) -> Live:
        """The assessment after these entries came in the place of others, or were added.

        ``removed`` entries are taken out first; a key without an entry is passed over. This one
        stays as it is, so the same call gives the same again.
        """
        places: Mapping[EntryKey, int] = self._places
        entries = list(self.snapshot.entries)
        tables = dict(self._tables)
        plain = self._is_plain
        gone = [key for key in dict.fromkeys(removed) if key in places]
        if gone:
            for key in gone:
                self._put(tables, replace(entries[places[key]], state=EntryState.BLANK))
            for place in sorted((places[key] for key in gone), reverse=True):
                del entries[place]
            places = {entry.key: place for place, entry in enumerate(entries)}
        for entry in changed:
            key = entry.key
            if key not in places:
                plain = plain and not self._has_twin(key, places)
                places = {**places, key: len(entries)}
                entries.append(entry)
            else:
                entries[places[key]] = entry
            self._put(tables, entry)
        after = object.__new__(Live)
        after.packs = self.packs
        after.snapshot = replace(self.snapshot, entries=tuple(entries))
        after._facts = replace(self._facts, entries=after.snapshot.entries)
        after._tables = tables
        if not plain:
            after._tables = {
                companion: Entries.of(entries, names)
                for companion, names in self.packs.tables.items()
            }
        after._records = self._records
        vars(after).update(_places=places, _clusters=self._clusters, _is_plain=plain)
        after._work()
        return after

    def _put(self, tables: dict[str | None, Entries], entry: Entry) -> None:
        cluster = self._clusters.get(entry.unit)
        for companion, names in self.packs.tables.items():
            if entry.pack in names:
                compared = entry.criterion in self.packs.compared[companion]
                tables[companion] = tables[companion].put(entry, cluster if compared else None)

    def _has_twin(self, key: EntryKey, places: Mapping[EntryKey, int]) -> bool:
        """Whether another entry speaks for the same cell, carrying the pack's other name."""
        *cell, pack = key
        names = {n for names in self.packs.tables.values() if pack in names for n in names}
        return any((*cell, name) in places for name in names - {pack})
