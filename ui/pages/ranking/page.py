"""The page Xếp hạng."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class RankingPage(Page):
    """The page Xếp hạng."""

    id = PageId.RANKING
    title = "Xếp hạng"

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
