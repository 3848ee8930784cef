"""The chosen paper: for whom, how far it is, its pages, what is filled in, its wording."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ground.findings import UserError
from app.reports.papers.data import PaperData
from ui.context import Context
from ui.pages.papers.facts import Key, PaperRow, Reason, Shown, Standing
from ui.pages.papers.fill_tab import FillTab
from ui.pages.papers.presenter import PapersPresenter
from ui.pages.papers.standing import WORDING
from ui.pages.papers.wording_tab import WordingTab
from ui.theme.tokens import Tone
from ui.widgets.page_view import PageView
from ui.widgets.scrolling import Scrolling
from ui.widgets.tabs import Tabs
from ui.widgets.words import button, chip, label, set_tone

_MAKING = "Đang lập văn bản…"
_WHY = "Vì sao là dự thảo"


class PaperPanel(QWidget):
    """One paper. ``moved`` tells that it is now made for another unit, ballot or conference."""

    moved = Signal()

    def __init__(self, context: Context, presenter: PapersPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        self._row: PaperRow | None = None
        self._wanted: dict[str, str] = {}
        self._key: Key | None = None
        self._asked = 0
        self._drawn_from: PaperData | None = None
        self.standing: Standing | None = None
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(m.space_2, 0, 0, 0)
        whole.setSpacing(m.space_1)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.title = label("", "section", wrap=True)
        head.addWidget(self.title, 1)
        self.state = chip("")
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(head)
        self.subject = QComboBox()
        self.subject.setAccessibleName("Lập cho")
        self.subject.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.subject.setMinimumContentsLength(18)
        self.subject.activated.connect(self._choose_subject)
        whole.addWidget(self.subject)
        self.tabs = Tabs("Các phần của văn bản")
        self.view = PageView(
            "Trang văn bản", context.theme, context.runner, "Ghi văn bản ra tệp để xem."
        )
        self.tabs.addTab(self._padded(self.view), "Xem trước")
        self.fill = FillTab(context, presenter)
        self.tabs.addTab(self.fill, "Điền")
        self.wording = WordingTab(context, presenter)
        self.wording.tried.connect(self.draw)
        self.tabs.addTab(self.wording, "Lời văn")
        self.why = Scrolling(QWidget(), _WHY)
        self.tabs.addTab(self.why, _WHY)
        self.tabs.currentChanged.connect(self._turned)
        whole.addWidget(self.tabs, 1)

    def _padded(self, inner: QWidget) -> QWidget:
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, self._context.theme.measures.space_2, 0, 0)
        lines.addWidget(inner)
        return made

    # ------------------------------------------------------------- showing

    @property
    def key(self) -> Key | None:
        """The paper in sight."""
        return self._key

    def show_row(self, row: PaperRow | None, unit: str = "") -> None:
        """Shows a kind of paper, for whom it was looked at last."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            self._key = None
            return
        ids = [subject.id for subject in row.subjects]
        wanted = self._wanted.get(row.id, unit)
        chosen = wanted if wanted in ids else ids[0]
        shown = [self.subject.itemData(at) for at in range(self.subject.count())]
        names = [self.subject.itemText(at) for at in range(self.subject.count())]
        if shown != ids or names != [subject.name for subject in row.subjects]:
            self.subject.clear()
            for subject in row.subjects:
                self.subject.addItem(subject.name, subject.id)
        self.subject.setCurrentIndex(ids.index(chosen))
        self.subject.setVisible(len(ids) > 1)
        single = row.subjects[0].name if len(ids) == 1 else ""
        self.title.setText(f"{row.title} - {single}" if single else row.title)
        self._show_key((row.id, chosen))

    def _show_key(self, key: Key) -> None:
        """Shows a paper; where it is in sight already, only what its data changed."""
        other, data = key != self._key, self._presenter.data
        if other:
            self.leave_fields()
        self._key = key
        self.fill.show_paper(key)
        if not other and data is self._drawn_from:
            return
        self._drawn_from = data
        if other:
            self._show_standing(self._presenter.standing(key))
            self.wording.show_findings(())
            self.view.say(_MAKING)
        self.wording.show_paper(key[0])
        self.draw(stay=not other)

    def _show_standing(self, standing: Standing) -> None:
        if standing == self.standing:
            return
        self.standing = standing
        self.state.setText(standing.words)
        set_tone(self.state, standing.tone)
        self.state.setToolTip("\n".join(standing.blanks))
        at = self.tabs.indexOf(self.why)
        self.tabs.setTabVisible(at, bool(standing.reasons))
        self.tabs.setTabText(at, f"{_WHY} ({len(standing.reasons)})")
        if standing.reasons:
            self.why.setWidget(self._reasons(standing))

    def _reasons(self, standing: Standing) -> QWidget:
        m = self._context.theme.measures
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, m.space_2, m.space_2, 0)
        lines.setSpacing(m.space_2)
        words = "Văn bản được in với dấu DỰ THẢO cho đến khi các điều sau được giải quyết."
        lines.addWidget(label(words, "muted", wrap=True))
        for reason in standing.reasons:
            lines.addWidget(self._reason(reason, standing.tone))
        lines.addStretch(1)
        return inner

    def _reason(self, reason: Reason, tone: Tone) -> QFrame:
        m = self._context.theme.measures
        frame = QFrame()
        frame.setProperty("kind", "notice")
        frame.setProperty("tone", tone.value)
        lines = QHBoxLayout(frame)
        lines.setContentsMargins(m.space_3, m.space_1, m.space_2, m.space_1)
        lines.setSpacing(m.space_2)
        lines.addWidget(label(reason.words, wrap=True), 1)
        place = reason.place
        if place is not None:
            lines.addWidget(button(reason.verb, lambda: self._context.go(place), kind="quiet"))
        elif reason.verb == WORDING:
            lines.addWidget(button(reason.verb, self.to_wording, kind="quiet"))
        return frame

    # ------------------------------------------------------------- drawing

    def draw(self, *, stay: bool = True) -> None:
        """Makes the paper anew and shows its pages, with the wording as it is typed."""
        key = self._key
        if key is None:
            return
        self._asked += 1
        asked = self._asked

        def done(shown: Shown) -> None:
            if asked == self._asked:
                self._show_standing(shown.standing)
                self.wording.show_findings(shown.findings)
                self.view.show_file(shown.pdf, stay=stay)

        def failed(fault: Exception) -> None:
            if not isinstance(fault, UserError):
                raise fault
            if asked == self._asked:
                finding = fault.findings[0]
                self.view.say(f"{finding.message} {finding.remedy}")

        wording = self._presenter.unused.get(key[0])
        self._presenter.preview(key, wording, done, failed)

    def start_over(self) -> None:
        """Another workspace or year is open: nothing of the one before stays in sight."""
        self.fill.start_over()
        self.wording.show_paper("")
        self._asked += 1
        self._key, self._drawn_from = None, None
        self._wanted.clear()

    def forget(self) -> None:
        """The panel is thrown away."""
        self._asked += 1
        self._key = None
        self.view.forget()
        self.wording.stop()

    # ------------------------------------------------------------- going about

    def _choose_subject(self, at: int) -> None:
        if self._row is not None:
            self.leave_fields()
            subject = str(self.subject.itemData(at))
            self._wanted[self._row.id] = subject
            self._show_key((self._row.id, subject))
            self.moved.emit()

    def _turned(self, _at: int) -> None:
        if self.tabs.currentWidget() is not self.fill:
            self.leave_fields()

    def leave_fields(self) -> None:
        """Keeps what was typed before something else is shown."""
        if self.fill.typed and not self.fill.keep():
            self._context.notices.said.emit(
                "Có nội dung đã gõ ở thẻ Điền chưa lưu được; xin xem lại các ô được đánh dấu."
            )

    def to_pages(self) -> None:
        """Puts the keyboard on the pages."""
        self.tabs.setCurrentIndex(0)
        self.view.take_keyboard()

    def to_wording(self) -> None:
        """Shows the wording."""
        self.tabs.setCurrentWidget(self.wording)

    def to_tab(self, name: str) -> None:
        """Shows a tab by its name in a place: xem, dien, loi-van, vi-sao."""
        tabs = {"xem": 0, "dien": 1, "loi-van": 2, "vi-sao": 3}
        at = tabs.get(name, 0)
        self.tabs.setCurrentIndex(at if self.tabs.isTabVisible(at) else 0)
