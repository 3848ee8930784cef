"""What the signatures in a PDF file are worth, as far as the file itself can tell.

``signatures_of(pdf) -> tuple[SignatureFound, ...]`` answers for each signature: whether the signed
bytes are still those that were signed, whose certificate it was, when the signer says that it
was signed, whether anything was changed afterwards, and whether the certificate was valid then.
No roots of trust are shipped and no network is asked, so who issued the certificate is told and
not vouched for. Signatures of other tools and of hardware tokens are read alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.exchange.pdf.names import common_name
from app.exchange.pdf.opening import BROKEN, opened


class Change(StrEnum):
    """What was done to the file after a signature."""

    NONE = "none"
    SIGNED_ON = "signed_on"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """One signature. ``intact``: the bytes that it covers are those that were signed.

    ``readable`` is false where it is of a kind, or broken in a way, that nothing can be said.
    ``when`` is what the signer's machine said.
    """

    field: str
    readable: bool
    holder: str = ""
    issuer: str = ""
    when: dt.datetime | None = None
    intact: bool = False
    covers_whole_file: bool = False
    change: Change = Change.ALTERED
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether what was signed is what stands in the file, further signatures aside."""
        return self.readable and self.intact and self.change is not Change.ALTERED

    @property
    def certificate_was_valid(self) -> bool:
        """Whether the certificate was valid at the time that the signer's machine said."""
        if self.when is None or self.valid_from is None or self.valid_until is None:
            return False
        return self.valid_from <= self.when <= self.valid_until


def signatures_of(pdf: bytes) -> tuple[SignatureFound, ...]:
    """The signatures of the file in the order in which they were made; raises ``UserError``."""
    with opened(pdf) as reader:
        found = list(_each(reader))
    return tuple(signature for _, signature in sorted(found, key=lambda pair: pair[0]))


def _each(reader: PdfFileReader) -> Iterator[tuple[int, SignatureFound]]:
    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        try:
            if value.get_object().get("/Type", "/Sig") == "/DocTimeStamp":
                continue
            if reader.xrefs.hybrid_xrefs_present:
                raise ValueError("such a file shows different things to different readers")
            embedded = EmbeddedPdfSignature(reader, field, name)
            yield embedded.signed_revision, _judged(embedded, name)
        except BROKEN:
            yield 1 << 30, SignatureFound(name, readable=False)


def _judged(embedded: EmbeddedPdfSignature, name: str) -> SignatureFound:
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    status: Any = validate_pdf_signature(embedded, context)
    level = status.modification_level
    covers = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if level is ModificationLevel.NONE:
        change = Change.NONE
    elif level is not None and level <= ModificationLevel.FORM_FILLING:
        change = Change.SIGNED_ON
    else:
        change = Change.ALTERED
    held = status.signing_cert
    return SignatureFound(
        field=name,
        readable=True,
        holder=common_name(held.subject),
        issuer=common_name(held.issuer),
        when=_aware(status.signer_reported_dt),
        intact=bool(status.intact and status.valid),
        covers_whole_file=covers,
        change=change,
        valid_from=held.not_valid_before,
        valid_until=held.not_valid_after,
    )


def _aware(when: dt.datetime | None) -> dt.datetime | None:
    """A time without a zone is taken for universal time."""
    return when.replace(tzinfo=dt.UTC) if when is not None and when.tzinfo is None else when
