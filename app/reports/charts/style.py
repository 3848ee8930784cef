"""How pictures look: colours, hatches, typeface and sizes, all handed in.

A colour is a text "#rrggbb". Sizes and lengths are units of the drawing: pixels on the screen,
points on paper. The palettes of the screen are made from the tokens of the window; the one of
paper is here, because black and white is not a matter of taste.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Family(StrEnum):
    """The shipped typefaces."""

    SANS = "Liberation Sans"
    SERIF = "Liberation Serif"


class Hatch(StrEnum):
    """Lines over a fill, so that it can be told apart without colour."""

    NONE = "none"
    RISING = "rising"
    FALLING = "falling"
    CROSSED = "crossed"
    LEVEL = "level"
    UPRIGHT = "upright"


@dataclass(frozen=True, slots=True)
class Tone:
    """The look of an area: its fill, the ink of words on it, and its hatch in ``line``."""

    fill: str
    ink: str
    hatch: Hatch = Hatch.NONE
    line: str = ""


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of a picture.

    ``ground`` is what it stands on (``None``: whatever is below); ``sections`` are the tones of
    stacked parts in turn; ``one`` and ``other`` the two sides of a comparison (self and final,
    last and this year, two units); ``notice`` is the ink of "Tạm tính".
    """

    ground: str | None
    ink: str
    muted: str
    rule: str
    notice: str
    sections: tuple[Tone, ...]
    bonus: Tone
    deduction: Tone
    sent: Tone
    one: Tone
    other: Tone


@dataclass(frozen=True, slots=True)
class Style:
    """A palette with typeface and sizes. ``size`` is for names and totals, ``small`` for the rest.

    ``bar`` is the thickness of a bar, ``lane`` of the strip of deductions below it, ``gap`` the
    least room between rows; names take at most ``name_lines`` lines. ``titled``: the title of
    the description stands above the picture.
    """

    palette: Palette
    family: Family = Family.SANS
    size: float = 14.0
    small: float = 12.5
    head: float = 16.0
    bar: float = 20.0
    lane: float = 5.0
    gap: float = 8.0
    margin: float = 8.0
    name_lines: int = 2
    titled: bool = True


def legible(fill: str, inks: Sequence[str]) -> str:
    """The one of ``inks`` that stands out most on ``fill`` (contrast after WCAG 2)."""
    return max(inks, key=lambda ink: contrast(fill, ink))


def contrast(one: str, other: str) -> float:
    """The ratio of contrast of two colours, from 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


_BLACK: Final = "#000000"
_WHITE: Final = "#ffffff"
_PALE: Final = "#dedede"
_MIDDLE: Final = "#ababab"
_DARK: Final = "#555555"

PAPER_PALETTE: Final = Palette(
    ground=None,
    ink=_BLACK,
    muted=_BLACK,
    rule=_DARK,
    notice=_BLACK,
    sections=(
        Tone(_PALE, _BLACK),
        Tone(_WHITE, _BLACK, Hatch.RISING, _BLACK),
        Tone(_DARK, _WHITE),
        Tone(_WHITE, _BLACK),
        Tone(_MIDDLE, _BLACK),
        Tone(_WHITE, _BLACK, Hatch.FALLING, _BLACK),
        Tone(_PALE, _BLACK, Hatch.LEVEL, _BLACK),
        Tone(_WHITE, _BLACK, Hatch.UPRIGHT, _BLACK),
        Tone(_DARK, _WHITE, Hatch.RISING, _WHITE),
        Tone(_WHITE, _BLACK, Hatch.LEVEL, _BLACK),
        Tone(_PALE, _BLACK, Hatch.RISING, _BLACK),
        Tone(_MIDDLE, _BLACK, Hatch.FALLING, _BLACK),
    ),
    bonus=Tone(_WHITE, _BLACK, Hatch.CROSSED, _BLACK),
    deduction=Tone(_BLACK, _WHITE),
    sent=Tone(_MIDDLE, _BLACK),
    one=Tone(_WHITE, _BLACK),
    other=Tone(_DARK, _WHITE),
)
"""Black on white; neighbours differ in grey or hatch also after a poor copier."""


def paper_style(*, family: Family = Family.SERIF, titled: bool = True) -> Style:
    """The style of papers: points, nothing below 9, and the typeface of papers (NĐ 30/2020)."""
    return Style(
        PAPER_PALETTE,
        family,
        size=11.0,
        small=9.5,
        head=12.0,
        bar=15.0,
        lane=4.0,
        gap=5.0,
        margin=1.0,
        titled=titled,
    )
