"""A paper on PDF: what is printed, where it stands, and that it stays the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from app.ground.findings import UserError
from app.ground.text import composed
from app.reports import fonts, pdf
from app.reports.document import (
    DRAFT,
    PARTY,
    Align,
    Closing,
    Column,
    Document,
    Letterhead,
    Paragraph,
    Row,
    RowKind,
    Signature,
    Table,
    cell,
    plain_line,
)
from app.reports.texts import texts

MM = 72 / 25.4
TOLERANCE = 0.6


def opened(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.render(document)))


def folded(text: str) -> str:
    return " ".join(text.split())


class Drawn:
    """What a page shows: words with their place, size and face, and the lines that are ruled."""

    def __init__(self, page: Any) -> None:
        self.words: list[tuple[str, float, float, float, str]] = []
        self.rules: list[tuple[float, float, float]] = []
        start: list[float] = []

        def text(words: str, cm: Any, tm: Any, font: Any, size: float) -> None:
            if words.strip():
                face = str(font["/BaseFont"]) if font else ""
                place = (cm[4] + tm[4], cm[5] + tm[5])
                self.words.append((words.strip("\n"), *place, size * tm[0], face))

        def operator(name: bytes, operands: Any, cm: Any, _tm: Any) -> None:
            nonlocal start
            if name == b"m":
                start = [float(v) for v in operands]
            if name == b"l":
                end = [float(v) for v in operands]
                self.rules.append((cm[4] + start[0], cm[5] + start[1], end[0] - start[0]))

        page.extract_text(visitor_text=text, visitor_operand_before=operator)

    def find(self, words: str) -> tuple[float, float, float, str]:
        for text, x, y, size, face in self.words:
            if words in text:
                return x, y, size, face
        raise AssertionError(f"{words!r} is not among {self.words!r}")

    def width(self, words: str) -> float:
        _, _, size, face = self.find(words)
        return fonts.width(words, size, bold="Bold" in face, italic="Italic" in face)

    def centre(self, words: str) -> float:
        return self.find(words)[0] + self.width(words) / 2

    def rule_under(self, words: str) -> tuple[float, float]:
        """Left edge and length of the rule next below the words."""
        x, y, size, _ = self.find(words)
        for left, height, length in self.rules:
            near = left < x + self.width(words) and left + length > x
            if 0 < y - height < size and near:
                return left, length
        raise AssertionError(f"no rule under {words!r} in {self.rules!r}")


def test_the_text_of_the_pdf_is_the_text_of_the_document_letter_by_letter(paper: Document) -> None:
    expected = [text for _, text in texts(paper)][:-1]
    printed = " ".join(page.extract_text() for page in opened(paper).pages)
    assert folded(printed) == folded(" ".join(expected))


def test_decomposed_letters_are_printed_composed(paper: Document) -> None:
    decomposed = "Kê\u0301t qua\u0309 thi đua"
    document = replace(paper, blocks=(Paragraph(plain_line(decomposed)),))
    assert "Kết quả thi đua" in opened(document).pages[0].extract_text()


def test_line_feeds_and_tabs_in_a_text_are_spaces(paper: Document) -> None:
    document = replace(paper, blocks=(Paragraph(plain_line("một\nhai\tba\r\nbốn")),))
    assert "một hai ba bốn" in opened(document).pages[0].extract_text()


def test_only_the_shipped_family_is_used_and_each_face_is_embedded(paper: Document) -> None:
    for page in opened(paper).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/FontDescriptor"]
            assert "LiberationSerif" in descriptor["/FontName"]
            assert "/FontFile2" in descriptor


def test_the_same_data_give_the_same_bytes(paper: Document) -> None:
    assert pdf.render(paper) == pdf.render(paper)


def test_the_file_names_its_title_its_issuer_and_its_language(paper: Document) -> None:
    reader = opened(paper)
    assert reader.metadata is not None
    assert reader.metadata.title == "Bảng tổng hợp kết quả chấm điểm năm 2018"
    assert reader.metadata.author == "SỞ TƯ PHÁP"
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"


def test_a_bold_figure_is_bold_in_a_plain_row(paper: Document) -> None:
    """The totals of a ranking are bold, the parts beside them are not."""
    page = Drawn(opened(paper).pages[0])
    assert "Bold" in page.find("979,75")[3]
    assert "Bold" not in page.find("729,25")[3]


def test_a_table_never_begins_again_on_the_page_on_which_it_stops(paper: Document) -> None:
    """A heading that moves on with its row leaves the rest of its page empty."""
    columns = (Column("Tiêu chí đang xét", min_mm=80), Column("Điểm", Align.DECIMAL))
    long = "Tổ chức thực hiện có hiệu quả các phong trào thi đua trong năm. " * 40
    plain = [Row((cell(f"Dòng {n}"), cell("1,5"))) for n in range(20)]
    rows = (
        *plain,
        Row((cell("Phần hai"), cell("9,5")), RowKind.SECTION),
        Row((cell("Nhóm một"), cell("9,5")), RowKind.GROUP),
        Row((cell(long), cell("1,5"))),
        *plain,
    )
    for above in range(0, 20, 2):
        filled = tuple(Paragraph(plain_line(f"Đoạn {n}")) for n in range(above))
        for page in opened(replace(paper, blocks=(*filled, Table(columns, rows)))).pages:
            assert page.extract_text().count("Tiêu chí đang xét") <= 1


def test_headings_and_appendices_are_bookmarks(
    wide: Callable[[int, int], Table], with_appendix: Callable[[Table], Document]
) -> None:
    reader = opened(with_appendix(wide(2, 60)))
    assert len(reader.pages) >= 3
    outline = reader.outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == [
        "Bảng tổng hợp kết quả chấm điểm năm 2018",
        "Phụ lục I. ĐIỂM TỪNG TIÊU CHÍ",
    ]
    assert outline[1][0].title == "I. KẾT QUẢ"


def test_a_short_paper_has_no_bookmarks(paper: Document) -> None:
    assert opened(paper).outline == []


def test_a_character_that_the_typeface_lacks_is_refused_with_its_place(paper: Document) -> None:
    document = replace(paper, blocks=(Paragraph(plain_line("Điểm ✓ đạt \U0001f600")),))
    with pytest.raises(UserError) as refused:
        pdf.render(document)
    assert {finding.code for finding in refused.value.findings} == {"letter_not_in_font"}
    assert len(refused.value.findings) == 2
    assert "U+2713" in refused.value.findings[0].message
    assert refused.value.findings[0].place == "đoạn văn"


def test_every_vietnamese_letter_is_in_the_typeface() -> None:
    vowels = "aăâeêioôơuưy"
    letters = "".join(composed(v + t) for v in vowels for t in "\u0300\u0301\u0303\u0309\u0323")
    fonts.require_letters(
        [("chữ Việt", vowels + letters + (vowels + letters).upper() + "đĐ“”–—…≥≤×≈")]
    )


def test_a_head_longer_than_a_page_is_refused_in_words_and_not_as_a_bug(paper: Document) -> None:
    table = Table((Column("đơn vị " * 4000),), (Row((cell("1"),)),))
    with pytest.raises(UserError) as refused:
        pdf.render(replace(paper, blocks=(table,)))
    assert refused.value.findings[0].code == "paper_too_small"


class TestPage:
    """NĐ 30/2020/NĐ-CP, Phụ lục I, phần I."""

    def test_text_keeps_the_margins_of_20_20_30_and_15_millimetres(self, paper: Document) -> None:
        for page in opened(paper).pages:
            width, height = float(page.mediabox.width), float(page.mediabox.height)
            drawn = Drawn(page)
            for words, x, y, size, face in drawn.words:
                if words.isdecimal() and y > height - 20 * MM:
                    continue
                advance = fonts.width(words, size, bold="Bold" in face, italic="Italic" in face)
                assert x >= 30 * MM - TOLERANCE
                assert x + advance <= width - 15 * MM + TOLERANCE
                assert 20 * MM - TOLERANCE <= y <= height - 20 * MM

    def test_the_body_stands_on_a4_upright_where_its_tables_fit(self, paper: Document) -> None:
        box = opened(paper).pages[0].mediabox
        assert (round(float(box.width) / MM), round(float(box.height) / MM)) == (210, 297)

    def test_page_1_has_no_number_and_later_pages_have_it_centred_in_the_top_margin(
        self, paper: Document
    ) -> None:
        long = Paragraph(plain_line("Nội dung của đoạn văn. " * 60))
        pages = opened(replace(paper, blocks=(long,) * 4)).pages
        assert len(pages) > 2
        assert not [w for w in Drawn(pages[0]).words if w[2] > (297 - 20) * MM]
        for number, page in enumerate(pages[1:], start=2):
            (mark,) = [w for w in Drawn(page).words if w[2] > (297 - 20) * MM]
            words, x, y, size, _ = mark
            assert words == str(number)
            assert 13 <= size <= 14
            assert y < 297 * MM - size
            assert x + fonts.width(words, size) / 2 == pytest.approx((30 + 195) / 2 * MM, abs=1)

    def test_an_appendix_counts_its_own_pages(
        self, wide: Callable[[int, int], Table], with_appendix: Callable[[Table], Document]
    ) -> None:
        pages = opened(with_appendix(wide(2, 90))).pages
        tops = [page.extract_text().split("\n")[0] for page in pages]
        first = next(i for i, top in enumerate(tops) if top.startswith("Phụ lục"))
        assert tops[first + 1] == "2"


class TestElements:
    """NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, and the table of Phụ lục I."""

    @pytest.mark.parametrize(
        ("words", "least", "most", "face"),
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 13, "Bold"),
            ("Độc lập - Tự do - Hạnh phúc", 13, 14, "Bold"),
            ("UBND TỈNH CAO BẰNG", 12, 13, ""),
            ("SỞ TƯ PHÁP", 12, 13, "Bold"),
            ("Số: 05/BC-STP", 13, 13, ""),
            ("Cao Bằng, ngày 05 tháng 01 năm 2019", 13, 14, "Italic"),
            ("BẢNG TỔNG HỢP", 13, 14, "Bold"),
            ("Kết quả chấm điểm và xếp hạng", 13, 14, "Bold"),
            ("I. KẾT QUẢ", 13, 14, "Bold"),
            ("Khối thi đua họp ngày", 13, 14, ""),
            ("TM. KHỐI THI ĐUA", 13, 14, "Bold"),
            ("Nguyễn Văn Ẩn", 13, 14, "Bold"),
            ("Nơi nhận:", 12, 12, "BoldItalic"),
            ("- Lưu: VT, TĐKT.", 11, 11, ""),
        ],
    )
    def test_each_element_has_its_size_and_face(
        self, paper: Document, words: str, least: float, most: float, face: str
    ) -> None:
        _, _, size, used = Drawn(opened(paper).pages[0]).find(words)
        assert least <= round(size, 2) <= most
        assert used.partition("-")[2] == face

    def test_the_rule_under_the_motto_is_exactly_as_long_as_the_text(self, paper: Document) -> None:
        drawn = Drawn(opened(paper).pages[0])
        motto = "Độc lập - Tự do - Hạnh phúc"
        left, length = drawn.rule_under(motto)
        assert length == pytest.approx(drawn.width(motto), abs=0.1)
        assert left == pytest.approx(drawn.find(motto)[0], abs=0.1)

    @pytest.mark.parametrize(
        "lines",
        [
            ("KHỐI THI ĐUA CÁC", "CƠ QUAN NỘI CHÍNH"),
            ("Kết quả chấm điểm và xếp hạng thi đua năm 2018",),
        ],
    )
    def test_the_rules_under_issuer_and_subject_are_a_third_to_a_half_of_the_text(
        self, paper: Document, lines: tuple[str, ...]
    ) -> None:
        drawn = Drawn(opened(paper).pages[0])
        length = drawn.rule_under(lines[-1])[1]
        longest = max(drawn.width(line) for line in lines)
        assert longest / 3 <= length <= longest / 2

    def test_number_and_date_stand_on_one_line_under_issuer_and_motto(
        self, paper: Document
    ) -> None:
        drawn = Drawn(opened(paper).pages[0])
        number, date = "Số: 05/BC-STP", "Cao Bằng, ngày 05 tháng 01 năm 2019"
        assert drawn.find(number)[1] == pytest.approx(drawn.find(date)[1], abs=0.5)
        assert drawn.centre(number) == pytest.approx(drawn.centre("SỞ TƯ PHÁP"), abs=0.5)
        assert drawn.centre(date) == pytest.approx(
            drawn.centre("Độc lập - Tự do - Hạnh phúc"), abs=0.5
        )

    def test_the_recipients_are_level_with_the_signing_authority(self, paper: Document) -> None:
        drawn = Drawn(opened(paper).pages[0])
        assert drawn.find("Nơi nhận:")[1] == pytest.approx(drawn.find("TM. KHỐI THI ĐUA")[1], abs=3)

    def test_room_for_signature_and_seal_is_left_clean(self, paper: Document) -> None:
        drawn = Drawn(opened(paper).pages[0])
        title, name = drawn.find("TRƯỞNG KHỐI")[1], drawn.find("Nguyễn Văn Ẩn")[1]
        assert title - name > 25 * MM
        inside = [w for w in drawn.words if name + 14 < w[2] < title - 1 and w[1] > 105 * MM]
        assert inside == []

    def test_a_party_agency_has_its_own_heading(self, paper: Document) -> None:
        head = Letterhead(
            ("TỈNH ỦY CAO BẰNG",), ("BAN NỘI CHÍNH",), nation=PARTY, motto="", star=True
        )
        drawn = Drawn(opened(replace(paper, letterhead=head)).pages[0])
        assert drawn.rule_under(PARTY)[1] == pytest.approx(drawn.width(PARTY), abs=0.1)
        assert drawn.centre("*") == pytest.approx(drawn.centre("BAN NỘI CHÍNH"), abs=0.5)

    def test_two_signatures_stand_side_by_side(self, paper: Document) -> None:
        end = Closing((Signature(("THƯ KÝ",), "Lê Thị B"), Signature(("CHỦ TỌA",), "Trần Văn C")))
        drawn = Drawn(opened(replace(paper, closing=end)).pages[0])
        assert drawn.find("THƯ KÝ")[1] == drawn.find("CHỦ TỌA")[1]
        assert drawn.centre("THƯ KÝ") < drawn.centre("CHỦ TỌA")


class TestDraft:
    def test_a_draft_says_so_at_the_top_of_every_page_and_gives_its_reasons(
        self, draft: Document
    ) -> None:
        long = Paragraph(plain_line("Nội dung của đoạn văn. " * 60))
        pages = opened(replace(draft, blocks=(long,) * 4)).pages
        assert len(pages) > 1
        for page in pages:
            assert [w for w in Drawn(page).words if w[0] == DRAFT and w[2] > (297 - 20) * MM]
        first = pages[0].extract_text()
        assert first.count(DRAFT) == 2
        assert "- Còn 4 ô chưa chấm.\n- Sở Nội vụ chưa thẩm định." in first

    def test_a_settled_paper_carries_no_draft_mark(self, paper: Document) -> None:
        assert all(DRAFT not in page.extract_text() for page in opened(paper).pages)


class TestTables:
    def test_figures_stand_with_their_commas_under_each_other(self, paper: Document) -> None:
        table = Table(
            (Column("Điểm", weight=1), Column("Số", pdf.Align.DECIMAL)),
            tuple(Row((cell("x"), cell(v))) for v in ("100,25", "7,5", "12", "0,125", "—")),
        )
        drawn = Drawn(opened(replace(paper, blocks=(table,))).pages[0])
        commas = set()
        for text in ("100,25", "7,5", "12", "0,125"):
            x, _, size, _ = next((w[1], w[2], w[3], w[4]) for w in drawn.words if w[0] == text)
            commas.add(round(x + fonts.width(text.partition(",")[0], size), 2))
        assert len(commas) == 1

    def test_the_head_is_repeated_on_each_page_and_no_row_is_cut(
        self, wide: Callable[[int, int], Table], paper: Document
    ) -> None:
        table = wide(2, 90)
        pages = opened(replace(paper, blocks=(table,), closing=None)).pages
        assert len(pages) > 2
        for page in pages[1:]:
            found = folded(page.extract_text())
            assert re.match(r"^\d+ TT Tiêu chí Điểm tối đa Sở Tư pháp", found)
        printed = [w[0] for page in pages for w in Drawn(page).words]
        assert [w for w in printed if re.fullmatch(r"c\d+", w)] == [f"c{n}" for n in range(1, 91)]

    def test_a_section_heading_is_never_the_last_row_of_a_page(
        self, wide: Callable[[int, int], Table], paper: Document
    ) -> None:
        sections = {f"c{n}" for n in range(1, 301, 30)}
        for page in opened(replace(paper, blocks=(wide(2, 300),), closing=None)).pages:
            codes = [w[0] for w in Drawn(page).words if re.fullmatch(r"c\d+", w[0])]
            assert codes[-1] not in sections

    def test_a_row_taller_than_a_page_goes_on_over_the_page(self, paper: Document) -> None:
        long = "từng lời của đoạn rất dài " * 700
        table = Table((Column("TT"), Column("Nội dung")), (Row((cell("1"), cell(long.strip()))),))
        document = replace(paper, blocks=(table,), closing=None)
        pages = opened(document).pages
        assert len(pages) > 2
        assert " ".join(folded(p.extract_text()) for p in pages).count("rất dài") == 700
