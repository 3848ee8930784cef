"""Rows and nouns: which table keeps which noun of ``app.domain``, and by what key.

A column bears the name of the field that it keeps; ``renames`` names the exceptions. Nouns that
have no name of their own (a ground for bonus points, a ballot) lie in a ``NumberedBook`` and are
told apart by a number.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import RowMapping, Table

from app.domain import conference, exchange, papers, snapshot, year
from app.ground.text import composed
from app.persistence import tables

Noun = TypeVar("Noun")
Row = Mapping[str, Any] | RowMapping


class Book(Generic[Noun]):
    """The rows of one noun. ``stamped``: a row says who wrote it and when."""

    def __init__(
        self, make: Callable[..., Noun], table: Table, renames: Mapping[str, str] | None = None
    ) -> None:
        self.make = make
        self.table = table
        names = [field.name for field in dataclasses.fields(make)]  # type: ignore[arg-type]
        self.columns: Mapping[str, str] = {name: (renames or {}).get(name, name) for name in names}
        self.scoped = "period" in table.columns
        self.stamped = "entered_by" in table.columns
        self.keys = tuple(c.name for c in table.primary_key.columns if c.name != "period")

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    def row(self, noun: Noun) -> dict[str, Any]:
        """The values of a noun by column."""
        return {column: getattr(noun, name) for name, column in self.columns.items()}

    def noun(self, row: Row) -> Noun:
        """The noun that a row keeps."""
        return self.make(**{name: row[column] for name, column in self.columns.items()})

    def key(self, row: Row) -> tuple[Any, ...]:
        """The key of a row inside its period, texts in composed form."""
        parts = (row[key] for key in self.keys)
        return tuple(composed(part) if isinstance(part, str) else part for part in parts)


class NumberedBook(Book[Noun]):
    """The rows of a noun that has no name of its own."""


CLUSTERS: Final = Book(snapshot.Cluster, tables.CLUSTERS)
UNITS: Final = Book(snapshot.Unit, tables.UNITS)
OWN_CRITERIA: Final = Book(snapshot.OwnCriterion, tables.OWN_CRITERIA)
ENTRIES: Final = Book(snapshot.Entry, tables.ENTRIES)
TOTALS: Final = Book(snapshot.GivenTotal, tables.TOTALS)
BONUS: Final = NumberedBook(snapshot.ItemFact, tables.BONUS)
DEDUCTIONS: Final = NumberedBook(snapshot.ItemFact, tables.DEDUCTIONS)
STANDING: Final = NumberedBook(snapshot.StandingFact, tables.STANDING)
CONDITIONS: Final = Book(snapshot.ConditionFact, tables.CONDITIONS)
BALLOTS: Final = NumberedBook(snapshot.Ballot, tables.BALLOTS, {"number": "vote"})
DECISIONS: Final = Book(snapshot.Decision, tables.DECISIONS)
QUOTAS: Final = Book(snapshot.Quota, tables.QUOTAS)

PERIODS: Final = Book(year.PeriodRecord, tables.PERIODS)
CRITERIA_TABLES: Final = Book(year.CriteriaTable, tables.CRITERIA_TABLES)
SETTINGS: Final = Book(year.Setting, tables.SETTINGS)
PINNED_TABLES: Final = Book(year.PinnedTable, tables.PINNED_TABLES)
PARAMETER_CHOICES: Final = Book(year.ParameterChoice, tables.PARAMETER_CHOICES)
SUCCESSIONS: Final = Book(year.Succession, tables.SUCCESSIONS)
REGISTRATIONS: Final = Book(year.Registration, tables.REGISTRATIONS)
TARGETS: Final = Book(year.Target, tables.TARGETS)
ROUND_STATES: Final = Book(year.RoundState, tables.ROUND_STATES)
EXPLANATIONS: Final = Book(year.Explanation, tables.EXPLANATIONS)
EVIDENCE: Final = Book(year.Evidence, tables.EVIDENCE)
EVIDENCE_LINKS: Final = Book(year.EvidenceLink, tables.EVIDENCE_LINKS)
DEADLINES: Final = Book(year.Deadline, tables.DEADLINES)
DEADLINE_EXCEPTIONS: Final = Book(year.DeadlineException, tables.DEADLINE_EXCEPTIONS)
CONFERENCES: Final = Book(year.Conference, tables.CONFERENCES)
AWARDS: Final = Book(year.AwardRecord, tables.AWARDS)
PAPERS: Final = Book(year.IssuedPaper, tables.PAPERS)
WORDINGS: Final = Book(papers.Wording, tables.WORDINGS)
PAPER_ANSWERS: Final = Book(papers.PaperAnswer, tables.PAPER_ANSWERS)

SENDERS: Final = Book(exchange.Sender, tables.SENDERS)
PACKAGES: Final = Book(exchange.ExchangedPackage, tables.PACKAGES, {"period": "about_period"})

BALLOT_SHEETS: Final = Book(conference.BallotSheet, tables.BALLOT_SHEETS)
ACTIVITIES: Final = Book(conference.Activity, tables.ACTIVITIES)
DUTY_STATES: Final = Book(conference.DutyState, tables.DUTY_STATES)
PROPOSALS: Final = Book(conference.Proposal, tables.PROPOSALS)

NAMED: Final[tuple[Book[Any], ...]] = tuple(
    book for book in list(vars().values()) if type(book) is Book
)
NUMBERED: Final[tuple[NumberedBook[Any], ...]] = tuple(
    book for book in list(vars().values()) if type(book) is NumberedBook
)
