"""Views of one thing behind each other, each with its word."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget


class Tabs(QTabWidget):
    """Tabs with a name to be read aloud; Ctrl+Tab goes on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setAccessibleName(name)
        self.tabBar().setAccessibleName(name)
        self.tabBar().setDrawBase(False)
