"""The page Minh chứng."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class EvidencePage(Page):
    """The page Minh chứng."""

    id = PageId.EVIDENCE
    title = "Minh chứng"

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
