"""A picture from a description, drawn anew for the room that it gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui.runner import Runner
from ui.theme.charts import chart_style
from ui.theme.tokens import Theme

if TYPE_CHECKING:
    from app.reports.charts.description import Chart

_PAUSE = 60
"""Milliseconds of rest before a picture is drawn for a new width."""


class ChartView(QScrollArea):
    """Shows one chart; scrolls where it is higher than the room."""

    def __init__(self, runner: Runner, theme: Theme, least_width: int = 420) -> None:
        super().__init__()
        self._runner, self._theme = runner, theme
        self._make: Callable[[], Chart] | None = None
        self._number = 0
        self._least = least_width
        self._picture = _Picture()
        self.setWidget(self._picture)
        self.setAccessibleName("Biểu đồ")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._draw)

    def show_chart(self, make: Callable[[], Chart] | None) -> None:
        """Shows what ``make`` describes; it is called on another thread. ``None`` shows nothing."""
        self._make = make
        self._number += 1
        if make is None:
            self._picture.show_svg("", "")
        self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draws for the new width after a moment of rest."""
        super().resizeEvent(event)
        self._later.start()

    def _draw(self) -> None:
        make = self._make
        if make is None or not self.isVisible():
            return
        self._number += 1
        number = self._number
        style = chart_style(self._theme)
        bar = self.verticalScrollBar().sizeHint().width()  # it may come: the picture stays beside
        width = max(self._least, self.maximumViewportSize().width() - bar)

        def drawn(_progress: object) -> tuple[str, str]:
            from app.reports.charts.svg import svg

            chart = make()
            return svg(chart, style, width), chart.alt

        def done(answer: tuple[str, str]) -> None:
            if number == self._number:
                self._picture.show_svg(*answer)
                self.setAccessibleDescription(answer[1])

        self._runner.run("Vẽ biểu đồ", drawn, done, quiet=True)

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Draws what was asked for while it was out of sight."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._later.start()


class _Picture(QWidget):
    """Paints one SVG in its own size."""

    def __init__(self) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    def show_svg(self, text: str, alt: str) -> None:
        self._renderer.load(QByteArray(text.encode()))
        size = self._renderer.defaultSize() if text else QSize(0, 0)
        self.resize(size)
        self.setAccessibleName(alt)
        self.setToolTip(alt)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._renderer.isValid():
            painter = QPainter(self)
            self._renderer.render(painter, QRectF(self.rect()))
            painter.end()
