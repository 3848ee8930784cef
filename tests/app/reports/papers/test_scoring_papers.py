"""The papers of scoring say what the rounds say, leave blank what is blank, and hide nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.snapshot import Entry, EntryState, GivenTotal
from app.domain.year import Evidence, EvidenceLink, Explanation, RoundStage, RoundState
from app.reports import layout
from app.reports.document import RowKind, Sheet, Table
from app.reports.papers.data import PaperData
from tests.app.reports.papers.paper_figures import (
    changed,
    paper,
    reasons,
    row,
    subjects,
    table,
    words,
)

FIGURES = "Số liệu, kết quả thực hiện"


def with_entries(data: PaperData, change: Callable[[Entry], Entry | None]) -> PaperData:
    facts = data.assessment.snapshot
    found = (change(entry) for entry in facts.entries)
    return changed(data, replace(facts, entries=tuple(e for e in found if e is not None)))


def cell_of(data: PaperData, unit: str, code: str, **values: object) -> PaperData:
    """The same year with another self entry of one cell, and no later one."""
    facts = data.assessment.snapshot
    kept = tuple(e for e in facts.entries if (e.unit, e.criterion) != (unit, code))
    made = Entry(unit, code, "self", **values)  # type: ignore[arg-type]
    return changed(data, replace(facts, entries=(*kept, made)))


def with_substitute(data: PaperData) -> PaperData:
    """The department finds that Sở Tư pháp is outside the index and scores the substitute."""
    facts = data.assessment.snapshot
    key = ("tu_phap", "I.2", "department")
    kept = tuple(e for e in facts.entries if (e.unit, e.criterion, e.round) != key)
    outside = Entry(*key, state=EntryState.NOT_ASSIGNED, reason="Không thuộc diện đánh giá")
    instead = Entry("tu_phap", "I.2tt", "department", points=Fraction(40), reason="Chấm thay")
    return changed(data, replace(facts, entries=(*kept, outside, instead)))


class TestTheSelfScoreSheet:
    def test_has_the_points_that_the_units_own_figures_give(self, sample: PaperData) -> None:
        rows = table(paper(sample, "phieu_tu_cham", "tu_phap").blocks, FIGURES)
        # 66 of 68 tasks of 170 points; 4116 of 4200 files of 140; 240 of 250 cases of 120
        assert row(rows, "Thẩm định văn bản quy phạm pháp luật đúng hạn")[4] == "165,0"
        assert row(rows, "Hồ sơ hộ tịch, lý lịch tư pháp giải quyết đúng hạn")[4] == "137,2"
        assert row(rows, "Trợ giúp pháp lý: số vụ việc tham gia tố tụng")[4] == "115,2"

    def test_adds_up_what_the_unit_claimed_not_what_was_agreed(self, sample: PaperData) -> None:
        sheet = paper(sample, "phieu_tu_cham", "tu_phap")
        # I: 165 + 150 + 137,2 + 115,2 + 100 + 45 = 712,4; II: 148,5; IV: 8 + 2
        assert row(table(sheet.blocks, FIGURES), "Tổng điểm tự chấm")[4] == "870,90"
        assert sample.assessment.units["tu_phap"].card.total == Fraction(964)
        assert any("tự chấm điểm thi đua được 870,90 điểm" in text for text in words(sheet))

    def test_leaves_the_criteria_of_another_hand_empty_and_says_whose_they_are(
        self, sample: PaperData
    ) -> None:
        rows = table(paper(sample, "phieu_tu_cham", "tu_phap").blocks, FIGURES)
        own = row(rows, "Ứng dụng công nghệ thông tin vào công tác thi đua, khen thưởng")
        assert own[3:5] == ["Do Ban Thi đua - Khen thưởng, Sở Nội vụ chấm.", ""]
        assert row(rows, "Công tác thi đua, khen thưởng (TĐKT)")[4] == ""

    def test_with_a_blank_cell_is_a_draft_and_counts_it_as_blank_not_as_zero(
        self, sample: PaperData
    ) -> None:
        gone = ("tu_phap", "I.1.2")
        data = with_entries(sample, lambda e: None if (e.unit, e.criterion) == gone else e)
        sheet = paper(data, "phieu_tu_cham", "tu_phap")
        rows = table(sheet.blocks, FIGURES)
        assert row(rows, "Phổ biến, giáo dục pháp luật: số hội nghị so với kế hoạch")[4] == "—"
        assert row(rows, "Tổng điểm tự chấm")[4] == "720,90"
        assert "Còn 01 tiêu chí chưa ghi điểm: I.1.2." in words(sheet)
        assert reasons(sheet) == ("Phiếu còn 01 tiêu chí chưa ghi điểm.",)

    @pytest.mark.parametrize(
        ("values", "mark"),
        [
            ({"points": Fraction(0)}, "0,0"),
            ({"state": EntryState.NOT_ASSIGNED}, "KG"),
            ({"state": EntryState.NOT_DONE}, "KTH"),
            ({"state": EntryState.BLANK}, "—"),
        ],
    )
    def test_tells_the_four_states_apart(
        self, sample: PaperData, values: dict[str, object], mark: str
    ) -> None:
        data = cell_of(sample, "tu_phap", "IV.1.1", **values)
        sheet = paper(data, "phieu_tu_cham", "tu_phap")
        title = "Sáng kiến, giải pháp có phạm vi ảnh hưởng trong toàn tỉnh; đề tài, dự án khoa học"
        found = [r for r in table(sheet.blocks, FIGURES) if r[1].startswith(title)]
        assert [r[4] for r in found] == [mark]
        assert bool(sheet.draft) == (mark == "—")

    def test_of_a_unit_that_sent_its_total_alone_says_so(self, sample: PaperData) -> None:
        facts = sample.assessment.snapshot
        kept = tuple(e for e in facts.entries if (e.unit, e.round) != ("tu_phap", "self"))
        sent = (GivenTotal("tu_phap", "self", Fraction(900)),)
        data = changed(sample, replace(facts, entries=kept, totals=sent))
        sheet = paper(data, "phieu_tu_cham", "tu_phap")
        assert row(table(sheet.blocks, FIGURES), "Tổng điểm tự chấm")[4] == "900,00"
        assert "Đơn vị gửi tổng điểm, không gửi điểm từng tiêu chí." in words(sheet)
        assert not sheet.draft

    def test_keeps_the_row_that_a_later_hand_put_a_substitute_for(self, sample: PaperData) -> None:
        data = with_substitute(sample)
        assert "I.2" not in data.assessment.units["tu_phap"].card.blanks
        rows = table(paper(data, "phieu_tu_cham", "tu_phap").blocks, FIGURES)
        # 90 of 100 of 50 points, as the unit wrote before the department said otherwise
        assert row(rows, "Thực hiện cải cách hành chính")[4] == "45,0"
        assert row(rows, "Tổng điểm tự chấm")[4] == "870,90"

    def test_goes_to_the_leader_and_that_of_the_leader_to_the_deputy(
        self, sample: PaperData
    ) -> None:
        sent = {u: paper(sample, "phieu_tu_cham", u).addressees for u in ("tu_phap", "cong_an")}
        assert sent == {
            "tu_phap": ("Công an tỉnh (Trưởng khối)",),
            "cong_an": ("Sở Tư pháp (Phó Trưởng khối)",),
        }

    def test_is_signed_by_the_unit(self, sample: PaperData) -> None:
        sheet = paper(sample, "phieu_tu_cham", "thanh_tra")
        assert sheet.letterhead is not None
        assert sheet.letterhead.issuer == ("THANH TRA TỈNH",)
        assert sheet.closing is not None
        assert sheet.closing.signatures[0].authority == ("THỦ TRƯỞNG ĐƠN VỊ",)


class TestTheListOfEvidence:
    def evidence(self, data: PaperData, *documents: Evidence, **codes: str) -> PaperData:
        """The same year with these documents of Sở Tư pháp, cited for a criterion by id."""
        links = tuple(
            EvidenceLink(document, "tu_phap", code, "self")
            for document, together in codes.items()
            for code in together.split()
        )
        return replace(data, book=replace(data.book, evidence=documents, evidence_links=links))

    def test_names_number_day_issuer_subject_and_place(self, sample: PaperData) -> None:
        rows = table(paper(sample, "danh_muc_tai_lieu", "tu_phap").blocks, "Trích yếu")
        assert row(rows, "125/BC-STP")[1:] == [
            "125/BC-STP",
            "05/12/2019",
            "Sở Tư pháp",
            "Báo cáo tổng kết công tác tư pháp năm 2019",
            "mục II, trang 4",
            "Không",
        ]

    def test_tells_days_outside_the_year_and_papers_used_twice(self, sample: PaperData) -> None:
        late = Evidence("a", "9/BC", dt.date(2020, 1, 5), "Sở Tư pháp", "Báo cáo", sha256="0" * 64)
        data = self.evidence(sample, late, a="I.1.1 I.1.2")
        told = words(paper(data, "danh_muc_tai_lieu", "tu_phap"))
        assert (
            "- Tài liệu 9/BC ngày 05/01/2020 nằm ngoài kỳ thi đua (01/01/2019 - 31/12/2019)."
            in told
        )
        assert "- Tài liệu 9/BC dùng cho 02 tiêu chí: I.1.1, I.1.2." in told
        rows = table(paper(data, "danh_muc_tai_lieu", "tu_phap").blocks, "Trích yếu")
        assert row(rows, "9/BC")[-1] == "Có"

    def test_tells_a_paper_that_was_written_down_twice(self, sample: PaperData) -> None:
        day = dt.date(2019, 3, 1)
        one = Evidence("a", "12/KH-STP", day, "Sở Tư pháp", "Kế hoạch", "trang 1")
        data = self.evidence(sample, one, replace(one, id="b"), a="I.1.1", b="I.1.1")
        told = words(paper(data, "danh_muc_tai_lieu", "tu_phap"))
        assert "- Tài liệu 12/KH-STP được ghi 02 lần." in told

    def test_names_the_scored_criteria_that_need_evidence_and_have_none(
        self, sample: PaperData
    ) -> None:
        blocks = paper(sample, "danh_muc_tai_lieu", "tu_phap").blocks
        rows = table(blocks, "Số tài liệu ghi trong phiếu tự chấm")
        titles = [r[1] for r in rows]
        # I.1.1 cites 125/BC-STP; II.1 as a whole cites 87/QĐ-UBND; the department scores III
        assert not [t for t in titles if t.startswith(("I.1.1.", "II.1.", "III."))]
        # all others of I.1 (slot), I.2 and II.2–II.5, IV, of which the unit gave itself points
        assert len(titles) == 4 + 1 + 4 + 3 + 3 + 3 + 2
        assert rows[0][2:] == ["150,0", "03"]

    def test_of_nothing_says_so(self, sample: PaperData) -> None:
        told = words(paper(self.evidence(sample), "danh_muc_tai_lieu", "tu_phap"))
        assert "Chưa có tài liệu nào được ghi trong danh mục." in told
        assert "Danh mục có 00 tài liệu./." in told


class TestAskingForExplanations:
    def test_goes_to_the_units_that_owe_an_answer_and_to_no_other(self, sample: PaperData) -> None:
        assert subjects(sample, "yeu_cau_giai_trinh") == ["kiem_sat"]
        assert sorted(subjects(sample, "van_ban_giai_trinh")) == ["kiem_sat", "tu_phap"]
        silent = replace(sample, book=replace(sample.book, explanations=()))
        assert subjects(silent, "yeu_cau_giai_trinh") == []

    def test_names_criterion_self_points_question_and_deadline(self, sample: PaperData) -> None:
        asked = Explanation(
            "x", "thanh_tra", "I.1.1", "department", "Vì sao?", asked=dt.date(2019, 12, 9)
        )
        book = replace(sample.book, explanations=(asked,))
        answers = {("yeu_cau_giai_trinh", "", "hạn giải trình"): "2019-12-15"}
        letter = paper(
            replace(sample, book=book, answers=answers), "yeu_cau_giai_trinh", "thanh_tra"
        )
        (line,) = table(letter.blocks, "Nội dung đề nghị giải trình")
        # 17 of 19 inspections of 200 points, as the unit itself counted: 178,947…
        assert line[1:4] == ["I.1.1. Hoàn thành kế hoạch thanh tra", "200", "178,95"]
        assert (
            line[4] == "Vì sao?\n(Vòng “Thống nhất với Ban Thi đua - Khen thưởng” ngày 09/12/2019)"
        )
        assert any("chậm nhất ngày 15/12/2019" in text for text in words(letter))
        assert letter.letterhead is not None
        assert letter.letterhead.about[0].startswith("V/v giải trình")
        assert letter.kind == ""

    def test_prints_no_self_points_where_the_department_alone_scores(
        self, sample: PaperData
    ) -> None:
        letter = paper(sample, "yeu_cau_giai_trinh", "kiem_sat")
        (line,) = table(letter.blocks, "Nội dung đề nghị giải trình")
        assert line[2:4] == ["15", ""]

    def test_the_answer_stands_beside_the_question_or_leaves_room(self, sample: PaperData) -> None:
        (told,) = table(
            paper(sample, "van_ban_giai_trinh", "tu_phap").blocks, "Nội dung giải trình"
        )
        assert told[-1].startswith("Báo cáo số 125/BC-STP, mục II, trang 4.")
        (open_one,) = table(
            paper(sample, "van_ban_giai_trinh", "kiem_sat").blocks, "Nội dung giải trình"
        )
        assert set(open_one[-1]) == {"…", "\n"}


class TestTheReviewMinutes:
    def test_set_the_clusters_points_against_the_units_with_the_reason(
        self, sample: PaperData
    ) -> None:
        rows = table(paper(sample, "bien_ban_hop_ra_soat", "h2").blocks, "Lý do")
        # 16 instead of 17 of 19 inspections of 200 points: 168,421… for 178,947…
        assert row(rows, "I.1.1. Hoàn thành kế hoạch thanh tra") == [
            "I.1.1. Hoàn thành kế hoạch thanh tra",
            *("200", "178,95", "168,42", "−10,53"),
            "01 cuộc chưa ban hành kết luận trong năm",
        ]

    def test_leave_out_what_nobody_changed_and_what_the_department_scores(
        self, sample: PaperData
    ) -> None:
        rows = table(paper(sample, "bien_ban_hop_ra_soat", "h2").blocks, "Lý do")
        changes = [r for r in rows if len(r) > 1]
        assert len(changes) == 10
        assert not [r for r in changes if r[0].startswith("III.")]

    def test_name_who_kept_all_its_own_points(self, sample: PaperData) -> None:
        data = with_entries(sample, lambda e: None if e.round == "cluster" else e)
        told = words(paper(data, "bien_ban_hop_ra_soat", "h2"))
        (kept,) = [text for text in told if text.startswith("Các đơn vị giữ nguyên")]
        assert all(unit.name in kept for unit in data.units)

    def test_are_made_with_room_to_write_where_no_meeting_was_noted(
        self, sample: PaperData
    ) -> None:
        data = replace(sample, book=replace(sample.book, conferences=()))
        assert subjects(data, "bien_ban_hop_ra_soat") == [""]
        told = words(paper(data, "bien_ban_hop_ra_soat"))
        assert "Địa điểm: …………." in told

    def test_are_a_draft_while_a_unit_is_not_sealed_or_not_scored(self, sample: PaperData) -> None:
        assert reasons(paper(sample, "bien_ban_hop_ra_soat", "h2")) == ()
        gone = ("tu_phap", "I.1.2")
        data = with_entries(sample, lambda e: None if (e.unit, e.criterion) == gone else e)
        states = tuple(
            RoundState(s.unit, s.round, RoundStage.SUBMITTED) if s.unit == "toa_an" else s
            for s in sample.book.round_states
        )
        data = replace(data, book=replace(data.book, round_states=states))
        assert reasons(paper(data, "bien_ban_hop_ra_soat", "h2")) == (
            "Còn tiêu chí chưa chấm: Sở Tư pháp (1).",
            "Vòng “Khối xác định điểm (Trưởng khối, Phó Trưởng khối)” chưa chốt với "
            "Tòa án nhân dân tỉnh.",
        )


class TestTheAgreementMinutes:
    def test_set_the_rounds_side_by_side_and_end_in_the_published_total(
        self, sample: PaperData
    ) -> None:
        minutes = paper(sample, "bien_ban_thong_nhat_diem")
        rows = table(minutes.blocks, "Điểm thống nhất")
        for unit in sample.units:
            total = sample.assessment.units[unit.id].card.total
            assert row(rows, unit.name)[-1] == sample.figures.published(total)
        # the cluster took 0,70 and 0,50 from the 870,90 that Sở Tư pháp claimed
        assert row(rows, "Sở Tư pháp")[2:] == ["870,90", "869,70", "964,00", "964,00"]

    def test_give_the_departments_word_with_its_reason(self, sample: PaperData) -> None:
        rows = table(paper(sample, "bien_ban_thong_nhat_diem").blocks, "Thống nhất")
        # 50 points × 88,6 / 100 by the published index, for 90 that the unit wrote
        changed_row = row(rows, "I.2. Thực hiện cải cách hành chính")
        assert changed_row[1:] == [
            *("50", "45,00", "", "44,30", "44,30"),
            "Theo chỉ số cải cách hành chính được công bố",
        ]

    def test_leave_out_a_later_word_that_gave_the_same_points(self, sample: PaperData) -> None:
        rows = table(paper(sample, "bien_ban_thong_nhat_diem").blocks, "Thống nhất")
        # 401 instead of 398 of 412 cases: a fall of 2,67 % is in the same band of 120 points
        assert not [r for r in rows if "phạm pháp hình sự" in r[0]]

    def test_show_a_row_that_only_the_department_put_in(self, sample: PaperData) -> None:
        minutes = paper(with_substitute(sample), "bien_ban_thong_nhat_diem")
        rows = table(minutes.blocks, "Thống nhất")
        (put_in,) = [r for r in rows if "thay cho chỉ số cải cách hành chính" in r[0]]
        assert put_in[2:6] == ["—", "—", "40,00", "40,00"]
        (left,) = [r for r in rows if r[0] == "I.2. Thực hiện cải cách hành chính"]
        assert left[2:6] == ["45,00", "", "KG", "KG"]

    def test_leave_room_where_nobody_said_why(self, sample: PaperData) -> None:
        data = with_entries(sample, lambda e: replace(e, reason="") if e.round != "self" else e)
        rows = table(paper(data, "bien_ban_thong_nhat_diem").blocks, "Thống nhất")
        assert {r[-1] for r in rows if len(r) > 1} == {"…………"}

    def test_say_that_the_earlier_totals_lack_what_the_department_scores(
        self, sample: PaperData
    ) -> None:
        told = words(paper(sample, "bien_ban_thong_nhat_diem"))
        assert (
            "Tổng ở cột “Tự chấm”, “Khối chấm” chưa gồm các tiêu chí do Ban Thi đua - Khen "
            "thưởng, Sở Nội vụ chấm." in told
        )

    def test_are_a_draft_before_the_department_has_scored(self, sample: PaperData) -> None:
        data = with_entries(sample, lambda e: None if e.round == "department" else e)
        assert reasons(paper(data, "bien_ban_thong_nhat_diem"))


class TestTheRankings:
    @pytest.mark.parametrize(
        ("name", "column"),
        [("bang_diem_tung_tieu_chi", "Sở Tư pháp"), ("bang_diem_cac_vong", "Tự chấm")],
    )
    def test_end_in_the_total_and_rank_of_every_unit(
        self, sample: PaperData, name: str, column: str
    ) -> None:
        rows = table(paper(sample, name).blocks, column)
        totals = [text for text in row(rows, "Tổng điểm")[3:] if text]
        ranks = [text for text in row(rows, "Xếp hạng")[3:] if text]
        published = sample.figures.published
        assert totals == [published(sample.assessment.units[u].card.total) for u in sample.ranked]
        assert ranks == ["1", "2", "3", "4", "5", "6", "7", "—"]

    def test_by_sections_stands_on_a4(self, sample: PaperData) -> None:
        ranking = paper(sample, "bang_tong_hop_xep_hang")
        tables = [block for block in ranking.blocks if isinstance(block, Table)]
        assert layout.choose(ranking.page, tables).sheet is Sheet.A4_LANDSCAPE

    def test_state_every_parameter_without_marks_of_the_program(self, sample: PaperData) -> None:
        (appendix,) = paper(sample, "bang_tong_hop_xep_hang").appendices
        rows = table(appendix.blocks, "Lựa chọn")
        assert len(rows) == len(sample.assessment.parameters)
        for line in rows:
            assert not [text for text in line if text in sample.assessment.parameters]

    def test_list_a_barred_unit_apart_and_an_equal_pair_by_its_ballot(
        self, sample: PaperData
    ) -> None:
        blocks = paper(sample, "bang_tong_hop_xep_hang").blocks
        found = next(b for b in blocks if isinstance(b, Table))
        at = next(n for n, r in enumerate(found.rows) if r.kind is RowKind.GROUP)
        apart = [item.cells[1].text for item in found.rows[at + 1 :]]
        assert apart == ["Thanh tra tỉnh"]
        first, second = ([c.text for c in item.cells] for item in found.rows[:2])
        assert first[6] == second[6] == "972,95"
        assert "Bỏ phiếu" in first
        assert "Bỏ phiếu" in second

    @pytest.mark.parametrize(
        "name", ["bang_tong_hop_xep_hang", "bang_diem_tung_tieu_chi", "bang_diem_cac_vong"]
    )
    def test_are_drafts_while_the_ranking_round_is_open(self, sample: PaperData, name: str) -> None:
        assert not paper(sample, name).draft
        data = replace(sample, book=replace(sample.book, round_states=()))
        assert reasons(paper(data, name)) == (
            "Vòng “Thống nhất với Ban Thi đua - Khen thưởng” chưa chốt.",
        )


def test_the_explained_sheet_names_its_unit_and_why_it_is_barred(sample: PaperData) -> None:
    sheet = paper(sample, "phieu_dien_giai_diem", "thanh_tra")
    assert sheet.subject[0] == "Thanh tra tỉnh"
    told = words(sheet)
    assert "Đơn vị không được xếp hạng." in told
    assert any(text.startswith("Không xét: ") for text in told)
