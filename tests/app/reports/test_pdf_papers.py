"""What each kind of paper needs beyond a report: letters in order, archive form, fields, slips."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import page as validator
import pikepdf
import pypdf
import pytest

from app.ground.findings import UserError
from app.reports import fonts, pdf
from app.reports.binding import code_line, content_code
from app.reports.document import (
    Appendix,
    Binding,
    Closing,
    Document,
    Draft,
    Heading,
    Letterhead,
    Paragraph,
    Signature,
    Slips,
    Table,
    plain_line,
)
from app.reports.paper_metadata import carried, letters_digest
from tests.app.reports.pdf_reading import chars_of_pdf, letters_of, letters_of_pdf, tell_apart
from tests.app.reports.test_pdf import MM, Drawn, opened

LONG = Paragraph(plain_line("Nội dung của đoạn văn. " * 60))
BOUND = Binding("w1", "2019", "ranking", "k1", "sha256:ab", 12, "sha256:cd")
FIELDS = "/AcroForm"


@pytest.fixture
def letter(paper: Document) -> Document:
    """A công văn to several recipients."""
    assert paper.letterhead is not None
    return replace(
        paper,
        letterhead=replace(
            paper.letterhead, about=("V/v lấy ý kiến về bảng tiêu chí", "chấm điểm năm 2019")
        ),
        kind="",
        subject=(),
        addressees=("- Sở Nội vụ tỉnh Cao Bằng;", "- Các đơn vị thành viên."),
        blocks=(LONG,),
    )


@pytest.fixture
def minutes(paper: Document) -> Document:
    """A biên bản with two signatures and their fields."""
    signatures = (
        Signature(("THƯ KÝ",), "Lê Thị Bình", field="thu_ky"),
        Signature(("CHỦ TỌA", "TRƯỞNG KHỐI"), "Trần Văn Cường", "(Ký, đóng dấu)", "chu_toa"),
    )
    return replace(paper, closing=Closing(signatures, ("- Như thành phần;", "- Lưu: VT, Hồ sơ.")))


@pytest.fixture
def ballots() -> Document:
    """Seven ballot papers, two abreast."""

    def slip(number: int) -> tuple[Heading | Paragraph, ...]:
        return (
            Heading("PHIẾU BẦU", 0, marked=False),
            Paragraph(plain_line(f"Phiếu số {number}: " + "đồng ý, không đồng ý; " * 12)),
        )

    return Document(
        "Phiếu bầu", None, "", (), (Slips(tuple(slip(n) for n in range(1, 8)), across=2),)
    )


def all_papers(*papers: Document) -> list[Document]:
    return [replace(paper, binding=BOUND) for paper in papers] + list(papers)


# ---------------------------------------------------------------------- letters
def test_the_letters_of_each_paper_are_those_of_its_data_in_reading_order(
    paper: Document,
    draft: Document,
    letter: Document,
    minutes: Document,
    ballots: Document,
    wide: Callable[[int, int], Table],
) -> None:
    long_table = replace(paper, blocks=(Heading("I. ĐIỂM"), wide(2, 60)))
    several = replace(paper, appendices=(Appendix("Phụ lục I", "ĐIỂM", "", (wide(1, 4),)),))
    head = Letterhead(("TỈNH ỦY",), ("BAN NỘI CHÍNH",), nation="ĐẢNG", motto="", star=True)
    party = replace(draft, letterhead=head)
    for document in all_papers(paper, draft, letter, minutes, ballots, long_table, several, party):
        assert letters_of_pdf(pdf.render(document)) == letters_of(document)


def test_a_changed_letter_is_seen(paper: Document) -> None:
    other = replace(paper, subject=("Kết quả chấm điểm và xếp hạng thi đua năm 2017",))
    assert letters_of_pdf(pdf.render(paper)) != letters_of(other)
    assert "2018" in tell_apart(pdf.render(paper), other)
    swapped = replace(paper, blocks=(*paper.blocks[1:], paper.blocks[0]))
    assert "is not printed in its place" in tell_apart(pdf.render(paper), swapped)


def test_in_a_table_of_several_bands_every_letter_stands_once(
    paper: Document, wide: Callable[[int, int], Table]
) -> None:
    banded = replace(paper, blocks=(Heading("I. ĐIỂM"), wide(20, 12), LONG))
    data = pdf.render(banded)
    assert letters_of_pdf(data) != letters_of(banded)
    assert tell_apart(data, banded) == ""


# ---------------------------------------------------------------------- archive form
def test_each_paper_is_accepted_as_pdf_a_2b(
    paper: Document, draft: Document, letter: Document, minutes: Document, ballots: Document
) -> None:
    for document in all_papers(paper, draft, letter, minutes, ballots):
        data = pdf.render(document)
        report = validator.validate_pdf_bytes(data, profile=validator.ValidationProfile.PDF_A_2B)
        assert report.is_compliant, report.to_json()


def test_no_stream_ends_in_a_carriage_return(paper: Document) -> None:
    """A checker may take it for a part of the line end; one stream in 256 would have it."""
    for number in range(300):
        small = replace(paper, letterhead=None, closing=None, subject=(), kind=str(number))
        data = pdf.render(replace(small, blocks=()))
        assert b"\r\nendstream" not in data


def test_a_paper_made_in_another_process_has_the_same_bytes(minutes: Document) -> None:
    script = (
        "import sys; from app.reports import pdf; from app.reports.document import *\n"
        "d = Document('Đề', Letterhead((), ('SỞ TƯ PHÁP',)), 'BIÊN BẢN', (),\n"
        "    (Heading('I. MỞ ĐẦU'), Paragraph(plain_line('Đoạn văn. ' * 900))),\n"
        "    Closing((Signature(('CHỦ TỌA',), 'A', field='x'),)), binding=Binding('w', '1', 'p'))\n"
        "sys.stdout.buffer.write(pdf.render(d))"
    )
    root = Path(__file__).resolve().parents[3]
    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert made.pop().startswith(b"%PDF-1.7")


def test_no_date_of_a_clock_is_in_the_file(minutes: Document) -> None:
    data = pdf.render(minutes)
    assert not any(mark in data for mark in (b"CreationDate", b"ModDate", b"CreateDate"))


def test_the_metadata_tell_what_data_the_paper_shows(paper: Document) -> None:
    bound = replace(paper, binding=BOUND)
    data = pdf.render(bound)
    with pikepdf.open(io.BytesIO(data)) as file:
        found = carried(file.Root.Metadata.read_bytes())
        meta = file.open_metadata()
        assert meta["dc:title"] == paper.title
        assert meta["dc:language"] == {"vi-VN"}
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
    assert found is not None
    assert found.binding == BOUND
    assert found.code == content_code(bound)
    assert found.letters == letters_digest([letters_of_pdf(data)])


def test_metadata_that_are_not_ours_or_hostile_say_nothing() -> None:
    assert carried(b"") is None
    assert carried(b"<x/>") is None
    assert carried(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>') is None
    assert carried(b"\xff\xfe\x00") is None


# ---------------------------------------------------------------------- foot
def test_the_content_code_stands_in_the_bottom_margin_of_every_page_at_9_points(
    paper: Document,
) -> None:
    bound = replace(paper, binding=BOUND, blocks=(LONG,) * 4)
    reader = opened(bound)
    assert len(reader.pages) > 2
    for page in reader.pages:
        _, y, size, _ = Drawn(page).find(code_line(bound))
        assert size == pytest.approx(9)
        assert y < 20 * MM


def test_a_code_that_is_not_to_be_printed_is_not(paper: Document) -> None:
    bound = replace(paper, binding=replace(BOUND, printed=False))
    assert "Mã nội dung" not in opened(bound).pages[0].extract_text()


# ---------------------------------------------------------------------- công văn, Kính gửi
class TestLetter:
    """NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.5.b and II.9; Phụ lục III, mẫu 1.5."""

    def test_its_subject_stands_centred_under_the_number_with_6_points_between(
        self, letter: Document
    ) -> None:
        drawn = Drawn(opened(letter).pages[0])
        number, about = "Số: 05/BC-STP", "V/v lấy ý kiến"
        _, y, size, face = drawn.find(about)
        assert 12 <= size <= 13
        assert face.endswith("LiberationSerif")
        assert drawn.find(number)[1] - y == pytest.approx(6 + size * 1.2, abs=1)
        whole = next(w[0] for w in drawn.words if about in w[0])
        assert drawn.centre(whole) == pytest.approx(drawn.centre(number), abs=0.5)

    def test_several_recipients_stand_under_each_other_below_the_colon(
        self, letter: Document
    ) -> None:
        drawn = Drawn(opened(letter).pages[0])
        x, y, size, _ = drawn.find("Kính gửi:")
        colon = x + fonts.width("Kính gửi", size)
        first, second = drawn.find("- Sở Nội vụ"), drawn.find("- Các đơn vị")
        assert 13 <= size <= 14
        assert first[0] == pytest.approx(colon, abs=0.5)
        assert second[0] == first[0]
        assert y > first[1] > second[1]

    def test_one_recipient_stands_on_the_line_of_kinh_gui(self, letter: Document) -> None:
        one = replace(letter, addressees=("Ủy ban nhân dân tỉnh Cao Bằng",))
        drawn = Drawn(opened(one).pages[0])
        x, y, size, _ = drawn.find("Kính gửi:")
        name = drawn.find("Ủy ban nhân dân tỉnh Cao Bằng")
        assert name[1] == pytest.approx(y, abs=0.5)
        assert name[0] == pytest.approx(x + fonts.width("Kính gửi: ", size), abs=0.5)


# ---------------------------------------------------------------------- headings
def test_headings_have_their_place_and_are_bold(paper: Document) -> None:
    heads = (Heading("Chương I", 0), Heading("I. KẾT QUẢ", 1), Heading("1. Điểm", 2))
    drawn = Drawn(opened(replace(paper, blocks=(*heads, LONG))).pages[0])
    assert drawn.centre("Chương I") == pytest.approx((30 + 195) / 2 * MM, abs=1)
    for words in ("I. KẾT QUẢ", "1. Điểm"):
        assert drawn.find(words)[0] == pytest.approx((30 + 12.7) * MM, abs=0.5)
    assert all(drawn.find(head.text)[3].endswith("-Bold") for head in heads)


def test_an_unmarked_heading_is_no_bookmark_and_levels_nest(paper: Document) -> None:
    heads = (Heading("Chương I", 0), Heading("KÍN", 1, marked=False), Heading("I. MỘT", 1))
    outline = opened(replace(paper, blocks=(*heads, *(LONG,) * 8))).outline
    assert [entry.title for entry in outline[1] if not isinstance(entry, list)] == ["Chương I"]
    assert [entry.title for entry in outline[1][1]] == ["I. MỘT"]


@pytest.mark.parametrize("ends_in", [(LONG,), (LONG, LONG)])
def test_no_heading_is_the_last_thing_on_a_page(
    paper: Document, ends_in: tuple[Paragraph, ...]
) -> None:
    long = "II. MỘT ĐỀ MỤC RẤT DÀI " * 9
    for lines in range(18, 34, 2):
        filler = tuple(Paragraph(plain_line("x")) for _ in range(lines))
        blocks = (*filler, Heading(long), Heading("1. Mục con", 2), *ends_in)
        document = replace(paper, letterhead=None, kind="", subject=(), blocks=blocks)
        last: dict[int, str] = {}
        for number, char in chars_of_pdf(pdf.render(document)):
            if char["text"].strip():
                last[number] = char["fontname"]
        assert len(last) > 1
        assert not [n for n in last if n != max(last) and last[n].endswith("Bold")]


# ---------------------------------------------------------------------- signatures
class TestSignatures:
    def fields(self, document: Document) -> dict[str, tuple[list[float], int]]:
        with pikepdf.open(io.BytesIO(pdf.render(document))) as file:
            pages = [page.obj.objgen for page in file.pages]
            return {
                str(field.T): ([float(v) for v in field.Rect], pages.index(field.P.objgen))
                for field in file.Root.AcroForm.Fields
            }

    def test_secretary_and_chair_stand_side_by_side_with_the_recipients_below(
        self, minutes: Document
    ) -> None:
        drawn = Drawn(opened(minutes).pages[0])
        assert drawn.find("THƯ KÝ")[1] == drawn.find("CHỦ TỌA")[1]
        assert drawn.centre("THƯ KÝ") < drawn.centre("CHỦ TỌA")
        assert drawn.find("Lê Thị Bình")[1] == drawn.find("Trần Văn Cường")[1]
        assert drawn.find("Nơi nhận:")[1] < drawn.find("Lê Thị Bình")[1]
        assert drawn.find("Nơi nhận:")[0] == pytest.approx(30 * MM, abs=0.5)

    def test_each_field_lies_between_title_and_name_and_nothing_is_drawn_in_it(
        self, minutes: Document
    ) -> None:
        fields = self.fields(minutes)
        assert set(fields) == {"thu_ky", "chu_toa"}
        drawn = Drawn(opened(minutes).pages[0])
        for name, title, signer in (
            ("thu_ky", "THƯ KÝ", "Lê Thị Bình"),
            ("chu_toa", "(Ký, đóng dấu)", "Trần Văn Cường"),
        ):
            (left, bottom, right, top), number = fields[name]
            assert number == 0
            assert drawn.find(title)[1] > top > bottom > drawn.find(signer)[1] + 10
            assert (left + right) / 2 == pytest.approx(drawn.centre(signer), abs=1)
            assert right - left > 40 * MM
            assert top - bottom >= 20 * MM
            for words, x, y, size, _ in drawn.words:
                outside = x + fonts.width(words, size) < left or x > right
                assert outside or not bottom < y < top

    def test_a_field_is_on_the_page_of_its_signature_and_is_empty(self, paper: Document) -> None:
        signature = Signature(("TRƯỞNG KHỐI",), "Nguyễn Văn Ẩn", field="ky")
        document = replace(paper, blocks=(LONG,) * 4, closing=Closing((signature,)))
        pages = len(opened(document).pages)
        assert pages > 1
        assert self.fields(document)["ky"][1] == pages - 1
        reader = pypdf.PdfReader(io.BytesIO(pdf.render(document)))
        (field,) = (entry.get_object() for entry in reader.trailer["/Root"][FIELDS]["/Fields"])
        assert field["/FT"] == "/Sig"
        assert "/V" not in field

    def test_a_paper_without_fields_has_no_form(self, paper: Document) -> None:
        assert FIELDS not in opened(paper).trailer["/Root"]

    def test_four_signatures_stand_in_two_rows(self, paper: Document) -> None:
        names = ("Một Văn A", "Hai Văn B", "Ba Văn C", "Bốn Văn D")
        end = Closing(tuple(Signature(("THÀNH VIÊN",), name) for name in names))
        drawn = Drawn(opened(replace(paper, closing=end)).pages[-1])
        heights = [drawn.find(name)[1] for name in names]
        assert heights[0] == heights[1] == heights[2] > heights[3]


# ---------------------------------------------------------------------- slips
class TestSlips:
    def test_no_slip_is_parted_and_all_frames_have_one_size(self, ballots: Document) -> None:
        seen: list[str] = []
        for page in opened(ballots).pages:
            found = "".join(page.extract_text().split())
            assert found.count("PHIẾUBẦU") == found.count("Phiếusố")
            assert found.count("khôngđồngý") == 12 * found.count("PHIẾUBẦU")
            seen.append(found)
        assert len(seen) > 1
        assert "".join(seen).count("PHIẾUBẦU") == 7

    def test_cut_lines_are_dashed_and_words_stand_inside(self, ballots: Document) -> None:
        page = opened(ballots).pages[0]
        assert b"[3 3] 0 d" in page.get_contents().get_data()
        for number, left in ((1, 30.0), (2, 112.5)):
            x = Drawn(page).find(f"Phiếu số {number}:")[0]
            assert left * MM + 9 < x < (left + 82.5) * MM

    def test_slips_can_hold_tables(
        self, ballots: Document, wide: Callable[[int, int], Table]
    ) -> None:
        slips = Slips(((Heading("PHIẾU", 0), wide(0, 3)),) * 3)
        document = replace(ballots, blocks=(slips,))
        assert letters_of_pdf(pdf.render(document)) == letters_of(document)


def test_a_draft_letter_says_why_after_its_recipients(letter: Document) -> None:
    document = replace(letter, draft=Draft(("Chưa khóa điểm.",)))
    assert letters_of_pdf(pdf.render(document)) == letters_of(document)


def test_a_slip_that_is_larger_than_a_page_is_refused_in_words(ballots: Document) -> None:
    slips = Slips(((Paragraph(plain_line("từng lời " * 2000)),),))
    with pytest.raises(UserError) as refused:
        pdf.render(replace(ballots, blocks=(slips,)))
    assert refused.value.findings[0].code == "paper_too_small"


def test_papers_with_almost_nothing_on_them_are_printed(paper: Document) -> None:
    bare = Document("Đề", None, "", (), ())
    for document in (
        bare,
        replace(bare, closing=Closing(())),
        replace(bare, closing=Closing((Signature(()),))),
        replace(bare, closing=Closing((Signature((), field="a"), Signature(("B",), "C")))),
        replace(bare, blocks=(Heading("Một mình"),), closing=paper.closing),
        replace(bare, blocks=(Slips(()),)),
        replace(bare, letterhead=Letterhead((), ("SỞ",), nation="", motto="")),
        replace(bare, letterhead=Letterhead((), ())),
    ):
        assert letters_of_pdf(pdf.render(document)) == letters_of(document)


def test_two_fields_of_one_name_are_a_bug_and_not_a_paper(minutes: Document) -> None:
    twice = Closing((Signature(("A",), field="x"), Signature(("B",), field="x")))
    with pytest.raises(ValueError, match="'x'"):
        pdf.render(replace(minutes, closing=twice))
