"""Signing a paper with a certificate out of a PFX file.

``sign_paper(pdf, pfx, passphrase, field="", when=…, image=None) -> SignedPaper`` signs in the
named field, or in the only one that is left. It warns where the certificate was not valid at that
time or will soon end, and raises ``UserError`` where it cannot sign. ``signing_places(pdf)``
lists the fields that are left, ``certificate`` tells whose certificate a PFX file holds. Keys on
hardware tokens are used with the officer's own tool; ``paper_check`` reads those signatures alike.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from app.exchange.pdf.signing import Certificate, certificate, empty_fields, sign
from app.ground.findings import Finding, Findings, Severity, UserError

__all__ = ["Certificate", "SignedPaper", "certificate", "sign_paper", "signing_places"]

SOON: Final = dt.timedelta(days=30)
"""A certificate that ends within this time is worth a word."""


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """The signed file, in which field, by whose certificate, and what must be looked at."""

    data: bytes
    field: str
    certificate: Certificate
    findings: tuple[Finding, ...]


def signing_places(pdf: bytes) -> tuple[str, ...]:
    """The signature fields that nobody has signed; raises ``UserError`` for an unreadable file."""
    return empty_fields(pdf)


def sign_paper(
    pdf: bytes,
    pfx: bytes,
    passphrase: str,
    field: str = "",
    *,
    when: dt.datetime,
    image: bytes | None = None,
) -> SignedPaper:
    """Signs; without a ``field`` in the only one that is left. Raises ``UserError``."""
    held = certificate(pfx, passphrase)
    chosen = field or _only_place(pdf)
    data = sign(pdf, pfx, passphrase, chosen, when=when, image=image)
    return SignedPaper(data, chosen, held, _remarks(held, when))


def _only_place(pdf: bytes) -> str:
    places = empty_fields(pdf)
    if len(places) == 1:
        return places[0]
    message = (
        f"Văn bản có nhiều chỗ ký: {', '.join(places)}."
        if places
        else "Văn bản không còn chỗ ký nào để trống."
    )
    remedy = "Nêu rõ chỗ ký." if places else "Lập lại văn bản có chỗ ký, rồi ký lại."
    raise UserError([Finding("field_not_chosen", Severity.ERROR, "chỗ ký", message, remedy)])


def _remarks(held: Certificate, when: dt.datetime) -> tuple[Finding, ...]:
    findings = Findings()
    if not held.valid_at(when):
        findings.warning(
            "certificate_not_valid",
            held.holder,
            f"Chứng thư số chỉ có hiệu lực từ {_day(held.valid_from)} đến "
            f"{_day(held.valid_until)}, chữ ký ngày {_day(when)} không được công nhận.",
            "Xem lại ngày giờ của máy; ký lại bằng chứng thư số còn hiệu lực.",
        )
    elif held.valid_until - when < SOON:
        findings.note(
            "certificate_ends_soon",
            held.holder,
            f"Chứng thư số hết hiệu lực ngày {_day(held.valid_until)}.",
            "Xin gia hạn trước ngày này.",
        )
    return findings.as_tuple()


def _day(when: dt.datetime) -> str:
    return f"{when:%d/%m/%Y}"
