"""Letters out of the content of a file, and what is told of all that is not read."""

from __future__ import annotations

import io

import pikepdf
import pytest

from app.exchange.pdf.letters import UNKNOWN, printed
from app.reports import pdf
from app.reports.document import Document
from tests.app.reports.pdf_reading import letters_of, letters_of_pdf

TABLE = b"1 beginbfchar\n<41> <1EA2>\n<42> <00F4006E>\nendbfchar"
"""A is Ả, B is the two letters "ôn"."""


def shown(content: bytes, **more: object) -> str | None:
    """The letters of a page with this content, whose font /F has the table above."""
    kept = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, ToUnicode=file.make_indirect(pikepdf.Stream(file, TABLE))
        )
        page = file.pages[0]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({"/F": font}))
        page.Contents = file.make_indirect(pikepdf.Stream(file, content))
        if "packed" in more:
            page.Contents.write(content, filter=pikepdf.Name.LZWDecode)
        file.save(kept, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return printed(kept.getvalue()).letters


@pytest.mark.parametrize(
    ("content", "letters"),
    [
        (b"BT /F 9 Tf (A) Tj ET", "Ả"),
        (b"BT /F 9 Tf [(A) -20 (B)] TJ <41> Tj ET", "ẢônẢ"),
        (b"BT /F 9 Tf (A) ' 1 2 (B) \" ET", "Ảôn"),
        (b"BT /F 9 Tf (C) Tj ET", UNKNOWN),
        (b"BT /G 9 Tf (A) Tj ET", UNKNOWN),
        (b"q BT /F 9 Tf ET Q BT (A) Tj ET", UNKNOWN),
        (b"BT /F 9 Tf 3 Tr (A) Tj 0 Tr (B) Tj ET", "ôn"),
        (b"/Artifact BMC BT /F 9 Tf (A) Tj ET EMC BT (B) Tj ET", "ôn"),
        (b"/Artifact BMC /P BMC EMC BT /F 9 Tf (A) Tj ET EMC", ""),
        (b"/P << /MCID 0 >> BDC BT /F 9 Tf (A) Tj ET EMC", "Ả"),
        (b"Q EMC BT /F 9 Tf (A) Tj ET", "Ả"),
        (b"", ""),
    ],
)
def test_letters_follow_the_content(content: bytes, letters: str) -> None:
    assert shown(content) == letters


def test_content_that_is_packed_in_an_unknown_way_is_not_guessed_at() -> None:
    assert shown(b"\x80\x0b\x60\x50", packed=True) is None


def test_it_reads_what_an_independent_reader_reads(
    minutes: bytes, minutes_document: Document
) -> None:
    found = printed(minutes)
    assert found.letters is not None
    assert "".join(found.letters.split()) == letters_of_pdf(minutes)
    assert letters_of_pdf(pdf.render(minutes_document)) == letters_of(minutes_document)
    assert found.additions == ()
    assert "Mãnộidung:" in "".join(found.asides.split())
