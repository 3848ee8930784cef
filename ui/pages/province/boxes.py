"""Boxes to choose a cluster or a view from, as wide as their words need at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

if TYPE_CHECKING:
    from app.operations.province.view import ProvinceView


def box(name: str, letters: int) -> QComboBox:
    """A box to choose from that does not widen the page for a long name."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(letters)
    return made


def fill_clusters(made: QComboBox, view: ProvinceView) -> None:
    """All clusters that have a result, and the one that was chosen before."""
    before = made.currentData()
    made.clear()
    made.addItem("Mọi cụm, khối", "")
    for line in view.lines:
        if line.digest:
            made.addItem(line.cluster.name, line.cluster.id)
    made.setCurrentIndex(max(made.findData(before), 0))
