"""A drawing as an enhanced metafile: the vector picture that word processors show and print.

Words stay words, set letter by letter to the widths of the shipped typeface, so that they keep
their places where Times New Roman stands in for it. The same bytes for the same drawing. Record
numbers and fields: [MS-EMF], Enhanced Metafile Format. Lengths in the file are twentieths of a
point.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Rect, String
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics

FACE: Final = "Times New Roman"
UNITS: Final = 20
"""Units of the file in one point."""
_DEVICE: Final = (14400, 14400)
_DEVICE_MM: Final = (254, 254)
"""A device of ten inches on which a unit is a twentieth of a point."""
_HUNDREDTHS: Final = 2540 / 1440
"""Hundredths of a millimetre in one unit."""

_HEADER, _EOF = 1, 14
_SETBKMODE, _SETTEXTALIGN, _SETTEXTCOLOR = 18, 22, 24
_MOVETO, _LINETO, _ELLIPSE, _RECTANGLE = 27, 54, 42, 43
_SELECT, _DELETE, _BRUSH, _PEN, _FONT, _TEXT = 37, 40, 39, 95, 82, 84
_TRANSPARENT, _BASELINE = 1, 24
_FLAT_MITRED: Final = 0x00010000 | 0x0200 | 0x2000
"""A pen of real width with flat ends and pointed corners."""
_NO_BRUSH, _NO_PEN, _NO_FONT = 0x80000005, 0x80000008, 0x8000000D
_ONE = 1
"""One object at a time is made, chosen and given back, always under this number and the next."""
_TWO = 2


class DrawingFaultError(Exception):
    """A drawing holds a shape that no chart draws: a bug, never the user's matter."""


def emf(drawing: Drawing) -> bytes:
    """The picture of ``drawing``; its sides are points."""
    records = [
        _record(_SETBKMODE, struct.pack("<I", _TRANSPARENT)),
        _record(_SETTEXTALIGN, struct.pack("<I", _BASELINE)),
    ]
    for shape in _shapes(drawing.contents):
        records += _shape(shape, drawing.height)
    records.append(_record(_EOF, struct.pack("<III", 0, 16, 20)))
    body = b"".join(records)
    width, height = round(drawing.width * UNITS), round(drawing.height * UNITS)
    frame = (0, 0, round(width * _HUNDREDTHS), round(height * _HUNDREDTHS))
    header = struct.pack(
        "<4i4iIIIIHHIIIiiii",
        *(0, 0, width, height),
        *frame,
        0x464D4520,  # " EMF"
        0x00010000,
        88 + len(body),
        len(records) + 1,
        3,  # places of the table of objects: none, pen or font, brush
        0,
        *(0, 0, 0),  # no description, no palette
        *_DEVICE,
        *_DEVICE_MM,
    )
    return _record(_HEADER, header) + body


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<II", number, 8 + len(data)) + data


def _shapes(contents: Iterable[Any]) -> Iterable[Any]:
    for shape in contents:
        if isinstance(shape, Group):
            yield from _shapes(shape.contents)
        else:
            yield shape


def _shape(shape: Any, height: float) -> list[bytes]:
    match shape:
        case String():
            return _words(shape, height)
        case Line():
            start, end = ((shape.x1, shape.y1), (shape.x2, shape.y2))
            drawn = [
                _record(_MOVETO, _point(*start, height)),
                _record(_LINETO, _point(*end, height)),
            ]
            return _dressed(drawn, shape.strokeColor, shape.strokeWidth, None)
        case Rect():
            corners = (shape.x, shape.y + shape.height), (shape.x + shape.width, shape.y)
            box = b"".join(_point(x, y, height) for x, y in corners)
            drawn = [_record(_RECTANGLE, box)]
            return _dressed(drawn, shape.strokeColor, shape.strokeWidth, shape.fillColor)
        case Circle():
            x, y, r = shape.cx, shape.cy, shape.r
            box = _point(x - r, y + r, height) + _point(x + r, y - r, height)
            drawn = [_record(_ELLIPSE, box)]
            return _dressed(drawn, shape.strokeColor, shape.strokeWidth, shape.fillColor)
    raise DrawingFaultError(f"a shape that no chart draws: {shape!r}")


def _point(x: float, y: float, height: float) -> bytes:
    return struct.pack("<ii", round(x * UNITS), round((height - y) * UNITS))


def _colour(colour: Color | None) -> int:
    if colour is None:
        raise DrawingFaultError("words without a colour")
    red, green, blue = (round(part * 255) for part in colour.rgb())
    return red | green << 8 | blue << 16


def _dressed(
    drawn: list[bytes], stroke: Color | None, weight: float, fill: Color | None
) -> list[bytes]:
    """What is drawn, between choosing its pen and brush and giving them back."""
    before, after = [], []
    if stroke is None:
        before.append(_select(_NO_PEN))
    else:
        pen = struct.pack(
            "<6I3iI",
            *(_ONE, 0, 0, 0, 0, _FLAT_MITRED),
            *(max(1, round(weight * UNITS)), 0, _colour(stroke)),
            0,
        )
        before += [_record(_PEN, pen + struct.pack("<I", 0)), _select(_ONE)]
        after += [_select(_NO_PEN), _delete(_ONE)]
    if fill is None:
        before.append(_select(_NO_BRUSH))
    else:
        brush = struct.pack("<IIII", _TWO, 0, _colour(fill), 0)
        before += [_record(_BRUSH, brush), _select(_TWO)]
        after += [_select(_NO_BRUSH), _delete(_TWO)]
    return [*before, *drawn, *after]


def _select(number: int) -> bytes:
    return _record(_SELECT, struct.pack("<I", number))


def _delete(number: int) -> bytes:
    return _record(_DELETE, struct.pack("<I", number))


def _words(shape: String, height: float) -> list[bytes]:
    text, face, size = shape.text, shape.fontName, shape.fontSize
    ends = [
        pdfmetrics.stringWidth(text[: place + 1], face, size) * UNITS for place in range(len(text))
    ]
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.textAnchor]
    left = round(shape.x * UNITS - share * (ends[-1] if ends else 0.0))
    places = [0, *(round(end) for end in ends)]
    steps = [after - before for before, after in pairwise(places)]
    return [
        _record(_FONT, struct.pack("<I", _ONE) + _font(size, bold=face.endswith("Bold"))),
        _select(_ONE),
        _record(_SETTEXTCOLOR, struct.pack("<I", _colour(shape.fillColor))),
        _text(text, left, round((height - shape.y) * UNITS), steps),
        _select(_NO_FONT),
        _delete(_ONE),
    ]


def _font(size: float, *, bold: bool) -> bytes:
    """LOGFONTPANOSE: height of the letters, weight, and the face by its name."""
    look = struct.pack(
        "<5i8B64s",
        *(-round(size * UNITS), 0, 0, 0, 700 if bold else 400),
        *(0, 0, 0, 1, 0, 0, 0, 0x12),  # any character set, a face with serifs
        FACE.encode("utf-16-le"),
    )
    return look + bytes(320 - len(look))


def _text(text: str, x: int, y: int, steps: list[int]) -> bytes:
    """EMR_EXTTEXTOUTW with the advance of each letter."""
    letters = text.encode("utf-16-le")
    letters += bytes(-len(letters) % 4)
    start = 8 + 68
    head = struct.pack(
        "<4iIff2iIII4iI",
        *(0, 0, -1, -1),
        *(1, _HUNDREDTHS, _HUNDREDTHS),
        *(x, y, len(text), start, 0),
        *(0, 0, -1, -1),
        start + len(letters),
    )
    return _record(_TEXT, head + letters + struct.pack(f"<{len(steps)}i", *steps))
