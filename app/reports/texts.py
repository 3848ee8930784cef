"""Every text of a paper in reading order: what is printed, and what its code is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.reports.document import (
    ADDRESSED_TO,
    DRAFT_BECAUSE,
    RECIPIENTS,
    Block,
    Chart,
    Closing,
    ColumnGroup,
    Document,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Slips,
    Table,
)


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of the paper in reading order, each with the Vietnamese name of its place."""
    if document.letterhead:
        yield from _letterhead_texts(document.letterhead)
    yield "tên loại", document.kind
    for text in document.subject:
        yield "trích yếu", text
    for text in (ADDRESSED_TO, *document.addressees) if document.addressees else ():
        yield "nơi gửi", text
    if document.draft:
        for text in (DRAFT_BECAUSE, *(f"- {reason}" for reason in document.draft.reasons)):
            yield "lý do dự thảo", text
    yield from _block_texts(document.blocks)
    if document.closing:
        yield from _closing_texts(document.closing)
    for appendix in document.appendices:
        for text in (appendix.label, appendix.title, appendix.reference):
            yield "tên phụ lục", text
        yield from _block_texts(appendix.blocks)
    yield "tiêu đề tệp", document.title


def _letterhead_texts(head: Letterhead) -> Iterator[tuple[str, str]]:
    for text in (*head.superior, *head.issuer, head.cluster, head.nation, head.motto):
        yield "phần đầu văn bản", text
    yield "số, ký hiệu", head.number
    yield "địa danh, ngày tháng năm", head.place_and_date
    for text in head.about:
        yield "trích yếu", text


def _closing_texts(end: Closing) -> Iterator[tuple[str, str]]:
    for recipient in (RECIPIENTS, *end.recipients) if end.recipients else ():
        yield "nơi nhận", recipient
    for signature in end.signatures:
        for text in (*signature.authority, signature.note, signature.name):
            yield "phần ký", text


def _block_texts(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        match block:
            case Heading():
                yield "đề mục", block.text
            case Paragraph() | Note():
                yield "đoạn văn", "".join(run.text for run in block.runs)
            case Chart():
                from app.reports.charts import description

                for text in description.texts(block.shows):
                    yield "biểu đồ", text
            case Slips():
                for slip in block.slips:
                    yield from _block_texts(slip)
            case Table():
                yield "tên bảng", block.caption
                for column in block.columns:
                    yield "đầu bảng", column.title
                    for leaf in column.columns if isinstance(column, ColumnGroup) else ():
                        yield "đầu bảng", leaf.title
                for number, row in enumerate(block.rows, start=1):
                    for item in row.cells:
                        yield f"dòng {number} của bảng", item.text
