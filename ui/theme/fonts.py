"""The shipped faces and how text is set with them."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from app.ground.paths import resources_folder
from ui.theme.tokens import FAMILY

_FACES = ("Regular", "Bold", "Italic", "BoldItalic")


def load_fonts() -> None:
    """Makes the shipped family known to Qt; once in a process."""
    if FAMILY in QFontDatabase.families():
        return
    for face in _FACES:
        file = resources_folder() / "fonts" / f"LiberationSans-{face}.ttf"
        QFontDatabase.addApplicationFont(str(file))


def font(size: float, *, bold: bool = False) -> QFont:
    """The family at a size in points."""
    made = QFont(FAMILY)
    made.setPointSizeF(size)
    made.setBold(bold)
    return made
