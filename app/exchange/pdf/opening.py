"""Opens a PDF file that came in: sizes are held, locked and broken files are refused in words."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from app.ground.findings import Finding, Severity, UserError

LARGEST: Final = 64 << 20
"""Bytes of a file beyond which it is not read: a paper has hundreds of thousands."""
for _library in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # findings say what is wrong

BROKEN: Final = (
    PdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    OSError,
    RecursionError,
    NotImplementedError,
)
"""What reading raises over a file that somebody broke: such a file is no bug of the program."""


@contextmanager
def opened(pdf: bytes) -> Iterator[PdfFileReader]:
    """The file for reading; raises ``UserError`` where it is too large, locked or broken."""
    if len(pdf) > LARGEST:
        raise refused(
            "pdf_too_large",
            f"Tệp PDF lớn hơn {LARGEST >> 20} MB.",
            "Chọn đúng tệp văn bản do chương trình lập.",
        )
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        locked = reader.encrypted
        reader.root  # noqa: B018 - a file without a catalogue ends here
    except BROKEN as fault:
        raise unreadable() from fault
    if locked:
        raise refused(
            "pdf_locked",
            "Tệp PDF đặt mật khẩu hoặc bị khóa.",
            "Bỏ mật khẩu bằng chương trình đã đặt nó rồi làm lại.",
        )
    try:
        yield reader
    except UserError:
        raise
    except BROKEN as fault:
        raise unreadable() from fault


def unreadable() -> UserError:
    """The file is no PDF, or it is cut short."""
    return refused(
        "pdf_unreadable",
        "Không đọc được tệp này: không phải PDF, hoặc tệp bị hỏng, bị cắt cụt.",
        "Xin lại tệp từ nơi gửi, hoặc chọn tệp khác.",
    )


def refused(code: str, message: str, remedy: str) -> UserError:
    """A file that cannot be used."""
    return UserError([Finding(code, Severity.ERROR, "tệp PDF", message, remedy)])
