"""How each page is made; its modules are imported only then, so the window shows first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ui.context import Context
from ui.main_window import PageMaker
from ui.page import Page
from ui.places import PageId


def _start(context: Context) -> Page:
    from ui.pages.start.page import StartPage

    return StartPage(context)


def _overview(context: Context) -> Page:
    from ui.pages.overview.page import OverviewPage

    return OverviewPage(context)


def _units(context: Context) -> Page:
    from ui.pages.units.page import UnitsPage

    return UnitsPage(context)


def _criteria(context: Context) -> Page:
    from ui.pages.criteria.page import CriteriaPage

    return CriteriaPage(context)


def _scores(context: Context) -> Page:
    from ui.pages.scores.page import ScoresPage

    return ScoresPage(context)


def _evidence(context: Context) -> Page:
    from ui.pages.evidence.page import EvidencePage

    return EvidencePage(context)


def _ranking(context: Context) -> Page:
    from ui.pages.ranking.page import RankingPage

    return RankingPage(context)


def _ballots(context: Context) -> Page:
    from ui.pages.ballots.page import BallotsPage

    return BallotsPage(context)


def _awards(context: Context) -> Page:
    from ui.pages.awards.page import AwardsPage

    return AwardsPage(context)


def _papers(context: Context) -> Page:
    from ui.pages.papers.page import PapersPage

    return PapersPage(context)


def _calendar(context: Context) -> Page:
    from ui.pages.calendar.page import CalendarPage

    return CalendarPage(context)


def _forms(context: Context) -> Page:
    from ui.pages.forms.page import FormsPage

    return FormsPage(context)


def _exchange(context: Context) -> Page:
    from ui.pages.exchange.page import ExchangePage

    return ExchangePage(context)


def _province(context: Context) -> Page:
    from ui.pages.province.page import ProvincePage

    return ProvincePage(context)


def _health(context: Context) -> Page:
    from ui.pages.health.page import HealthPage

    return HealthPage(context)


def _closing(context: Context) -> Page:
    from ui.pages.closing.page import ClosingPage

    return ClosingPage(context)


def _journal(context: Context) -> Page:
    from ui.pages.journal.page import JournalPage

    return JournalPage(context)


def _settings(context: Context) -> Page:
    from ui.pages.settings.page import SettingsPage

    return SettingsPage(context)


def _help(context: Context) -> Page:
    from ui.pages.help.page import HelpPage

    return HelpPage(context)


PAGES: Final[Mapping[PageId, PageMaker]] = {
    PageId.START: _start,
    PageId.OVERVIEW: _overview,
    PageId.UNITS: _units,
    PageId.CRITERIA: _criteria,
    PageId.SCORES: _scores,
    PageId.EVIDENCE: _evidence,
    PageId.RANKING: _ranking,
    PageId.BALLOTS: _ballots,
    PageId.AWARDS: _awards,
    PageId.PAPERS: _papers,
    PageId.CALENDAR: _calendar,
    PageId.FORMS: _forms,
    PageId.EXCHANGE: _exchange,
    PageId.PROVINCE: _province,
    PageId.HEALTH: _health,
    PageId.CLOSING: _closing,
    PageId.JOURNAL: _journal,
    PageId.SETTINGS: _settings,
    PageId.HELP: _help,
}
