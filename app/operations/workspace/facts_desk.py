"""What was typed, read as a facts file would read it: one place for all its faults.

Officers type texts ("12,5", "có", "31/12/2022"); a row of a record is a table with the keys of
the facts file. Both are held against the year's tables: names of units, criteria, rounds, items
and cases must be known, numbers must be certain. Nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from app.domain.snapshot import Cluster, Entry, OwnCriterion, Unit
from app.exchange.facts_entries import EntryReader, EntryScene
from app.exchange.facts_faults import Gathering
from app.exchange.facts_known import Known, KnownCriterion, known_names
from app.exchange.facts_members import MemberReader
from app.exchange.facts_records import RecordReader
from app.exchange.facts_writer import fact_row
from app.ground.findings import UserError
from app.operations.loading import PackSet
from app.operations.workspace.desk import Desk, packs_of
from app.persistence import books

TYPED: Final = "Ghi vào sổ"
"""How findings call what was typed."""

_PARTS: Final = {
    "points": "điểm",
    "state": "trạng thái",
    "reason": "lý do",
    "evidence": "số minh chứng",
    "unit": "đơn vị",
    "criterion": "mã tiêu chí",
    "round": "vòng chấm",
    "pack": "bảng tiêu chí",
}


@dataclass(frozen=True, slots=True)
class TypedCell:
    """One cell as it was typed; what is empty was not given."""

    unit: str
    criterion: str
    round: str
    points: str = ""
    figures: Mapping[str, str] | None = None
    state: str = ""
    reason: str = ""
    evidence: str = ""
    pack: str = ""


class CellReader:
    """Reads typed cells of one year by the names that its tables and members use."""

    def __init__(
        self,
        known: Known,
        units: Mapping[str, Unit],
        clusters: Mapping[str, Cluster],
        own: Mapping[tuple[str, str], KnownCriterion],
    ) -> None:
        blocks = {u.id: clusters[u.cluster].block for u in units.values() if u.cluster in clusters}
        self._scene = EntryScene(known, units, blocks, own)

    def reader(self, gathering: Gathering) -> EntryReader:
        """Gathers entries; their faults go to ``gathering``."""
        return EntryReader(self._scene, gathering)

    def entries(self, cells: Sequence[TypedCell], gathering: Gathering) -> tuple[Entry, ...]:
        """The entries of typed cells; raises ``UserError`` where ``gathering`` has faults."""
        reader = self.reader(gathering)
        for cell in cells:
            row = {
                key: text
                for key in ("unit", "criterion", "round", "points", "state", "reason")
                if (text := getattr(cell, key).strip())
            }
            row |= {"evidence": cell.evidence} if cell.evidence else {}
            row |= {"pack": cell.pack} if cell.pack else {}
            reader.cells(row, cell.figures or {}, partial(self._place, cell))
        return self.read(reader, gathering)

    def read(self, reader: EntryReader, gathering: Gathering) -> tuple[Entry, ...]:
        """What a reader gathered; raises ``UserError`` where there are faults."""
        refuse_faults(gathering)
        return reader.in_order({unit: at for at, unit in enumerate(self._scene.units)})

    def criterion(self, unit: str, code: str, pack: str | None = None) -> KnownCriterion | None:
        """A scored row of the table, or one that the unit registered."""
        known = self._scene.known
        table = known.main if pack is None else known.companions[pack]
        return table.criteria.get(code) or self._scene.own.get((unit, code))

    def _place(self, cell: TypedCell, key: str) -> str:
        known_unit = self._scene.units.get(cell.unit)
        unit = cell.unit if known_unit is None else known_unit.name
        part = _PARTS.get(key, "")
        if key.startswith("figures."):
            name = key.removeprefix("figures.")
            known = self.criterion(cell.unit, cell.criterion)
            titled = known.figures.get(name) if known is not None else None
            part = titled.title if titled is not None else name
        return f"{unit}, tiêu chí {cell.criterion}" + (f", {part}" if part else "")


def refuse_faults(gathering: Gathering) -> None:
    """Raises ``UserError`` with all that was found so far, where any of it is an error."""
    findings = gathering.closed(TYPED)
    if findings.errors:
        raise UserError(findings)


class FactsDesk:
    """Reads typed cells and rows for one year; ``gathering`` holds what is wrong with them.

    ``about`` names the units whose own criteria are needed; without it those of all.
    """

    def __init__(self, desk: Desk, about: Collection[str] | None = None) -> None:
        self.packs: PackSet = packs_of(desk)
        self.known: Known = known_names(self.packs.main, self.packs.overlays, self.packs.companions)
        units = desk.units.values()
        own = desk.workspace.read(books.OWN_CRITERIA, desk.period)
        self._tree: dict[str, Any] = {
            "clusters": [fact_row(cluster) for cluster in desk.clusters.values()],
            "units": [fact_row(unit) for unit in units],
            "own_criteria": [fact_row(o) for o in own if about is None or o.unit in about],
        }
        self.members = self._members(self._tree, Gathering())
        self.names = {unit.id: unit.name for unit in units}
        self.gathering = Gathering()
        members = self.members
        self._cells = CellReader(self.known, members.units, members.clusters, members.own_known)

    def _members(self, tree: Mapping[str, Any], gathering: Gathering) -> MemberReader:
        members = MemberReader(tree, TYPED, self.known, gathering)
        members.read_clusters()
        members.read_units()
        members.read_own_criteria()
        return members

    def criterion(self, unit: str, code: str, pack: str | None = None) -> KnownCriterion | None:
        """A scored row of the table, or one that the unit registered."""
        return self._cells.criterion(unit, code, pack)

    def cells(self, cells: Sequence[TypedCell]) -> tuple[Entry, ...]:
        """The entries of typed cells; raises ``UserError`` with all their faults."""
        return self._cells.entries(cells, self.gathering)

    def table_of_cells(self, data: bytes, name: str) -> tuple[Entry, ...]:
        """The entries of a table file (unit, criterion, round, points, figures …)."""
        from app.exchange.facts_cells import figure_names, read_cells

        reader = self._cells.reader(self.gathering)
        tables = (self.known.main, *self.known.companions.values())
        figures = figure_names(tables, [c.figures for c in self.members.own_known.values()])
        read_cells(data, name, figures, reader, self.gathering)
        return self._cells.read(reader, self.gathering)

    def records(self, kind: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
        """The nouns of rows of one list of the facts file; raises ``UserError``."""
        reader = RecordReader(
            {kind: list(rows)},
            TYPED,
            self.known,
            self.members.units,
            self.members.clusters,
            self.gathering,
        )
        read: dict[str, Callable[[], tuple[Any, ...]]] = {
            "bonus": partial(reader.items, "bonus"),
            "deductions": partial(reader.items, "deductions"),
            "standing": reader.standing,
            "conditions": reader.conditions,
            "ballots": reader.ballots,
            "decisions": reader.decisions,
            "quotas": reader.quotas,
            "totals": reader.totals,
        }
        nouns = read[kind]()
        self.refuse_faults()
        return nouns

    def own_criteria(self, rows: Sequence[Mapping[str, Any]]) -> tuple[OwnCriterion, ...]:
        """Criteria that units register for themselves; raises ``UserError``."""
        told = Gathering()
        members = self._members({**self._tree, "own_criteria": list(rows)}, told)
        self.gathering.keep_all(f for f in told.findings if f.is_error)
        self.refuse_faults()
        return tuple(members.own.values())

    def refuse_faults(self) -> None:
        """Raises ``UserError`` with all that was found so far, where any of it is an error."""
        refuse_faults(self.gathering)
