"""The pictures of the year's report, each filled from the published numbers of the result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from app.reports.charts.description import MINUS, Gap, GapsChart
from app.reports.charts.from_assessment import MOST_GAPS, gaps_chart, has_points, sections_chart
from app.reports.charts.from_years import year_totals, years_chart
from app.reports.document import (
    Align,
    Block,
    Chart,
    Column,
    ColumnGroup,
    Paragraph,
    Row,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK, Figures
from app.reports.papers.data import PaperData
from app.reports.ranking import period_words
from app.scoring.assessment import Assessment
from app.scoring.years_comparison import table_scale


def sections_picture(data: PaperData) -> Iterator[Block]:
    """The totals by section, where anything was scored."""
    if any(has_points(data.assessment.units[unit].card) for unit in data.ranked):
        yield Chart(sections_chart(data.assessment, data.cluster))


def gaps_picture(data: PaperData) -> Iterator[Block]:
    """The largest differences of the whole cluster between self-score and final score.

    What units do not score themselves has no two points to compare and is not counted here.
    """
    rows: list[Gap] = []
    same = 0
    chart: GapsChart | None = None
    for unit in data.ranked:
        whole = len(data.assessment.units[unit].card.criteria)
        chart = gaps_chart(data.assessment, unit, most=whole)
        rows += [replace(row, title=f"{chart.unit}: {row.title}") for row in chart.rows]
        same += chart.same
    if chart is None or not rows:
        text = "Điểm được tính không khác điểm tự chấm ở tiêu chí nào có đủ hai điểm."
        yield Paragraph(plain_line(text))
        return
    rows.sort(key=lambda row: -abs(row.difference or Fraction(0)))
    others = max(0, len(rows) - MOST_GAPS)
    yield Chart(
        replace(
            chart,
            title="Chênh lệch lớn nhất giữa điểm tự chấm và điểm được tính",
            unit=data.cluster_name,
            rows=tuple(rows[:MOST_GAPS]),
            others=others,
            same=same,
            unscored=0,
        )
    )


def years_blocks(data: PaperData) -> Iterator[Block]:
    """Totals and ranks of this year beside those of last year, as a table and as a picture."""
    last = data.last_year
    if last is None or not last.clusters.get(data.cluster.id):
        yield Paragraph(plain_line("Chưa có kết quả năm trước để so sánh."))
        return
    yield _years_table(data, last)
    before = next(c for c in last.snapshot.clusters if c.id == data.cluster.id)
    now = year_totals(data.assessment, data.cluster)
    yield Chart(years_chart(year_totals(last, before), now))


def _years_table(data: PaperData, last: Assessment) -> Table:
    """The units of both years in the order of this year's ranks, then those that left."""
    both = [(last, Figures(last)), (data.assessment, data.figures)]
    same_scale = table_scale(last) == table_scale(data.assessment)
    units = [*data.ranked, *(u for u in last.clusters[data.cluster.id] if u not in data.ranked)]
    groups = tuple(
        ColumnGroup(
            period_words(one).capitalize(),
            (Column("Tổng điểm", Align.DECIMAL), Column("Hạng", Align.CENTRE, weight=0)),
        )
        for one, _ in both
    )
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=55, weight=4),
        *groups,
        *((Column("Tăng, giảm", Align.DECIMAL),) if same_scale else ()),
    )
    rows = []
    for number, unit in enumerate(units, start=1):
        name = next(
            one.snapshot.unit(unit).name
            for one in (data.assessment, last)
            if unit in {member.id for member in one.snapshot.units}
        )
        cells = [cell(str(number)), cell(name)]
        totals: list[Fraction | None] = []
        for one, figures in both:
            there = unit in one.clusters[data.cluster.id] and has_points(one.units[unit].card)
            total = one.units[unit].card.total if there else None
            rank = one.units[unit].rank if there else None
            totals.append(total)
            cells.append(cell(BLANK if total is None else figures.published(total)))
            cells.append(cell(BLANK if rank is None else str(rank)))
        if same_scale:
            cells.append(cell(_change(data, *totals)))
        rows.append(Row(tuple(cells)))
    return Table(columns, tuple(rows))


def _change(data: PaperData, before: Fraction | None, now: Fraction | None) -> str:
    if before is None or now is None:
        return BLANK
    sign = "+" if now > before else MINUS if now < before else ""
    return sign + data.figures.published(abs(now - before))
