"""The wizard's states: nothing is lost on the way back, and every fault is told at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.ground.findings import UserError
from app.operations.loading import shipped_packs
from ui.flows.frames import Frame, read_frame, shipped_frames
from ui.flows.new_cluster import NewCluster
from ui.flows.steps import Fault, Step

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def frames() -> dict[str, Frame]:
    return {frame.id: frame for frame in shipped_frames(TODAY)}


@pytest.fixture
def draft(frames: dict[str, Frame], tmp_path: Path) -> NewCluster:
    """Everything said, standing at the first step."""
    made = NewCluster(TODAY, tmp_path, "Nguyễn Thị Hoa")
    made.choose_frame(frames["cao-bang-2018"])
    made.block = "noi_chinh"
    made.cluster_name = "Khối Nội chính"
    made.units_text = "Sở Tư pháp\tTrưởng khối\nTòa án tỉnh\nCông an tỉnh"
    return made


# ------------------------------------------------------------------ frames


def test_what_each_frame_is_can_be_read(frames: dict[str, Frame]) -> None:
    frame = frames["bac-giang-2022"]
    assert (frame.kind, frame.expired) == ("Khung còn thiếu", True)
    assert frame.dates == "Hiệu lực đến 30/06/2025"
    assert frame.points == "1000 điểm (550 + 200 + 200, thưởng 50)"
    assert frames["chuyen-de-2023"].lecture
    assert frames["chuyen-de-2023"].kind == "Tài liệu giảng dạy"
    assert frames["cao-bang-2018"].kind == "Khung điểm"
    assert "1308/ĐA-UBND ngày 11/05/2018" in frames["cao-bang-2018"].source
    assert frames["cao-bang-2018-vi-du"].kind == "Bảng ví dụ"


def test_frames_of_provinces_stand_before_lectures_and_examples(frames: dict[str, Frame]) -> None:
    ids = list(frames)
    assert ids[:2] == ["bac-giang-2022", "cao-bang-2018"]
    assert all(frames[name].example for name in ids[3:])


def test_only_packs_that_score_are_frames(frames: dict[str, Frame]) -> None:
    assert "bac-kan-2023" in {folder.name for folder in shipped_packs()}
    assert "bac-kan-2023" not in frames
    assert not [name for name in frames if name.startswith("day-")]


def test_no_answer_to_a_question_is_a_code(frames: dict[str, Frame]) -> None:
    for frame in frames.values():
        for question in frame.questions:
            for value, words in question.answers:
                if isinstance(value, str) and value.isascii() and value.isalpha():
                    assert words != value, f"{frame.id} {question.id} {value}"


def test_what_a_table_taken_as_it_is_means_is_said(frames: dict[str, Frame]) -> None:
    def words(name: str) -> str:
        return frames[name].way_words(own_table=False)

    assert "tạm tính" in words("bac-giang-2022")
    assert "chỉ nên dùng nguyên để thử" in words("cao-bang-2018-vi-du")
    assert words("cao-bang-2018").startswith("Bảng được dùng đúng như trong văn bản")
    assert {frame.way_words(own_table=True) for frame in frames.values()} == {
        frames["cao-bang-2018"].way_words(own_table=True)
    }


def test_open_questions_stand_first(frames: dict[str, Frame]) -> None:
    for frame in frames.values():
        states = [question.open for question in frame.questions]
        assert states == sorted(states, reverse=True)


def test_a_file_that_is_no_frame_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = 1", encoding="utf-8")
    with pytest.raises(UserError):
        read_frame(tmp_path / "a.toml", TODAY)


# ------------------------------------------------------------------ steps


def test_the_first_step_asks_for_a_frame_and_then_for_a_block(
    frames: dict[str, Frame], tmp_path: Path
) -> None:
    empty = NewCluster(TODAY, tmp_path)
    assert [fault.place for fault in empty.ahead()] == ["Khung điểm"]
    empty.choose_frame(frames["cao-bang-2018"])
    assert [fault.place for fault in empty.ahead()] == ["Loại cụm, khối"]
    empty.block = "noi_chinh"
    assert empty.ahead() == ()
    assert empty.step is Step.UNITS


def test_a_step_tells_all_its_faults_at_once(draft: NewCluster) -> None:
    draft.cluster_name = " "
    draft.units_text = "Sở A\nSở B\nsở a\n" + "x" * 201
    draft.leader = draft.deputy = "Sở A"
    draft.ahead()
    assert [fault.place for fault in draft.ahead()] == [
        "Tên cụm, khối",
        "Các đơn vị",
        "Các đơn vị",
        "Vai trò",
    ]
    assert draft.step is Step.UNITS


def test_going_back_keeps_what_was_typed(draft: NewCluster) -> None:
    assert draft.to(Step.PLACE) == ()
    before = draft.founding()
    for _ in Step:
        draft.back()
    assert draft.step is Step.FRAME
    assert draft.to(Step.PLACE) == ()
    assert draft.founding() == before


def test_a_jump_forward_stops_at_the_first_step_with_a_fault(draft: NewCluster) -> None:
    draft.units_text = "Sở A"
    assert [fault.message for fault in draft.to(Step.PLACE)] == ["Mới có một đơn vị."]
    assert draft.step is Step.UNITS


def test_another_frame_drops_only_what_it_does_not_know(
    draft: NewCluster, frames: dict[str, Frame]
) -> None:
    draft.answer("A22", "full")
    draft.answer("A44", 1)
    draft.choose_frame(frames["bac-giang-2022"])
    assert (draft.block, draft.answers) == ("", {"A22": "full"})
    assert draft.cluster_name == "Khối Nội chính"


# ------------------------------------------------------------------ units, year


def test_a_role_chosen_by_hand_stands_before_a_pasted_one(draft: NewCluster) -> None:
    assert [unit.role for unit in draft.units] == ["leader", "", ""]
    draft.leader = "Công an tỉnh"
    draft.deputy = "Sở Tư pháp"
    assert [unit.role for unit in draft.units] == ["deputy", "", "leader"]
    draft.leader = ""
    assert [unit.role for unit in draft.units] == ["deputy", "", ""]


def test_the_days_follow_the_year_until_they_are_typed(draft: NewCluster) -> None:
    draft.kind, draft.first_year = "school", 2025
    record = draft.record
    assert (record.id, record.name) == ("2025-2026", "2025-2026")
    assert (record.start, record.end) == (dt.date(2025, 9, 1), dt.date(2026, 8, 31))
    draft.dates = (dt.date(2026, 8, 31), dt.date(2025, 9, 1))
    assert [fault.place for fault in draft.faults(Step.YEAR)] == ["Năm 2025-2026"]
    draft.dates = (dt.date(2020, 1, 1), dt.date(2026, 1, 1))
    assert "dài hơn ba năm" in draft.faults(Step.YEAR)[0].message


def test_what_cannot_be_read_as_a_year_keeps_the_step(draft: NewCluster) -> None:
    draft.to(Step.YEAR)
    draft.not_read("year", Fault("Năm", "Chưa hiểu “20x6”."))
    assert [fault.place for fault in draft.ahead()] == ["Năm"]
    assert draft.step is Step.YEAR
    draft.not_read("year", None)
    assert draft.ahead() == ()


# ------------------------------------------------------------------ table, place


def test_an_example_is_rather_taken_as_it_is(draft: NewCluster, frames: dict[str, Frame]) -> None:
    assert draft.own_table
    draft.choose_frame(frames["cao-bang-2018-vi-du"])
    assert not draft.own_table
    draft.own_table = True
    draft.choose_frame(frames["cao-bang-2018"])
    assert draft.own_table


def test_titles_and_folders_follow_the_names_until_they_are_typed(draft: NewCluster) -> None:
    assert draft.table_title == "Bảng tiêu chí Khối Nội chính năm 2026"
    assert draft.folder_name == "Khối Nội chính 2026"
    draft.cluster_name = 'Khối: "A/B".'
    assert draft.folder_name == "Khối A B . 2026"
    draft.table_title, draft.folder_name = "Bảng của tôi", "so"
    draft.cluster_name = "Khối khác"
    assert (draft.table_title, draft.folder_name) == ("Bảng của tôi", "so")
    draft.folder_name = ""
    assert draft.folder_name == "Khối khác 2026"


def test_only_answers_that_differ_from_the_pack_are_kept(draft: NewCluster) -> None:
    unanswered = draft.unanswered
    assert unanswered == 2
    draft.answer("A22", "full")
    draft.answer("A6", "no")
    assert draft.unanswered == unanswered - 1
    assert draft.founding().choices == {"A22": "full"}
    draft.answer("A22", None)
    assert draft.founding().choices == {}


def test_the_last_step_asks_for_a_name_and_a_free_folder(draft: NewCluster) -> None:
    draft.officer = " "
    (draft.parent / "so").mkdir()
    (draft.parent / "so" / "x").touch()
    draft.folder_name = "so"
    assert [fault.place for fault in draft.faults(Step.PLACE)] == ["Người giữ sổ", "Tên thư mục"]
    draft.folder_name = "a?b"
    assert draft.faults(Step.PLACE)[1].message.startswith("Tên thư mục trống hoặc")
    draft.parent = draft.parent / "khong-co"
    draft.folder_name = "so"
    assert [fault.place for fault in draft.faults(Step.PLACE)] == ["Người giữ sổ", "Nơi lưu"]


def test_everything_is_read_once_more_before_the_end(draft: NewCluster) -> None:
    told = dict(draft.summary())
    assert told["Đơn vị"] == "3 đơn vị: Sở Tư pháp, Tòa án tỉnh, Công an tỉnh"
    assert told["Vai trò"] == "Trưởng khối: Sở Tư pháp"
    assert told["Năm thi đua"] == "2026 (01/01/2026 - 31/12/2026)"
    assert "2 câu hỏi để trả lời sau" in told["Bảng tiêu chí"]
