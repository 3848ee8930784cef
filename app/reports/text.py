"""Prints a document as plain text: one line for each line of words, cells parted by bars.

It is read in the terminal and compared with golden files, so it carries no page numbers and no
padding: a changed figure changes one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.ground.text import composed
from app.reports.binding import code_line
from app.reports.charts.listing import listing
from app.reports.document import (
    ADDRESSED_TO,
    DRAFT,
    DRAFT_BECAUSE,
    RECIPIENTS,
    Block,
    Chart,
    Closing,
    ColumnGroup,
    Document,
    Heading,
    Letterhead,
    Line,
    Note,
    Paragraph,
    Row,
    RowKind,
    Slips,
    Table,
)

BAR = " | "
LINE_END = " // "
"""Stands between the lines of one cell."""
CUT = "- " * 20
"""Stands where slips are cut apart."""


def render(document: Document) -> str:
    """The paper as text, ending in a line feed."""
    lines = [*_letterhead(document.letterhead)] if document.letterhead else []
    if document.draft:
        lines += ["", f"[{DRAFT}]"]
    if document.kind:
        lines += ["", document.kind, *document.subject]
    if document.addressees:
        lines += ["", *_addressees(document.addressees)]
    lines.append("")
    if document.draft:
        lines += [DRAFT_BECAUSE, *(f"- {reason}" for reason in document.draft.reasons), ""]
    lines += _blocks(document.blocks)
    if document.closing:
        lines += ["", *_closing(document.closing)]
    for appendix in document.appendices:
        lines += ["", "=" * 20, appendix.label, appendix.title, appendix.reference, ""]
        lines += _blocks(appendix.blocks)
    if code_line(document):
        lines += ["", code_line(document)]
    return composed("\n".join(line.rstrip() for line in lines)) + "\n"


def _letterhead(head: Letterhead) -> Iterator[str]:
    yield from head.superior
    yield from head.issuer
    for text in ("*" if head.star else "", head.cluster, head.nation, head.motto):
        if text:
            yield text
    for text in (head.number, head.place_and_date, *head.about):
        if text:
            yield text


def _addressees(addressees: Sequence[str]) -> Iterator[str]:
    """One stands on the line of "Kính gửi", several on lines of their own."""
    if len(addressees) == 1:
        yield f"{ADDRESSED_TO} {addressees[0]}"
    else:
        yield from (ADDRESSED_TO, *addressees)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield from ("", block.text)
            case Paragraph() | Note():
                yield _words(block.runs)
            case Table():
                yield from _table(block)
            case Chart():
                yield from ("", *listing(block.shows), "")
            case Slips():
                for slip in block.slips:
                    yield from (CUT, *_blocks(slip))
                yield CUT


def _words(line: Line) -> str:
    return "".join(run.text for run in line)


def _table(table: Table) -> Iterator[str]:
    yield ""
    if table.caption:
        yield table.caption
    titles = []
    for column in table.columns:
        if isinstance(column, ColumnGroup):
            titles += [f"{column.title}: {leaf.title}" for leaf in column.columns]
        else:
            titles.append(column.title)
    yield BAR.join(titles)
    yield "-" * 20
    for row in table.rows:
        yield _row(row)
    yield ""


def _row(row: Row) -> str:
    mark = {RowKind.SECTION: "# ", RowKind.GROUP: "## ", RowKind.TOTAL: "= "}.get(row.kind, "")
    return mark + BAR.join(item.text.replace("\n", LINE_END) for item in row.cells)


def _closing(end: Closing) -> Iterator[str]:
    if end.recipients:
        yield from (RECIPIENTS, *end.recipients, "")
    for signature in end.signatures:
        yield from filter(None, (*signature.authority, signature.note, signature.name))
