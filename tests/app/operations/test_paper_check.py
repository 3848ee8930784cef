"""A paper that comes back: what it says of itself, changed, signed, broken or hostile."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest
from pypdf.annotations import FreeText

from app.ground.findings import Severity, UserError
from app.operations.loading import load
from app.operations.paper_check import Words, check_paper, read_paper
from app.operations.paper_signing import sign_paper, signing_places
from app.reports import pdf
from app.reports.binding import content_code
from app.reports.ranking import build_ranking
from app.scoring.assess import assess
from tests.app.exchange.pdf.certificates import CHAIR, END, PASSPHRASE, SECRETARY, SIGNED, pfx_of
from tests.app.exchange.pdf.conftest import MINUTES, minutes, signed, signed_twice

__all__ = ["minutes", "signed", "signed_twice"]

SAMPLE = Path("samples") / "cao-bang-2019" / "facts.toml"
DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in check_paper(data).findings]


def with_content(data: bytes, old: bytes, new: bytes) -> bytes:
    """The paper with other words in its content, saved anew as an editor does."""
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        content = file.pages[0].Contents
        words = content.read_bytes()
        assert old in words
        content.write(words.replace(old, new))
        file.save(kept)
    return kept.getvalue()


def appended(data: bytes, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    """The file with a change appended to it, as an incremental update."""
    writer = pypdf.PdfWriter(io.BytesIO(data), incremental=True)
    change(writer)
    kept = io.BytesIO()
    writer.write(kept)
    assert kept.getvalue().startswith(data)
    return kept.getvalue()


# ---------------------------------------------------------------------- sound papers
def test_an_unsigned_paper_tells_what_data_it_shows(minutes: bytes) -> None:
    found = check_paper(minutes)
    assert found.words is Words.AS_MADE
    assert found.binding == MINUTES.binding
    assert found.code == content_code(MINUTES)
    assert found.signatures == ()
    assert found.empty_fields == ("thu_ky", "chu_toa")
    assert found.findings == ()
    assert found.sound
    assert "Văn bản chưa có chữ ký số." in found.lines()


def test_a_signed_paper_says_by_whom_and_when_and_that_the_issuer_is_not_vouched_for(
    signed_twice: bytes,
) -> None:
    found = check_paper(signed_twice)
    assert found.sound
    said = found.lines()
    assert said[0] == "Chữ trên văn bản đúng như khi chương trình lập."
    assert said[1].startswith(f"Chữ ký của {SECRETARY}, ký 09:30 ngày 06/01/2020: hợp lệ; sau đó")
    assert said[2].startswith(f"Chữ ký của {CHAIR}, ký 10:30 ngày 06/01/2020: hợp lệ. Nơi cấp")
    assert "Chưa kiểm tra được tổ chức cấp chứng thư số." in said
    assert found.empty_fields == ()


def test_a_paper_of_another_program_is_not_taken_for_ours() -> None:
    kept = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(kept)
    found = check_paper(kept.getvalue())
    assert (found.words, found.binding, found.sound) == (Words.UNKNOWN, None, False)
    assert codes(kept.getvalue()) == ["paper_not_ours"]


def test_a_paper_that_is_saved_anew_without_a_change_still_has_its_words(minutes: bytes) -> None:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(minutes)) as file:
        file.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    found = check_paper(kept.getvalue())
    assert found.sound
    assert found.binding == MINUTES.binding


def test_the_words_of_long_papers_with_tables_and_pictures_are_known_again(root: Path) -> None:
    data = root / "data"
    loaded = load([data / "packs" / "cao-bang-2018-vi-du"], data / SAMPLE)
    packs = loaded.packs
    assessment = assess(loaded.snapshot, packs.main, packs.overlays, packs.companions)
    ranking = build_ranking(assessment, loaded.snapshot.clusters[0])
    found = check_paper(pdf.render(replace(ranking, binding=MINUTES.binding)))
    assert found.pages > 8
    assert found.sound


# ---------------------------------------------------------------------- changed papers
def test_an_altered_unsigned_paper_is_recognised(minutes: bytes) -> None:
    altered = with_content(minutes, b"964,50", b"974,50")
    found = check_paper(altered)
    assert found.words is Words.CHANGED
    assert not found.sound
    assert codes(altered) == ["paper_words_changed"]


def test_another_code_at_the_foot_is_recognised(minutes: bytes) -> None:
    code = content_code(MINUTES).encode()
    other = b"0000" + code[4:]
    assert codes(with_content(minutes, code, other)) == ["paper_words_changed"]


def test_hidden_words_do_not_count_as_printed(minutes: bytes) -> None:
    content = b"/Artifact BMC"
    assert codes(with_content(minutes, content, b"3 Tr /Artifact BMC")) == ["paper_words_changed"]


def test_a_signed_then_altered_paper_is_recognised(signed: bytes) -> None:
    broken = bytearray(signed)
    at = signed.index(b"<bv:period>2019") + len(b"<bv:period>201")
    broken[at : at + 1] = b"8"
    found = check_paper(bytes(broken))
    assert [finding.code for finding in found.findings] == ["signature_broken"]
    assert not found.sound
    assert "không hợp lệ" in found.lines()[1]


def test_a_signed_paper_saved_anew_with_other_words_is_recognised(signed: bytes) -> None:
    altered = codes(with_content(signed, b"964,50", b"974,50"))
    assert "paper_words_changed" in altered
    assert {"signature_broken", "signature_unreadable", "signature_changed_after"} & set(altered)


def test_words_changed_by_an_update_after_the_signature_are_recognised(signed: bytes) -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        content = writer.pages[0]["/Contents"].get_object()
        content.set_data(content.get_data().replace(b"964,50", b"974,50"))

    assert codes(appended(signed, change)) == [
        "signature_changed_after",
        "paper_words_changed",
    ]


def test_a_note_laid_over_a_signed_paper_is_recognised(signed: bytes, minutes: bytes) -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        note = FreeText(text="974,50", rect=(100, 500, 200, 520))
        writer.add_annotation(0, note)

    assert codes(appended(signed, change)) == ["signature_changed_after", "paper_additions"]
    assert codes(appended(minutes, change)) == ["paper_additions"]


def test_scripts_files_and_pictures_that_were_put_in_are_told_and_not_run(minutes: bytes) -> None:
    def script(file: pikepdf.Pdf) -> None:
        file.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('x');")
        )

    def attachment(file: pikepdf.Pdf) -> None:
        file.attachments["x.exe"] = b"MZ"

    def picture(file: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(file, b"\0", Type=pikepdf.Name.XObject)
        file.pages[0].Resources.XObject = pikepdf.Dictionary({"/x": stream})

    for change, words in ((script, "JavaScript"), (attachment, "đính kèm"), (picture, "hình")):
        kept = io.BytesIO()
        with pikepdf.open(io.BytesIO(minutes)) as file:
            change(file)
            file.save(kept)
        found = check_paper(kept.getvalue())
        assert [f.code for f in found.findings] == ["paper_additions"]
        assert words in found.findings[0].message
        assert found.words is Words.AS_MADE
        assert not found.sound


# ---------------------------------------------------------------------- signing as a verb
def test_a_paper_with_one_field_left_is_signed_there(signed: bytes) -> None:
    done = sign_paper(signed, pfx_of(CHAIR), PASSPHRASE, when=SIGNED)
    assert (done.field, done.certificate.holder, done.findings) == ("chu_toa", CHAIR, ())
    assert signing_places(done.data) == ()


def test_where_several_fields_are_left_one_must_be_named(
    minutes: bytes, signed_twice: bytes
) -> None:
    for data, words in ((minutes, "thu_ky, chu_toa"), (signed_twice, "không còn chỗ ký")):
        with pytest.raises(UserError) as fault:
            sign_paper(data, pfx_of(CHAIR), PASSPHRASE, when=SIGNED)
        (finding,) = fault.value.findings
        assert finding.code == "field_not_chosen"
        assert words in finding.message


def test_an_expired_certificate_warns_when_signing_and_when_checking(minutes: bytes) -> None:
    late = END + dt.timedelta(days=1)
    done = sign_paper(minutes, pfx_of(CHAIR), PASSPHRASE, "chu_toa", when=late)
    (finding,) = done.findings
    assert (finding.code, finding.severity) == ("certificate_not_valid", Severity.WARNING)
    assert "01/01/2019 đến 01/01/2021" in finding.message
    assert codes(done.data) == ["signature_certificate_not_valid"]
    assert check_paper(done.data).signatures[0].holds


def test_a_certificate_that_ends_soon_is_told(minutes: bytes) -> None:
    when = END - dt.timedelta(days=10)
    done = sign_paper(minutes, pfx_of(CHAIR), PASSPHRASE, "chu_toa", when=when)
    assert [finding.code for finding in done.findings] == ["certificate_ends_soon"]


# ---------------------------------------------------------------------- hostile files
def survives(data: bytes) -> bool:
    """Whether the file is judged or refused in words; anything else is raised."""
    try:
        return bool(check_paper(data).lines())
    except UserError as fault:
        return not all(finding.message and finding.remedy for finding in fault.findings)


def test_files_cut_short_or_of_random_bytes_are_refused_in_words(signed: bytes) -> None:
    dice = random.Random(20191231)
    for _ in range(12 * DOSE):
        survives(signed[: dice.randrange(len(signed))])
        survives(dice.randbytes(dice.randrange(3000)))
        survives(b"%PDF-1.7\n" + dice.randbytes(2000))
    assert not survives(b"")


def test_files_with_changed_bytes_never_pass_for_sound(signed: bytes) -> None:
    """Outside the signature itself every byte is covered; without its form it is unsigned."""
    dice = random.Random(20200101)
    start, end = (int(v) for v in re.findall(rb"/ByteRange \[0 (\d+) (\d+) ", signed)[0])
    covered = [*range(start), *range(end, len(signed))]
    for _ in range(25 * DOSE):
        broken = bytearray(signed)
        for _ in range(dice.choice((1, 1, 4, 40))):
            at = dice.choice(covered)
            broken[at] = (broken[at] + dice.randrange(1, 256)) % 256
        if survives(bytes(broken)):
            found = check_paper(bytes(broken))
            assert not found.sound or found.signatures == ()


def test_locked_and_huge_files_are_refused_in_words(minutes: bytes, tmp_path: Path) -> None:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(minutes)) as file:
        file.save(kept, encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(UserError) as locked:
        check_paper(kept.getvalue())
    assert locked.value.findings[0].code == "pdf_locked"
    with pytest.raises(UserError) as large:
        check_paper(minutes + b"\0" * (64 << 20))
    assert large.value.findings[0].code == "pdf_too_large"
    with pytest.raises(UserError) as absent:
        read_paper(tmp_path / "khong-co.pdf")
    assert absent.value.findings[0].code == "paper_not_read"


def test_content_that_unpacks_to_too_much_is_not_unpacked(minutes: bytes) -> None:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(minutes)) as file:
        bomb = zlib.compress(b" " * (65 << 20), 9)
        file.pages[0].Contents.write(bomb, filter=pikepdf.Name.FlateDecode)
        file.save(kept, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert check_paper(kept.getvalue()).words is Words.UNKNOWN


def test_a_file_is_read_from_its_path(minutes: bytes, tmp_path: Path) -> None:
    file = tmp_path / "biên bản.pdf"
    file.write_bytes(minutes)
    assert read_paper(file) == minutes
