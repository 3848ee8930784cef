"""The schema: strict tables without any float column, and the journal beside them.

A table of the year is *scoped*: its key begins with the period, so that a sealed year never
changes when a unit is renamed in the next one. Foreign keys bind units to their period; nothing
cascades, a row that is still used cannot go.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKeyConstraint, Integer, Table

from app.domain.conference import BallotStage, ProposalState
from app.domain.snapshot import EntryState
from app.domain.year import AwardStage, PeriodState, RoundStage, TableState
from app.persistence.columns import (
    Amounts,
    Attendants,
    Candidates,
    Choice,
    Counts,
    Day,
    Exact,
    Figures,
    OneFigure,
    OptionalKey,
    TomlTree,
    WordList,
    Words,
    WordSet,
    YesNo,
)
from app.persistence.duty_tables import ACTIVITIES as ACTIVITIES
from app.persistence.duty_tables import DUTY_STATES as DUTY_STATES
from app.persistence.exchange_tables import PACKAGES as PACKAGES
from app.persistence.exchange_tables import SENDERS as SENDERS
from app.persistence.paper_tables import PAPER_ANSWERS as PAPER_ANSWERS
from app.persistence.paper_tables import WORDINGS as WORDINGS
from app.persistence.table_parts import CLUSTER, UNIT, day, key, numbered, scoped, table, word
from app.persistence.table_parts import METADATA as METADATA

APPLICATION_ID: Final = 0x42566E67
"""Marks a SQLite file as a workspace of this program ("BVng")."""

SCHEMA: Final = 3
"""The number of this schema, kept as ``user_version``; one Alembic script leads to each."""

PERIODS: Final = table(
    "periods",
    key("id"),
    word("name"),
    Column("start", Day, nullable=False),
    Column("end", Day, nullable=False),
    word("kind"),
    Column("state", Choice(PeriodState), nullable=False),
    Column("ranking_round", Words),
)
CRITERIA_TABLES: Final = table(
    "criteria_tables",
    key("id"),
    Column("version", Integer, primary_key=True, nullable=False, autoincrement=False),
    word("title"),
    Column("tree", TomlTree, nullable=False),
    word("digest"),
    Column("state", Choice(TableState), nullable=False),
    Column("base", Words),
    Column("base_digest", Words),
    word("reason"),
)
SETTINGS: Final = table("settings", key("key"), word("value"))

PINNED_TABLES: Final = scoped(
    "pinned_tables",
    Column("place", Integer, primary_key=True, nullable=False, autoincrement=False),
    word("table", None),
    Column("version", Integer, nullable=False),
)
PINNED_TABLES.append_constraint(
    ForeignKeyConstraint(["table", "version"], ["criteria_tables.id", "criteria_tables.version"])
)
PARAMETER_CHOICES: Final = scoped(
    "parameter_choices",
    key("parameter"),
    Column("value", OneFigure, nullable=False),
    word("reason"),
)
CLUSTERS: Final = scoped("clusters", key("id"), word("name"), Column("block", Words))
UNITS: Final = scoped(
    "units",
    key("id"),
    word("name"),
    word("cluster", None),
    Column("roles", WordSet, nullable=False),
    day("joined"),
    day("left"),
    Column("attributes", Figures, nullable=False),
    refers=(CLUSTER,),
)
SUCCESSIONS: Final = scoped(
    "successions",
    key("unit"),
    key("predecessor"),
    key("predecessor_period"),
    word("kind"),
    day("day"),
    word("note"),
    refers=(UNIT,),
)
SUCCESSIONS.append_constraint(
    ForeignKeyConstraint(["predecessor_period", "predecessor"], ["units.period", "units.id"])
)
REGISTRATIONS: Final = scoped(
    "registrations",
    key("unit"),
    key("kind"),
    word("number"),
    word("content"),
    day("signed"),
    day("received_by_leader"),
    day("received_by_department"),
    refers=(UNIT,),
)
TARGETS: Final = scoped(
    "targets",
    key("unit"),
    key("code"),
    word("title"),
    Column("criterion", Words),
    Column("plan", OneFigure),
    word("measure"),
    Column("half_year", OneFigure),
    day("half_year_on"),
    word("note"),
    refers=(UNIT,),
)
OWN_CRITERIA: Final = scoped(
    "own_criteria",
    key("unit"),
    key("code"),
    word("slot"),
    word("title"),
    Column("max", Exact, nullable=False),
    Column("method", TomlTree, nullable=False),
    refers=(UNIT,),
)
ENTRIES: Final = scoped(
    "entries",
    key("unit"),
    key("criterion"),
    key("round"),
    Column("pack", OptionalKey, primary_key=True, nullable=False),
    Column("state", Choice(EntryState), nullable=False),
    Column("figures", Figures, nullable=False),
    Column("points", Exact),
    word("reason"),
    Column("evidence", Integer),
    word("entered_by"),
    word("entered_at"),
    refers=(UNIT,),
)
ROUND_STATES: Final = scoped(
    "round_states",
    key("unit"),
    key("round"),
    Column("stage", Choice(RoundStage), nullable=False),
    day("since"),
    word("reason"),
    day("submitted"),
    refers=(UNIT,),
)
EXPLANATIONS: Final = scoped(
    "explanations",
    key("id"),
    word("unit", None),
    word("criterion", None),
    word("round", None),
    word("question"),
    word("asked_by"),
    day("asked"),
    Column("answer", Words),
    day("answered"),
    refers=(UNIT,),
)
EVIDENCE: Final = scoped(
    "evidence",
    key("id"),
    word("number"),
    day("date"),
    word("issuer"),
    word("subject"),
    word("place"),
    Column("sha256", Words),
    Column("file_name", Words),
    Column("file_size", Integer),
)
EVIDENCE_LINKS: Final = scoped(
    "evidence_links",
    key("evidence"),
    key("unit"),
    key("criterion"),
    key("round"),
    refers=(UNIT,),
)
EVIDENCE_LINKS.append_constraint(
    ForeignKeyConstraint(["period", "evidence"], ["evidence.period", "evidence.id"])
)
TOTALS: Final = scoped(
    "totals",
    key("unit"),
    key("round"),
    Column("section", OptionalKey, primary_key=True, nullable=False),
    Column("points", Exact, nullable=False),
    refers=(UNIT,),
)


def _items(name: str) -> Table:
    return numbered(
        name,
        word("unit", None),
        word("item", None),
        Column("count", Integer, nullable=False),
        Column("points", Exact),
        Column("figures", Figures, nullable=False),
        word("subject"),
        word("reason"),
        refers=(UNIT,),
    )


BONUS: Final = _items("bonus")
DEDUCTIONS: Final = _items("deductions")
STANDING: Final = numbered(
    "standing",
    word("unit", None),
    word("case", None),
    word("reference"),
    day("since"),
    day("until"),
    refers=(UNIT,),
)
CONDITIONS: Final = scoped(
    "conditions",
    key("unit"),
    key("condition"),
    Column("met", YesNo, nullable=False),
    word("reference"),
    refers=(UNIT,),
)
DEADLINES: Final = scoped(
    "deadlines",
    key("duty"),
    Column("cluster", OptionalKey, primary_key=True, nullable=False),
    Column("due", Day, nullable=False),
    word("title"),
)
DEADLINE_EXCEPTIONS: Final = scoped(
    "deadline_exceptions",
    key("duty"),
    key("unit"),
    Column("until", Day, nullable=False),
    word("reason"),
    word("granted_by"),
    refers=(UNIT,),
)
CONFERENCES: Final = scoped(
    "conferences",
    key("id"),
    word("kind"),
    word("title"),
    day("date"),
    word("place"),
    Column("cluster", Words),
    word("chair"),
    word("secretary"),
    Column("attendants", Attendants, nullable=False),
    refers=(CLUSTER,),
)
_PAPERS: Final = ("members", "present", "issued", "returned")
_COUNTS: Final = (*_PAPERS, "valid", "invalid", "blank", "written_returned")
_BY_AND_ON: Final = (("by", word), ("on", day))
_ACTS: Final = ("opened", "counted", "confirmed")
BALLOTS: Final = numbered(
    "ballots",
    word("purpose", None),
    Column("award", Words),
    word("form", None),
    Column("vote", Integer, nullable=False),
    *(
        Column(name, Counts, nullable=False)
        for name in ("votes", "against", "written", "written_against")
    ),
    *(Column(name, Integer) for name in _COUNTS),
    Column("cluster", Words),
    Column("totals", Amounts),
    Column("places", Integer),
    refers=(CLUSTER,),
)
BALLOT_SHEETS: Final = scoped(
    "ballot_sheets",
    key("id"),
    word("purpose", None),
    word("form", None),
    Column("vote", Integer, nullable=False),
    Column("stage", Choice(BallotStage), nullable=False),
    word("title"),
    Column("award", Words),
    Column("cluster", Words),
    Column("candidates", Candidates, nullable=False),
    Column("places", Integer, nullable=False),
    word("question"),
    Column("totals", Amounts),
    Column("tellers", WordList, nullable=False),
    Column("conference", Words),
    *(made(f"{act}_{name}") for act in _ACTS for name, made in _BY_AND_ON),
    Column("ballot", Integer),
    word("reason"),
    refers=(CLUSTER,),
)
for column, there in (("conference", "conferences.id"), ("ballot", "ballots.number")):
    BALLOT_SHEETS.append_constraint(
        ForeignKeyConstraint(["period", column], [there.split(".")[0] + ".period", there])
    )
DECISIONS: Final = scoped(
    "decisions", key("question"), word("outcome"), word("by"), word("reference")
)
QUOTAS: Final = scoped(
    "quotas",
    key("award"),
    Column("cluster", OptionalKey, primary_key=True, nullable=False),
    Column("count", Integer),
    Column("percent", Exact),
    Column("base", Integer),
)
AWARDS: Final = scoped(
    "awards",
    key("id"),
    word("unit", None),
    word("award", None),
    Column("stage", Choice(AwardStage), nullable=False),
    word("year"),
    word("number"),
    day("date"),
    word("issuer"),
    word("note"),
    refers=(UNIT,),
)
PAPERS: Final = scoped(
    "papers",
    key("id"),
    word("kind", None),
    word("title"),
    word("number"),
    day("date"),
    word("digest"),
    Column("unit", Words),
    Column("cluster", Words),
)

PROPOSALS: Final = scoped(
    "proposals",
    key("id"),
    word("award", None),
    word("unit", None),
    Column("state", Choice(ProposalState), nullable=False),
    Column("cluster", Words),
    Column("place", Integer),
    word("digest"),
    word("head"),
    *(made(f"{act}_{name}") for act in ("made", "changed") for name, made in _BY_AND_ON),
    word("reason"),
    word("reference"),
    Column("replaces", Words),
    refers=(UNIT, CLUSTER),
)

KEPT: Final = tuple(METADATA.tables.values())
"""The tables whose rows enter the journal."""

AFTER_CLOSING: Final = frozenset({"awards", "papers", "paper_answers"})
"""What may still be written when a year is closed: decisions and papers that come later."""
