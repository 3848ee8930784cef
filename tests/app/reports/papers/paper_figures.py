"""Reads figures back out of a paper's blocks, as a reader of the paper finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.snapshot import Snapshot
from app.reports.document import Block, Document, Heading, Note, Paragraph, Table
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData
from app.reports.papers.shelf import paper_of
from app.scoring.assess import assess


def paper(data: PaperData, name: str, subject: str = "") -> Document:
    """A paper that is found among those that can be made, and whose wording is in order."""
    kind = paper_of(name)
    wanted = next(one for one in subjects_of(kind, data) if one.id == subject)
    made = make(kind, data, wanted)
    assert made.findings == ()
    return made.document


def subjects(data: PaperData, name: str) -> list[str]:
    """For whom a paper can be made."""
    return [one.id for one in subjects_of(paper_of(name), data)]


def words(document: Document) -> list[str]:
    """All headings, paragraphs and notes."""
    return [text for block in document.blocks if (text := _text(block))]


def _text(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Paragraph | Note):
        return "".join(run.text for run in block.runs)
    return ""


def table(blocks: Sequence[Block], title: str) -> list[list[str]]:
    """The rows of the table that has a column of this title."""
    found = next(
        block
        for block in blocks
        if isinstance(block, Table) and title in {leaf.title for leaf in block.leaves}
    )
    return [[cell.text for cell in row.cells] for row in found.rows]


def row(rows: Sequence[Sequence[str]], *texts: str) -> list[str]:
    """The first row that carries these texts."""
    return list(next(one for one in rows if all(text in one for text in texts)))


def reasons(document: Document) -> tuple[str, ...]:
    """Why it is a draft."""
    return document.draft.reasons if document.draft else ()


def changed(data: PaperData, facts: Snapshot) -> PaperData:
    """The same papers on other facts."""
    pack = data.assessment.pack
    return replace(data, assessment=assess(facts, pack, data.overlays))
