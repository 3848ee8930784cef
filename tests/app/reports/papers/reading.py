"""Reads papers back in tests: their sentences, their tables as words."""

from __future__ import annotations

from collections.abc import Iterable

from app.reports.document import Block, Document, Heading, Note, Paragraph, Table
from app.reports.papers.assembly import make
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.shelf import paper_of


def made(paper: str, data: PaperData, subject: str = "") -> Document:
    """A paper whose wording knows all its places."""
    result = make(paper_of(paper), data, Subject(subject, _name(data, subject)))
    assert result.findings == ()
    return result.document


def _name(data: PaperData, subject: str) -> str:
    return next((unit.name for unit in data.units if unit.id == subject), "")


def sentences(blocks: Iterable[Block]) -> list[str]:
    """The words of headings, paragraphs and notes, a line each."""
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraph | Note):
            found.append("".join(run.text for run in block.runs))
    return found


def table(blocks: Iterable[Block], head: str) -> list[list[str]]:
    """The rows of the one table that has a column with this head."""
    (found,) = (
        block
        for block in blocks
        if isinstance(block, Table) and head in (column.title for column in block.leaves)
    )
    return [[cell.text for cell in row.cells] for row in found.rows]


def reasons(document: Document) -> tuple[str, ...]:
    """Why a paper is a draft; nothing where it is none."""
    return document.draft.reasons if document.draft else ()
