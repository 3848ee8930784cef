"""The start: four large choices, and the workspaces that were open before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.pages.start.choice import ChoiceCard
from ui.pages.start.columns import RECENT
from ui.pages.start.presenter import RecentRow
from ui.theme.icons import pixmap
from ui.theme.tokens import Theme
from ui.widgets.table import Table
from ui.widgets.words import button, label

_FIRST_STEPS = (
    ("list-tree", "Lấy khung điểm của tỉnh, lập bảng tiêu chí của cụm, khối"),
    ("arrow-left-right", "Gửi phiếu Excel cho các đơn vị tự chấm, nhận lại và rà soát"),
    ("trophy", "Xếp hạng, giải thích từng con số đến tận điều khoản"),
    ("printer", "In phiếu chấm, bảng xếp hạng, biên bản để trình ký"),
)


class Choices(QWidget):
    """``wanted`` carries the recent workspace that is asked for, ``unwanted`` one to take off."""

    wanted = Signal(object)
    unwanted = Signal(object)
    help_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        begin: Callable[[], object],
        receive: Callable[[], object],
        browse: Callable[[], object],
        practise: Callable[[], object],
    ) -> None:
        super().__init__()
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_4)
        self._above = QWidget()
        lines.addWidget(self._above, 1)
        self._grid = QGridLayout()
        self._grid.setSpacing(m.space_3)
        self.begin = ChoiceCard(
            theme,
            "file-plus",
            "Lập cụm, khối mới từ khung điểm",
            "Chọn văn bản, ghi các đơn vị và năm; khoảng mười phút.",
            begin,
        )
        self.receive = ChoiceCard(
            theme,
            "package",
            "Bắt đầu từ gói dữ liệu",
            "Chọn gói (.bvg) được bàn giao hoặc được gửi đến; kéo thả vào trang này cũng được.",
            receive,
        )
        self.browse = ChoiceCard(
            theme,
            "folder-open",
            "Mở sổ làm việc đã có",
            "Chọn thư mục của sổ trên máy này hoặc trên thẻ nhớ USB.",
            browse,
        )
        self.practise = ChoiceCard(
            theme,
            "graduation-cap",
            "Luyện tập với dữ liệu mẫu",
            "Một khối 8 đơn vị đã chấm xong; thử thoải mái, không ảnh hưởng số liệu thật.",
            practise,
        )
        self._columns, self._alone = 0, True
        self._lay_cards(len(self.cards))
        lines.addLayout(self._grid)
        self._recent = QWidget()
        self._lay_recent(theme)
        lines.addWidget(self._recent, 5)
        self._welcome = QWidget()
        self._lay_welcome(theme)
        lines.addWidget(self._welcome, 4)

    @property
    def cards(self) -> tuple[ChoiceCard, ...]:
        """The choices from left to right."""
        return self.begin, self.receive, self.browse, self.practise

    def _lay_cards(self, columns: int) -> None:
        """All in one row, or in two where that would squeeze their words."""
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(len(self.cards)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._grow()

    def _grow(self) -> None:
        """Large where nothing else is on the page and all stand in one row."""
        for card in self.cards:
            card.grow(self._alone and self._columns == len(self.cards))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many choices beside each other as there is room for."""
        super().resizeEvent(event)
        count = len(self.cards)
        room = self.width() - (count - 1) * self._grid.spacing()
        self._lay_cards(count if room >= count * self.begin.fair_width else count // 2)

    def _lay_recent(self, theme: Theme) -> None:
        m = theme.measures
        rows = QVBoxLayout(self._recent)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        head.addWidget(label("Sổ mở gần đây", "section"))
        head.addStretch(1)
        self.remove = button("Bỏ khỏi danh sách", self._take_off, kind="quiet", picture="x")
        self.open = button("Mở sổ đang chọn", self._open, kind="primary", picture="door-open")
        head.addWidget(self.remove)
        head.addWidget(self.open)
        rows.addLayout(head)
        self.table: Table[RecentRow] = Table("Sổ mở gần đây", RECENT, theme)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setMinimumHeight(m.row * 3)
        self.table.chosen.connect(self._show_chosen)
        self.table.entered.connect(self.wanted)
        rows.addWidget(self.table, 1)

    def _lay_welcome(self, theme: Theme) -> None:
        m = theme.measures
        grid = QGridLayout(self._welcome)
        grid.setContentsMargins(0, m.space_4, 0, 0)
        grid.setHorizontalSpacing(m.space_3)
        grid.setVerticalSpacing(m.space_2)
        grid.addWidget(
            label("Bảng Vàng giúp Anh/Chị đi hết một năm thi đua", "section"), 0, 0, 1, 4
        )
        for at, (picture, words) in enumerate(_FIRST_STEPS):
            row, column = at // 2 + 1, at % 2 * 2
            drawing = QLabel()
            drawing.setPixmap(pixmap(picture, theme.palette.muted, 20, self.devicePixelRatio()))
            grid.addWidget(drawing, row, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words, wrap=True), row, column + 1)
            grid.setColumnStretch(column + 1, 1)
        self.help = button("Đọc hướng dẫn mười phút đầu tiên", self.help_wanted.emit, kind="link")
        grid.addWidget(self.help, 3, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setRowStretch(4, 1)

    def show_recent(self, rows: Sequence[RecentRow]) -> None:
        """Lists these workspaces; a welcome stands where there are none."""
        self._recent.setVisible(bool(rows))
        self._welcome.setVisible(not rows)
        self._above.setVisible(not rows)
        self._alone = not rows
        self._grow()
        self.table.show_rows(rows)
        self._show_chosen(self.table.current)

    def focus_first(self) -> None:
        """The last workspace, where Enter opens it; else the first choice."""
        (self.table if self._recent.isVisibleTo(self) else self.begin).setFocus()

    def _show_chosen(self, row: RecentRow | None) -> None:
        self.open.setEnabled(row is not None and row.there)
        self.remove.setEnabled(row is not None)

    def _open(self) -> None:
        if self.table.current is not None:
            self.wanted.emit(self.table.current)

    def _take_off(self) -> None:
        if self.table.current is not None:
            self.unwanted.emit(self.table.current)
