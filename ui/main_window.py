"""The frame: bar, sidebar, the page in sight, status line. It owns no data.

Pages are made when they are first asked for. ``restyle`` makes them all anew in another theme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.year import PeriodState
from ui.context import Context
from ui.page import Page
from ui.places import PageId, Place
from ui.tasks import Tasks
from ui.theme.tokens import Tone
from ui.topics import Topic
from ui.waiting import waiting
from ui.widgets.bars import StatusLine, TopBar
from ui.widgets.sidebar import Entry, Sidebar
from ui.widgets.words import label

PageMaker = Callable[[Context], Page]

ENTRIES: Sequence[Entry] = (
    Entry(PageId.OVERVIEW, "Tổng quan", "layout-dashboard", "Ctrl+1"),
    Entry(PageId.UNITS, "Đơn vị", "building-2", "Ctrl+2"),
    Entry(PageId.CRITERIA, "Bảng tiêu chí", "list-tree", "Ctrl+3"),
    Entry(PageId.SCORES, "Chấm điểm", "table-2", "Ctrl+4"),
    Entry(PageId.EVIDENCE, "Minh chứng", "paperclip", "Ctrl+5"),
    Entry(PageId.RANKING, "Xếp hạng", "trophy", "Ctrl+6"),
    Entry(PageId.BALLOTS, "Bỏ phiếu", "vote", "Alt+B"),
    Entry(PageId.AWARDS, "Khen thưởng", "award", "Alt+K"),
    Entry(PageId.PAPERS, "Văn bản", "file-text", "Alt+V"),
    Entry(PageId.CALENDAR, "Lịch và nhiệm vụ", "calendar-days", "Alt+L"),
    Entry(PageId.FORMS, "Nhập/xuất", "arrow-left-right", "Ctrl+7"),
    Entry(PageId.EXCHANGE, "Trao đổi dữ liệu", "package", "Alt+D"),
    Entry(PageId.PROVINCE, "Toàn tỉnh", "columns-3", "Alt+N"),
    Entry(PageId.HEALTH, "Sức khỏe tiêu chí", "chart-bar-stacked", "Alt+S"),
    Entry(PageId.CLOSING, "Khóa sổ", "lock", "Alt+O"),
    Entry(PageId.JOURNAL, "Nhật ký", "history", "Ctrl+8"),
    Entry(PageId.SETTINGS, "Cài đặt", "settings", "Ctrl+9", apart=True),
    Entry(PageId.HELP, "Trợ giúp", "circle-question-mark", "F1", apart=True),
)
_WITHOUT_YEAR = (PageId.START, PageId.PROVINCE, PageId.HELP, PageId.SETTINGS)
"""The pages that are there while no workspace is open."""
_NARROW = 1000
"""Below this width (logical pixels) the sidebar folds by itself."""


class MainWindow(QMainWindow):
    """The one window. ``closing`` comes before it goes."""

    closing = Signal()
    in_sight = Signal()
    """The frame was painted for the first time."""

    def __init__(self, makers: Mapping[PageId, PageMaker], zoom: Callable[[int], None]) -> None:
        super().__init__()
        self.setWindowTitle("Bảng Vàng")
        self.setMinimumSize(880, 480)
        self._makers = makers
        self._zoom = zoom
        self._pages: dict[PageId, Page] = {}
        self._before: list[PageId] = []
        self._page = PageId.START
        self._leave: Callable[[], None] = lambda: None
        self._furnished = False
        self._painted = False
        self._keys()

    # ------------------------------------------------------------- making

    def welcome(self) -> None:
        """Shows the program's name until the rest is there."""
        words = label("Bảng Vàng", "title")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setCentralWidget(words)

    def furnish(self, context: Context, tasks: Tasks) -> None:
        """Lays the frame out for a context (again, after a change of theme)."""
        self.clear()
        self._context, self._tasks = context, tasks
        theme = context.theme
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self.top_bar = TopBar(
            theme,
            fold=self._fold,
            undo=self._undo,
            redo=self._redo,
            ask_help=self._help,
            start=self._to_start,
        )
        self.top_bar.year_chosen.connect(context.session.choose_year)
        lines.addWidget(self.top_bar)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.sidebar = Sidebar(ENTRIES, theme)
        self.sidebar.wanted.connect(self._to_page)
        middle.addWidget(self.sidebar)
        self.stack = QStackedWidget()
        middle.addWidget(self.stack, 1)
        lines.addLayout(middle, 1)
        self.status_line = StatusLine(theme)
        lines.addWidget(self.status_line)
        self.setCentralWidget(whole)
        self._furnished = True
        context.notices.said.connect(self.status_line.say)
        tasks.changed.connect(self._show_work)
        self._leave = context.session.subscribe(self._hear)
        self._fold_as_wished()
        self._show_state()

    def clear(self) -> None:
        """Throws all pages away."""
        self._leave()
        for page in self._pages.values():
            page.leave()
        self._pages.clear()
        old = self.takeCentralWidget()
        if old is not None and self._furnished:
            self._context.notices.said.disconnect(self.status_line.say)
            self._tasks.changed.disconnect(self._show_work)
        if old is not None:
            old.deleteLater()
        self._furnished = False

    def _keys(self) -> None:
        for entry in ENTRIES:
            if entry.page is not PageId.HELP:
                self._on(entry.keys, partial(self._to_page, entry.page))
        self._on(QKeySequence.StandardKey.Undo, self._undo)
        self._on(QKeySequence.StandardKey.Redo, self._redo)
        if QKeySequence("Ctrl+Y") not in QKeySequence.keyBindings(QKeySequence.StandardKey.Redo):
            self._on("Ctrl+Y", self._redo)
        self._on("F1", self._help)
        self._on("Ctrl+B", self._fold)
        self._on("Alt+Left", self.back)
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            self._on(keys, partial(self._zoom, step))

    def _on(self, keys: str | QKeySequence.StandardKey, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: act())

    # ------------------------------------------------------------- going about

    @property
    def page_id(self) -> PageId:
        """Which page is in sight, or will be first."""
        return self._page

    @property
    def page(self) -> Page:
        """The page in sight."""
        return self._pages[self._page]

    def go(self, place: Place) -> None:
        """Brings a page into sight; without an open year there are only a few."""
        session = self._context.session
        page = place.page
        if session.seat is None and page not in _WITHOUT_YEAR:
            page = PageId.START
        made = self._pages.get(page)
        if made is None:
            made = self._pages[page] = self._makers[page](self._context)
            self.stack.addWidget(made)
        if page is not self._page:
            self._before.append(self._page)
        self._page = page
        self.stack.setCurrentWidget(made)
        self.sidebar.show_page(page)
        self._show_frame()
        made.bring_up_to_date()
        made.go_to(place)
        QTimer.singleShot(0, made, partial(self._hand_keyboard_to, made))  # once all is in sight

    def _hand_keyboard_to(self, page: Page) -> None:
        """Puts the keyboard where the page's work is, unless something there has it already."""
        holder = QApplication.focusWidget()
        inside = holder is not None and page.body_holds(holder)
        if page.isVisible() and not inside:
            page.take_focus()

    def _to_page(self, page: PageId) -> None:
        self.go(Place(page))

    def _to_start(self) -> None:
        self.go(Place(PageId.START))

    def back(self) -> None:
        """Back to the page before."""
        if self._before:
            page = self._before.pop()
            self.go(Place(page))
            self._before.pop()

    def _help(self) -> None:
        if self._page is not PageId.HELP:
            self.go(Place(PageId.HELP, topic=self._page.value))

    # ------------------------------------------------------------- showing

    def _hear(self, topics: frozenset[Topic]) -> None:
        if self._context.session.seat is None and self._page not in _WITHOUT_YEAR:
            self.go(Place(PageId.START))
        self._show_state()

    def _show_frame(self) -> None:
        inside = self._context.session.seat is not None and self._page is not PageId.START
        self.sidebar.setVisible(inside)
        self.top_bar.fold.setVisible(inside)

    def _show_state(self) -> None:
        session, bar = self._context.session, self.top_bar
        cluster = session.cluster_name
        self._show_frame()
        bar.show_cluster(cluster)
        year = session.year
        bar.show_years(session.years, year)
        assessment = session.result.assessment if session.result is not None else None
        self.sidebar.show_marks(waiting(assessment))
        self.setWindowTitle(f"{cluster} · {year.name} · Bảng Vàng" if year else "Bảng Vàng")
        if year is None:
            bar.show_state("", Tone.NEUTRAL)
        elif year.state is PeriodState.CLOSED:
            bar.show_state("Đã khóa sổ", Tone.GOOD)
        elif assessment is None:
            why = "; ".join(finding.message for finding in session.result_refusal)
            words = "" if session.result_is_due else "Chưa có kết quả"
            bar.show_state(words, Tone.NEUTRAL, why)
        elif assessment.provisional:
            why = "\n".join(f"• {reason}" for reason in assessment.why_provisional)
            bar.show_state("Tạm tính", Tone.WAITING, f"Kết quả còn tạm tính:\n{why}")
        else:
            bar.show_state("Đủ số liệu", Tone.GOOD, "Không còn ô trống, lỗi hay câu hỏi mở.")
        self._show_history()

    def _show_history(self) -> None:
        session = self._context.session
        workspace = session.workspace
        undo, redo = None, None
        if workspace is not None and session.may_write:
            undo, redo = workspace.turns()
        self.top_bar.show_history(undo.title if undo else "", redo.title if redo else "")
        last = session.last_operation
        if last is not None:
            saved = f"Đã lưu {last.at[11:16]}"
            self.status_line.say(f"{saved} · Hoàn tác: {undo.title}" if undo else saved)
        elif workspace is not None:
            self.status_line.say("Mọi thay đổi được lưu ngay khi nhập.")
        else:
            self.status_line.say("")

    def _show_work(self) -> None:
        self.status_line.show_work(self._tasks.running)

    # ------------------------------------------------------------- acting

    def _undo(self) -> None:
        self._context.do(self._context.session.undo)

    def _redo(self) -> None:
        self._context.do(self._context.session.redo)

    def _fold(self) -> None:
        preferences = self._context.preferences
        preferences.sidebar_folded = not preferences.sidebar_folded
        self._fold_as_wished()

    def _fold_as_wished(self) -> None:
        wished = self._context.preferences.sidebar_folded
        self.sidebar.fold(wished or self.width() < _NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Folds the sidebar where the window is narrow."""
        super().resizeEvent(event)
        if self._furnished:
            self._fold_as_wished()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tells of the first painting."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.in_sight.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tells that the window goes, once the page in sight has kept what was typed."""
        if self._page in self._pages:
            self.page.put_down()
        self.closing.emit()
        event.setAccepted(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
