"""A workspace that did not open: what stands in the way, what to do, and its backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.flows.opening import Obstacle, Trouble
from ui.pages.start.columns import BACKUPS
from ui.pages.start.presenter import BackupRow
from ui.theme.tokens import Theme
from ui.widgets.findings import FindingsList
from ui.widgets.paths import PathLabel
from ui.widgets.table import Table
from ui.widgets.words import button, label, set_kind


class TroubleView(QWidget):
    """Shows one trouble; acts are named by what they do."""

    def __init__(
        self,
        theme: Theme,
        *,
        again: Callable[[], object],
        other: Callable[[], object],
        forget: Callable[[], object],
        leave: Callable[[], object],
        restore: Callable[[BackupRow, str], object],
    ) -> None:
        super().__init__()
        m = theme.measures
        self._restore = restore
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        self._place = PathLabel()
        lines.addWidget(self._place)
        self.findings = FindingsList()
        self.findings.setMinimumHeight(m.row * 2)
        self.findings.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        lines.addWidget(self.findings)
        self.copies = QWidget()
        self._lay_copies(theme)
        lines.addWidget(self.copies, 1)
        lines.addStretch(0)
        acts = QHBoxLayout()
        acts.setSpacing(m.space_2)
        self.leave = button("Về trang bắt đầu", leave, kind="quiet", picture="arrow-left")
        self.forget = button("Bỏ khỏi danh sách", forget, kind="quiet", picture="x")
        self.other = button("Chọn thư mục khác…", other, picture="folder-open")
        self.again = button("Thử mở lại", again, picture="refresh-cw")
        for made in (self.leave, self.forget):
            acts.addWidget(made)
        acts.addStretch(1)
        for made in (self.other, self.again):
            acts.addWidget(made)
        lines.addLayout(acts)

    def _lay_copies(self, theme: Theme) -> None:
        m = theme.measures
        rows = QVBoxLayout(self.copies)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(m.space_2)
        rows.addWidget(label("Khôi phục trong ba bước", "section"))
        rows.addWidget(
            label(
                "1. Chọn bản sao lưu.  2. Ghi họ tên.  3. Bấm “Khôi phục bản này”. "
                "Tệp hiện nay được cất vào thư mục backups, không bị xóa.",
                "muted",
                wrap=True,
            )
        )
        self.table: Table[BackupRow] = Table("Các bản sao lưu", BACKUPS, theme)
        self.table.setMinimumHeight(m.row * 2)
        rows.addWidget(self.table, 1)
        line = QHBoxLayout()
        line.setSpacing(m.space_2)
        line.addWidget(label("Họ tên người khôi phục"))
        self.actor = QLineEdit()
        self.actor.setAccessibleName("Họ tên người khôi phục")
        self.actor.textChanged.connect(self._show_ready)
        line.addWidget(self.actor, 1)
        self.restore = button("Khôi phục bản này", self._do, kind="primary", picture="history")
        line.addWidget(self.restore)
        rows.addLayout(line)

    def show_trouble(self, trouble: Trouble, backups: Sequence[BackupRow], officer: str) -> None:
        """Shows what stands in the way."""
        self._place.show_path(str(trouble.folder))
        self.findings.show_findings(trouble.findings)
        self.copies.setVisible(trouble.restorable)
        self.table.show_rows(backups)
        if not self.actor.text():
            self.actor.setText(officer)
        self.forget.setVisible(trouble.obstacle is Obstacle.MISSING)
        next_act = self.other if trouble.obstacle is Obstacle.MISSING else self.again
        for made in (self.other, self.again):
            wanted = made is next_act and not trouble.restorable
            set_kind(made, "primary" if wanted else "")
        self.again.setVisible(trouble.obstacle is not Obstacle.NEWER)
        self._show_ready()

    def _show_ready(self) -> None:
        ready = bool(self.actor.text().strip()) and self.table.current is not None
        self.restore.setEnabled(ready)
        self.restore.setToolTip("" if ready else "Chọn một bản sao lưu và ghi họ tên.")

    def _do(self) -> None:
        row = self.table.current
        if row is not None and self.actor.text().strip():
            self._restore(row, self.actor.text().strip())
