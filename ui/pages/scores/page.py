"""The page Chấm điểm: the grid where the hours go, and beside it why a number is what it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.snapshot import EntryState
from app.ground.findings import UserError
from app.operations.workspace.facts_desk import TypedCell
from ui.context import Context
from ui.models.score_cells import Lane, Line
from ui.page import Page
from ui.pages.scores.editor import CellEditor
from ui.pages.scores.grid import ScoreGrid
from ui.pages.scores.panel import ExplainPanel
from ui.pages.scores.presenter import REASON_MISSING, ScoresPresenter, Spot
from ui.pages.scores.turn_sheet import TurnScene, TurnSheet
from ui.pages.scores.turns import Turn
from ui.pages.scores.typed import block_of, cell_from_form, cell_from_text, packed, unpacked
from ui.places import PageId, Place
from ui.session import Topic
from ui.widgets.empty import Empty
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.words import button, label, tool_button

_MIME: Final = "application/x-bang-vang-o-diem"
_PANEL: Final = "cham-diem.giai-thich"
_PAUSE: Final = 90


class ScoresPage(Page):
    """Scores of all units in one grid."""

    id = PageId.SCORES
    title = "Chấm điểm"
    topics = frozenset(Topic) - {Topic.SETTINGS}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = ScoresPresenter(context.session, context.preferences)
        theme = context.theme
        self.area = ScoreGrid(self.presenter, theme, context.preferences)
        self.grid = self.area.view
        self.editor = CellEditor(self.area, theme)
        self.panel = ExplainPanel(theme)
        self._pending: Sequence[TypedCell] = ()
        self._spot: Spot | None = None
        self._asked = 0
        self._build_head()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._work())
        self._empty: QWidget = QWidget()
        self.stack.addWidget(self._empty)
        self.body.addWidget(self.stack, 1)
        self._connect()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._explain)

    # ------------------------------------------------------------- building

    def _build_head(self) -> None:
        self.accept_button = self.secondary("Chấp nhận điểm tự chấm", picture="check-check")
        self.accept_button.setObjectName("acceptScores")
        menu = QMenu(self.accept_button)
        for words, scope in (
            ("Các ô đang chọn (=)", "cells"),
            ("Tiêu chí này, mọi đơn vị", "criterion"),
            ("Đơn vị này, mọi tiêu chí", "unit"),
            ("Tất cả đơn vị, mọi tiêu chí", "all"),
        ):
            menu.addAction(words, partial(self.accept, scope))
        self.accept_button.setMenu(menu)
        self.next_button: QPushButton = self.primary("Nộp vòng này", self._next_step, "send")
        self.next_button.setObjectName("nextStep")

    def _work(self) -> QWidget:
        m = self.context.theme.measures
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        lines.addLayout(self._bar())
        self.panels = Panels(
            _PANEL, self.context.preferences, self.area, self.panel, shares=(1000, m.panel)
        )
        self.panel.setMinimumWidth(m.panel * 2 // 3)
        self.area.setMinimumWidth(m.panel)
        self.panel.setVisible(self.context.preferences.choice(_PANEL, "hien") == "hien")
        lines.addWidget(self.panels, 1)
        return whole

    def _bar(self) -> QHBoxLayout:
        m, theme = self.context.theme.measures, self.context.theme
        row = QHBoxLayout()
        row.setSpacing(m.space_2)
        self.round = QComboBox()
        self.round.setAccessibleName("Vòng đang chấm")
        self.round.setToolTip("Vòng đang chấm")
        self.round.setObjectName("editingRound")
        self.round.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.round.setMinimumContentsLength(16)
        self.round.activated.connect(self._choose_round)
        row.addWidget(self.round)
        self.others = tool_button(
            "Các vòng hiện bên cạnh", "columns-3", theme, tip="Hiện thêm các vòng khác bên cạnh"
        )
        self.others.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.others.setMenu(QMenu(self.others))
        row.addWidget(self.others)
        self.turn_button = button("Đổi chiều", self._turn, kind="quiet", picture="rows-3")
        self.turn_button.setToolTip("Đổi hàng thành cột: đơn vị hoặc tiêu chí là hàng")
        row.addWidget(self.turn_button)
        self.fold_button = tool_button("Gấp hết các mục", "fold-vertical", theme,
                                       partial(self._fold_all, True))  # fmt: skip
        self.unfold_button = tool_button("Mở hết các mục", "unfold-vertical", theme,
                                         partial(self._fold_all, False))  # fmt: skip
        row.addWidget(self.fold_button)
        row.addWidget(self.unfold_button)
        row.addStretch(1)
        self.search = SearchBox(theme, "Tìm tiêu chí, đơn vị")
        self.search.setObjectName("findCriterion")
        self.search.setMinimumWidth(m.panel // 3)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.search, 2)
        self.hits: QLabel = label("", "small")
        row.addWidget(self.hits)
        self.open_button = button("Ô chưa chấm", self.go_to_open, kind="quiet",
                                  picture="crosshair", tip="Ô chưa chấm kế tiếp (F8)")  # fmt: skip
        self.open_button.setObjectName("nextOpen")
        row.addWidget(self.open_button)
        self.panel_button = tool_button(
            "Giải thích ô đang chọn", "panel-right", theme, self._toggle_panel,
            tip="Hiện hoặc ẩn phần giải thích (F7)",
        )  # fmt: skip
        self.panel_button.setCheckable(True)
        row.addWidget(self.panel_button)
        return row

    def _connect(self) -> None:
        grid, editor = self.grid, self.editor
        grid.left.connect(self._moved)
        grid.typed.connect(self.edit)
        grid.cleared.connect(self.clear)
        grid.accepted.connect(partial(self.accept, "cells"))
        grid.next_open.connect(self.go_to_open)
        grid.copied.connect(self.copy)
        grid.pasted.connect(self.paste)
        grid.filled.connect(self.fill)
        grid.state_asked.connect(self._set_state)
        grid.fold_asked.connect(self._fold)
        grid.menu_asked.connect(self._menu)
        editor.changed.connect(self._try)
        editor.committed.connect(self._commit)
        editor.ended.connect(self._edited)
        self.search.textEdited.connect(self._find)
        self.search.returnPressed.connect(self._find_next)
        self.panel.evidence.clicked.connect(partial(self._go, PageId.EVIDENCE))
        self.panel.criterion.clicked.connect(partial(self._go, PageId.CRITERIA))
        self._hits: tuple[tuple[Line | None, Lane | None], ...] = ()
        self._hit = -1
        for keys, act in (
            ("Ctrl+F", self._start_finding),
            ("F3", self._find_next),
            ("F7", self._toggle_panel),
            ("F8", self.go_to_open),
            ("F9", self._next_step),
            ("F6", self._next_part),
        ):
            self._on(keys, act)

    def _on(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: act())

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Takes over what has changed; the active cell stays."""
        self.presenter.refresh(topics)
        if not self._show_emptiness():
            return
        self.area.lay_out()
        if not self.grid.currentIndex().isValid() and self.grid.grid.rowCount():
            self._to_first()
        self._show_bar()
        self._later.start()

    def _show_emptiness(self) -> bool:
        """Says what to do first where there is nothing to score; whether there is something."""
        presenter, theme = self.presenter, self.context.theme
        if presenter.lines and presenter.lanes:
            self.stack.setCurrentIndex(0)
            return True
        if presenter.year is None or not presenter.lines:
            words = "Năm này chưa có bảng tiêu chí. Lập bảng trước rồi mới chấm điểm được."
            made = Empty(theme, "list-tree", words, "Lập bảng tiêu chí",
                         partial(self.context.go, Place(PageId.CRITERIA)))  # fmt: skip
        else:
            words = "Năm này chưa có đơn vị nào. Thêm đơn vị trước rồi mới chấm điểm được."
            made = Empty(theme, "building-2", words, "Thêm đơn vị",
                         partial(self.context.go, Place(PageId.UNITS)))  # fmt: skip
        self.stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = made
        self.stack.addWidget(made)
        self.stack.setCurrentWidget(made)
        self.say("Chưa có gì để chấm.")
        self.next_button.hide()
        self.accept_button.hide()
        return False

    def _to_first(self) -> None:
        model = self.grid.grid
        for line in model.lines:
            for lane in model.lanes:
                if line.scored and lane.editing and self.presenter.cell(line, lane).editable:
                    self.grid.select_cell(line, lane)
                    return
        self.grid.setCurrentIndex(model.index(0, 0))

    def _show_bar(self) -> None:
        presenter = self.presenter
        titles = [(r.title, r.id) for r in presenter.rounds]
        if [
            (self.round.itemText(i), self.round.itemData(i)) for i in range(self.round.count())
        ] != titles:
            self.round.clear()
            for title, round_id in titles:
                self.round.addItem(title, round_id)
        self.round.setCurrentIndex(self.round.findData(presenter.editing))
        self.round.setToolTip(f"Vòng đang chấm: {presenter.editing_title}")
        menu = self.others.menu()
        menu.clear()
        for title, round_id in titles:
            act = menu.addAction(title, partial(self._show_round, round_id))
            act.setCheckable(True)
            act.setChecked(round_id in presenter.shown_rounds or round_id == presenter.editing)
            act.setEnabled(round_id != presenter.editing)
        self.others.setVisible(len(titles) > 1)
        self.say(presenter.sentence)
        writing = self.presenter.year is not None and not self.presenter.year.closed
        step = presenter.next_step
        self.next_button.setText(step.words)
        self.next_button.setAccessibleName(step.words)
        self.next_button.setVisible(bool(step.words) and writing)
        self.accept_button.setVisible(not presenter.is_first_round and writing)
        self.panel_button.setChecked(not self.panel.isHidden())

    def go_to(self, place: Place) -> None:
        """To the cell that another page asked for."""
        if place.round is not None and place.round != self.presenter.editing:
            self.presenter.edit_round(place.round)
            self.area.lay_out()
            self._show_bar()
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

    def select_cell(self, unit: str, criterion: str) -> bool:
        """The same by ids, in the round being scored."""
        line, lane = self.presenter.spot(unit, criterion)
        return line is not None and lane is not None and self.select(line, lane)

    # ------------------------------------------------------------- the bar

    def _choose_round(self) -> None:
        self.presenter.edit_round(self.round.currentData())
        self.area.lay_out()
        self._show_bar()
        self._later.start()
        self.grid.setFocus()

    def _show_round(self, round_id: str) -> None:
        self.presenter.show_round(round_id, round_id not in self.presenter.shown_rounds)
        self.area.lay_out()
        self._show_bar()

    def _turn(self) -> None:
        self.presenter.turn_round()
        self.area.lay_out()
        self.grid.setFocus()

    def _fold_all(self, folded: bool) -> None:
        self.presenter.fold_all(folded)
        self.area.lay_out()

    def _fold(self, line: Line) -> None:
        self.presenter.fold(line)
        self.area.lay_out()

    def _toggle_panel(self) -> None:
        self.panel.setVisible(self.panel.isHidden())
        shown = not self.panel.isHidden()
        self.panel_button.setChecked(shown)
        self.context.preferences.keep_choice(_PANEL, "hien" if shown else "an")
        self._later.start()

    def _next_part(self) -> None:
        parts: list[QWidget] = [self.grid, self.panel.text, self.round]
        here = QApplication.focusWidget()
        at = parts.index(here) if here in parts else -1
        following = [one for one in (*parts[at + 1 :], *parts) if one.isVisible()]
        following[0].setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_open(self) -> None:
        """To the next cell of the round that nothing was said of yet."""
        spot = self.presenter.next_open(self.grid.line, self.grid.lane)
        if spot is None:
            self.context.notices.said.emit("Không còn ô chưa chấm trong vòng này.")
            return
        self.select(*spot)
        self.grid.setFocus()

    def _start_finding(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _find(self, words: str) -> None:
        self._hits = self.presenter.found(words)
        self._hit = -1
        self.hits.setText("" if not words.strip() else f"{len(self._hits)} chỗ")
        if self._hits:
            self._show_hit(0)

    def _find_next(self) -> None:
        if self._hits:
            self._show_hit((self._hit + 1) % len(self._hits))

    def _show_hit(self, at: int) -> None:
        self._hit = at
        line, lane = self._hits[at]
        self.hits.setText(f"{at + 1}/{len(self._hits)}")
        self.select(line or self.grid.line, lane or self.grid.lane)

    # ------------------------------------------------------------- explaining

    def _moved(self) -> None:
        if self.editor.is_open:
            self.editor.close()
        self._later.start()

    def _explain(self) -> None:
        line, lane = self.grid.line, self.grid.lane
        if self.panel.isHidden() or self.presenter.year is None:
            return
        if line is None or lane is None:
            self.panel.show_cell(None)
            return
        self.panel.show_cell(self.presenter.explained(line, lane))
        self._asked += 1
        if line.scored:
            self.context.runner.run(
                "Đọc lịch sử của ô",
                partial(_without_progress, self.presenter.history(line, lane)),
                partial(self._show_history, self._asked),
                quiet=True,
            )

    def _show_history(self, asked: int, sentences: tuple[str, ...]) -> None:
        if asked == self._asked:
            self.panel.show_history(sentences)

    def _go(self, page: PageId) -> None:
        line, lane = self.grid.line, self.grid.lane
        if line is not None and lane is not None:
            self.context.go(Place(page, unit=lane.unit, criterion=line.code, round=lane.round))

    # ------------------------------------------------------------- typing

    def _cell_rect(self) -> QRect:
        rect = self.grid.visualRect(self.grid.currentIndex())
        corner = self.grid.viewport().mapTo(self.area, rect.topLeft())
        return QRect(corner, rect.size())

    def edit(self, text: str = "") -> None:
        """Opens the editor on the active cell; where it cannot be typed, says why."""
        line, lane = self.grid.line, self.grid.lane
        if line is None or lane is None:
            return
        if not line.scored or not self.presenter.cell(line, lane).editable:
            self._say_why_not(line, lane)
            return
        self.grid.scrollTo(self.grid.currentIndex())
        self._spot = (line, lane)
        self.grid.key_taker = self.editor.take_key
        self.editor.open(self.presenter.form(line, lane), self._cell_rect(), text)

    def _say_why_not(self, line: Line, lane: Lane) -> None:
        words = "Dòng này là tổng, không gõ trực tiếp được."
        if line.scored:
            words = self.presenter.cells.why_read_only(line, lane) or (
                "Đơn vị này không có tiêu chí này, hoặc vòng này không chấm tiêu chí này."
            )
        self.context.notices.said.emit(words)

    def _typed_cell(self) -> TypedCell:
        assert self._spot is not None
        empty = self.presenter.typed(*self._spot)
        return cell_from_form(empty, self.editor.values(), self.editor.reason.text())

    def _try(self) -> None:
        """What would move, at each keystroke."""
        if self.editor.asks_reason_only or self._spot is None:
            return
        cell = self._typed_cell()
        if not (cell.points or cell.figures or cell.state):
            self.editor.show_preview("")
            self.panel.show_trial(None)
            return
        tried = self.presenter.tried(cell)
        words = tried.faults or tried.own
        self.editor.show_preview("\n".join(words))
        self.panel.show_trial(tried)

    def _edited(self) -> None:
        self.grid.key_taker = None
        self._pending = ()
        self.panel.show_trial(None)
        self.grid.viewport().update()
        if self.isVisible():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _commit(self, rows: int, columns: int) -> None:
        """Keeps what was typed and goes on; what is refused stays in the editor."""
        editor = self.editor
        if editor.asks_reason_only:
            reason = editor.reason.text().strip()
            cells = [_with_reason(cell, reason) for cell in self._pending]
            if self._keep(cells):
                editor.close()
            return
        if not editor.is_unchanged():
            cell = self._typed_cell()
            if not (cell.points or cell.figures or cell.state):
                assert self._spot is not None
                spot = self._spot
                editor.close()
                self.context.do(lambda: self.presenter.clear([spot]))
            elif not self._keep([cell]):
                return
        editor.close()
        if rows or columns:
            self.grid.step(rows, columns)

    def _keep(self, cells: Sequence[TypedCell]) -> bool:
        """Keeps cells; asks for a reason in place where one is needed."""
        try:
            self.presenter.enter(cells)
        except UserError as fault:
            codes = {finding.code for finding in fault.findings}
            words = fault.findings[0].message
            if codes == {REASON_MISSING}:
                count = len(fault.findings)
                if count > 1:
                    words = (
                        f"{count} ô khác vòng trước nên cần nêu lý do. Một lý do cho cả {count} ô:"
                    )
                self._ask_reason(cells, words)
                return False
            if self.editor.is_open and len(cells) == 1:
                first = fault.findings[0]
                self.editor.show_message(f"{first.message} {first.remedy}".strip())
                return False
            self.context.notices.fault(fault)
            return False
        return True

    def _ask_reason(self, cells: Sequence[TypedCell], words: str) -> None:
        if self.editor.is_open:
            self.editor.show_reason(words)
            return
        self._pending = cells
        self.grid.key_taker = self.editor.take_key
        self.editor.ask_reason(self._cell_rect(), words)
        self._pending = cells

    # ------------------------------------------------------------- blocks

    def _spots(self) -> list[Spot]:
        """The places of the selection that can be typed."""
        rows, columns = self.grid.block()
        model = self.grid.grid
        return [
            (model.line_at(row, column), model.lane_at(row, column))
            for row in rows
            for column in columns
            if model.view_at(row, column).editable
        ]

    def clear(self) -> None:
        """Takes the selected cells out again."""
        spots = self._spots()
        if spots:
            self.context.do(lambda: self.presenter.clear(spots) or True)
        elif (line := self.grid.line) is not None and (lane := self.grid.lane) is not None:
            self._say_why_not(line, lane)

    def _set_state(self, state: str) -> None:
        spots = self._spots()
        if spots:
            cells = [_with_state(self.presenter.typed(*spot), state) for spot in spots]
            self._keep(cells)

    def accept(self, scope: str) -> None:
        """Takes over the self-scores: of the selected cells, a criterion, a unit, or all."""
        presenter = self.presenter
        if presenter.is_first_round:
            self.context.notices.said.emit("Vòng đầu là vòng tự chấm, không có điểm để chấp nhận.")
            return
        spots = self._spots()
        line, lane = self.grid.line, self.grid.lane
        units: list[str] | None = None
        criteria: list[str] | None = None
        if scope == "cells":
            if not spots:
                if line is not None and lane is not None:
                    self._say_why_not(line, lane)
                return
            units = list(dict.fromkeys(spot[1].unit for spot in spots))
            criteria = list(dict.fromkeys(spot[0].code for spot in spots))
        elif scope == "criterion" and line is not None and line.scored:
            criteria = [line.code]
        elif scope == "unit" and lane is not None:
            units = [lane.unit]
        elif scope != "all":
            return
        self.context.do(lambda: presenter.accept(units, criteria))
        if scope == "cells" and len(spots) == 1:
            self.grid.step(1, 0)

    def copy(self) -> None:
        """Copies the selection for Excel, and as it is kept for pasting back."""
        rows, columns = self.grid.block()
        model = self.grid.grid
        texts = [[model.view_at(row, column).text for column in columns] for row in rows]
        kept = [
            [
                self.presenter.entry(model.line_at(row, column), model.lane_at(row, column))
                for column in columns
            ]
            for row in rows
        ]
        data = QMimeData()
        data.setText("\n".join("\t".join(row) for row in texts))
        data.setData(_MIME, packed(kept).encode())
        QApplication.clipboard().setMimeData(data)
        count = len(rows) * len(columns)
        self.context.notices.said.emit(f"Đã sao chép {count} ô.")

    def paste(self) -> None:
        """Pastes a block from Excel, or what was copied here, from the active cell on."""
        data = QApplication.clipboard().mimeData()
        kept: list[list[object]] | None = None
        if data.hasFormat(_MIME):
            kept = json.loads(bytes(data.data(_MIME).data()).decode())
        texts = block_of(data.text())
        self._paste_block(kept if kept is not None else texts, is_text=kept is None)

    def _paste_block(self, block: Sequence[Sequence[object]], *, is_text: bool) -> None:
        rows, columns = self.grid.block()
        if not rows or not block:
            return
        if len(block) == 1 and len(block[0]) == 1:
            block = [[block[0][0]] * len(columns) for _ in rows]
        cells: list[TypedCell] = []
        passed = 0
        model = self.grid.grid
        for down, texts in enumerate(block):
            for across, content in enumerate(texts):
                row, column = rows[0] + down, columns[0] + across
                if row >= model.rowCount() or column >= model.columnCount():
                    passed += bool(content)
                    continue
                cell = self._from_content(row, column, content, is_text=is_text)
                if cell is not None:
                    cells.append(cell)
                elif content and not model.view_at(row, column).editable and is_text:
                    passed += bool(model.line_at(row, column).scored)
        if not cells:
            self.context.notices.said.emit("Không có ô nào nhận được nội dung này.")
            return
        if self._keep(cells):
            beside = f", bỏ qua {passed} ô không nhập được" if passed else ""
            self.context.notices.said.emit(f"Đã dán {len(cells)} ô{beside}.")

    def _from_content(
        self, row: int, column: int, content: object, *, is_text: bool
    ) -> TypedCell | None:
        model = self.grid.grid
        if not model.view_at(row, column).editable or content is None:
            return None
        line, lane = model.line_at(row, column), model.lane_at(row, column)
        known = self.presenter.known(line, lane)
        if known is None:
            return None
        empty = self.presenter.typed(line, lane)
        if is_text:
            return cell_from_text(empty, str(content), known)
        return unpacked(empty, content if isinstance(content, dict) else None, known)

    def fill(self, down: bool) -> None:
        """Fills the selection from its first row (or column)."""
        rows, columns = self.grid.block()
        model = self.grid.grid
        cells: list[TypedCell] = []
        for row in rows[1:] if down else rows:
            for column in columns if down else columns[1:]:
                source = (rows[0], column) if down else (row, columns[0])
                entry = self.presenter.entry(model.line_at(*source), model.lane_at(*source))
                content = json.loads(packed([[entry]]))[0][0]
                cell = self._from_content(row, column, content, is_text=False)
                if cell is not None:
                    cells.append(cell)
        if cells:
            self._keep(cells)

    # ------------------------------------------------------------- menu and rounds

    def _menu(self, spot: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        typing = bool(self._spots())
        acts: list[tuple[str, Callable[[], object], bool]] = [
            ("Sửa ô (F2)", self.edit, typing),
            (
                "Không được giao: KG (Alt+G)",
                partial(self._set_state, EntryState.NOT_ASSIGNED),
                typing,
            ),
            ("Không thực hiện: KTH (Alt+T)", partial(self._set_state, EntryState.NOT_DONE), typing),
            ("Xóa ô (Delete)", self.clear, typing),
            (
                "Chấp nhận điểm tự chấm (=)",
                partial(self.accept, "cells"),
                typing and not self.presenter.is_first_round,
            ),
            ("Sao chép (Ctrl+C)", self.copy, True),
            ("Dán (Ctrl+V)", self.paste, typing),
            ("Điền xuống (Ctrl+D)", partial(self.fill, True), typing),
            ("Điền sang phải (Ctrl+R)", partial(self.fill, False), typing),
            ("Minh chứng của ô", partial(self._go, PageId.EVIDENCE), True),
        ]
        for words, act, enabled in acts:
            menu.addAction(words, act).setEnabled(enabled)
        menu.popup(spot)

    def _next_step(self) -> None:
        step = self.presenter.next_step
        if step.turn is not None:
            self.turn_sheet(step.turn)
        elif step.next_round:
            self.presenter.edit_round(step.next_round)
            self.area.lay_out()
            self._show_bar()
            self.grid.setFocus()

    def turn_sheet(self, turn: Turn) -> TurnSheet:
        """Shows the sheet that turns the round being scored."""
        presenter = self.presenter
        assert presenter.year is not None
        scene = TurnScene(
            presenter.editing_title,
            {unit.id: unit.name for unit in presenter.year.units.values()},
            presenter.stages,
            presenter.open_counts,
        )
        sheet = TurnSheet(scene, turn, self, self.context.theme, self._turn_rounds)
        sheet.show_over()
        return sheet

    def _turn_rounds(self, turn: Turn, units: Sequence[str], reason: str) -> bool:
        return self.context.do(lambda: self.presenter.turn_rounds(turn, units, reason))


def _without_progress(read: Callable[[], tuple[str, ...]], _progress: object) -> tuple[str, ...]:
    return read()


def _with_reason(cell: TypedCell, reason: str) -> TypedCell:
    return cell if cell.reason else replace(cell, reason=reason)


def _with_state(cell: TypedCell, state: str) -> TypedCell:
    return replace(cell, state=state)
