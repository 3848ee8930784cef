"""The schema: strict tables without any float column, and the journal beside them.

A table of the year is *scoped*: its key begins with the period, so that a sealed year never
changes when a unit is renamed in the next one. Foreign keys bind units to their period; nothing
cascades, a row that is still used cannot go.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, Table

from app.domain.snapshot import EntryState
from app.domain.year import AwardStage, PeriodState, RoundStage, TableState
from app.persistence.columns import (
    Attendants,
    Choice,
    Counts,
    Day,
    Exact,
    Figures,
    OneFigure,
    OptionalKey,
    TomlTree,
    Words,
    WordSet,
    YesNo,
)

APPLICATION_ID: Final = 0x42566E67
"""Marks a SQLite file as a workspace of this program ("BVng")."""

SCHEMA: Final = 1
"""The number of this schema, kept as ``user_version``; one Alembic script leads to each."""

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
UNIT: Final = "unit"
CLUSTER: Final = "cluster"


def _word(name: str, default: str | None = "") -> Column[str]:
    """A text that is always there."""
    return Column(name, Words, nullable=False, server_default=default)


def _key(name: str) -> Column[str]:
    return Column(name, Words, primary_key=True, nullable=False)


def _day(name: str) -> Column[Any]:
    return Column(name, Day)


def _table(name: str, *columns: Column[Any]) -> Table:
    return Table(name, METADATA, *columns, sqlite_strict=True, sqlite_with_rowid=False)


def _scoped(name: str, *columns: Column[Any], refers: tuple[str, ...] = ()) -> Table:
    """A table of one year; ``refers`` names the columns that hold a unit or a cluster."""
    table = _table(name, _key("period"), *columns)
    table.append_constraint(ForeignKeyConstraint(["period"], ["periods.id"]))
    for column in refers:
        target = "clusters" if column == CLUSTER else "units"
        table.append_constraint(
            ForeignKeyConstraint(["period", column], [f"{target}.period", f"{target}.id"])
        )
    return table


def _numbered(name: str, *columns: Column[Any], refers: tuple[str, ...] = ()) -> Table:
    """A table of one year whose rows have no name of their own, only a number."""
    number: Column[Any] = Column(
        "number", Integer, primary_key=True, nullable=False, autoincrement=False
    )
    return _scoped(name, number, *columns, refers=refers)


PERIODS: Final = _table(
    "periods",
    _key("id"),
    _word("name"),
    Column("start", Day, nullable=False),
    Column("end", Day, nullable=False),
    _word("kind"),
    Column("state", Choice(PeriodState), nullable=False),
    Column("ranking_round", Words),
)
CRITERIA_TABLES: Final = _table(
    "criteria_tables",
    _key("id"),
    Column("version", Integer, primary_key=True, nullable=False, autoincrement=False),
    _word("title"),
    Column("tree", TomlTree, nullable=False),
    _word("digest"),
    Column("state", Choice(TableState), nullable=False),
    Column("base", Words),
    Column("base_digest", Words),
    _word("reason"),
)
SETTINGS: Final = _table("settings", _key("key"), _word("value"))

PINNED_TABLES: Final = _scoped(
    "pinned_tables",
    Column("place", Integer, primary_key=True, nullable=False, autoincrement=False),
    _word("table", None),
    Column("version", Integer, nullable=False),
)
PINNED_TABLES.append_constraint(
    ForeignKeyConstraint(["table", "version"], ["criteria_tables.id", "criteria_tables.version"])
)
PARAMETER_CHOICES: Final = _scoped(
    "parameter_choices",
    _key("parameter"),
    Column("value", OneFigure, nullable=False),
    _word("reason"),
)
CLUSTERS: Final = _scoped("clusters", _key("id"), _word("name"), Column("block", Words))
UNITS: Final = _scoped(
    "units",
    _key("id"),
    _word("name"),
    _word("cluster", None),
    Column("roles", WordSet, nullable=False),
    _day("joined"),
    _day("left"),
    Column("attributes", Figures, nullable=False),
    refers=(CLUSTER,),
)
SUCCESSIONS: Final = _scoped(
    "successions",
    _key("unit"),
    _key("predecessor"),
    _key("predecessor_period"),
    _word("kind"),
    _day("day"),
    _word("note"),
    refers=(UNIT,),
)
SUCCESSIONS.append_constraint(
    ForeignKeyConstraint(["predecessor_period", "predecessor"], ["units.period", "units.id"])
)
REGISTRATIONS: Final = _scoped(
    "registrations",
    _key("unit"),
    _key("kind"),
    _word("number"),
    _word("content"),
    _day("signed"),
    _day("received_by_leader"),
    _day("received_by_department"),
    refers=(UNIT,),
)
TARGETS: Final = _scoped(
    "targets",
    _key("unit"),
    _key("code"),
    _word("title"),
    Column("criterion", Words),
    Column("plan", OneFigure),
    _word("measure"),
    Column("half_year", OneFigure),
    _day("half_year_on"),
    _word("note"),
    refers=(UNIT,),
)
OWN_CRITERIA: Final = _scoped(
    "own_criteria",
    _key("unit"),
    _key("code"),
    _word("slot"),
    _word("title"),
    Column("max", Exact, nullable=False),
    Column("method", TomlTree, nullable=False),
    refers=(UNIT,),
)
ENTRIES: Final = _scoped(
    "entries",
    _key("unit"),
    _key("criterion"),
    _key("round"),
    Column("pack", OptionalKey, primary_key=True, nullable=False),
    Column("state", Choice(EntryState), nullable=False),
    Column("figures", Figures, nullable=False),
    Column("points", Exact),
    _word("reason"),
    Column("evidence", Integer),
    _word("entered_by"),
    _word("entered_at"),
    refers=(UNIT,),
)
ROUND_STATES: Final = _scoped(
    "round_states",
    _key("unit"),
    _key("round"),
    Column("stage", Choice(RoundStage), nullable=False),
    _day("since"),
    _word("reason"),
    _day("submitted"),
    refers=(UNIT,),
)
EXPLANATIONS: Final = _scoped(
    "explanations",
    _key("id"),
    _word("unit", None),
    _word("criterion", None),
    _word("round", None),
    _word("question"),
    _word("asked_by"),
    _day("asked"),
    Column("answer", Words),
    _day("answered"),
    refers=(UNIT,),
)
EVIDENCE: Final = _scoped(
    "evidence",
    _key("id"),
    _word("number"),
    _day("date"),
    _word("issuer"),
    _word("subject"),
    _word("place"),
    Column("sha256", Words),
    Column("file_name", Words),
    Column("file_size", Integer),
)
EVIDENCE_LINKS: Final = _scoped(
    "evidence_links",
    _key("evidence"),
    _key("unit"),
    _key("criterion"),
    _key("round"),
    refers=(UNIT,),
)
EVIDENCE_LINKS.append_constraint(
    ForeignKeyConstraint(["period", "evidence"], ["evidence.period", "evidence.id"])
)
TOTALS: Final = _scoped(
    "totals",
    _key("unit"),
    _key("round"),
    Column("section", OptionalKey, primary_key=True, nullable=False),
    Column("points", Exact, nullable=False),
    refers=(UNIT,),
)


def _items(name: str) -> Table:
    return _numbered(
        name,
        _word("unit", None),
        _word("item", None),
        Column("count", Integer, nullable=False),
        Column("points", Exact),
        Column("figures", Figures, nullable=False),
        _word("subject"),
        _word("reason"),
        refers=(UNIT,),
    )


BONUS: Final = _items("bonus")
DEDUCTIONS: Final = _items("deductions")
STANDING: Final = _numbered(
    "standing",
    _word("unit", None),
    _word("case", None),
    _word("reference"),
    _day("since"),
    _day("until"),
    refers=(UNIT,),
)
CONDITIONS: Final = _scoped(
    "conditions",
    _key("unit"),
    _key("condition"),
    Column("met", YesNo, nullable=False),
    _word("reference"),
    refers=(UNIT,),
)
DEADLINES: Final = _scoped(
    "deadlines",
    _key("duty"),
    Column("cluster", OptionalKey, primary_key=True, nullable=False),
    Column("due", Day, nullable=False),
    _word("title"),
)
DEADLINE_EXCEPTIONS: Final = _scoped(
    "deadline_exceptions",
    _key("duty"),
    _key("unit"),
    Column("until", Day, nullable=False),
    _word("reason"),
    _word("granted_by"),
    refers=(UNIT,),
)
CONFERENCES: Final = _scoped(
    "conferences",
    _key("id"),
    _word("kind"),
    _word("title"),
    _day("date"),
    _word("place"),
    Column("cluster", Words),
    _word("chair"),
    _word("secretary"),
    Column("attendants", Attendants, nullable=False),
    refers=(CLUSTER,),
)
_COUNTS: Final = (
    "members",
    "present",
    "issued",
    "returned",
    "valid",
    "invalid",
    "blank",
    "written_returned",
)
BALLOTS: Final = _numbered(
    "ballots",
    _word("purpose", None),
    Column("award", Words),
    _word("form", None),
    Column("vote", Integer, nullable=False),
    *(
        Column(name, Counts, nullable=False)
        for name in ("votes", "against", "written", "written_against")
    ),
    *(Column(name, Integer) for name in _COUNTS),
    Column("cluster", Words),
    refers=(CLUSTER,),
)
DECISIONS: Final = _scoped(
    "decisions", _key("question"), _word("outcome"), _word("by"), _word("reference")
)
QUOTAS: Final = _scoped(
    "quotas",
    _key("award"),
    Column("cluster", OptionalKey, primary_key=True, nullable=False),
    Column("count", Integer),
    Column("percent", Exact),
    Column("base", Integer),
)
AWARDS: Final = _scoped(
    "awards",
    _key("id"),
    _word("unit", None),
    _word("award", None),
    Column("stage", Choice(AwardStage), nullable=False),
    _word("year"),
    _word("number"),
    _day("date"),
    _word("issuer"),
    _word("note"),
    refers=(UNIT,),
)
PAPERS: Final = _scoped(
    "papers",
    _key("id"),
    _word("kind", None),
    _word("title"),
    _word("number"),
    _day("date"),
    _word("digest"),
    Column("unit", Words),
    Column("cluster", Words),
)

KEPT: Final = tuple(METADATA.tables.values())
"""The tables whose rows enter the journal."""

AFTER_CLOSING: Final = frozenset({"awards", "papers"})
"""What may still be written when a year is closed: decisions and papers that come later."""
