"""What is doubtful about a cell or a document, in place, with what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ground.findings import Finding
from ui.theme.tokens import Theme, Tone
from ui.widgets.words import label


class Remarks(QWidget):
    """A short list of findings, each in its frame; as high as it needs to be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Finding, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.measures.space_2)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Shows these in place of others."""
        if tuple(findings) == self._shown:
            return
        self._shown = tuple(findings)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for finding in findings:
            self._lines.addWidget(self._frame(finding))
        self.setVisible(bool(findings))

    def _frame(self, finding: Finding) -> QFrame:
        m = self._theme.measures
        frame = QFrame()
        frame.setProperty("kind", "notice")
        frame.setProperty("tone", (Tone.ERROR if finding.is_error else Tone.WAITING).value)
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(m.space_3, m.space_2, m.space_3, m.space_2)
        lines.setSpacing(m.space_1)
        lines.addWidget(label(f"{finding.place}: {finding.message}", wrap=True))
        if finding.remedy:
            lines.addWidget(label(finding.remedy, "muted", wrap=True))
        return frame
