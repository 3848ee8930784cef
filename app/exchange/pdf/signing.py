"""Signs a paper with a certificate out of a PFX file: PAdES, appended, visible in its field.

``sign(pdf, pfx, passphrase, field, when=…, image=…) -> bytes`` appends one signature to the file
(what was there stays byte for byte, so earlier signatures hold) in the empty field of that name.
The picture of the handwritten signature (blue, transparent PNG) stands in the middle of the
field; nothing else is drawn, and no seal (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7 and II.8).
``certificate(pfx, passphrase) -> Certificate`` tells beforehand whose certificate it is and until
when it is valid; ``empty_fields(pdf)`` lists the fields that are left. Nothing is asked of a
network: no time stamp, no revocation list; the time is told by the caller. A key on a hardware
token is used with the officer's own signing tool.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.stamp import StaticStampStyle

from app.exchange.pdf.names import common_name
from app.exchange.pdf.opening import opened
from app.ground.findings import Finding, Severity, UserError

LARGEST_PICTURE: Final = 4000
"""Pixels along either side of the picture of a signature."""
DIGEST: Final = "sha256"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whose certificate it is, who issued it, and the days between which it is valid."""

    holder: str
    issuer: str
    valid_from: dt.datetime
    valid_until: dt.datetime

    def valid_at(self, when: dt.datetime) -> bool:
        """Whether one may sign with it at this time."""
        return self.valid_from <= when <= self.valid_until


class _Appending(IncrementalPdfFileWriter):
    """Appends to the file and leaves title, metadata and dates as they are."""

    def _update_meta(self) -> None:
        """Keeps the metadata: they say what data the paper shows, and PDF/A."""


class _Signer(PdfSigner):
    """Signs at the time that it is told."""

    def __init__(self, when: dt.datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._when = when

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> Any:
        """The session, with the time that was told."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._when
        return session


def certificate(pfx: bytes, passphrase: str) -> Certificate:
    """Whose certificate the PFX file holds; raises ``UserError`` where it cannot be opened."""
    return _certificate(_signer(pfx, passphrase))


def empty_fields(pdf: bytes) -> tuple[str, ...]:
    """The names of the signature fields that nobody has signed; raises ``UserError``."""
    with opened(pdf) as reader:
        return _fields(reader)[0]


def sign(
    pdf: bytes,
    pfx: bytes,
    passphrase: str,
    field: str,
    *,
    when: dt.datetime,
    image: bytes | None = None,
) -> bytes:
    """The file with the signature appended; ``when`` carries its time zone.

    Raises ``UserError``: wrong passphrase or broken PFX, no such field, a field that is signed
    already, a picture or a PDF that cannot be read. Whether the certificate was valid then is the
    caller's to tell (``Certificate.valid_at``).
    """
    signer = _signer(pfx, passphrase)
    held = _certificate(signer)
    picture = _picture(image) if image is not None else None
    style = StaticStampStyle(
        border_width=0,
        background=PdfImage(picture, name="chu_ky") if picture is not None else None,
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MID,
            y_align=layout.AxisAlignment.ALIGN_MID,
            margins=layout.Margins(),
        ),
        background_opacity=1.0,
    )
    with opened(pdf) as reader:
        _require_empty(field, *_fields(reader))
        meta = PdfSignatureMetadata(
            field_name=field,
            name=held.holder,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
        )
        writer = _Appending.from_reader(reader)
        made = _Signer(when, meta, signer, stamp_style=style).sign_pdf(
            writer, existing_fields_only=True, output=io.BytesIO()
        )
    data: bytes = made.getvalue()
    return data


def _signer(pfx: bytes, passphrase: str) -> Any:
    try:
        signer: Any = SimpleSigner.load_pkcs12_data(pfx, (), passphrase.encode("utf-8"))
        signer.signing_cert.not_valid_after  # noqa: B018 - a PFX without a certificate ends here
    except (ValueError, TypeError, AttributeError) as fault:
        raise _refused(
            "pfx_not_opened",
            "chứng thư số",
            "Không mở được tệp chứng thư số: mật khẩu không đúng, hoặc tệp không có khóa ký.",
            "Nhập lại mật khẩu; chọn tệp .pfx hoặc .p12 có cả khóa và chứng thư.",
        ) from fault
    return signer


def _certificate(signer: Any) -> Certificate:
    held = signer.signing_cert
    return Certificate(
        common_name(held.subject),
        common_name(held.issuer),
        held.not_valid_before,
        held.not_valid_after,
    )


def _fields(reader: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the empty and of the signed fields."""
    found = [(name, value) for name, value, _ in enumerate_sig_fields(reader)]
    return (
        tuple(name for name, value in found if value is None),
        tuple(name for name, value in found if value is not None),
    )


def _require_empty(field: str, empty: tuple[str, ...], signed: tuple[str, ...]) -> None:
    if field in signed:
        raise _refused(
            "field_signed",
            field,
            "Chỗ ký này đã có chữ ký số.",
            "Mỗi chỗ chỉ ký một lần; lập lại văn bản nếu cần ký lại từ đầu.",
        )
    if field not in empty:
        left = ", ".join(empty) or "không còn chỗ nào"
        raise _refused(
            "field_unknown",
            field,
            f"Tệp PDF không có chỗ ký này; các chỗ còn để trống: {left}.",
            "Chọn một chỗ ký còn để trống, hoặc lập lại văn bản.",
        )


def _picture(image: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(image), formats=("PNG", "JPEG"))
        if max(picture.size) <= LARGEST_PICTURE:
            kind = "RGBA" if picture.mode in ("P", "LA", "PA", "RGBA") else "RGB"
            return picture.convert(kind)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError) as fault:
        raise _picture_refused("Không đọc được ảnh chữ ký.") from fault
    except Image.DecompressionBombError as fault:
        raise _picture_refused("Ảnh chữ ký quá lớn.") from fault
    raise _picture_refused("Ảnh chữ ký quá lớn.")


def _picture_refused(message: str) -> UserError:
    return _refused(
        "signature_picture",
        "ảnh chữ ký",
        message,
        f"Chọn ảnh PNG nền trong suốt, mỗi chiều không quá {LARGEST_PICTURE} điểm ảnh.",
    )


def _refused(code: str, place: str, message: str, remedy: str) -> UserError:
    return UserError([Finding(code, Severity.ERROR, place, message, remedy)])
