"""The bar above all pages (cluster, year, state) and the status line below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.domain.year import PeriodRecord
from ui.tasks import Task
from ui.theme.icons import icon
from ui.theme.tokens import Theme, Tone
from ui.widgets.words import button, chip, label, set_tone, tool_button


class TopBar(QFrame):
    """Whose year it is, always in sight, with what is always at hand."""

    year_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        *,
        fold: Callable[[], object],
        undo: Callable[[], object],
        redo: Callable[[], object],
        ask_help: Callable[[], object],
        start: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("topBar")
        m = theme.measures
        self.setFixedHeight(m.top_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(m.space_2, 0, m.space_2, 0)
        row.setSpacing(m.space_2)
        self.fold = tool_button(
            "Thu gọn thanh trang", "panel-left", theme, fold, tip="Thu gọn thanh trang (Ctrl+B)"
        )
        row.addWidget(self.fold)
        self.start = tool_button("Sổ làm việc khác", "house", theme, start)
        row.addWidget(self.start)
        self.cluster = label("Bảng Vàng", "strong")
        self.cluster.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self.cluster)
        self.year = QToolButton()
        self.year.setAccessibleName("Năm thi đua")
        self.year.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.year.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.year.setIcon(icon("calendar-days", theme.palette.muted))
        self.year.setIconSize(QSize(16, 16))
        self.year.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._years = QMenu(self.year)
        self.year.setMenu(self._years)
        row.addWidget(self.year)
        self.state = chip("")
        row.addWidget(self.state)
        row.addStretch(1)
        self.undo = tool_button("Hoàn tác", "undo-2", theme, undo)
        self.redo = tool_button("Làm lại", "redo-2", theme, redo)
        self.help = tool_button(
            "Trợ giúp trang này", "circle-question-mark", theme, ask_help, tip="Trợ giúp (F1)"
        )
        for made in (self.undo, self.redo, self.help):
            row.addWidget(made)

    def show_cluster(self, name: str) -> None:
        """The name of whose workspace it is."""
        self.cluster.setText(name or "Bảng Vàng")

    def show_years(self, years: Sequence[PeriodRecord], chosen: PeriodRecord | None) -> None:
        """The chosen year, and the others to choose from."""
        self.year.setVisible(chosen is not None)
        self._years.clear()
        if chosen is None:
            return
        self.year.setText(f"Năm {chosen.name}")
        for year in years:
            act = QAction(f"Năm {year.name}", self._years)
            act.setCheckable(True)
            act.setChecked(year.id == chosen.id)
            act.triggered.connect(lambda _checked=False, y=year.id: self.year_chosen.emit(y))
            self._years.addAction(act)

    def show_state(self, words: str, tone: Tone, why: str = "") -> None:
        """ "Tạm tính" or "Đã chốt"."""
        self.state.setVisible(bool(words))
        self.state.setText(words)
        self.state.setToolTip(why)
        set_tone(self.state, tone)

    def show_history(self, undo: str, redo: str) -> None:
        """What undo and redo would do; empty where there is nothing."""
        self.undo.setEnabled(bool(undo))
        self.undo.setToolTip(f"Hoàn tác: {undo} (Ctrl+Z)" if undo else "Không có gì để hoàn tác")
        self.redo.setEnabled(bool(redo))
        self.redo.setToolTip(f"Làm lại: {redo} (Ctrl+Y)" if redo else "Không có gì để làm lại")


class StatusLine(QFrame):
    """What was saved and when; what runs, with a way to stop it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        m = theme.measures
        self.setFixedHeight(m.status_line)
        row = QHBoxLayout(self)
        row.setContentsMargins(m.margin, 0, m.space_2, 0)
        row.setSpacing(m.space_3)
        self.words = _Cut()
        row.addWidget(self.words, 1)
        self.work = label()
        row.addWidget(self.work)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Tiến độ")
        row.addWidget(self.bar)
        self.stop = button("Dừng", kind="link")
        self.stop.clicked.connect(self._stop)
        row.addWidget(self.stop)
        self._task: Task | None = None
        self.show_work([])

    def say(self, words: str) -> None:
        """A sentence at the left."""
        self.words.show_words(words)

    def show_work(self, running: Sequence[Task]) -> None:
        """The first piece of announced work."""
        announced = [task for task in running if not task.quiet]
        self._task = announced[0] if announced else None
        shown: tuple[QWidget, ...] = (self.work, self.bar, self.stop)
        for widget in shown:
            widget.setVisible(self._task is not None)
        if self._task is not None:
            self.work.setText(self._task.text or self._task.title)
            self.bar.setRange(0, 0 if self._task.share is None else 100)
            self.bar.setValue(round((self._task.share or 0) * 100))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()


class _Cut(QLabel):
    """A sentence that gives way where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def show_words(self, words: str) -> None:
        self._whole = words
        self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        room = max(0, self.width())
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(self._whole)
