"""The tab "Cờ Chính phủ": how many there may be, why, and who may be chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.province.columns import CANDIDATES
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.rows import StandingRow, flag_facts
from ui.pages.province.sheets import Sheets
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.widgets.empty import Empty
from ui.widgets.table import Table
from ui.widgets.words import button, label, set_tone

_NO_RULE = (
    "Chưa có bảng tiêu chí nào nêu cách tính số Cờ thi đua của Chính phủ, hoặc chưa cụm, khối nào "
    "gửi kết quả."
)
_WHERE = (
    "Chương trình chỉ nêu các đơn vị có thể được xem xét. Hội đồng lựa chọn; lựa chọn đó được ghi "
    "ở trang Khen thưởng trong sổ của cụm, khối có đơn vị được chọn."
)


class FlagTab(QWidget):
    """Shows the candidates; ``opened`` is asked for a spot in a cluster's workspace."""

    def __init__(
        self,
        context: Context,
        book: ProvinceBook,
        sheets: Sheets,
        opened: Callable[[str, Place], object],
    ) -> None:
        super().__init__()
        self._book, self._sheets, self._opened = book, sheets, opened
        theme = context.theme
        m = theme.measures
        self.stack = QStackedLayout(self)
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.words = label("", "strong", wrap=True)
        self.chosen = label("", wrap=True)
        self.where = label(_WHERE, "muted", wrap=True)
        for said in (self.words, self.chosen, self.where):
            said.setSizePolicy(
                said.sizePolicy().horizontalPolicy(), said.sizePolicy().Policy.Minimum
            )
            whole.addWidget(said)
        acts = QHBoxLayout()
        acts.setSpacing(m.space_2)
        self.base = button("Đặt cơ số…", self._set_base, kind="quiet")
        acts.addWidget(self.base)
        self.to_awards = button("Mở trang Khen thưởng của cụm, khối", self._to_awards, kind="quiet")
        acts.addWidget(self.to_awards)
        acts.addStretch(1)
        whole.addLayout(acts)
        self.table: Table[StandingRow] = Table("Đơn vị có thể được xem xét", CANDIDATES, theme)
        self.table.entered.connect(lambda _row: self._to_awards())
        whole.addWidget(self.table, 1)
        self.stack.addWidget(inner)
        self.stack.addWidget(Empty(theme, "flag", _NO_RULE))

    def refresh(self) -> None:
        """Shows what was gathered."""
        view = self._book.view
        facts = flag_facts(view) if view is not None else None
        self.stack.setCurrentIndex(0 if facts is not None else 1)
        if facts is None:
            return
        self.words.setText(facts.words)
        self.chosen.setText(facts.chosen)
        set_tone(self.chosen, Tone.ERROR if facts.too_many else Tone.NEUTRAL)
        self.table.show_rows(facts.candidates)
        self.to_awards.setEnabled(self.table.current is not None)

    def _set_base(self) -> None:
        view = self._book.view
        facts = flag_facts(view) if view is not None else None
        if facts is not None:
            self._sheets.flag_base(facts)

    def _to_awards(self) -> None:
        row = self.table.current
        if row is not None:
            self._opened(row.cluster, Place(PageId.AWARDS))
