"""The page Trợ giúp."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class HelpPage(Page):
    """The page Trợ giúp."""

    id = PageId.HELP
    title = "Trợ giúp"
    needs_year = False

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
