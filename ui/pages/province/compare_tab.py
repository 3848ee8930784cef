"""The tab "So sánh": clusters, units and criteria beside each other, for analysis only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.context import Context
from ui.pages.province.asked_tab import AskedTab
from ui.pages.province.boxes import box
from ui.pages.province.columns import CRITERIA, INFLATION, STRICTNESS
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.comparing import (
    criterion_rows,
    inflation_rows,
    strictness_rows,
)
from ui.widgets.files import ask_folder
from ui.widgets.search import SearchBox
from ui.widgets.table import Table
from ui.widgets.words import button, label

if TYPE_CHECKING:
    from app.scoring.province_comparison import Comparison

_VIEWS = (
    (
        "Độ chặt giữa các cụm, khối",
        STRICTNESS,
        "Mỗi bậc chấm hạ bao nhiêu so với bậc trước, tính theo phần của điểm tối đa.",
    ),
    (
        "Tự chấm cao hơn",
        INFLATION,
        "Đơn vị tự chấm cao hơn điểm được tính bao nhiêu, tính theo phần của điểm tối đa.",
    ),
    (
        "Tiêu chí chung",
        CRITERIA,
        "Tiêu chí của các bảng dùng chung: không phân loại được đơn vị, hoặc nhiều ý kiến khác.",
    ),
)


class CompareTab(AskedTab):
    """Shows one comparison at a time."""

    def __init__(self, context: Context, book: ProvinceBook) -> None:
        super().__init__(book)
        self._context = context
        theme = context.theme
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        self.view = box("So sánh điều gì", 24)
        self.view.addItems([title for title, _, _ in _VIEWS])
        self.view.currentIndexChanged.connect(lambda _at: self._turn())
        head.addWidget(self.view)
        self.search = SearchBox(theme)
        self.search.textChanged.connect(self._find)
        head.addWidget(self.search, 1)
        head.addStretch(1)
        self.printed = button(
            "In, xuất để phân tích…", self._ask_folder, kind="quiet", picture="printer"
        )
        head.addWidget(self.printed)
        whole.addLayout(head)
        self.words = label("", "muted", wrap=True)
        self.words.setSizePolicy(
            self.words.sizePolicy().horizontalPolicy(), self.words.sizePolicy().Policy.Preferred
        )
        whole.addWidget(self.words)
        self.stack = QStackedWidget()
        self.tables: list[Table[Any]] = []
        for title, columns, _ in _VIEWS:
            table: Table[Any] = Table(title, columns, theme)
            table.setSortingEnabled(True)
            table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
            self.tables.append(table)
            self.stack.addWidget(table)
        whole.addWidget(self.stack, 1)
        self._turn()

    def work_out(self, wanted: Callable[[], bool]) -> None:
        """Compares."""

        def show(found: Comparison) -> None:
            if not wanted():
                return
            rows = (strictness_rows(found), inflation_rows(found), criterion_rows(found))
            for table, its in zip(self.tables, rows, strict=True):
                table.show_rows(its)

        view = self._book.view
        self.printed.setEnabled(view is not None and bool(view.province.clusters))
        self._book.comparison(show)

    def _turn(self) -> None:
        from app.scoring.province_comparison import ANALYSIS_ONLY

        at = self.view.currentIndex()
        self.words.setText(f"{ANALYSIS_ONLY} {_VIEWS[at][2]}")
        self.stack.setCurrentIndex(at)
        self._find(self.search.text())

    def _ask_folder(self) -> None:
        ask_folder(
            self.window(),
            "In, xuất bản so sánh để phân tích",
            "Ghi vào thư mục này",
            Path.home(),
            self.print_into,
        )

    def print_into(self, folder: Path) -> None:
        """Writes the comparisons as a paper that says what it is for."""

        def done(written: tuple[Path, ...]) -> None:
            self._context.notices.said.emit(
                f"Đã ghi {len(written)} tệp so sánh vào thư mục “{folder.name}”."
            )

        self._book.write_comparison(folder, done)

    def _find(self, words: str) -> None:
        self.tables[self.view.currentIndex()].rows.find(words)
