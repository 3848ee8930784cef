"""The sheet of one package: what it would change, row by row; conflicts are decided here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.context import Context
from ui.models.columns import Column
from ui.pages.province.presenter.arriving import SHARES, DifferenceRow, Seen, Share
from ui.theme.tokens import Tone
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import button, label

_TONES: Final = {Share.CONFLICT: Tone.WAITING, Share.BEYOND: Tone.ERROR}


class ArrivalSheet(Sheet):
    """What a package would change, row by row; conflicts are decided here."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        seen: Seen,
        take: Callable[[Seen], object],
        verb: str = "Nhận gói",
    ) -> None:
        super().__init__(f"Gói của {seen.sender}", parent, width=820)
        self._seen, self._take_in = seen, take
        self.decisions: dict[str, bool] = dict(seen.decisions)
        self.body.addWidget(label(seen.words, wrap=True))
        for problem in seen.problems:
            self.body.addWidget(label(f"{problem.place}: {problem.message}", "muted", wrap=True))
        self.table: Table[DifferenceRow] = Table(
            "Những gì gói sẽ thay đổi", self._columns(), context.theme
        )
        self.table.setMinimumHeight(context.theme.measures.row * 5)
        self.body.addWidget(self.table, 1)
        self.table.setVisible(bool(seen.rows))
        self.whole = label("", wrap=True)
        self.whole.setVisible(bool(seen.rows))
        self.body.addWidget(self.whole)
        self.table.chosen.connect(self._tell)
        self._deciding = QWidget()
        row = QHBoxLayout(self._deciding)
        row.setContentsMargins(0, 0, 0, 0)
        for words, theirs, every in (
            ("Giữ của Sở", False, False),
            ("Lấy của gói", True, False),
            ("Giữ tất cả của Sở", False, True),
            ("Lấy tất cả của gói", True, True),
        ):
            row.addWidget(button(words, partial(self.decide, theirs, every=every), kind="quiet"))
        row.addStretch(1)
        self._deciding.setVisible(bool(seen.of(Share.CONFLICT)))
        self.body.addWidget(self._deciding)
        if seen.of(Share.BEYOND):
            self.body.addWidget(
                label(
                    f"{len(seen.of(Share.BEYOND))} mục nơi gửi không được sửa nên không nhận; nên "
                    "hỏi lại nơi gửi.",
                    wrap=True,
                    tone=Tone.WAITING,
                )
            )
        if not seen.rows:
            self.body.addStretch(1)
        self.add_button("Thôi", role="close")
        self.verb = self.add_button(verb, primary=True)
        self.verb.clicked.connect(self._done)
        self._show_rows()

    def decide(self, theirs: bool, *, every: bool) -> None:
        """Decides the selected conflict, or all of them."""
        row = self.table.current
        wanted = self._seen.of(Share.CONFLICT) if every else (row,) if row is not None else ()
        for one in wanted:
            if one.share is Share.CONFLICT:
                self.decisions[one.name] = theirs
        self._show_rows()

    def _columns(self) -> tuple[Column[DifferenceRow], ...]:
        return (
            Column("Phần", lambda r: SHARES[r.share], 15, tone=lambda r: _TONES.get(r.share)),
            Column("Nội dung", lambda r: r.what, 24, stretch=True, tip=lambda r: r.sentence),
            Column("Sở đang có", lambda r: r.ours, 10),
            Column("Trong gói", lambda r: r.theirs, 10),
            Column("Quyết định", self._decision, 15),
        )

    def _decision(self, row: DifferenceRow) -> str:
        if row.share is not Share.CONFLICT:
            return "Lấy của gói" if row.share is Share.CHANGE else "Bỏ"
        if row.name not in self.decisions:
            return "Chưa quyết định"
        return "Lấy của gói" if self.decisions[row.name] else "Giữ của Sở"

    def _show_rows(self) -> None:
        self.table.show_rows(self._seen.rows)
        left = len(self._seen.of(Share.CONFLICT)) - len(self.decisions)
        self.verb.setEnabled(not left)
        self.verb.setToolTip(f"Còn {left} mục hai bên cùng sửa chưa quyết định" if left else "")

    def _tell(self, row: DifferenceRow | None) -> None:
        """The whole sentence of the selected row; the table cuts long ones."""
        self.whole.setText(row.sentence if row is not None else "")

    def _done(self) -> None:
        self.accept()
        self._take_in(replace(self._seen, decisions=dict(self.decisions)))
