"""Findings as a list: what, where, how to mend it; errors first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ground.findings import Finding, Severity
from ui.theme.tokens import Tone
from ui.widgets.words import label

_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WAITING, Severity.NOTE: Tone.INFO}
_WORDS = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cần xem", Severity.NOTE: "Ghi chú"}
_ORDER = list(_TONES)
_SHOWN = 200


class FindingsList(QScrollArea):
    """A scrolling list of findings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Danh sách điều cần xem")
        self.setMinimumHeight(120)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Shows these findings in place of others."""
        inner = QWidget()
        inner.setProperty("kind", "content")
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
        for finding in ordered[:_SHOWN]:
            rows.addWidget(_row(finding))
        if len(ordered) > _SHOWN:
            rows.addWidget(label(f"… và {len(ordered) - _SHOWN} điều nữa.", "muted"))
        rows.addStretch(1)
        self.setWidget(inner)


def _row(finding: Finding) -> QFrame:
    tone = _TONES[finding.severity]
    frame = QFrame()
    frame.setProperty("kind", "notice")
    frame.setProperty("tone", tone.value)
    lines = QVBoxLayout(frame)
    lines.setContentsMargins(12, 8, 12, 8)
    lines.setSpacing(4)
    head = QHBoxLayout()
    head.setSpacing(8)
    word = label(_WORDS[finding.severity], "strong", tone=tone)
    word.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    head.addWidget(word)
    head.addWidget(label(finding.place, "strong", wrap=True), 1)
    lines.addLayout(head)
    lines.addWidget(label(finding.message, wrap=True))
    if finding.remedy:
        lines.addWidget(label(finding.remedy, "muted", wrap=True))
    return frame
