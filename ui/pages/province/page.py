"""The page Toàn tỉnh: all clusters of the department, beside whatever workspace is open."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from ui.context import Context
from ui.flows.own_key import OwnKey
from ui.page import Page
from ui.pages.province.arrivals import Arrivals
from ui.pages.province.awards_tab import AwardsTab
from ui.pages.province.boxes import box
from ui.pages.province.compare_tab import CompareTab
from ui.pages.province.dividing_tab import DividingTab
from ui.pages.province.flag_tab import FlagTab
from ui.pages.province.overview_tab import OverviewTab
from ui.pages.province.post_tab import PostTab
from ui.pages.province.presenter.arriving import Arriving
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.posting import Posting
from ui.pages.province.presenter.rows import state_sentence
from ui.pages.province.presenter.taken import Taking
from ui.pages.province.results_tab import ResultsTab
from ui.pages.province.risk_tab import RiskTab
from ui.pages.province.sheets import Sheets
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.files import ask_folder
from ui.widgets.findings import FindingsList
from ui.widgets.notice_bar import NoticeBar
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
        key = OwnKey(context.runner, context.preferences)
        self.sheets = Sheets(context, self.book, self, self._show)
        self._arriving = Arriving(self.book, key)
        self.arrivals = Arrivals(context, self._arriving, self, self._show_taken)
        self.year: QComboBox = box("Năm thi đua của toàn tỉnh", 8)
        self.year.activated.connect(lambda _at: self._choose_year())
        self._acts.addWidget(self.year)
        self.found = self.secondary("Mở thư mục đã có…", self._ask_folder, "folder-open")
        self.printed = self.secondary("In, xuất…", self._print, "printer")
        self.receive_folder = self.secondary(
            "Nhận cả thư mục…", self.arrivals.ask_folder, "folder-open"
        )
        self.receive = self.primary("Nhận gói của cụm…", self.arrivals.ask, "inbox")
        self._taking: Taking | None = None
        self.taken = NoticeBar(context.theme, Tone.GOOD)
        self.back = self.taken.act("Hoàn tác lần nhận này", self._take_back, picture="undo-2")
        self.taken.act("Đã xem", self._forget_taken, picture="x")
        self.body.addWidget(self.taken)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.tabs = Tabs("Các phần của toàn tỉnh")
        self.overview = OverviewTab(
            context,
            self.book,
            self.sheets,
            lambda cluster: self._open(cluster, None),
            self._ask_back,
            self._look,
            self._ask_folder,
        )
        self.dividing = DividingTab(context, self.book, self.arrivals.ask, self._show)
        self.post = PostTab(
            context,
            self.book,
            Posting(self.book, key),
            lambda cluster: self._open(cluster, None),
            self._open_own,
            self._show,
        )
        self.results = ResultsTab(context, self.book, self._open)
        self.awards = AwardsTab(context, self.book, self.sheets, self._open)
        self.flag = FlagTab(context, self.book, self.sheets, self._open)
        self.risk = RiskTab(context, self.book, self._open)
        self.compare = CompareTab(context, self.book)
        self.parts = (
            (self.overview, "Các cụm, khối"),
            (self.dividing, "Phân công"),
            (self.risk, "Theo rủi ro"),
            (self.post, "Gửi, trả"),
            (self.results, "Kết quả"),
            (self.awards, "Khen thưởng"),
            (self.flag, "Cờ Chính phủ"),
            (self.compare, "So sánh"),
        )
        for tab, words in self.parts:
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
        self.receive_folder.setVisible(view is not None)
        self.year.setVisible(view is not None and len(book.years) > 1)
        self.printed.setEnabled(view is not None and bool(view.province.clusters))
        self.say(self._sentence())
        if view is not None:
            self._show_years()
            for tab, _words in self.parts:
                tab.refresh()
            self.stack.setCurrentWidget(self.tabs)
        elif book.refusal:
            self.faults.show_findings(book.refusal)
            self.stack.setCurrentWidget(self.faults)
        else:
            self.stack.setCurrentWidget(self.waiting if book.at_work else self.empty)
        self._hold_focus()

    def _hold_focus(self) -> None:
        """The keyboard is not left on a button that went out of sight."""
        held: QWidget | None = self.window().focusWidget()
        if self.isVisible() and (held is None or (self.isAncestorOf(held) and held.isHidden())):
            self.take_focus()

    def _show_years(self) -> None:
        book = self.book
        shown = [self.year.itemData(at) for at in range(self.year.count())]
        if shown != [year.id for year in book.years]:
            self.year.clear()
            for year in book.years:
                self.year.addItem(f"Năm {year.name}", year.id)
        if book.view is not None:
            self.year.setCurrentIndex(self.year.findData(book.view.year.id))

    def _choose_year(self) -> None:
        chosen, view = self.year.currentData(), self.book.view
        if chosen and (view is None or view.year.id != chosen):
            self._forget_taken()
            self.book.choose_year(chosen, self._show)

    # ------------------------------------------------------------- what was taken in

    def _show_taken(self, taking: Taking) -> None:
        """Names the workspaces that were changed, and offers to take that back."""
        self._taking = taking if taking.changed else None
        where = " Ctrl+Z chỉ hoàn tác trong sổ đang mở." if taking.changed else ""
        tone = Tone.WAITING if taking.refused else Tone.GOOD
        self.taken.say(taking.sentence + where, tone)
        self.back.setVisible(taking.changed)
        self.context.notices.said.emit(taking.sentence)
        if taking.refused or taking.remarks:
            self.context.notices.findings(
                "Đã làm xong, có điều cần xem", (*taking.refused, *taking.remarks)
            )
        self._show()

    def _take_back(self) -> None:
        if self._taking is not None:
            self._arriving.take_back(self._taking, self._show_taken_back)

    def _ask_back(self, cluster: str, name: str) -> None:
        """Takes back what was taken in last in a cluster, some time ago too."""

        def found(title: str, taking: Taking | None) -> None:
            if taking is None:
                self.context.notices.said.emit(
                    f"Việc cuối cùng trong sổ của {name} không phải là nhận gói; hoàn tác ở trang "
                    "Nhật ký của sổ đó."
                )
                return
            self.context.notices.ask(
                "Hoàn tác lần nhận gói cuối",
                f"{name}: {title}. Số liệu trở lại như trước lần nhận này; nhật ký ghi cả hai "
                "việc. Gói có thể nhận lại.",
                "Hoàn tác lần nhận này",
                lambda: self._arriving.take_back(taking, self._show_taken_back),
            )

        self._arriving.last_taking(cluster, found)

    def _show_taken_back(self, left: Taking) -> None:
        self._taking = left if left.changed else None
        self.back.setVisible(left.changed)
        self.taken.say(left.sentence, Tone.WAITING if left.refused else Tone.GOOD)
        if left.refused:
            self.context.notices.findings("Có sổ chưa hoàn tác được", left.refused)
        self._show()

    def _forget_taken(self) -> None:
        self._taking = None
        self.taken.say("")

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
        self._forget_taken()
        self._show()

    # ------------------------------------------------------------- going elsewhere

    def _open(self, cluster: str, place: Place | None) -> None:
        """Opens the workspace of a cluster, and goes to a spot in it."""
        from app.operations.province.folder import CLUSTERS

        self._open_at(f"{CLUSTERS}/{cluster}", place)

    def _open_own(self) -> None:
        """Opens the department's own workspace at its table."""
        from app.operations.province.folder import OWN

        self._open_at(OWN, Place(PageId.CRITERIA))

    def _open_at(self, inside: str, place: Place | None) -> None:
        folder, view = self.book.folder, self.book.view
        if folder is None or view is None or self.book.at_work:
            return
        period = view.year.id

        def then() -> None:
            session = self.context.session
            seat = session.seat
            there = {year.id for year in session.years}
            if seat is not None and seat.period != period and period in there:
                session.choose_year(period)
            if place is not None:
                self.context.go(place)

        self.context.opening.open(folder / inside, then)

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
