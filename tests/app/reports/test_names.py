"""No id of the engine or of the facts file reaches an officer."""

from __future__ import annotations

from types import ModuleType

import pytest

from app.ground.findings import Finding, Severity
from app.reports.names import Names
from app.scoring.assessment import Assessment, Eligibility, QuestionOutcome


@pytest.fixture(scope="module")
def names(cluster: ModuleType) -> Names:
    settled: Assessment = cluster.settled()
    return Names(settled)


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("u1, u2", "Sở Tư pháp, Thanh tra tỉnh"),
        ("Sở Tư pháp (u1), tiêu chí I.2", "Sở Tư pháp, tiêu chí I.2"),
        ("Sở Tư pháp (u1), mục cham", "Sở Tư pháp, mục “Báo cáo chậm”"),
        ("Cờ thi đua, k1", "Cờ thi đua, Khối thi đua các cơ quan Nội chính"),
        (
            "tie:co:u1+u2",
            "trường hợp bằng điểm ở Cờ thi đua của UBND tỉnh (Sở Tư pháp và Thanh tra tỉnh)",
        ),
        ("held:bk:u3", "trường hợp chưa xét ở Bằng khen của Chủ tịch UBND tỉnh (Công an tỉnh)"),
        ("Phiếu bầu lần 1 (co)", "Phiếu bầu lần 1 (Cờ thi đua của UBND tỉnh)"),
        ("scores.csv, dòng 12", "scores.csv, dòng 12"),
    ],
)
def test_a_place_is_told_in_names(names: Names, place: str, named: str) -> None:
    assert names.place(place) == named


def test_a_sentence_says_units_and_awards_by_name_alone(names: Names) -> None:
    told = names.sentence("Sở Tư pháp (u1) ở Phiếu bầu lần 1 (co)")
    assert told == "Sở Tư pháp ở Phiếu bầu lần 1 (Cờ thi đua của UBND tỉnh)"


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        ("derived", "Bị kỷ luật (xác định từ kết quả chấm)"),
        ("I.2, I.1.a", "Bị kỷ luật (tiêu chí I.2; tiêu chí I.1.a)"),
        ("condition_unmet", "Bị kỷ luật"),
        ("QĐ 15, ngày 02/11/2026", "Bị kỷ luật (QĐ 15, ngày 02/11/2026)"),
        ("dieu_tra", "Bị kỷ luật (Đang chờ kết luận thanh tra)"),
    ],
)
def test_a_case_tells_its_ground(names: Names, ground: str, told: str) -> None:
    assert names.case(Eligibility("barred", "x", "Bị kỷ luật", None, ground)) == told


def test_a_case_for_one_award_says_so(names: Names) -> None:
    item = Eligibility("barred", "x", "Bị kỷ luật", None, "recorded", ("co",))
    assert names.case(item) == (
        "Bị kỷ luật (đã được ghi nhận; chỉ áp dụng với Cờ thi đua của UBND tỉnh)"
    )


def test_a_remedy_that_speaks_of_the_facts_file_is_not_for_paper(names: Names) -> None:
    def remedy(words: str) -> str:
        return names.remedy(Finding("x", Severity.ERROR, "", "", words))

    assert remedy("Ghi vào [[own_criteria]].") == ""
    assert remedy("Ghi trạng thái not_done.") == ""
    assert remedy("Nhập số từ 0 đến 4.") == "Nhập số từ 0 đến 4."


def test_the_answers_of_a_question_are_named(names: Names) -> None:
    assert names.outcome(QuestionOutcome("u1", "được Cờ")) == "Sở Tư pháp: được Cờ"
    assert names.outcome(QuestionOutcome("passed_on", "cho u2")).startswith("Chuyển suất: ")
    assert names.outcome(QuestionOutcome("zero", "0 điểm")) == "tính 0 điểm: 0 điểm"
