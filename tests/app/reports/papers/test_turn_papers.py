"""What one leader hands over to the next: the year as the book keeps it, nothing forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.conference import DutyStage, DutyState
from app.domain.year import PeriodState
from app.reports.papers.data import PaperData
from tests.app.reports.papers.other_years import year_of
from tests.app.reports.papers.reading import made, sentences, table


def left_over(data: PaperData) -> list[list[str]]:
    return table(made("bien_ban_ban_giao", data).blocks, "Nội dung")


def test_the_next_leader_is_the_one_who_was_elected(sample: PaperData) -> None:
    words = sentences(made("bien_ban_ban_giao", sample).blocks)
    assert "2. Bên nhận: Sở Tư pháp (Trưởng khối năm 2020), đại diện là …………." in words
    unknown = sentences(made("bien_ban_ban_giao", year_of(["bac-giang-2022-vi-du"], "A")).blocks)
    assert any(line.startswith("2. Bên nhận: …………………… (Trưởng cụm năm 2023)") for line in unknown)


def test_the_records_are_counted_for_this_cluster_alone(sample: PaperData) -> None:
    """Eight units; without one registration seven are left, and eight are still asked for."""
    rows = {row[1]: row[2] for row in table(made("bien_ban_ban_giao", sample).blocks, "Số lượng")}
    assert rows["Đăng ký tham gia thi đua"] == "8/8 đơn vị"
    assert rows["Tài liệu kiểm chứng"] == "2 tài liệu"
    assert rows["Yêu cầu giải trình"] == "2, đã trả lời 1"
    fewer = [r for r in sample.book.registrations if r.unit != "toa_an"]
    data = replace(sample, book=replace(sample.book, registrations=fewer))
    rows = {row[1]: row[2] for row in table(made("bien_ban_ban_giao", data).blocks, "Số lượng")}
    assert rows["Đăng ký tham gia thi đua"] == "7/8 đơn vị"


def test_what_is_open_is_handed_on_until_it_is_done(sample: PaperData) -> None:
    asked = "Trưởng khối (Công an tỉnh): Gửi bảng điểm xin ý kiến Ban Thi đua - Khen thưởng, Sở "
    asked += "Nội vụ trước khi ban hành"
    assert [asked] in [row[1:] for row in left_over(sample)]
    done = DutyState("gui_xin_y_kien", "leader", DutyStage.DONE, "k1", dt.date(2019, 3, 20))
    states = (*sample.book.duty_states, done)
    data = replace(sample, book=replace(sample.book, duty_states=states))
    assert [asked] not in [row[1:] for row in left_over(data)]


def test_an_unanswered_question_and_a_held_award_are_handed_on(sample: PaperData) -> None:
    items = [row[-1] for row in left_over(sample)]
    assert (
        "Viện kiểm sát nhân dân tỉnh, tiêu chí III.1: Đề nghị gửi kế hoạch tổ chức phong trào thi "
        "đua năm 2019." in items
    )
    assert any("Cục Thi hành án dân sự tỉnh: Chưa xét" in item for item in items)


def test_the_state_of_the_year_is_said(sample: PaperData) -> None:
    words = sentences(made("bien_ban_ban_giao", sample).blocks)
    assert "1. Sổ của năm: chưa khóa." in words
    assert sample.book.period is not None
    closed = replace(sample.book.period, state=PeriodState.CLOSED)
    data = replace(sample, book=replace(sample.book, period=closed))
    assert "1. Sổ của năm: đã khóa." in sentences(made("bien_ban_ban_giao", data).blocks)
    empty = sentences(made("bien_ban_ban_giao", year_of(["bac-giang-2022-vi-du"], "A")).blocks)
    assert any("Kết quả chấm điểm: đang tạm tính, vì:" in line for line in empty)


def test_the_head_of_the_journal_stands_in_groups_or_it_is_said_that_there_is_none(
    sample: PaperData,
) -> None:
    words = sentences(made("bien_ban_ban_giao", sample).blocks)
    assert f"Dấu cuối nhật ký: {' '.join(['5f' * 4] * 8)}." in words
    bare = sentences(made("bien_ban_ban_giao", replace(sample, state=None)).blocks)
    assert any("không có dấu để đối chiếu" in line for line in bare)
