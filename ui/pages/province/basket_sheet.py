"""The sheet of several packages: how each stands, what it waits for, all ready ones by one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui.context import Context
from ui.models.columns import Column
from ui.pages.province.boxes import box
from ui.pages.province.presenter.arriving import Seen
from ui.pages.province.presenter.basket import Basket, BasketRow
from ui.pages.province.presenter.taken import Taking
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import ICONS, button, label

_RULES: Final = (
    ("Mục hai bên cùng sửa: quyết định từng mục", None),
    ("Mục hai bên cùng sửa: giữ tất cả của Sở", False),
    ("Mục hai bên cùng sửa: lấy tất cả của gói", True),
)
_COLUMNS: Final[tuple[Column[BasketRow], ...]] = (
    Column("Tệp", lambda r: r.file.name, 16, tip=lambda r: str(r.file)),
    Column("Cụm, khối", lambda r: r.cluster, 17, tip=lambda r: r.cluster),
    Column("Nơi gửi", lambda r: r.sender, 16, tip=lambda r: r.sender),
    Column(
        "Sẽ làm gì, còn chờ gì", lambda r: r.state, 24, stretch=True, tone=lambda r: r.tone,
        icon=lambda r: ICONS[r.tone], tip=lambda r: r.state,
    ),
)  # fmt: skip


class BasketSheet(Sheet):
    """``settle`` asks for what a package waits for, and shows the list anew after that."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        basket: Basket,
        settle: Callable[[Seen, Callable[[], object]], object],
        taken: Callable[[Taking], object],
    ) -> None:
        super().__init__("Nhận nhiều gói", parent, width=900)
        self.basket, self._settle, self._taken = basket, settle, taken
        m = context.theme.measures
        self.words = label("", wrap=True)
        self.body.addWidget(self.words)
        self.table: Table[BasketRow] = Table("Các gói", _COLUMNS, context.theme)
        self.table.setMinimumHeight(m.row * 7)
        self.table.entered.connect(lambda _row: self._look())
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(m.space_2)
        self.one = button("Xem, gỡ vướng…", self._look, kind="quiet", picture="eye")
        row.addWidget(self.one)
        self.away = button("Bỏ ra", self._remove, kind="quiet", picture="x")
        row.addWidget(self.away)
        row.addStretch(1)
        self.rule: QComboBox = box("Mục hai bên cùng sửa", 34)
        for words, rule in _RULES:
            self.rule.addItem(words, rule)
        self.rule.currentIndexChanged.connect(lambda _at: self._choose_rule())
        row.addWidget(self.rule)
        self.body.addLayout(row)
        self.add_button("Thôi", role="close")
        self.verb = self.add_button("Nhận", primary=True)
        self.verb.clicked.connect(self._take)
        self._there = True
        self.finished.connect(self._gone)
        self.refresh()

    def refresh(self) -> None:
        """Shows the basket as it stands; nothing once the sheet is closed."""
        if not self._there:
            return
        count = len(self.basket.ready)
        self.words.setText(
            f"{self.basket.sentence} Nhấn Enter ở một gói để xem từng thay đổi, hoặc gỡ điều còn "
            "vướng. Gói còn vướng được để lại; mỗi gói được ghi vào đúng sổ của cụm, khối."
        )
        self.table.show_rows(self.basket.rows)
        self.verb.setText(f"Nhận {count} gói sẵn sàng" if count else "Chưa có gói sẵn sàng")
        self.verb.setAccessibleName(self.verb.text())
        self.verb.setEnabled(bool(count))
        for made in (self.one, self.away):
            made.setEnabled(self.table.current is not None)

    def _gone(self) -> None:
        self._there = False

    def _choose_rule(self) -> None:
        self.basket.rule = self.rule.currentData()
        self.refresh()

    def _look(self) -> None:
        row = self.table.current
        seen = self.basket.of(row.file) if row is not None else None
        if seen is not None:
            self._settle(seen, self.refresh)

    def _remove(self) -> None:
        row = self.table.current
        if row is not None:
            self.basket.remove(row.file)
            self.refresh()

    def _take(self) -> None:
        self.accept()
        self.basket.take(self._taken)
