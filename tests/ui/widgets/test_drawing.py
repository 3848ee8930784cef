"""Kept files as pictures, whatever is in them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from ui.widgets import drawing
from ui.widgets.drawing import LONGEST, CannotDrawError, Kind, drawn, kind_of


def pdf(pages: int = 3, encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    made = canvas.Canvas(out, encrypt=encrypt)
    for number in range(pages):
        made.setFillColorRGB(1, 0, 0)
        made.rect(0, 0, 600, 100 * (number + 1), fill=1, stroke=0)
        made.showPage()
    made.save()
    return out.getvalue()


def picture(kind: str, width: int = 60, height: int = 40) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(kept.data())


def claiming(width: int, height: int) -> bytes:
    """A picture whose head claims a size, with nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + body


def refused(data: bytes, page: int = 0) -> str:
    with pytest.raises(CannotDrawError) as fault:
        drawn(data, page, 400)
    return str(fault.value)


@pytest.mark.usefixtures("qapp")
class TestDrawing:
    def test_a_page_of_a_pdf_is_drawn_on_white(self) -> None:
        found = drawn(pdf(), 1, 400)
        assert (found.page, found.pages, found.image.width()) == (1, 3, 400)
        assert found.image.pixelColor(5, 5) == QColor("white")
        assert found.image.pixelColor(5, found.image.height() - 5) == QColor("red")

    def test_a_page_beyond_the_last_is_the_last(self) -> None:
        assert drawn(pdf(), 99, 400).page == 2
        assert drawn(pdf(), -1, 400).page == 0

    def test_no_page_is_drawn_larger_than_the_bound(self) -> None:
        found = drawn(pdf(1), 0, 1_000_000)
        assert max(found.image.width(), found.image.height()) == LONGEST

    @pytest.mark.parametrize("kind", ["PNG", "JPG"])
    def test_pictures_are_drawn(self, kind: str) -> None:
        found = drawn(picture(kind), 0, 400)
        assert (found.image.width(), found.image.height(), found.pages) == (60, 40, 1)

    def test_large_pictures_are_made_smaller_while_they_are_read(self) -> None:
        found = drawn(picture("PNG", 3000, 1000), 0, 400)
        assert (found.image.width(), found.image.height()) == (800, 266)

    @pytest.mark.qt_log_ignore("Unsupported marker type")  # the reader's own words
    def test_damaged_files_say_so(self) -> None:
        assert "hỏng" in refused(pdf()[:300])
        assert "hỏng" in refused(b"%PDF-1.7 khong co gi")
        assert "hỏng" in refused(picture("PNG")[:40])
        assert "hỏng" in refused(b"\xff\xd8\xff khong phai anh")

    def test_a_pdf_with_a_password_says_so(self) -> None:
        assert "mật khẩu" in refused(pdf(1, StandardEncryption("bi-mat")))

    def test_a_picture_that_claims_to_be_huge_is_not_read(self) -> None:
        assert "quá lớn" in refused(claiming(60_000, 60_000))

    def test_a_file_that_is_huge_is_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(drawing, "MOST_BYTES", 100)
        assert "lớn" in refused(pdf())

    def test_the_content_tells_the_kind_whatever_the_name(self) -> None:
        assert kind_of(pdf()) is Kind.PDF
        assert kind_of(picture("PNG")) is Kind.PICTURE
        assert kind_of(b"PK\x03\x04") is Kind.OTHER
        assert kind_of(b"") is Kind.OTHER
