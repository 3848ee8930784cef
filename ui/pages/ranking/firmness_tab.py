"""The tab "Chắc đến đâu": which places are in doubt, and the cells on which they hang."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.models.columns import Column
from ui.pages.ranking.firmness import FirmCell, FirmnessPresenter, FirmRow
from ui.places import PageId, Place
from ui.widgets.empty import Empty
from ui.widgets.panels import Panels
from ui.widgets.printing import print_papers
from ui.widgets.scrolling import Scrolling
from ui.widgets.table import Table
from ui.widgets.words import button, label

ROWS: tuple[Column[FirmRow], ...] = (
    Column("Mức chắc", lambda r: r.state, 16, tone=lambda r: r.tone, order=lambda r: r.doubt),
    Column("Vị trí", lambda r: r.where, 16, bold=True),
    Column("Hai đơn vị", lambda r: r.who, 34, stretch=True),
    Column("Cách nhau", lambda r: r.gap, 9, "right", order=lambda r: r.gap_order),
    Column(
        "Còn tranh luận",
        lambda r: r.at_stake,
        9,
        "right",
        order=lambda r: r.stake_order,
        head_tip="Số điểm còn có thể đổi ở các ô chưa ngã ngũ của hai đơn vị",
    ),
    Column("Thay đổi nhỏ nhất làm đổi chỗ", lambda r: r.change, 30, stretch=True),
)
CELLS: tuple[Column[FirmCell], ...] = (
    Column("Vì sao", lambda c: c.why, 24),
    Column("Đơn vị", lambda c: c.name, 28),
    Column("Tiêu chí", lambda c: c.title, 30, stretch=True),
    Column("Điểm", lambda c: c.points, 8, "right", order=lambda c: c.order),
)


class FirmnessTab(QWidget):
    """Asked for by a button; what was worked out stays until the result changes."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.presenter = FirmnessPresenter(context.session, context.runner)
        self._cluster: str | None = None
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        self.stack = QStackedWidget()
        whole.addWidget(self.stack)
        self.empty = Empty(
            context.theme,
            "scale",
            "Các vị trí liền nhau cách nhau bao nhiêu, còn bao nhiêu điểm chưa ngã ngũ, và thay "
            "đổi nhỏ nhất nào làm đổi chỗ. Việc tính có thể mất vài giây.",
            "Tính độ chắc",
            self.work_out,
        )
        self.stack.addWidget(self.empty)
        found = QWidget()
        lines = QVBoxLayout(found)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        head = QHBoxLayout()
        self.state = label("", wrap=True)
        self.state.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.state, 1)
        self.printed = button("In độ chắc", self.print, kind="quiet", picture="printer")
        head.addWidget(self.printed)
        lines.addLayout(head)
        self.table: Table[FirmRow] = Table("Độ chắc của từng vị trí", ROWS, context.theme)
        self.table.chosen.connect(self._show_details)
        lower = QWidget()
        details = QVBoxLayout(lower)
        details.setContentsMargins(0, m.space_1, 0, 0)
        details.setSpacing(m.space_1)
        words = QWidget()
        told = QVBoxLayout(words)
        told.setContentsMargins(0, 0, m.space_2, 0)
        self.sentence = label("", wrap=True)
        told.addWidget(self.sentence)
        told.addStretch(1)
        scrolled = Scrolling(words, "Diễn giải")
        scrolled.setFixedHeight(m.row + m.space_4)
        details.addWidget(scrolled)
        self.cells: Table[FirmCell] = Table("Các ô làm nên độ chắc", CELLS, context.theme)
        self.cells.setToolTip("Nhấn Enter để đến ô này ở trang Chấm điểm.")
        self.cells.entered.connect(self._to_cell)
        details.addWidget(self.cells, 1)
        self.table.entered.connect(lambda _row: self.cells.setFocus())
        lines.addWidget(
            Panels(
                "firmness",
                context.preferences,
                self.table,
                lower,
                shares=(260, 200),
                vertical=True,
            ),
            1,
        )
        self.stack.addWidget(found)

    def show_cluster(self, cluster: str) -> None:
        """Shows what is known of a cluster, or offers to work it out."""
        self._cluster = cluster
        self.empty.act.setEnabled(not self.presenter.at_work)
        if self.presenter.found is None:
            self.stack.setCurrentIndex(0)
            return
        rows = self.presenter.rows(cluster)
        self.state.setText(self.presenter.sentence(rows))
        self.table.show_rows(rows)
        self._show_details(self.table.current)
        self.stack.setCurrentIndex(1)

    def work_out(self) -> None:
        """Starts the work."""
        if self._context.do(lambda: self.presenter.work_out(self._show_again)):
            self._show_again()

    def print(self) -> None:
        """Writes the papers into a folder."""
        print_papers(
            self.window(),
            self._context.runner,
            "In độ chắc của xếp hạng",
            self.presenter.write,
            self._context.notices.said.emit,
        )

    def _show_again(self) -> None:
        if self._cluster is not None:
            self.show_cluster(self._cluster)

    def _show_details(self, row: FirmRow | None) -> None:
        self.sentence.setText(row.sentence if row is not None else "")
        self.cells.show_rows(row.cells if row is not None else ())

    def _to_cell(self, cell: FirmCell) -> None:
        self._context.go(Place(PageId.SCORES, unit=cell.unit, criterion=cell.criterion))
