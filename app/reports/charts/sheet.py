"""A sheet to draw on from the top down; at the end it becomes a drawing.

``y`` counts from the top, ``x`` from the left, in units of the drawing. Words are placed by the
middle of their line, so that rows are easy to align.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final, Literal

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape, String
from reportlab.lib.colors import Color, HexColor

from app.reports.charts.style import Hatch, Palette, Style, Tone
from app.reports.charts.type import Type

Anchor = Literal["start", "middle", "end"]
HATCH_STEP: Final = 4.5
"""Distance between the lines of a hatch."""
HAIR: Final = 0.6
LEAST_EMS: Final = 30
"""The least width of a picture, in sizes of its type."""
PLOT_EMS: Final = 4
"""What names must leave to the bars, dots or lines, in sizes of type."""
_DIRECTIONS: Final = {
    Hatch.NONE: (),
    Hatch.RISING: (1,),
    Hatch.FALLING: (-1,),
    Hatch.CROSSED: (1, -1),
    Hatch.LEVEL: (0,),
    Hatch.UPRIGHT: (None,),
}


def colour(text: str) -> Color:
    """A colour of a palette as the renderers know it."""
    return HexColor(text)


class Sheet:
    """What was drawn so far, in order. Raises ``ValueError`` where ``width`` is far too small."""

    def __init__(self, style: Style, width: float) -> None:
        if width < style.size * LEAST_EMS:
            raise ValueError(f"a picture needs at least {style.size * LEAST_EMS:g} units of width")
        self.style, self.width = style, width
        self.palette: Palette = style.palette
        self.left, self.right = style.margin, width - style.margin
        self.words = Type(style.family, style.size)
        self.strong = Type(style.family, style.size, bold=True)
        self.small = Type(style.family, style.small)
        self.y = style.margin
        self._shapes: list[Callable[[float], Shape]] = []

    def name_room(self, share: float, taken: float) -> float:
        """The room for names: a share of the width, less where ``taken`` leaves too little."""
        left = self.right - self.left - taken - PLOT_EMS * self.style.size
        return max(0.0, min(self.width * share, left))

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        type_: Type,
        ink: str,
        anchor: Anchor = "start",
    ) -> None:
        """A line of words whose letters stand evenly about ``middle``."""
        if not text.strip():
            return
        base = round(2 * (middle + type_.size * 0.35)) / 2  # SVG text is written on half units
        self._shapes.append(
            lambda height: String(
                x,
                height - base,
                text,
                fontName=type_.face,
                fontSize=type_.size,
                fillColor=colour(ink),
                textAnchor=anchor,
            )
        )

    def lines(
        self,
        x: float,
        middle: float,
        lines: tuple[str, ...],
        type_: Type,
        ink: str,
        anchor: Anchor = "start",
    ) -> None:
        """Lines of words, together about ``middle``."""
        first = middle - (len(lines) - 1) * type_.leading / 2
        for number, line in enumerate(lines):
            self.text(x, first + number * type_.leading, line, type_, ink, anchor)

    def area(self, x: float, y: float, width: float, height: float, tone: Tone) -> None:
        """A filled area with its hatch, parted from its neighbours by a hair line."""
        ground = self.palette.ground
        edge = self.palette.ink if ground in (None, tone.fill) else ground
        self._shapes.append(
            lambda total: _rect(x, total - y - height, width, height, tone.fill, edge)
        )
        for one, two in hatching(tone.hatch, x, y, width, height):
            self.line(*one, *two, tone.line or tone.ink, HAIR)

    def patch(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A plain area without a border, to make words on a hatch legible."""
        self._shapes.append(lambda total: _rect(x, total - y - height, width, height, fill, None))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, ink: str, weight: float = 1.0
    ) -> None:
        """A straight line."""
        self._shapes.append(
            lambda total: Line(
                x1, total - y1, x2, total - y2, strokeColor=colour(ink), strokeWidth=weight
            )
        )

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str) -> None:
        """A round dot."""
        self._shapes.append(
            lambda total: Circle(
                x,
                total - y,
                radius,
                fillColor=colour(fill),
                strokeColor=colour(edge),
                strokeWidth=1.5,
            )
        )

    def finished(self) -> Drawing:
        """The drawing, as high as what stands on it; both sides are whole numbers."""
        width, height = math.ceil(self.width), math.ceil(self.y + self.style.margin)
        # without a first face of our own a PDF would name one that is not embedded
        drawing = Drawing(width, height, initialFontName=self.words.face)
        if self.palette.ground is not None:
            drawing.add(_rect(0, 0, width, height, self.palette.ground, None))
        for shape in self._shapes:
            drawing.add(shape(height))
        return drawing


def _rect(x: float, y: float, width: float, height: float, fill: str, edge: str | None) -> Rect:
    rect = Rect(x, y, width, height)
    rect.fillColor = colour(fill)
    rect.strokeColor = colour(edge) if edge is not None else None
    rect.strokeWidth = HAIR
    return rect


def hatching(
    hatch: Hatch, x: float, y: float, width: float, height: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The lines of a hatch, cut at the edges of the area."""
    for direction in _DIRECTIONS[hatch]:
        if direction is None:
            for at in _steps(width):
                yield (x + at, y), (x + at, y + height)
        elif direction == 0:
            for at in _steps(height):
                yield (x, y + at), (x + width, y + at)
        else:
            for at in _steps(width + height):
                low, high = max(0.0, at - height), min(at, width)
                one, two = (low, at - low), (high, at - high)
                if direction < 0:
                    one, two = (low, height - at + low), (high, height - at + high)
                yield (x + one[0], y + one[1]), (x + two[0], y + two[1])


def _steps(length: float) -> Iterator[float]:
    for number in range(1, math.ceil(length / HATCH_STEP)):
        yield number * HATCH_STEP
