"""Prints a document as a Word file, for officers who edit the wording before it is signed.

Layout: NĐ 30/2020/NĐ-CP, Phụ lục I, the same as on PDF: real styles and headings, repeated heads
of tables, sections with their own sheet and page numbers. The same bytes for the same data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from app.reports import fonts
from app.reports.binding import code_line
from app.reports.document import DRAFT, Appendix, Document, Page, Sheet
from app.reports.layout import Fit, text_width
from app.reports.texts import texts
from app.reports.word.blocks import fit_of, flow
from app.reports.word.elements import addressees, closing, draft_reasons, letterhead, title
from app.reports.word.markup import Look, gap, paragraph, twips, words
from app.reports.word.package import Margin, Package
from app.reports.word.styles import APPENDIX_STYLE

PAGE_NUMBER_MM: Final = 10.0
"""Distance of the middle of the page number from the upper edge: the middle of the margin."""
_NUMBER_HEIGHT: Final = 15.0
_CODE_HEIGHT: Final = 10.5


def render(document: Document) -> bytes:
    """The paper as a Word file.

    Raises ``UserError`` where a character is not in the typeface.
    """
    fonts.require_letters(texts(document))
    package = Package(document)
    draft = document.draft is not None
    parts = [_main(document, package)]
    parts += [_appendix(appendix, package) for appendix in document.appendices]
    body = ""
    margins: list[Margin] = []
    for number, (page, fit, content) in enumerate(parts, start=1):
        section = _section(page, fit.sheet)
        # the last section stands at the end of the body, the others in their last paragraph
        body += content + (gap(1) + section if number == len(parts) else gap(1, section=section))
        margins.append(_margin(page, fit.sheet, draft=draft, code=code_line(document)))
    package.fill(body, margins)
    return package.to_bytes()


_PartOfPaper = tuple[Page, Fit, str]


def _main(document: Document, package: Package) -> _PartOfPaper:
    page = document.page
    fit = fit_of(document.blocks, page)
    room = text_width(page, fit.sheet)
    content = ""
    if document.letterhead:
        content += letterhead(document.letterhead, draft=document.draft is not None, room=room)
    if document.letterhead or document.kind:
        content += title(document, room)
    content += addressees(document.addressees, room)
    content += draft_reasons(document.draft) if document.draft else ""
    end = document.closing
    content += flow(document.blocks, page, fit, package.keep_picture, last_kept=end is not None)
    content += closing(end, room) if end else ""
    return page, fit, content


def _appendix(appendix: Appendix, package: Package) -> _PartOfPaper:
    fit = fit_of(appendix.blocks, appendix.page)
    # one heading of two lines: the navigation pane names the appendix with its title
    names = [words(text) for text in (appendix.label, appendix.title) if text]
    content = paragraph("<w:r><w:br/></w:r>".join(names), Look(APPENDIX_STYLE, before=0, after=0))
    if appendix.reference:
        content += paragraph(words(appendix.reference), Look("ThamChieuPhuLuc", keep_next=True))
    content += gap(10, keep_next=True)
    return (
        appendix.page,
        fit,
        content + flow(appendix.blocks, appendix.page, fit, package.keep_picture),
    )


# ------------------------------------------------------------------ sections


def _section(page: Page, sheet: Sheet) -> str:
    """Sheet and margins of a part; its pages are counted from 1, the first one silently."""
    width, height = (twips(side * mm) for side in sheet.size_mm)
    lying = ' w:orient="landscape"' if width > height else ""
    top, right, bottom, left = (
        twips(side * mm) for side in (page.top_mm, page.right_mm, page.bottom_mm, page.left_mm)
    )
    header = twips(PAGE_NUMBER_MM * mm - _NUMBER_HEIGHT / 2)
    footer = twips(page.bottom_mm * mm / 2 - _CODE_HEIGHT / 2)
    return (
        f'<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{lying}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{header}" w:footer="{footer}" w:gutter="0"/><w:pgNumType w:start="1"/>'
        "<w:titlePg/></w:sectPr>"
    )


def _margin(page: Page, sheet: Sheet, *, draft: bool, code: str) -> Margin:
    room = text_width(page, sheet)
    mark = words(DRAFT, bold=True, size=9) if draft else ""
    number = _field("PAGE")
    stops = _stops((("center", room / 2), ("right", room)))
    tab = "<w:r><w:tab/></w:r>"
    first = paragraph(tab + tab + mark if mark else "", Look("Header", tabs=stops))
    later = paragraph(tab + number + (tab + mark if mark else ""), Look("Header", tabs=stops))
    return Margin(first, later, paragraph(words(code), Look("Footer")))


def _stops(stops: Sequence[tuple[str, float]]) -> str:
    inside = "".join(f'<w:tab w:val="{kind}" w:pos="{twips(at)}"/>' for kind, at in stops)
    return f"<w:tabs>{inside}</w:tabs>"


def _field(name: str) -> str:
    """A field that the word processor works out."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
