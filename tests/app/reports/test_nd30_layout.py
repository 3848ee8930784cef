"""The layout test itself: each fault of a layout is told, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from app.reports import pdf
from app.reports.document import (
    Appendix,
    Closing,
    Document,
    Heading,
    Page,
    Paragraph,
    Signature,
    plain_line,
)
from tests.app.reports.every_element import LONG, every_paper, letter, long_table, minutes, report
from tests.app.reports.nd30_layout import complaints
from tests.app.reports.printed import MM, Box, Printed, lines, read, span

Wrong = Callable[[Printed], Printed]


@cache
def printed(name: str) -> Printed:
    return read(pdf.render(every_paper()[name]))


def told(name: str, wrong: Wrong) -> str:
    """The first complaint about a paper whose print was made wrong; there must be one."""
    found = complaints(wrong(printed(name)), every_paper()[name])
    assert found
    return found[0]


def changed(words: str, **how: Any) -> Wrong:
    return lambda found: found.changed(words, **how)


@pytest.mark.parametrize("name", every_paper())
def test_a_paper_as_it_should_be_gives_no_complaint(name: str) -> None:
    assert complaints(printed(name), every_paper()[name]) == []


BOLD, PLAIN = "LiberationSerif-Bold", "LiberationSerif"
FAULTS = [
    # sizes and faces of each element (Phụ lục I, the table of its mục VI)
    ("report", changed("CỘNG HÒA XÃ HỘI", size=14), "quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” has the sizes 12, 14, not 12 to 13"),
    ("report", changed("Độc lập - Tự do", size=12), "tiêu ngữ “Độc lập - Tự do - Hạnh phúc” has the sizes 12, 13"),
    ("report", changed("Độc lập - Tự do", face=PLAIN), "tiêu ngữ “Độc lập - Tự do - Hạnh phúc” is not bold"),
    ("report", changed("ỦY BAN NHÂN DÂN", face=BOLD), "cơ quan chủ quản “ỦY BAN NHÂN DÂN TỈNH CAO BẰNG” is partly bold"),
    ("report", changed("SỞ TƯ PHÁP", face=PLAIN), "cơ quan ban hành “SỞ TƯ PHÁP” is not bold"),
    ("report", changed("Số: 05/BC-STP", size=12), "số, ký hiệu “Số: 05/BC-STP” has the sizes 12, not 13 to 13"),
    ("report", changed("Cao Bằng, ngày 05", face=PLAIN), "địa danh, ngày tháng năm “Cao Bằng, ngày 05 tháng 01 năm 2019” is not italic"),
    ("letter", changed("V/v tham gia", face=BOLD), "V/v of a công văn “V/v tham gia ý kiến dự thảo” is partly bold"),
    ("report", changed("BÁO CÁO", size=16), "tên loại “BÁO CÁO” has the sizes 16"),
    ("report", changed("Kết quả chấm điểm và", face=PLAIN), "trích yếu “Kết quả chấm điểm và xếp hạng thi đua nă” is not bold"),
    ("report", changed("Kính gửi:", face=BOLD), "kính gửi “Kính gửi:” is partly bold"),
    ("report", changed("Phần thứ nhất", face=PLAIN), "heading in the middle “Phần thứ nhất” is not bold"),
    ("report", changed("I. KẾT QUẢ", size=12), "mục heading “I. KẾT QUẢ” has the sizes 12"),
    ("report", changed("1. Nhận xét chung", face="LiberationSerif-BoldItalic"), "khoản heading “1. Nhận xét chung” is partly italic"),
    ("letter", changed("Đề nghị các đơn vị", size=12), "paragraph “Đề nghị các đơn vị gửi ý kiến trước ngày” has the sizes 12, 14, not 13 to 14"),
    ("letter", changed("Đề nghị các đơn vị", face=BOLD), "paragraph “Đề nghị các đơn vị gửi ý kiến trước ngày” is partly bold"),
    ("report", changed("Sở Nội vụ dự", face=PLAIN), "“Sở Nội vụ” in paragraph “Khối thi đua họp ngày 20/12/2018, Sở Nội” has another face"),
    ("report", changed("Bảng 1.", size=11), "caption “Bảng 1. Điểm từng tiêu chí” has the sizes 11, 14"),
    ("report", changed("Ghi chú: hạng bằng", size=10), "note “Ghi chú: hạng bằng nhau thì hạng kế tiếp” has the sizes 10, 12"),
    ("report", changed("TM. KHỐI THI ĐUA", face=PLAIN), "signing authority “TM. KHỐI THI ĐUA” is not bold"),
    ("report", changed("Nguyễn Văn Ẩn", size=12), "name of the signer “Nguyễn Văn Ẩn” has the sizes 12"),
    ("report", changed("Nơi nhận:", size=14), "nơi nhận “Nơi nhận:” has the sizes 14, not 12 to 12"),
    ("report", changed("Nơi nhận:", face=BOLD), "nơi nhận “Nơi nhận:” is not italic"),
    ("report", changed("- Lưu: VT, TĐKT.", size=12), "recipient “- Lưu: VT, TĐKT.” has the sizes 12, not 11 to 11"),
    ("report", changed("Phụ lục II", face=PLAIN), "appendix “Phụ lục II” is not bold"),
    ("report", changed("(Kèm theo Báo cáo", face=PLAIN), "reference of the appendix “(Kèm theo Báo cáo số 05/BC-STP)” is not italic"),
    ("report", changed("I. KẾT QUẢ", black=False), "mục heading “I. KẾT QUẢ” is not black"),
    ("report", changed("Chỉ tiêu phát triển", size=8), "“C” on page 1 is smaller than 9"),
    ("report", changed("Chỉ tiêu phát triển", size=14), "“C” on page 1 is larger than 13 and belongs to no element"),
    ("report", changed("Chỉ tiêu phát triển", face="DejaVuSans"), "DejaVuSans is not Times New Roman or its equal"),
    # places
    ("report", changed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", dx=-230), "quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” is not at the right"),
    ("report", changed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", dy=12), "quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” is not level with"),
    ("report", changed("Độc lập - Tự do - Hạnh phúc", dx=4), "tiêu ngữ “Độc lập - Tự do - Hạnh phúc” is not centred under the quốc hiệu"),
    ("report", changed("SỞ TƯ PHÁP", dx=9), "cơ quan ban hành “SỞ TƯ PHÁP” is not centred with the other issuers"),
    ("report", changed("Số: 05/BC-STP", dx=-9), "số, ký hiệu “Số: 05/BC-STP” is not centred under the issuer"),
    ("report", changed("Cao Bằng, ngày 05 tháng 01 năm 2019", dx=9), "is not centred under the tiêu ngữ"),
    ("report", changed("Cao Bằng, ngày 05 tháng 01 năm 2019", dy=9), "is not level with số, ký hiệu"),
    ("letter", changed("V/v tham gia ý kiến dự thảo", dx=9), "is not centred under the number"),
    ("report", changed("BÁO CÁO", dx=-30), "tên loại “BÁO CÁO” is not centred between the margins"),
    ("letter", changed("- Công an tỉnh;", dx=9), "names of a list do not begin under each other"),
    ("letter", changed("- Công an tỉnh;", dy=-30), "kính gửi “- Công an tỉnh;” is not below kính gửi “- Thanh tra tỉnh;”"),
    ("report", changed("Bảng 1. Điểm từng tiêu chí", dx=-30), "caption “Bảng 1. Điểm từng tiêu chí” is not centred"),
    ("report", changed("Nơi nhận:", dy=20), "is not level with nơi nhận"),
    ("report", changed("TM. KHỐI THI ĐUA", dx=-150), "signing authority “TM. KHỐI THI ĐUA” is not at the right"),
    ("report", changed("Nguyễn Văn Ẩn", dx=9), "name of the signer “Nguyễn Văn Ẩn” is not centred with its signature"),
    ("report", changed("Nguyễn Văn Ẩn", dy=-30), "leaves no clean room for signature and seal"),
    ("minutes", changed("CHỦ TỌA", dx=-260), "CHỦ TỌA"),
    ("report", changed("Phụ lục II", dx=9), "appendix “Phụ lục II” is not centred between the margins"),
    # missing words
    ("report", lambda found: found.without("1. Nhận xét chung"), "khoản heading “1. Nhận xét chung” is not printed"),
    ("report", lambda found: found.without("Độc lập - Tự do - Hạnh phúc"), "tiêu ngữ “Độc lập - Tự do - Hạnh phúc” is not printed on page 1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wrong", "complaint"), FAULTS)
def test_a_fault_of_an_element_is_told(name: str, wrong: Wrong, complaint: str) -> None:
    document = every_paper()[name]
    found = complaints(wrong(printed(name)), document)
    assert any(complaint in sentence for sentence in found), found


class TestRules:
    def rule_under(self, found: Printed, words: str) -> Box:
        start, _ = span(found.glyphs, words)
        glyph = found.glyphs[start]
        return min(
            (b for b in found.boxes if b.level and b.page == glyph.page and b.top > glyph.base),
            key=lambda b: (b.top - glyph.base, abs(b.x0 - glyph.x0)),
        )

    def with_rule(self, words: str, *pieces: Box | float) -> Wrong:
        """The rule under the words made longer at both ends by a length, or none."""

        def wrong(found: Printed) -> Printed:
            rule = self.rule_under(found, words)
            others = tuple(box for box in found.boxes if box != rule)
            longer = tuple(
                replace(rule, x0=rule.x0 - more, x1=rule.x1 + more)
                for more in pieces
                if isinstance(more, float)
            )
            return replace(found, boxes=others + longer)

        return wrong

    def test_a_rule_that_is_missing_is_told(self) -> None:
        wrong = self.with_rule("Độc lập - Tự do - Hạnh phúc")
        assert "There is no rule under tiêu ngữ" in told("letter", wrong)

    def test_a_rule_under_the_motto_longer_than_its_text_is_told(self) -> None:
        wrong = self.with_rule("Độc lập - Tự do - Hạnh phúc", 10.0)
        assert "The rule under tiêu ngữ" in told("letter", wrong)

    def test_a_rule_under_the_subject_longer_than_half_of_it_is_told(self) -> None:
        wrong = self.with_rule("Họp thống nhất điểm", 30.0)
        assert "of the text, not 0.33 to 0.50" in told("minutes", wrong)

    def test_a_rule_beside_its_text_is_told(self) -> None:
        def wrong(found: Printed) -> Printed:
            rule = self.rule_under(found, "Họp thống nhất điểm")
            others = tuple(box for box in found.boxes if box != rule)
            return replace(found, boxes=(*others, replace(rule, x0=rule.x0 - 20, x1=rule.x1 - 20)))

        assert "is not centred" in told("minutes", wrong)


class TestPages:
    def judged(self, document: Document) -> list[str]:
        return complaints(pdf.render(document), document)

    def test_margins_other_than_the_decree_asks_are_told(self) -> None:
        narrow = replace(letter(), page=Page(left_mm=20, right_mm=10, top_mm=10))
        found = complaints(pdf.render(narrow), letter())
        assert any("outside the margins" in sentence for sentence in found)

    def test_ink_of_tables_and_pictures_outside_the_margins_is_told(self) -> None:
        def wrong(found: Printed) -> Printed:
            return replace(found, boxes=(*found.boxes, Box(0, 20, 90, 300, 400)))

        assert told("letter", wrong) == "A line or picture on page 1 stands outside the margins."

    def test_a_sheet_that_no_office_has_is_told(self) -> None:
        def wrong(found: Printed) -> Printed:
            return replace(found, sizes=((612.0, 792.0),))

        found = complaints(wrong(printed("letter")), letter())
        assert "Page 1 is 216 × 279 mm." in found

    def test_a_page_number_on_page_1_is_told(self) -> None:
        def wrong(found: Printed) -> Printed:
            start, stop = span([g for g in found.glyphs if g.page == 1], "2")
            number = [g for g in found.glyphs if g.page == 1][start:stop]
            return replace(found, glyphs=(*(replace(g, page=0) for g in number), *found.glyphs))

        assert "“2” stands in the margin of page 1" in told("report", wrong)

    @pytest.mark.parametrize(
        ("how", "complaint"),
        [
            ({"size": 11}, "page number “2” has the sizes 11, not 13 to 14"),
            ({"dx": 60}, "page number “2” is not centred between the margins"),
            ({"dy": 780}, "page number “2” is not in the top margin"),
            ({"text": "7"}, "“7” stands in the margin of page 2"),
        ],
    )
    def test_a_page_number_of_another_size_place_or_count_is_told(
        self, how: dict[str, Any], complaint: str
    ) -> None:
        def wrong(found: Printed) -> Printed:
            at = next(
                n
                for n, g in enumerate(found.glyphs)
                if g.page == 1 and g.base < 20 * MM and g.text == "2"
            )
            glyph = found.glyphs[at]
            dx, dy = how.get("dx", 0), how.get("dy", 0)
            rest = {key: value for key, value in how.items() if key not in ("dx", "dy")}
            moved = replace(glyph, x0=glyph.x0 + dx, x1=glyph.x1 + dx, base=glyph.base + dy, **rest)
            return replace(found, glyphs=(*found.glyphs[:at], moved, *found.glyphs[at + 1 :]))

        found = complaints(wrong(printed("report")), report())
        assert any(complaint in sentence for sentence in found), found

    def test_a_draft_without_its_mark_and_a_code_that_is_missing_are_told(self) -> None:
        settled = replace(report(), draft=None, binding=None)
        found = complaints(pdf.render(settled), report())
        assert "“DỰTHẢO” is missing in the margin of page 1." in found
        assert any(sentence.startswith("“Mãnộidung:") for sentence in found)

    def test_a_face_that_is_not_embedded_is_told(self) -> None:
        def wrong(found: Printed) -> Printed:
            return replace(found, foreign=("/Helvetica",))

        assert told("letter", wrong) == "/Helvetica is not embedded."

    def test_an_appendix_that_does_not_begin_on_its_own_page_is_told(self) -> None:
        appendix = Appendix("Phụ lục I", "DANH SÁCH", "", (Paragraph(plain_line(LONG)),))
        whole = replace(letter(), appendices=(appendix,))
        blocks = (
            *letter().blocks,
            Heading("Phụ lục I", level=0),
            Heading("DANH SÁCH", level=0),
            Paragraph(plain_line(LONG)),
        )
        assert self.judged(whole) == []
        found = complaints(pdf.render(replace(letter(), blocks=blocks, closing=None)), whole)
        assert any("does not begin on a page of its own" in sentence for sentence in found)

    def test_a_table_that_goes_on_without_its_head_is_told(self) -> None:
        document = replace(letter(), blocks=(long_table(30),))
        whole = read(pdf.render(document))
        assert complaints(whole, document) == []
        headless = replace(
            whole,
            glyphs=tuple(g for g in whole.glyphs if g.page == 0 or g.face != BOLD or g.size > 13),
        )
        assert any(
            "and not with the head of its table" in sentence
            for sentence in complaints(headless, document)
        )


class TestParagraphs:
    def moved_line(self, place: int, dx: float) -> Wrong:
        """A line of the first paragraph of the letter moved to one side."""

        def wrong(found: Printed) -> Printed:
            start, stop = span(found.glyphs, LONG)
            line = lines(found.glyphs[start:stop])[place]
            return replace(
                found,
                glyphs=tuple(
                    replace(g, x0=g.x0 + dx, x1=g.x1 + dx) if g in line else g for g in found.glyphs
                ),
            )

        return wrong

    def test_another_first_line_indent_is_told(self) -> None:
        assert "begins 8.5 mm from the margin" in told("letter", self.moved_line(0, -4.2 * MM))

    def test_a_line_that_does_not_begin_at_the_margin_is_told(self) -> None:
        assert "lines that do not begin at the margin" in told("letter", self.moved_line(1, 6))

    def test_words_that_are_not_justified_are_told(self) -> None:
        def wrong(found: Printed) -> Printed:
            start, stop = span(found.glyphs, LONG)
            last = lines(found.glyphs[start:stop])[1][-1]
            return replace(
                found,
                glyphs=tuple(replace(g, x1=g.x1 - 12) if g == last else g for g in found.glyphs),
            )

        assert "is not justified" in told("letter", wrong)

    def test_lines_too_close_and_paragraphs_too_close_are_told(self) -> None:
        def wrong(found: Printed) -> Printed:
            start, stop = span(found.glyphs, LONG)
            line = lines(found.glyphs[start:stop])[1]
            return replace(
                found,
                glyphs=tuple(replace(g, base=g.base - 6) if g in line else g for g in found.glyphs),
            )

        assert "of their size apart" in told("letter", wrong)
        second = changed(f"Đề nghị các đơn vị gửi ý kiến trước ngày 30/4/2019. {LONG}/.", dy=-5)
        assert "less than 6 pt under the paragraph above" in told("letter", second)


class TestWording:
    def test_a_number_without_its_zero_and_a_date_without_its_comma_are_told(self) -> None:
        head = letter().letterhead
        assert head is not None
        for wrong, complaint in (
            (replace(head, number="Số: 5/STP-VP"), "is not written “Số: 05/BC-SNV”"),
            (
                replace(head, place_and_date="Cao Bằng ngày 5 tháng 04 năm 2019"),
                "is not written “Cao",
            ),
            (replace(head, issuer=("Sở Tư pháp",)), "is not in capitals"),
        ):
            document = replace(letter(), letterhead=wrong)
            found = complaints(pdf.render(document), document)
            assert any(complaint in sentence for sentence in found), found

    def test_a_list_of_recipients_without_its_marks_is_told(self) -> None:
        closing = Closing((Signature(("GIÁM ĐỐC",), "Trần Văn C"),), ("Như trên", "- Lưu: VT."))
        document = replace(letter(), closing=closing)
        found = complaints(pdf.render(document), document)
        assert found == ["recipient “Như trên” is not written “- …;”."]

    def test_an_element_that_stands_too_early_is_told(self) -> None:
        first, second = (Paragraph(plain_line(f"{LONG} {n}")) for n in ("Một.", "Hai."))
        document = replace(minutes(), blocks=(first, second))
        turned = replace(minutes(), blocks=(second, first))
        found = complaints(pdf.render(turned), document)
        assert any("stands too early" in sentence for sentence in found), found
