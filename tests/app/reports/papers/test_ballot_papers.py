"""Slips, opinions of absentees and minutes of counts: secret, whole, and never beside the data."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.conference import BallotStage, Candidate
from app.domain.snapshot import Ballot, Decision
from app.reports import pdf
from app.reports.document import Slips
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData
from app.reports.papers.shelf import paper_of
from app.rules.awards import AuthorityStep, BallotStep, Quorum
from tests.app.reports.papers.conference_years import (
    COUNTED,
    TIE,
    TIED,
    a_year,
    printed,
    sheet_of,
    tables,
    tie_ballot,
    without_book,
)

LEADER = {"members": 16, "present": 15, "issued": 15, "returned": 15}
TWICE = {
    "rules": {"tie": {"max": 2}},
    "chain": (BallotStep(step="ballot", max=2), AuthorityStep(step="authority")),
}


def undecided_twice(*decisions: Decision) -> PaperData:
    """Seven votes each, and again seven each; two ballots are allowed."""
    level = {"quan_su": 7, "toa_an": 7}
    sheets = (
        replace(sheet_of("b1"), id="p1", ballot=1),
        replace(sheet_of("b1"), id="p2", vote=2, ballot=2),
    )
    ballots = (tie_ballot(1, level), tie_ballot(2, level))
    return a_year(ballots, sheets, decisions=decisions, **TWICE)  # type: ignore[arg-type]


def deputies(votes: dict[str, int], **other: object) -> PaperData:
    """The election of next year's deputy alone, where more than half of all members are asked."""
    counts = {**LEADER, "valid": sum(votes.values()), "invalid": 0, "blank": 0} | other
    ballot = Ballot("deputy", None, "choose", 1, votes, **counts)  # type: ignore[arg-type]
    sheet = replace(sheet_of("b3"), ballot=1)
    rule = {"percent": 50, "strict": True, "base": "members"}
    return a_year((ballot,), (sheet,), rules={"deputy": rule})


class TestASlip:
    def test_is_the_same_as_every_other_on_the_page(self, sample: PaperData) -> None:
        for subject in subjects_of(paper_of("phieu_bau"), sample):
            document = make(paper_of("phieu_bau"), sample, subject).document
            (slips,) = document.blocks
            assert isinstance(slips, Slips)
            assert len(slips.slips) == 4
            assert len(set(slips.slips)) == 1
            assert document.letterhead is None
            assert document.closing is None

    def test_has_no_room_for_a_name_a_number_or_a_signature(self, sample: PaperData) -> None:
        slip = printed(sample, "phieu_bau", "b1").split("- - -")[0:40]
        words = " ".join(slip).lower()
        assert "không ký tên" in words
        for told in ("họ và tên", "họ tên", "số:", "người bỏ phiếu", "chức vụ", "…"):
            assert told not in words

    def test_asks_to_choose_or_to_agree_and_says_how_many(self, sample: PaperData) -> None:
        assert "Chọn đúng 01 trong 02 dòng" in printed(sample, "phieu_bau", "b1")
        assert "Đồng ý | Không đồng ý" in printed(sample, "phieu_bau", "b2")
        several = replace(
            sheet_of("b1"),
            places=2,
            candidates=(*sheet_of("b1").candidates, Candidate("tu_phap", "Sở Tư pháp")),
        )
        slip = printed(a_year((), (replace(several, ballot=None),)), "phieu_bau")
        assert "Chọn không quá 02 trong 03 dòng" in slip
        assert "quá 02 dòng là phiếu không hợp lệ" in slip

    def test_of_an_open_vote_does_not_speak_of_secrecy(self) -> None:
        sheet = replace(sheet_of("b1"), ballot=None, stage=BallotStage.OPENED)
        data = a_year((), (sheet,), rules={"tie": {"secret": False}})
        assert "Không ký tên" not in printed(data, "phieu_bau")
        assert "Bỏ phiếu công khai" in printed(data, "bien_ban_kiem_phieu")

    @pytest.mark.parametrize("candidates", [1, 2, 4, 5, 12, 13, 20])
    def test_page_is_one_page_however_long_the_list(self, candidates: int) -> None:
        long = "Ban Quản lý các khu công nghiệp và khu kinh tế cửa khẩu tỉnh Cao Bằng"
        names = tuple(Candidate(f"n{n}", f"{long} {n}") for n in range(candidates))
        sheet = replace(
            sheet_of("b1"), purpose="free", candidates=names, ballot=None, question="",
            stage=BallotStage.OPENED,
        )  # fmt: skip
        data = a_year((), (sheet,))
        (subject,) = subjects_of(paper_of("phieu_bau"), data)
        made = pdf.render(make(paper_of("phieu_bau"), data, subject).document)
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1


class TestTheMinutesOfACount:
    def test_hold_every_number_of_the_count(self, sample: PaperData) -> None:
        """16 members, 15 present, issued and returned; 13 + 1 + 1 = 15; 5 + 8 = 13."""
        counts, votes, _tellers = tables(sample, "bien_ban_kiem_phieu", "b1")
        assert [row[2] for row in counts] == ["16", "15", "15", "15", "13", "1", "1", "không ghi"]
        assert votes == [
            ["1", "Bộ Chỉ huy Quân sự tỉnh", "5", "38,46"],
            ["2", "Tòa án nhân dân tỉnh", "8", "61,54"],
            ["", "Cộng", "13", ""],
        ]
        told = printed(sample, "bien_ban_kiem_phieu", "b1")
        assert "hợp lệ 13 + không hợp lệ 1 + trắng 1 = 15, khớp với số phiếu thu về." in told
        assert "DỰ THẢO" not in told

    def test_tell_agreeing_votes_from_others(self, sample: PaperData) -> None:
        """13 of 14 valid papers agree: 92,857… %."""
        _counts, votes, _tellers = tables(sample, "bien_ban_kiem_phieu", "b2")
        assert votes == [["1", "Sở Tư pháp", "13", "1", "92,86"]]

    def test_of_a_ballot_that_nobody_counted_are_a_draft_with_room_to_write(self) -> None:
        sheet = replace(sheet_of("b1"), stage=BallotStage.OPENED, ballot=None, confirmed_on=None)
        data = a_year((), (sheet,))
        told = printed(data, "bien_ban_kiem_phieu")
        assert "[DỰ THẢO]" in told
        assert "chưa ghi kết quả kiểm phiếu" in told
        counts, votes, _tellers = tables(data, "bien_ban_kiem_phieu", "b1")
        assert {row[2] for row in counts} == {""}
        assert [row[2:] for row in votes] == [["", ""], ["", ""]]

    def test_of_an_unconfirmed_count_are_a_draft(self) -> None:
        sheet = replace(sheet_of("b1"), stage=BallotStage.COUNTED, confirmed_on=None)
        told = printed(
            a_year((tie_ballot(1, {"quan_su": 5, "toa_an": 9}),), (sheet,)), "bien_ban_kiem_phieu"
        )
        assert "chưa được người thứ hai xác nhận" in told

    def test_add_written_opinions_without_saying_how_the_absentee_voted(self) -> None:
        """One absentee wrote: 6 + 0 against 8 + 1; a figure of its own would name that vote."""
        ballot = tie_ballot(
            1, {"quan_su": 6, "toa_an": 8}, written={"toa_an": 1}, written_returned=1
        )
        data = a_year((ballot,), (sheet_of("b1"),))
        _counts, votes, _tellers = tables(data, "bien_ban_kiem_phieu", "b1")
        assert votes == [
            ["1", "Bộ Chỉ huy Quân sự tỉnh", "6", "40,00"],
            ["2", "Tòa án nhân dân tỉnh", "9", "60,00"],
            ["", "Cộng", "15", ""],
        ]
        told = printed(data, "bien_ban_kiem_phieu", "b1")
        assert "Tỷ lệ tính trên số phiếu hợp lệ cộng số ý kiến bằng văn bản: 15." in told
        assert "đã gồm ý kiến bằng văn bản" in told

    def test_leave_written_opinions_out_where_the_rules_do(self) -> None:
        ballot = tie_ballot(
            1, {"quan_su": 6, "toa_an": 8}, written={"quan_su": 2}, written_returned=2
        )
        data = a_year((ballot,), (sheet_of("b1"),), rules={"tie": {"written": False}})
        _counts, votes, _tellers = tables(data, "bien_ban_kiem_phieu", "b1")
        assert [row[2] for row in votes] == ["6", "8", "14"]
        assert "không gồm ý kiến bằng văn bản" in printed(data, "bien_ban_kiem_phieu", "b1")
        assert subjects_of(paper_of("phieu_lay_y_kien"), data) == ()

    def test_say_what_does_not_add_up(self) -> None:
        """12 + 1 + 0 = 13 papers, 14 came back."""
        ballot = tie_ballot(1, {"quan_su": 5, "toa_an": 7}, valid=12, invalid=1, blank=0)
        told = printed(a_year((ballot,), (sheet_of("b1"),)), "bien_ban_kiem_phieu")
        assert "[DỰ THẢO]" in told
        assert "hợp lệ 12 + không hợp lệ 1 + trắng 0 = 13, khác số phiếu thu về (14)" in told
        assert "Kết quả bỏ phiếu không được sử dụng" in told

    def test_name_nobody_by_an_id(self) -> None:
        ballot = tie_ballot(1, {"quan_su": 15, "toa_an": 0})
        told = printed(a_year((ballot,), (sheet_of("b1"),)), "bien_ban_kiem_phieu")
        assert "Bộ Chỉ huy Quân sự tỉnh có 15 phiếu, nhiều hơn 14 phiếu hợp lệ" in told
        assert "quan_su" not in told

    def test_tell_papers_that_did_not_come_back(self) -> None:
        ballot = tie_ballot(1, {"quan_su": 5, "toa_an": 7}, returned=12, valid=12)
        told = printed(a_year((ballot,), (sheet_of("b1"),)), "bien_ban_kiem_phieu")
        assert "khớp với số phiếu thu về; 2 phiếu phát ra không thu về." in told


class TestATie:
    def test_that_two_ballots_left_open_goes_to_the_authority(self) -> None:
        second = printed(undecided_twice(), "bien_ban_kiem_phieu", "p2")
        level = "Bộ Chỉ huy Quân sự tỉnh và Tòa án nhân dân tỉnh bằng phiếu nhau (7 phiếu)"
        assert "Lần 1, ngày 27/12/2019: Bộ Chỉ huy Quân sự tỉnh: 7 phiếu; " in second
        assert second.count(level) == 2, "of the first ballot and of this one"
        assert "cấp có thẩm quyền quyết định giữa" in second
        first = printed(undecided_twice(), "bien_ban_kiem_phieu", "p1")
        assert "Đây là lần bỏ phiếu đầu tiên" in first

    def test_that_was_decided_says_by_whom_and_keeps_both_ballots(self) -> None:
        decided = undecided_twice(
            Decision(TIE, "toa_an", "Chủ tịch Ủy ban nhân dân tỉnh", "1520/QĐ-UBND")
        )
        told = printed(decided, "bien_ban_tong_ket")
        assert "quyết định của Chủ tịch Ủy ban nhân dân tỉnh 1520/QĐ-UBND" in told
        assert "Được chọn: Tòa án nhân dân tỉnh." in told
        assert told.count("Bỏ phiếu “Chọn đơn vị được đề nghị tặng Cờ thi đua") == 2
        assert "Bước tiếp theo" not in printed(decided, "bien_ban_kiem_phieu", "p2")

    def test_whose_points_changed_voids_the_ballot_and_says_what_was_voted_on(self) -> None:
        """The ballot was opened on 970,00; the department's round brought 972,95."""
        before = {"quan_su": TIED, "toa_an": Fraction(970)}
        ballot = tie_ballot(1, {"quan_su": 5, "toa_an": 9}, totals=before, places=1)
        data = a_year((ballot,), (replace(sheet_of("b1"), totals=before),))
        told = printed(data, "bien_ban_kiem_phieu")
        why = "điểm của Tòa án nhân dân tỉnh đã thay đổi từ 970,00 thành 972,95 sau khi bỏ phiếu"
        assert f"- Kết quả bỏ phiếu không được sử dụng, vì {why}." in told
        assert "Bộ Chỉ huy Quân sự tỉnh 972,95; Tòa án nhân dân tỉnh 970,00." in told
        assert "được chọn" not in told.split("IV. KẾT LUẬN")[1]
        assert why in printed(data, "bien_ban_tong_ket")

    def test_ballot_that_was_cancelled_has_no_papers_and_is_told_with_the_next(self) -> None:
        gone = replace(
            sheet_of("b1"), id="p1", stage=BallotStage.CANCELLED, ballot=None,
            reason="phát thiếu phiếu",
        )  # fmt: skip
        data = a_year(
            (tie_ballot(1, {"quan_su": 5, "toa_an": 9}),), (gone, replace(sheet_of("b1"), id="p2"))
        )
        assert [s.id for s in subjects_of(paper_of("phieu_bau"), data)] == ["p2"]
        told = printed(data, "bien_ban_kiem_phieu", "p2")
        assert "Lần 1, ngày 27/12/2019: đã hủy, lý do: phát thiếu phiếu." in told


class TestAnElection:
    def test_with_too_few_votes_elects_nobody(self) -> None:
        """More than half of 16 members: 9 votes; 8 and 7 are not enough."""
        data = deputies({"kiem_sat": 8, "bien_phong": 7})
        told = printed(data, "bien_ban_kiem_phieu")
        assert "cần quá 50 % tính trên tổng số thành viên (16), tức ít nhất 9 phiếu." in told
        assert "Không ai đủ 9 phiếu cần thiết nên chưa có kết quả bầu, chọn." in told
        minutes = printed(data, "bien_ban_bau_truong_pho")
        assert "- Bầu Phó Trưởng khối năm 2020 chưa có kết quả." in minutes
        assert "Phó Trưởng khối năm 2020: ……" in minutes

    def test_with_the_last_vote_that_is_needed_elects(self) -> None:
        told = printed(deputies({"kiem_sat": 9, "bien_phong": 6}), "bien_ban_kiem_phieu")
        assert "Viện kiểm sát nhân dân tỉnh được bầu làm Phó Trưởng khối năm 2020." in told
        assert "56,25" in told, "9 of 16"

    def test_of_too_few_people_counts_for_nothing(self) -> None:
        """65 % of 16 are 10,4, so 11; ten came."""
        ballot = Ballot(
            "deputy", None, "choose", 1, {"kiem_sat": 6, "bien_phong": 4}, valid=10, invalid=0,
            blank=0, members=16, present=10, issued=10, returned=10,
        )  # fmt: skip
        rule = {"quorum": Quorum.model_validate({"percent": 65})}
        data = a_year((ballot,), (replace(sheet_of("b3"), ballot=1),), rules={"deputy": rule})
        told = printed(data, "bien_ban_kiem_phieu")
        assert "có 10/16 người tham gia, cần ít nhất 11; không đủ điều kiện" in told
        assert "kết quả bỏ phiếu không được công nhận" in told


def test_the_opinion_of_an_absentee_is_asked_without_a_name(sample: PaperData) -> None:
    told = printed(sample, "phieu_lay_y_kien", "b2")
    assert "Phiếu này không ký tên" in told
    assert "Sở Tư pháp | □ | □" in told


def test_ballots_out_of_a_facts_file_stand_in_the_minutes_of_the_conference() -> None:
    data = without_book(a_year((tie_ballot(1, {"quan_su": 5, "toa_an": 9}),)))
    told = printed(data, "bien_ban_tong_ket")
    assert "Tòa án nhân dân tỉnh: 9 phiếu; Bộ Chỉ huy Quân sự tỉnh: 5 phiếu." in told
    assert subjects_of(paper_of("bien_ban_kiem_phieu"), data) == ()
    assert COUNTED["issued"] == 14
    assert "Phát ra 14 phiếu" in told
