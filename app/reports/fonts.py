"""The four shipped faces of Liberation Serif: their widths, and the letters that they have.

The family has the advances of Times New Roman (NĐ 30/2020, Phụ lục I, mục I.2) and every
Vietnamese letter. Sizes and widths are points.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.ground.findings import Findings, UserError
from app.ground.text import composed

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FAMILY: Final = "LiberationSerif"
REMEMBERED: Final = 1 << 15
"""Words whose width each face remembers."""
_FACES: Final = {
    (False, False): "LiberationSerif-Regular",
    (True, False): "LiberationSerif-Bold",
    (False, True): "LiberationSerif-Italic",
    (True, True): "LiberationSerif-BoldItalic",
}


class _Face(TTFont):
    """A face that remembers how wide the words are that it has measured."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)
        self._units = lru_cache(REMEMBERED)(self._measured)

    def _measured(self, text: str) -> float:
        widths, default = self.face.charWidths, self.face.defaultWidth
        return float(sum(widths.get(ord(letter), default) for letter in text))

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """How wide the text runs at this size."""
        return 0.001 * size * self._units(text)


@cache
def _faces() -> dict[tuple[bool, bool], _Face]:
    faces: dict[tuple[bool, bool], _Face] = {}
    for (bold, italic), name in _FACES.items():
        font = _Face(name, str(FOLDER / f"{name}.ttf"))
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
    return _faces()[bold, italic].stringWidth(text, size)


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
