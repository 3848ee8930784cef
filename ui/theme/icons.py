"""The shipped icons (Lucide, ISC licence), drawn in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ground.paths import resources_folder

SIZES: Final = (16, 20)
"""The sides in which icons are drawn, in logical pixels."""


def icon(name: str, colour: str, disabled: str | None = None, gap: int = 0) -> QIcon:
    """An icon by its file name without ending; raises ``FileNotFoundError`` for an unknown one.

    ``gap`` logical pixels are left free at the right, where words follow too closely.
    """
    made = QIcon(_icon(name, colour, gap))
    if disabled is not None:
        for ratio in _ratios():
            made.addPixmap(pixmap(name, disabled, SIZES[-1], ratio, gap), QIcon.Mode.Disabled)
    return made


def _ratios() -> tuple[float, ...]:
    """The device pixel ratios for which pictures are kept ready: 1, and that of the screens."""
    return tuple(sorted({1.0, QGuiApplication.instance().devicePixelRatio()}))  # type: ignore[union-attr]


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, gap: int) -> QIcon:
    made = QIcon()
    for ratio in _ratios():
        for size in SIZES:
            made.addPixmap(pixmap(name, colour, size, ratio, gap))
    return made


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, gap: int = 0) -> QPixmap:
    """One picture of ``size`` logical pixels for a device pixel ratio."""
    side = round(size * ratio)
    picture = QPixmap(QSize(round((size + gap) * ratio), side))
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
