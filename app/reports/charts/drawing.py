"""A description and a style become a drawing that every renderer knows.

One drawing serves the screen (`svg`) and the paper (`flowable`). Lengths are pixels on the
screen and points on paper.
"""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing

from app.reports.charts.comparison import ComparisonPicture
from app.reports.charts.description import (
    Chart,
    ComparisonChart,
    GapsChart,
    SectionsChart,
    YearsChart,
)
from app.reports.charts.gaps import GapsPicture
from app.reports.charts.sections import SectionsPicture
from app.reports.charts.spread import SpreadChart
from app.reports.charts.spread_picture import SpreadPicture
from app.reports.charts.style import Style
from app.reports.charts.years import YearsPicture


def draw(chart: Chart, style: Style, width: float) -> Drawing:
    """The picture, ``width`` wide and as high as it needs.

    Raises ``ValueError`` where the width is below thirty sizes of the type.
    """
    match chart:
        case SectionsChart():
            return SectionsPicture(chart, style, width).drawing()
        case GapsChart():
            return GapsPicture(chart, style, width).drawing()
        case YearsChart():
            return YearsPicture(chart, style, width).drawing()
        case ComparisonChart():
            return ComparisonPicture(chart, style, width).drawing()
        case SpreadChart():
            return SpreadPicture(chart, style, width).drawing()
