"""The window's colours and sizes as the style of pictures."""

from __future__ import annotations

from typing import Final

from app.reports.charts.style import Family, Hatch, Palette, Style, Tone, legible
from ui.theme.tokens import Theme

_PIXELS: Final = 96 / 72
"""Logical pixels in a point of type."""


def chart_style(theme: Theme, *, titled: bool = False) -> Style:
    """The style of charts on the screen, in pixels."""
    p, m = theme.palette, theme.measures

    def tone(fill: str, hatch: Hatch = Hatch.NONE) -> Tone:
        return Tone(fill, legible(fill, ("#000000", "#ffffff")), hatch, p.text)

    palette = Palette(
        ground=None,
        ink=p.text,
        muted=p.muted,
        rule=p.line_strong,
        notice=p.waiting,
        sections=tuple(tone(bar) for bar in p.bars),
        bonus=tone(p.surface, Hatch.CROSSED),
        deduction=tone(p.error),
        sent=tone(p.raised),
        one=tone(p.surface),
        other=tone(p.accent),
    )
    return Style(
        palette,
        Family.SANS,
        size=m.base * _PIXELS,
        small=m.least * _PIXELS,
        head=m.section * _PIXELS,
        bar=m.space_4 + m.space_1,
        lane=m.space_1 + 1,
        gap=m.space_2,
        margin=m.space_2,
        titled=titled,
    )
