"""The page Khen thưởng: places and who stands for them, each unit's checklist, the proposals."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.context import Context
from ui.page import Page
from ui.pages.awards.columns import LINES
from ui.pages.awards.facts import AwardView, LineRow
from ui.pages.awards.panel import UnitPanel
from ui.pages.awards.presenter import AwardsPresenter
from ui.pages.awards.sheets import AwardSheets
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.findings import FindingsList
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.panels import Panels
from ui.widgets.scrolling import Scrolling
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import button, label


class AwardsPage(Page):
    """Who is proposed for what, who waits, and why."""

    id = PageId.AWARDS
    title = "Khen thưởng"
    topics = frozenset({Topic.RESULT, Topic.ROUNDS, Topic.YEAR})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = AwardsPresenter(context.session, context.runner, context.notices.fault)
        self.sheets = AwardSheets(context, self.presenter, self, lambda: self.table.setFocus())
        self.decide = self.secondary("Ghi quyết định khen thưởng", self.sheets.decide, "file-check")
        self.propose = self.primary("Chốt danh sách đề nghị", self.sheets.propose, "award")
        self.notice = NoticeBar(context.theme, Tone.WAITING)
        self.notice.act("Xem từng đơn vị", self._show_parted)
        self.body.addWidget(self.notice)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.view: AwardView | None = None
        self.table: Table[LineRow] = Table("Các đơn vị ở hình thức này", LINES, context.theme)
        self.panel = UnitPanel(context, self.presenter, self.sheets)
        self.table.chosen.connect(self.panel.show_row)
        self.table.entered.connect(lambda _row: self.panel.checks.setFocus())
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(context.theme.measures.space_2)
        lines.addLayout(self._head())
        lines.addWidget(
            Panels(
                "awards",
                context.preferences,
                self.table,
                self.panel,
                shares=(6, 5),
                vertical=True,
            ),
            1,
        )
        self.stack.addWidget(whole)
        self.none = QWidget()
        QVBoxLayout(self.none).setContentsMargins(0, 0, 0, 0)
        self.stack.addWidget(self.none)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(self.context.theme.measures.space_2)
        self.choice = QComboBox()
        self.choice.setAccessibleName("Hình thức khen thưởng")
        self.choice.setMinimumContentsLength(24)
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(lambda _at: self._show_award())
        head.addWidget(self.choice, 3)
        self.places = label("", wrap=True)
        head.addWidget(self.places, 3)
        self.choose = button("Ghi lựa chọn…", self._choose)
        self.choose.setToolTip("Ghi đơn vị được Hội đồng lựa chọn cho hình thức này")
        head.addWidget(self.choose)
        self.quota = button("Sửa chỉ tiêu năm…", self._edit_quota, kind="quiet")
        head.addWidget(self.quota)
        return head

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the awards against the present result."""
        presenter = self.presenter
        presenter.load()
        self.say(presenter.sentence())
        self.propose.setEnabled(presenter.may_write)
        self.decide.setVisible(presenter.may_write and presenter.has_proposals)
        self.quota.setVisible(presenter.may_write)
        parted = presenter.parted()
        words = f"Danh sách đã chốt khác số liệu hiện nay ở {len(parted)} điểm."
        self.notice.say(words if parted else "")
        choices = presenter.choices()
        if not choices:
            self._show_nothing()
            return
        chosen = self.choice.currentData()
        self.choice.clear()
        for one in choices:
            self.choice.addItem(one.title, one.key)
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0))
        self._show_award()
        self.stack.setCurrentIndex(0)

    def _show_award(self) -> None:
        self.view = self.presenter.view(self.choice.currentData())
        if self.view is None:
            return
        chosen = self.table.current.unit if self.table.current is not None else None
        self.choice.setToolTip(self.choice.currentText())
        self.places.setText(self.view.places)
        self.choose.setVisible(self.view.council and self.presenter.may_write)
        self.table.show_rows(self.view.rows)
        if chosen is not None:
            self.table.choose(lambda row: row.unit == chosen)
        self.panel.show_row(self.table.current)

    def _show_nothing(self) -> None:
        layout = self.none.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        theme = self.context.theme
        if self.presenter.refusal:
            listed = FindingsList()
            listed.show_findings(self.presenter.refusal)
            layout.addWidget(listed)
        elif self.presenter.board is not None:
            words = "Bảng tiêu chí của năm này không có hình thức khen thưởng nào."
            layout.addWidget(Empty(theme, "award", words))
        elif not self.context.session.result_is_due:
            layout.addWidget(
                Empty(
                    theme,
                    "award",
                    "Chưa có kết quả để xét khen thưởng. Năm này cần có bảng tiêu chí và đơn vị.",
                    "Đến Tổng quan",
                    lambda: self.context.go(Place(PageId.OVERVIEW)),
                )
            )
        self.stack.setCurrentWidget(self.none)

    # ------------------------------------------------------------- acting

    def _edit_quota(self) -> None:
        if self.view is not None:
            self.sheets.quota(self.view)

    def _choose(self) -> None:
        if self.view is not None:
            self.sheets.choose(self.view.award)

    def _show_parted(self) -> None:
        sheet = Sheet("Danh sách đã chốt và số liệu hiện nay", self.window(), width=640)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        for words in self.presenter.parted():
            lines.addWidget(label(f"•  {words}", wrap=True))
        lines.addStretch(1)
        listed = Scrolling(inner, "Các điểm khác nhau")
        listed.setMinimumHeight(self.context.theme.measures.row * 5)
        sheet.body.addWidget(listed, 1)
        sheet.add_button("Đóng", primary=True, role="close")
        sheet.show_over()

    def go_to(self, place: Place) -> None:
        """Selects a unit."""
        if place.unit is not None:
            self.table.choose(lambda row: row.unit == place.unit)
