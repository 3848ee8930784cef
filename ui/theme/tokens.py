"""Colours with their meaning, type sizes and spaces; nothing else in the window names any.

Contrast of each text colour on each ground that it stands on is at least 4.5 : 1 (WCAG 2.1 AA);
``TEXT_ON`` lists the pairs that a test measures. Sizes are logical pixels at 100 %, type sizes
points; ``Measures.scaled`` applies the officer's zoom.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Final, Self


class Tone(StrEnum):
    """What a colour says; it always stands beside an icon or a word."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    WAITING = "waiting"
    ERROR = "error"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours (``#rrggbb``): grounds, lines, texts, and a pair for each tone."""

    dark: bool
    ground: str
    surface: str
    raised: str
    line: str
    line_strong: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    waiting: str
    waiting_soft: str
    error: str
    error_soft: str
    info: str
    info_soft: str
    bars: tuple[str, ...]

    def strong(self, tone: Tone) -> str:
        """The colour of a tone's text, icon or border."""
        return self.muted if tone is Tone.NEUTRAL else str(getattr(self, tone.value))

    def soft(self, tone: Tone) -> str:
        """The ground on which a tone's text stands."""
        return self.raised if tone is Tone.NEUTRAL else str(getattr(self, f"{tone.value}_soft"))


LIGHT: Final = Palette(
    dark=False,
    ground="#f7f6f3",
    surface="#ffffff",
    raised="#efede8",
    line="#dcd9d2",
    line_strong="#8a867d",
    text="#1f1e1b",
    muted="#57544d",
    disabled="#757168",
    accent="#8c4a16",
    accent_hover="#733b10",
    accent_soft="#fbeedd",
    on_accent="#ffffff",
    good="#1b6338",
    good_soft="#e2f2e7",
    waiting="#7a5200",
    waiting_soft="#fdf2cf",
    error="#a8231b",
    error_soft="#fdebe8",
    info="#1d4f91",
    info_soft="#e6eefa",
    bars=("#8c4a16", "#c98a3d", "#3f6f8f", "#7a9a5b", "#8d6a9f", "#b3a48c", "#4d7f78", "#a45d5d"),
)

DARK: Final = Palette(
    dark=True,
    ground="#161513",
    surface="#1e1d1a",
    raised="#2a2824",
    line="#3d3a34",
    line_strong="#8b867b",
    text="#edebe5",
    muted="#b8b4aa",
    disabled="#918d83",
    accent="#ecbd78",
    accent_hover="#f5d29d",
    accent_soft="#3b2c17",
    on_accent="#2a1a05",
    good="#82d09b",
    good_soft="#1c3325",
    waiting="#e8bb63",
    waiting_soft="#3a2f14",
    error="#f49a91",
    error_soft="#44211d",
    info="#92bcf2",
    info_soft="#1b2b44",
    bars=("#ecbd78", "#b8763a", "#7fb0d0", "#a3c586", "#bd9bd0", "#cfc3ad", "#83bab2", "#d59a9a"),
)

_TONED: Final = ("accent", "good", "waiting", "error", "info")
TEXT_ON: Final[tuple[tuple[str, str], ...]] = (
    *((text, on) for text in ("text", "muted") for on in ("ground", "surface", "raised")),
    *(("text", f"{tone}_soft") for tone in _TONED),
    *((tone, on) for tone in _TONED for on in (f"{tone}_soft", "ground", "surface")),
    ("accent", "raised"),
    ("muted", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
)
"""Pairs of a text colour and the ground under it."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Type sizes in points and spaces in logical pixels (multiples of 4, borders aside)."""

    least: float = 9.5
    base: float = 10.5
    section: float = 13.0
    page: float = 16.0
    space_1: int = 4
    space_2: int = 8
    space_3: int = 12
    space_4: int = 16
    space_6: int = 24
    space_8: int = 32
    margin: int = 16
    row: int = 30
    control: int = 32
    icon: int = 20
    sidebar: int = 188
    sidebar_folded: int = 56
    top_bar: int = 44
    status_line: int = 30
    panel: int = 340
    radius: int = 6
    border: int = 1

    def scaled(self, factor: float) -> Self:
        """These measures at a zoom; borders keep their pixel."""
        grown = {
            field.name: type(value)(round(value * factor * 2) / 2 if field.type == "float"
                                    else round(value * factor))
            for field in fields(self)
            if field.name not in {"border", "radius"}
            for value in (getattr(self, field.name),)
        }  # fmt: skip
        return replace(self, **grown)

    def with_rows(self, row: int) -> Self:
        """These measures with another height of the rows of tables."""
        return replace(self, row=row)


class Density(StrEnum):
    """How high the rows of tables are; the officer's choice."""

    COMPACT = "compact"
    NORMAL = "normal"
    ROOMY = "roomy"


ROW_HEIGHTS: Final = {Density.COMPACT: 26, Density.NORMAL: 30, Density.ROOMY: 36}
ZOOMS: Final = (90, 100, 110, 125, 150)
"""The zooms that can be chosen, in percent."""

FAMILY: Final = "Liberation Sans"
"""The shipped family: every Vietnamese letter, tabular figures."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What the window is drawn with: colours and measures together."""

    palette: Palette
    measures: Measures


def theme_of(*, dark: bool, zoom: int = 100, density: Density = Density.NORMAL) -> Theme:
    """The theme for the officer's choices; ``zoom`` in percent."""
    measures = Measures().with_rows(ROW_HEIGHTS[density]).scaled(zoom / 100)
    return Theme(DARK if dark else LIGHT, measures)


@dataclass(frozen=True, slots=True)
class HallMeasures:
    """Sizes in the conference hall, as shares of the screen's height: read from the last row."""

    edge: float = 0.05
    head: float = 0.05
    rank: float = 0.17
    name: float = 0.11
    total: float = 0.09
    note: float = 0.04
    row: float = 0.055


HALL: Final = HallMeasures()
