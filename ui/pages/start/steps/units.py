"""Step 2: the cluster's name, its units as typed or pasted, who leads this year."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPlainTextEdit

from ui.flows.new_cluster import NewCluster
from ui.pages.start.columns import UNITS, UnitRow
from ui.pages.start.steps.step import StepView
from ui.theme.tokens import Theme
from ui.widgets.table import Table
from ui.widgets.words import label


class UnitsStep(StepView):
    """A box to paste into at the left, what was understood of it at the right."""

    def __init__(self, theme: Theme, draft: NewCluster) -> None:
        super().__init__(theme, draft)
        m = theme.measures
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(m.space_4)
        grid.setVerticalSpacing(m.space_1)
        self.name = QLineEdit()
        self.name.setAccessibleName("Tên cụm, khối")
        self.name.setPlaceholderText("ví dụ: Khối thi đua các cơ quan Nội chính")
        self.name.textEdited.connect(self._name_typed)
        grid.addWidget(label("Tên cụm, khối", "strong"), 0, 0)
        grid.addWidget(self.name, 1, 0)
        grid.addWidget(label("Các đơn vị, mỗi đơn vị một dòng", "strong"), 2, 0)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Các đơn vị, mỗi đơn vị một dòng")
        self.text.setPlaceholderText(
            "Gõ hoặc dán danh sách từ Excel, Word.\n"
            "Số thứ tự, gạch đầu dòng được bỏ đi; thứ tự được giữ nguyên."
        )
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._text_typed)
        grid.addWidget(self.text, 3, 0, 3, 1)
        self._read = label("", "strong")
        grid.addWidget(self._read, 0, 1, 1, 2)
        self.table: Table[UnitRow] = Table("Các đơn vị đã đọc được", UNITS, theme)
        self.table.setMinimumHeight(m.row * 3)
        grid.addWidget(self.table, 1, 1, 3, 2)
        self.leader, self.deputy = QComboBox(), QComboBox()
        self.leader_word, self.deputy_word = label(kind="strong"), label(kind="strong")
        self._lay_roles(grid)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 3)
        grid.setRowStretch(3, 1)

    def _lay_roles(self, grid: QGridLayout) -> None:
        roles: tuple[tuple[int, QLabel, QComboBox, str], ...] = (
            (1, self.leader_word, self.leader, "Đơn vị trưởng"),
            (2, self.deputy_word, self.deputy, "Đơn vị phó"),
        )
        for column, word, box, name in roles:
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(14)
            box.currentIndexChanged.connect(self._roles_chosen)
            grid.addWidget(word, 4, column)
            grid.addWidget(box, 5, column)

    def show_draft(self) -> None:
        """Fills the boxes; a name is proposed by the chosen block."""
        draft = self.draft
        block = draft.chosen_block
        if not draft.cluster_name and block is not None and block.served:
            draft.cluster_name = block.title if len(block.title) <= 80 else ""
        frame = draft.frame
        self.leader_word.setText(frame.leader if frame else "Đơn vị trưởng")
        self.deputy_word.setText(frame.deputy if frame else "Đơn vị phó")
        self.name.setText(draft.cluster_name)
        if self.text.toPlainText() != draft.units_text:
            with QSignalBlocker(self.text):
                self.text.setPlainText(draft.units_text)
        self._show_units()

    def focus_first(self) -> None:
        """The name while it is empty, else the units."""
        (self.text if self.draft.cluster_name else self.name).setFocus()

    def _name_typed(self, name: str) -> None:
        self.draft.cluster_name = name
        self.changed.emit()

    def _text_typed(self) -> None:
        self.draft.units_text = self.text.toPlainText()
        self._show_units()
        self.changed.emit()

    def _roles_chosen(self) -> None:
        self.draft.leader = self.leader.currentData()
        self.draft.deputy = self.deputy.currentData()
        self._show_units()
        self.changed.emit()

    def _show_units(self) -> None:
        draft = self.draft
        units = draft.units
        words = {"leader": self.leader_word.text(), "deputy": self.deputy_word.text()}
        rows = [
            UnitRow(place, unit.name, key, words.get(unit.role, ""))
            for place, (unit, key) in enumerate(zip(units, draft.unit_ids, strict=True), 1)
        ]
        self.table.show_rows(rows)
        self._read.setText(f"Đọc được {len(units)} đơn vị" if units else "Chưa có đơn vị nào")
        for box, role in ((self.leader, "leader"), (self.deputy, "deputy")):
            held = next((unit.name for unit in units if unit.role == role), "")
            with QSignalBlocker(box):
                box.clear()
                box.addItem("(chưa có)", "")
                for unit in units:
                    box.addItem(unit.name, unit.name)
                box.setCurrentIndex(max(box.findData(held), 0))
