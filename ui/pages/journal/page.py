"""The page Nhật ký."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class JournalPage(Page):
    """The page Nhật ký."""

    id = PageId.JOURNAL
    title = "Nhật ký"

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
