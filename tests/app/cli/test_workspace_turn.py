"""``bangvang workspace calendar|remind|duty|activity|year|answers|checklist|close``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest

from app.__main__ import run
from app.rules.document import dump_tree
from tests.app.operations.workspace.small_table import table_tree

Call = Callable[..., str]
GROUPS = ("unit", "cluster", "table", "round", "duty", "activity")
DAY = ("--as-of", "2026-04-01")


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command of the workspace; answers and findings in one text."""

    def call_(*words: object, code: int = 0) -> str:
        at = 2 if words[0] in GROUPS else 1
        line = ["workspace", *words[:at], tmp_path / "so", *words[at:]]
        found = run([str(word) for word in line])
        out, err = capsys.readouterr()
        assert found == code, out + err
        return out + err

    return call_


@pytest.fixture
def year(call: Call, tmp_path: Path) -> Call:
    """A year with its table, a leader and a deputy."""
    file = tmp_path / "bang.toml"
    file.write_text(dump_tree(table_tree()), encoding="utf-8")
    new = ("new", "--year", 2026, "--by", "Lê An", "--cluster", "k1=Cụm 1", "--block", "B")
    call(*new, "--pack", file)
    call("unit", "add", "u1", "--name", "Sở Một", "--role", "leader")
    call("unit", "add", "u2", "--name", "Sở Hai", "--role", "deputy")
    return call


class TestCalendar:
    def test_says_both_readings_of_a_day_and_who_is_awaited(self, year: Call) -> None:
        said = year("calendar", *DAY)
        assert "30/03/2026  Đăng ký [quá hạn, đã qua 2 ngày]" in said
        assert "trước ngày 31/03/2026, tức hết ngày 30/03/2026" in said
        assert "còn chờ: Sở Một, Sở Hai" in said

    def test_writes_a_file_once(self, year: Call, tmp_path: Path) -> None:
        file = tmp_path / "lich.ics"
        assert "lich.ics" in year("calendar", "--ics", file, *DAY)
        first = file.read_bytes()
        assert "Tệp này đã có" in year("calendar", "--ics", file, *DAY, code=1)
        year("calendar", "--ics", file, "--overwrite", *DAY)
        assert file.read_bytes() == first
        events = icalendar.Calendar.from_ical(first).walk("VEVENT")
        assert [str(event["summary"]) for event in events] == ["Đăng ký", "Sơ kết"]

    def test_reminds_of_what_is_overdue_or_near(self, year: Call) -> None:
        assert year("remind", *DAY).startswith("Quá hạn (đã qua 2 ngày): Đăng ký")
        assert "Không có việc nào" in year("remind", "--as-of", "2026-01-02")
        assert "không phải số nguyên" in year("remind", "--within", "x", code=1)


class TestDuties:
    def test_are_listed_noted_changed_and_removed(self, year: Call) -> None:
        assert "Sở Hai (u2): chưa làm" in year("duty", "list", "--as-of", "2026-03-01")
        on = ("--date", "2026-03-10", "--document", "5/ĐK")
        assert "Ghi nhiệm vụ “Đăng ký” của Sở Hai: đã làm" in year(
            "duty", "note", "dang_ky", "u2", *on
        )
        assert "ngày 10/03/2026; 5/ĐK" in year("duty", "list")
        year("duty", "change", "dang_ky", "u2", "--state", "undone")
        assert "Bỏ ghi chép nhiệm vụ “Đăng ký”" in year("duty", "remove", "dang_ky", "u2")
        assert "Chưa có ghi chép" in year("duty", "remove", "dang_ky", "u2", code=1)

    def test_that_are_not_known_are_refused(self, year: Call) -> None:
        assert "Có phải “dang_ky”?" in year("duty", "note", "dang_k", "u1", code=1)
        assert "không thuộc các lựa chọn" in year(
            "duty", "note", "dang_ky", "u1", "--state", "xong", code=1
        )


class TestActivities:
    def test_are_noted_listed_changed_and_removed(self, year: Call) -> None:
        said = year("activity", "note", "movement", "Cải cách", "--date", "2026-05-04")
        assert "Mã hoạt động: hd1" in said
        assert "04/05/2026  phong trào thi đua: Cải cách (Cụm 1)" in year("activity", "list")
        year("activity", "change", "hd1", "--title", "Đổi mới", "--unit", "u2")
        assert "Đổi mới (Sở Hai)" in year("activity", "list")
        assert "Bỏ phong trào thi đua “Đổi mới”" in year("activity", "remove", "hd1")

    def test_of_no_kind_are_refused(self, year: Call) -> None:
        assert "không thuộc các lựa chọn" in year("activity", "note", "party", "x", code=1)


class TestTheTurn:
    def test_is_shown_before_it_is_done(self, year: Call) -> None:
        said = year("year", "--like", 2026, "--show")
        assert "Năm 2027: 01/01/2027 - 31/12/2027" in said
        assert "Sở Hai (đơn vị phó năm trước làm trưởng)" in said
        assert "chưa rõ (chưa có kết quả bầu)" in said
        assert "Mở năm thi đua 2027 từ năm 2026" in year("year", "--like", 2026)
        assert "đã có năm này" in year("year", "--like", 2026, code=1)

    def test_takes_who_is_named_with_a_paper(self, year: Call) -> None:
        line = ("year", "--like", 2026, "--deputy", "u1=BB 3")
        assert "Sở Một (theo văn bản BB 3)" in year(*line)
        refused = year("year", "--like", 2026, "--year", 2028, "--deputy", "u1", code=1)
        assert "phải có văn bản" in refused

    def test_lists_answers_and_takes_them_by_name(self, year: Call) -> None:
        year("choose", "digits", "1", "--reason", "quy chế")
        year("year", "--like", 2026)
        assert "digits = 1 (quy chế)" in year("answers", "--year", 2027)
        assert "Lấy lại lựa chọn của năm 2026" in year(
            "answers", "--adopt", "digits", "--year", 2027
        )
        assert "không có lựa chọn nào" in year("answers", "--year", 2027)

    def test_an_empty_year_needs_its_name(self, year: Call) -> None:
        assert "Chưa nêu năm mới" in year("year", code=1)
        assert "Mở năm thi đua 2030" in year("year", "--year", 2030)


class TestClosing:
    def test_the_checklist_says_what_blocks_and_closing_refuses_it(self, year: Call) -> None:
        said = year("checklist")
        assert "CHẶN  Sở Một: Vòng chấm dùng để xếp hạng chưa chốt điểm." in said
        assert "(trang Chấm điểm)" in said
        assert "CẦN XEM" in said
        assert "chưa chốt điểm" in year("close", code=1)
