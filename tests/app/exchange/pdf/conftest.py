"""Minutes with two empty signature fields, and the same signed once and twice."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exchange.pdf.signing import sign
from app.reports import pdf
from app.reports.document import (
    Binding,
    Closing,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Signature,
    plain_line,
)
from tests.app.exchange.pdf.certificates import (
    CHAIR,
    PASSPHRASE,
    SECRETARY,
    SIGNED,
    handwriting,
    pfx_of,
)

MINUTES = Document(
    title="Biên bản họp khối",
    letterhead=Letterhead(("UBND TỈNH CAO BẰNG",), ("SỞ TƯ PHÁP",)),
    kind="BIÊN BẢN",
    subject=("Họp Khối thi đua",),
    blocks=(
        Heading("I. KẾT QUẢ"),
        Paragraph(plain_line("Sở Tư pháp đạt 964,50 điểm, xếp thứ nhất. " * 9)),
    ),
    closing=Closing(
        (
            Signature(("THƯ KÝ",), SECRETARY, field="thu_ky"),
            Signature(("CHỦ TỌA",), CHAIR, field="chu_toa"),
        ),
        ("- Lưu: VT, Hồ sơ.",),
    ),
    binding=Binding("w1", "2019", "minutes", "k1", "sha256:ab", 12, "sha256:cd"),
)


@pytest.fixture(scope="session")
def minutes_document() -> Document:
    return MINUTES


@pytest.fixture(scope="session")
def minutes() -> bytes:
    return pdf.render(MINUTES)


@pytest.fixture(scope="session")
def signed(minutes: bytes) -> bytes:
    """Signed by the secretary."""
    pfx = pfx_of(SECRETARY)
    return sign(minutes, pfx, PASSPHRASE, "thu_ky", when=SIGNED, image=handwriting())


@pytest.fixture(scope="session")
def signed_twice(signed: bytes) -> bytes:
    """Signed by the chair an hour later."""
    when = SIGNED + dt.timedelta(hours=1)
    return sign(signed, pfx_of(CHAIR), PASSPHRASE, "chu_toa", when=when)
