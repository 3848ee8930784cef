"""The sheet is the first on which a table can be read; the widest tables are parted in bands."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest

from app.reports import layout, pdf
from app.reports.document import Align, Column, Document, Page, Row, Sheet, Table, cell


@pytest.mark.parametrize(
    ("units", "sheet", "least"),
    [
        (1, Sheet.A4_PORTRAIT, 11),
        (3, Sheet.A4_LANDSCAPE, 11),
        (8, Sheet.A3_LANDSCAPE, 9),
    ],
)
def test_the_sheet_grows_with_the_number_of_units(
    wide: Callable[[int, int], Table], units: int, sheet: Sheet, least: float
) -> None:
    fit = layout.choose(Page(), [wide(units, 20)])
    assert fit.sheet is sheet
    assert fit.size >= least
    assert len(fit.bands[0]) == 1


def test_the_columns_always_fill_the_room_between_the_margins(
    wide: Callable[[int, int], Table],
) -> None:
    for units in (1, 2, 5, 8, 12, 20):
        fit = layout.choose(Page(), [wide(units, 5)])
        room = layout.text_width(Page(), fit.sheet)
        for band in fit.bands[0]:
            assert sum(band.widths) == pytest.approx(room)


def test_twelve_units_of_three_columns_are_parted_evenly_and_repeat_the_criteria(
    wide: Callable[[int, int], Table],
) -> None:
    table = wide(12, 20)
    (bands,) = layout.choose(Page(), [table]).bands
    assert len(bands) == 2
    for band in bands:
        assert [c.title for c in band.columns[:3]] == ["TT", "Tiêu chí", "Điểm tối đa"]
        assert len(band.columns) == 3 + 6
    seen = [leaf for band in bands for leaf in band.leaves[3:]]
    assert seen == list(range(3, 3 + 36))


def test_a_paper_that_may_only_use_a4_is_parted_on_a4(wide: Callable[[int, int], Table]) -> None:
    fit = layout.choose(Page((Sheet.A4_PORTRAIT, Sheet.A4_LANDSCAPE)), [wide(8, 20)])
    assert fit.sheet is Sheet.A4_LANDSCAPE
    assert len(fit.bands[0]) == 2


def test_a_long_head_is_broken_into_lines_and_does_not_widen_a_column_without_end() -> None:
    table = Table((Column("chữ" * 400), Column("b")), (Row((cell("1"), cell("2"))),))
    assert layout.choose(Page(), [table]).sheet is Sheet.A4_PORTRAIT


def test_the_same_column_of_every_unit_is_equally_wide(wide: Callable[[int, int], Table]) -> None:
    ((band,),) = layout.choose(Page(), [wide(4, 20)]).bands
    assert len({round(width, 3) for width in band.widths[3::3]}) == 1


def test_176_criteria_of_8_units_in_3_columns_print_legibly_with_repeated_heads(
    wide: Callable[[int, int], Table], with_appendix: Callable[[Table], Document]
) -> None:
    table = wide(8, 176)
    fit = layout.choose(Page(), [table])
    assert fit.size >= 9
    ((band,),) = fit.bands
    for place, leaf in enumerate(band.leaves):
        if table.leaves[leaf].align is Align.DECIMAL:
            figures = band.measures[place].whole + band.measures[place].part
            assert figures * fit.size + 2 * layout.PADDING <= band.widths[place]
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(with_appendix(table))))
    pages = [p for p in reader.pages if float(p.mediabox.width) > 1000]
    assert len(pages) <= 16
    for page in pages:
        words = " ".join(page.extract_text().split())
        assert "TT Tiêu chí Điểm tối đa" in words
        assert words.count("Tự chấm Khối Sở Nội vụ") == 8
    whole = " ".join(" ".join(p.extract_text().split()) for p in pages)
    assert all(f" c{n} " in f"{whole} " for n in range(1, 177))
