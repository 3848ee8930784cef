"""Step 5: who keeps the workspace, where it lies, and everything once more before it is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.flows.new_cluster import NewCluster
from ui.flows.steps import Step
from ui.pages.start.steps.step import StepView
from ui.theme.tokens import Theme
from ui.widgets.paths import PathLabel
from ui.widgets.scrolling import Scrolling
from ui.widgets.words import button, label, line


class PlaceStep(StepView):
    """Name and folder above, the summary below."""

    def __init__(self, theme: Theme, draft: NewCluster, browse: Callable[[], object]) -> None:
        super().__init__(theme, draft)
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(m.space_3)
        grid.setVerticalSpacing(m.space_1)
        self.officer = QLineEdit()
        self.officer.setAccessibleName("Họ tên người giữ sổ")
        self.officer.textEdited.connect(self._officer_typed)
        grid.addWidget(label("Họ tên người giữ sổ"), 0, 0)
        grid.addWidget(self.officer, 0, 1)
        self.folder = QLineEdit()
        self.folder.setAccessibleName("Tên thư mục của sổ")
        self.folder.textEdited.connect(self._folder_typed)
        grid.addWidget(label("Tên thư mục của sổ"), 1, 0)
        grid.addWidget(self.folder, 1, 1)
        self._parent = PathLabel()
        self.browse = button("Đổi nơi lưu…", browse, kind="quiet", picture="folder-open")
        where = QHBoxLayout()
        where.setSpacing(m.space_2)
        where.addWidget(self._parent, 1)
        where.addWidget(self.browse)
        grid.addWidget(label("Nơi lưu"), 2, 0)
        grid.addLayout(where, 2, 1)
        grid.setColumnStretch(1, 1)
        lines.addLayout(grid)
        lines.addWidget(line())
        lines.addWidget(label("Sẽ lập", "strong"))
        self.summary = Scrolling(QWidget(), "Những gì sẽ được lập")
        self.summary.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        lines.addWidget(self.summary, 1)

    def show_draft(self) -> None:
        """Fills the boxes and the summary."""
        draft = self.draft
        self.officer.setText(draft.officer)
        self.folder.setText(draft.folder_name)
        self._parent.show_path(str(draft.parent))
        m = self.theme.measures
        inner = QWidget()
        inner.setProperty("kind", "content")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, m.space_2, 0)
        grid.setHorizontalSpacing(m.space_3)
        grid.setVerticalSpacing(m.space_1)
        told = () if draft.faults(Step.YEAR) else draft.summary()
        for place, (what, words) in enumerate(told):
            grid.addWidget(label(what, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words, wrap=True), place, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.summary.setWidget(inner)

    def focus_first(self) -> None:
        """The name."""
        self.officer.setFocus()

    def take_parent(self, parent: Path) -> None:
        """Another place on the disk."""
        self.draft.parent = parent
        self._parent.show_path(str(parent))
        self.changed.emit()

    def _officer_typed(self, name: str) -> None:
        self.draft.officer = name
        self.changed.emit()

    def _folder_typed(self, name: str) -> None:
        self.draft.folder_name = name
        self.changed.emit()
