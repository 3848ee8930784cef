"""A drawing as SVG text for the window: the same bytes for the same drawing.

Words stay words, in "Liberation Sans" (the window registers the shipped file). Only what SVG Tiny
1.2 has is written, so that Qt shows all of it: no clip paths, no styles from elsewhere, no links.
"""

from __future__ import annotations

import io
from typing import Any, Final
from xml.etree import ElementTree

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color

from app.reports.charts.description import Chart
from app.reports.charts.drawing import draw
from app.reports.charts.style import Family, Style

NAMESPACE: Final = "{http://www.w3.org/2000/svg}"
_FACES: Final = {
    f"Liberation{name}-{weight}": {
        "family": f"Liberation {name}",
        **({"weight": "bold"} if weight == "Bold" else {}),
    }
    for name in ("Sans", "Serif")
    for weight in ("Regular", "Bold")
}


class _Canvas(renderSVG.SVGCanvas):
    """Colours in full, anchors left to the reader, and no clip path."""

    def setStrokeColor(self, color: Color | None) -> None:  # noqa: N802
        self._strokeColor = color
        self.style["stroke"] = _hex(color)

    def setFillColor(self, color: Color | None) -> None:  # noqa: N802
        self._fillColor = color
        self.style["fill"] = _hex(color)

    def drawString(  # noqa: N802
        self,
        s: str,
        x: float,
        y: float,
        angle: int = 0,
        link_info: Any = None,
        text_anchor: str = "start",
        textRenderMode: int = 0,  # noqa: N803
        **_svgAttrs: Any,  # noqa: N803
    ) -> None:
        anchor: Any = {"text-anchor": text_anchor}
        super().drawString(s, x, y, **anchor)


def _hex(color: Color | None) -> str:
    return "none" if color is None else f"#{color.hexval()[2:]}"


def svg(chart: Chart, style: Style, width: float) -> str:
    """The picture of ``chart`` as SVG text; ``width`` and the sizes are pixels."""
    return drawn_svg(draw(chart, style, width), chart.title, chart.alt)


def drawn_svg(drawing: Drawing, title: str, alt: str) -> str:
    """A drawing as SVG text with its title and description, checked after writing."""
    canvas = _Canvas((int(drawing.width), int(drawing.height)), fontHacks=_FACES)
    _without_clip(canvas)
    for tag, words in (("title", title), ("desc", alt)):
        canvas.svg.getElementsByTagName(tag)[0].firstChild.data = words
    renderer: Any = renderSVG._SVGRenderer()
    renderer.draw(drawing, canvas, 0, 0)
    buffer = io.StringIO()
    canvas.save(buffer)
    text = buffer.getvalue()
    check(text, drawing)
    return text


def _without_clip(canvas: _Canvas) -> None:
    """Takes out the clip path, which SVG Tiny lacks, and the reference to a DTD elsewhere."""
    canvas.doc.removeChild(canvas.doc.doctype)
    for node in list(canvas.svg.getElementsByTagName("clipPath")):
        canvas.svg.removeChild(node)
    canvas.groupTree.removeAttribute("style")


class SvgFaultError(Exception):
    """The written picture is not what it should be: a bug, never the user's matter."""


def check(text: str, drawing: Drawing) -> None:
    """Raises ``SvgFaultError`` where the text is not the drawing as plain SVG Tiny."""
    root = ElementTree.fromstring(text)
    size = (root.get("width"), root.get("height"))
    if root.tag != f"{NAMESPACE}svg" or size != (str(drawing.width), str(drawing.height)):
        raise SvgFaultError(f"not a picture of {drawing.width} × {drawing.height}: {size}")
    for node in root.iter():
        tag = node.tag.removeprefix(NAMESPACE)
        if tag not in _TAGS:
            raise SvgFaultError(f"an element that is not in SVG Tiny: {tag}")
        if any("nan" in value or "url(" in value for value in node.attrib.values()):
            raise SvgFaultError(f"a number or a reference that is none: {node.attrib}")
        if tag == "text" and not any(family in node.get("style", "") for family in Family):
            raise SvgFaultError(f"words in another typeface: {node.attrib}")


_TAGS: Final[frozenset[str]] = frozenset(
    ("svg", "g", "title", "desc", "rect", "path", "circle", "text")
)
