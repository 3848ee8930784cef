"""The papers of the start of a year: what they state is what the rules and the records say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.conference import Activity
from app.domain.papers import Wording
from app.domain.year import (
    CriteriaTable,
    Deadline,
    DeadlineException,
    Registration,
    TableState,
    Target,
)
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData, YearBook
from app.reports.papers.shelf import paper_of
from tests.app.reports.papers.other_years import year_of
from tests.app.reports.papers.reading import made, reasons, sentences, table

BG = "bac-giang-2022-vi-du"
CD = "chuyen-de-2023-vi-du"
FRAME = "bac-giang-2022"


def with_book(data: PaperData, **changes: object) -> PaperData:
    return replace(data, book=replace(data.book, **changes))  # type: ignore[arg-type]


def dated(data: PaperData, day: str) -> PaperData:
    return replace(data, answers={("cong_van_don_doc", "", "ngày văn bản"): day})


class TestThePlan:
    """Duties with their days: “trước ngày 31/3 … trước ngày 31/10 hằng năm” (BG, I.2.1)."""

    @pytest.mark.parametrize(
        ("block", "day"),
        [
            ("A", "Trước ngày 31/03/2022, tức hết ngày 30/03/2022"),
            ("truong_so", "Trước ngày 31/10/2022, tức hết ngày 30/10/2022"),
        ],
    )
    def test_says_the_day_of_the_rule_for_the_kind_of_cluster(self, block: str, day: str) -> None:
        rows = table(made("ke_hoach_hoat_dong", year_of([BG], block)).blocks, "Nhiệm vụ")
        days = {row[1]: row[2] for row in rows if len(row) == 5}
        (registering,) = (title for title in days if title.startswith("Đăng ký tham gia thi đua"))
        assert days[registering] == day

    def test_says_a_day_that_was_set_beside_the_day_of_the_rule(self) -> None:
        book = YearBook(deadlines=(Deadline("dang_ky", dt.date(2022, 3, 15)),))
        rows = table(made("ke_hoach_hoat_dong", year_of([BG], "A", book=book)).blocks, "Nhiệm vụ")
        (day,) = (row[2] for row in rows if len(row) == 5 and row[1].startswith("Đăng ký tham"))
        assert day == (
            "Hết ngày 15/03/2022 (quy định: trước ngày 31/03/2022, tức hết ngày 30/03/2022)"
        )

    def test_names_each_holder_in_the_words_of_the_pack(self) -> None:
        rows = table(made("ke_hoach_hoat_dong", year_of([CD], year=2023)).blocks, "Nhiệm vụ")
        assert [row[0] for row in rows if len(row) == 1] == [
            "Cụm trưởng (Đơn vị A)",
            "Các đơn vị thành viên",
        ]

    def test_shows_the_activities_of_this_cluster_alone(self, sample: PaperData) -> None:
        strange = Activity("x", "movement", "Phong trào của khối khác", cluster="k9")
        data = with_book(sample, activities=(*sample.book.activities, strange))
        rows = table(made("ke_hoach_hoat_dong", data).blocks, "Hình thức")
        assert [row[1] for row in rows] == [
            "Cải cách hành chính, phục vụ nhân dân",
            "Tặng nhà tình nghĩa tại huyện Hà Quảng",
            "Đội hòa giải phường Sông Hiến",
        ]

    def test_holds_the_duties_of_a_pack_laid_over(self) -> None:
        data = year_of(["cao-bang-2018-vi-du", "bac-kan-2023"], "noi_chinh", year=2023)
        rows = table(made("ke_hoach_hoat_dong", data).blocks, "Nhiệm vụ")
        titles = [row[1] for row in rows if len(row) == 5]
        assert "Xây dựng thang điểm phù hợp và quy chế cụ thể của cụm, khối" in titles


class TestAskingTheStandingAgency:
    """BG asks for consent, CB for an opinion, the lecture says nothing."""

    def test_for_consent_where_the_text_wants_it(self) -> None:
        paper = made("cong_van_xin_y_kien", year_of([BG], "A"))
        assert paper.letterhead is not None
        assert paper.letterhead.about[0].startswith("V/v đề nghị nhất trí về dự thảo")
        words = sentences(paper.blocks)
        assert "nhất trí trước khi ban hành bảng chấm điểm cụm, khối thi đua”." in words[0]
        assert any("xem xét, cho ý kiến nhất trí để cụm" in line for line in words)

    def test_for_an_opinion_where_the_text_wants_no_more(self, sample: PaperData) -> None:
        words = sentences(made("cong_van_xin_y_kien", sample).blocks)
        assert "tham gia ý kiến trước khi ban hành”." in words[0]
        assert not any("nhất trí" in line for line in words)

    def test_without_a_clause_where_the_text_is_silent(self) -> None:
        words = sentences(made("cong_van_xin_y_kien", year_of([CD], year=2023)).blocks)
        assert words[0].startswith("Cụm thi đua số 1 đã xây dựng dự thảo")

    def test_leaves_room_for_a_sign_that_nobody_gave(self) -> None:
        paper = made("cong_van_xin_y_kien", year_of([BG], "A"))
        assert paper.letterhead is not None
        assert paper.letterhead.number.split() == ["Số:", "/…"]

    def test_attaches_the_differences_only_where_there_is_a_frame(self) -> None:
        bare, framed = year_of([BG], "A"), year_of([BG], "A", frame=FRAME)
        assert [a.label for a in made("cong_van_xin_y_kien", bare).appendices] == ["Phụ lục I"]
        assert len(made("cong_van_xin_y_kien", framed).appendices) == 2


class TestTheTable:
    def test_has_every_row_of_the_pack_with_its_maximum(self, sample: PaperData) -> None:
        rows = table(made("bang_tieu_chi", sample).blocks, "Cách chấm")
        assert len(rows) == 52
        tops = {row[0]: row[2] for row in rows if row[0] in ("I", "II", "III", "IV")}
        assert tops == {"I": "730", "II": "150", "III": "100", "IV": "20"}

    def test_says_who_alone_scores_a_row(self, sample: PaperData) -> None:
        rows = table(made("bang_tieu_chi", sample).blocks, "Người chấm")
        (row,) = (row for row in rows if row[1] == "Báo cáo đúng hạn, đủ nội dung")
        assert row[4] == "Ban Thi đua - Khen thưởng, Sở Nội vụ"
        (row,) = (row for row in rows if row[1] == "Tiết kiệm kinh phí so với chỉ tiêu được giao")
        assert row[4] == "Theo các vòng"

    def test_holds_the_rows_of_its_own_kind_of_cluster_alone(self) -> None:
        for block, count in (("A", 19), ("B", 12), ("C", 10), ("D", 10)):
            rows = table(made("bang_tieu_chi", year_of([BG], block)).blocks, "Cách chấm")
            labels = {row[0] for row in rows}
            given = {label for label in labels if label.startswith(f"{block}.")}
            assert len({label.split(".")[1] for label in given}) == count
            assert not any(label.startswith(other) for other in "ABCD" if other != block
                           for label in labels)  # fmt: skip

    @pytest.mark.parametrize(
        ("state", "told"),
        [
            (TableState.DRAFT, True),
            (TableState.CONSULTED, True),
            (TableState.ISSUED, False),
        ],
    )
    def test_is_a_draft_until_it_is_issued(
        self, sample: PaperData, state: TableState, told: bool
    ) -> None:
        data = with_book(sample, table=CriteriaTable("b", 1, "Bảng", {}, "", state))
        why = reasons(made("bang_tieu_chi", data))
        assert ("Bảng tiêu chí chưa ban hành." in why) is told
        assert len(subjects_of(paper_of("bang_tieu_chi_du_thao"), data)) == int(told)

    def test_tells_what_was_not_chosen_yet(self, sample: PaperData) -> None:
        assert reasons(made("bang_tieu_chi", sample)) == (
            "Chưa chọn cách xử lý: Kế hoạch được giao bằng 0 hoặc âm.",
            "Chưa chọn cách xử lý: Đơn vị chưa xét thi đua đứng ở vị trí được khen.",
        )


class TestTheDraftAgainstTheFrame:
    """“không vượt quá 30% số tiêu chí đã quy định”: 30 % of 19, 9 and 7 rows, rounded down."""

    def test_counts_what_was_added_against_the_limit(self) -> None:
        rows = table(made("bang_tieu_chi_du_thao", year_of([BG], "A", frame=FRAME)).blocks,
                     "Được bổ sung nhiều nhất")  # fmt: skip
        assert [row[:4] for row in rows] == [
            ["I.A", "19", "0", "5"],
            ["II", "9", "0", "2"],
            ["III", "7", "0", "2"],
        ]

    @pytest.mark.parametrize(("count", "verdict"), [(2, "Trong giới hạn"), (3, "Vượt giới hạn")])
    def test_says_where_too_many_were_added(self, count: int, verdict: str) -> None:
        more = [
            {"code": f"II.bs{n}", "title": f"Tiêu chí thêm {n}", "max": 1, "added": True,
             "method": {"kind": "direct"}}
            for n in range(count)
        ]  # fmt: skip
        paper = made("bang_tieu_chi_du_thao", year_of([BG], "A", frame=FRAME, more=more))
        limits = table(paper.blocks, "Được bổ sung nhiều nhất")
        assert limits[1] == ["II", "9", str(count), "2", verdict]
        added = [row for row in table(paper.blocks, "Dự thảo") if row[-1] == "Bổ sung"]
        assert [row[1:4] for row in added] == [
            [f"Tiêu chí thêm {n}", "", "1"] for n in range(count)
        ]

    def test_shows_the_split_of_a_row_of_the_frame(self, sample: PaperData) -> None:
        rows = table(made("bang_tieu_chi_du_thao", sample).blocks, "Dự thảo")
        saving = [row for row in rows if row[0] in ("1.1", "1.2", "1.3", "1.4")][:4]
        assert [row[2:] for row in saving] == [
            ["", "8", "Cụ thể hóa"],
            ["", "10", "Cụ thể hóa"],
            ["", "7", "Cụ thể hóa"],
            ["", "5", "Cụ thể hóa"],
        ]

    def test_says_that_there_is_nothing_to_compare_with(self) -> None:
        words = sentences(made("bang_tieu_chi_du_thao", year_of([BG], "A")).blocks)
        assert any("không có phần so sánh với khung điểm" in line for line in words)

    def test_is_always_a_draft(self) -> None:
        why = reasons(made("bang_tieu_chi_du_thao", year_of([BG], "A")))
        assert why[0] == "Bảng tiêu chí đang lấy ý kiến, chưa ban hành."


class TestTheRegulation:
    def article(self, data: PaperData, title: str) -> list[str]:
        words = sentences(made("quy_che_cham_diem", data).blocks)
        start = next(place for place, line in enumerate(words) if line.endswith(title)) + 1
        end = next(
            place
            for place in range(start, len(words))
            if words[place].startswith(("Điều ", "Chương "))
        )
        return words[start:end]

    def test_says_the_awards_of_cao_bang(self, sample: PaperData) -> None:
        """“01 đơn vị … đạt từ 900 điểm trở lên”; “850 điểm trở lên”, besides that unit."""
        flag, merit, _ = self.article(sample, "Hình thức khen thưởng và điều kiện")
        assert ": 01 đơn vị; yêu cầu tổng điểm từ 900 trở lên; " in flag
        assert ": tất cả các đơn vị đủ điều kiện; yêu cầu tổng điểm từ 850 trở lên; " in merit
        assert "không đề nghị đơn vị đã được đề nghị Cờ thi đua" in merit

    def test_says_the_ranks_of_the_lecture_by_size_and_that_it_is_no_basis(self) -> None:
        data = year_of([CD], year=2023)
        awards = self.article(data, "Hình thức khen thưởng và điều kiện")
        assert "số đơn vị tham gia từ 7 trở xuống: đơn vị hạng 2" in awards[2]
        assert "(*)" in awards[2]
        notes = sentences(made("quy_che_cham_diem", data).blocks)
        assert any(line.startswith("(*) Không dùng làm căn cứ: Chuyên đề") for line in notes)

    def test_says_the_bounds_of_bonus_and_deductions(self) -> None:
        data = year_of([BG], "A")
        bonus = self.article(data, "Điểm thưởng")
        assert "không quá 10 % điểm tối đa của tiêu chí đó; tổng cộng không quá 30" in bonus[0]
        assert bonus[4].startswith("5. Tổng điểm thưởng của một đơn vị không quá 50 điểm")
        late = self.article(data, "Điểm trừ")[0]
        assert ": trừ 10 điểm cho mỗi trường hợp, không quá 10 điểm; chỉ đối với Trưởng cụm" in late

    def test_names_every_bar_and_hold_with_its_clause(self, sample: PaperData) -> None:
        assert len(self.article(sample, "Trường hợp không xét")) == 7
        assert len(self.article(sample, "Trường hợp chưa xét")) == 1
        held = self.article(year_of([BG], "A"), "Trường hợp chưa xét")
        assert [line[:2] for line in held] == ["1.", "2."]
        assert all(line.endswith("(Phần II, điểm 2.5.b, Hướng dẫn …/HD-UBND).") for line in held)

    def test_says_classes_where_there_are_any(self) -> None:
        lines = self.article(year_of(["teaching/day-xep-loai"]), "Xếp loại")
        assert lines[2].startswith(
            "3. Hoàn thành: tỷ lệ tổng điểm trên điểm tối đa của đơn vị từ 50 % trở lên"
        )
        assert self.article(year_of([BG], "A"), "Xếp loại") == [
            "Quy chế này không xếp loại đơn vị."
        ]

    def test_says_what_is_left_open_and_what_was_chosen(self, sample: PaperData) -> None:
        rows = table(made("quy_che_cham_diem", sample).appendices[1].blocks, "Lựa chọn")
        chosen = {row[1]: row[2] for row in rows}
        assert chosen["Kế hoạch được giao bằng 0 hoặc âm"] == "Chưa chọn"
        assert chosen["Mốc 900 và 850 điểm xét trên tổng nào"].startswith(
            "Tính tất cả: tổng gồm cả điểm thưởng"
        )
        assert chosen["Bỏ phiếu kín"] == "Có"


class TestTheDecision:
    def test_attaches_the_regulation_in_the_officers_own_words(self, sample: PaperData) -> None:
        own = Wording("quy_che_cham_diem", "Chấm điểm", "", "Điều duy nhất: «điểm trừ không có».")
        shipped = made("quyet_dinh_ban_hanh", sample)
        assert [a.label for a in shipped.appendices] == ["QUY CHẾ", "Phụ lục I", "Phụ lục II"]
        data = replace(sample, wordings={"quy_che_cham_diem": own})
        changed = made("quyet_dinh_ban_hanh", data).appendices[0]
        assert changed.title == "CHẤM ĐIỂM"
        assert sentences(changed.blocks) == ["Điều duy nhất: «điểm trừ không có»."]

    def test_waits_for_opinions_on_the_table(self, sample: PaperData) -> None:
        for state, asked in ((TableState.DRAFT, False), (TableState.CONSULTED, True)):
            data = with_book(sample, table=CriteriaTable("b", 1, "Bảng", {}, "", state))
            why = reasons(made("quyet_dinh_ban_hanh", data))
            assert ("Bảng tiêu chí chưa được gửi lấy ý kiến." in why) is not asked


class TestTheRegistration:
    def test_has_the_headings_of_the_form(self, sample: PaperData) -> None:
        """BG, Phụ lục 01, word for word but for the year."""
        paper = made("dang_ky_thi_dua", sample, "tu_phap")
        assert paper.kind == "ĐĂNG KÝ THAM GIA THI ĐUA NĂM 2019"
        words = sentences(paper.blocks)
        assert "I. MỤC TIÊU" in words
        assert "II. CÁC CHỈ TIÊU THI ĐUA CHỦ YẾU NĂM 2019" in words
        assert "1. Chỉ tiêu thực hiện nhiệm vụ trọng tâm, nhiệm vụ chính trị" in words
        assert "2. Chỉ tiêu khác (nếu có)" in words
        assert paper.closing is not None
        assert paper.closing.signatures[0].authority == ("THỦ TRƯỞNG ĐƠN VỊ",)

    def test_shows_the_units_own_criteria_and_targets_alone(self, sample: PaperData) -> None:
        paper = made("dang_ky_thi_dua", sample, "cong_an")
        own = table(paper.blocks, "Tiêu chí thi đua đăng ký")
        assert own[-1] == ["", "Cộng", "680", ""]
        assert len(own) == 6
        targets = table(paper.blocks, "Chỉ tiêu thi đua")
        assert targets == [["1", "Tỷ lệ điều tra, khám phá án", "%", "90", ""]]

    def test_leaves_room_where_nothing_is_known_and_never_says_zero(self) -> None:
        words = sentences(made("dang_ky_thi_dua", year_of([BG], "A"), "c").blocks)
        assert sum(set(line) <= {"…", "."} for line in words) == 2
        book = YearBook(targets=(Target("c", "1", "Thu ngân sách", "I.A.1"),))
        rows = table(made("dang_ky_thi_dua", year_of([BG], "A", book=book), "c").blocks,
                     "Chỉ tiêu thi đua")  # fmt: skip
        assert rows == [["1", "Thu ngân sách", "", "…………", ""]]

    def test_cites_no_lecture_as_the_text_of_the_province(self) -> None:
        words = sentences(made("dang_ky_thi_dua", year_of([CD], year=2023), "c").blocks)
        assert words[1].startswith("Thực hiện ")
        assert not words[1].startswith("Thực hiện Chuyên đề")


class TestThePledge:
    def test_every_unit_signs_once_also_where_they_are_odd(self, sample: PaperData) -> None:
        names = [unit.name for unit in sample.units]
        for data, units in ((sample, names), (year_of([BG], "A"), ["A", "B", "C"])):
            rows = table(made("ban_giao_uoc", data).blocks, "Đơn vị ký giao ước")
            signed = [cell.split("\n")[0] for row in rows for cell in row if cell]
            assert [name.removeprefix("Đơn vị ") for name in signed] == units

    def test_bonus_is_not_pledged(self, sample: PaperData) -> None:
        words = sentences(made("ban_giao_uoc", sample).blocks)
        assert "- Thực hiện nhiệm vụ chính trị được giao;" in words
        assert not any("Điểm thưởng" in line for line in words)


class TestTheReminder:
    """The registration of one unit never reached the department; the last day was 28/02/2019."""

    def rows(self, data: PaperData) -> list[list[str]]:
        return table(made("cong_van_don_doc", data).blocks, "Việc chưa hoàn thành")

    def test_names_who_has_not_done_what_and_how_long_it_is_late(self, sample: PaperData) -> None:
        assert self.rows(dated(sample, "2019-03-05")) == [
            [
                "Thanh tra tỉnh",
                "Đăng ký tiêu chí thi đua với khối ngay từ đầu năm",
                "Hết ngày 28/02/2019",
                "Quá hạn 5 ngày",
            ]
        ]
        words = sentences(made("cong_van_don_doc", dated(sample, "2019-03-05")).blocks)
        assert "Đến ngày 05/03/2019, còn 01 đơn vị có việc chưa hoàn thành" in words[0]

    @pytest.mark.parametrize(
        ("day", "standing"),
        [("2019-02-27", "Chưa đến hạn"), ("2019-02-28", "Đến hạn trong ngày"),
         ("2019-03-01", "Quá hạn 1 ngày"), ("", "Chưa hoàn thành")],
    )  # fmt: skip
    def test_counts_days_by_the_date_of_the_letter(
        self, sample: PaperData, day: str, standing: str
    ) -> None:
        assert self.rows(dated(sample, day))[0][3] == standing

    def test_says_a_day_that_was_put_off(self, sample: PaperData) -> None:
        until = DeadlineException(
            "dang_ky_tieu_chi", "thanh_tra", dt.date(2019, 3, 10), "kiện toàn lãnh đạo"
        )
        data = dated(with_book(sample, deadline_exceptions=(until,)), "2019-03-05")
        assert self.rows(data)[0][2:] == [
            "Hết ngày 10/03/2019 (được gia hạn: kiện toàn lãnh đạo)",
            "Chưa đến hạn",
        ]

    def test_asks_for_a_round_with_a_day_of_its_own(self, sample: PaperData) -> None:
        data = with_book(
            sample,
            round_states=tuple(s for s in sample.book.round_states if s.unit != "toa_an"),
            deadlines=(Deadline("self", dt.date(2019, 11, 20)),),
        )
        rows = self.rows(dated(data, "2019-11-25"))
        assert ["Tòa án nhân dân tỉnh", "Nộp vòng “Tự chấm điểm”", "Hết ngày 20/11/2019",
                "Quá hạn 5 ngày"] in rows  # fmt: skip

    def test_reminds_nobody_of_self_scores_before_the_years_end(self) -> None:
        data = year_of([BG], "A")
        titles = {row[1] for row in self.rows(dated(data, "2022-04-05"))}
        assert not any("tự chấm điểm" in title for title in titles)
        titles = {row[1] for row in self.rows(dated(data, "2023-01-05"))}
        assert any("tự chấm điểm" in title for title in titles)

    def test_to_nobody_is_a_draft_that_says_so(self, sample: PaperData) -> None:
        day = dt.date(2019, 2, 20)
        late = Registration("thanh_tra", "registration", "06/ĐK", "", day, day, day)
        others = [r for r in sample.book.registrations if r.unit != "thanh_tra"]
        data = with_book(sample, registrations=(*others, late))
        paper = made("cong_van_don_doc", data)
        assert reasons(paper) == ("Không có đơn vị nào còn việc phải đôn đốc.",)
