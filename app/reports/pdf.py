"""Prints a document as PDF: embedded Liberation Serif only, the same bytes for the same data.

Layout: NĐ 30/2020/NĐ-CP, Phụ lục I, phần I (page, margins, page number) and II (elements).
Lengths are points unless a name ends in ``_mm``.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus.doctemplate import LayoutError

from app.ground.findings import Finding, Severity, UserError
from app.ground.text import composed
from app.reports import fonts
from app.reports.charts.flowable import ChartFlow
from app.reports.document import (
    DRAFT,
    Align,
    Appendix,
    Block,
    Chart,
    Document,
    Heading,
    Note,
    Page,
    Paragraph,
    Sheet,
    Table,
    issuer_of,
    plain_line,
)
from app.reports.elements import closing, draft_reasons, letterhead, title
from app.reports.grid import Grid
from app.reports.layout import Band, Fit, choose, text_width
from app.reports.texts import texts
from app.reports.typesetting import BODY, INDENT, NOTE, SPACING, markup, style

PAGE_NUMBER: Final = 13.0
"""Size of the page number (NĐ 30/2020, Phụ lục I, mục I.7: 13 to 14)."""
PAGE_NUMBER_MM: Final = 10.0
"""Distance of the page number from the upper edge: the middle of the top margin."""
HEADING_ROOM: Final = 36.0
"""Room that a heading itself takes."""
KEPT_UNDER_HEADING: Final = 120.0
"""Room that must be left on the page under a heading, else it moves to the next page."""


def render(document: Document) -> bytes:
    """The paper as PDF.

    Raises ``UserError`` where a character is not in the typeface, or a head or word is larger
    than the largest sheet.
    """
    fonts.require_letters(texts(document))
    parts = [_main(document), *(_appendix(appendix) for appendix in document.appendices)]
    buffer = BytesIO()
    template = BaseDocTemplate(
        buffer,
        pagesize=_sheet_size(parts[0].fit.sheet),
        title=composed(document.title),
        author=composed(" ".join(issuer_of(document))),
        subject=composed(" ".join(document.subject)),
        creator="Bảng Vàng",
        lang="vi-VN",
        invariant=1,
        initialFontName=fonts.face(),
        displayDocTitle=True,
    )
    story: list[Flowable] = []
    for number, part in enumerate(parts):
        template.addPageTemplates(part.templates(number, draft=document.draft is not None))
        if number:
            story += [NextPageTemplate(f"{number}:first"), PageBreak()]
        story += [NextPageTemplate(f"{number}:later"), *part.story]
    try:
        template.build(story)
    except LayoutError as fault:
        raise UserError([_too_large(document)]) from fault
    return buffer.getvalue()


def _too_large(document: Document) -> Finding:
    return Finding(
        "paper_too_small",
        Severity.ERROR,
        composed(document.title),
        "Có một đề mục hoặc đầu bảng dài hơn cả một trang giấy nên không in được.",
        "Rút gọn tên đơn vị, tên tiêu chí hoặc đoạn văn quá dài rồi in lại.",
    )


def _sheet_size(sheet: Sheet) -> tuple[float, float]:
    width, height = sheet.size_mm
    return width * mm, height * mm


class _Part:
    """The body or an appendix: one sheet, its own page numbers, and what flows on it."""

    def __init__(self, page: Page, fit: Fit, story: list[Flowable]) -> None:
        self.page, self.fit, self.story = page, fit, story
        self.first_page = 1

    def templates(self, number: int, *, draft: bool) -> list[PageTemplate]:
        """The first page and the later pages of the part."""
        return [
            PageTemplate(
                id=f"{number}:{which}",
                frames=[self._frame()],
                onPage=self._top(draft=draft, first=which == "first"),
                pagesize=_sheet_size(self.fit.sheet),
            )
            for which in ("first", "later")
        ]

    def _frame(self) -> Frame:
        width, height = _sheet_size(self.fit.sheet)
        page = self.page
        return Frame(
            page.left_mm * mm,
            page.bottom_mm * mm,
            width - (page.left_mm + page.right_mm) * mm,
            height - (page.top_mm + page.bottom_mm) * mm,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )

    def _top(self, *, draft: bool, first: bool) -> Callable[[Canvas, Any], object]:
        def draw(canvas: Canvas, template: BaseDocTemplate) -> None:
            width, height = _sheet_size(self.fit.sheet)
            y = height - PAGE_NUMBER_MM * mm - PAGE_NUMBER * 0.35
            if first:
                self.first_page = template.page
            else:
                centre = (width + (self.page.left_mm - self.page.right_mm) * mm) / 2
                canvas.setFont(fonts.face(), PAGE_NUMBER)
                canvas.drawCentredString(centre, y, str(template.page - self.first_page + 1))
            if draft:
                canvas.setFont(fonts.face(bold=True), 9)
                canvas.drawRightString(width - self.page.right_mm * mm, y, DRAFT)

        return draw


class _Bookmark(Flowable):
    """An entry of the outline that leads to this place."""

    def __init__(self, key: str, text: str, level: int) -> None:
        super().__init__()
        self.key, self.text, self.level = key, text, level

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """No room."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Sets the entry."""
        self.canv.bookmarkHorizontal(self.key, 0, 0)
        self.canv.addOutlineEntry(composed(self.text), self.key, self.level, closed=False)


def _main(document: Document) -> _Part:
    fit = choose(document.page, _tables(document.blocks))
    story: list[Flowable] = [
        _Bookmark("main", document.title, 0),
        *(
            letterhead(
                document.letterhead,
                draft=document.draft is not None,
                room=text_width(document.page, fit.sheet),
            )
            if document.letterhead
            else ()
        ),
        *title(document),
    ]
    if document.draft:
        story += draft_reasons(document.draft)
    story += _flow(document.blocks, document.page, fit, "main")
    if document.closing:
        last = [story.pop()] if isinstance(story[-1], Flow) else []
        story.append(KeepTogether([*last, *closing(document.closing)]))
    return _Part(document.page, fit, story)


def _appendix(appendix: Appendix) -> _Part:
    fit = choose(appendix.page, _tables(appendix.blocks))
    key = appendix.label
    story: list[Flowable] = [_Bookmark(key, f"{appendix.label}. {appendix.title}", 0)]
    heads = ((appendix.label, True, False), (appendix.title, True, False))
    for text, bold, italic in (*heads, (appendix.reference, False, True)):
        if text:
            look = style(BODY, Align.CENTRE, bold=bold, italic=italic)
            story.append(Flow(markup(plain_line(text)), look))
    story.append(Spacer(1, 10))
    return _Part(appendix.page, fit, story + _flow(appendix.blocks, appendix.page, fit, key))


def _tables(blocks: tuple[Block, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def _flow(blocks: tuple[Block, ...], page: Page, fit: Fit, key: str) -> list[Flowable]:
    height = fit.sheet.size_mm[1] * mm - (page.top_mm + page.bottom_mm) * mm
    bands = iter(fit.bands)
    story: list[Flowable] = []
    for number, block in enumerate(blocks):
        match block:
            case Heading():
                look = style(BODY, bold=True, before=8, after=SPACING)
                mark = _Bookmark(f"{key}:{number}", block.text, block.level)
                words = Flow(markup(plain_line(block.text)), look)
                story += [CondPageBreak(KEPT_UNDER_HEADING), mark, words]
            case Paragraph():
                indent = 0.0 if block.flush or block.align is Align.CENTRE else INDENT
                look = style(BODY, block.align, indent=indent, after=SPACING)
                story.append(Flow(markup(block.runs), look))
            case Note():
                story.append(Flow(markup(block.runs), style(NOTE, Align.JUSTIFIED, after=3)))
            case Table():
                grids = _grids(block, next(bands), fit.size, height)
                _keep_with(story, grids[0].start_height)
                for grid in grids:
                    story += [grid, Spacer(1, 8)]
            case Chart():
                picture = ChartFlow(block.shows, height - HEADING_ROOM)
                _keep_with(story, picture.wrap(text_width(page, fit.sheet), height)[1])
                story += [picture, Spacer(1, 8)]
    return story


def _grids(table: Table, bands: tuple[Band, ...], size: float, height: float) -> list[Grid]:
    """The bands of a table; each says which part it is where there are several."""
    parts = [f"(phần {n}/{len(bands)})" if len(bands) > 1 else "" for n in range(1, len(bands) + 1)]
    return [
        Grid(table, band, size, height, f"{table.caption} {part}".strip())
        for band, part in zip(bands, parts, strict=True)
    ]


def _keep_with(story: list[Flowable], height: float) -> None:
    """Moves a heading to the page on which the table or picture right after it begins."""
    if len(story) >= 3 and isinstance(story[-3], CondPageBreak):
        story[-3] = CondPageBreak(HEADING_ROOM + height)
