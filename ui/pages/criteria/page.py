"""The page Bảng tiêu chí."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class CriteriaPage(Page):
    """The page Bảng tiêu chí."""

    id = PageId.CRITERIA
    title = "Bảng tiêu chí"

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
