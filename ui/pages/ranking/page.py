"""The page Xếp hạng: the ranking and what decided it, pictures, two units beside each other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.context import Context
from ui.page import Page
from ui.pages.ranking.columns import columns_of
from ui.pages.ranking.facts import FactsPanel, QuestionsPanel
from ui.pages.ranking.firmness_tab import FirmnessTab
from ui.pages.ranking.hall import Hall
from ui.pages.ranking.presenter import RankingPresenter, RankingView, RankRow
from ui.pages.ranking.show import Show
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.chart_view import ChartView
from ui.widgets.empty import Empty
from ui.widgets.findings import FindingsList
from ui.widgets.panels import Panels
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.words import label


class RankingPage(Page):
    """Who stands where, and why."""

    id = PageId.RANKING
    title = "Xếp hạng"
    topics = frozenset({Topic.RESULT, Topic.MEMBERS, Topic.YEAR, Topic.ROUNDS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = RankingPresenter(context.session)
        self.hall: Hall | None = None
        self.scores = self.secondary("Xem ô điểm", self._to_scores, "table-2")
        self.present = self.primary("Trình chiếu", self.open_hall, "presentation")
        self.choice = QComboBox()
        self.choice.setAccessibleName("Cụm, khối")
        self.choice.activated.connect(self._choose_cluster)
        self.body.addWidget(self.choice)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.tabs = Tabs("Các cách xem")
        self.stack.addWidget(self.tabs)
        self.none = QWidget()
        QVBoxLayout(self.none)
        self.stack.addWidget(self.none)
        self.table: Table[RankRow] | None = None
        self.facts = FactsPanel(context.theme)
        self._place_for_table = QWidget()
        QVBoxLayout(self._place_for_table).setContentsMargins(0, 0, 0, 0)
        panels = Panels(
            "ranking",
            context.preferences,
            self._place_for_table,
            self.facts,
            shares=(340, 220),
            vertical=True,
        )
        self.tabs.addTab(panels, "Bảng xếp hạng")
        self.sections = ChartView(context.runner, context.theme)
        self.tabs.addTab(self.sections, "Điểm theo mục")
        self.tabs.addTab(self._gaps_tab(), "Tự chấm và kết quả")
        self.tabs.addTab(self._pair_tab(), "So sánh hai đơn vị")
        self.firmness = FirmnessTab(context)
        self.tabs.addTab(self.firmness, "Chắc đến đâu")
        self.questions = QuestionsPanel(context, self.presenter)
        self.tabs.addTab(self.questions, "Điều chưa quyết định")
        self.tabs.currentChanged.connect(self._show_pictures)

    # ------------------------------------------------------------- tabs

    def _gaps_tab(self) -> QWidget:
        self.gap_unit = self._unit_choice("Đơn vị cần xem")
        self.gaps = ChartView(self.context.runner, self.context.theme)
        return self._with_choices(("Đơn vị:", self.gap_unit), view=self.gaps)

    def _pair_tab(self) -> QWidget:
        self.one = self._unit_choice("Đơn vị thứ nhất")
        self.other = self._unit_choice("Đơn vị thứ hai")
        self.pair = ChartView(self.context.runner, self.context.theme)
        return self._with_choices(("So sánh", self.one), ("với", self.other), view=self.pair)

    def _unit_choice(self, name: str) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(name)
        choice.setMinimumContentsLength(24)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.activated.connect(self._show_pictures)
        return choice

    def _with_choices(self, *choices: tuple[str, QComboBox], view: ChartView) -> QWidget:
        tab = QWidget()
        lines = QVBoxLayout(tab)
        m = self.context.theme.measures
        lines.setContentsMargins(0, m.space_2, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(m.space_2)
        for words, choice in choices:
            row.addWidget(label(words))
            row.addWidget(choice)
        row.addStretch(1)
        lines.addLayout(row)
        lines.addWidget(view, 1)
        return tab

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the result as it is now; how firm it is has to be asked for anew."""
        if topics & self.topics:
            self.firmness.presenter.forget()
        self._show()

    def _show(self) -> None:
        self.say(self.presenter.sentence())
        there = self.presenter.assessment is not None and self.presenter.cluster is not None
        self.present.setEnabled(there)
        self.scores.setEnabled(there)
        if not there:
            self._show_nothing()
            return
        view = self.presenter.view
        self.stack.setCurrentWidget(self.tabs)
        self._show_clusters()
        self._show_table(view)
        self._show_units(view)
        self.firmness.show_cluster(view.cluster)
        self.questions.show_questions(view.questions)
        count = len(view.questions)
        words = f"Điều chưa quyết định ({count})" if count else "Điều chưa quyết định"
        self.tabs.setTabText(self.tabs.count() - 1, words)
        self._show_pictures()

    def _show_nothing(self) -> None:
        layout = self.none.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        findings = self.presenter.refusal
        if findings:
            listed = FindingsList()
            listed.show_findings(findings)
            layout.addWidget(listed)
        elif not self.context.session.result_is_due:
            layout.addWidget(
                Empty(
                    self.context.theme,
                    "trophy",
                    "Chưa có gì để xếp hạng. Năm này cần có bảng tiêu chí và các đơn vị trước.",
                    "Đến Tổng quan",
                    lambda: self.context.go(Place(PageId.OVERVIEW)),
                )
            )
        self.choice.hide()
        self.stack.setCurrentWidget(self.none)

    def _show_clusters(self) -> None:
        clusters = self.presenter.clusters
        self.choice.setVisible(len(clusters) > 1)
        listed = [
            (self.choice.itemData(at), self.choice.itemText(at))
            for at in range(self.choice.count())
        ]
        if listed != list(clusters):
            self.choice.clear()
            for cluster, name in clusters:
                self.choice.addItem(name, cluster)
        self.choice.setCurrentIndex(self.choice.findData(self.presenter.cluster))

    def _show_table(self, view: RankingView) -> None:
        columns = columns_of(view.parts)
        titles = [column.title for column in columns]
        table = self.table
        if table is None or [column.title for column in table.rows.columns] != titles:
            layout = self._place_for_table.layout()
            assert layout is not None
            if table is not None:
                layout.removeWidget(table)
                table.deleteLater()
            table = Table("Bảng xếp hạng", columns, self.context.theme)
            table.chosen.connect(self._show_facts)
            table.entered.connect(lambda row: self._to_unit(row.unit))
            layout.addWidget(table)
            self.table = table
        table.show_rows(view.rows)
        self._show_facts(table.current)

    def _show_facts(self, row: RankRow | None) -> None:
        if row is None or self.presenter.assessment is None:
            return
        view = self.presenter.view
        if row.unit in view.names.units:
            self.facts.show_facts(row.name, view.facts(row.unit))

    def _show_units(self, view: RankingView) -> None:
        for at, choice in enumerate((self.gap_unit, self.one, self.other)):
            chosen = choice.currentData()
            choice.clear()
            for row in view.rows:
                choice.addItem(row.name, row.unit)
            found = choice.findData(chosen)
            fallback = min(at // 2, choice.count() - 1)
            choice.setCurrentIndex(found if found >= 0 else fallback)

    def _show_pictures(self) -> None:
        assessment, cluster = self.presenter.assessment, self.presenter.cluster
        if assessment is None or cluster is None:
            return
        from app.reports.charts.from_assessment import (
            comparison_chart,
            gaps_chart,
            sections_chart,
        )

        whole = next(c for c in assessment.snapshot.clusters if c.id == cluster)
        self.sections.show_chart(partial(sections_chart, assessment, whole))
        unit = self.gap_unit.currentData()
        self.gaps.show_chart(partial(gaps_chart, assessment, unit) if unit else None)
        one, other = self.one.currentData(), self.other.currentData()
        both = one and other and one != other
        self.pair.show_chart(partial(comparison_chart, assessment, one, other) if both else None)

    # ------------------------------------------------------------- acting

    def go_to(self, place: Place) -> None:
        """Selects a unit."""
        if place.unit is None or self.table is None:
            return
        self.presenter.show_cluster_of(place.unit)
        self._show()
        self.tabs.setCurrentIndex(0)
        self.table.choose(lambda row: row.unit == place.unit)

    def _choose_cluster(self) -> None:
        self.presenter.choose_cluster(str(self.choice.currentData()))
        self._show()

    def _to_scores(self) -> None:
        row = self.table.current if self.table is not None else None
        if row is not None:
            self._to_unit(row.unit)

    def _to_unit(self, unit: str) -> None:
        self.context.go(Place(PageId.SCORES, unit=unit))

    def open_hall(self) -> None:
        """Shows the ranking to the hall, on the second screen where there is one."""
        if self.presenter.assessment is None:
            return
        year = self.context.session.year
        self.hall = Hall(Show(self.presenter.view, year.name if year else ""))
        self.hall.destroyed.connect(self._hall_left)
        screens = QGuiApplication.screens()
        other = [screen for screen in screens if screen is not self.window().screen()]
        self.hall.setGeometry((other or screens)[0].geometry())
        self.hall.setWindowState(Qt.WindowState.WindowFullScreen)
        self.hall.show()
        self.hall.activateWindow()

    def _hall_left(self) -> None:
        self.hall = None

    def leave(self) -> None:
        """Closes the hall's window with the page."""
        if self.hall is not None:
            self.hall.close()
        super().leave()
