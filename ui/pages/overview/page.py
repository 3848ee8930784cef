"""The page Tổng quan."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class OverviewPage(Page):
    """The page Tổng quan."""

    id = PageId.OVERVIEW
    title = "Tổng quan"

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
