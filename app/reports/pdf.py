"""Prints a document as PDF: embedded Liberation Serif only, the same bytes for the same data.

Layout: NĐ 30/2020/NĐ-CP, Phụ lục I, phần I (page, margins, page number) and II (elements).
Lengths are points unless a name ends in ``_mm``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Final

from reportlab.lib.units import mm

from app.ground.findings import Finding, Severity, UserError
from app.ground.text import composed
from app.reports import fonts
from app.reports.archive_form import PaperCanvas
from app.reports.binding import code_line
from app.reports.body import Bookmark, flow, tables_of, taken_along
from app.reports.document import (
    DRAFT,
    Align,
    Appendix,
    Document,
    Page,
    Sheet,
    issuer_of,
)
from app.reports.elements import addressees, draft_reasons, letterhead, title
from app.reports.layout import Fit, choose, text_width
from app.reports.paper_metadata import PROGRAM, packet
from app.reports.press import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    LayoutError,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from app.reports.press import Paragraph as Flow
from app.reports.signing_block import closing
from app.reports.texts import texts
from app.reports.typesetting import BODY, plain_markup, style

PAGE_NUMBER: Final = 13.0
"""Size of the page number (NĐ 30/2020, Phụ lục I, mục I.7: 13 to 14)."""
PAGE_NUMBER_MM: Final = 10.0
"""Distance of the page number from the upper edge: the middle of the top margin."""
MARK: Final = 9.0
"""Size of the marks in the margins: of a draft, and the content code."""
CODE_MM: Final = 10.0
"""Distance of the content code from the lower edge: the middle of the bottom margin."""


def render(document: Document) -> bytes:
    """The paper as PDF/A-2b.

    Raises ``UserError`` where a character is not in the typeface, or a head or word is larger
    than the largest sheet.
    """
    code = code_line(document)
    fonts.require_letters([*texts(document), ("mã nội dung", code)])
    parts = [_main(document), *(_appendix(appendix) for appendix in document.appendices)]
    buffer = BytesIO()
    template = BaseDocTemplate(
        buffer,
        pagesize=_sheet_size(parts[0].fit.sheet),
        title=composed(document.title),
        author=composed(" ".join(issuer_of(document))),
        subject=composed(" ".join(document.subject)),
        creator=PROGRAM,
        producer=PROGRAM,
        lang="vi-VN",
        invariant=1,
        initialFontName=fonts.face(),
        displayDocTitle=True,
    )
    story: list[Flowable] = []
    for number, part in enumerate(parts):
        marks = _Marks(DRAFT if document.draft else "", code)
        template.addPageTemplates(part.templates(number, marks))
        if number:
            story += [NextPageTemplate(f"{number}:first"), PageBreak()]
        story += [NextPageTemplate(f"{number}:later"), *part.story]
    try:
        template.build(story, canvasmaker=partial(PaperCanvas, metadata=partial(packet, document)))
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


@dataclass(frozen=True, slots=True)
class _Marks:
    """What stands in the margins of every page: the mark of a draft, and the content code."""

    draft: str
    code: str


class _Part:
    """The body or an appendix: one sheet, its own page numbers, and what flows on it."""

    def __init__(self, page: Page, fit: Fit, story: list[Flowable]) -> None:
        self.page, self.fit, self.story = page, fit, story
        self.first_page = 1

    def templates(self, number: int, marks: _Marks) -> list[PageTemplate]:
        """The first page and the later pages of the part."""
        return [
            PageTemplate(
                id=f"{number}:{which}",
                frames=[self._frame()],
                onPage=self._margins(marks, first=which == "first"),
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

    def _margins(self, marks: _Marks, *, first: bool) -> Callable[[Any, Any], object]:
        def draw(canvas: PaperCanvas, template: BaseDocTemplate) -> None:
            width, height = _sheet_size(self.fit.sheet)
            right = width - self.page.right_mm * mm
            centre = (width + (self.page.left_mm - self.page.right_mm) * mm) / 2
            y = height - PAGE_NUMBER_MM * mm - PAGE_NUMBER * 0.35
            if first:
                self.first_page = template.page
            with canvas.aside():
                if not first:
                    canvas.setFont(fonts.face(), PAGE_NUMBER)
                    canvas.drawCentredString(centre, y, str(template.page - self.first_page + 1))
                if marks.draft:
                    canvas.setFont(fonts.face(bold=True), MARK)
                    canvas.drawRightString(right, y, marks.draft)
                if marks.code:
                    canvas.setFont(fonts.face(), MARK)
                    canvas.drawCentredString(centre, CODE_MM * mm, marks.code)

        return draw


def _main(document: Document) -> _Part:
    fit = choose(document.page, tables_of(document.blocks))
    room = text_width(document.page, fit.sheet)
    story: list[Flowable] = [Bookmark("main", document.title, 0)]
    if document.letterhead:
        story += letterhead(document.letterhead, draft=document.draft is not None, room=room)
    story += [*title(document), *addressees(document.addressees)]
    if document.draft:
        story += draft_reasons(document.draft)
    story += flow(document.blocks, document.page, fit, "main")
    if document.closing:
        story.append(KeepTogether([*taken_along(story), *closing(document.closing)]))
    return _Part(document.page, fit, story)


def _appendix(appendix: Appendix) -> _Part:
    fit = choose(appendix.page, tables_of(appendix.blocks))
    key = appendix.label
    story: list[Flowable] = [Bookmark(key, f"{appendix.label}. {appendix.title}", 0)]
    heads = ((appendix.label, True, False), (appendix.title, True, False))
    for text, bold, italic in (*heads, (appendix.reference, False, True)):
        if text:
            look = style(BODY, Align.CENTRE, bold=bold, italic=italic)
            story.append(Flow(plain_markup(text), look))
    story.append(Spacer(1, 10))
    return _Part(appendix.page, fit, story + flow(appendix.blocks, appendix.page, fit, key))
