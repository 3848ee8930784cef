"""The page Chấm điểm."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class ScoresPage(Page):
    """The page Chấm điểm."""

    id = PageId.SCORES
    title = "Chấm điểm"

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
