"""The page Toàn tỉnh: all clusters of the department, beside whatever workspace is open."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QStackedWidget

from ui.context import Context
from ui.page import Page
from ui.pages.province.arrivals import Arrivals
from ui.pages.province.awards_tab import AwardsTab
from ui.pages.province.compare_tab import CompareTab
from ui.pages.province.flag_tab import FlagTab
from ui.pages.province.overview_tab import OverviewTab
from ui.pages.province.presenter.arriving import Arriving
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.rows import state_sentence
from ui.pages.province.results_tab import ResultsTab
from ui.pages.province.risk_tab import RiskTab
from ui.pages.province.sheets import Sheets
from ui.places import PageId, Place
from ui.session import Topic
from ui.widgets.empty import Empty
from ui.widgets.files import ask_folder
from ui.widgets.findings import FindingsList
from ui.widgets.tabs import Tabs

_NOTHING: Final = (
    "Trang này dành cho Sở Nội vụ: nhận kết quả của mọi cụm, khối, thẩm định, tổng hợp toàn tỉnh. "
    "Lập một thư mục toàn tỉnh, hoặc mở thư mục đã có."
)


class ProvincePage(Page):
    """What the department's officer sees of all clusters."""

    id = PageId.PROVINCE
    title = "Toàn tỉnh"
    topics = frozenset({Topic.WORKSPACE, Topic.RESULT, Topic.EXCHANGE})
    needs_year = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.book = ProvinceBook(
            context.session, context.runner, context.preferences, context.notices.fault
        )
        self.sheets = Sheets(context, self.book, self, self._show)
        self.arrivals = Arrivals(context, Arriving(self.book), self, self._show)
        self.found = self.secondary("Mở thư mục đã có…", self._ask_folder, "folder-open")
        self.printed = self.secondary("In, xuất toàn tỉnh…", self._print, "printer")
        self.receive = self.primary("Nhận gói của cụm…", self.arrivals.ask, "inbox")
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.tabs = Tabs("Các phần của toàn tỉnh")
        self.overview = OverviewTab(
            context,
            self.book,
            self.sheets,
            lambda cluster: self._open(cluster, None),
            self._look,
            self._ask_folder,
        )
        self.results = ResultsTab(context, self.book, self._open)
        self.awards = AwardsTab(context, self.book, self.sheets, self._open)
        self.flag = FlagTab(context, self.book, self.sheets, self._open)
        self.risk = RiskTab(context, self.book, self._open)
        self.compare = CompareTab(context, self.book)
        for tab, words in (
            (self.overview, "Các cụm, khối"),
            (self.results, "Kết quả"),
            (self.awards, "Khen thưởng"),
            (self.flag, "Cờ Chính phủ"),
            (self.risk, "Thẩm định theo rủi ro"),
            (self.compare, "So sánh"),
        ):
            self.tabs.addTab(tab, words)
        self.stack.addWidget(self.tabs)
        self.empty = Empty(
            context.theme,
            "building-2",
            _NOTHING,
            "Lập thư mục toàn tỉnh…",
            self._ask_new,
        )
        self.stack.addWidget(self.empty)
        self.faults = FindingsList()
        self.stack.addWidget(self.faults)
        self.waiting = Empty(
            context.theme,
            "hourglass",
            "Đang đọc số liệu của các cụm, khối. Nếu Anh/Chị đã dừng việc đọc thì đọc lại.",
            "Đọc lại",
            self._look,
        )
        self.stack.addWidget(self.waiting)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Gathers anew where something of the province may have changed."""
        workspace = self.context.session.workspace
        inside = workspace is not None and self.book.holds(workspace.folder)
        if self.book.view is None or inside or Topic.WORKSPACE in topics:
            self._look()

    def _look(self) -> None:
        self.book.look(self._show)
        if self.book.at_work:
            self._show()

    def _show(self) -> None:
        book = self.book
        if book.folder is not None and book.view is None and not book.refusal and not book.at_work:
            self._look()  # a folder was chosen or made just now
            return
        view = book.view
        self.found.setVisible(book.folder is None or bool(book.refusal))
        self.printed.setVisible(view is not None)
        self.receive.setVisible(view is not None)
        self.printed.setEnabled(view is not None and bool(view.province.clusters))
        self.say(self._sentence())
        if view is not None:
            for tab in (
                self.overview, self.results, self.awards, self.flag, self.risk, self.compare,
            ):  # fmt: skip
                tab.refresh()
            self.stack.setCurrentWidget(self.tabs)
        elif book.refusal:
            self.faults.show_findings(book.refusal)
            self.stack.setCurrentWidget(self.faults)
        else:
            self.stack.setCurrentWidget(self.waiting if book.at_work else self.empty)

    def _sentence(self) -> str:
        book = self.book
        if book.view is not None:
            return state_sentence(book.view)
        if book.folder is None:
            return "Chưa chọn thư mục toàn tỉnh."
        if book.refusal:
            return f"Chưa đọc được thư mục “{book.folder.name}”."
        return "Đang đọc số liệu của các cụm, khối…"

    # ------------------------------------------------------------- the folder

    def _ask_folder(self) -> None:
        start = self.book.folder or Path.home()
        ask_folder(self.window(), "Thư mục toàn tỉnh", "Mở thư mục này", start, self.open_folder)

    def _ask_new(self) -> None:
        ask_folder(
            self.window(),
            "Chọn thư mục trống để lập thư mục toàn tỉnh",
            "Lập ở đây",
            Path.home(),
            self.sheets.create,
        )

    def open_folder(self, folder: Path) -> None:
        """Works with a folder of the department."""
        self.book.choose(folder)
        self._show()

    # ------------------------------------------------------------- going elsewhere

    def _open(self, cluster: str, place: Place | None) -> None:
        """Opens the workspace of a cluster, and goes to a spot in it."""
        folder = self.book.folder
        if folder is None or self.book.at_work:
            return
        from app.operations.province.folder import CLUSTERS

        then = None if place is None else lambda: self.context.go(place)
        self.context.opening.open(folder / CLUSTERS / cluster, then)

    def _print(self) -> None:
        ask_folder(
            self.window(),
            "In, xuất bảng và văn bản toàn tỉnh",
            "Ghi vào thư mục này",
            Path.home(),
            self.print_into,
        )

    def print_into(self, folder: Path) -> None:
        """Writes the papers of the department and the workbook; nothing there is written over."""

        def done(written: tuple[Path, ...]) -> None:
            self.context.notices.said.emit(
                f"Đã ghi {len(written)} tệp của toàn tỉnh vào thư mục “{folder.name}”."
            )

        self.book.write(folder, done)
