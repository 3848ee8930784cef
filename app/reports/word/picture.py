"""Pictures in Word: vector metafiles in the width of the text, with their words beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.reports.charts.emf import emf
from app.reports.charts.flowable import ChartFlow
from app.reports.charts.listing import listing
from app.reports.document import Chart
from app.reports.word.markup import Look, attribute, paragraph

EMU: Final = 12700
"""Units of a drawing's sides in one point."""

Keep = Callable[[bytes], tuple[str, int]]
"""Puts the bytes of a picture into the file; gives its relation and its number."""


def picture(chart: Chart, room: float, highest: float, keep: Keep) -> str:
    """The chart as a paragraph; what it shows is told to readers of the screen."""
    flow = ChartFlow(chart.shows, highest)
    width, height = flow.wrap(room, highest)
    drawing = flow.drawing
    assert drawing is not None
    relation, number = keep(emf(drawing))
    across = round(drawing.width * flow.scale * EMU) if flow.scale < 1 else round(width * EMU)
    down = round(height * EMU)
    name = attribute(chart.shows.title)
    told = attribute("\n".join(listing(chart.shows)))
    size = f'cx="{across}" cy="{down}"'
    inline = (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name={name} descr={told}/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    return paragraph(inline, Look(after=8))
