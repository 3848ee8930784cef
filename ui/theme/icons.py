"""The shipped icons (Lucide, ISC licence), drawn in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ground.paths import resources_folder

_RATIOS = (1.0, 1.25, 1.5, 2.0)
"""The device pixel ratios for which a picture is kept ready."""


def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """An icon by its file name without ending; raises ``FileNotFoundError`` for an unknown one."""
    made = QIcon(_icon(name, colour))
    if disabled is not None:
        for ratio in _RATIOS:
            made.addPixmap(pixmap(name, disabled, 20, ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=512)
def _icon(name: str, colour: str) -> QIcon:
    made = QIcon()
    for ratio in _RATIOS:
        for size in (16, 20, 24):
            made.addPixmap(pixmap(name, colour, size, ratio))
    return made


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One picture of ``size`` logical pixels for a device pixel ratio."""
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, colour).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
