"""The page Đơn vị."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class UnitsPage(Page):
    """The page Đơn vị."""

    id = PageId.UNITS
    title = "Đơn vị"

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
