"""The paper that puts the years of a cluster side by side: its units, then its criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from app.ground.numbers import vietnamese
from app.reports.charts.description import Numbers, YearsChart
from app.reports.charts.from_years import YearTotals, year_totals, years_chart
from app.reports.document import (
    Align,
    Appendix,
    Block,
    Cell,
    Chart,
    Column,
    ColumnGroup,
    Document,
    Draft,
    Note,
    Page,
    Paragraph,
    Row,
    Sheet,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK, Figures, sentence
from app.reports.issuing import Issuing
from app.reports.names import Names
from app.reports.review_frame import review_paper
from app.scoring.years_comparison import (
    CriterionYear,
    CriterionYears,
    UnitYears,
    YearPlace,
    YearResult,
    YearsComparison,
)


def build_years_comparison(
    compared: YearsComparison,
    issuing: Issuing = Issuing(),  # noqa: B008  (a frozen value)
) -> Document:
    """The comparison of one cluster; the last year's leader issues it."""
    parts: list[tuple[str, Sequence[Block]]] = [
        ("TỔNG ĐIỂM VÀ THỨ HẠNG CÁC NĂM", tuple(_units(compared))),
        ("THAY ĐỔI CỦA BẢNG TIÊU CHÍ", tuple(_changes(compared))),
    ]
    return review_paper(
        issuing,
        compared.years[-1].assessment,
        compared.cluster,
        f"So sánh kết quả thi đua {_span(compared)}",
        parts,
        draft=_draft(compared),
        appendices=(
            Appendix(
                "Phụ lục",
                "SO SÁNH TỪNG TIÊU CHÍ",
                "(Kèm theo Báo cáo so sánh kết quả thi đua các năm)",
                tuple(_criteria(compared)),
                Page((Sheet.A4_LANDSCAPE, Sheet.A3_LANDSCAPE)),
            ),
        ),
    )


def comparison_chart_of(compared: YearsComparison) -> YearsChart | None:
    """The last two years as a picture; ``None`` where the cluster had no units in one of them."""
    if len(compared.years) < 2:
        return None
    before, now = compared.years[-2:]
    if not (_has_units(before, compared) and _has_units(now, compared)):
        return None
    second = year_totals(now.assessment, compared.cluster)
    there = {unit.unit for unit in compared.units if unit.places[-1]}
    second = replace(second, totals={u: t for u, t in second.totals.items() if u in there})
    first = _matched_totals(compared, year_totals(before.assessment, compared.cluster))
    return years_chart(first, second)


def _has_units(year: YearResult, compared: YearsComparison) -> bool:
    return bool(year.assessment.clusters.get(compared.cluster.id))


def _matched_totals(compared: YearsComparison, before: YearTotals) -> YearTotals:
    """The year before by the ids that its units have now, where one unit became one."""
    totals: dict[str, Fraction | None] = {}
    names: dict[str, str] = {}
    percents: dict[str, Fraction] = {}
    heirs: dict[str, list[str]] = {}
    for unit in compared.units:
        for place in unit.places[-2]:
            heirs.setdefault(place.unit, []).append(unit.unit)
    for unit in compared.units:
        places = unit.places[-2]
        if len(places) != 1 or len(heirs[places[0].unit]) > 1:
            continue
        place, key = places[0], unit.unit
        totals[key], names[key] = place.total, place.name
        if place.total is not None and place.percent is not None:
            percents[key] = place.percent
    return replace(before, totals=totals, names=names, percents=percents)


def _span(compared: YearsComparison) -> str:
    first, last = compared.years[0], compared.years[-1]
    return first.words if first is last else f"{first.words} đến {last.words}"


def _draft(compared: YearsComparison) -> Draft | None:
    reasons = []
    for year in compared.years:
        names = Names(year.assessment)
        reasons += [
            sentence(f"{year.words}: {names.sentence(why)}")
            for why in year.assessment.why_provisional
        ]
    return Draft(tuple(reasons)) if reasons else None


def _paragraph(text: str) -> Paragraph:
    return Paragraph(plain_line(text))


# ------------------------------------------------------------------ units


def _units(compared: YearsComparison) -> Iterator[Block]:
    chart = comparison_chart_of(compared)
    if chart is not None:
        yield Chart(chart)
    columns: list[Column | ColumnGroup] = [
        Column("Đơn vị", min_mm=34, weight=3, repeated=True),
        *(_year_columns(year) for year in compared.years),
    ]
    if len(compared.years) > 1:
        columns.append(Column("Năm cuối so với năm trước", Align.CENTRE, min_mm=18))
    columns.append(Column("Ghi chú", min_mm=26, weight=2))
    yield Table(tuple(columns), tuple(_unit_row(compared, unit) for unit in compared.units))
    if not compared.same_scale:
        scales = "; ".join(
            f"{year.words} {'chưa nêu' if scale is None else vietnamese(scale) + ' điểm'}"
            for year, scale in zip(compared.years, compared.scales, strict=True)
        )
        yield Note(
            plain_line(
                f"Thang điểm các năm: {scales}. Thang điểm khác nhau nên so bằng tỷ lệ phần trăm."
            )
        )
    if compared.left_out:
        listed = ", ".join(compared.left_out)
        yield Note(plain_line(f"Chưa so được năm {listed} vì số liệu năm đó chưa chấm được."))


def _year_columns(year: YearResult) -> ColumnGroup:
    title = sentence(year.words).rstrip(".")
    heads = (
        Column("Điểm", Align.DECIMAL),
        Column("%", Align.DECIMAL),
        Column("Hạng", Align.CENTRE),
        Column("Khen thưởng", min_mm=20),
    )
    return ColumnGroup(title, heads)


def _unit_row(compared: YearsComparison, unit: UnitYears) -> Row:
    cells = [cell(unit.name)]
    for year, places in zip(compared.years, unit.places, strict=True):
        cells += _year_cells(Figures(year.assessment), compared, unit, places)
    if len(compared.years) > 1:
        cells.append(_lines(change_words(compared, unit)))
    cells.append(_lines([sentence(note) for note in unit.notes]))
    return Row(tuple(cells))


def _lines(lines: Sequence[str]) -> Cell:
    return Cell(tuple(plain_line(line) for line in lines))


def _year_cells(
    figures: Figures, compared: YearsComparison, unit: UnitYears, places: Sequence[YearPlace]
) -> Iterator[Cell]:
    """Points, percent, rank and awards of a year; several units stand under each other."""

    def number(value: Fraction | None) -> str:
        return BLANK if value is None else figures.published(value)

    def rank(place: YearPlace) -> str:
        words = BLANK if place.rank is None else f"{place.rank}/{place.ranked}"
        return words if place.cluster == compared.cluster.id else f"{words} (cụm, khối khác)"

    yield _lines([number(place.total) for place in places])
    yield _lines([number(place.percent) for place in places])
    yield _lines([rank(place) for place in places])
    named = len(places) > 1 or any(place.unit != unit.unit for place in places)
    awards = []
    for place in places:
        told = "; ".join(place.awards)
        awards.append(f"{place.name}: {told or BLANK}" if named else told)
    yield _lines([line for line in awards if line])


def change_words(compared: YearsComparison, unit: UnitYears) -> list[str]:
    """How a unit moved from the year before the last one to the last one."""
    pair = unit.pair()
    if pair is None:
        return []
    before, now = pair
    numbers = _numbers(compared)
    words = []
    if compared.scales[-1] == compared.scales[-2] and compared.scales[-1] is not None:
        if before.total is not None and now.total is not None:
            words.append(f"{numbers.signed(now.total - before.total)} điểm")
    elif before.percent is not None and now.percent is not None:
        words.append(f"{numbers.signed(now.percent - before.percent)}%")
    if before.rank is not None and now.rank is not None and before.cluster == now.cluster:
        moved = before.rank - now.rank
        verb = "lên" if moved > 0 else "xuống"
        words.append(f"{verb} {abs(moved)} hạng" if moved else "giữ hạng")
    return words


def _numbers(compared: YearsComparison) -> Numbers:
    figures = Figures(compared.years[-1].assessment)
    return Numbers(figures.digits, figures.mode)


# ------------------------------------------------------------------ criteria


def _changes(compared: YearsComparison) -> Iterator[Block]:
    if len(compared.years) < 2:
        yield _paragraph("Mới có một năm nên chưa có gì để so.")
        return
    noted = [one for one in compared.criteria if one.notes]
    if not noted:
        yield _paragraph("Các tiêu chí, mã và điểm tối đa không thay đổi.")
        return
    columns = (
        Column("Tiêu chí", min_mm=50, weight=3),
        Column("Thay đổi", min_mm=60, weight=3),
    )
    rows = tuple(
        Row((cell(_name(one)), _lines([sentence(note) for note in one.notes]))) for one in noted
    )
    yield Table(columns, rows, top=True)


def _name(one: CriterionYears) -> str:
    return f"{one.last.code}. {one.last.title}"


def _criteria(compared: YearsComparison) -> Iterator[Block]:
    columns: list[Column | ColumnGroup] = [
        Column("Tiêu chí", min_mm=70, weight=6, repeated=True),
        *(
            ColumnGroup(
                sentence(year.words).rstrip("."),
                (
                    Column("Điểm tối đa", Align.DECIMAL),
                    Column("Bình quân (%)", Align.DECIMAL),
                    Column("Đạt tối đa", Align.CENTRE),
                ),
            )
            for year in compared.years
        ),
    ]
    rows = []
    for one in compared.criteria:
        cells = [cell(_name(one))]
        for year in one.years:
            cells += _criterion_cells(year)
        rows.append(Row(tuple(cells)))
    yield Table(tuple(columns), tuple(rows))
    yield Note(
        plain_line(
            "Bình quân: điểm trung bình của các đơn vị được chấm, tính bằng phần trăm điểm tối đa. "
            "Đạt tối đa: số đơn vị đạt điểm tối đa trên số đơn vị được chấm. Ô trống: năm đó không "
            "có tiêu chí này."
        )
    )


def _criterion_cells(year: CriterionYear | None) -> Iterator[Cell]:
    if year is None:
        yield from (cell("") for _ in range(3))
        return
    one, reached = year.statistics, year.reached
    yield cell(BLANK if year.max is None else vietnamese(year.max))
    yield cell(BLANK if reached is None else vietnamese(reached, 1))
    yield cell(f"{one.full}/{one.scored}" if one is not None and one.scored else BLANK)
