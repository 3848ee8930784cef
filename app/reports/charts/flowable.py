"""A picture among the paragraphs of a page, in the width of the text. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable

from app.reports.charts.description import Chart
from app.reports.charts.drawing import draw
from app.reports.charts.style import Style, paper_style

LEAST: Final = 9.0
"""Size of type below which nothing is printed (NĐ 30/2020)."""


class ChartFlow(Flowable):
    """Draws a chart as wide as the text and at most ``highest`` high.

    Where it is higher, rows come closer and names lose their second line; what is still too high
    is made smaller as a whole, so that it always stands on one page.
    """

    def __init__(self, chart: Chart, highest: float, style: Style | None = None) -> None:
        super().__init__()
        self.chart, self.highest = chart, highest
        self.style = style if style is not None else paper_style()
        self.drawing: Drawing | None = None
        self.scale = 1.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The width of the text, and the height of the picture."""
        for style in self._styles():
            self.drawing = draw(self.chart, style, int(aW))
            if self.drawing.height <= self.highest:
                break
        assert self.drawing is not None
        self.scale = min(1.0, self.highest / self.drawing.height)
        self.width, self.height = aW, self.drawing.height * self.scale
        return self.width, self.height

    def _styles(self) -> Iterator[Style]:
        """From the roomy style to the closest that is legible."""
        yield self.style
        yield replace(self.style, name_lines=1, gap=2.0)
        small = min(LEAST, self.style.size)
        yield replace(self.style, name_lines=1, gap=1.0, size=small, small=small, bar=11.0)

    def draw(self) -> None:
        """Draws on the page."""
        assert self.drawing is not None
        self.canv.saveState()
        self.canv.scale(self.scale, self.scale)
        renderPDF.draw(self.drawing, self.canv, 0, 0)
        self.canv.restoreState()
