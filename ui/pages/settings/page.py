"""The page Cài đặt."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class SettingsPage(Page):
    """The page Cài đặt."""

    id = PageId.SETTINGS
    title = "Cài đặt"
    needs_year = False

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
