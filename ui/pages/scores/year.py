"""The year as the grid of scores knows it: tables, units, entries, stages and the result."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from app.domain.snapshot import Entry, EntryKey, OwnCriterion, Unit
from app.exchange.facts_known import KnownCriterion
from app.ground.findings import Finding, UserError
from app.operations.loading import PackSet
from app.operations.workspace.desk import Desk
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.permits import Permits, cell_of
from app.persistence import books
from app.reports.figures import Figures
from app.rules.pack import Criterion, Round, RulePack
from app.scoring.assessment import Assessment, CriterionScore, UnitResult

_PLACE: Final = re.compile(
    r"\((?P<unit>[^()]+)\), tiêu chí (?P<code>[^,]+)(?:, vòng (?P<round>.+))?$"
)
_MANY: Final = 100
Spot = tuple[str, str]
"""Unit and criterion."""


@dataclass
class YearOfScores:
    """All that the grid looks up; nothing here is worked out twice between two changes."""

    desk: Desk
    packs: PackSet
    facts: FactsDesk
    entries: dict[EntryKey, Entry]
    may_write: bool
    assessment: Assessment | None = None
    refusal: tuple[Finding, ...] = ()
    reworked: set[EntryKey] = field(default_factory=set)
    reach: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    permits: Permits | None = None
    closed: str = ""

    @classmethod
    def read(cls, desk: Desk, packs: PackSet, *, may_write: bool) -> YearOfScores:
        """The year as the workspace has it now."""
        year = cls(desk, packs, FactsDesk(desk), entries_of(desk), may_write)
        year.read_stages()
        return year

    def read_stages(self) -> None:
        """Takes the rounds' stages anew."""
        try:
            self.permits = Permits(self.desk, self.facts, self.entries)
            self.closed = ""
        except UserError as fault:
            self.permits = None
            self.closed = fault.findings[0].message
        if not self.may_write and not self.closed:
            self.closed = "Sổ làm việc đang mở để đọc, không ghi được."

    def read_entries(self, cells: Collection[EntryKey] | None = None) -> None:
        """Takes these entries anew; without any named, all."""
        if cells is None or len(cells) > _MANY:
            self.entries.clear()
            self.entries.update(entries_of(self.desk))
            return
        for key in cells:
            entry = self.desk.workspace.one(books.ENTRIES, *key, period=self.desk.period)
            if entry is None:
                self.entries.pop(key, None)
            else:
                self.entries[key] = entry

    # ------------------------------------------------------------- tables

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The units in the officer's order."""
        return self.desk.units

    @cached_property
    def clusters(self) -> dict[str, str]:
        """The names of the clusters by id."""
        return {cluster.id: cluster.name for cluster in self.desk.clusters.values()}

    @cached_property
    def blocks(self) -> dict[str, str | None]:
        """The kind of cluster of each unit."""
        clusters = self.desk.clusters
        return {unit.id: clusters[unit.cluster].block for unit in self.units.values()}

    @property
    def own(self) -> Mapping[Spot, OwnCriterion]:
        """The criteria that units registered for themselves."""
        return self.facts.members.own

    def rules(self, pack: str | None) -> RulePack:
        """The rules of the main table or of a companion."""
        if pack is None:
            return self.packs.main.rules
        return next(c.rules for c in self.packs.companions if c.rules.id == pack)

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of the main table in their order."""
        return self.packs.main.rules.rounds

    @cached_property
    def rows(self) -> dict[tuple[str | None, str], Criterion]:
        """The rows of all tables."""
        names: list[str | None] = [None, *(c.rules.id for c in self.packs.companions)]
        return {(pack, row.code): row for pack in names for row in self.rules(pack).criteria}

    def row(self, pack: str | None, code: str, unit: str = "") -> Criterion | None:
        """The row of the table that a criterion is, or whose slot it stands in."""
        row = self.rows.get((pack, code))
        if row is None and (own := self.own.get((unit, code))) is not None:
            row = self.rows.get((pack, own.slot))
        return row

    def hand(self, row: Criterion, pack: str | None) -> str | None:
        """Whose rounds score a row: its own hand, or that of a group above it."""
        code = row.code
        while code:
            above = self.rows.get((pack, code))
            if above is not None and above.hand is not None:
                return above.hand
            code = code.rpartition(".")[0]
        return None

    def is_for(self, row: Criterion, pack: str | None, unit: str) -> bool:
        """Whether a row, and all groups above it, are for this unit's cluster and roles."""
        return self._is_for(row, pack, self.blocks.get(unit), self.units[unit].roles)

    def _is_for(
        self, row: Criterion, pack: str | None, block: str | None, roles: frozenset[str]
    ) -> bool:
        code = row.code
        while code:
            above = self.rows.get((pack, code))
            if above is not None and (
                (above.blocks and block not in above.blocks)
                or (above.role is not None and above.role not in roles)
            ):
                return False
            code = code.rpartition(".")[0]
        return True

    def rows_for(self, units: Iterable[Unit]) -> frozenset[tuple[str | None, str]]:
        """The rows that are for any of these units, by table and code; with own criteria."""
        members = tuple(units)
        kinds = {(self.blocks.get(unit.id), unit.roles) for unit in members}
        rows = {
            key
            for key, row in self.rows.items()
            if any(self._is_for(row, key[0], *kind) for kind in kinds)
        }
        there = {unit.id for unit in members}
        return frozenset(rows | {(None, code) for unit, code in self.own if unit in there})

    def known(self, unit: str, code: str, pack: str | None) -> KnownCriterion | None:
        """The figures that a criterion asks for."""
        return self.facts.criterion(unit, code, pack)

    # ------------------------------------------------------------- the result

    @cached_property
    def figures(self) -> Figures | None:
        """How numbers are printed; the pack does not change while the result does."""
        return None if self.assessment is None else Figures(self.assessment)

    def take_result(self, assessment: Assessment | None, refusal: tuple[Finding, ...]) -> None:
        """The result as it is now."""
        if (assessment is None) != (self.assessment is None):
            self.reach.clear()
        self.assessment, self.refusal = assessment, refusal
        for name in ("figures", "findings", "scored"):
            vars(self).pop(name, None)

    @cached_property
    def scored(self) -> dict[EntryKey, Entry]:
        """The entries that the result was worked out from."""
        entries = () if self.assessment is None else self.assessment.snapshot.entries
        return {entry.key: entry for entry in entries}

    def result(self, unit: str, pack: str | None = None) -> UnitResult | None:
        """A unit's result under a table."""
        assessment = self.assessment
        if assessment is None:
            return None
        if pack is not None:
            assessment = assessment.companions.get(pack)
        return None if assessment is None else assessment.units.get(unit)

    def score(self, unit: str, code: str, pack: str | None) -> CriterionScore | None:
        """One cell of the result."""
        result = self.result(unit, pack)
        return None if result is None else result.card.criteria.get(code)

    @cached_property
    def findings(self) -> dict[Spot, list[tuple[str | None, Finding]]]:
        """What was found about single cells: the title of the round where one is named."""
        found: dict[Spot, list[tuple[str | None, Finding]]] = {}
        told = (*self.refusal, *(self.assessment.findings if self.assessment else ()))
        for finding in told:
            match = _PLACE.search(finding.place)
            if match is not None:
                spot = (match["unit"], match["code"])
                found.setdefault(spot, []).append((match["round"], finding))
        return found


def entries_of(desk: Desk) -> dict[EntryKey, Entry]:
    """The entries of the year as the workspace has them."""
    return {cell_of(e): e for e in desk.workspace.read(books.ENTRIES, desk.period)}
