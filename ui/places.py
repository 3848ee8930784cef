"""Where one can be in the window: pages by name, and a spot on a page that another may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PageId(StrEnum):
    """The pages, in the order of the year."""

    START = "start"
    OVERVIEW = "overview"
    UNITS = "units"
    CRITERIA = "criteria"
    SCORES = "scores"
    EVIDENCE = "evidence"
    RANKING = "ranking"
    BALLOTS = "ballots"
    AWARDS = "awards"
    PAPERS = "papers"
    CALENDAR = "calendar"
    FORMS = "forms"
    EXCHANGE = "exchange"
    PROVINCE = "province"
    HEALTH = "health"
    CLOSING = "closing"
    JOURNAL = "journal"
    SETTINGS = "settings"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot: a page, and on it a unit, a criterion, a round or a topic of help."""

    page: PageId
    unit: str | None = None
    criterion: str | None = None
    round: str | None = None
    topic: str | None = None
