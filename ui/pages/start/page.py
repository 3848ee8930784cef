"""The page Bắt đầu."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class StartPage(Page):
    """The page Bắt đầu."""

    id = PageId.START
    title = "Bắt đầu"
    needs_year = False

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
