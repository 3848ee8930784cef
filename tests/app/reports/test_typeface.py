"""A face that is read table by table is the face that reportlab reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from app.reports.fonts import FOLDER
from app.reports.typeface import Typeface

FILES = sorted(FOLDER.glob("*.ttf"))
READING = {"glyphToChar", "_pdfScale", "_pos"}
"""What reportlab needs only while it reads."""


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_letters_widths_and_outlines_are_those_that_reportlab_finds(file: Path) -> None:
    own, theirs = Typeface(str(file)), TTFontFace(str(file))
    for name in vars(theirs).keys() - READING:
        assert getattr(own, name) == getattr(theirs, name), name
    assert own.charToGlyph[ord("ệ")] != own.charToGlyph[ord("ế")] != 0
    assert own.makeSubset([ord(c) for c in " Bảng Vàng"]) == theirs.makeSubset(
        [ord(c) for c in " Bảng Vàng"]
    )


def test_a_face_without_letters_of_unicode_is_refused(tmp_path: Path) -> None:
    data = bytearray(FILES[0].read_bytes())
    cmap = TTFontFace(str(FILES[0])).get_table_pos("cmap")[0]
    for n in range(3):  # a face of Liberation has three tables of letters
        data[cmap + 4 + 8 * n : cmap + 6 + 8 * n] = b"\x00\x01"
    file = tmp_path / "khong-unicode.ttf"
    file.write_bytes(bytes(data))
    with pytest.raises(TTFError, match="no letters of Unicode"):
        Typeface(str(file))
