"""Signing with a PFX: appended, visible in its field, confirmed by other tools."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import page as validator
import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from app.exchange.pdf.signatures import Change, signatures_of
from app.exchange.pdf.signing import certificate, empty_fields, sign
from app.ground.findings import UserError
from tests.app.exchange.pdf.certificates import (
    AUTHORITY,
    CHAIR,
    END,
    PASSPHRASE,
    SECRETARY,
    SIGNED,
    START,
    handwriting,
    pfx_of,
    pfx_without_key,
)


def refused(*arguments: object, **named: object) -> str:
    with pytest.raises(UserError) as fault:
        sign(*arguments, when=SIGNED, **named)  # type: ignore[arg-type]
    (finding,) = fault.value.findings
    assert finding.remedy
    return finding.code


# ---------------------------------------------------------------------- what is made
def test_a_signature_is_appended_and_what_was_there_stays(
    minutes: bytes, signed: bytes, signed_twice: bytes
) -> None:
    assert signed.startswith(minutes)
    assert signed_twice.startswith(signed)
    assert empty_fields(minutes) == ("thu_ky", "chu_toa")
    assert empty_fields(signed) == ("chu_toa",)
    assert empty_fields(signed_twice) == ()


def test_it_says_who_signed_when_and_by_whose_certificate(signed: bytes) -> None:
    (found,) = signatures_of(signed)
    assert (found.field, found.holder, found.issuer) == ("thu_ky", SECRETARY, AUTHORITY)
    assert found.when == SIGNED
    assert (found.valid_from, found.valid_until) == (START, END)
    assert found.holds
    assert found.covers_whole_file
    assert found.certificate_was_valid


def test_two_people_can_sign_one_paper(signed_twice: bytes) -> None:
    first, second = signatures_of(signed_twice)
    assert (first.holder, second.holder) == (SECRETARY, CHAIR)
    assert (first.change, second.change) == (Change.SIGNED_ON, Change.NONE)
    assert first.holds
    assert second.holds
    assert not first.covers_whole_file
    assert second.covers_whole_file


def test_it_is_a_pades_signature(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as file:
        values = [field.V for field in file.Root.AcroForm.Fields if "/V" in field]
    assert [str(value.SubFilter) for value in values] == ["/ETSI.CAdES.detached"]


def test_a_signed_paper_stays_pdf_a_2b(signed: bytes, signed_twice: bytes) -> None:
    for data, allowed in (
        (signed, set()),
        # of two signatures the first covers the file as it was then (ISO 19005-2, 6.4.3)
        (signed_twice, {"PDFA2B-SIGNATURE-BYTERANGE-001"}),
    ):
        report = validator.validate_pdf_bytes(data, profile=validator.ValidationProfile.PDF_A_2B)
        alarms = {"PDFA2B-STREAM-LENGTH-001"} if b"\r\nendstream" in data else set()
        assert {failure.rule_id for failure in report.failures} <= allowed | alarms


def test_metadata_and_words_stay_as_they_were(minutes: bytes, signed_twice: bytes) -> None:
    with pikepdf.open(io.BytesIO(minutes)) as one, pikepdf.open(io.BytesIO(signed_twice)) as other:
        assert one.Root.Metadata.read_bytes() == other.Root.Metadata.read_bytes()
        assert one.pages[0].Contents.read_bytes() == other.pages[0].Contents.read_bytes()
        assert dict(one.trailer.Info) == dict(other.trailer.Info)


def test_the_picture_stands_inside_its_field_in_its_own_shape(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as file:
        (rect,) = (field.Rect for field in file.Root.AcroForm.Fields if field.T == "thu_ky")
        left, bottom, right, top = (float(v) for v in rect)
    document = pypdfium2.PdfDocument(signed)
    document.init_forms()
    page = document[0]
    drawn = page.render(scale=2).to_pil().convert("RGB")
    ink = Image.eval(drawn.getchannel("R"), lambda red: 255 if red < 120 else 0)
    blue = Image.eval(drawn.getchannel("B"), lambda blue: 255 if blue > 150 else 0)
    x1, y1, x2, y2 = (v / 2 for v in ImageChops.multiply(ink, blue).getbbox())
    height = float(page.get_height())
    assert left - 0.5 <= x1 < x2 <= right + 0.5
    assert bottom - 0.5 <= height - y2 < height - y1 <= top + 0.5
    assert x2 - x1 > 0.9 * (right - left)
    assert (x1 + x2) / 2 == pytest.approx((left + right) / 2, abs=2)
    assert (x2 - x1) / (y2 - y1) == pytest.approx(580 / 165, rel=0.08)


def test_no_name_is_written_over_the_signature_without_a_picture(signed_twice: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(signed_twice))
    looks = [note.get_object()["/AP"]["/N"].get_object() for note in reader.pages[0]["/Annots"]]
    assert all(b"Tj" not in look.get_data() for look in looks)


def test_pdfsig_confirms_the_signatures(signed_twice: bytes, tmp_path: Path) -> None:
    tool = shutil.which("pdfsig")
    if tool is None:
        pytest.skip("needs poppler-utils: pdfsig is not installed")
    file = tmp_path / "bien-ban.pdf"
    file.write_bytes(signed_twice)
    done = subprocess.run(
        [tool, "-nocert", file], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.count("Signature Validation: Signature is Valid.") == 2
    assert SECRETARY in done.stdout
    assert CHAIR in done.stdout


# ---------------------------------------------------------------------- what is refused
def test_a_wrong_passphrase_a_broken_file_and_one_without_a_key_are_told(minutes: bytes) -> None:
    for pfx, passphrase in (
        (pfx_of(SECRETARY), "khác"),
        (b"", PASSPHRASE),
        (pfx_of(SECRETARY)[:300], PASSPHRASE),
        (pfx_without_key(), PASSPHRASE),
    ):
        assert refused(minutes, pfx, passphrase, "thu_ky") == "pfx_not_opened"


def test_a_field_that_is_not_there_or_signed_already_is_told(minutes: bytes, signed: bytes) -> None:
    pfx = pfx_of(CHAIR)
    assert refused(minutes, pfx, PASSPHRASE, "giam_doc") == "field_unknown"
    assert refused(signed, pfx, PASSPHRASE, "thu_ky") == "field_signed"


def test_a_picture_that_is_none_or_too_large_is_told(minutes: bytes) -> None:
    kept = io.BytesIO()
    Image.new("1", (4001, 2)).save(kept, "PNG")
    for image in (b"", b"GIF89a", handwriting()[:200], kept.getvalue()):
        code = refused(minutes, pfx_of(CHAIR), PASSPHRASE, "chu_toa", image=image)
        assert code == "signature_picture"


def test_a_file_that_is_no_pdf_or_locked_is_told(minutes: bytes) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(minutes)) as file:
        file.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    pfx = pfx_of(CHAIR)
    assert refused(locked.getvalue(), pfx, PASSPHRASE, "chu_toa") == "pdf_locked"
    for broken in (b"", b"xin chao", minutes[: len(minutes) // 2]):
        assert refused(broken, pfx, PASSPHRASE, "chu_toa") == "pdf_unreadable"


def test_the_holder_and_the_time_of_a_certificate_are_told() -> None:
    held = certificate(pfx_of(CHAIR), PASSPHRASE)
    assert (held.holder, held.issuer) == (CHAIR, AUTHORITY)
    assert held.valid_at(START)
    assert held.valid_at(END)
    assert not held.valid_at(END.replace(year=2022))
