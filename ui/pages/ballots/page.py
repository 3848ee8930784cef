"""The page Bỏ phiếu: what has to be voted on, the ballots of the year, and the one in hand."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.page import Page
from ui.pages.ballots.columns import COLUMNS
from ui.pages.ballots.facts import BallotRow
from ui.pages.ballots.panel import BallotPanel
from ui.pages.ballots.presenter import BallotsPresenter
from ui.pages.ballots.sheets import BallotSheets
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.findings import FindingsList
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.panels import Panels
from ui.widgets.table import Table
from ui.widgets.words import set_kind


class BallotsPage(Page):
    """Secret ballots from opening to confirmation."""

    id = PageId.BALLOTS
    title = "Bỏ phiếu"
    topics = frozenset({Topic.RESULT, Topic.YEAR})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = BallotsPresenter(context.session, context.runner, context.notices.fault)
        self.sheets = BallotSheets(
            context, self.presenter, self, self._opened, lambda: self.panel.follow()
        )
        self.open = self.primary("Mở bỏ phiếu", self.sheets.open, "vote")
        self.notice = NoticeBar(context.theme, Tone.WAITING)
        self._due = ""
        self.open_due = self.notice.act("Mở bỏ phiếu việc này", self._open_due)
        self.body.addWidget(self.notice)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.table: Table[BallotRow] = Table("Các phiếu bầu", COLUMNS, context.theme)
        self.panel = BallotPanel(context, self.presenter, self.sheets, self.table)
        self.table.chosen.connect(self._show_ballot)
        self.table.entered.connect(lambda _row: self.panel.focus_act())
        self.stack.addWidget(
            Panels("ballots", context.preferences, self.table, self.panel, shares=(4, 6))
        )
        self.none = QWidget()
        QVBoxLayout(self.none).setContentsMargins(0, 0, 0, 0)
        self.stack.addWidget(self.none)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the ballots against the present result."""
        presenter = self.presenter
        self.say(presenter.sentence())
        self.open.setEnabled(presenter.may_write)
        due = presenter.due()
        more = f" (và {len(due) - 1} việc nữa)" if len(due) > 1 else ""
        self._due = due[0].key if due else ""
        self.notice.say(f"Cần bỏ phiếu: {due[0].words}.{more}" if due else "")
        self.open_due.setVisible(presenter.may_write)
        rows = presenter.rows()
        if not rows:
            self._show_nothing()
            return
        self.stack.setCurrentIndex(0)
        chosen = self.table.current.id if self.table.current is not None else None
        self.table.show_rows(rows)
        if chosen is not None:
            self.table.choose(lambda row: row.id == chosen)
        self._show_ballot(self.table.current)

    def _show_ballot(self, row: BallotRow | None) -> None:
        detail = self.presenter.detail(row.id) if row is not None else None
        self.panel.show_ballot(detail)
        set_kind(self.open, "primary" if self.panel.act is None else "")

    def _show_nothing(self) -> None:
        layout = self.none.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        set_kind(self.open, "primary")
        if self.presenter.refusal:
            listed = FindingsList()
            listed.show_findings(self.presenter.refusal)
            layout.addWidget(listed)
        elif self.presenter.assessment is not None:
            words = (
                "Năm này chưa có phiếu bầu nào. Khi các đơn vị bằng điểm ở mép chỉ tiêu, hoặc "
                "hình thức khen thưởng phải bỏ phiếu, việc đó hiện ở đây để mở bỏ phiếu."
            )
            layout.addWidget(Empty(self.context.theme, "vote", words))
        elif not self.context.session.result_is_due:
            layout.addWidget(
                Empty(
                    self.context.theme,
                    "vote",
                    "Chưa có kết quả để bỏ phiếu. Năm này cần có bảng tiêu chí và các đơn vị.",
                    "Đến Tổng quan",
                    lambda: self.context.go(Place(PageId.OVERVIEW)),
                )
            )
        self.stack.setCurrentWidget(self.none)

    # ------------------------------------------------------------- acting

    def _open_due(self) -> None:
        self.sheets.open(self._due)

    def _opened(self, ballot: str) -> None:
        self.refresh(self.topics)
        self.table.choose(lambda row: row.id == ballot)
        self.panel.focus_act()

    def go_to(self, place: Place) -> None:
        """Shows the ballot on what another page asks for: the id of an award or a ballot."""
        if place.topic is not None:
            self.table.choose(lambda row: row.id == place.topic)
