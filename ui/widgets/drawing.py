"""Pages of a file as pictures; called by tasks, never on the window's thread.

Nothing of a file is trusted: its kind is told from its content, sizes are bounded before anything
is drawn, and whatever cannot be drawn says so in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

MOST_BYTES = 200 * 1024 * 1024
MOST_PIXELS = 200_000_000
LONGEST = 4000
"""The longest side of a drawn page in pixels."""


class CannotDrawError(Exception):
    """Why a file cannot be shown here, in a sentence for the officer."""


class Kind(StrEnum):
    """What can be drawn."""

    PDF = "pdf"
    PICTURE = "picture"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page as a picture, and how many there are."""

    image: QImage
    page: int
    pages: int


def kind_of(data: bytes) -> Kind:
    """What a file is, by its content."""
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return Kind.PICTURE
    return Kind.OTHER


def drawn(data: bytes, page: int, width: int) -> Drawn:
    """A page (from 0) about ``width`` pixels wide; raises ``CannotDrawError``."""
    if len(data) > MOST_BYTES:
        raise CannotDrawError(
            f"Tệp lớn {len(data) // (1024 * 1024)} MB nên không xem được ngay trong cửa sổ này.",
        )
    if kind_of(data) is Kind.PDF:
        return _pdf(data, page, width)
    return _picture(data, width)


def _pdf(data: bytes, page: int, width: int) -> Drawn:
    from PySide6.QtPdf import QPdfDocument

    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    try:
        document.load(buffer)
        if document.error() in (
            QPdfDocument.Error.IncorrectPassword,
            QPdfDocument.Error.UnsupportedSecurityScheme,
        ):
            raise CannotDrawError("Tệp PDF có mật khẩu nên không xem được ở đây.")
        pages = document.pageCount()
        if document.status() is not QPdfDocument.Status.Ready or pages < 1:
            raise CannotDrawError("Tệp PDF bị hỏng hoặc chưa tải về đủ nên không xem được.")
        at = min(max(page, 0), pages - 1)
        points = document.pagePointSize(at)
        if points.width() < 1 or points.height() < 1:
            raise CannotDrawError(f"Trang {at + 1} của tệp không có kích thước.")
        scale = min(width / points.width(), LONGEST / points.width(), LONGEST / points.height())
        size = QSize(max(1, round(points.width() * scale)), max(1, round(points.height() * scale)))
        image = document.render(at, size)
        if image.isNull():
            raise CannotDrawError(f"Trang {at + 1} của tệp không vẽ được.")
        whole = QImage(image.size(), QImage.Format.Format_RGB32)
        whole.fill(0xFFFFFFFF)
        _paint(whole, image)
        return Drawn(whole, at, pages)
    finally:
        document.close()
        buffer.close()


def _paint(whole: QImage, image: QImage) -> None:
    from PySide6.QtGui import QPainter

    painter = QPainter(whole)
    painter.drawImage(0, 0, image)
    painter.end()


def _picture(data: bytes, width: int) -> Drawn:
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    try:
        reader = QImageReader(buffer)
        reader.setDecideFormatFromContent(True)
        reader.setAutoTransform(True)
        size = reader.size()
        if not size.isValid():
            raise CannotDrawError("Tệp ảnh bị hỏng nên không xem được.")
        if size.width() * size.height() > MOST_PIXELS:
            raise CannotDrawError(
                f"Ảnh quá lớn ({size.width()} × {size.height()} điểm ảnh) nên không xem được.",
            )
        longest = max(size.width(), size.height())
        wanted = min(LONGEST, max(width, 1) * 2)
        if longest > wanted:
            reader.setScaledSize(
                QSize(
                    max(1, size.width() * wanted // longest),
                    max(1, size.height() * wanted // longest),
                )
            )
        image = reader.read()
        if image.isNull():
            raise CannotDrawError("Tệp ảnh bị hỏng nên không xem được.")
        return Drawn(image, 0, 1)
    finally:
        buffer.close()
