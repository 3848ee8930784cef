"""The bar over the grid: which round is scored, what is shown, finding and going on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from app.rules.pack import Round
from ui.pages.scores.lines import short_round
from ui.theme.tokens import Theme
from ui.widgets.search import SearchBox
from ui.widgets.words import button, label, tool_button


class ScoresBar(QWidget):
    """Asks by signals; shows what the presenter says."""

    cluster_chosen = Signal(str)
    round_chosen = Signal(str)
    round_shown = Signal(str)
    turned = Signal()
    folded = Signal(bool)
    open_wanted = Signal()
    panel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        m = theme.measures
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(m.space_1)
        self.cluster = _box("Cụm, khối", "shownCluster", 7)
        self.cluster.activated.connect(lambda: self.cluster_chosen.emit(self.cluster.currentData()))
        row.addWidget(self.cluster)
        self.round = _box("Vòng đang chấm", "editingRound", 14)
        self.round.activated.connect(lambda: self.round_chosen.emit(self.round.currentData()))
        self.round.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.round.setMaximumWidth(m.panel)
        row.addWidget(self.round, 1)
        self.shown = tool_button(
            "Hiển thị",
            "columns-3",
            theme,
            tip="Hiện các vòng khác bên cạnh; gấp, mở các mục",
        )
        self.shown.setObjectName("shownRounds")
        self.shown.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._shown = QMenu(self.shown)
        self.shown.setMenu(self._shown)
        row.addWidget(self.shown)
        self.turn = button("Đổi chiều", self.turned.emit, kind="quiet", picture="rows-3")
        self.turn.setObjectName("turnRound")
        self.turn.setToolTip("Đổi hàng thành cột: đơn vị hoặc tiêu chí là hàng")
        row.addWidget(self.turn)
        row.addStretch(1)
        self.search = SearchBox(theme, "Tìm tiêu chí, đơn vị")
        self.search.setObjectName("findCriterion")
        self.search.setToolTip("Tìm không cần gõ dấu (Ctrl+F); Enter tới chỗ tiếp theo")
        self.search.setMinimumWidth(m.panel // 3)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.search, 2)
        self.hits = label("", "small")
        row.addWidget(self.hits)
        self.open = button(
            "Ô chưa chấm",
            self.open_wanted.emit,
            kind="quiet",
            picture="crosshair",
            tip="Tới ô chưa chấm tiếp theo (F8)",
        )
        self.open.setObjectName("nextOpen")
        row.addWidget(self.open)
        self.panel = tool_button(
            "Giải thích ô đang chọn",
            "panel-right",
            theme,
            self.panel_wanted.emit,
            tip="Hiện hoặc ẩn phần giải thích (F7)",
        )
        self.panel.setObjectName("explainPanel")
        self.panel.setCheckable(True)
        row.addWidget(self.panel)

    def show_clusters(self, clusters: Mapping[str, str], shown: str) -> None:
        """The clusters to choose from, where there are several."""
        self.cluster.setVisible(len(clusters) > 1)
        listed = {"": "Mọi cụm, khối", **clusters}
        if [self.cluster.itemData(at) for at in range(self.cluster.count())] != list(listed):
            self.cluster.clear()
            for cluster, name in listed.items():
                self.cluster.addItem(name, cluster)
        self.cluster.setCurrentIndex(self.cluster.findData(shown))
        self.cluster.setToolTip(self.cluster.currentText())

    def show_rounds(self, rounds: Sequence[Round], editing: str, shown: frozenset[str]) -> None:
        """The rounds to choose from, and those that stand beside."""
        listed = [self.round.itemData(at) for at in range(self.round.count())]
        if listed != [r.id for r in rounds]:
            self.round.clear()
            for r in rounds:
                self.round.addItem(short_round(r.title), r.id)
        self.round.setCurrentIndex(self.round.findData(editing))
        title = next((r.title for r in rounds if r.id == editing), "")
        self.round.setToolTip(f"Vòng đang chấm: {title}")
        self._shown.clear()
        for r in rounds:
            act = self._shown.addAction(r.title, partial(self.round_shown.emit, r.id))
            act.setCheckable(True)
            act.setChecked(r.id in shown or r.id == editing)
            act.setEnabled(r.id != editing)
        self._shown.addSeparator()
        self._shown.addAction("Gấp hết các mục", partial(self.folded.emit, True))
        self._shown.addAction("Mở hết các mục", partial(self.folded.emit, False))


def _box(name: str, object_name: str, letters: int) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setObjectName(object_name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(letters)
    return made
