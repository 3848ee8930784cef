"""The page Tổng quan: where the year stands, and what is next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ground.text import named
from ui.context import Context
from ui.page import Page
from ui.pages.overview.columns import matrix_columns, ranking_columns
from ui.pages.overview.facts import MatrixRow, OwnAct, RankRow, View
from ui.pages.overview.next_card import NextCardBox
from ui.pages.overview.presenter import OverviewPresenter
from ui.pages.overview.section import Section, Stack
from ui.pages.overview.tables import FullTable, MatrixTable
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.topics import Topic
from ui.widgets.scrolling import Scrolling
from ui.widgets.search import SearchBox
from ui.widgets.tabbing import tab_as_laid_out
from ui.widgets.words import button, card, chip, label, line

PATIENCE = 1000
"""Milliseconds that a year shown for the first time waits for its result."""
_MATRIX_ROWS = 14
_SEARCH_FROM = 15
_SHOWN_NAMES = 12
_SHOWN_ASKED = 6
_SHOWN_DEADLINES = 5
_LONG = 70
_ANY = 16_777_215


class OverviewPage(Page):
    """The page Tổng quan."""

    id = PageId.OVERVIEW
    title = "Tổng quan"
    topics = frozenset(set(Topic) - {Topic.SETTINGS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._presenter = OverviewPresenter(context.session, context.runner)
        self._shape: tuple[object, ...] = ()
        self._wide: bool | None = None
        self._as_left = False
        self._stay = context.session.before_leaving(self._leave_year)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._look)
        m = context.theme.measures
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, m.space_2, 0)
        self._grid.setHorizontalSpacing(m.space_4)
        self._grid.setVerticalSpacing(m.space_3)
        self.card = NextCardBox(context.theme, self._go)
        self.matrix_box = self._section("Tiến độ của từng đơn vị")
        self.ranking_box = self._section("Xếp hạng hiện nay")
        self.gaps_box = self._section("Ai chưa gửi gì")
        self.deadlines_box = self._section("Thời hạn")
        self.asked_box = self._section("Chờ giải trình")
        self.starts_box = self._section("Bắt đầu năm")
        self.matrix: MatrixTable | None = None
        self.ranking: FullTable[RankRow] | None = None
        self.area = Scrolling(inner, "Nội dung trang Tổng quan")
        self.body.addWidget(self.area, 1)
        self._columns = (Stack(m.space_3), Stack(m.space_3))
        self._arrange()
        self.area.setVisible(False)

    # ------------------------------------------------------------- laying out

    def _section(self, title: str) -> Section:
        return Section(title, self.context.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Two columns where there is room, else one."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        m = self.context.theme.measures
        wide = self.width() >= 3 * m.panel
        if wide == self._wide:
            return
        self._wide = wide
        left = [self.starts_box, self.matrix_box, self.gaps_box]
        right = [self.ranking_box, self.deadlines_box, self.asked_box]
        if not wide:
            left, right = (
                [self.matrix_box, self.ranking_box],
                [
                    self.gaps_box,
                    self.deadlines_box,
                    self.asked_box,
                ],
            )
        first, second = self._columns
        for column in self._columns:
            column.release()
        first.hold(left)
        second.hold(right)
        self._grid.addWidget(self.card, 0, 0, 1, 2 if wide else 1)
        self._grid.addWidget(first, 1, 0)
        self._grid.addWidget(second, 1 if wide else 2, 1 if wide else 0)
        self._grid.setColumnStretch(0, 1)
        second.setMinimumWidth(m.panel + m.space_6 if wide else 0)
        second.setMaximumWidth(m.panel + m.space_6 if wide else _ANY)
        self._grid.setRowStretch(3, 1)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Reads the year anew beside the window, and shows it.

        A year that is shown for the first time is shown as it was left, until its result is there.
        Where something was written since, it waits a little for the result, so that it is read
        and laid out once; where the result takes longer, it is shown without one until then.
        """
        session = self.context.session
        if self._presenter.view is None and session.result is None and session.result_is_due:
            if self._patience.isActive():
                return
            as_left = self._presenter.recall()
            if as_left is None:
                self.say("Đang xem tình hình của năm…")
                self._patience.start()
            else:
                self._as_left = True
                self._show(as_left)
        else:
            self._look()

    def _look(self) -> None:
        self._patience.stop()
        if self.context.session.seat is not None:
            self._presenter.look(self._show)

    def _show(self, view: View) -> None:
        first = self.area.isHidden() or (self._as_left and view.dated)
        self._as_left = not view.dated
        self.say(view.sentence)
        self.card.show_card(view.card, view.steps, may_write=view.may_write)
        self._show_matrix(view)
        self._show_ranking(view)
        self._show_deadlines(view)
        self._show_gaps(view)
        self._show_asked(view)
        self._show_starts(view)
        self.area.setVisible(True)
        tab_as_laid_out(self._grid)
        if first and self.isVisible() and QApplication.focusWidget() in (None, self):
            self.take_focus()

    def take_focus(self) -> None:
        """On the next thing to do, once it is known."""
        if self._as_left:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def leave(self) -> None:
        """The page is thrown away."""
        self._stay()
        super().leave()

    def _leave_year(self) -> None:
        self._presenter.keep()
        self._presenter.forget()
        self._patience.stop()
        self.area.setVisible(False)

    def _show_matrix(self, view: View) -> None:
        shape = (view.heads, view.several_clusters, len(view.rows) >= _SEARCH_FROM)
        if self.matrix is None or shape != self._shape:
            self._shape = shape
            self.matrix_box.clear()
            self.matrix = MatrixTable(matrix_columns(view), self.context.theme, _MATRIX_ROWS)
            self.matrix.cell_entered.connect(self._to_cell)
            if len(view.rows) >= _SEARCH_FROM:
                search = SearchBox(self.context.theme, "Tìm đơn vị (không cần gõ dấu)")
                search.textChanged.connect(self.matrix.rows.find)
                self.matrix_box.lines.addWidget(search)
            self.matrix_box.lines.addWidget(self.matrix)
        self.matrix.show_rows(view.rows)
        self.matrix_box.setVisible(bool(view.rows))

    def _to_cell(self, row: MatrixRow, column: int) -> None:
        view = self._presenter.view
        if view is None:
            return
        at = column - (3 if view.several_clusters else 2)
        if at >= 0:
            place = row.rounds[at].place
        elif at == -1:
            place = row.registered.place
        else:
            place = Place(PageId.UNITS, unit=row.unit)
        if place is not None:
            self.context.go(place)

    def _show_ranking(self, view: View) -> None:
        box = self.ranking_box
        box.clear()
        self.ranking = None
        box.title.setText(view.ranking_title)
        if view.ranking:
            box.show_chip("Tạm tính" if view.provisional else "Đủ số liệu", view.provisional)
            self.ranking = FullTable("Xếp hạng", ranking_columns(view), self.context.theme)
            self.ranking.entered.connect(self._to_rank)
            self.ranking.show_rows(view.ranking)
            box.lines.addWidget(self.ranking)
            for why in view.why[:3]:
                box.lines.addWidget(label(f"• {why[:1].upper()}{why[1:]}.", "small", wrap=True))
            to_all = button(
                "Xem bảng xếp hạng",
                lambda: self.context.go(Place(PageId.RANKING)),
                kind="link",
            )
            box.lines.addWidget(to_all, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            box.show_chip("", provisional=False)
            box.lines.addWidget(label(self._no_ranking(), "muted", wrap=True))
        box.setVisible(bool(view.rows))

    def _no_ranking(self) -> str:
        session = self.context.session
        if session.result_refusal:
            finding = session.result_refusal[0]
            return f"Chưa tính được kết quả. {finding.message} {finding.remedy}"
        if session.result is not None:
            return "Chưa có điểm nào được ghi nên chưa xếp hạng."
        return "Đang tính kết quả…" if session.result_is_due else "Chưa có kết quả."

    def _to_rank(self, row: RankRow) -> None:
        self.context.go(Place(PageId.RANKING, unit=row.unit))

    def _show_deadlines(self, view: View) -> None:
        box = self.deadlines_box
        box.clear()
        m = self.context.theme.measures
        pressing = [row for row in view.deadlines if row.pressing]
        for row in pressing[:_SHOWN_DEADLINES]:
            line_box = QWidget()
            across = QHBoxLayout(line_box)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(m.space_2)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(_tipped(row.title))
            whose = f" · {row.whose}" if row.whose else ""
            words.addWidget(label(f"hết ngày {row.due:%d/%m/%Y}{whose}", "small", wrap=True))
            across.addLayout(words, 1)
            across.addWidget(chip(row.left, row.tone or Tone.NEUTRAL), 0, Qt.AlignmentFlag.AlignTop)
            box.lines.addWidget(line_box)
        if not pressing:
            box.lines.addWidget(label(_no_deadlines(view), "muted", wrap=True))
        more = len(view.deadlines) - min(len(pressing), _SHOWN_DEADLINES)
        verb = f"Xem tất cả {len(view.deadlines)} thời hạn" if more else "Sửa thời hạn"
        if not view.deadlines:
            verb = "Ghi thời hạn"
        to_all = button(verb, self._open_deadlines, kind="link")
        box.lines.addWidget(to_all, 0, Qt.AlignmentFlag.AlignLeft)
        box.setVisible(view.dated and bool(view.rows or view.deadlines))

    def _open_deadlines(self) -> None:
        from ui.pages.overview import sheets

        sheets.DeadlinesSheet(self.context, self._presenter, self.window()).show_over()

    def _show_starts(self, view: View) -> None:
        box = self.starts_box
        box.clear()
        m = self.context.theme.measures
        for start in view.starts:
            frame = card()
            across = QHBoxLayout(frame)
            across.setContentsMargins(m.space_4, m.space_3, m.space_4, m.space_3)
            across.setSpacing(m.space_4)
            words = QVBoxLayout()
            words.setSpacing(m.space_1)
            words.addWidget(label(start.title, "strong", wrap=True))
            words.addWidget(label(start.words, "muted", wrap=True))
            across.addLayout(words, 1)
            across.addWidget(button(start.verb, self._goer(start.place), picture=start.picture))
            box.lines.addWidget(frame)
        box.setVisible(bool(view.starts))

    def _show_gaps(self, view: View) -> None:
        box = self.gaps_box
        box.clear()
        total = len(view.rows)
        for at, gap in enumerate(view.gaps):
            if at:
                box.lines.addWidget(line())
            who = (
                "Tất cả các đơn vị"
                if len(gap.names) == total and total > 2
                else named(gap.names, _SHOWN_NAMES)
            )
            box.lines.addWidget(self._gap_row(gap.what, len(gap.names), who, gap.place))
        box.setVisible(bool(view.gaps))

    def _gap_row(self, what: str, count: int, who: str, place: Place | None) -> QWidget:
        m = self.context.theme.measures
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(m.space_3)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(f"{what}: {count} đơn vị", "strong", wrap=True))
        words.addWidget(label(who, "muted", wrap=True))
        across.addLayout(words, 1)
        if place is not None:
            made = button("Mở", lambda: self.context.go(place), kind="link")
            made.setAccessibleName(f"Mở {what}")
            across.addWidget(made)
        return row

    def _show_asked(self, view: View) -> None:
        box = self.asked_box
        box.clear()
        for asked in view.asked[:_SHOWN_ASKED]:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.addWidget(label(asked.words, wrap=True), 1)
            made = button("Mở", self._goer(asked.place), kind="link")
            made.setAccessibleName(f"Mở {asked.words}")
            across.addWidget(made)
            box.lines.addWidget(row)
        more = len(view.asked) - _SHOWN_ASKED
        if more > 0:
            box.lines.addWidget(label(f"… và {more} yêu cầu nữa.", "muted"))
        box.setVisible(bool(view.asked))

    def _goer(self, place: Place) -> Callable[[], None]:
        return lambda: self.context.go(place)

    # ------------------------------------------------------------- acting

    def _go(self, place: Place | None, act: OwnAct) -> None:
        context, presenter = self.context, self._presenter
        if place is not None:
            context.go(place)
            return
        from ui.pages.overview import sheets

        match act:
            case OwnAct.MID_YEAR | OwnAct.SUMMARY:
                sheets.note_conference(context, presenter, act, self.window())
            case OwnAct.CLOSE:
                sheets.close_year(context, presenter)
            case OwnAct.REOPEN:
                sheets.reopen_year(context, presenter, self.window())
            case OwnAct.NONE:
                pass


def _no_deadlines(view: View) -> str:
    if view.deadlines:
        return "Không còn thời hạn nào phải chờ."
    words = "Chưa ghi thời hạn nào trong năm."
    return f"{words} Bảng tiêu chí có ghi ngày để lấy về." if view.rules_have_days else words


def _tipped(title: str) -> QLabel:
    """A long title in brief, whole in the tip."""
    brief = title.partition(" (")[0]
    if len(brief) > _LONG:
        brief = brief[:_LONG].rpartition(" ")[0].rstrip(",;") + "…"
    made = label(brief, wrap=True)
    made.setToolTip(title if brief != title else "")
    return made
