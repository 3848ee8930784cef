"""The dossier of the proposals: every figure is the one that the year came to by hand.

Tòa án's points by section are 713,95 + 150 + 98 + 11 = 972,95, Quân sự's 710,95 + 150 + 99 + 13,
the same; the ballot (8 against 5) put Tòa án first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import pytest

from app.domain.snapshot import GivenTotal
from app.domain.year import AwardRecord, AwardStage, IssuedPaper
from app.operations.loading import load
from app.reports import text
from app.reports.document import Sheet
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData, YearBook
from app.reports.papers.paper import Part
from app.reports.papers.shelf import paper_of, papers
from app.scoring.assess import assess
from tests.app.reports.papers.conference_years import a_year, printed, tie_ballot, without_book
from tests.app.reports.papers.paper_figures import changed, paper, reasons, row, subjects, table
from tests.app.reports.papers.sample_year import ROOT, SUMMARY

FLAG = "Cờ thi đua của Ủy ban nhân dân tỉnh"
MERIT = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
PACKS = ROOT / "data" / "packs"


def with_book(data: PaperData, **records: object) -> PaperData:
    """The same year with other records beside the facts."""
    return replace(data, book=replace(data.book, **records))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def bac_giang() -> PaperData:
    """Huyện 1 (970) stands first and is held; Huyện 2 (960) follows; Huyện 3 has 950."""
    pack = PACKS / "bac-giang-2022-vi-du"
    loaded = load([pack], pack / "cases" / "27-chua-xet-dung-lai-hoi.toml")
    sets = loaded.packs
    found = assess(loaded.snapshot, sets.main, sets.overlays, sets.companions)
    return PaperData(found, loaded.snapshot.clusters[0], tuple(sets.overlays))


class TestMeritsInBrief:
    def test_name_each_proposal_with_total_rank_and_points_by_section(
        self, sample: PaperData
    ) -> None:
        rows = table(paper(sample, "trich_ngang_thanh_tich").blocks, "Thành tích chủ yếu")
        assert [line[:5] for line in rows] == [
            ["1", "Tòa án nhân dân tỉnh", FLAG, "972,95", "1"],
            ["2", "Bộ Chỉ huy Quân sự tỉnh", MERIT, "972,95", "2"],
            ["3", "Sở Tư pháp", MERIT, "964,00", "3"],
            ["4", "Công an tỉnh", MERIT, "946,20", "4"],
            ["5", "Viện kiểm sát nhân dân tỉnh", MERIT, "921,17", "5"],
        ]
        assert row(rows, "Tòa án nhân dân tỉnh")[5] == (
            "Điểm các phần: mục I: 713,95; mục II: 150,00; mục III: 98,00; mục IV: 11,00."
        )

    def test_tell_targets_that_were_reckoned_and_none_without_a_reckoning(
        self, sample: PaperData
    ) -> None:
        targets = tuple(
            replace(t, half_year=None) if t.code == "2" else t for t in sample.book.targets
        )
        data = with_book(sample, targets=targets)
        rows = table(paper(data, "trich_ngang_thanh_tich").blocks, "Thành tích chủ yếu")
        assert row(rows, "Sở Tư pháp")[5].split("\n")[1:] == [
            "Hòa giải thành ở cơ sở: đăng ký 85%, 6 tháng đạt 82%."
        ]

    def test_list_earlier_awards_the_latest_first_and_no_mere_proposal(
        self, sample: PaperData
    ) -> None:
        older = AwardRecord("a3", "toa_an", "co_ubnd_tinh", AwardStage.RECEIVED, "2016")
        hoped = AwardRecord("a4", "toa_an", "co_ubnd_tinh", AwardStage.PROPOSED, "2019")
        data = with_book(sample, awards=(older, *sample.book.awards, hoped))
        rows = table(paper(data, "trich_ngang_thanh_tich").blocks, "Đã được khen thưởng")
        assert row(rows, "Tòa án nhân dân tỉnh")[6].split("\n") == [
            f"{MERIT} năm 2018 (Quyết định số 1520/QĐ-UBND ngày 28/12/2018 của Ủy ban nhân dân "
            "tỉnh).",
            f"{FLAG} năm 2016.",
        ]
        assert row(rows, "Sở Tư pháp")[6] == "Chưa ghi nhận."

    def test_leave_out_points_by_section_where_only_totals_were_sent(
        self, sample: PaperData
    ) -> None:
        facts = sample.assessment.snapshot
        final = sample.assessment.ranking_round
        sent = replace(
            facts,
            entries=tuple(e for e in facts.entries if e.unit != "cong_an"),
            totals=(GivenTotal("cong_an", final, sample.assessment.units["cong_an"].card.total),),
        )
        blocks = paper(changed(sample, sent), "trich_ngang_thanh_tich").blocks
        found = row(table(blocks, "Thành tích chủ yếu"), "Công an tỉnh")
        assert found[3] == "946,20"
        assert "Điểm các phần" not in found[5]

    def test_name_nobody_at_a_place_that_is_still_tied(self) -> None:
        document = paper(a_year(), "trich_ngang_thanh_tich")
        named = {line[1] for line in table(document.blocks, "Thành tích chủ yếu")}
        assert "Tòa án nhân dân tỉnh" not in named
        assert reasons(document)


class TestTheReportOfAUnit:
    def test_is_made_for_each_proposal_in_the_units_own_name(self, sample: PaperData) -> None:
        assert subjects(sample, "bao_cao_thanh_tich") == ["d1", "d2", "d3", "d4", "d5"]
        document = paper(sample, "bao_cao_thanh_tich", "d1")
        assert document.letterhead is not None
        assert document.letterhead.issuer == ("TÒA ÁN NHÂN DÂN TỈNH",)
        assert document.subject == (f"Đề nghị tặng {FLAG}", "năm 2019")
        assert reasons(document) == ()

    def test_adds_up_its_sections_to_the_total(self, sample: PaperData) -> None:
        blocks = paper(sample, "bao_cao_thanh_tich", "d1").blocks
        points = [line[1] for line in table(blocks, "Điểm đạt")]
        assert points == ["713,95", "150,00", "98,00", "11,00", "972,95"]
        told = printed(sample, "bao_cao_thanh_tich", "d1")
        assert "Tổng điểm 972,95, xếp thứ 1 trong Khối thi đua các cơ quan Nội chính." in told

    def test_leaves_room_for_what_is_not_known(self, sample: PaperData) -> None:
        """Tòa án registered no target; the three parts of its own words are open too."""
        told = printed(sample, "bao_cao_thanh_tich", "d1").split("\n")
        assert sum(set(line) == {"…"} for line in told) == 4
        assert not any("sổ" in line.lower().split() for line in told)

    def test_is_a_draft_once_the_data_propose_it_no_more(self) -> None:
        """The second ballot went to Quân sự, the proposal in the book is Tòa án's."""
        other = a_year((tie_ballot(1, {"quan_su": 9, "toa_an": 5}),))
        assert "Số liệu hiện nay không đề nghị đơn vị này ở hình thức này." in reasons(
            paper(other, "bao_cao_thanh_tich", "d1")
        )
        assert "[DỰ THẢO]" in printed(a_year(), "bao_cao_thanh_tich", "d1")


class TestTheChecklist:
    def test_names_every_number_under_which_a_paper_left_the_house(self, sample: PaperData) -> None:
        def issued(kind: str, number: str, **other: object) -> IssuedPaper:
            return IssuedPaper(number, kind, number=number, cluster="k1", **other)  # type: ignore[arg-type]

        data = with_book(
            sample,
            papers=(
                issued("bao_cao_thanh_tich", "11/BC-TA", date=SUMMARY, unit="toa_an"),
                issued("bao_cao_thanh_tich", "12/BC-STP", unit="tu_phap"),
                issued("to_trinh_khen_thuong", "31/TTr-CAT", date=dt.date(2019, 12, 30)),
                replace(issued("bien_ban_tong_ket", "9/BB-X"), cluster="k2"),
            ),
        )
        for name in ("danh_muc_ho_so", "phieu_giao_nhan_ho_so", "cong_van_gui_ket_qua"):
            rows = table(paper(data, name).blocks, "Số, ngày")
            assert {line[1]: line[3] for line in rows} == {
                "Tờ trình đề nghị khen thưởng": "31/TTr-CAT ngày 30/12/2019",
                "Biên bản hội nghị tổng kết": "",
                "Biên bản kiểm phiếu": "",
                "Bảng tổng hợp kết quả chấm điểm và xếp hạng": "",
                "Trích ngang thành tích các đơn vị được đề nghị": "",
                "Báo cáo thành tích": "11/BC-TA ngày 27/12/2019\n12/BC-STP",
            }, name

    def test_says_how_each_level_takes_the_dossier(self, sample: PaperData) -> None:
        """BK, mục II.3: the portal for the province, paper for the State."""
        told = printed(sample, "danh_muc_ho_so")
        assert "cấp tỉnh nộp trên Cổng Dịch vụ công của tỉnh" in told
        assert "cấp Nhà nước nộp bản giấy" in told

    def test_is_signed_by_both_sides_where_it_changes_hands(self, sample: PaperData) -> None:
        document = paper(sample, "phieu_giao_nhan_ho_so")
        assert document.closing is not None
        signed = [(s.authority, s.field) for s in document.closing.signatures]
        assert signed == [(("BÊN GIAO",), "NguoiKy1"), (("BÊN NHẬN",), "NguoiKy2")]


@pytest.mark.parametrize("name", ["cong_van_gui_ket_qua", "to_trinh_khen_thuong"])
class TestTheLettersOfTheResult:
    def test_rank_all_and_propose_who_stands(self, sample: PaperData, name: str) -> None:
        blocks = paper(sample, name).blocks
        ranking = table(blocks, "Căn cứ xếp hạng, ghi chú")
        assert [(line[0], line[1]) for line in ranking if len(line) > 1][:3] == [
            ("1", "Tòa án nhân dân tỉnh"),
            ("2", "Bộ Chỉ huy Quân sự tỉnh"),
            ("3", "Sở Tư pháp"),
        ]
        proposed = [(line[1], line[2]) for line in table(blocks, "Hình thức đề nghị")]
        assert proposed == [
            ("Tòa án nhân dân tỉnh", FLAG),
            ("Bộ Chỉ huy Quân sự tỉnh", MERIT),
            ("Sở Tư pháp", MERIT),
            ("Công an tỉnh", MERIT),
            ("Viện kiểm sát nhân dân tỉnh", MERIT),
        ]

    def test_carry_the_points_by_sections_in_an_appendix(
        self, sample: PaperData, name: str
    ) -> None:
        (appendix,) = paper(sample, name).appendices
        rows = table(appendix.blocks, "Căn cứ xếp hạng")
        first = ["713,95", "150,00", "98,00", "11,00", "972,95", "995"]
        assert row(rows, "Tòa án nhân dân tỉnh")[2:8] == first
        assert appendix.page.sheets == tuple(Sheet), "it may lie lengthwise"

    def test_say_who_waits_and_who_is_not_considered_and_why(
        self, sample: PaperData, name: str
    ) -> None:
        cases = table(paper(sample, name).blocks, "Kết luận")
        assert [line[:2] for line in cases] == [
            ["Cục Thi hành án dân sự tỉnh", "Chưa xét"],
            ["Thanh tra tỉnh", "Không xét"],
        ]
        assert "(tiêu chí I.1.5)" in cases[1][2]
        assert f"Cục Thi hành án dân sự tỉnh: giữ suất {MERIT} đến khi" in printed(sample, name)

    def test_are_drafts_while_a_tie_is_open(self, sample: PaperData, name: str) -> None:
        assert reasons(paper(sample, name)) == ()
        assert reasons(paper(a_year(), name))


def test_the_dossier_of_another_province_speaks_its_words_and_no_id() -> None:
    """Bắc Giang: Huyện 1 is held at the flag, nobody stands for it; Huyện 2 gets a Bằng khen."""
    data = bac_giang()
    for kind in papers():
        if kind.part is not Part.PROPOSAL:
            continue
        for subject in subjects_of(kind, data):
            made = make(kind, data, subject)
            told = text.render(made.document)
            assert made.findings == ()
            assert "khối" not in told.lower().replace("cụm, khối", ""), kind.id
    rows = table(paper(data, "trich_ngang_thanh_tich").blocks, "Thành tích chủ yếu")
    assert [line[1:5] for line in rows] == [
        ["Huyện 2", "Bằng khen của Chủ tịch UBND tỉnh", "960,00", "2"]
    ]
    assert reasons(paper(data, "to_trinh_khen_thuong"))


def test_a_year_without_proposals_in_the_book_has_no_reports_and_still_a_list(
    sample: PaperData,
) -> None:
    bare = without_book(sample)
    assert bare.book == YearBook()
    assert subjects_of(paper_of("bao_cao_thanh_tich"), bare) == ()
    assert len(table(paper(bare, "trich_ngang_thanh_tich").blocks, "Hạng")) == 5
