"""The four shipped faces of Liberation Serif: their widths, and the letters that they have.

The family has the advances of Times New Roman (NĐ 30/2020, Phụ lục I, mục I.2) and every
Vietnamese letter. Sizes and widths are points.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

from app.ground.findings import Findings, UserError
from app.ground.text import composed
from app.reports.press import TTEncoding, TTFont, addMapping, pdfmetrics, rl_config
from app.reports.typeface import Typeface

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
    """A face that remembers how wide the words are that it has measured.

    It is made of what reportlab makes a font of, but for the way in which the file is read.
    """

    def __init__(self, name: str, file: str) -> None:
        self.fontName, self.face = name, Typeface(file)
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable, self.shapable = rl_config.ttfAsciiReadable, False
        self._remembered = lru_cache(REMEMBERED)(self.units)

    def units(self, text: str) -> float:
        """How wide the text runs in thousandths of its size."""
        widths, default = self.face.charWidths, self.face.defaultWidth
        return float(sum(widths.get(ord(letter), default) for letter in text))

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """How wide the text runs at this size."""
        return 0.001 * size * self._remembered(text)


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
    return 0.001 * size * _units(text, bold, italic)


@lru_cache(REMEMBERED)
def _units(text: str, bold: bool, italic: bool) -> float:
    return _faces()[bold, italic].units(text)


@cache
def _letters() -> frozenset[str]:
    """What every face can print, and what parts lines and words."""
    sets = [frozenset(font.face.charToGlyph) for font in _faces().values()]
    return frozenset("\n\r\t").union(map(chr, frozenset.intersection(*sets)))


def require_letters(texts: Iterable[tuple[str, str]]) -> None:
    """Refuses texts with a character that a face lacks; it would be printed as a blank.

    ``texts`` are pairs of a place and a text. Raises ``UserError`` with one finding for each
    place and character.
    """
    findings = Findings()
    known = _letters()
    for place, text in texts:
        if known.issuperset(written := composed(text)):
            continue
        for character in dict.fromkeys(written):
            if character not in known:
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
