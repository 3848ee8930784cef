"""Choosing which figures of which units an agency is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.ground.text import folded
from app.operations.exchange.figures import Askable
from ui.theme.tokens import Theme
from ui.widgets.search import SearchBox
from ui.widgets.sheet import Sheet
from ui.widgets.words import button, label

_CODE: Final = Qt.ItemDataRole.UserRole
_WIDTH: Final = 860
_HEIGHT: Final = 600
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen: codes of criteria and ids of units."""

    criteria: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class AskingSheet(Sheet):
    """A tree of criteria and a list of units, each with a box to tick; ``then`` gets the choice."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        criteria: Sequence[Askable],
        units: Sequence[tuple[str, str]],
        chosen: Asked,
        then: Callable[[Asked], None],
    ) -> None:
        super().__init__("Số liệu đề nghị cung cấp", parent, width=_WIDTH)
        self._then = then
        m = theme.measures
        halves = QGridLayout()
        halves.setHorizontalSpacing(m.space_4)
        halves.setVerticalSpacing(m.space_2)
        halves.setColumnStretch(0, 3)
        halves.setColumnStretch(1, 2)
        self.search = SearchBox(theme, "Tìm tiêu chí, số liệu (không cần gõ dấu)")
        self.tree = self._criteria_tree(criteria, chosen.criteria)
        self.search.textChanged.connect(self._find)
        self.units = self._unit_list(units, chosen.units)
        head = QHBoxLayout()
        head.addWidget(label("Đơn vị", "strong"), 1)
        head.addWidget(button("Tất cả", lambda: self._tick_units(_ON), kind="quiet"))
        head.addWidget(button("Bỏ hết", lambda: self._tick_units(_OFF), kind="quiet"))
        halves.addWidget(self.search, 0, 0)
        halves.addLayout(head, 0, 1)
        halves.addWidget(self.tree, 1, 0)
        halves.addWidget(self.units, 1, 1)
        halves.setRowStretch(1, 1)
        self.body.addLayout(halves, 1)
        self.words = label("", "small", wrap=True)
        self.body.addWidget(self.words)
        self.add_button("Thôi", role="close")
        self.verb = self.add_button("Đề nghị các số liệu này", primary=True)
        self.verb.clicked.connect(self._done)
        self.tree.itemChanged.connect(lambda *_: self._count())
        self.units.itemChanged.connect(lambda *_: self._count())
        self._count()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As many rows as a laptop's screen holds."""
        return super().sizeHint().expandedTo(QSize(_WIDTH, _HEIGHT))

    # ------------------------------------------------------------- making

    def _criteria_tree(self, criteria: Sequence[Askable], chosen: Collection[str]) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("askable")
        tree.setAccessibleName("Tiêu chí chấm từ số liệu")
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        for section in dict.fromkeys(_section(one) for one in criteria):
            top = QTreeWidgetItem(tree, [section])
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            for one in criteria:
                if _section(one) == section:
                    row = QTreeWidgetItem(top, [f"{one.code} {one.title}"])
                    row.setData(0, _CODE, one.code)
                    row.setToolTip(0, "\n".join([f"{one.code} {one.title}", *one.asked]))
                    row.setCheckState(0, _ON if one.code in chosen else _OFF)
                    for line in one.asked if one.of_units else ():
                        below = QTreeWidgetItem(row, [line])
                        below.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                        below.setToolTip(0, line)
            top.setExpanded(True)
        first = tree.topLevelItem(0)
        if first is not None:
            tree.setCurrentItem(first)
        return tree

    def _unit_list(self, units: Sequence[tuple[str, str]], chosen: Collection[str]) -> QListWidget:
        listed = QListWidget()
        listed.setAccessibleName("Đơn vị được hỏi số liệu")
        for unit, name in units:
            row = QListWidgetItem(name, listed)
            row.setData(_CODE, unit)
            row.setToolTip(name)
            row.setCheckState(_ON if not chosen or unit in chosen else _OFF)
        listed.setCurrentRow(0)
        return listed

    # ------------------------------------------------------------- acting

    def _find(self, words: str) -> None:
        """Shows only criteria in which the words occur; what is ticked stays ticked."""
        wanted = folded(words.strip())
        for top in self._tops():
            fits = wanted in folded(top.text(0))
            rows = _below(top)
            for row in rows:
                row.setHidden(not fits and wanted not in folded(row.toolTip(0)))
                row.setExpanded(bool(wanted) and wanted not in folded(row.text(0)))
            top.setHidden(all(row.isHidden() for row in rows))

    def _tick_units(self, state: Qt.CheckState) -> None:
        for at in range(self.units.count()):
            self.units.item(at).setCheckState(state)

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [top for top in found if top is not None]

    @property
    def chosen(self) -> Asked:
        """What is ticked."""
        rows = (row for top in self._tops() for row in _below(top))
        units = (self.units.item(at) for at in range(self.units.count()))
        return Asked(
            tuple(row.data(0, _CODE) for row in rows if row.checkState(0) == _ON),
            tuple(row.data(_CODE) for row in units if row.checkState() == _ON),
        )

    def _count(self) -> None:
        chosen = self.chosen
        ready = bool(chosen.criteria and chosen.units)
        self.verb.setEnabled(ready)
        self.words.setText(
            f"Đã chọn {len(chosen.criteria)} tiêu chí, {len(chosen.units)} đơn vị."
            if ready
            else "Đánh dấu ít nhất một tiêu chí và một đơn vị (phím cách)."
        )

    def _done(self) -> None:
        self._then(self.chosen)
        self.accept()


def _below(top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (top.child(at) for at in range(top.childCount()))
    return [row for row in found if row is not None]


def _section(one: Askable) -> str:
    return f"{one.code.split('.')[0]}. {one.section}" if one.section else "Tiêu chí khác"
