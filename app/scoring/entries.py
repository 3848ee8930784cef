"""The entries of one pack, found by unit, criterion and round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.snapshot import Entry, EntryState

CellEntries = Mapping[str, Entry]
"""What the rounds say of one cell, by round."""
UnitEntries = Mapping[str, CellEntries]
"""What was entered for one unit, by criterion."""
_NONE: CellEntries = MappingProxyType({})
_NOTHING: UnitEntries = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries of a pack by unit, criterion and round; explicit blanks left out.

    ``filled`` counts the units that have an entry, by criterion and round. ``stamps`` holds, by
    cluster and criterion, an object that is another one whenever an entry was changed there.
    What does not change stays the same object when one entry is put or taken out.
    """

    units: Mapping[str, UnitEntries]
    filled: Mapping[tuple[str, str], int]
    stamps: Mapping[str, Mapping[str, object]]

    @classmethod
    def of(cls, entries: Sequence[Entry], packs: Sequence[str | None]) -> Entries:
        """Those entries that carry one of ``packs``."""
        units: dict[str, dict[str, dict[str, Entry]]] = {}
        filled: dict[tuple[str, str], int] = {}
        for entry in entries:
            if entry.pack not in packs or entry.state is EntryState.BLANK:
                continue
            cell = units.setdefault(entry.unit, {}).setdefault(entry.criterion, {})
            if entry.round not in cell:
                place = (entry.criterion, entry.round)
                filled[place] = filled.get(place, 0) + 1
            cell[entry.round] = entry
        return cls(units, filled, {})

    def unit(self, unit: str) -> UnitEntries:
        """All that was entered for a unit."""
        return self.units.get(unit, _NOTHING)

    def cell(self, unit: str, criterion: str) -> CellEntries:
        """What the rounds say of one cell."""
        return self.units.get(unit, _NOTHING).get(criterion, _NONE)

    def stamp(self, cluster: str, criterion: str) -> object:
        """Another object whenever a unit of the cluster got another entry for the criterion."""
        stamps = self.stamps.get(cluster)
        return None if stamps is None else stamps.get(criterion)

    def put(self, entry: Entry, stamped: str | None) -> Entries:
        """The entries with this one; a blank one takes out what stood there.

        ``stamped`` is the cluster in which the criterion is compared, if it is.
        """
        own = self.unit(entry.unit)
        cell = dict(own.get(entry.criterion, _NONE))
        there = cell.pop(entry.round, None)
        blank = entry.state is EntryState.BLANK
        if (blank and there is None) or there is entry:
            return self
        if not blank:
            cell[entry.round] = entry
        changed = {**own, entry.criterion: cell}
        if not cell:
            del changed[entry.criterion]
        filled = self.filled
        if blank or there is None:
            place = (entry.criterion, entry.round)
            counts = {**filled, place: filled.get(place, 0) + (-1 if blank else 1)}
            filled = {place: count for place, count in counts.items() if count}
        stamps = self.stamps
        if stamped is not None:
            stamps = {**stamps, stamped: {**stamps.get(stamped, {}), entry.criterion: object()}}
        return Entries({**self.units, entry.unit: changed}, filled, stamps)
