"""The rounds of the tables in their order: what an earlier round says of a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.snapshot import Entry, EntryKey
from app.exchange.facts_known import KnownCriterion
from app.operations.loading import PackSet
from app.rules.pack import Criterion, Round, RulePack
from app.scoring.cells import in_round


class EarlierRounds:
    """The tables of a year by their packs (``None``: the main one), with the entries made so far.

    ``slots`` says in which slot of the table a unit registered a criterion of its own; ``find``
    gives the entry of one cell.
    """

    def __init__(
        self,
        packs: PackSet,
        slots: Mapping[tuple[str, str], str],
        find: Callable[[EntryKey], Entry | None],
    ) -> None:
        self.rules: dict[str | None, RulePack] = {
            None: packs.main.rules,
            **{pack.rules.id: pack.rules for pack in packs.companions},
        }
        self.rows: dict[tuple[str | None, str], Criterion] = {
            (pack, row.code): row for pack, rules in self.rules.items() for row in rules.criteria
        }
        self._slots = slots
        self._find = find

    def before(self, unit: str, code: str, round_id: str, pack: str | None) -> list[Round]:
        """The rounds before this one that score the criterion, the nearest first."""
        slot = self._slots.get((unit, code), "")
        row = self.rows.get((pack, code)) or self.rows.get((pack, slot))
        hand = row.hand if row is not None else None
        found: list[Round] = []
        for rules in self.rules[pack].rounds:
            if rules.id == round_id:
                break
            if in_round(code, rules) and hand in (None, rules.hand):
                found.append(rules)
        return found[::-1]

    def entry_before(self, entry: Entry) -> Entry | None:
        """The entry of the nearest earlier round for the same cell."""
        for rules in self.before(entry.unit, entry.criterion, entry.round, entry.pack):
            found = self._find((entry.unit, entry.criterion, rules.id, entry.pack))
            if found is not None:
                return found
        return None

    def completed(self, entry: Entry, known: KnownCriterion | None) -> Entry:
        """An entry of a later hand beside computed points: the figures stay under the override."""
        if known is None or not known.figures or entry.points is None or entry.figures:
            return entry
        earlier = self.entry_before(entry)
        return entry if earlier is None else replace(entry, figures=earlier.figures)
