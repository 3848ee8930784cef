"""``bangvang workspace``: what each command says and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.__main__ import run
from app.rules.document import dump_tree
from tests.app.operations.workspace.small_table import table_tree

Call = Callable[..., str]
GROUPS = ("unit", "cluster", "table", "round")
DAY = ("--on", "2026-11-20")


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command of the workspace; answers and findings in one text. ``code``: the exit."""

    def call_(*words: object, code: int = 0) -> str:
        at = 2 if words[0] in GROUPS else 1
        line = ["workspace", *words[:at], tmp_path / "so", *words[at:]]
        if words[0] == "forms":
            line = [*words[:2], tmp_path / "so", *words[2:]]
        found = run([str(word) for word in line])
        out, err = capsys.readouterr()
        assert found == code, out + err
        return out + err

    return call_


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "bang.toml"
    file.write_text(dump_tree(table_tree()), encoding="utf-8")
    return file


@pytest.fixture
def year(call: Call, pack: Path) -> Call:
    """A year with its table and two units."""
    call("new", "--year", 2026, "--by", "Lê An", "--cluster", "k1=Cụm 1", "--pack", pack)
    call("unit", "add", "u1", "--name", "Sở Một", "--role", "leader")
    call("unit", "add", "u2", "--name", "Sở Hai")
    return call


class TestSettingUp:
    def test_says_each_step(self, call: Call, pack: Path) -> None:
        said = call("new", "--year", 2026, "--by", "Lê An", "--cluster", "k1=Cụm 1", "--pack", pack)
        assert "Mở năm thi đua 2026" in said
        assert "Thêm cụm, khối Cụm 1" in said
        assert "Lấy bảng tiêu chí" in said

    def test_a_second_time_in_the_same_folder_is_refused(self, year: Call) -> None:
        assert "đã có nội dung" in year("new", "--year", 2026, "--by", "Lê An", code=1)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--year", "nay", "--by", "A"), "Không hiểu năm"),
            (("--year", 2026, "--by", "A", "--cluster", "k1"), "viết chưa đúng"),
            (("--year", 2026, "--by", "A", "--kind", "tháng"), "không thuộc các lựa chọn"),
            (("--year", 2026, "--by", "A", "--from", "1/1"), "không phải một ngày"),
            (("--by", "A"), "Thiếu"),
        ],
    )
    def test_usage_is_told_in_vietnamese(
        self, call: Call, words: tuple[object, ...], said: str
    ) -> None:
        assert said in call("new", *words, code=1)

    def test_a_school_year_and_the_next_one(self, call: Call) -> None:
        call("new", "--year", "2026-2027", "--kind", "school", "--by", "Lê An")
        assert "01/09/2026 - 31/08/2027" in call("show")
        call("year", "--year", "2027-2028", "--kind", "school", "--like", "2026-2027")
        assert "Có nhiều năm đang mở" in call("show", code=1)

    def test_where_there_is_no_workspace_says_so(self, call: Call) -> None:
        assert "không chứa sổ làm việc" in call("show", code=1)


class TestMembers:
    def test_come_change_and_go(self, year: Call) -> None:
        year("cluster", "add", "k2", "--name", "Cụm 2")
        year("cluster", "change", "k2", "--name", "Cụm Hai")
        assert "Chưa rõ đơn vị thuộc cụm" in year("unit", "add", "u3", "--name", "Sở Ba", code=1)
        year("unit", "add", "u3", "--name", "Sở Ba", "--cluster", "k2", "--joined", "2026-03-01")
        year("unit", "rename", "u3", "--name", "Sở Ba mới")
        year("unit", "role", "u2", "leader")
        year("unit", "role", "u2", "leader", "--take")
        year("unit", "describe", "u1", "women_percent=71,5", "union=true")
        year("unit", "move", "u3", "--into", "u3b", "--cluster", "k1", "--on", "2026-07-01")
        year("unit", "merge", "u1", "u2", "--into", "u12", "--name", "Sở Mới", "--on", "2026-08-01")
        year("unit", "split", "u12", "--into", "a=Sở A", "--into", "b=Sở B", "--on", "2026-09-01")
        year("unit", "leave", "a", "--on", "2026-10-01")
        year("unit", "add", "x", "--name", "Nhầm", "--cluster", "k1")
        year("unit", "remove", "x")
        shown = year("show")
        assert "Sở A (a), rời 01/10/2026" in shown
        assert "Sở Ba mới (u3), rời 30/06/2026" in shown


class TestTables:
    def test_are_drafted_edited_checked_and_issued(
        self, call: Call, pack: Path, tmp_path: Path
    ) -> None:
        call("new", "--year", 2026, "--by", "Lê An", "--cluster", "k1=Cụm 1")
        call("table", "draft", pack, "--id", "cum-1", "--title", "Bảng của Cụm 1")
        said = call("table", "edit", "I.2/split=Kế hoạch:12|Báo cáo:9")
        assert "cộng lại được 21 điểm, vượt khung 20 điểm" in said
        assert "1 lỗi phải sửa" in call("table", "check", code=1)
        assert "vượt khung" in call("table", "issue", code=1)
        call("table", "edit", "I.2.2/max=8")
        call("table", "consult")
        call("table", "issue")
        assert "Không hiểu được thay đổi" in call("table", "edit", "I.2", code=1)
        assert "đã ban hành" in call("show")
        call("table", "export", "--out", tmp_path / "ra.toml")
        assert "đã có nên không bị ghi đè" in call(
            "table", "export", "--out", tmp_path / "ra.toml", code=1
        )
        call("table", "export", "--out", tmp_path / "ra.toml", "--overwrite")

    def test_a_locked_one_gets_its_next_version_after_a_look(self, year: Call, pack: Path) -> None:
        year("enter", "--unit", "u1", "--criterion", "I.2", "--round", "self", "--points", "10")
        assert "bảng bị khóa" in year("table", "edit", "I.2/max=15", code=1)
        change = ("table", "revise", "I.2/max=5", "I.1/max=55", "--reason", "Công văn 9")
        looked = year(*change)
        assert "điểm tối đa đổi từ “20” thành “5”" in looked
        assert "u1: điểm I.2 10 → 5" in looked
        assert "phiên bản 1" in year("show")
        assert "lý do: Công văn 9" in year(*change, "--apply")
        assert "phiên bản 2" in year("show")
        assert "“20” thành “5”" in year("table", "compare", 1, 2)
        again = ("table", "revise", "--file", pack, "--reason", "Trở lại", "--apply", "--issued")
        assert "phiên bản 3" in year(*again)


class TestScoring:
    def test_walks_through_rounds(self, year: Call) -> None:
        cell = ("--unit", "u1", "--criterion", "I.2", "--round")
        year("enter", *cell, "self", "--points", "18,5")
        year("enter", "--unit", "u1", "--criterion", "I.1", "--round", "self",
             "--figure", "plan=100", "--figure", "actual=90")  # fmt: skip
        year(
            "enter", "--unit", "u2", "--criterion", "I.2", "--round", "self", "--state", "not_done"
        )
        assert "chưa ghi" in year("round", "submit", "self", *DAY)
        year("round", "recall", "self", "--unit", "u2", *DAY)
        year("round", "submit", "self", "--unit", "u2", *DAY)
        assert "phải có lý do" in year("round", "return", "self", "--unit", "u1", code=1)
        year("round", "return", "self", "--unit", "u1", "--reason", "Sai", *DAY)
        year("clear", *cell, "self")
        year("enter", *cell, "self", "--points", "18")
        year("round", "submit", "self", "--unit", "u1", *DAY)
        year("round", "accept", "self", *DAY)
        said = year("enter", *cell, "cluster", "--points", "17", code=1)
        assert "18 → 17" in said
        assert "Ghi lý do" in said
        year("enter", *cell, "cluster", "--points", "17", "--reason", "Chậm")
        assert "giữ nguyên" in year("accept", "--into", "cluster")
        year("accept", "--into", "cluster", "--unit", "u1", "--criterion", "I.2", "--replace")
        year("ask", "Căn cứ?", *cell, "self", *DAY)
        year("answer", "gt1", "Báo cáo 12", *DAY)
        year("round", "seal", "self", *DAY)
        assert "đã chốt điểm" in year("enter", *cell, "self", "--points", "1", code=1)
        year("round", "reopen", "self", "--unit", "u1", "--reason", "Công văn 3", *DAY)
        year("rank-by", "self")
        assert "tính theo vòng “Tự chấm”" in year("score")
        assert "Thiếu --criterion" in year("enter", "--unit", "u1", code=1)

    def test_cites_and_warns(self, year: Call, tmp_path: Path) -> None:
        cells = ("u1/I.1@self", "u1/I.2@self")
        said = year(
            "cite", *cells, "--number", "12/BC", "--date", "2025-10-01", "--subject", "Báo cáo"
        )
        assert "nằm ngoài năm thi đua" in said
        assert "Mã tài liệu: mc1" in said
        listed = year("evidence")
        assert "mc1  12/BC  01/10/2025  Báo cáo  u1/I.1@self, u1/I.2@self" in listed
        assert "dùng tài liệu cho 2 tiêu chí" in listed
        assert "Không hiểu được ô điểm" in year("cite", "u1", "--number", "1", code=1)
        file = tmp_path / "x.pdf"
        file.write_bytes(b"x")
        year("cite", "--number", "13/BC", "--file", file)

    def test_explains_and_asks_what_if(self, year: Call) -> None:
        year("enter", "--unit", "u1", "--criterion", "I.2", "--round", "self", "--points", "10")
        assert "Sở Một (u1)" in year("score", "--explain", "u1")
        tree = json.loads(year("score", "--json", "--what-if", "u1/I.2@self/points=12"))
        assert tree["moves"][0]["new"] == "12"
        refused = json.loads(year("score", "--json", "--what-if", "u9/I.2/points=1", code=1))
        assert refused["findings"][0]["code"] == "facts_unknown_unit"


class TestRecords:
    def test_are_kept_listed_replaced_and_removed(self, year: Call, tmp_path: Path) -> None:
        year("record", "bonus", "unit=u1", "item=b", "points=2,5")
        year("record", "bonus", "unit=u1", "item=b", "points=3", "--number", 1)
        assert "1  unit=u1 item=b points=3" in year("records", "bonus")
        year("unrecord", "bonus", 1)
        assert year("records", "bonus") == ""
        year("record", "conditions", "unit=u1", "condition=vuot", "met=true")
        year("unrecord", "conditions", "u1/vuot")
        file = tmp_path / "hoi-nghi.toml"
        file.write_text(
            '[[conferences]]\nid = "tk"\nkind = "summary"\nattendants = [{ name = "Lê An" }]\n',
            encoding="utf-8",
        )
        year("record", "conferences", "--file", file)
        assert "id=tk" in year("records", "conferences")
        assert "Không hiểu được phần này" in year("record", "bonus", "u1", code=1)
        assert "Có phải “bonus”" in year("record", "bonuss", "unit=u1", code=1)

    def test_parameters_and_own_criteria(self, year: Call, tmp_path: Path) -> None:
        year("choose", "digits", "1", "--reason", "Thống nhất")
        year("choose", "digits")
        file = tmp_path / "rieng.toml"
        file.write_text(
            '[[own_criteria]]\nunit = "u1"\nslot = "II.3"\ncode = "II.3.a"\ntitle = "Sáng kiến"\n'
            'max = 20\nmethod = { kind = "direct" }\n',
            encoding="utf-8",
        )
        assert "Đăng ký tiêu chí riêng của Sở Một" in year("own", "--file", file)
        assert "Rút tiêu chí II.3.a" in year("own", "--unit", "u1", "--withdraw", "II.3.a")

    def test_days_of_the_rules_and_settings(self, year: Call) -> None:
        assert "30/03/2026  dang_ky  Đăng ký" in year("deadlines")
        year("deadlines", "--apply")
        assert "Hạn 30/03/2026: Đăng ký" in year("show")
        assert "Đặt issuer: UBND tỉnh" in year("set", "issuer", "UBND tỉnh")


class TestLookingBack:
    def test_the_journal_reads_as_sentences_and_is_filtered(self, year: Call) -> None:
        year("enter", "--unit", "u1", "--criterion", "I.2", "--round", "self", "--points", "8")
        year("enter", "--unit", "u1", "--criterion", "I.2", "--round", "self", "--points", "9",
             "--reason", "Tính lại", "--by", "Trần Bình")  # fmt: skip
        told = year("journal", "--unit", "u1", "--criterion", "I.2")
        assert "Trần Bình: Nhập điểm tiêu chí I.2 của Sở Một" in told
        assert "sửa điểm I.2 của Sở Một (Tự chấm): 8 → 9, lý do: Tính lại" in told
        assert "Lê An" not in year("journal", "--person", "Trần Bình")
        assert year("journal", "--day", "2001-01-01") == ""

    def test_undo_redo_and_handover(self, year: Call) -> None:
        year("unit", "rename", "u1", "--name", "Sở Khác")
        assert "Hoàn tác: Đổi tên Sở Một" in year("undo")
        assert "Làm lại: Đổi tên Sở Một" in year("redo")
        assert "Không có thao tác nào làm lại được" in year("redo")
        year("officer", "Trần Bình")
        year("unit", "rename", "u1", "--name", "Sở Một")
        assert "Đổi tên Sở Khác" in year("journal", "--person", "Trần Bình")

    def test_backups_are_made_listed_and_put_back(self, year: Call) -> None:
        name = year("backup").rpartition(": ")[2].strip()
        year("unit", "rename", "u1", "--name", "Sở Khác")
        assert name in year("backups")
        assert "Chưa biết ai khôi phục" in year("restore", code=1)
        year("restore", "--backup", name, "--by", "Lê An")
        assert "Sở Một" in year("show")
        assert "Sổ làm việc toàn vẹn" in year("verify")

    def test_an_altered_row_is_found(self, year: Call, tmp_path: Path) -> None:
        file = tmp_path / "so" / "workspace.sqlite"
        data = file.read_bytes()
        assert "Sở Hai".encode() in data
        file.write_bytes(data.replace("Sở Hai".encode(), "Sở Hoi".encode()))
        said = year("verify", code=1)
        assert "LỖI" in said

    def test_a_closed_year_opens_again_with_a_reason(self, year: Call) -> None:
        assert "chưa chốt điểm" in year("close", code=1)
        year("enter", "--unit", "u1", "--criterion", "I.2", "--round", "self", "--points", "8")
        year("round", "submit", "self", *DAY)
        year("round", "seal", "self", *DAY)
        year("close")
        assert "đã khóa sổ" in year("unit", "rename", "u1", "--name", "X", code=1)
        assert "phải có lý do" in year("reopen", code=1)
        year("reopen", "--reason", "Công văn 1")


class TestFormsAndFacts:
    def test_forms_go_out_and_come_back(self, year: Call, tmp_path: Path) -> None:
        year("enter", "--unit", "u1", "--criterion", "I.2", "--round", "self", "--points", "10")
        said = year("forms", "write", "--out", tmp_path / "p")
        assert "Đã ghi 2 phiếu" in said
        assert "đã có nên không bị ghi đè" in year(
            "forms", "write", "--out", tmp_path / "p", code=1
        )
        assert "phieu-tu-cham-u1.xlsx: Sở Một, 1 ô" in year("forms", "read", tmp_path / "p")
        assert "Không có gì thay đổi" in year("forms", "import", tmp_path / "p")
        stray = tmp_path / "q"
        stray.mkdir()
        (stray / "a.xlsx").write_bytes(b"no workbook")
        assert "a.xlsx" in year("forms", "read", stray, code=1)

    def test_facts_go_out_and_come_back(self, year: Call, tmp_path: Path) -> None:
        year("enter", "--unit", "u1", "--criterion", "I.2", "--round", "self", "--points", "10")
        file = tmp_path / "f.toml"
        year("facts", "--out", file)
        text = file.read_text(encoding="utf-8").replace("points = 10", "points = 11")
        file.write_text(text, encoding="utf-8")
        looked = year("import-facts", file)
        assert "1 thay đổi:\n  - sửa điểm I.2 của Sở Một (Tự chấm): 10 → 11" in looked
        assert "thêm --apply để ghi" in looked
        assert "Nhập dữ kiện cả năm" in year("import-facts", file, "--apply")
