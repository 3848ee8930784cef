"""Signatures of other tools hold alike; forged ones do not."""

from __future__ import annotations

import io
import re

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import TextStampStyle

from app.exchange.pdf.signatures import Change, SignatureFound, signatures_of
from app.operations.paper_check import check_paper
from tests.app.exchange.pdf.certificates import CHAIR, PASSPHRASE, SECRETARY, pfx_of


def signed_elsewhere(data: bytes) -> bytes:
    """As an office's own tool does it: an older kind of signature in a field that it adds."""
    signer = SimpleSigner.load_pkcs12_data(pfx_of(CHAIR), (), PASSPHRASE.encode())
    meta = PdfSignatureMetadata(
        field_name="Signature1",
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        md_algorithm="sha512",
        reason="Phê duyệt",
    )
    made = PdfSigner(
        meta,
        signer,
        stamp_style=TextStampStyle(stamp_text="Ky so"),
        new_field_spec=SigFieldSpec("Signature1", on_page=0, box=(20, 700, 200, 760)),
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=io.BytesIO())
    return bytes(made.getvalue())


def only(data: bytes) -> SignatureFound:
    (found,) = signatures_of(data)
    return found


def contents(data: bytes) -> tuple[int, int]:
    """Where the bytes of the last signature begin and end."""
    *_, hole = re.finditer(rb"/ByteRange \[0 (\d+) (\d+) ", data)
    return int(hole[1]) + 1, int(hole[2]) - 1


def test_a_signature_of_another_tool_in_its_own_field_holds(minutes: bytes) -> None:
    found = only(signed_elsewhere(minutes))
    assert (found.field, found.holder) == ("Signature1", CHAIR)
    assert found.holds
    assert found.covers_whole_file


def test_a_field_that_a_tool_adds_after_a_signature_does_not_break_it(signed: bytes) -> None:
    first, second = signatures_of(signed_elsewhere(signed))
    assert (first.holder, first.change, first.holds) == (SECRETARY, Change.SIGNED_ON, True)
    assert (second.holder, second.change, second.holds) == (CHAIR, Change.NONE, True)


def test_a_file_without_fields_has_no_signatures(minutes: bytes) -> None:
    assert signatures_of(minutes) == ()


def test_a_signature_whose_bytes_were_wiped_out_is_not_readable(signed: bytes) -> None:
    start, end = contents(signed)
    for filler in (b"0", b"f"):
        wiped = signed[:start] + filler * (end - start) + signed[end:]
        found = only(wiped)
        assert not found.readable
        assert not found.holds
        assert [f.code for f in check_paper(wiped).findings] == ["signature_unreadable"]


def test_a_signature_taken_from_another_paper_does_not_hold(
    signed: bytes, signed_twice: bytes
) -> None:
    start, end = contents(signed)
    other_start, other_end = contents(signed_twice)
    other = signed_twice[other_start:other_end].rstrip(b"0").ljust(end - start, b"0")
    moved = signed[:start] + other + signed[end:]
    assert len(moved) == len(signed)
    found = only(moved)
    assert found.readable
    assert not found.intact
    assert [f.code for f in check_paper(moved).findings] == ["signature_broken"]


def test_a_signature_that_covers_only_a_part_does_not_hold(signed: bytes) -> None:
    start, end = contents(signed)
    found = re.search(rb"/ByteRange \[0 \d+ \d+ \d+\s*\]", signed)
    assert found is not None
    short = f"/ByteRange [0 {start - 1} {end + 1} 9".encode()
    part = short + b" " * (len(found[0]) - len(short) - 1) + b"]"
    forged = signed.replace(found[0], part)
    assert len(forged) == len(signed)
    assert not only(forged).holds


def test_what_is_put_behind_the_end_of_a_signed_file_is_not_covered(signed: bytes) -> None:
    longer = only(signed + b"\n% more\n")
    assert not longer.covers_whole_file
    assert longer.intact
