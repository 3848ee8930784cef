"""Reads the figures of a paper back out of its PDF: tables by their heads, cells as words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pdfplumber

from app.ground.text import composed


@dataclass(frozen=True)
class Printed:
    """One row of a table as it is printed: words by the head of their column."""

    cells: dict[str, str]

    def __getitem__(self, head: str) -> str:
        return self.cells[head]

    def __contains__(self, heads: object) -> bool:
        return heads in self.cells


def printed_rows(pdf: bytes) -> Iterator[Printed]:
    """Every row of every table; a head that is repeated on each page is read each time."""
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            for table in page.extract_tables():
                yield from _rows([[_words(cell) for cell in row] for row in table])


def _rows(table: list[list[str]]) -> Iterator[Printed]:
    heads = table[0]
    body = table[1:]
    if any(not head for head in heads) and body:
        heads = [over or under for over, under in zip(heads, body[0], strict=True)]
        body = body[1:]
    for row in body:
        yield Printed(dict(zip(heads, row, strict=True)))


def printed_text(pdf: bytes) -> str:
    """All words of the paper with single spaces."""
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return " ".join(" ".join(composed(page.extract_text()).split()) for page in file.pages)


def _words(cell: str | None) -> str:
    return " ".join(composed(cell or "").split())
