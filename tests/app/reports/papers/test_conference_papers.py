"""Invitations, lists, minutes and conclusions: what they say is what book and result hold."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

import pytest

from app.domain.conference import BallotStage
from app.domain.snapshot import Ballot
from app.domain.year import Conference, RoundStage
from app.operations.loading import load
from app.reports import text
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData, answer_key
from app.reports.papers.paper import Part
from app.reports.papers.shelf import paper_of, papers
from app.scoring.assess import assess
from tests.app.reports.papers.conference_years import (
    a_year,
    printed,
    sheet_of,
    tables,
    tie_ballot,
    without_book,
)
from tests.app.reports.papers.sample_year import ROOT

PACKS = ROOT / "data" / "packs"
MINUTES = (
    "bien_ban_tru_bi",
    "bien_ban_so_ket",
    "bien_ban_tong_ket",
    "bien_ban_bau_truong_pho",
    "bien_ban_hop",
)


@lru_cache(maxsize=4)
def of_case(case: str, *packs: str) -> PaperData:
    """A worked case of a pack as a cluster's year, with nothing noted beside its facts."""
    loaded = load([PACKS / pack for pack in packs], PACKS / case)
    sets = loaded.packs
    assessment = assess(loaded.snapshot, sets.main, sets.overlays, sets.companions)
    return PaperData(assessment, loaded.snapshot.clusters[0], tuple(sets.overlays))


class TestTheInvitation:
    def test_names_the_member_of_the_council_in_charge(self, sample: PaperData) -> None:
        told = printed(sample, "giay_moi", "h3")
        assert (
            "- Thành viên Hội đồng Thi đua - Khen thưởng tỉnh phụ trách khối: Nông Thanh Tùng, "
            "Ủy viên Hội đồng phụ trách khối;" in told
        )
        assert told.count("Nông Thanh Tùng") == 1

    def test_takes_the_officer_s_answer_before_the_book(self, sample: PaperData) -> None:
        paper = paper_of("giay_moi")
        ask = next(a for a in paper.asks if a.name == "thành viên hội đồng phụ trách")
        subject = next(s for s in subjects_of(paper, sample) if s.id == "h2")
        key = answer_key(paper, subject, ask)
        told = printed(replace(sample, answers={key: "Đồng chí Lý Văn An"}), "giay_moi", "h2")
        assert "phụ trách khối: Đồng chí Lý Văn An;" in told
        assert "phụ trách khối: ……" in printed(sample, "giay_moi", "h2")

    def test_says_place_day_chair_units_and_what_is_on(self, sample: PaperData) -> None:
        told = printed(sample, "giay_moi", "h3")
        for words in (
            "ngày 27 tháng 12 năm 2019",
            "Hội trường Công an tỉnh",
            "3. Chủ trì: Hoàng Văn Minh",
            "Báo cáo điển hình tiên tiến: Đội hòa giải phường Sông Hiến",
            "Bỏ phiếu: Chọn đơn vị được đề nghị tặng Cờ thi đua",
            "bầu Trưởng khối, Phó Trưởng khối năm 2020",
            *(unit.name for unit in sample.units),
        ):
            assert words in told

    def test_of_a_conference_that_was_not_noted_has_dots(self, sample: PaperData) -> None:
        told = printed(without_book(sample), "giay_moi")
        assert "2. Địa điểm: ………" in told
        assert "ngày … tháng … năm …" in told
        assert "phụ trách khối: ……" in told


class TestTheListOfThoseWhoCome:
    def test_counts_by_unit_and_tells_nobody_noted_from_nobody_there(
        self, sample: PaperData
    ) -> None:
        """Seven were noted, one of them absent: the only one of Thanh tra."""
        _roll, sums = tables(sample, "danh_sach_dai_bieu", "h3")
        counts = {row[1]: row[2:] for row in sums}
        assert counts["Cộng"] == ["7", "6", "1"]
        assert counts["Thanh tra tỉnh"] == ["1", "0", "1"]
        assert counts["Công an tỉnh"] == ["2", "2", "0"]
        assert counts["Viện kiểm sát nhân dân tỉnh"] == ["—", "—", "—"]

    def test_has_room_to_sign_for_everybody_and_for_units_that_named_nobody(
        self, sample: PaperData
    ) -> None:
        roll, _sums = tables(sample, "danh_sach_dai_bieu", "h3")
        people = [row for row in roll if len(row) == 5]
        assert [row[1] for row in people if row[1]][:2] == ["Nông Thanh Tùng", "Đàm Thị Lan"]
        assert all(row[4] == "" for row in people)
        assert sum(row[1] == "" for row in people) == 8, "two rows for each of four silent units"


class TestMinutes:
    @pytest.mark.parametrize("paper", MINUTES)
    def test_follow_the_order_of_the_template(self, sample: PaperData, paper: str) -> None:
        """NĐ 30/2020, Mẫu 1.9."""
        told = printed(sample, paper)
        order = (
            "BIÊN BẢN",
            "Thời gian bắt đầu:",
            "Địa điểm:",
            "Thành phần tham dự:",
            "Chủ trì (chủ tọa):",
            "Thư ký (người ghi biên bản):",
            "Nội dung (theo diễn biến ",
            "kết thúc vào hồi",
            "./.",
            "- Lưu: VT, Hồ sơ.",
            "THƯ KÝ",
            "CHỦ TỌA",
        )
        places = [told.index(words) for words in order]
        assert places == sorted(places)
        assert "Cao Bằng, ngày" not in told, "no line of place and date"

    def test_tell_who_was_there_and_who_was_not(self, sample: PaperData) -> None:
        told = printed(sample, "bien_ban_tong_ket")
        assert "Thành phần tham dự: 06 người; 03/08 đơn vị thành viên có người dự." in told
        assert "Vắng mặt: Trần Quốc Bảo, Phó Chánh Thanh tra (Thanh tra tỉnh)." in told

    def test_of_mid_year_hold_the_targets_against_what_was_reached(self, sample: PaperData) -> None:
        """91,5 of 90 is 101,666…; 82 of 85 is 96,470…; 22 of 40 is 55."""
        (targets,) = tables(sample, "bien_ban_so_ket", "h1")
        assert [row[1:] for row in targets] == [
            ["Công an tỉnh", "Tỷ lệ điều tra, khám phá án", "90 %", "91,5 %", "101,67"],
            ["Sở Tư pháp", "Hòa giải thành ở cơ sở", "85 %", "82 %", "96,47"],
            ["Sở Tư pháp", "Số cuộc phổ biến pháp luật", "40 cuộc", "22 cuộc", "55,00"],
        ]
        told = printed(sample, "bien_ban_so_ket")
        assert "ngày 15/03/2019 (KH 05/KH-CAT)" in told
        assert "Hà Quảng" not in told, "that was after the conference"

    def test_and_notice_of_mid_year_hold_the_same_targets_and_activities(
        self, sample: PaperData
    ) -> None:
        assert tables(sample, "thong_bao_ket_luan_so_ket", "h1") == tables(
            sample, "bien_ban_so_ket", "h1"
        )
        told = printed(sample, "thong_bao_ket_luan_so_ket")
        assert "ngày 15/03/2019 (KH 05/KH-CAT)" in told
        assert "Hà Quảng" not in told, "that was after the conference"
        assert "xếp hạng" not in told.casefold(), "half a year is not ranked"

    def test_of_any_other_meeting_are_of_what_was_said_there(self, sample: PaperData) -> None:
        asked = Conference("hop_4", "other", "Họp thống nhất nội dung giao ước", None)
        data = replace(sample, book=replace(sample.book, conferences=(asked,)))
        (subject,) = subjects_of(paper_of("bien_ban_hop"), data)
        assert subject.name == "Họp thống nhất nội dung giao ước"
        told = printed(data, "bien_ban_hop", "hop_4")
        assert "Họp thống nhất nội dung giao ước" in told
        assert "III. KẾT LUẬN" in told

    def test_of_the_preparatory_meeting_give_totals_and_no_places(self, sample: PaperData) -> None:
        totals = tables(sample, "bien_ban_tru_bi", "h2")[0]
        assert [row[2] for row in totals] == [
            "972,95",
            "972,95",
            "964,00",
            "946,20",
            "921,17",
            "876,84",
            "849,29",
            "741,37",
        ]
        notes = {row[1]: row[3] for row in totals if row[3]}
        assert notes == {
            "Cục Thi hành án dân sự tỉnh": "Chưa xét",
            "Thanh tra tỉnh": "Không xét",
        }
        told = printed(sample, "bien_ban_tru_bi")
        assert "cùng đạt 972,95 điểm" in told
        assert "8 phiếu" not in told, "the vote came a week later"

    def test_of_the_preparatory_meeting_tell_cells_that_nobody_scored(self) -> None:
        """A blank cell is not a zero: the total stands, and so does how much of it waits."""
        data = a_year(left_blank=[("kiem_sat", "III.1"), ("kiem_sat", "III.4")])
        totals = tables(data, "bien_ban_tru_bi", "h2")[0]
        notes = {row[1]: row[3] for row in totals}
        assert notes["Viện kiểm sát nhân dân tỉnh"] == "Còn 2 tiêu chí chưa chấm"
        assert notes["Sở Tư pháp"] == ""
        assert "Điểm trên là tạm tính khi lập biên bản này." in printed(data, "bien_ban_tru_bi")
        assert "[DỰ THẢO]" in printed(data, "bien_ban_tong_ket")

    def test_of_mid_year_tell_what_was_not_noted_from_nothing_done(self, sample: PaperData) -> None:
        """40 planned: nothing noted has no share, none done is 0 %; a plan of 0 has no share."""
        one, two = (replace(sample.book.targets[1], code=code) for code in ("2", "3"))
        targets = (
            replace(one, half_year=None),
            replace(two, half_year=Fraction(0)),
            replace(two, plan=Fraction(0)),
        )
        data = replace(sample, book=replace(sample.book, targets=targets))
        (rows,) = tables(data, "bien_ban_so_ket", "h1")
        assert [row[3:] for row in rows] == [
            ["40 cuộc", "—", "—"],
            ["40 cuộc", "0 cuộc", "0,00"],
            ["0 cuộc", "22 cuộc", "—"],
        ]

    def test_of_the_summary_carry_places_ballots_awards_and_holds(self, sample: PaperData) -> None:
        ranking, apart, awards = tables(sample, "bien_ban_tong_ket", "h3")
        assert [row[0] for row in ranking] == ["1", "2", "3", "4", "5", "6", "7", "—"]
        assert ranking[0][1:] == ["Tòa án nhân dân tỉnh", "972,95", "Bỏ phiếu"]
        assert ranking[-1][1:] == ["Thanh tra tỉnh", "741,37", "Không xét"]
        assert [row[1] for row in apart] == ["Chưa xét", "Không xét"]
        states = {(row[0].split(" của")[0], row[1]): row[2] for row in awards}
        assert states["Cờ thi đua", "Tòa án nhân dân tỉnh"] == "Đề nghị"
        assert states["Bằng khen", "Bộ Chỉ huy Quân sự tỉnh"] == "Đề nghị"
        assert states["Bằng khen", "Cục Thi hành án dân sự tỉnh"] == "Chờ kết luận"
        assert states["Bằng khen", "Thanh tra tỉnh"] == "Không đề nghị"

    def test_of_the_summary_name_every_choice_where_the_text_is_open(
        self, sample: PaperData
    ) -> None:
        told = printed(sample, "bien_ban_tong_ket").split("VĂN BẢN ĐỂ NGỎ")[1]
        for used in sample.assessment.parameters.values():
            assert used.title in told

    def test_of_a_tie_without_a_ballot_are_a_draft_and_say_what_comes_next(self) -> None:
        told = printed(a_year(), "bien_ban_tong_ket")
        assert "[DỰ THẢO]" in told
        assert "Bước tiếp theo theo quy định: bỏ phiếu lần 1 giữa" in told
        assert "Bằng điểm, cùng hạng" in told
        assert "Trưởng khối năm 2020: ……" in told

    def test_say_that_there_was_nothing_to_vote_on(self) -> None:
        data = of_case(
            "bac-giang-2022-vi-du/cases/27-chua-xet-dung-lai-hoi.toml", "bac-giang-2022-vi-du"
        )
        told = printed(data, "bien_ban_tong_ket")
        assert "Không có trường hợp bằng điểm ở vị trí xét khen thưởng" in told

    def test_are_a_draft_while_a_count_is_not_confirmed(self) -> None:
        ballot = tie_ballot(1, {"quan_su": 5, "toa_an": 9})
        counted = replace(sheet_of("b1"), stage=BallotStage.COUNTED)
        told = printed(a_year((ballot,), (counted,)), "bien_ban_tong_ket")
        assert "[DỰ THẢO]" in told
        confirmed = printed(a_year((ballot,), (sheet_of("b1"),)), "bien_ban_tong_ket")
        assert "[DỰ THẢO]" not in confirmed

    def test_are_a_draft_while_a_round_is_open(self, sample: PaperData) -> None:
        states = tuple(
            replace(s, stage=RoundStage.SUBMITTED)
            if (s.unit, s.round) == ("tu_phap", "department")
            else s
            for s in sample.book.round_states
        )
        data = replace(sample, book=replace(sample.book, round_states=states))
        for paper in ("bien_ban_tong_ket", "thong_bao_ket_luan"):
            assert "chưa chốt với Sở Tư pháp." in printed(data, paper)
        assert "[DỰ THẢO]" not in printed(data, "bien_ban_bau_truong_pho"), "no points in it"


class TestTheElection:
    def test_gives_the_rule_the_votes_and_who_is_to_be_assigned(self, sample: PaperData) -> None:
        told = printed(sample, "bien_ban_bau_truong_pho")
        assert "“Đơn vị là Phó Trưởng khối năm trước sẽ làm Trưởng khối năm sau”" in told
        assert "Phó Trưởng khối năm 2019: Sở Tư pháp." in told
        assert "Sở Tư pháp: 13 phiếu đồng ý và 1 phiếu không đồng ý." in told
        request = told.split("IV. ĐỀ NGHỊ PHÂN CÔNG")[1]
        assert "Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng" in request
        assert "1. Trưởng khối năm 2020: Sở Tư pháp." in request
        assert "2. Phó Trưởng khối năm 2020: Viện kiểm sát nhân dân tỉnh." in request

    def test_without_a_ballot_leaves_room_and_is_no_draft(self) -> None:
        told = printed(a_year(), "bien_ban_bau_truong_pho")
        assert "1. Trưởng khối năm 2020: ……" in told
        assert "[DỰ THẢO]" not in told

    def test_that_tied_names_nobody(self) -> None:
        ballot = Ballot(
            "deputy", None, "choose", 1, {"kiem_sat": 7, "bien_phong": 7}, valid=14, invalid=0,
            blank=0, members=16, present=14, issued=14, returned=14,
        )  # fmt: skip
        data = a_year((ballot,), (replace(sheet_of("b3"), ballot=1),))
        told = printed(data, "bien_ban_bau_truong_pho")
        assert "bằng phiếu nhau (7 phiếu), chưa phân định được" in told
        assert "2. Phó Trưởng khối năm 2020: ……" in told
        assert "[DỰ THẢO]" in told


def test_the_conclusion_names_each_award_with_whose_place_waits(sample: PaperData) -> None:
    told = printed(sample, "thong_bao_ket_luan")
    assert "- Cờ thi đua của Ủy ban nhân dân tỉnh: Tòa án nhân dân tỉnh;" in told
    assert (
        "- Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: Bộ Chỉ huy Quân sự tỉnh, Sở Tư pháp, "
        "Công an tỉnh, Viện kiểm sát nhân dân tỉnh, Cục Thi hành án dân sự tỉnh (chờ kết luận)."
        in told
    )


def test_a_unit_authorises_somebody_in_its_own_name(sample: PaperData) -> None:
    told = printed(sample, "giay_uy_quyen", "thanh_tra")
    assert told.startswith("THANH TRA TỈNH\n")
    assert "Thay mặt Thanh tra tỉnh dự, thảo luận, bình xét và bỏ phiếu" in told
    assert "NGƯỜI ĐƯỢC ỦY QUYỀN" in told


@pytest.mark.parametrize(
    ("case", "packs", "words"),
    [
        (
            "bac-giang-2022-vi-du/cases/33-bo-phieu-lan-hai-khi-chon.toml",
            ("bac-giang-2022-vi-du",),
            ("Trưởng cụm", "Huyện 1: 4 phiếu; Huyện 2: 2 phiếu.", "Tập thể Lao động xuất sắc: 0"),
        ),
        (
            "bac-giang-2022-vi-du/cases/27-chua-xet-dung-lai-hoi.toml",
            ("bac-giang-2022-vi-du",),
            ("[DỰ THẢO]", "Giữ suất: giữ chỗ cho Huyện 1", "Chuyển suất: chuyển cho Huyện 2"),
        ),
        (
            "bac-kan-2023/cases/06-bau-truong-cum.toml",
            ("chuyen-de-2023-vi-du", "bac-kan-2023"),
            ("Cụm trưởng năm 2024", "Đơn vị 2: 5 phiếu; Đơn vị 1: 4 phiếu.", "CỤM PHÓ"),
        ),
    ],
)
def test_every_paper_speaks_the_words_of_its_pack_and_no_id(
    case: str, packs: tuple[str, ...], words: tuple[str, ...]
) -> None:
    data = of_case(case, *packs)
    told = {}
    for paper in papers():
        if paper.part is not Part.CONFERENCE:
            continue
        for subject in subjects_of(paper, data):
            made = make(paper, data, subject)
            assert made.findings == ()
            told[paper.id] = text.render(made.document)
    for paper_id, printed_words in told.items():
        body = printed_words.replace("…", "")
        assert not re.search(r"\bu\d\b|[a-z]+_[a-z]+|\bNone\b|«", body), paper_id
    for said in words:
        assert said in told["bien_ban_tong_ket"]
