"""The panel beside the grid: what would move, why the number is what it is, its history."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout

from app.ground.findings import Severity
from ui.pages.scores.explained import Explained
from ui.pages.scores.trial import Tried
from ui.theme.tokens import Theme, Tone
from ui.widgets.words import button, label

_WORDS = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cần xem", Severity.NOTE: "Ghi chú"}
_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WAITING, Severity.NOTE: Tone.INFO}
_FEW = 8
ASK, ANSWER = "Yêu cầu giải trình…", "Ghi trả lời của đơn vị…"


class ExplainPanel(QFrame):
    """Explains the selected number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        m = theme.measures
        self.setProperty("kind", "card")
        self.setAccessibleName("Giải thích ô đang chọn")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(m.space_3, m.space_3, m.space_3, m.space_2)
        lines.setSpacing(m.space_1)
        self.title = label("", "strong", wrap=True)
        self.unit = label("", "muted", wrap=True)
        self.points = label("", "section", wrap=True)
        for made in (self.title, self.unit, self.points):
            lines.addWidget(made)
        self.trial = QFrame()
        self.trial.setProperty("kind", "notice")
        self.trial.setProperty("tone", Tone.INFO.value)
        inner = QVBoxLayout(self.trial)
        inner.setContentsMargins(m.space_2, m.space_1, m.space_2, m.space_1)
        self.trial_words = label("", wrap=True)
        inner.addWidget(self.trial_words)
        self.trial.hide()
        lines.addWidget(self.trial)
        self.waiting = QFrame()
        self.waiting.setProperty("kind", "notice")
        self.waiting.setProperty("tone", Tone.WAITING.value)
        waits = QVBoxLayout(self.waiting)
        waits.setContentsMargins(m.space_2, m.space_1, m.space_2, m.space_1)
        self.waiting_words = label("", wrap=True)
        waits.addWidget(self.waiting_words)
        self.waiting.hide()
        lines.addWidget(self.waiting)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Cách tính, minh chứng và lịch sử của ô")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setProperty("kind", "plain")
        self.text.setOpenLinks(False)
        lines.addWidget(self.text, 1)
        acts = QHBoxLayout()
        self.evidence = button("Minh chứng", kind="link", tip="Minh chứng của ô này")
        self.criterion = button("Cách chấm", kind="link", tip="Tiêu chí này trong bảng tiêu chí")
        acts.addWidget(self.evidence)
        acts.addWidget(self.criterion)
        acts.addStretch(1)
        lines.addLayout(acts)
        self.ask = button(ASK, kind="link", tip="Đơn vị phải trả lời về ô này")
        self.ask.hide()
        lines.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        self._body = ""

    def show_cell(self, cell: Explained | None) -> None:
        """Explains a cell; the history comes later."""
        known = cell or Explained("Chưa chọn ô nào", "", "")
        self.title.setText(known.title)
        self.unit.setText(known.unit)
        self.points.setText(known.points)
        self.points.setVisible(bool(known.points))
        waiting = known.waiting
        words = "" if waiting is None else f"Chờ giải trình: {waiting.question}"
        when = f" ({waiting.asked})" if waiting is not None and waiting.asked else ""
        self.waiting_words.setText(words + when)
        self.waiting.setVisible(waiting is not None)
        self.ask.setText(ASK if waiting is None else ANSWER)
        self.ask.setAccessibleName(self.ask.text())
        self.ask.setVisible(known.may_ask)
        self._body = self._html(known)
        self.text.setHtml(self._body)

    def show_history(self, sentences: Sequence[str]) -> None:
        """What happened to the cell, the newest first."""
        if not sentences:
            return
        shown = "".join(self._paragraph(escape(one)) for one in sentences[:_FEW])
        more = len(sentences) - _FEW
        if more > 0:
            shown += self._paragraph(f"… và {more} lần sửa trước đó (xem trang Nhật ký).")
        place = self.text.verticalScrollBar().value()
        self.text.setHtml(self._body + self._head("Lịch sử") + shown)
        self.text.verticalScrollBar().setValue(place)

    def show_trial(self, tried: Tried | None) -> None:
        """What would move, while something is typed."""
        words: list[str] = []
        if tried is not None:
            words += tried.own
            if tried.others:
                words.append("Đơn vị khác thay đổi theo:")
                words += [f"• {one}" for one in tried.others[:_FEW]]
                if len(tried.others) > _FEW:
                    words.append(f"… và {len(tried.others) - _FEW} đơn vị nữa.")
            elif words:
                words.append("Không đơn vị nào khác thay đổi.")
        self.trial_words.setText("\n".join(words))
        self.trial.setVisible(bool(words))

    # ------------------------------------------------------------- words

    def _head(self, text: str) -> str:
        return f'<p style="margin: 10px 0 2px 0"><b>{escape(text)}</b></p>'

    def _paragraph(self, inner: str, depth: int = 0) -> str:
        return f'<p style="margin: 2px 0 2px {depth * 12}px">{inner}</p>'

    def _muted(self, text: str) -> str:
        return f'<span style="color: {self._theme.palette.muted}">{escape(text)}</span>'

    def _html(self, cell: Explained) -> str:
        parts: list[str] = []
        for finding in cell.findings:
            colour = self._theme.palette.strong(_TONES[finding.severity])
            word = f'<b style="color: {colour}">{_WORDS[finding.severity]}</b>'
            parts.append(self._paragraph(f"{word}: {escape(finding.message)}"))
            if finding.remedy:
                parts.append(self._paragraph(self._muted(finding.remedy)))
        if cell.steps:
            parts.append(self._head("Cách tính"))
            for step in cell.steps:
                place = f" {self._muted(f'[{step.place}]')}" if step.place else ""
                parts.append(self._paragraph(escape(step.text) + place, step.depth))
        if cell.rounds:
            parts.append(self._head("Các vòng chấm"))
            for said in cell.rounds:
                title = f"<b>{escape(said.title)}</b>" if said.counts else escape(said.title)
                mark = self._muted(" (đang dùng)") if said.counts else ""
                parts.append(self._paragraph(f"{title}{mark}: {escape(said.text)}"))
                if said.reason:
                    parts.append(self._paragraph(self._muted(f"Lý do: {said.reason}"), 1))
        if cell.place or cell.quote:
            parts.append(self._head("Căn cứ"))
            if cell.place:
                parts.append(self._paragraph(escape(cell.place)))
            if cell.quote:
                parts.append(self._paragraph(f"<i>{escape(cell.quote)}</i>"))
        if cell.evidence:
            parts.append(self._head("Minh chứng"))
            parts += [self._paragraph(f"• {escape(one)}") for one in cell.evidence]
        if cell.questions:
            parts.append(self._head("Giải trình"))
            parts += [self._paragraph(f"• {escape(one)}") for one in cell.questions]
        return "".join(parts)
