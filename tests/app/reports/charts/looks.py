"""Sample looks of a window, and what must hold for any picture whatever it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from app.reports.charts.style import Palette, Style, Tone, legible, paper_style


def toned(fill: str, *inks: str) -> Tone:
    return Tone(fill, legible(fill, inks))


def palette(ground: str, ink: str, muted: str, *fills: str) -> Palette:
    tones = [toned(fill, ink, ground) for fill in fills]
    return Palette(
        ground=ground,
        ink=ink,
        muted=muted,
        rule=muted,
        notice=ink,
        sections=tuple(tones[:4]),
        bonus=tones[4],
        deduction=tones[5],
        sent=tones[6],
        one=Tone(ground, ink),
        other=tones[0],
    )


LIGHT = Style(
    palette(
        *("#ffffff", "#1c1b19", "#5c5a55", "#9c4a1a", "#d9a441", "#5f7380", "#b9c4cb"),
        *("#47704c", "#b3362b", "#b9b4aa"),
    )
)
DARK = Style(
    palette(
        *("#1e1d1b", "#ece9e2", "#a9a49a", "#d98450", "#e6c069", "#8fa6b5", "#56666f"),
        *("#7fb286", "#e0695d", "#77736a"),
    )
)
PAPER = paper_style()
STYLES = {"light": (LIGHT, 900.0), "dark": (DARK, 640.0), "paper": (PAPER, 481.9)}


@dataclass(frozen=True)
class Box:
    """Where words stand, from the bottom left, with their real widths."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box, slack: float = 0.05) -> bool:
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.bottom < other.top - slack
            and other.bottom < self.top - slack
        )


def strings(drawing: Drawing) -> list[String]:
    return [shape for shape in drawing.contents if isinstance(shape, String)]


def boxes(drawing: Drawing) -> list[Box]:
    """The box of every text: capitals with two marks above, tails below."""
    found = []
    for s in strings(drawing):
        run = stringWidth(s.text, s.fontName, s.fontSize)
        left = s.x - {"start": 0.0, "middle": run / 2, "end": run}[s.textAnchor]
        bottom, top = s.y - 0.22 * s.fontSize, s.y + 0.9 * s.fontSize
        found.append(Box(s.text, left, bottom, left + run, top))
    return found


def overlapping(drawing: Drawing) -> list[tuple[Box, Box]]:
    found = boxes(drawing)
    return [
        (one, other)
        for number, one in enumerate(found)
        for other in found[number + 1 :]
        if one.overlaps(other)
    ]


def outside(drawing: Drawing) -> Iterator[object]:
    """Words and shapes that leave the drawing."""
    wide, high = drawing.width + 0.05, drawing.height + 0.05
    for box in boxes(drawing):
        if box.left < -0.05 or box.bottom < -0.05 or box.right > wide or box.top > high:
            yield box
    for shape in drawing.contents:
        match shape:
            case Rect():
                ends = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
            case Line():
                ends = (
                    min(shape.x1, shape.x2),
                    min(shape.y1, shape.y2),
                    max(shape.x1, shape.x2),
                    max(shape.y1, shape.y2),
                )
            case Circle():
                ends = (
                    shape.cx - shape.r,
                    shape.cy - shape.r,
                    shape.cx + shape.r,
                    shape.cy + shape.r,
                )
            case _:
                continue
        if ends[0] < -0.05 or ends[1] < -0.05 or ends[2] > wide or ends[3] > high:
            yield ends


def require_sound(drawing: Drawing) -> None:
    """No two texts overlap, nothing is cut, and no text is empty."""
    assert not overlapping(drawing), overlapping(drawing)
    assert not list(outside(drawing)), list(outside(drawing))
    assert all(s.text.strip() for s in strings(drawing))


def areas(drawing: Drawing, tone: Tone, height: float) -> list[Rect]:
    """The areas of one tone that are so high."""
    return [
        shape
        for shape in drawing.contents
        if isinstance(shape, Rect)
        and shape.fillColor is not None
        and f"#{shape.fillColor.hexval()[2:]}" == tone.fill
        and abs(shape.height - height) < 1e-6
    ]
