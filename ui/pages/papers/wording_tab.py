"""The tab Lời văn: the officer's own words, with the places that they may use beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.papers import Wording
from app.ground.findings import Finding
from ui.context import Context
from ui.pages.papers.columns import PLACES
from ui.pages.papers.facts import PlaceRow, WordingFacts
from ui.pages.papers.presenter import PapersPresenter
from ui.theme.tokens import Tone
from ui.widgets.panels import Panels
from ui.widgets.scrolling import Scrolling
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.words import button, label, set_tone

_PAUSE = 600
"""Milliseconds without a key after which the wording is tried out."""
_PARTS = (
    ("subject", "Trích yếu", 2),
    ("addressees", "Kính gửi", 2),
    ("body", "Nội dung", 10),
    ("recipients", "Nơi nhận", 4),
)
_TOLD = 3


class WordingTab(QWidget):
    """The wording of one paper; ``tried`` tells that it should be shown as it would be printed."""

    tried = Signal()

    def __init__(self, context: Context, presenter: PapersPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        self._paper = ""
        self._facts: WordingFacts | None = None
        self._showing = False
        self._faults = 0
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.parts: dict[str, QPlainTextEdit] = {}
        self._last: QPlainTextEdit | None = None
        self.search = SearchBox(context.theme, "Tìm chỗ (không cần gõ dấu)")
        self.places: Table[PlaceRow] = Table("Các chỗ có thể dùng", PLACES, context.theme)
        self.places.setMinimumHeight(m.row * 2)
        self.search.textChanged.connect(self.places.rows.find)
        self.places.entered.connect(self.insert)
        beside = QWidget()
        lines = QVBoxLayout(beside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_1)
        lines.addWidget(self.search)
        lines.addWidget(self.places, 1)
        whole.addWidget(
            Panels("paper-wording", context.preferences, self._editors(), beside, shares=(55, 45)),
            1,
        )
        foot = QHBoxLayout()
        foot.setSpacing(m.space_2)
        self.state = label("", "small", wrap=True)
        foot.addWidget(self.state, 1)
        self.restore = button("Trở lại lời văn có sẵn", self._restore, kind="quiet")
        foot.addWidget(self.restore)
        self.use = button("Dùng lời văn này", self._use, picture="check")
        foot.addWidget(self.use)
        whole.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.tried)

    def _editors(self) -> Scrolling:
        m = self._context.theme.measures
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, m.space_2, 0)
        lines.setSpacing(m.space_1)
        self.told = label("", tone=Tone.ERROR, wrap=True)
        self.told.hide()
        lines.addWidget(self.told)
        for name, words, height in _PARTS:
            lines.addWidget(label(words, "strong"))
            edit = QPlainTextEdit()
            edit.setAccessibleName(words)
            edit.setTabChangesFocus(True)
            edit.setMinimumHeight(height * m.space_6 + m.space_2)
            edit.textChanged.connect(self._typed)
            edit.installEventFilter(self)
            lines.addWidget(edit, 1 if name == "body" else 0)
            self.parts[name] = edit
        return Scrolling(inner, "Lời văn của văn bản")

    # ------------------------------------------------------------- showing

    def show_paper(self, paper: str) -> None:
        """Shows the wording of a paper; what was changed and not used yet is still there."""
        if paper != self._paper:
            self._paper, self._facts = paper, None
            self._enable()
        if paper:
            self._presenter.wording(paper, self._show)

    def _show(self, facts: WordingFacts) -> None:
        if facts.wording.paper != self._paper:
            return
        first, self._facts = self._facts is None, facts
        wanted = self._presenter.unused.get(self._paper, facts.wording)
        if first or wanted != self.wording:
            self._showing = True
            for name, edit in self.parts.items():
                if edit.toPlainText() != getattr(wanted, name):
                    edit.setPlainText(getattr(wanted, name))
            self._showing = False
        self.places.show_rows(facts.places)
        self._enable()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Shows what is wrong with the wording as it was tried out."""
        self._faults = len(findings)
        told = [f"{finding.message} {finding.remedy}" for finding in findings[:_TOLD]]
        more = len(findings) - len(told)
        self.told.setText("\n".join(told) + (f"\n… và {more} điều nữa." if more > 0 else ""))
        self.told.setVisible(bool(told))
        self._enable()

    @property
    def wording(self) -> Wording:
        """The wording as it is typed."""
        typed = {name: edit.toPlainText() for name, edit in self.parts.items()}
        return Wording(self._paper, **typed)

    @property
    def changed(self) -> bool:
        """Whether the typed wording is not the one that is used."""
        return self._facts is not None and self.wording != self._facts.wording

    def _enable(self) -> None:
        facts, may = self._facts, self._presenter.may_write
        for edit in self.parts.values():
            edit.setReadOnly(facts is None or not may)
        self.use.setEnabled(may and self.changed)
        self.restore.setEnabled(may and facts is not None and (self.changed or not facts.shipped))
        if facts is None:
            words = ""
        elif self._faults:
            words = f"Có {self._faults} chỗ chưa đúng."
        elif self.changed:
            words = "Đã sửa, chưa dùng: thẻ Xem trước đang cho thấy lời văn này."
        elif facts.shipped:
            words = "Đang dùng lời văn có sẵn."
        else:
            words = "Đang dùng lời văn riêng của cụm, khối."
        self.state.setText(words)
        set_tone(self.state, Tone.ERROR if self._faults else Tone.NEUTRAL)

    # ------------------------------------------------------------- typing

    def _typed(self) -> None:
        if self._showing or self._facts is None:
            return
        if self.changed:
            self._presenter.unused[self._paper] = self.wording
        else:
            self._presenter.unused.pop(self._paper, None)
        self._enable()
        self._timer.start()

    def insert(self, place: PlaceRow) -> None:
        """Writes a place where the cursor is; one that gives tables on a line of its own."""
        edit = self._last or self.parts["body"]
        if place.alone:
            edit = self.parts["body"]
        if edit.isReadOnly():
            return
        cursor = edit.textCursor()
        cursor.removeSelectedText()
        if place.alone and not cursor.atBlockStart():
            cursor.insertText("\n")
        cursor.insertText(place.mark)
        if place.alone and not cursor.atBlockEnd():
            cursor.insertText("\n")
        edit.setTextCursor(cursor)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Remembers in which part the cursor was last."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QPlainTextEdit):
            self._last = watched
        return False

    def stop(self) -> None:
        """Nothing is tried out any more."""
        self._timer.stop()

    # ------------------------------------------------------------- acting

    def _use(self) -> None:
        wording = self.wording
        self._context.do(lambda: self._presenter.use_wording(wording))

    def _restore(self) -> None:
        paper, facts = self._paper, self._facts
        if facts is None:
            return
        if facts.shipped:
            self._presenter.unused.pop(paper, None)
            self._show(facts)
            self.tried.emit()
            return
        self._context.notices.ask(
            "Trở lại lời văn có sẵn?",
            "Lời văn riêng của văn bản này được bỏ đi, văn bản trở lại lời văn có sẵn của chương "
            "trình. Có thể lấy lại bằng Hoàn tác.",
            "Trở lại lời văn có sẵn",
            self._give_back,
        )

    def _give_back(self) -> None:
        paper = self._paper
        self._context.do(lambda: self._presenter.restore_wording(paper))
