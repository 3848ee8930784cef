"""The four shipped faces of Liberation Serif: their widths, and the letters that they have.

The family has the advances of Times New Roman (NĐ 30/2020, Phụ lục I, mục I.2) and every
Vietnamese letter. Sizes and widths are points.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.ground.findings import Findings, UserError
from app.ground.text import composed

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FAMILY: Final = "LiberationSerif"
_FACES: Final = {
    (False, False): "LiberationSerif-Regular",
    (True, False): "LiberationSerif-Bold",
    (False, True): "LiberationSerif-Italic",
    (True, True): "LiberationSerif-BoldItalic",
}


@cache
def _faces() -> dict[tuple[bool, bool], TTFont]:
    faces: dict[tuple[bool, bool], TTFont] = {}
    for (bold, italic), name in _FACES.items():
        font = TTFont(name, str(FOLDER / f"{name}.ttf"), shapable=False)
        pdfmetrics.registerFont(font)
        addMapping(FAMILY, 1 if bold else 0, 1 if italic else 0, name)
        faces[bold, italic] = font
    return faces


def face(*, bold: bool = False, italic: bool = False) -> str:
    """The name under which the renderer knows a face; loads the family when first asked."""
    _faces()
    return _FACES[bold, italic]


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """How wide ``text`` runs, in points."""
    return float(pdfmetrics.stringWidth(text, face(bold=bold, italic=italic), size))


@cache
def _letters() -> frozenset[int]:
    sets = [frozenset(font.face.charToGlyph) for font in _faces().values()]
    return frozenset.intersection(*sets)


def require_letters(texts: Iterable[tuple[str, str]]) -> None:
    """Refuses texts with a character that a face lacks; it would be printed as a blank.

    ``texts`` are pairs of a place and a text. Raises ``UserError`` with one finding for each
    place and character.
    """
    findings = Findings()
    for place, text in texts:
        for character in dict.fromkeys(composed(text)):
            if character not in "\n\r\t" and ord(character) not in _letters():
                findings.error(
                    "letter_not_in_font",
                    place,
                    f"Ký tự “{_shown(character)}” (U+{ord(character):04X}) trong "
                    f"“{_excerpt(text, character)}” không có trong phông chữ của bản in.",
                    "Gõ lại đoạn này bằng chữ Việt Unicode hoặc thay ký tự đó.",
                )
    if findings.errors:
        raise UserError(findings)


def _shown(character: str) -> str:
    return character if character.isprintable() else "\u2423"


def _excerpt(text: str, character: str) -> str:
    at = composed(text).index(character)
    return "".join(_shown(c) for c in composed(text)[max(0, at - 20) : at + 20])
