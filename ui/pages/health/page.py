"""The page Sức khỏe tiêu chí: criteria with their signs, the spread, the years side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.page import Page
from ui.pages.health.columns import CRITERIA
from ui.pages.health.presenter import CriterionRow, HealthPresenter
from ui.pages.health.years_tab import YearsTab
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.chart_view import ChartView
from ui.widgets.empty import Empty
from ui.widgets.findings import FindingsList
from ui.widgets.panels import Panels
from ui.widgets.printing import print_papers
from ui.widgets.scrolling import Scrolling
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.words import label


class HealthPage(Page):
    """What this year's scores advise for next year's table."""

    id = PageId.HEALTH
    title = "Sức khỏe tiêu chí"
    topics = frozenset({Topic.RESULT, Topic.ROUNDS, Topic.EVIDENCE, Topic.YEAR, Topic.WORKSPACE})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = HealthPresenter(context.session, context.runner)
        self.printed = self.primary("In báo cáo rà soát", self._print, "printer")
        self.cluster = QComboBox()
        self.cluster.setAccessibleName("Cụm, khối")
        self.cluster.activated.connect(lambda _at: self._choose_cluster())
        self.body.addWidget(self.cluster)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.tabs = Tabs("Các cách xem tiêu chí")
        self.tabs.addTab(self._criteria_tab(), "Từng tiêu chí")
        self.tabs.addTab(self._spread_tab(), "Chênh lệch do đâu")
        self.years = YearsTab(context, self.presenter)
        self.tabs.addTab(self.years, "Các năm")
        self.tabs.setTabVisible(self.tabs.indexOf(self.years), False)
        self.stack.addWidget(self.tabs)
        self.empty = Empty(
            context.theme,
            "chart-bar-stacked",
            "Chưa có điểm để rà soát. Trang này cần một bảng tiêu chí và điểm của ít nhất một "
            "đơn vị.",
            "Đến Chấm điểm",
            lambda: context.go(Place(PageId.SCORES)),
        )
        self.stack.addWidget(self.empty)
        self.faults = FindingsList()
        self.stack.addWidget(self.faults)
        self.stack.addWidget(QWidget())

    # ------------------------------------------------------------- tabs

    def _criteria_tab(self) -> QWidget:
        theme = self.context.theme
        m = theme.measures
        tab = QWidget()
        whole = QVBoxLayout(tab)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.search = SearchBox(theme, "Tìm tiêu chí (không cần gõ dấu)")
        head.addWidget(self.search, 1)
        self.sign = QComboBox()
        self.sign.setAccessibleName("Chỉ xem tiêu chí có điều này")
        self.sign.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.sign.setMinimumContentsLength(26)
        self.sign.activated.connect(lambda _at: self._show_rows())
        head.addWidget(self.sign)
        head.addStretch(1)
        whole.addLayout(head)
        self.table: Table[CriterionRow] = Table("Các tiêu chí", CRITERIA, theme)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.chosen.connect(self._show_advice)
        self.table.entered.connect(
            lambda row: self.context.go(Place(PageId.CRITERIA, criterion=row.code))
        )
        self.search.textChanged.connect(self._find)
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, m.space_2, 0)
        lines.setSpacing(m.space_1)
        self.about = label("", "strong", wrap=True)
        self.advice = label("", wrap=True)
        lines.addWidget(self.about)
        lines.addWidget(self.advice)
        lines.addStretch(1)
        advice = Scrolling(words, "Nhận xét và gợi ý")
        advice.setMinimumHeight(m.row * 2)
        whole.addWidget(
            Panels(
                "health", self.context.preferences, self.table, advice, shares=(400, 120),
                vertical=True,
            ),
            1,
        )  # fmt: skip
        return tab

    def _spread_tab(self) -> QWidget:
        tab = QWidget()
        lines = QVBoxLayout(tab)
        m = self.context.theme.measures
        lines.setContentsMargins(0, m.space_2, 0, 0)
        self.spread_words = label("", "muted", wrap=True)
        self.spread_words.setSizePolicy(
            self.spread_words.sizePolicy().horizontalPolicy(),
            self.spread_words.sizePolicy().Policy.Preferred,
        )
        lines.addWidget(self.spread_words)
        self.spread = ChartView(self.context.runner, self.context.theme)
        lines.addWidget(self.spread, 1)
        return tab

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Looks anew; what was found before stays in sight until then."""
        self.presenter.look(self._show)
        if self.presenter.at_work:
            self._show()

    def _show(self) -> None:
        self.say(self.presenter.sentence())
        health = self.presenter.health
        self.printed.setEnabled(health is not None)
        clusters = self.presenter.clusters
        self.cluster.setVisible(len(clusters) > 1)
        if health is None:
            self._show_nothing()
            return
        self._fill(self.cluster, clusters, health.cluster.id)
        self._fill(self.sign, self.presenter.choices(), str(self.sign.currentData() or ""))
        self._show_rows()
        self.spread.show_chart(self.presenter.spread())
        self.spread_words.setText(self.presenter.spread_words())
        several = self.presenter.compared is not None
        self.tabs.setTabVisible(self.tabs.indexOf(self.years), several)
        if several:
            self.years.refresh()
        self.stack.setCurrentWidget(self.tabs)

    def _show_nothing(self) -> None:
        if self.presenter.at_work:
            self.stack.setCurrentIndex(self.stack.count() - 1)
        elif self.presenter.refusal:
            self.faults.show_findings(self.presenter.refusal)
            self.stack.setCurrentWidget(self.faults)
        else:
            self.stack.setCurrentWidget(self.empty)

    def _fill(self, box: QComboBox, choices: tuple[tuple[str, str], ...], wanted: str) -> None:
        box.clear()
        for answer, words in choices:
            box.addItem(words, answer)
        box.setCurrentIndex(max(box.findData(wanted), 0))

    def _show_rows(self) -> None:
        self.table.show_rows(self.presenter.rows(str(self.sign.currentData() or "")))
        self._show_advice(self.table.current)

    def _find(self, words: str) -> None:
        self.table.rows.find(words)
        if self.table.current is None and self.table.rows.rowCount():
            self.table.selectRow(0)

    def _show_advice(self, row: CriterionRow | None) -> None:
        self.about.setText(row.title if row is not None else "")
        none = "Không có điều gì cần lưu ý ở tiêu chí này." if row is not None else ""
        self.advice.setText("\n".join(row.advice) if row is not None and row.advice else none)

    # ------------------------------------------------------------- acting

    def go_to(self, place: Place) -> None:
        """Selects a criterion."""
        if place.criterion is not None:
            self.tabs.setCurrentIndex(0)
            self.table.choose(lambda row: row.code == place.criterion)

    def _choose_cluster(self) -> None:
        self.presenter.choose_cluster(str(self.cluster.currentData()))
        self._show()

    def _print(self) -> None:
        print_papers(
            self.window(),
            self.context.runner,
            "In báo cáo rà soát tiêu chí",
            self.presenter.write,
            self.context.notices.said.emit,
        )
