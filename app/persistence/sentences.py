"""The journal as Vietnamese sentences: "sửa điểm I.2 của Sở A: 8 → 9, lý do: …"."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.snapshot import Figure
from app.ground.numbers import vietnamese
from app.ground.paths import program_folder
from app.persistence import books, columns, journal, records
from app.persistence.journal import Operation, RowChange
from app.persistence.lock import said
from app.persistence.tables import METADATA

_STAMPS: Final = frozenset({"entered_by", "entered_at"})
_LONG: Final = 80
_FIRST_VALUES: Final = {
    "settings": "value",
    "parameter_choices": "value",
    "targets": "plan",
    "round_states": "stage",
    "totals": "points",
    "bonus": "points",
    "deductions": "points",
    "conditions": "met",
    "deadlines": "due",
    "deadline_exceptions": "until",
    "decisions": "outcome",
    "quotas": "count",
    "awards": "stage",
    "papers": "number",
    "explanations": "question",
    "ballot_sheets": "stage",
    "duty_states": "state",
    "proposals": "state",
}


Names = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One operation with what it changed, in words."""

    operation: Operation
    sentences: tuple[str, ...]

    @property
    def heading(self) -> str:
        """When, who and what."""
        operation = self.operation
        return f"{said(operation.at)}, {operation.actor}: {operation.title}"


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which operations to tell; what is ``None`` does not matter. ``day`` is the local day."""

    unit: str | None = None
    criterion: str | None = None
    actor: str | None = None
    day: dt.date | None = None
    period: str | None = None

    def wants(self, operation: Operation) -> bool:
        """Whether the operation itself fits."""
        return (
            (self.actor is None or self.actor == operation.actor)
            and (self.day is None or operation.at.startswith(self.day.isoformat()))
            and (self.period is None or self.period == operation.period)
        )

    def wants_row(self, table: str, row: Mapping[str, Any]) -> bool:
        """Whether a change of this row fits."""
        unit = row.get("id" if table == "units" else "unit")
        criterion = row.get("code" if table == "own_criteria" else "criterion")
        return (self.unit is None or unit == self.unit) and (
            self.criterion is None or criterion == self.criterion
        )

    @property
    def by_row(self) -> bool:
        """Whether single changes are chosen."""
        return self.unit is not None or self.criterion is not None


def journal_lines(connection: Connection, wanted: JournalFilter) -> tuple[JournalLine, ...]:
    """The operations that fit, oldest first, each with its changes in words."""
    by_operation: dict[int, list[RowChange]] = {}
    for change in journal.all_changes(connection):
        by_operation.setdefault(change.operation, []).append(change)
    names: Names = {("round", round_id): title for round_id, title in _round_titles(connection)}
    names |= {(f"figure {code}", name): title for code, name, title in _figure_titles(connection)}
    lines: list[JournalLine] = []
    for operation in journal.operations(connection):
        told: list[str] = []
        for change in by_operation.get(operation.id, ()):
            row = json.loads(change.after or change.before or "{}")
            if change.table == "units":
                names[row["period"], row["id"]] = row["name"]
            if wanted.wants(operation) and wanted.wants_row(change.table, row):
                told.append(sentence(change, names))
        if wanted.wants(operation) and (told or not wanted.by_row):
            lines.append(JournalLine(operation, tuple(told)))
    return tuple(lines)


def _round_titles(connection: Connection) -> Iterator[tuple[str, str]]:
    """The rounds of all criteria tables, those of later versions last."""
    for table in records.read(connection, books.CRITERIA_TABLES):
        for row in table.tree.get("rounds", ()):
            yield str(row["id"]), str(row["title"])


def _figure_titles(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """What the figures of criteria are called: code, name, title; later versions last."""
    for table in records.read(connection, books.CRITERIA_TABLES):
        for row in table.tree.get("criteria", ()):
            if "method" in row:
                for name, title in _titles(json.dumps(row["method"], default=str)).items():
                    yield str(row["code"]), name, title
    for year in records.read(connection, books.PERIODS):
        for own in records.read(connection, books.OWN_CRITERIA, year.id):
            for name, title in _titles(json.dumps(own.method, default=str)).items():
                yield own.code, name, title


@lru_cache(maxsize=2048)
def _titles(method: str) -> Mapping[str, str]:
    """The titles of a method's figures, by name; ``method`` is its table as JSON."""
    # A workspace stands before the rules are imported, which are many.
    from app.rules.document import read_method

    read, _ = read_method(json.loads(method), "")
    return {} if read is None else {spec.name: spec.title for spec in read.figure_specs()}


def table_words(name: str) -> str:
    """What a table keeps, in words."""
    return _words()["tables"].get(name, name)


def sentence(change: RowChange, names: Names) -> str:
    """One change in words; ``names`` are those of units by period and id, of rounds by "round"."""
    before = json.loads(change.before) if change.before else None
    after = json.loads(change.after) if change.after else None
    row = after or before or {}
    what = f"{table_words(change.table)} {_called(change.table, row, names)}"
    if before is None:
        verb = "nhập" if change.table == "entries" else "thêm"
        value = _first_value(change.table, row, names)
        told = f"{verb} {what}: {value}" if value else f"{verb} {what}"
        return _with_reason(told, None, row)
    if after is None:
        return f"xóa {what}"
    told = _differences(change.table, before, after, names)
    return _with_reason(f"sửa {what}: {told}", before, after)


def _with_reason(told: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    reason = after.get("reason") or ""
    return f"{told}, lý do: {reason}" if reason and (before or {}).get("reason") != reason else told


def _called(table: str, row: Mapping[str, Any], names: Names) -> str:
    parts: list[str] = []
    if table != "units" and row.get("criterion"):
        parts.append(str(row["criterion"]))
    elif table in {"criteria_tables", "pinned_tables"}:
        row = {"title": row.get("table"), **row}
        parts.append(f"{row.get('title') or row['id']} (phiên bản {row['version']})")
    else:
        for key in ("title", "name", "case", "item", "condition", "parameter", "key", "duty"):
            if row.get(key):
                parts.append(str(row[key])[:_LONG])
                break
        else:
            own = row.get("id") or row.get("question") or row.get("award") or row.get("kind")
            if own:
                parts.append(_code_words(str(own)))
    if row.get("unit") and table != "units":
        parts.append("của " + names.get((row["period"], row["unit"]), row["unit"]))
    if table in {"entries", "round_states", "totals"}:
        parts.append(f"({names.get(('round', row['round']), row['round'])})")
    return " ".join(parts)


def _first_value(table: str, row: Mapping[str, Any], names: Names) -> str:
    """What a new row says, where one value says it."""
    if table == "entries":
        return _points(row, names)
    column = _FIRST_VALUES.get(table)
    return "" if column is None or row.get(column) in (None, "") else _value(table, column, row)


def _points(row: Mapping[str, Any], names: Names) -> str:
    if row.get("state") != "scored":
        return _code_words(str(row.get("state")))
    if row.get("points") is not None:
        return vietnamese(Fraction(row["points"]))
    figures = json.loads(row.get("figures") or "{}")
    called = _caller(row, names)
    return ", ".join(f"{called(name)} {_figure(text)}" for name, text in figures.items())


def _caller(row: Mapping[str, Any], names: Names) -> Callable[[str], str]:
    """How the figures of a row's criterion are called."""
    code = f"figure {row.get('criterion')}"
    return lambda name: (title := names.get((code, name), name))[:1].lower() + title[1:]


def _differences(
    table: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> str:
    called = _caller(after, names)
    if table == "entries" and before["points"] != after["points"]:
        points = f"{_value(table, 'points', before)} → {_value(table, 'points', after)}"
        rest = "; ".join(_differing(table, before, after, {"points", "reason"}, called))
        return f"{points}; {rest}" if rest else points
    return "; ".join(_differing(table, before, after, {"reason"}, called)) or "ghi lý do"


def _differing(
    table: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    told: set[str],
    called: Callable[[str], str],
) -> Iterator[str]:
    for name in after.keys() | before.keys() if before.keys() != after.keys() else after:
        if name in _STAMPS or name in told or before.get(name) == after.get(name):
            continue
        if name in {"figures", "attributes"}:
            yield from _figures(before.get(name), after.get(name), called)
            continue
        word = _words()["columns"].get(name, name)
        if name in {"tree", "method", "attendants"}:
            yield f"{word} đã thay đổi"
        else:
            yield f"{word}: {_value(table, name, before)} → {_value(table, name, after)}"


def _figures(before: str | None, after: str | None, called: Callable[[str], str]) -> Iterator[str]:
    one, other = json.loads(before or "{}"), json.loads(after or "{}")
    for name in sorted(one.keys() | other.keys()):
        if one.get(name) != other.get(name):
            yield f"{called(name)}: {_figure(one.get(name))} → {_figure(other.get(name))}"


def _value(table: str, name: str, row: Mapping[str, Any]) -> str:
    value = row.get(name)
    if value is None or value == "":
        return "trống"
    known = METADATA.tables[table].columns.get(name) if table in METADATA.tables else None
    match None if known is None else known.type:
        case columns.Exact():
            return vietnamese(Fraction(value))
        case columns.Day():
            return f"{dt.date.fromisoformat(value):%d/%m/%Y}"
        case columns.OneFigure():
            return _figure(value)
        case columns.YesNo():
            return "có" if value else "không"
        case columns.Amounts():
            totals = {who: Fraction(text) for who, text in json.loads(value).items()}
            return ", ".join(f"{who} {vietnamese(number)}" for who, number in totals.items())
        case columns.WordList():
            return ", ".join(json.loads(value)) or "trống"
        case columns.Candidates():
            return ", ".join(name or key for key, name in json.loads(value))
        case columns.Counts():
            return ", ".join(f"{who} {votes}" for who, votes in json.loads(value).items())
        case columns.WordSet():
            return ", ".join(_code_words(word) for word in json.loads(value)) or "trống"
        case columns.Choice():
            return _words()["states"].get(value) or _code_words(str(value))
    return (
        _code_words(str(value))[:_LONG]
        if name in {"kind", "form", "purpose"}
        else str(value)[:_LONG]
    )


def _figure(text: str | None) -> str:
    if text is None:
        return "trống"
    figure: Figure = columns.read_figure(text)
    match figure:
        case bool():
            return "có" if figure else "không"
        case dt.date():
            return f"{figure:%d/%m/%Y}"
        case str():
            return figure
    return vietnamese(figure)


def _code_words(code: str) -> str:
    words = _words()
    return words["values"].get(code) or words["states"].get(code) or code


@cache
def _words() -> dict[str, dict[str, str]]:
    import tomllib  # no journal is read before a workspace stands

    file: Path = program_folder() / "app" / "persistence" / "journal_words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
