"""A PDF as what it shows: glyphs in the order in which they were drawn, and everything ruled.

Lengths are points, counted from the upper left corner of the sheet.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pdfplumber
import pypdf

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter: where it stands, how large, in which face, and whether it is black."""

    page: int
    text: str
    x0: float
    x1: float
    base: float
    size: float
    face: str
    black: bool = True

    @property
    def bold(self) -> bool:
        return "Bold" in self.face

    @property
    def italic(self) -> bool:
        return "Italic" in self.face


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a line, a frame or a picture takes."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it is a rule: long and thin, from left to right."""
        return self.bottom - self.top < 1.5 and self.x1 - self.x0 > 3


@dataclass(frozen=True, slots=True)
class Printed:
    """All pages: their sizes, glyphs without spaces, boxes, and faces that are not embedded."""

    sizes: tuple[tuple[float, float], ...]
    glyphs: tuple[Glyph, ...]
    boxes: tuple[Box, ...]
    foreign: tuple[str, ...] = ()

    def changed(self, words: str, **changes: Any) -> Printed:
        """The same with the first such words otherwise; ``dx`` and ``dy`` move them."""
        start, stop = span(self.glyphs, words)
        dx, dy = changes.pop("dx", 0), changes.pop("dy", 0)
        moved = tuple(
            replace(g, **changes, x0=g.x0 + dx, x1=g.x1 + dx, base=g.base + dy)
            if start <= place < stop
            else g
            for place, g in enumerate(self.glyphs)
        )
        return replace(self, glyphs=moved)

    def without(self, words: str) -> Printed:
        """The same without the first such words."""
        start, stop = span(self.glyphs, words)
        return replace(self, glyphs=self.glyphs[:start] + self.glyphs[stop:])


def squeezed(text: str) -> str:
    """The text composed and without any space."""
    return "".join(unicodedata.normalize("NFC", text).split())


def span(glyphs: Sequence[Glyph], words: str) -> tuple[int, int]:
    """Where the words first stand among the glyphs."""
    start = "".join(g.text for g in glyphs).find(squeezed(words))
    assert start >= 0, f"{words!r} is not printed"
    return start, start + len(squeezed(words))


def lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs that follow each other on one height, as lines."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        last = found[-1][-1] if found else None
        if last and last.page == glyph.page and abs(last.base - glyph.base) < 2:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def read(data: bytes) -> Printed:
    """The pages of a PDF."""
    glyphs: list[Glyph] = []
    boxes: list[Box] = []
    sizes: list[tuple[float, float]] = []
    with pdfplumber.open(io.BytesIO(data)) as book:
        for number, page in enumerate(book.pages):
            sizes.append((float(page.width), float(page.height)))
            glyphs += _glyphs(number, page)
            drawn = (*page.lines, *page.rects, *page.curves, *page.images)
            boxes += [Box(number, d["x0"], d["x1"], d["top"], d["bottom"]) for d in drawn]
    return Printed(tuple(sizes), tuple(glyphs), _joined(boxes), tuple(sorted(_foreign(data))))


def _glyphs(number: int, page: Any) -> Iterator[Glyph]:
    for char in page.chars:
        letters = squeezed(char["text"])
        black = char["non_stroking_color"] in (None, 0, (0,), (0, 0, 0), (0, 0, 0, 1))
        base = float(page.height) - char["matrix"][5]
        face = char["fontname"].partition("+")[2] or char["fontname"]
        step = (char["x1"] - char["x0"]) / max(1, len(letters))
        for place, letter in enumerate(letters):  # a ligature is several letters
            left = char["x0"] + place * step
            yield Glyph(number, letter, left, left + step, base, char["size"], face, black)


def _joined(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Rules drawn in pieces that touch, as one."""
    found = [box for box in boxes if not box.level]
    level = sorted((b for b in boxes if b.level), key=lambda b: (b.page, round(b.top), b.x0))
    for _, pieces in groupby(level, key=lambda b: (b.page, round(b.top))):
        run: Box | None = None
        for piece in pieces:
            if run and piece.x0 <= run.x1 + 0.3:
                run = replace(run, x1=max(run.x1, piece.x1))
                found[-1] = run
            else:
                run = piece
                found.append(run)
    return tuple(found)


def _foreign(data: bytes) -> set[str]:
    """Names of faces without a program of their own in the file."""
    missing = set()
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            whole = font.get_object()
            inner = (
                whole["/DescendantFonts"][0].get_object() if "/DescendantFonts" in whole else whole
            )
            held = inner.get("/FontDescriptor", {})
            if not any(key in held for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                missing.add(str(whole["/BaseFont"]))
    return missing
