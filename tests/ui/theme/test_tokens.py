"""Colours that can be read, measures in steps, icons that are there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from tests.ui.walker import contrast
from ui.theme.fonts import font
from ui.theme.style import style_sheet
from ui.theme.tokens import (
    DARK,
    LIGHT,
    TEXT_ON,
    ZOOMS,
    Density,
    Measures,
    Palette,
    Tone,
    theme_of,
)

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def number(colour: str) -> int:
    return int(colour.removeprefix("#"), 16)


@PALETTES
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_every_text_stands_out_from_its_ground(palette: Palette, text: str, ground: str) -> None:
    """WCAG 2.1, 1.4.3: at least 4.5 : 1."""
    found = contrast(number(getattr(palette, text)), number(getattr(palette, ground)))
    assert found >= 4.5, f"{text} on {ground}: {found:.2f}"


@PALETTES
def test_borders_of_controls_can_be_seen(palette: Palette) -> None:
    """WCAG 2.1, 1.4.11: at least 3 : 1 for what marks a control."""
    for ground in (palette.surface, palette.ground):
        assert contrast(number(palette.line_strong), number(ground)) >= 3
        assert contrast(number(palette.accent), number(ground)) >= 3


def test_the_accent_is_never_the_colour_of_errors() -> None:
    for palette in (LIGHT, DARK):
        assert palette.strong(Tone.ACCENT) != palette.strong(Tone.ERROR)


def test_spaces_are_multiples_of_four() -> None:
    measures = Measures()
    spaces = [f.name for f in fields(measures) if f.name.startswith("space_") or f.name == "margin"]
    assert len(spaces) == 7
    assert all(getattr(measures, name) % 4 == 0 for name in spaces)


def test_no_text_is_smaller_than_the_least() -> None:
    """Look: 9.5 points at least, at every zoom from 100 % on."""
    for zoom in ZOOMS:
        m = theme_of(dark=False, zoom=zoom).measures
        assert min(m.least, m.base, m.section, m.page) == m.least
        assert zoom < 100 or m.least >= 9.5


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("density", Density)
def test_stacked_tones_fit_into_a_row(qapp: QApplication, zoom: int, density: Density) -> None:
    m = theme_of(dark=False, zoom=zoom, density=density).measures
    metrics = QFontMetrics(font(m.base))
    assert metrics.tightBoundingRect("ẤỖỰẶgyịự").height() <= m.row - 2
    assert metrics.height() <= m.row


def test_the_style_sheet_names_no_colour_that_is_not_a_token() -> None:
    for palette, theme in ((LIGHT, theme_of(dark=False)), (DARK, theme_of(dark=True))):
        used = set(re.findall(r"#[0-9a-f]{6}\b", style_sheet(theme)))
        known = {v for f in fields(palette) if isinstance(v := getattr(palette, f.name), str)}
        assert used <= known


def test_nothing_but_the_tokens_names_a_colour(root: Path) -> None:
    for file in (root / "ui").rglob("*.py"):
        if file.name != "tokens.py":
            found = re.findall(r"#[0-9a-fA-F]{6}\b", file.read_text("utf-8"))
            allowed = {"#000000", "#ffffff"} if file.name == "charts.py" else set()
            assert set(found) <= allowed, f"{file}: {found}"


def test_every_icon_that_is_named_is_shipped(root: Path) -> None:
    shipped = {file.stem for file in (root / "resources" / "icons").glob("*.svg")}
    assert len(shipped) > 50
    for file in shipped:
        drawing = (root / "resources" / "icons" / f"{file}.svg").read_text("utf-8")
        assert "currentColor" in drawing, file


def test_the_arrow_of_choices_can_be_seen_on_light_and_dark(root: Path) -> None:
    drawing = (root / "resources" / "theme" / "combo-arrow.svg").read_text("utf-8")
    (colour,) = re.findall(r'stroke="(#[0-9a-f]{6})"', drawing)
    for palette in (LIGHT, DARK):
        assert contrast(number(colour), number(palette.surface)) >= 3
