"""Reads the letters of a paper back out of its PDF, with a library that the program does not use.

``letters_of_pdf(data) == letters_of(document)`` is the test that every paper passes: what is
printed is what the document says, letter by letter and in reading order. Set aside are spaces and
line breaks, what is marked as an artifact (page numbers, DỰ THẢO, the content code, repeated
heads, the star of a party agency) and pictures. Two things are in another order on purpose: a
table that is parted into bands of columns, and a row that goes on over the page; for papers that
may have such, ``tell_apart(data, document)`` holds all other words to their order.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pdfplumber

from app.ground.text import composed
from app.reports.document import Document
from app.reports.texts import texts

NO_TEXT = {"Artifact"}
PICTURES = {"Figure"}
_PARTS = re.compile(r"\(phần\d+/\d+\)")


def chars_of_pdf(data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each character in the order of the content, with the number of its page from 0."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        for number, page in enumerate(file.pages):
            for char in page.chars:
                yield number, char


def letters_of_pdf(data: bytes, *, pictures: bool = False, asides: bool = False) -> str:
    """The letters of the text in the order of the content, without spaces."""
    left_out = (set() if pictures else PICTURES) | (set() if asides else NO_TEXT)
    found = "".join(
        str(char["text"]) for _, char in chars_of_pdf(data) if char.get("tag") not in left_out
    )
    return _PARTS.sub("", "".join(composed(found).split()))


def letters_of(document: Document) -> str:
    """The letters of what the document says, pictures and the title of the file aside."""
    said = (t for place, t in texts(document) if place not in ("biểu đồ", "tiêu đề tệp"))
    return "".join(composed("".join(said)).split())


def tell_apart(data: bytes, document: Document, letters: str = "") -> str:
    """What differs between the PDF and the document, as a sentence; empty where nothing does.

    ``letters`` are those of the PDF where they were read before.
    Where the letters are the same but for their order, only words in tables may be moved.
    """
    found, said = letters or letters_of_pdf(data), letters_of(document)
    if found == said:
        return ""
    if sorted(found) != sorted(said):
        at = next((i for i, (a, b) in enumerate(zip(found, said, strict=False)) if a != b), 0)
        return f"printed …{found[at - 30 : at + 30]}… for …{said[at - 30 : at + 30]}…"
    at = 0
    for place, text in texts(document):
        words = "".join(composed(text).split())
        if "bảng" in place or place in ("biểu đồ", "tiêu đề tệp"):
            continue
        at = found.find(words, at)
        if at < 0:
            return f"{text!r} is not printed in its place"
        at += len(words)
    return ""
