"""The page Nhập/xuất biểu mẫu."""

from __future__ import annotations

from ui.page import Page
from ui.places import PageId
from ui.session import Topic


class FormsPage(Page):
    """The page Nhập/xuất biểu mẫu."""

    id = PageId.FORMS
    title = "Nhập/xuất biểu mẫu"

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state."""
