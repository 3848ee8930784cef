"""What differs between two sides, row by row, in words that an officer reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.snapshot import Entry, EntryState, OwnCriterion, Unit
from app.domain.year import Evidence
from app.exchange.facts_known import KnownCriterion, known_names, method_figures
from app.ground.numbers import vietnamese
from app.operations.exchange.rows import EVIDENCE, GROUPS, RANKING, TABLES, Key, Rows, Value
from app.operations.loading import PackSet
from app.operations.workspace.evidence_checks import called
from app.operations.workspace.permits import shown_value
from app.persistence import books
from app.persistence.books import Book
from app.persistence.journal import RowChange
from app.persistence.sentences import sentence, table_words
from app.persistence.stored_rows import stored
from app.rules.document import read_method

_BOOKS: Final[Mapping[str, Book[Any]]] = {
    book.name: book for book in (*books.NAMED, *books.NUMBERED)
}
_NOTHING: Final = "trống"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that differs. ``name`` is what a decision about it names.

    ``unit`` and ``criterion`` are ids where the row is about one, ``title`` the criterion's;
    ``what`` says which row it is, ``ours`` and ``theirs`` what each side says, ``sentence`` all of
    it.
    """

    name: str
    key: Key
    unit: str
    unit_name: str
    criterion: str
    title: str
    what: str
    ours: str
    theirs: str
    sentence: str


class Words:
    """Names of units, criteria and rounds, of both sides; ours come first."""

    def __init__(self, rows: Rows, packs: PackSet | None) -> None:
        self.units: dict[str, Unit] = {
            key[1]: value[0] for key, value in rows.items() if key[0] == books.UNITS.name and value
        }
        self._own = {
            (key[1], key[2]): _registered(value[0])
            for key, value in rows.items()
            if key[0] == books.OWN_CRITERIA.name and value
        }
        self._rounds: dict[str, str] = {}
        self._criteria: dict[tuple[str, str], KnownCriterion] = {}
        if packs is None:
            return
        known = known_names(packs.main, packs.overlays, packs.companions)
        for pack, table in (("", known.main), *known.companions.items()):
            for code, row in table.criteria.items():
                self._criteria[pack, code] = row
        for loaded in packs.all:
            for rules in loaded.rules.rounds:
                self._rounds.setdefault(rules.id, rules.title)

    def difference(self, key: Key, ours: Value, theirs: Value) -> Difference:
        """A differing row in words."""
        unit, criterion, pack = self._cell(key)
        title = self._title(unit, criterion, pack)
        name = self.units[unit].name if unit in self.units else unit
        what = self._what(key, name, criterion, title)
        mine, other = self._value(key, ours), self._value(key, theirs)
        told = self._sentence(key, what, ours, theirs, mine, other)
        return Difference(":".join(key), key, unit, name, criterion, title, what, mine, other, told)

    def _cell(self, key: Key) -> tuple[str, str, str]:
        if key[0] in (books.ENTRIES.name, EVIDENCE, books.EXPLANATIONS.name):
            return key[1], key[2], key[4] if key[0] == books.ENTRIES.name else ""
        unit = key[1] if len(key) > 1 and key[1] in self.units else ""
        return unit, key[2] if key[0] == books.OWN_CRITERIA.name else "", ""

    def _title(self, unit: str, code: str, pack: str) -> str:
        row = self._criterion(unit, code, pack)
        return "" if row is None else row.title

    def _criterion(self, unit: str, code: str, pack: str) -> KnownCriterion | None:
        return self._criteria.get((pack, code)) or self._own.get((unit, code))

    def _round(self, name: str) -> str:
        return self._rounds.get(name, name)

    def _what(self, key: Key, unit: str, criterion: str, title: str) -> str:
        named = f" “{title}”" if title else ""
        match key[0]:
            case books.ENTRIES.name:
                return f"{unit}, tiêu chí {criterion}{named} ({self._round(key[3])})"
            case "evidence":
                return f"{unit}, tài liệu của tiêu chí {criterion}{named} ({self._round(key[3])})"
            case books.EXPLANATIONS.name:
                return f"{unit}, giải trình tiêu chí {criterion}{named}"
            case "ranking_round":
                return "Vòng chấm dùng để xếp hạng"
        words = table_words(key[0])
        return f"{unit}, {words}" if unit else words[:1].upper() + words[1:]

    def _value(self, key: Key, value: Value) -> str:
        if not value:
            return _NOTHING
        return "; ".join(self._noun(key, noun) for noun in value)

    def _noun(self, key: Key, noun: Any) -> str:
        if isinstance(noun, Entry):
            return self._entry(noun)
        if isinstance(noun, Evidence):
            return called(noun) + (", kèm tệp" if noun.sha256 is not None else "")
        if key[0] == RANKING:
            return self._round(str(noun))
        if key[0] == TABLES:
            return f"{noun.title} ({noun.digest[7:19]})"
        told = self._told(key, (), (noun,))
        return told.partition(": ")[2] or told

    def _entry(self, entry: Entry) -> str:
        known = self._criterion(entry.unit, entry.criterion, entry.pack or "")
        words = shown_value(entry, known)
        if entry.state is EntryState.SCORED and entry.points is not None and entry.figures:
            figures = shown_value(
                Entry(entry.unit, entry.criterion, entry.round, figures=entry.figures), known
            )
            words = f"{vietnamese(entry.points)} ({figures})"
        return words or _NOTHING

    def _sentence(
        self, key: Key, what: str, ours: Value, theirs: Value, mine: str, other: str
    ) -> str:
        if key[0] == books.ENTRIES.name:
            return f"{what}: {mine} → {other}{_rest(ours, theirs)}."
        if key[0] in (EVIDENCE, RANKING, TABLES):
            return f"{what}: {mine} → {other}."
        told = self._told(key, ours, theirs)
        return told[:1].upper() + told[1:] + "."

    def _told(self, key: Key, ours: Value, theirs: Value) -> str:
        """As the journal would say it."""
        names = {("", unit.id): unit.name for unit in self.units.values()}
        names |= {("round", name): title for name, title in self._rounds.items()}
        gone = [noun for noun in ours if noun not in theirs]
        new = [noun for noun in theirs if noun not in ours]
        pairs = list(zip(gone, new, strict=False))
        if key[0] in GROUPS and len(gone) != len(new):
            pairs = []
        changes: list[tuple[Any, Any]] = list(pairs)
        changes += [(one, None) for one in gone[len(pairs) :]]
        changes += [(None, other) for other in new[len(pairs) :]]
        book = _BOOKS[key[0]]
        told = [
            sentence(RowChange(0, 0, book.name, "", _json(book, one), _json(book, other)), names)
            for one, other in changes
        ]
        return "; ".join(told) or table_words(book.name)


def _registered(own: OwnCriterion) -> KnownCriterion:
    """A criterion that a unit registered for itself, with what its figures are called."""
    method, _ = read_method(own.method, own.code)
    return KnownCriterion(own.code, own.title, {} if method is None else method_figures(method))


def _json(book: Book[Any], noun: Any) -> str | None:
    if noun is None:
        return None
    return json.dumps({"period": "", **stored(book, noun)}, ensure_ascii=False)


def _rest(ours: Value, theirs: Value) -> str:
    """What else differs between two entries: the reason, the number of documents."""
    if not theirs:
        return ""
    there, new = (ours[0] if ours else None), theirs[0]
    told = ""
    if new.reason and (there is None or there.reason != new.reason):
        told += f", lý do: {new.reason}"
    if there is not None and there.evidence != new.evidence:
        told += f", số minh chứng: {there.evidence or 0} → {new.evidence or 0}"
    return told
