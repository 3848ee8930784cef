"""The SVG of a picture is valid, always the same, and Qt shows it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.reports.charts.svg import NAMESPACE, svg
from tests.app.reports.charts.looks import STYLES
from tests.app.reports.charts.test_sections import TWO, bar, chart


@pytest.mark.parametrize("look", STYLES)
def test_the_same_picture_gives_the_same_bytes(look: str) -> None:
    style, width = STYLES[look]
    assert svg(TWO, style, width) == svg(TWO, style, width)


def test_words_are_text_in_the_shipped_typeface() -> None:
    root = ElementTree.fromstring(svg(TWO, *STYLES["light"]))
    texts = list(root.iter(f"{NAMESPACE}text"))
    assert "740,50" in [node.text for node in texts]
    assert all("font-family: Liberation Sans;" in node.get("style", "") for node in texts)


def test_title_and_description_are_those_of_the_picture() -> None:
    root = ElementTree.fromstring(svg(TWO, *STYLES["light"]))
    assert root.findtext(f"{NAMESPACE}title") == TWO.title
    assert root.findtext(f"{NAMESPACE}desc") == TWO.alt


def test_signs_of_markup_in_a_name_are_only_letters() -> None:
    text = svg(chart(bar('Sở "A" & <B>', 5, 5, 0, 0)), *STYLES["dark"])
    names = [node.text for node in ElementTree.fromstring(text).iter(f"{NAMESPACE}text")]
    assert 'Sở "A" & <B>' in names


@pytest.mark.parametrize("look", STYLES)
def test_qt_shows_it(look: str, qapp: object) -> None:
    style, width = STYLES[look]
    renderer = QSvgRenderer(QByteArray(svg(TWO, style, width).encode()))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    ground = QColor(style.palette.ground or "#ffffff")
    image.fill(ground)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 7)
        for y in range(image.height())
    }
    assert {tone.fill for tone in style.palette.sections[:1]} <= seen
