"""What the steps of the wizard share."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.flows.new_cluster import NewCluster
from ui.theme.tokens import Theme


class StepView(QWidget):
    """One step: ``show_draft`` shows what is known, ``changed`` tells that something was said."""

    changed = Signal()

    def __init__(self, theme: Theme, draft: NewCluster) -> None:
        super().__init__()
        self.theme = theme
        self.draft = draft

    def show_draft(self) -> None:
        """Shows what the officer has said so far."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Puts the cursor where the step begins."""
        raise NotImplementedError
