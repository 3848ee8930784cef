"""The page Chấm điểm: the grid where the hours go, and beside it why a number is what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.models.score_cells import Lane, Line
from ui.page import Page
from ui.pages.scores.asking import Asking
from ui.pages.scores.bar import ScoresBar
from ui.pages.scores.grid import ScoreGrid
from ui.pages.scores.panel import ExplainPanel
from ui.pages.scores.presenter import ScoresPresenter
from ui.pages.scores.turn_sheet import TurnScene, TurnSheet
from ui.pages.scores.turns import Turn
from ui.pages.scores.typist import Typist
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.panels import Panels

_PANEL: Final = "cham-diem.giai-thich"
_PAUSE: Final = 90
"""Milliseconds that a cell must be the active one before it is explained."""


class ScoresPage(Page):
    """Scores of all units in one grid.

    ``grid`` is the view of the cells, ``typist`` what types into it, ``presenter`` what the page
    knows; ``select_cell`` goes to a cell by unit and criterion.
    """

    id = PageId.SCORES
    title = "Chấm điểm"
    topics = frozenset(Topic) - {Topic.SETTINGS}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self.presenter = ScoresPresenter(context.session, context.preferences)
        self.bar = ScoresBar(theme)
        self.area = ScoreGrid(self.presenter, theme, context.preferences)
        self.grid = self.area.view
        self.panel = ExplainPanel(theme)
        self.typist = Typist(context, self.presenter, self.area, self.panel)
        self.editor = self.typist.editor
        self.asking = Asking(context, self.presenter, self.grid, self.panel)
        self._hits: tuple[tuple[Line | None, Lane | None], ...] = ()
        self._hit = -1
        self._asked = 0
        self._build_head()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._work())
        self._empty = QWidget()
        self.stack.addWidget(self._empty)
        self.body.addWidget(self.stack, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._explain)
        self._connect()

    # ------------------------------------------------------------- building

    def _build_head(self) -> None:
        self.accept_button = self.secondary("Chấp nhận điểm tự chấm", picture="check-check")
        self.accept_button.setObjectName("acceptScores")
        menu = QMenu(self.accept_button)
        for words, scope in (
            ("Các ô đang chọn (phím =)", "cells"),
            ("Tiêu chí này, mọi đơn vị", "criterion"),
            ("Đơn vị này, mọi tiêu chí", "unit"),
            ("Mọi đơn vị, mọi tiêu chí", "all"),
        ):
            menu.addAction(words, partial(self.typist.accept, scope))
        self.accept_button.setMenu(menu)
        self.next_button = self.primary("Nộp vòng này", self.next_step, "send")
        self.next_button.setObjectName("nextStep")
        self.next_button.setToolTip("Bước tiếp theo của vòng này (F9)")

    def _work(self) -> QWidget:
        m, preferences = self.context.theme.measures, self.context.preferences
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        lines.addWidget(self.bar)
        self.panels = Panels(_PANEL, preferences, self.area, self.panel, shares=(1000, m.panel))
        self.panel.setMinimumWidth(m.panel * 2 // 3)
        self.area.setMinimumWidth(m.panel)
        self.panel.setVisible(preferences.choice(_PANEL, "") != "an")
        lines.addWidget(self.panels, 1)
        return whole

    def _connect(self) -> None:
        grid, bar, panel = self.grid, self.bar, self.panel
        grid.left.connect(self._moved)
        grid.next_open.connect(self.go_to_open)
        grid.fold_asked.connect(self._fold)
        grid.menu_asked.connect(self._menu)
        self.area.sums.asked.connect(self._explain_total)
        bar.cluster_chosen.connect(self._show_cluster)
        bar.round_chosen.connect(self.edit_round)
        bar.round_shown.connect(self._show_round)
        bar.turned.connect(self._turn)
        bar.folded.connect(self._fold_all)
        bar.open_wanted.connect(self.go_to_open)
        bar.panel_wanted.connect(self._toggle_panel)
        bar.search.textEdited.connect(self._find)
        bar.search.returnPressed.connect(self._find_next)
        panel.evidence.clicked.connect(partial(self._go, PageId.EVIDENCE))
        panel.criterion.clicked.connect(partial(self._go, PageId.CRITERIA))
        for keys, act in (
            ("Ctrl+F", self._start_finding),
            ("F3", self._find_next),
            ("F6", self._next_part),
            ("F7", self._toggle_panel),
            ("F8", self.go_to_open),
            ("F9", self.next_step),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Takes over what has changed; the active cell stays."""
        self.presenter.refresh(topics)
        empty = self.presenter.emptiness
        if empty is not None:
            self._show_empty(
                Empty(
                    self.context.theme,
                    empty.picture,
                    empty.words,
                    empty.verb,
                    partial(self.context.go, Place(empty.page)),
                )
            )
            return
        self.stack.setCurrentIndex(0)
        self.area.lay_out()
        if not self.grid.currentIndex().isValid():
            self._to_first()
        self._show_bar()
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """On a narrow screen the room is the grid's, until the officer asks for the panel."""
        super().showEvent(event)
        if not self.context.preferences.choice(_PANEL, ""):
            wide = self.width() > 3 * self.context.theme.measures.panel
            self.panel.setVisible(wide)
            self.bar.panel.setChecked(wide)

    def take_focus(self) -> None:
        """The keyboard goes to the grid."""
        if self.presenter.emptiness is None:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def _show_empty(self, made: Empty) -> None:
        """Says what to do first where there is nothing to score."""
        self.stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = made
        self.stack.addWidget(made)
        self.stack.setCurrentWidget(made)
        self.say("Chưa có gì để chấm.")
        self.next_button.hide()
        self.accept_button.hide()

    def _to_first(self) -> None:
        if (spot := self.presenter.first_spot) is not None:
            self.grid.select_cell(*spot)

    def _show_bar(self) -> None:
        presenter = self.presenter
        self.bar.show_clusters(presenter.clusters, presenter.cluster)
        self.bar.show_rounds(presenter.rounds, presenter.editing, presenter.shown_rounds)
        self.say(presenter.sentence)
        step = presenter.next_step
        self.next_button.setText(step.words)
        self.next_button.setAccessibleName(step.words)
        self.next_button.setVisible(bool(step.words))
        self.accept_button.setVisible(presenter.accepts)
        self.bar.panel.setChecked(not self.panel.isHidden())

    def _lay_out(self) -> None:
        self.area.lay_out()
        self._show_bar()
        self._later.start()

    def go_to(self, place: Place) -> None:
        """To the cell that another page asked for."""
        if self.presenter.emptiness is not None:
            return
        if place.round is not None and place.round != self.presenter.editing:
            self.edit_round(place.round)
        line, lane = self.presenter.spot(place.unit, place.criterion)
        if line is not None or lane is not None:
            self.select(line or self.grid.line, lane or self.grid.lane)
        self.grid.setFocus()

    def select(self, line: Line | None, lane: Lane | None) -> bool:
        """Makes a cell the active one, unfolding what hides it."""
        if line is None or lane is None:
            return False
        self.presenter.reveal(line)
        self.area.lay_out()
        return self.grid.select_cell(line, lane)

    def select_cell(self, unit: str, criterion: str, round_id: str | None = None) -> bool:
        """The same by ids; without a round in the one being scored."""
        line, lane = self.presenter.spot(unit, criterion, round_id)
        return self.select(line, lane)

    # ------------------------------------------------------------- the bar

    def edit_round(self, round_id: str) -> None:
        """From now on this round is scored."""
        if not self.typist.settle():
            return
        self.presenter.edit_round(round_id)
        self._lay_out()
        self.grid.setFocus()

    def _show_cluster(self, cluster: str) -> None:
        if not self.typist.settle():
            return
        self.presenter.show_cluster(cluster)
        self._lay_out()
        self._to_first()

    def _show_round(self, round_id: str) -> None:
        if not self.typist.settle():
            return
        self.presenter.show_round(round_id, round_id not in self.presenter.shown_rounds)
        self._lay_out()

    def _turn(self) -> None:
        if not self.typist.settle():
            return
        self.presenter.turn_round()
        self._lay_out()
        self.grid.setFocus()

    def _fold_all(self, folded: bool) -> None:
        if not self.typist.settle():
            return
        self.presenter.fold_all(folded)
        self._lay_out()

    def _fold(self, line: Line) -> None:
        if not self.typist.settle():
            return
        self.presenter.fold(line)
        self._lay_out()

    def _toggle_panel(self) -> None:
        self.panel.setVisible(self.panel.isHidden())
        shown = not self.panel.isHidden()
        self.bar.panel.setChecked(shown)
        self.context.preferences.keep_choice(_PANEL, "hien" if shown else "an")
        self._later.start()

    def _next_part(self) -> None:
        parts: list[QWidget] = [self.grid, self.area.sums, self.panel.text, self.bar.round]
        here = QApplication.focusWidget()
        at = parts.index(here) if here in parts else -1
        following = [one for one in (*parts[at + 1 :], *parts) if one.isVisible()]
        following[0].setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_open(self) -> None:
        """To the next cell of the round that nothing was said of yet."""
        if (spot := self.presenter.next_open(self.grid.line, self.grid.lane)) is None:
            self.context.notices.said.emit("Không còn ô chưa chấm trong vòng này.")
            return
        self.select(*spot)
        self.grid.setFocus()

    def _start_finding(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _find(self, words: str) -> None:
        self._hits = self.presenter.found(words)
        self.bar.hits.setText("" if not words.strip() else "không có")
        if self._hits:
            self._show_hit(0)

    def _find_next(self) -> None:
        if self._hits:
            self._show_hit((self._hit + 1) % len(self._hits))

    def _show_hit(self, at: int) -> None:
        self._hit = at
        line, lane = self._hits[at]
        self.bar.hits.setText(f"{at + 1}/{len(self._hits)}")
        self.select(line or self.grid.line, lane or self.grid.lane)

    # ------------------------------------------------------------- explaining

    def _moved(self) -> None:
        if self.editor.is_open:
            self.editor.close()
        self._later.start()

    def _explain(self) -> None:
        line, lane = self.grid.line, self.grid.lane
        if self.panel.isHidden() or self.presenter.emptiness is not None:
            return
        if line is None or lane is None:
            self.panel.show_cell(None)
            return
        reasons = self.presenter.reasons
        self.panel.show_cell(reasons.explained(line, lane))
        self._asked += 1
        if line.scored:
            read = reasons.history(line, lane)
            self.context.runner.run(
                "Đọc lịch sử của ô",
                lambda _progress: read(),
                partial(self._show_history, self._asked),
                quiet=True,
            )

    def _explain_total(self, at: int) -> None:
        if not self.panel.isHidden():
            self._later.stop()
            self._asked += 1
            self.panel.show_cell(self.presenter.reasons.total(self.presenter.lanes[at]))

    def _show_history(self, asked: int, sentences: tuple[str, ...]) -> None:
        if asked == self._asked:
            self.panel.show_history(sentences)

    def _go(self, page: PageId) -> None:
        line, lane = self.grid.line, self.grid.lane
        if line is not None and lane is not None:
            self.context.go(Place(page, unit=lane.unit, criterion=line.code, round=lane.round))

    # ------------------------------------------------------------- menu and rounds

    def _menu(self, spot: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        typist = self.typist
        typing = bool(typist.blocks.spots())
        acts: list[tuple[str, Callable[[], object], bool]] = [
            ("Sửa ô (F2)", typist.edit, typing),
            ("Không được giao: KG (Alt+G)", partial(typist.set_state, "not_assigned"), typing),
            ("Không thực hiện: KTH (Alt+T)", partial(typist.set_state, "not_done"), typing),
            ("Xóa ô (Delete)", typist.clear, typing),
            (
                "Chấp nhận điểm tự chấm (phím =)",
                partial(typist.accept, "cells"),
                typing and self.presenter.accepts,
            ),
            ("Sao chép (Ctrl+C)", typist.copy, True),
            ("Dán (Ctrl+V)", typist.paste, typing),
            ("Điền xuống (Ctrl+D)", partial(typist.fill, True), typing),
            ("Điền sang phải (Ctrl+R)", partial(typist.fill, False), typing),
            ("Minh chứng của ô", partial(self._go, PageId.EVIDENCE), True),
            ("Giải trình về ô…", self.asking.begin, self.asking.may_begin),
        ]
        for words, act, enabled in acts:
            menu.addAction(words, act).setEnabled(enabled)
        menu.popup(spot)

    def next_step(self) -> None:
        """What the primary button says: turns the round, or goes on to the next one."""
        step = self.presenter.next_step
        if step.turn is not None:
            self.turn_sheet(step.turn)
        elif step.next_round:
            self.edit_round(step.next_round)

    def turn_sheet(self, turn: Turn) -> TurnSheet:
        """Shows the sheet that turns the round being scored."""
        presenter = self.presenter
        scene = TurnScene(
            presenter.editing_title, presenter.unit_names, presenter.stages, presenter.open_counts
        )
        sheet = TurnSheet(scene, turn, self, self.context.theme, self._turn_rounds)
        sheet.show_over()
        return sheet

    def _turn_rounds(self, turn: Turn, units: Sequence[str], reason: str) -> bool:
        return self.context.do(lambda: self.presenter.turn_rounds(turn, units, reason))
