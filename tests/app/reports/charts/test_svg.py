"""The SVG of a picture is valid, always the same, and Qt shows it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.reports.charts.drawing import draw
from app.reports.charts.style import Hatch
from app.reports.charts.svg import NAMESPACE, SvgFaultError, check, svg
from tests.app.reports.charts.looks import STYLES, areas, boxes
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


def shown_by_qt(text: str, ground: str, root: Path) -> QImage:
    for file in (root / "resources/fonts").glob("*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    renderer = QSvgRenderer(QByteArray(text.encode()))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


@pytest.mark.parametrize("look", STYLES)
def test_qt_shows_every_word_and_every_tone_where_they_belong(
    look: str, qapp: object, root: Path
) -> None:
    style, width = STYLES[look]
    drawing = draw(TWO, style, width)
    ground = style.palette.ground or "#ffffff"
    image = shown_by_qt(svg(TWO, style, width), ground, root)
    assert (image.width(), image.height()) == (drawing.width, drawing.height)
    for box in boxes(drawing):
        top, bottom = int(drawing.height - box.top), int(drawing.height - box.bottom)
        seen = {
            image.pixelColor(x, y).name()
            for x in range(int(box.left), min(int(box.right) + 1, image.width()))
            for y in range(top, bottom)
        }
        assert len(seen) > 2, f"{box.text} is not to be seen"
    for tone, part in zip(style.palette.sections[:2], ("I", "II"), strict=True):
        area = areas(drawing, tone, style.bar)[0]
        at = image.pixelColor(int(area.x) + 2, int(drawing.height - area.y) - 2).name()
        assert tone.hatch is not Hatch.NONE or at == tone.fill, part


@pytest.mark.parametrize(
    "fault",
    [
        ("<text", "<image"),
        ("Liberation Sans", "Times"),
        ('width="900"', 'width="901"'),
        ('style="', 'class="url(#a)" style="'),
    ],
)
def test_a_text_that_is_not_the_picture_is_refused(fault: tuple[str, str]) -> None:
    style, width = STYLES["light"]
    text = svg(TWO, style, width).replace("</text", "</image" if "image" in fault[1] else "</text")
    with pytest.raises(SvgFaultError):
        check(text.replace(*fault), draw(TWO, style, width))
