"""The shipped fonts can print whatever a Vietnamese paper says."""

from __future__ import annotations

import struct
import unicodedata
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FACES = [
    f"Liberation{family}-{style}.ttf"
    for family in ("Serif", "Sans")
    for style in ("Regular", "Bold", "Italic", "BoldItalic")
]
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = [
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
    for tone in TONES
]
CONSONANTS = "bcdđfghjklmnpqrstvwxz"
LETTERS = {case for letter in [*VOWELS, *CONSONANTS] for case in (letter, letter.upper())}
PUNCTUATION = set(" !\"#%&'()*+,-./:;<=>?@[]_|\u00a0–—“”‘’…×÷−≤≥≠→½¼¾§•·°«»²³")


def version_of(font: Path) -> str:
    """The version that a TrueType font gives itself (name table, entry 5, Windows Unicode)."""
    data = font.read_bytes()
    tables = {
        tag: offset
        for tag, _, offset, _ in struct.iter_unpack(
            ">4sLLL", data[12 : 12 + 16 * struct.unpack_from(">H", data, 4)[0]]
        )
    }
    start = tables[b"name"]
    _, count, strings = struct.unpack_from(">HHH", data, start)
    for entry in range(count):
        platform, _, _, name, length, offset = struct.unpack_from(
            ">6H", data, start + 6 + 12 * entry
        )
        if (platform, name) == (3, 5):
            text = start + strings + offset
            return data[text : text + length].decode("utf-16-be")
    return ""


def glyphs_of(font: Path) -> set[str]:
    return {chr(code) for code in TTFontFile(str(font)).charToGlyph}


def test_the_alphabet_of_this_test_is_whole() -> None:
    assert all(len(letter) == 1 for letter in LETTERS), "each letter is one precomposed character"
    assert sum(not letter.isascii() for letter in LETTERS) == 134
    assert {letter for letter in LETTERS if letter.isascii()} == set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )


def test_just_these_faces_are_shipped() -> None:
    assert sorted(path.name for path in FONTS.glob("*.ttf")) == sorted(FACES)


@pytest.mark.parametrize("face", FACES)
def test_each_face_is_version_2_1_5(face: str) -> None:
    assert version_of(FONTS / face) == "Version 2.1.5"


@pytest.mark.parametrize("face", FACES)
def test_each_face_has_every_vietnamese_letter_digit_and_mark(face: str) -> None:
    wanted = LETTERS | PUNCTUATION | set("0123456789")
    assert sorted(wanted - glyphs_of(FONTS / face)) == []


@pytest.mark.parametrize("face", FACES)
def test_ticks_and_boxes_are_absent_so_papers_must_draw_them(face: str) -> None:
    assert glyphs_of(FONTS / face).isdisjoint("✓✔✗☐☑☒")


def test_the_fonts_licence_lies_beside_them() -> None:
    text = (FONTS / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Reserved Font Name Liberation" in text
