"""The part "Sổ gói": what went and came this year, by day, with its state."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.exchange.columns import PACKAGES
from ui.pages.exchange.presenter.register import PackageRow, Register
from ui.widgets.empty import Empty
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.words import label


class RegisterTab(QWidget):
    """The packages, the newest first."""

    def __init__(self, context: Context, register: Register) -> None:
        super().__init__()
        self.setObjectName("exchangeRegister")
        self.register = register
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.stack = QStackedWidget()
        self.stack.addWidget(
            Empty(
                context.theme,
                "package",
                "Năm này chưa gửi, chưa nhận gói nào.\nMỗi gói gửi đi hay nhận về được ghi ở đây, "
                "kèm số, ngày và tình trạng.",
            )
        )
        self.stack.addWidget(self._list(context))
        whole.addWidget(self.stack, 1)

    def _list(self, context: Context) -> QWidget:
        m = context.theme.measures
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        self.search = SearchBox(context.theme, "Tìm loại gói, nơi gửi, nơi nhận")
        lines.addWidget(self.search)
        self.table: Table[PackageRow] = Table("Sổ gói", PACKAGES, context.theme)
        self.table.setObjectName("packageTable")
        self.search.textChanged.connect(self.table.rows.find)
        self.table.chosen.connect(self._show)
        lines.addWidget(self.table, 1)
        self.words = label("", "muted", wrap=True)
        lines.addWidget(self.words)
        return inner

    def refresh(self) -> None:
        """Shows the register as it is now."""
        rows = self.register.rows()
        self.stack.setCurrentIndex(1 if rows else 0)
        self.table.show_rows(rows)
        self._show(self.table.current)

    def _show(self, row: PackageRow | None) -> None:
        self.words.setText("" if row is None else f"{row.line.sentence}.")
